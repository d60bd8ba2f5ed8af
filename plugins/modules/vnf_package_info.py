# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: vnf_package_info
short_description: Show onboarded VNF packages and what can be chosen in them
version_added: 0.1.0
description:
  - Lists the packages that are onboarded in the tenant, with flavours, instantiation levels, scaling aspects and
    inputs.
  - RV(vnf_packages[].survey_spec) is a survey in AWX's format, whose answers the role and playbook
    C(nfv.mano.instantiate) take.
options:
  vnfd_id:
    description: Show the package with this descriptor id only. An unknown one gives an empty list.
    type: str
  id:
    description: Show the package with this id only. An unknown one gives an empty list.
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
seealso:
  - module: nfv.mano.vnf_package
  - plugin: nfv.mano.topology_svg
    plugin_type: filter
author:
  - The nfv.mano contributors (@nfv)
"""

EXAMPLES = r"""
- name: What is there to choose?
  nfv.mano.vnf_package_info:
    vnfd_id: 9f0c4e5a-6c53-4b8c-9b57-2a3a6a1f7d10
  register: found

- name: Give the job template of AWX the survey of this package
  awx.awx.job_template:
    name: Instantiate a firewall
    survey_enabled: true
    survey_spec: "{{ found.vnf_packages[0].survey_spec }}"
"""

RETURN = r"""
vnf_packages:
  description: The packages (SOL003 VnfPkgInfo, keys in snake_case), by descriptor id, with what can be chosen in each.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: Id of the package.
      type: str
      returned: always
      sample: 9d1f5c4e-6a0e-4e57-8f1b-62d7a54f5a10
    vnfd_id:
      description: Id of its descriptor.
      type: str
      returned: always
      sample: 9f0c4e5a-6c53-4b8c-9b57-2a3a6a1f7d10
    operational_state:
      description: ENABLED or DISABLED.
      type: str
      returned: always
      sample: ENABLED
    usage_state:
      description: IN_USE when VNF instances are made from it, else NOT_IN_USE.
      type: str
      returned: always
      sample: NOT_IN_USE
    sol001_release:
      description: The release of SOL001 that the descriptor is written in.
      type: str
      returned: always
      sample: 2.7.1
    default_flavour:
      description: The flavour that is taken when none is named, or null.
      type: str
      returned: always
      sample: standard
    flavours:
      description:
        - The deployment flavours. C(topology) is what the flavour consists of with the defaults of its inputs, with
          the VNFCs of each VDU at each level; it is empty when that can't be said without values for the inputs.
        - The filter P(nfv.mano.topology_svg#filter) draws it.
      type: list
      elements: dict
      returned: always
      sample:
        - id: standard
          description: One to three firewalls and a manager
          vdu_ids: [fw, mgr]
          default_level: small
          levels: [small, large]
          aspects:
            - id: throughput
              max_scale_level: 2
          ext_cp_ids: [mgr_oam]
          inputs:
            - name: hostname
              type: string
              description: Host name of the manager
              required: false
              default: fw
              valid_values: []
          topology:
            vdus:
              fw:
                min_instances: 1
                max_instances: 3
                instances: {small: 1, large: 3}
            virtual_links:
              traffic:
                subnets: [192.168.20.0/24]
    survey_spec:
      description: A survey for AWX made from the flavours, levels, aspects and inputs.
      type: dict
      returned: always
      sample:
        name: Firewall 1.0
        description: Options of the package 9f0c4e5a-6c53-4b8c-9b57-2a3a6a1f7d10
        spec:
          - question_name: Name of the VNF instance
            question_description: ""
            required: true
            type: text
            variable: mano_name

error_code:
  description: Which failure it was, as a stable word to branch on. Listed in the collection's C(docs/errors.md).
  returned: failure
  type: str
  sample: store_unreachable
"""

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.nfv.mano.plugins.module_utils.tasks import vnf_package_info
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import attempt


def main() -> None:
    """Entry point of the module; in the controller the action plugin of the same name runs the task instead."""
    module = AnsibleModule(
        argument_spec=dict(vnf_package_info.SPEC), supports_check_mode=True, **vnf_package_info.RULES
    )
    result = attempt(vnf_package_info, module.params, module.check_mode)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
