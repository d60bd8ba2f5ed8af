# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: vim
short_description: Register a VIM with the MANO
version_added: 0.1.0
description:
  - Registers a virtualised infrastructure manager (VIM) by reference, so that VNFs can be instantiated on it by its
    name.
  - Only names are stored, never a credential. Authentication is read from C(clouds.yaml) and the environment of the
    machine on which a task runs, at the time when it runs.
  - The VIM is asked whether it answers before it is registered.
  - A VIM need not be registered for a first play. Without one, tasks use the cloud that E(OS_CLOUD) names.
options:
  name:
    description: Name of the VIM, unique within the tenant.
    type: str
    required: true
  type:
    description: Kind of the VIM.
    type: str
    choices: [openstack]
    default: openstack
  cloud:
    description:
      - Name of the cloud in C(clouds.yaml), which is looked for where openstacksdk does, E(OS_CLIENT_CONFIG_FILE)
        first.
      - When unset for a new VIM, O(name) is taken.
    type: str
  region_name:
    description: Region of the cloud, when it has several. When unset for a new VIM, the cloud's own default is taken.
    type: str
  zones:
    description:
      - Availability zones that VNFs may be placed in. An empty list means all that the VIM has.
    type: list
    elements: str
  default:
    description:
      - Whether tasks that name no VIM use this one. A tenant has one default VIM; making one so takes it from the
        other.
    type: bool
  state:
    description:
      - V(present) registers the VIM or changes its registration. V(absent) removes it, unless VNF instances are on it.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
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
  - module: nfv.mano.vim_info
  - module: nfv.mano.vnf_instance
author:
  - The nfv.mano contributors (@nfv)
"""

EXAMPLES = r"""
- name: Register the cloud "edge-1" of clouds.yaml and make it the default
  nfv.mano.vim:
    name: edge-1
    cloud: edge-1
    zones: [az1, az2]
    default: true

- name: Remove it
  nfv.mano.vim:
    name: edge-1
    state: absent
"""

RETURN = r"""
vim:
  description: The VIM as it is registered, with what it answered. Empty when there is none.
  returned: success
  type: dict
  sample:
    id: 5e7c1c0a-6f43-4a4b-8b7e-0d2f0e0e5b11
    name: edge-1
    type: openstack
    access_info:
      cloud: edge-1
    zones: [az1, az2]
    default: true
    reachable: true

diff:
  description: The states before and after as sorted YAML; shown with C(--diff).
  returned: success
  type: dict
  contains:
    before:
      description: The state before.
      type: str
      returned: success
      sample: ""
    after:
      description: The state after.
      type: str
      returned: success
      sample: "name: edge-1\n"

error_code:
  description: Which failure it was, as a stable word to branch on. Listed in the collection's C(docs/errors.md).
  returned: failure
  type: str
  sample: vim_unreachable
"""

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.nfv.mano.plugins.module_utils.tasks import vim
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import attempt


def main() -> None:
    """Entry point of the module; in the controller the action plugin of the same name runs the task instead."""
    module = AnsibleModule(argument_spec=dict(vim.SPEC), supports_check_mode=True, **vim.RULES)
    result = attempt(vim, module.params, module.check_mode)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
