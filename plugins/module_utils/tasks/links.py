# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`ext_virtual_links` and `ext_managed_virtual_links` as values (SOL003 4.4.1: ExtVirtualLinkData and what is in it).

Keys are the standard's, in snake_case. Short forms: a CP is its cpd id alone; a list of names for `security_groups`.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import (
    CpConfig,
    ExtManagedVirtualLink,
    ExtVirtualLink,
    FixedAddress,
)
from ansible_collections.nfv.mano.plugins.module_utils.tasks.shapes import (
    invalid,
    mapping,
    required,
    sequence,
    text,
    whole,
)

MAC = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}")


def ext_virtual_links(value: Any) -> tuple[ExtVirtualLink, ...]:
    """The external virtual links of the option; raises invalid_options."""
    where = "ext_virtual_links"
    links = tuple(_link(item, f"{where}[{n}]") for n, item in enumerate(sequence(value, where)))
    _distinct((link.id for link in links), where)
    configs = ((cpd, config.key) for link in links for cpd, made in link.ext_cps.items() for config in made)
    _distinct((f"{cpd} {key}".strip() for cpd, key in configs), f"{where}[].ext_cps")
    return links


def ext_managed_virtual_links(value: Any) -> tuple[ExtManagedVirtualLink, ...]:
    """The externally managed internal virtual links of the option; raises invalid_options."""
    where = "ext_managed_virtual_links"
    links = tuple(_managed(item, f"{where}[{n}]") for n, item in enumerate(sequence(value, where)))
    _distinct((link.id for link in links), where)
    _distinct((link.virtual_link_desc_id for link in links), where)
    return links


def _link(value: Any, where: str) -> ExtVirtualLink:
    link = mapping(value, where, ("id", "resource_id", "ext_cps", "ext_link_ports"))
    ports = _link_ports(link.get("ext_link_ports"), f"{where}.ext_link_ports")
    cps = sequence(link.get("ext_cps"), f"{where}.ext_cps")
    pairs = [_cp(item, f"{where}.ext_cps[{n}]", ports) for n, item in enumerate(cps)]
    _distinct((cpd for cpd, _configs in pairs), f"{where}.ext_cps")
    return ExtVirtualLink(
        id=required(link, "id", where), resource_id=required(link, "resource_id", where), ext_cps=dict(pairs)
    )


def _managed(value: Any, where: str) -> ExtManagedVirtualLink:
    link = mapping(value, where, ("id", "vnf_virtual_link_desc_id", "resource_id"))
    return ExtManagedVirtualLink(
        id=required(link, "id", where),
        virtual_link_desc_id=required(link, "vnf_virtual_link_desc_id", where),
        resource_id=required(link, "resource_id", where),
    )


def _link_ports(value: Any, where: str) -> dict[str, str]:
    """ExtLinkPortData: its id, by which a CP config names it, to the VIM's port."""
    ports = {}
    for n, item in enumerate(sequence(value, where)):
        port = mapping(item, f"{where}[{n}]", ("id", "resource_handle"))
        handle = mapping(port.get("resource_handle"), f"{where}[{n}].resource_handle")
        ports[required(port, "id", f"{where}[{n}]")] = required(handle, "resource_id", f"{where}[{n}].resource_handle")
    return ports


def _cp(value: Any, where: str, ports: Mapping[str, str]) -> tuple[str, tuple[CpConfig, ...]]:
    if isinstance(value, str):
        return text(value, where), (CpConfig(),)
    cp = mapping(value, where, ("cpd_id", "cp_config"))
    configs = mapping(cp.get("cp_config"), f"{where}.cp_config")
    made = tuple(_config(key, item, f"{where}.cp_config.{key}", ports) for key, item in configs.items())
    return required(cp, "cpd_id", where), made or (CpConfig(),)


def _config(key: str, value: Any, where: str, ports: Mapping[str, str]) -> CpConfig:
    config = mapping(value, where, ("link_port_id", "cp_protocol_data"))
    port = text(config["link_port_id"], f"{where}.link_port_id") if "link_port_id" in config else None
    layers = sequence(config.get("cp_protocol_data"), f"{where}.cp_protocol_data")
    if port is not None and layers:
        raise invalid(
            where, "must have link_port_id or cp_protocol_data, not both: a port that is there keeps its addresses"
        )
    if len(layers) > 1:
        raise invalid(f"{where}.cp_protocol_data", "must have one entry, IP_OVER_ETHERNET")
    if port is not None or not layers:
        return CpConfig(key=key, link_port_id=ports.get(port, port) if port is not None else None)
    return _ip_over_ethernet(key, layers[0], f"{where}.cp_protocol_data[0]")


def _ip_over_ethernet(key: str, value: Any, where: str) -> CpConfig:
    layer = mapping(value, where, ("layer_protocol", "ip_over_ethernet"))
    protocol = layer.get("layer_protocol", "IP_OVER_ETHERNET")
    if protocol != "IP_OVER_ETHERNET":
        raise invalid(f"{where}.layer_protocol", f"must be IP_OVER_ETHERNET, not {protocol}")
    where = f"{where}.ip_over_ethernet"
    keys = ("mac_address", "ip_addresses", "allowed_address_pairs", "security_groups")
    data = mapping(layer.get("ip_over_ethernet"), where, keys)
    addresses = sequence(data.get("ip_addresses"), f"{where}.ip_addresses")
    pairs = sequence(data.get("allowed_address_pairs"), f"{where}.allowed_address_pairs")
    groups = sequence(data.get("security_groups"), f"{where}.security_groups")
    return CpConfig(
        key=key,
        mac_address=_mac(data["mac_address"], f"{where}.mac_address") if "mac_address" in data else None,
        fixed_addresses=tuple(
            a for n, item in enumerate(addresses) for a in _addresses(item, f"{where}.ip_addresses[{n}]")
        ),
        allowed_address_pairs=tuple(_pair(item, f"{where}.allowed_address_pairs[{n}]") for n, item in enumerate(pairs)),
        security_groups=tuple(text(item, f"{where}.security_groups[{n}]") for n, item in enumerate(groups)),
    )


def _addresses(value: Any, where: str) -> Iterator[FixedAddress]:
    data = mapping(value, where, ("type", "fixed_addresses", "num_dynamic_addresses", "subnet_id"))
    version = data.get("type", "IPV4")
    if version not in ("IPV4", "IPV6"):
        raise invalid(f"{where}.type", f"must be IPV4 or IPV6, not {version}")
    subnet = text(data["subnet_id"], f"{where}.subnet_id") if "subnet_id" in data else None
    fixed = sequence(data.get("fixed_addresses"), f"{where}.fixed_addresses")
    dynamic = whole(data.get("num_dynamic_addresses", 0), f"{where}.num_dynamic_addresses")
    if fixed and dynamic:
        raise invalid(where, "must have fixed_addresses or num_dynamic_addresses, not both")
    for n, address in enumerate(fixed):
        yield FixedAddress(_ip(address, version, f"{where}.fixed_addresses[{n}]"), subnet)
    if fixed:
        return
    if subnet is not None:
        yield from (FixedAddress(None, subnet) for _turn in range(dynamic or 1))
    elif dynamic > 1:
        raise invalid(where, "needs a subnet_id to take more than one dynamic address from")


def _pair(value: Any, where: str) -> tuple[str, str | None]:
    pair = mapping(value, where, ("ip_address", "mac_address"))
    address = required(pair, "ip_address", where)
    try:
        ipaddress.ip_network(address, strict=False)
    except ValueError as error:
        raise invalid(f"{where}.ip_address", f"must be an IP address or a range in CIDR form, not {address}") from error
    return address, _mac(pair["mac_address"], f"{where}.mac_address") if "mac_address" in pair else None


def _ip(value: Any, version: str, where: str) -> str:
    address = text(value, where)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError as error:
        raise invalid(where, f"must be an IP address, not {address}") from error
    if f"IPV{parsed.version}" != version:
        raise invalid(where, f"is {address}, which is not an {version} address")
    return address


def _mac(value: Any, where: str) -> str:
    address = text(value, where).lower()
    if not MAC.fullmatch(address):
        raise invalid(where, f"must be a MAC address such as fa:16:3e:00:00:01, not {address}")
    return address


def _distinct(ids: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise invalid(where, f"names {id_} twice")
        seen.add(id_)
