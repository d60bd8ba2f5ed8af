# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Request bodies of the life-cycle operations (SOL003 5.5.2), in snake_case, for plans and operation occurrences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import (
    CpConfig,
    Deployment,
    ExtManagedVirtualLink,
    ExtVirtualLink,
    HealRequest,
    Wish,
)


def instantiate(deployment: Deployment, wish: Wish, level_scale: Mapping[str, int]) -> dict[str, Any]:
    """InstantiateVnfRequest (5.5.2.4). The scale levels stand in it where they differ from those of the level."""
    beyond = dict(deployment.scale_levels) != dict(level_scale)
    return _present(
        flavour_id=deployment.flavour_id,
        instantiation_level_id=deployment.instantiation_level_id,
        target_scale_level_info=scale_info(deployment.scale_levels) if beyond else None,
        ext_virtual_links=[_ext_virtual_link(v) for v in deployment.ext_virtual_links],
        ext_managed_virtual_links=[_ext_managed(v) for v in deployment.ext_managed_virtual_links],
        additional_params=dict(deployment.additional_params),
        extensions=dict(wish.extensions or {}),
        vnf_configurable_properties=dict(wish.vnf_configurable_properties or {}),
    )


def scale(aspect_id: str, steps: int) -> dict[str, Any]:
    """ScaleVnfRequest (5.5.2.5); `steps` below 0 scales in."""
    return {"type": "SCALE_OUT" if steps > 0 else "SCALE_IN", "aspect_id": aspect_id, "number_of_steps": abs(steps)}


def scale_info(levels: Mapping[str, int]) -> list[dict[str, Any]]:
    """ScaleInfo (5.5.3.4) of each aspect."""
    return [{"aspect_id": aspect_id, "scale_level": levels[aspect_id]} for aspect_id in sorted(levels)]


def heal(request: HealRequest) -> dict[str, Any]:
    """HealVnfRequest (5.5.2.9); `all` is this collection's additional parameter."""
    return _present(
        vnfc_instance_id=list(request.vnfc_instance_ids),
        cause=request.cause,
        additional_params={"all": True} if request.all else {},
    )


def terminate(wish: Wish) -> dict[str, Any]:
    """TerminateVnfRequest (5.5.2.8)."""
    graceful = wish.termination == "graceful"
    return {"termination_type": wish.termination.upper()} | (
        {"graceful_termination_timeout": wish.graceful_timeout} if graceful and wish.graceful_timeout else {}
    )


def _present(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _ext_virtual_link(link: ExtVirtualLink) -> dict[str, Any]:
    cps = [
        {"cpd_id": cpd_id, "cp_config": {c.key or "all": _cp_config(c) for c in sorted(configs, key=lambda c: c.key)}}
        for cpd_id, configs in sorted(link.ext_cps.items())
    ]
    return {"id": link.id, "resource_id": link.resource_id, "ext_cps": cps}


def _cp_config(config: CpConfig) -> dict[str, Any]:
    addresses = [
        _present(
            type="IPV6" if a.ip_address and ":" in a.ip_address else "IPV4",
            fixed_addresses=[a.ip_address] if a.ip_address else [],
            num_dynamic_addresses=None if a.ip_address else 1,
            subnet_id=a.subnet_id,
        )
        for a in config.fixed_addresses
    ]
    ethernet = _present(mac_address=config.mac_address, ip_addresses=addresses)
    return _present(
        link_port_id=config.link_port_id,
        cp_protocol_data=[{"layer_protocol": "IP_OVER_ETHERNET", "ip_over_ethernet": ethernet}] if ethernet else [],
        allowed_address_pairs=[_present(ip_address=ip, mac_address=mac) for ip, mac in config.allowed_address_pairs],
        security_groups=list(config.security_groups),
    )


def _ext_managed(link: ExtManagedVirtualLink) -> dict[str, Any]:
    return {
        "id": link.id,
        "vnf_virtual_link_desc_id": link.virtual_link_desc_id,
        "resource_id": link.resource_id,
    }
