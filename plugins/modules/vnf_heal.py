# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: vnf_heal
short_description: Heal a VNF
version_added: 0.1.0
description:
  - Makes VNFCs of an instantiated VNF anew (SOL003 Heal VNF), whether or not anything is seen to be wrong with them.
    Their ids,
    ports and addresses stay.
  - To repair only what is missing or broken, run M(nfv.mano.vnf_instance) again; that can be run twice.
options:
  name:
    description: Name of the VNF instance.
    type: str
    required: true
  vnfc_instance_ids:
    description: The VNFCs, by their C(id) in C(instantiated_vnf_info.vnfc_resource_info). When unset or empty,
      all that the VNF has.
    type: list
    elements: str
  cause:
    description: Why, for the record of the operation.
    type: str
  all:
    description:
      - Make the storage of the VNFCs anew too. What was on it is lost.
    type: bool
    default: false
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
- name: Replace one firewall
  nfv.mano.vnf_heal:
    name: fw1
    vnfc_instance_ids: [fw-0]
    cause: no answer to health checks
"""

RETURN = r"""
vnf_instance:
  description:
    - The VNF instance (SOL003 VnfInstance, keys in snake_case). In check mode as it is now. Empty when there is none.
  returned: success
  type: dict
  sample:
    id: 1f0e7a52-8f5e-4a6f-9a52-1df8a0c8d9a7
    vnf_instance_name: fw1
    vnfd_id: 9f0c4e5a-6c53-4b8c-9b57-2a3a6a1f7d10
    vnf_provider: Example
    vnf_product_name: Firewall
    vnf_software_version: "1.0"
    vnfd_version: "1.0"
    instantiation_state: INSTANTIATED
    instantiated_vnf_info:
      flavour_id: standard
      vnf_state: STARTED
      scale_status:
        - aspect_id: throughput
          scale_level: 0
      vnfc_resource_info:
        - id: fw-0
          vdu_id: fw
          compute_resource:
            vim_connection_id: 5e7c1c0a-6f43-4a4b-8b7e-0d2f0e0e5b11
            resource_id: 0c7c5b52-91d8-4f0a-8f1f-3b1c9a2a55c0
            vim_level_resource_type: OS::Nova::Server

plan:
  description:
    - The operations that were run, or in check mode would be, in their order. Empty when nothing is to be done.
  returned: success
  type: dict
  contains:
    digest:
      description: SHA-256 of the plan, which a later run can be told to expect.
      type: str
      returned: success
      sample: "sha256:7d4a2f6d1b1c4ef0a6a0c7a15c0f2d0f2a5f3f5d0d6f9d0e5b1b7a9f0c3e8d21"
    operations:
      description: SOL003 operation, the body of its request, and the resources that each step changes.
      type: list
      elements: dict
      returned: success
      sample:
        - operation: HEAL
          params:
            cause: no answer to health checks
            vnfc_instance_id: [fw-0]
          steps:
            - action: replace
              kind: vnfc
              id: fw-0
              vdu_id: fw
              reason: no answer to health checks
              data_loss: null

operations:
  description:
    - The operation occurrences that this task ran (SOL003 VnfLcmOpOcc, keys in snake_case). Empty in check mode.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 6d5f4f52-0a57-4b8b-9d3c-0e5a3f6b7a11
      operation: HEAL
      operation_state: COMPLETED
      vnf_instance_id: 1f0e7a52-8f5e-4a6f-9a52-1df8a0c8d9a7
      start_time: "2026-11-21T08:00:00Z"
      state_entered_time: "2026-11-21T08:00:31Z"
      is_automatic_invocation: false
      is_cancel_pending: false
      operation_params:
        cause: no answer to health checks

drift:
  description:
    - Differences between the record and the VIM that were seen before the task did anything.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: vnfc
      id: fw-0
      vdu_id: fw
      what: missing
      detail: server 0c7c5b52-91d8-4f0a-8f1f-3b1c9a2a55c0 is gone

diff:
  description: The states before and after as sorted YAML; shown with C(--diff).
  returned: success
  type: dict
  contains:
    before:
      description: The state before.
      type: str
      returned: success
      sample: "scale:\n  throughput: 0\n"
    after:
      description: The state after.
      type: str
      returned: success
      sample: "scale:\n  throughput: 1\n"

error_code:
  description: Which failure it was, as a stable word to branch on. Listed in the collection's C(docs/errors.md).
  returned: failure
  type: str
  sample: quota_exceeded

operation_id:
  description: The operation occurrence that failed and was left open or rolled back.
  returned: failure, when an operation had begun
  type: str
  sample: 6d5f4f52-0a57-4b8b-9d3c-0e5a3f6b7a11
step:
  description: The write to the VIM that failed.
  returned: failure, when an operation had begun
  type: str
  sample: stack.apply fw1
resource:
  description: The thing that the failure is about.
  returned: failure, when it is about one thing
  type: str
  sample: fw-1
vim_message:
  description: What the VIM answered, in its own words.
  returned: failure, when the VIM answered
  type: str
  sample: "No valid host was found. There are not enough hosts available."
"""

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.nfv.mano.plugins.module_utils.tasks import vnf_heal
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import attempt


def main() -> None:
    """Entry point of the module; in the controller the action plugin of the same name runs the task instead."""
    module = AnsibleModule(argument_spec=dict(vnf_heal.SPEC), supports_check_mode=True, **vnf_heal.RULES)
    result = attempt(vnf_heal, module.params, module.check_mode)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
