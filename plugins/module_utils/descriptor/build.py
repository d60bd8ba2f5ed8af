# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a resolved topology to the flavour's model: VDUs, storages, connection points and virtual links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.build_policies import (
    placement_rules,
    scaling,
    security_group_rules,
)
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import (
    AddressData,
    BootData,
    Compute,
    Flavour,
    Subnet,
    SwImage,
    Vdu,
    VduCp,
    VirtualBlockStorage,
    VnfExtCp,
    VnfVirtualLink,
)
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.reading import (
    flag,
    integer,
    optional_integer,
    optional_text,
    size,
    strings,
    table,
    tables,
    text,
    texts,
)

_NODE = "tosca.nodes.nfv."
_PLAIN_VNIC = {"", "virtio"}  # virtio was 2.5.1's word for what is "normal" since 2.7.1

Node = Mapping[str, Any]


def build_flavour(flavour_id: str, description: str, topology: Mapping[str, Any]) -> Flavour:
    """The flavour that a topology with all inputs filled in describes. Raises ManoError input_invalid."""
    nodes: Mapping[str, Node] = topology["nodes"]
    vdus = {name: _vdu(name, node) for name, node in _of(nodes, "Vdu.Compute")}
    scales = scaling(topology, vdus)
    return Flavour(
        id=flavour_id,
        description=description,
        vdus=vdus,
        storages={name: _storage(name, node) for name, node in _of(nodes, "Vdu.VirtualBlockStorage")},
        cps=_cps(nodes),
        ext_cps={name: _ext_cp(name, node) for name, node in _of(nodes, "VnfExtCp")},
        virtual_links={name: _virtual_link(name, node) for name, node in _of(nodes, "VnfVirtualLink")},
        aspects=scales.aspects,
        deltas=scales.deltas,
        initial_delta=scales.initial_delta,
        levels=scales.levels,
        default_level=scales.default_level,
        placement_rules=placement_rules(topology),
        security_group_rules=security_group_rules(topology),
    )


def _of(nodes: Mapping[str, Node], base: str) -> list[tuple[str, Node]]:
    return [(name, node) for name, node in nodes.items() if node["type"] == _NODE + base]


def _targets(node: Node, requirement: str) -> tuple[str, ...]:
    return tuple(target for name, target in node["requirements"] if name == requirement)


def _target(node: Node, requirement: str) -> str | None:
    return next(iter(_targets(node, requirement)), None)


def _vdu(name: str, node: Node) -> Vdu:
    properties = node["properties"]
    profile = table(properties, "vdu_profile")
    storages = _targets(node, "virtual_storage")
    return Vdu(
        id=name,
        name=text(properties, "name", name),
        description=text(properties, "description"),
        compute=_compute(table(node["capabilities"], "virtual_compute")),
        min_instances=integer(profile, "min_number_of_instances"),
        max_instances=integer(profile, "max_number_of_instances"),
        sw_image=_sw_image(node),
        storages=storages,
        boot_data=_boot_data(properties.get("boot_data"), properties),
        boot_order=_boot_order(properties.get("boot_order"), properties, storages),
        nfvi_constraints=_nfvi_constraints(properties.get("nfvi_constraints"), properties),
    )


def _compute(capability: Mapping[str, Any]) -> Compute:
    cpu, memory = table(capability, "virtual_cpu"), table(capability, "virtual_memory")
    return Compute(
        num_virtual_cpu=integer(cpu, "num_virtual_cpu"),
        virtual_mem_size=size(memory, "virtual_mem_size"),
        local_storage=tuple(size(disk, "size_of_storage") for disk in tables(capability, "virtual_local_storage")),
        cpu_architecture=optional_text(cpu, "cpu_architecture"),
        cpu_pinning_policy=optional_text(table(cpu, "virtual_cpu_pinning"), "virtual_cpu_pinning_policy"),
        numa_enabled=flag(memory, "numa_enabled"),
        cpu_requirements=strings(cpu, "vdu_cpu_requirements"),
        mem_requirements=strings(memory, "vdu_mem_requirements"),
        compute_requirements=strings(capability, "compute_requirements"),
    )


def _sw_image(node: Node) -> SwImage | None:
    """The image of a VDU or storage: what its artifact says, completed by sw_image_data, the way before 3.3.1."""
    artifacts: Mapping[str, Mapping[str, Any]] = node["artifacts"]
    name = next(iter(artifacts), "sw_image")
    artifact = artifacts.get(name, {})
    data = {**table(node["properties"], "sw_image_data"), **artifact.get("properties", {})}
    if not artifact and not data:
        return None
    algorithm, digest = _checksum(data.get("checksum"), data)
    return SwImage(
        id=name,
        name=text(data, "name", name),
        version=text(data, "version"),
        checksum_algorithm=algorithm,
        checksum_hash=digest,
        container_format=text(data, "container_format", "bare"),
        disk_format=text(data, "disk_format", "qcow2"),
        min_disk=size(data, "min_disk"),
        min_ram=size(data, "min_ram"),
        size=size(data, "size"),
        file=artifact.get("file"),
    )


_BY_LENGTH = {56: "sha-224", 64: "sha-256", 96: "sha-384", 128: "sha-512"}


def _checksum(raw: Any, data: Mapping[str, Any]) -> tuple[str, str]:
    """Algorithm and hash; 2.5.1 gave the hash alone, whose length then tells the algorithm."""
    if isinstance(raw, Mapping):
        return text(raw, "algorithm").lower(), text(raw, "hash").lower()
    digest = text(data, "checksum").lower()
    algorithm = _BY_LENGTH.get(len(digest), "") if re.fullmatch(r"[0-9a-f]*", digest) else ""
    return (algorithm, digest) if algorithm else ("", "")


def _boot_data(raw: Any, properties: Mapping[str, Any]) -> BootData | None:
    if raw is None:
        return None
    if not isinstance(raw, Mapping):
        return BootData(content=text(properties, "boot_data"))
    body = table(raw, "content_or_file_data")
    return BootData(
        content=optional_text(body, "content"),
        source_path=optional_text(body, "source_path"),
        destination_path=optional_text(body, "destination_path"),
        variables=strings(body, "data"),
        key_values=strings(table(raw, "kvp_data"), "data"),
        vim_properties=strings(table(raw, "vim_specific_properties"), "properties"),
    )


def _boot_order(raw: Any, properties: Mapping[str, Any], storages: tuple[str, ...]) -> tuple[str, ...]:
    """Up to 2.6.1 a list of what to boot from; since 2.7.1 true means the order of the virtual_storage requirements."""
    if isinstance(raw, list):
        return tuple(name for name in texts(properties, "boot_order") if name in storages)
    return storages if flag(properties, "boot_order") else ()


def _nfvi_constraints(raw: Any, properties: Mapping[str, Any]) -> dict[str, str]:
    """A map since 2.7.1; before, a list of `key=value`, `key: value` or bare words."""
    if not isinstance(raw, list):
        return strings(properties, "nfvi_constraints")
    pairs = (re.split(r"\s*[=:]\s*", word, maxsplit=1) for word in texts(properties, "nfvi_constraints"))
    return {pair[0]: pair[1] if len(pair) == 2 else "" for pair in pairs}


def _storage(name: str, node: Node) -> VirtualBlockStorage:
    data = table(node["properties"], "virtual_block_storage_data")
    return VirtualBlockStorage(
        id=name,
        size=size(data, "size_of_storage"),
        rdma_enabled=flag(data, "rdma_enabled"),
        sw_image=_sw_image(node),
        requirements=strings(data, "vdu_storage_requirements"),
    )


def _cps(nodes: Mapping[str, Node]) -> dict[str, VduCp]:
    found: dict[str, VduCp] = {}
    seen: Counter[str] = Counter()
    for name, node in _of(nodes, "VduCp"):
        vdu_id = _target(node, "virtual_binding") or ""
        found[name] = _cp(name, node, vdu_id, seen[vdu_id])
        seen[vdu_id] += 1
    return found


def _cp(name: str, node: Node, vdu_id: str, position: int) -> VduCp:
    """One without a link inside is external; one that is linked inside and exposed too stays inside."""
    properties = node["properties"]
    vnic_type = text(properties, "vnic_type")
    requirements: dict[str, str] = {}
    for entry in tables(properties, "virtual_network_interface_requirements"):
        requirements |= strings(entry, "network_interface_requirements")
    return VduCp(
        id=name,
        vdu_id=vdu_id,
        order=integer(properties, "order", position),
        layer_protocols=texts(properties, "layer_protocols"),
        virtual_link=_target(node, "virtual_link"),
        vnic_type="normal" if vnic_type in _PLAIN_VNIC else vnic_type,
        trunk_mode=flag(properties, "trunk_mode"),
        bitrate=optional_integer(properties, "bitrate_requirement"),
        addresses=tuple(
            _address(entry, protocol)
            for protocol in tables(properties, "protocol")
            for entry in tables(protocol, "address_data")
        ),
        requirements=requirements,
    )


def _address(entry: Mapping[str, Any], protocol: Mapping[str, Any]) -> AddressData:
    l2, l3 = table(entry, "l2_address_data"), table(entry, "l3_address_data")
    address_type = text(entry, "address_type", "ip_address")
    layer = text(protocol, "associated_layer_protocol")
    if address_type == "mac_address":
        return AddressData(address_type=address_type, assigned_by_play=flag(l2, "mac_address_assignment"))
    return AddressData(
        address_type=address_type,
        ip_version=text(l3, "ip_address_type") or (layer if layer in {"ipv4", "ipv6"} else None),
        assigned_by_play=flag(l3, "ip_address_assignment"),
        number_of_addresses=integer(l3, "number_of_ip_address", 1),
        floating_ip=flag(l3, "floating_ip_activated"),
    )


def _ext_cp(name: str, node: Node) -> VnfExtCp:
    return VnfExtCp(
        id=name,
        internal_virtual_link=_target(node, "internal_virtual_link") or "",
        layer_protocols=texts(node["properties"], "layer_protocols"),
    )


def _virtual_link(name: str, node: Node) -> VnfVirtualLink:
    properties = node["properties"]
    protocols = tables(table(properties, "vl_profile"), "virtual_link_protocol_data")
    l2: dict[str, Any] = {}
    for protocol in protocols:
        l2 |= table(protocol, "l2_protocol_data")
    l3 = [table(protocol, "l3_protocol_data") for protocol in protocols if protocol.get("l3_protocol_data")]
    return VnfVirtualLink(
        id=name,
        layer_protocols=texts(table(properties, "connectivity_type"), "layer_protocols"),
        description=text(properties, "description"),
        subnets=tuple(_subnet(name if len(l3) == 1 else f"{name}-{number}", data) for number, data in enumerate(l3, 1)),
        mtu=optional_integer(l2, "mtu"),
        network_type=optional_text(l2, "network_type"),
        segmentation_id=optional_text(l2, "segmentation_id"),
        vlan_transparent=flag(l2, "vlan_transparent"),
    )


def _subnet(name: str, data: Mapping[str, Any]) -> Subnet:
    return Subnet(
        name=text(data, "name") or name,
        ip_version=6 if text(data, "ip_version", "ipv4") == "ipv6" else 4,
        cidr=text(data, "cidr"),
        gateway_ip=optional_text(data, "gateway_ip"),
        dhcp_enabled=flag(data, "dhcp_enabled", default=True),
        allocation_pools=tuple(
            (text(pool, "start_ip_address"), text(pool, "end_ip_address"))
            for pool in tables(data, "ip_allocation_pools")
        ),
        ipv6_address_mode=optional_text(data, "ipv6_address_mode"),
    )
