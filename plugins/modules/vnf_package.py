# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: vnf_package
short_description: Onboard, change or remove a VNF package
version_added: 0.1.0
description:
  - Onboards a VNF package (ETSI GS NFV-SOL 004) with a TOSCA descriptor (ETSI GS NFV-SOL 001), so that VNFs can be
    instantiated from it.
  - The package is read with bounds, checked against its manifest, and its descriptor is compiled once. Nothing in it
    is executed, templated or followed to the network.
  - The same package again changes nothing, whether it comes as an archive or as a folder. Another package with the
    same descriptor id is refused, since instances may stand on the first one.
options:
  src:
    description:
      - The package, as a CSAR file, a folder with its content, or an http or https URL of a CSAR.
      - A relative path is looked for as Ansible looks for files, in C(files/) of the role or play and beside them,
        then in the working directory.
      - O(src), O(vnfd_id) or both are needed.
    type: path
  vnfd_id:
    description:
      - The descriptor id. Without O(src) it names the package to change or remove; with it the package must be that
        one.
    type: str
  operational_state:
    description:
      - Whether VNFs may be instantiated from the package. A new package is enabled. VNFs that exist are not affected.
    type: str
    choices: [enabled, disabled]
  user_defined_data:
    description: Data of one's own, merged into what is recorded; a key whose value is null is removed.
    type: dict
  state:
    description:
      - V(present) onboards the package or changes its record. V(absent) removes it, unless VNF instances are made
        from it.
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
seealso:
  - module: nfv.mano.vnf_package_info
  - module: nfv.mano.vnf_instance
author:
  - The nfv.mano contributors (@nfv)
"""

EXAMPLES = r"""
- name: Onboard a package
  nfv.mano.vnf_package:
    src: firewall-1.0.csar
  register: onboarded

- name: Let nobody instantiate it any more
  nfv.mano.vnf_package:
    vnfd_id: "{{ onboarded.vnf_package.vnfd_id }}"
    operational_state: disabled

- name: Remove it
  nfv.mano.vnf_package:
    vnfd_id: "{{ onboarded.vnf_package.vnfd_id }}"
    state: absent
"""

RETURN = r"""
vnf_package:
  description: The package (SOL003 VnfPkgInfo, keys in snake_case). Empty when there is none.
  returned: success
  type: dict
  sample:
    id: 9d1f5c4e-6a0e-4e57-8f1b-62d7a54f5a10
    vnfd_id: 9f0c4e5a-6c53-4b8c-9b57-2a3a6a1f7d10
    vnf_provider: Example
    vnf_product_name: Firewall
    vnf_software_version: "1.0"
    vnfd_version: "1.0"
    onboarding_state: ONBOARDED
    operational_state: ENABLED
    usage_state: NOT_IN_USE
findings:
  description:
    - What the reader noticed in the package. An error is a failure of the task; warnings and infos are not.
  returned: success, and on a failure that is about the content of the package
  type: list
  elements: dict
  sample:
    - rule: SOL004-manifest-missing
      severity: warning
      clause: SOL004 4.3.2
      file: Definitions/firewall.yaml
      line: 12
      column: 3
      message: The package has no manifest.
      fix: null

diff:
  description: The states before and after as sorted YAML; shown with C(--diff).
  returned: success
  type: dict
  contains:
    before:
      description: The state before.
      type: str
      returned: success
      sample: "operational_state: ENABLED\n"
    after:
      description: The state after.
      type: str
      returned: success
      sample: "operational_state: DISABLED\n"

error_code:
  description: Which failure it was, as a stable word to branch on. Listed in the collection's C(docs/errors.md).
  returned: failure
  type: str
  sample: digest_mismatch
"""

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.nfv.mano.plugins.module_utils.tasks import vnf_package
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import attempt


def main() -> None:
    """Entry point of the module; in the controller the action plugin of the same name runs the task instead."""
    module = AnsibleModule(argument_spec=dict(vnf_package.SPEC), supports_check_mode=True, **vnf_package.RULES)
    result = attempt(vnf_package, module.params, module.check_mode)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
