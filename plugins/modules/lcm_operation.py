# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: lcm_operation
short_description: Retry, roll back or give up a life-cycle operation
version_added: 0.1.0
description:
  - Does a task on an operation occurrence that is in the state FAILED_TEMP (SOL003 clauses 5.4.14 to 5.4.16).
  - An operation whose process died counts as failed as soon as nobody holds its instance.
options:
  id:
    description: Id of the operation occurrence.
    type: str
    required: true
  action:
    description:
      - V(retry) goes on with the operation.
      - V(rollback) undoes what the operation did; it ends in ROLLED_BACK.
      - V(fail) gives it up; it ends in FAILED, and what it made stays until a later operation cleans up.
    type: str
    choices: [retry, rollback, fail]
    required: true
extends_documentation_fragment:
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
  - module: nfv.mano.lcm_operation_info
  - module: nfv.mano.vnf_instance
author:
  - The nfv.mano contributors (@nfv)
"""

EXAMPLES = r"""
- name: Instantiate
  block:
    - name: A firewall
      nfv.mano.vnf_instance:
        name: fw1
        vnfd_id: 9f0c4e5a-6c53-4b8c-9b57-2a3a6a1f7d10
      register: fw1
  rescue:
    - name: Take it back
      nfv.mano.lcm_operation:
        id: "{{ fw1.operation_id }}"
        action: rollback
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
      operation_state: ROLLED_BACK

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
  sample: operation_state_conflict
"""

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.nfv.mano.plugins.module_utils.tasks import lcm_operation
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import attempt


def main() -> None:
    """Entry point of the module; in the controller the action plugin of the same name runs the task instead."""
    module = AnsibleModule(argument_spec=dict(lcm_operation.SPEC), supports_check_mode=True, **lcm_operation.RULES)
    result = attempt(lcm_operation, module.params, module.check_mode)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
