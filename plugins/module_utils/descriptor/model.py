# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The compiled descriptor: what a VNFD says, resolved, with units in bytes, in plain immutable data.

A package is compiled once, when it is onboarded, to a JSON document (`descriptor.compile`). `descriptor.bind` turns
that document, a flavour and the values of its inputs into a `Flavour`. Nothing here knows YAML, TOSCA or a VIM.
Identifiers (`id`) are node template names, as SOL001 prescribes (vduId, cpdId, virtualLinkDescId,
virtualStorageDescId).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SwImage:
    """A software image (SOL001 SwImage / SwImageData). Sizes in bytes; `file` is a path inside the package or None."""

    id: str
    name: str
    version: str
    checksum_algorithm: str  # sha-224 | sha-256 | sha-384 | sha-512 | "" when the descriptor gives none
    checksum_hash: str
    container_format: str
    disk_format: str
    min_disk: int
    min_ram: int
    size: int
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Compute:
    """A VDU's virtual_compute capability. Sizes in bytes; requirement maps are the VIM's own keys and values."""

    num_virtual_cpu: int
    virtual_mem_size: int
    local_storage: tuple[int, ...] = ()
    cpu_architecture: str | None = None
    cpu_pinning_policy: str | None = None  # static | dynamic
    numa_enabled: bool = False
    cpu_requirements: Mapping[str, str] = field(default_factory=dict)
    mem_requirements: Mapping[str, str] = field(default_factory=dict)
    compute_requirements: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BootData:
    """What a VNFC gets at boot (SOL001 BootData; a plain string before 2.7.1 is `content`).

    `${name}` in content is replaced from `variables` and the instance's additional_params, never by a template engine.
    """

    content: str | None = None
    source_path: str | None = None  # file inside the package
    destination_path: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    key_values: Mapping[str, str] = field(default_factory=dict)  # kvp_data: server metadata
    vim_properties: Mapping[str, str] = field(default_factory=dict)  # e.g. config_drive: "true"


@dataclass(frozen=True, slots=True)
class Vdu:
    """tosca.nodes.nfv.Vdu.Compute."""

    id: str
    name: str
    description: str
    compute: Compute
    min_instances: int
    max_instances: int
    sw_image: SwImage | None = None
    storages: tuple[str, ...] = ()  # ids of VirtualBlockStorage, in the order of the requirements
    boot_data: BootData | None = None
    boot_order: tuple[str, ...] = ()  # storage ids first to boot from, when given
    nfvi_constraints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VirtualBlockStorage:
    """tosca.nodes.nfv.Vdu.VirtualBlockStorage; `size` in bytes. With `sw_image` the volume is made from that image."""

    id: str
    size: int
    rdma_enabled: bool = False
    sw_image: SwImage | None = None
    requirements: Mapping[str, str] = field(default_factory=dict)  # e.g. volume_type


@dataclass(frozen=True, slots=True)
class AddressData:
    """One AddressData of a CP's protocol: what the VIM, or the play, has to assign."""

    address_type: str  # mac_address | ip_address
    ip_version: str | None = None  # ipv4 | ipv6
    assigned_by_play: bool = False  # *_address_assignment: false = VIM/DHCP chooses
    number_of_addresses: int = 1
    floating_ip: bool = False


@dataclass(frozen=True, slots=True)
class VduCp:
    """tosca.nodes.nfv.VduCp. `virtual_link` None = external: the play says which network (ext_virtual_links)."""

    id: str
    vdu_id: str
    order: int
    layer_protocols: tuple[str, ...]
    virtual_link: str | None = None
    vnic_type: str = "normal"
    trunk_mode: bool = False
    bitrate: int | None = None  # bit/s
    addresses: tuple[AddressData, ...] = ()
    requirements: Mapping[str, str] = field(default_factory=dict)  # network_interface_requirements, merged


@dataclass(frozen=True, slots=True)
class VnfExtCp:
    """tosca.nodes.nfv.VnfExtCp: an internal virtual link made reachable from an external one."""

    id: str
    internal_virtual_link: str
    layer_protocols: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subnet:
    """One l3_protocol_data of a virtual link."""

    name: str
    ip_version: int  # 4 | 6
    cidr: str
    gateway_ip: str | None = None
    dhcp_enabled: bool = True
    allocation_pools: tuple[tuple[str, str], ...] = ()
    ipv6_address_mode: str | None = None


@dataclass(frozen=True, slots=True)
class VnfVirtualLink:
    """tosca.nodes.nfv.VnfVirtualLink. Without subnets in the descriptor the driver gives it one of its own."""

    id: str
    layer_protocols: tuple[str, ...]
    description: str = ""
    subnets: tuple[Subnet, ...] = ()
    mtu: int | None = None
    network_type: str | None = None
    segmentation_id: str | None = None
    vlan_transparent: bool = False


@dataclass(frozen=True, slots=True)
class ScalingAspect:
    """One aspect; `step_deltas` names the delta of each step (one name = the same for all, SOL001 ScalingAspect)."""

    id: str
    name: str
    description: str
    max_scale_level: int
    step_deltas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VduDelta:
    """How many VNFCs of `vdu_id` the step `delta` of `aspect_id` adds (VduScalingAspectDeltas)."""

    aspect_id: str
    vdu_id: str
    delta: str
    number_of_instances: int


@dataclass(frozen=True, slots=True)
class InstantiationLevel:
    """One instantiation level: VNFCs per VDU and the scale level of each aspect that it names."""

    id: str
    description: str
    vdu_instances: Mapping[str, int]
    scale_levels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PlacementRule:
    """AffinityRule or AntiAffinityRule, groups already expanded to VDUs (and virtual links)."""

    id: str
    anti: bool
    scope: str  # nfvi_node | zone | zone_group | nfvi_pop | network_link_and_node
    targets: tuple[str, ...]
    from_group: str | None = None  # PlacementGroup it came from: the members count as one set
    members_apart: bool = True  # False: rule relates the targets as a set, not instances of one target


@dataclass(frozen=True, slots=True)
class SecurityGroupRule:
    """tosca.policies.nfv.SecurityGroupRule; `targets` are VduCp / VnfExtCp ids."""

    id: str
    targets: tuple[str, ...]
    direction: str = "ingress"
    ether_type: str = "ipv4"
    protocol: str = "tcp"
    port_range_min: int = 0
    port_range_max: int = 65535
    description: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A TOSCA input that additional_params may set."""

    name: str
    type: str
    description: str = ""
    required: bool = False
    default: Any = None
    valid_values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Flavour:
    """One deployment flavour with its inputs bound: everything that a plan needs."""

    id: str
    description: str
    vdus: Mapping[str, Vdu]
    storages: Mapping[str, VirtualBlockStorage]
    cps: Mapping[str, VduCp]
    ext_cps: Mapping[str, VnfExtCp]
    virtual_links: Mapping[str, VnfVirtualLink]
    aspects: Mapping[str, ScalingAspect]
    deltas: tuple[VduDelta, ...]
    initial_delta: Mapping[str, int]  # vdu id -> number_of_instances, only where a VduInitialDelta says so
    levels: Mapping[str, InstantiationLevel]
    default_level: str | None
    placement_rules: tuple[PlacementRule, ...] = ()
    security_group_rules: tuple[SecurityGroupRule, ...] = ()


@dataclass(frozen=True, slots=True)
class FlavourInfo:
    """What can be told of a flavour without binding its inputs (vnf_package_info)."""

    id: str
    description: str
    vdu_ids: tuple[str, ...]
    level_ids: tuple[str, ...]
    default_level: str | None
    aspects: Mapping[str, int]  # aspect id -> max_scale_level
    ext_cp_ids: tuple[str, ...]
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class Vnfd:
    """The descriptor's head: identity and flavours."""

    descriptor_id: str
    descriptor_version: str
    provider: str
    product_name: str
    software_version: str
    vnfm_info: tuple[str, ...]
    sol001_release: str
    flavours: Mapping[str, FlavourInfo]
    product_info_name: str = ""
    product_info_description: str = ""
    default_flavour: str | None = None  # the only one, or the one that the top template names
