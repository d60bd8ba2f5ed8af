# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Topology to Heat template: networks, subnets, ports, security groups, routers and floating IPs. Pure."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import SecurityGroupRule, Subnet, VnfVirtualLink
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import LinkPort, Topology
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import names
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Assets, InstanceRef

FLOATING = "floating ip"
"""The key in Assets.networks of the external network that floating IPs come from when no VnfExtCp names one."""

_IP_PROTOCOLS = {
    "tcp",
    "udp",
    "icmp",
    "icmpv6",
    "sctp",
    "dccp",
    "udplite",
    "ah",
    "esp",
    "gre",
    "ospf",
    "vrrp",
    "igmp",
    "pgm",
    "rsvp",
}


def network_resources(topology: Topology, assets: Assets, ref: InstanceRef) -> dict[str, Any]:
    """Everything that Neutron makes for a topology."""
    found: dict[str, Any] = {}
    subnets = subnets_of(topology.virtual_links)
    routed = {link.virtual_link for link in topology.ext_cps}
    for link in topology.virtual_links:
        found[names.resource_name("virtual_link", link.id)] = _network(link, ref)
        for subnet in subnets[link.id]:
            found[subnet_name(link.id, subnet)] = _subnet(link, subnet, ref, routed=link.id in routed)
    found |= _routers(topology, assets, ref, subnets)
    ports = [port for vnfc in topology.vnfcs for port in vnfc.ports]
    rules = {rule.id: rule for rule in topology.security_group_rules}
    for port in ports:
        if not port.config.link_port_id:
            if port.security_group_rules:
                found[_group_name(port)] = _security_group([rules[r] for r in sorted(port.security_group_rules)], ref)
            found[names.resource_name("link_port", port.id)] = _port(port, assets, ref, subnets)
        if any(address.floating_ip for address in port.cp.addresses):
            found[f"{names.safe(port.id)}.floating"] = _floating_ip(port, topology, assets, subnets)
    return found


def subnet_name(link_id: str, subnet: Subnet) -> str:
    """The Heat resource of a subnet."""
    return f"{names.safe(link_id)}.{names.safe(subnet.name)}"


def _network(link: VnfVirtualLink, ref: InstanceRef) -> dict[str, Any]:
    values: dict[str, Any] = {"description": names.description(ref)}
    if link.mtu:
        values["mtu"] = link.mtu
    if link.vlan_transparent:
        values["vlan_transparent"] = True
    if link.network_type:
        values["provider:network_type"] = link.network_type
    if link.segmentation_id:
        values["provider:segmentation_id"] = link.segmentation_id
    return {
        "type": names.NETWORK,
        "properties": {"name": names.prefixed(ref, "virtual_link", link.id), "value_specs": values},
    }


def _subnet(link: VnfVirtualLink, subnet: Subnet, ref: InstanceRef, *, routed: bool) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "name": names.display(f"{ref.name}-{link.id}-{subnet.name}"),
        "network": {"get_resource": names.resource_name("virtual_link", link.id)},
        "ip_version": subnet.ip_version,
        "cidr": subnet.cidr,
        "enable_dhcp": subnet.dhcp_enabled,
        "value_specs": {"description": names.description(ref)},
    }
    if subnet.gateway_ip:
        properties["gateway_ip"] = subnet.gateway_ip
    elif not link.subnets and not routed:
        properties["gateway_ip"] = ""  # of our own choice: no second default route in the guest
    if subnet.allocation_pools:
        properties["allocation_pools"] = [{"start": start, "end": end} for start, end in subnet.allocation_pools]
    if subnet.ipv6_address_mode and subnet.ip_version == 6:
        properties |= {"ipv6_address_mode": subnet.ipv6_address_mode, "ipv6_ra_mode": subnet.ipv6_address_mode}
    return {"type": "OS::Neutron::Subnet", "properties": properties}


def subnets_of(links: Iterable[VnfVirtualLink]) -> dict[str, tuple[Subnet, ...]]:
    """The subnets of each virtual link: the descriptor's, or one of our own.

    Ours is chosen by the link's id, not by its place, so that it stays when another link comes or goes; a guest may be
    on several links, so no two may overlap.
    """
    links = tuple(links)
    found = {link.id: link.subnets for link in links}
    taken = [ipaddress.ip_network(s.cidr, strict=False) for link in links for s in link.subnets]
    for link in sorted((k for k in links if not k.subnets), key=lambda k: k.id):
        version = 6 if set(link.layer_protocols) == {"ipv6"} else 4
        cidr = _free_cidr(link.id, version, taken)
        taken.append(cidr)
        found[link.id] = (Subnet(name=f"ipv{version}", ip_version=version, cidr=str(cidr)),)
    return found


def _free_cidr(
    link_id: str, version: int, taken: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]
) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    start = int.from_bytes(hashlib.sha256(link_id.encode()).digest()[:2], "big")
    for step in range(1 << 14):
        n = (start + step) % (1 << 14)
        text = f"10.{64 + n // 256}.{n % 256}.0/24" if version == 4 else f"fd6e:6676:6d61:{n:x}::/64"
        cidr = ipaddress.ip_network(text)
        if not any(cidr.version == other.version and cidr.overlaps(other) for other in taken):
            return cidr
    return ipaddress.ip_network("192.168.255.0/24")


def _port(
    port: LinkPort, assets: Assets, ref: InstanceRef, subnets: Mapping[str, tuple[Subnet, ...]]
) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "name": names.prefixed(ref, "link_port", port.id),
        "network": _network_of(port, assets),
        "value_specs": {"description": names.description(ref)},
    }
    fixed = _fixed_ips(port, subnets)
    if fixed:
        properties["fixed_ips"] = fixed
    if port.config.mac_address:
        properties["mac_address"] = port.config.mac_address
    if port.config.allowed_address_pairs:
        properties["allowed_address_pairs"] = [
            {"ip_address": ip} | ({"mac_address": mac} if mac else {}) for ip, mac in port.config.allowed_address_pairs
        ]
    if port.cp.vnic_type != "normal":
        properties["binding:vnic_type"] = port.cp.vnic_type
    return {"type": names.PORT, "properties": properties | _security(port)}


def _network_of(port: LinkPort, assets: Assets) -> Any:
    if port.virtual_link:
        return {"get_resource": names.resource_name("virtual_link", port.virtual_link)}
    return assets.networks[port.network or ""]


def _fixed_ips(port: LinkPort, subnets: Mapping[str, tuple[Subnet, ...]]) -> list[dict[str, Any]]:
    """What the play gives; else, on a link of ours with several subnets, what the descriptor's addresses ask for."""
    if port.config.fixed_addresses:
        return [
            ({"ip_address": a.ip_address} if a.ip_address else {}) | ({"subnet": a.subnet_id} if a.subnet_id else {})
            for a in port.config.fixed_addresses
        ]
    if not port.virtual_link:
        return []
    own = subnets.get(port.virtual_link, ())
    wanted = [a for a in port.cp.addresses if a.address_type == "ip_address" and a.ip_version]
    if not any(a.number_of_addresses > 1 for a in wanted) and len(own) < 2:
        return []
    return [
        {"subnet": {"get_resource": subnet_name(port.virtual_link, subnet)}}
        for a in wanted
        for subnet in [s for s in own if a.ip_version == f"ipv{s.ip_version}"][:1]
        for _turn in range(a.number_of_addresses)
    ]


def _security(port: LinkPort) -> dict[str, Any]:
    groups: list[Any] = [{"get_resource": _group_name(port)}] if port.security_group_rules else []
    groups += [g for g in port.config.security_groups if g not in groups]
    if groups:
        return {"security_groups": groups}
    if str(port.cp.requirements.get("port_security_enabled", "true")).lower() == "false":
        return {"port_security_enabled": False, "security_groups": []}
    return {}


def _group_name(port: LinkPort) -> str:
    """One group for each set of rules: in two groups, the default egress of one would undo what the other forbids."""
    text = "+".join(sorted(port.security_group_rules))
    short = names.safe(text) if len(text) <= 100 else hashlib.sha256(text.encode()).hexdigest()[:32]
    return f"{short}.rules"


def _security_group(rules: list[SecurityGroupRule], ref: InstanceRef) -> dict[str, Any]:
    name = names.display(f"{ref.name}-{'-'.join(rule.id for rule in rules)}")
    properties = {"name": name, "description": names.description(ref), "rules": [_rule(rule) for rule in rules]}
    return {"type": "OS::Neutron::SecurityGroup", "properties": properties}


def _rule(rule: SecurityGroupRule) -> dict[str, Any]:
    found: dict[str, Any] = {
        "direction": rule.direction,
        "ethertype": {"ipv4": "IPv4", "ipv6": "IPv6"}.get(rule.ether_type, "IPv4"),
    }
    protocol = rule.protocol.lower()
    if protocol in _IP_PROTOCOLS or protocol.isdigit():
        found["protocol"] = protocol
    if protocol in {"tcp", "udp", "sctp", "dccp", "udplite"} and (rule.port_range_min, rule.port_range_max) != (
        0,
        65535,
    ):
        found |= {"port_range_min": max(1, rule.port_range_min), "port_range_max": rule.port_range_max}
    return found


def _routers(
    topology: Topology, assets: Assets, ref: InstanceRef, subnets: Mapping[str, tuple[Subnet, ...]]
) -> dict[str, Any]:
    """One router for each VnfExtCp: its internal virtual link, reachable from the external network."""
    found: dict[str, Any] = {}
    for ext in topology.ext_cps:
        router = f"{names.safe(ext.id)}.router"
        found[router] = {
            "type": "OS::Neutron::Router",
            "properties": {
                "name": names.display(f"{ref.name}-{ext.id}"),
                "external_gateway_info": {"network": assets.networks[ext.network]},
                "value_specs": {"description": names.description(ref)},
            },
        }
        for subnet in subnets.get(ext.virtual_link, ()):
            found[f"{names.safe(ext.id)}.{names.safe(subnet.name)}.interface"] = {
                "type": "OS::Neutron::RouterInterface",
                "properties": {
                    "router": {"get_resource": router},
                    "subnet": {"get_resource": subnet_name(ext.virtual_link, subnet)},
                },
            }
    return found


def _floating_ip(
    port: LinkPort, topology: Topology, assets: Assets, subnets: Mapping[str, tuple[Subnet, ...]]
) -> dict[str, Any]:
    ext = next((e for e in topology.ext_cps if port.virtual_link and e.virtual_link == port.virtual_link), None)
    made: dict[str, Any] = {
        "type": "OS::Neutron::FloatingIP",
        "properties": {
            "floating_network": assets.networks[ext.network if ext else FLOATING],
            "port_id": port.config.link_port_id or {"get_resource": names.resource_name("link_port", port.id)},
        },
    }
    if ext:
        made["depends_on"] = [
            f"{names.safe(ext.id)}.{names.safe(subnet.name)}.interface"
            for subnet in subnets[ext.virtual_link]
            if subnet.ip_version == 4
        ]
    return made
