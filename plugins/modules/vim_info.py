# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: vim_info
short_description: Show the registered VIMs
version_added: 0.1.0
description:
  - Lists the VIMs that are registered in the tenant and asks each how it is, that is whether it answers, what it can
    do, and how much of its quota is used.
  - Without a registered VIM and without O(name), the cloud that E(OS_CLOUD) names is shown.
options:
  name:
    description: Show this VIM only. An unknown name gives an empty list.
    type: str
extends_documentation_fragment:
  - nfv.mano.store
  - nfv.mano.attributes.info
requirements:
  - python >= 3.11
  - sqlalchemy >= 2.0
  - alembic >= 1.13
  - fsspec >= 2024.2
  - PyYAML >= 6.0
  - keystoneauth1 >= 5.5
  - openstacksdk >= 4.0
seealso:
  - module: nfv.mano.vim
author:
  - The nfv.mano contributors (@nfv)
"""

EXAMPLES = r"""
- name: How is the VIM?
  nfv.mano.vim_info:
    name: edge-1
  register: answer

- name: Stop early when it does not answer
  ansible.builtin.assert:
    that: answer.vims[0].reachable
    fail_msg: "{{ answer.vims[0].reason | default('') }}"
"""

RETURN = r"""
vims:
  description: The VIMs, by name.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the VIM; SOL003 resource handles name it as C(vim_connection_id).
      type: str
      returned: always
      sample: 5e7c1c0a-6f43-4a4b-8b7e-0d2f0e0e5b11
    name:
      description: Name of the VIM.
      type: str
      returned: always
      sample: edge-1
    type:
      description: Kind of the VIM.
      type: str
      returned: always
      sample: openstack
    access_info:
      description: The names by which it is reached.
      type: dict
      returned: always
      sample:
        cloud: edge-1
    zones:
      description: The zones that VNFs may be placed in; empty means all.
      type: list
      elements: str
      returned: always
      sample: [az1, az2]
    default:
      description: Whether it is the tenant's default VIM.
      type: bool
      returned: always
      sample: true
    reachable:
      description: Whether it answered and accepted the credentials.
      type: bool
      returned: always
      sample: true
    error_code:
      description: Why it is not reachable, as a word.
      type: str
      returned: when not reachable
      sample: vim_unauthorized
    reason:
      description: Why it is not reachable, as a sentence.
      type: str
      returned: when not reachable
      sample: "VIM 'edge-1' refused the credentials of cloud 'edge-1' in clouds.yaml."
    status:
      description: What the VIM told of itself, such as its services, zones, quota and use.
      type: dict
      returned: when reachable
      sample:
        zones: [az1, az2]

error_code:
  description: Which failure it was, as a stable word to branch on. Listed in the collection's C(docs/errors.md).
  returned: failure
  type: str
  sample: store_unreachable
"""

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.nfv.mano.plugins.module_utils.tasks import vim_info
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import attempt


def main() -> None:
    """Entry point of the module; in the controller the action plugin of the same name runs the task instead."""
    module = AnsibleModule(argument_spec=dict(vim_info.SPEC), supports_check_mode=True, **vim_info.RULES)
    result = attempt(vim_info, module.params, module.check_mode)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
