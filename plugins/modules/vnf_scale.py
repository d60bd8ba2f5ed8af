# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: vnf_scale
short_description: Scale a VNF by steps
version_added: 0.1.0
description:
  - Scales one aspect of an instantiated VNF out or in, relative to where it is (SOL003 Scale VNF). This is for alarms
    and runbooks; where a play knows how large the VNF should be, O(nfv.mano.vnf_instance#module:scale) says so and
    can be run twice.
  - Each run scales. Scaling beyond the aspect's bounds is an error, and so is scaling a VNF that is not instantiated.
options:
  name:
    description: Name of the VNF instance.
    type: str
    required: true
  aspect_id:
    description: The scaling aspect.
    type: str
    required: true
  type:
    description: The direction.
    type: str
    choices: [SCALE_OUT, SCALE_IN]
    required: true
  number_of_steps:
    description: How many steps.
    type: int
    default: 1
extends_documentation_fragment:
  - nfv.mano.run
  - nfv.mano.wait
  - nfv.mano.store
  - nfv.mano.attributes
requirements:
  - python >= 3.11
  - sqlalchemy >= 2.0
  - alembic >= 1.13
  - fsspec >= 2024.2
  - PyYAML >= 6.0
  - keystoneauth1 >= 5.5
  - openstacksdk >= 4.0
seealso:
  - module: nfv.mano.vnf_instance
author:
  - The nfv.mano contributors (@nfv)
"""

EXAMPLES = r"""
- name: One firewall more
  nfv.mano.vnf_scale:
    name: fw1
    aspect_id: throughput
    type: SCALE_OUT
"""

RETURN = r"""
vnf_instance:
  description:
    - The VNF instance, in the form of RV(nfv.mano.vnf_instance#module:vnf_instance). In check mode as it is now.
  returned: success
  type: dict
  sample:
    vnf_instance_name: fw1
    instantiation_state: INSTANTIATED

plan:
  description: What was done, or in check mode would be. Its operations are empty when nothing is to be done.
  returned: success
  type: dict
  contains:
    digest:
      description: SHA-256 of the plan.
      type: str
      returned: success
      sample: "sha256:7d4a2f6d1b1c4ef0a6a0c7a15c0f2d0f2a5f3f5d0d6f9d0e5b1b7a9f0c3e8d21"
    operations:
      description: In the form of RV(nfv.mano.vnf_instance#module:plan.operations).
      type: list
      elements: dict
      returned: success
      sample:
        - operation: SCALE
          params:
            type: SCALE_OUT
            aspect_id: throughput
            number_of_steps: 1
          steps:
            - action: create
              kind: vnfc
              id: fw-1
              vdu_id: fw
              reason: scale out of aspect throughput from 0 to 1
              data_loss: null

operations:
  description: The operation occurrences, in the form of RV(nfv.mano.vnf_instance#module:operations).
  returned: success
  type: list
  elements: dict
  sample:
    - operation: SCALE
      operation_state: COMPLETED

drift:
  description: Differences between record and VIM before the task, as in RV(nfv.mano.vnf_instance#module:drift).
  returned: success
  type: list
  elements: dict
  sample: []

diff:
  description: C(before) and C(after), the states as sorted YAML; shown with C(--diff).
  returned: success
  type: dict
  sample:
    before: "scale:\n  throughput: 0\n"
    after: "scale:\n  throughput: 1\n"

error_code:
  description:
    - Which failure it was, as a stable word to branch on. Listed in the collection's C(docs/errors.md).
    - RV(nfv.mano.vnf_instance#module:operation_id), RV(nfv.mano.vnf_instance#module:step),
      RV(nfv.mano.vnf_instance#module:resource) and RV(nfv.mano.vnf_instance#module:vim_message) come with it.
  returned: failure
  type: str
  sample: quota_exceeded
"""

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.nfv.mano.plugins.module_utils.tasks import vnf_scale
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import attempt


def main() -> None:
    """Entry point of the module; in the controller the action plugin of the same name runs the task instead."""
    module = AnsibleModule(argument_spec=dict(vnf_scale.SPEC), supports_check_mode=True, **vnf_scale.RULES)
    result = attempt(vnf_scale, module.params, module.check_mode)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
