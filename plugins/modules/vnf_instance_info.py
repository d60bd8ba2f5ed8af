# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: vnf_instance_info
short_description: Show VNF instances
version_added: 0.1.0
description:
  - Lists the VNF instances of the tenant as they are recorded, or as their VIM shows them.
options:
  name:
    description: Show the instance with this name only. An unknown one gives an empty list.
    type: str
  id:
    description: Show the instance with this id only. An unknown one gives an empty list.
    type: str
  observe:
    description:
      - Ask the VIM, show the resources with what it says now, and list the differences in RV(vnf_instances[].drift).
      - With V(false) nothing but the store is read.
    type: bool
    default: false
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
  - module: nfv.mano.vnf_instance
  - plugin: nfv.mano.topology_svg
    plugin_type: filter
author:
  - The nfv.mano contributors (@nfv)
"""

EXAMPLES = r"""
- name: All VNFs of the tenant
  nfv.mano.vnf_instance_info:
  register: all

- name: Has somebody changed this one behind our back?
  nfv.mano.vnf_instance_info:
    name: fw1
    observe: true
  register: fw1
  failed_when: fw1.vnf_instances[0].drift | length > 0

- name: Draw it
  ansible.builtin.copy:
    content: "{{ fw1.vnf_instances[0] | nfv.mano.topology_svg }}"
    dest: fw1.svg
    mode: "0644"
"""

RETURN = r"""
vnf_instances:
  description: The instances (SOL003 VnfInstance, keys in snake_case), by name.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the instance.
      type: str
      returned: always
      sample: 1f0e7a52-8f5e-4a6f-9a52-1df8a0c8d9a7
    vnf_instance_name:
      description: Its name.
      type: str
      returned: always
      sample: fw1
    vnfd_id:
      description: Descriptor id of the package that it is made from.
      type: str
      returned: always
      sample: 9f0c4e5a-6c53-4b8c-9b57-2a3a6a1f7d10
    instantiation_state:
      description: INSTANTIATED or NOT_INSTANTIATED.
      type: str
      returned: always
      sample: INSTANTIATED
    instantiated_vnf_info:
      description: Flavour, scale levels, VNFCs, connection points, links and storage with their resources on the VIM.
      type: dict
      returned: when instantiated
      sample:
        flavour_id: standard
        vnf_state: STARTED
    topology:
      description:
        - Its VNFCs with ports and storages, virtual links, server groups and external networks, each by id. Empty
          when it is not instantiated.
        - The filter P(nfv.mano.topology_svg#filter) draws it.
      type: dict
      returned: always
      sample:
        vnfcs:
          mgr-0:
            vdu_id: mgr
            virtual_cpus: 1
            memory: 64 MiB
            ports:
              mgr-0-mgr_mgmt:
                cpd_id: mgr_mgmt
                virtual_link: mgmt
        virtual_links:
          mgmt:
            subnets: [192.168.10.0/24]
    drift:
      description: Differences between the record and the VIM, each with C(kind), C(id), C(vdu_id), C(what) and
        C(detail).
      type: list
      elements: dict
      returned: when O(observe=true)
      sample:
        - kind: vnfc
          id: fw-0
          vdu_id: fw
          what: missing
          detail: ""

error_code:
  description: Which failure it was, as a stable word to branch on. Listed in the collection's C(docs/errors.md).
  returned: failure
  type: str
  sample: store_unreachable
"""

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.nfv.mano.plugins.module_utils.tasks import vnf_instance_info
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import attempt


def main() -> None:
    """Entry point of the module; in the controller the action plugin of the same name runs the task instead."""
    module = AnsibleModule(
        argument_spec=dict(vnf_instance_info.SPEC), supports_check_mode=True, **vnf_instance_info.RULES
    )
    result = attempt(vnf_instance_info, module.params, module.check_mode)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
