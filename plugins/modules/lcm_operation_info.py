# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: lcm_operation_info
short_description: Show life-cycle operations
version_added: 0.1.0
description:
  - Lists operation occurrences with their state, their error and the time that each write to the VIM took.
options:
  id:
    description: Show the operation with this id only. An unknown one gives an empty list.
    type: str
  vnf_instance:
    description: Show operations on this VNF instance only, by its name or id.
    type: str
  operation_state:
    description: Show operations in this state only.
    type: str
    choices: [STARTING, PROCESSING, COMPLETED, FAILED_TEMP, FAILED, ROLLING_BACK, ROLLED_BACK]
extends_documentation_fragment:
  - nfv.mano.store
  - nfv.mano.attributes.info
requirements:
  - python >= 3.11
  - sqlalchemy >= 2.0
  - alembic >= 1.13
  - fsspec >= 2024.2
  - PyYAML >= 6.0
seealso:
  - module: nfv.mano.lcm_operation
author:
  - The nfv.mano contributors (@nfv)
"""

EXAMPLES = r"""
- name: What failed and waits for a decision?
  nfv.mano.lcm_operation_info:
    operation_state: FAILED_TEMP
  register: failed
"""

RETURN = r"""
operations:
  description: The operation occurrences (SOL003 VnfLcmOpOcc, keys in snake_case), oldest first.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the operation occurrence.
      type: str
      returned: always
      sample: 6d5f4f52-0a57-4b8b-9d3c-0e5a3f6b7a11
    vnf_instance_id:
      description: The instance that it works on.
      type: str
      returned: always
      sample: 1f0e7a52-8f5e-4a6f-9a52-1df8a0c8d9a7
    operation:
      description: Which operation.
      type: str
      returned: always
      sample: INSTANTIATE
    operation_state:
      description: Its state.
      type: str
      returned: always
      sample: FAILED_TEMP
    start_time:
      description: When it began.
      type: str
      returned: always
      sample: "2026-11-21T08:00:00Z"
    state_entered_time:
      description: When it entered its state.
      type: str
      returned: always
      sample: "2026-11-21T08:00:31Z"
    error:
      description: Why it failed (ProblemDetails).
      type: dict
      returned: when it failed
      sample:
        title: no_valid_host
        status: 500
        detail: No host fits VNFC fw-1.
    steps:
      description: The writes to the VIM in their order, with state, times and seconds taken.
      type: list
      elements: dict
      returned: always
      sample:
        - action: stack.apply
          target: fw1
          state: done
          started_at: "2026-11-21T08:00:01Z"
          finished_at: "2026-11-21T08:00:30Z"
          seconds: 29

error_code:
  description: Which failure it was, as a stable word to branch on. Listed in the collection's C(docs/errors.md).
  returned: failure
  type: str
  sample: store_unreachable
"""

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.nfv.mano.plugins.module_utils.tasks import lcm_operation_info
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import attempt


def main() -> None:
    """Entry point of the module; in the controller the action plugin of the same name runs the task instead."""
    module = AnsibleModule(
        argument_spec=dict(lcm_operation_info.SPEC), supports_check_mode=True, **lcm_operation_info.RULES
    )
    result = attempt(lcm_operation_info, module.params, module.check_mode)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
