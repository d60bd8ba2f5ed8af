# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: vnf_instance
short_description: Make a VNF what it should be
version_added: 0.1.0
description:
  - Says what a VNF should be. The module works out the life-cycle operations of ETSI GS NFV-SOL 003 from the
    difference between that, what is recorded and what the VIM shows, and runs them. These are INSTANTIATE, SCALE,
    SCALE_TO_LEVEL, HEAL, MODIFY_INFO and TERMINATE.
  - In check mode it returns the same plan and writes nothing anywhere. A second run changes nothing.
  - An option that is not set leaves what it is about alone.
  - Every write to the VIM is recorded before it is made. A task that was killed, or that failed, is gone on with by
    the same task run again.
  - Two tasks on one instance exclude each other; the second one fails and says who holds the instance.
options:
  name:
    description: Name of the VNF instance, unique within the tenant.
    type: str
    required: true
  state:
    description:
      - V(instantiated) brings the VNF up as the other options say.
      - V(not_instantiated) terminates it, and keeps its record.
      - V(absent) terminates it and deletes the record.
    type: str
    choices: [instantiated, not_instantiated, absent]
    default: instantiated
  vnfd_id:
    description: Descriptor id of the onboarded package that the VNF is made from. Needed when the instance does not
      exist yet.
    type: str
  vim:
    description:
      - Name of the VIM to instantiate on.
      - When unset, the tenant's default VIM, or with none registered the cloud that E(OS_CLOUD) names.
    type: str
  flavour_id:
    description: Deployment flavour. When unset for a new VNF, the only one or the one that the package gives as
      default.
    type: str
  instantiation_level_id:
    description:
      - Instantiation level. When unset for a new VNF, the flavour's default level.
      - Setting it for a VNF that is instantiated scales all aspects that the level names.
    type: str
  scale:
    description:
      - Scale level of each aspect, as a map of aspect to level. It beats O(instantiation_level_id) for the aspects
        that it names.
    type: dict
  keep_scale:
    description:
      - With V(true), O(scale) and O(instantiation_level_id) count when the VNF is instantiated and not later. This is
        for VNFs that are scaled by alarms with M(nfv.mano.vnf_scale).
    type: bool
    default: false
  additional_params:
    description: Values of the descriptor's inputs.
    type: dict
  ext_virtual_links:
    description:
      - The networks that the VNF's external connection points are connected to (SOL003 ExtVirtualLinkData).
    type: list
    elements: dict
    suboptions:
      id:
        description: A name for the external virtual link.
        type: str
        required: true
      resource_id:
        description: The network on the VIM, by id or by name.
        type: str
        required: true
      ext_cps:
        description:
          - The connection points on this network. An entry is the CPD's id, or a map (SOL003 VnfExtCpData) of
            C(cpd_id) and C(cp_config).
          - C(cp_config) maps the number of a VNFC of the VDU, counted from V(0), to its VnfExtCpConfig; the key V("")
            stands for all of them.
          - A VnfExtCpConfig has C(link_port_id), a port that exists and is kept, or C(cp_protocol_data), a list with
            one entry of C(layer_protocol), that is V(IP_OVER_ETHERNET), and C(ip_over_ethernet).
          - C(ip_over_ethernet) takes C(mac_address); C(ip_addresses), a list of C(type) (V(IPV4) or V(IPV6)),
            C(fixed_addresses) or C(num_dynamic_addresses), and C(subnet_id); C(allowed_address_pairs), a list of
            C(ip_address) and C(mac_address); and C(security_groups), a list of ids or names.
        type: list
        elements: raw
      ext_link_ports:
        description:
          - Ports that exist (SOL003 ExtLinkPortData), each with an C(id) that C(link_port_id) refers to and a
            C(resource_handle) whose C(resource_id) is the port's id on the VIM. Without an entry, C(link_port_id) is
            the id on the VIM itself.
        type: list
        elements: dict
  ext_managed_virtual_links:
    description:
      - Networks that exist and are used in place of internal virtual links (SOL003 ExtManagedVirtualLinkData).
    type: list
    elements: dict
    suboptions:
      id:
        description: A name for the externally managed virtual link.
        type: str
        required: true
      vnf_virtual_link_desc_id:
        description: The internal virtual link of the descriptor.
        type: str
        required: true
      resource_id:
        description: The network on the VIM, by id or by name.
        type: str
        required: true
  vim_assets:
    description:
      - Flavours and images of the VIM to use instead of those that would be found or made from the descriptor (SOL003
        Grant, C(vimAssets)).
    type: dict
    suboptions:
      compute_resource_flavours:
        description: Map of VDU to the VIM's flavour, by name or id.
        type: dict
      software_images:
        description: Map of VDU or storage to the VIM's image, by name or id.
        type: dict
  extensions:
    description: VNF-specific extensions, merged into what is recorded; a key whose value is null is removed.
    type: dict
  vnf_configurable_properties:
    description: Configurable properties, merged into what is recorded; a key whose value is null is removed.
    type: dict
  metadata:
    description: Metadata of the instance, merged into what is recorded; a key whose value is null is removed.
    type: dict
  description:
    description: A description of the instance.
    type: str
  drift:
    description:
      - What to do about resources that the VIM has lost or that have failed.
      - V(repair) heals them. V(report) returns them in RV(drift). V(ignore) does not look.
    type: str
    choices: [repair, report, ignore]
    default: repair
  termination:
    description:
      - How a VNF is terminated. V(graceful) shuts its servers down and waits O(graceful_timeout) seconds for that;
        V(forceful) deletes them at once.
    type: str
    choices: [graceful, forceful]
    default: graceful
  graceful_timeout:
    description: Seconds that a graceful termination gives the servers to shut down.
    type: int
    default: 0
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
  - module: nfv.mano.vnf_package
  - module: nfv.mano.vnf_instance_info
  - module: nfv.mano.vnf_scale
  - module: nfv.mano.vnf_heal
  - module: nfv.mano.lcm_operation
author:
  - The nfv.mano contributors (@nfv)
"""

EXAMPLES = r"""
- name: A firewall between our networks
  nfv.mano.vnf_instance:
    name: fw1
    vnfd_id: 9f0c4e5a-6c53-4b8c-9b57-2a3a6a1f7d10
    vim: edge-1
    ext_virtual_links:
      - id: untrusted
        resource_id: internet
        ext_cps: [fw_untrusted]
      - id: oam
        resource_id: mgmt-net
        ext_cps: [mgr_oam]
  register: fw1

- name: The same, with a fixed address for the manager
  nfv.mano.vnf_instance:
    name: fw1
    vnfd_id: 9f0c4e5a-6c53-4b8c-9b57-2a3a6a1f7d10
    ext_virtual_links:
      - id: untrusted
        resource_id: internet
        ext_cps: [fw_untrusted]
      - id: oam
        resource_id: mgmt-net
        ext_cps:
          - cpd_id: mgr_oam
            cp_config:
              "0":
                cp_protocol_data:
                  - layer_protocol: IP_OVER_ETHERNET
                    ip_over_ethernet:
                      ip_addresses:
                        - type: IPV4
                          fixed_addresses: [192.0.2.10]

- name: Three firewalls
  nfv.mano.vnf_instance:
    name: fw1
    scale:
      throughput: 2

- name: What would change?
  nfv.mano.vnf_instance:
    name: fw1
    scale:
      throughput: 1
  check_mode: true
  register: preview

- name: Do it, if it still is what was approved
  nfv.mano.vnf_instance:
    name: fw1
    scale:
      throughput: 1
    expected_plan_digest: "{{ preview.plan.digest }}"

- name: Terminate it and forget it
  nfv.mano.vnf_instance:
    name: fw1
    state: absent
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
  description:
    - The operation occurrences that this task ran (SOL003 VnfLcmOpOcc, keys in snake_case). Empty in check mode.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 6d5f4f52-0a57-4b8b-9d3c-0e5a3f6b7a11
      operation: INSTANTIATE
      operation_state: COMPLETED
      vnf_instance_id: 1f0e7a52-8f5e-4a6f-9a52-1df8a0c8d9a7
      start_time: "2026-11-21T08:00:00Z"
      state_entered_time: "2026-11-21T08:00:31Z"
      is_automatic_invocation: false
      is_cancel_pending: false
      operation_params:
        flavour_id: standard

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

from ansible_collections.nfv.mano.plugins.module_utils.tasks import vnf_instance
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import attempt


def main() -> None:
    """Entry point of the module; in the controller the action plugin of the same name runs the task instead."""
    module = AnsibleModule(argument_spec=dict(vnf_instance.SPEC), supports_check_mode=True, **vnf_instance.RULES)
    result = attempt(vnf_instance, module.params, module.check_mode)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
