# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which properties of SOL001 only describe: what is wrong with one is a warning, since no operation reads it."""

from __future__ import annotations

_DATA = "tosca.datatypes.nfv."
_NODE = "tosca.nodes.nfv."

DESCRIPTIVE = frozenset(
    {
        (f"{_DATA}InstantiationLevel", "description"),
        (f"{_DATA}L2ProtocolData", "name"),
        (f"{_DATA}L3AddressData", "floating_ip_activated"),
        (f"{_DATA}L3AddressData", "ip_address_assignment"),
        (f"{_DATA}ScalingAspect", "description"),
        (f"{_DATA}ScalingAspect", "name"),
        (f"{_DATA}SwImageData", "checksum"),
        (f"{_DATA}SwImageData", "operating_system"),
        (f"{_DATA}SwImageData", "provider"),
        (f"{_DATA}SwImageData", "supported_virtualisation_environments"),
        (f"{_DATA}VirtualCpu", "virtual_cpu_clock"),
        (f"{_DATA}VirtualCpu", "virtual_cpu_oversubscription_policy"),
        (f"{_DATA}VirtualMemory", "virtual_mem_oversubscription_policy"),
        (f"{_DATA}VirtualNetworkInterfaceRequirements", "description"),
        (f"{_DATA}VirtualNetworkInterfaceRequirements", "name"),
        (f"{_DATA}VirtualNetworkInterfaceRequirements", "nic_io_requirements"),
        (f"{_DATA}VirtualNetworkInterfaceRequirements", "support_mandatory"),
        (f"{_DATA}VlProfile", "max_bitrate_requirements"),
        (f"{_DATA}VlProfile", "min_bitrate_requirements"),
        (f"{_DATA}VlProfile", "qos"),
        (f"{_NODE}Cp", "description"),
        (f"{_NODE}Cp", "layer_protocols"),
        (f"{_NODE}Cp", "role"),
        (f"{_NODE}Vdu.Compute", "description"),
        (f"{_NODE}Vdu.Compute", "monitoring_parameters"),
        (f"{_NODE}Vdu.Compute", "name"),
        (f"{_NODE}VnfVirtualLink", "connectivity_type"),
        (f"{_NODE}VnfVirtualLink", "description"),
        (f"{_NODE}VnfVirtualLink", "monitoring_parameters"),
        (f"{_NODE}VnfVirtualLink", "test_access"),
        ("tosca.artifacts.nfv.SwImage", "checksum"),
        ("tosca.artifacts.nfv.SwImage", "operating_system"),
        ("tosca.artifacts.nfv.SwImage", "provider"),
        ("tosca.artifacts.nfv.SwImage", "supported_virtualisation_environments"),
        ("tosca.capabilities.nfv.VirtualCompute", "logical_node"),
        ("tosca.capabilities.nfv.VirtualCompute", "requested_additional_capabilities"),
        ("tosca.policies.nfv.Abstract.SecurityGroupRule", "description"),
        ("tosca.policies.nfv.SecurityGroupRule", "description"),
    }
)
"""(type, property); what is derived from the type is meant as well."""

ACTED_ON = frozenset(
    {
        f"{_NODE}Vdu.Compute",
        f"{_NODE}Vdu.VirtualBlockStorage",
        f"{_NODE}VduCp",
        f"{_NODE}VnfExtCp",
        f"{_NODE}VnfVirtualLink",
        "tosca.policies.nfv.AffinityRule",
        "tosca.policies.nfv.AntiAffinityRule",
        "tosca.policies.nfv.InstantiationLevels",
        "tosca.policies.nfv.ScalingAspects",
        "tosca.policies.nfv.SecurityGroupRule",
        "tosca.policies.nfv.VduInitialDelta",
        "tosca.policies.nfv.VduInstantiationLevels",
        "tosca.policies.nfv.VduScalingAspectDeltas",
    }
)
"""Node and policy types that become part of a flavour; what is wrong in any other is a warning."""
