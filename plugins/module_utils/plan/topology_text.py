# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A topology as plain data for a diff: sorted, in the descriptor's words, without the values of parameters."""

from __future__ import annotations

from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import VnfVirtualLink
from ansible_collections.nfv.mano.plugins.module_utils.plan.resources import size_text
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import LinkPort, Storage, Topology, Vnfc


def topology_view(topology: Topology | None) -> dict[str, Any]:
    """The topology by id; empty without one. Dumped as YAML it is a side of the diff."""
    if topology is None:
        return {}
    view: dict[str, dict[str, Any]] = {
        "vnfcs": {v.id: _vnfc(v) for v in topology.vnfcs},
        "virtual_links": {link.id: _link(link) for link in topology.virtual_links},
        "external_networks": dict(topology.external_networks),
        "ext_cps": {e.id: {"virtual_link": e.virtual_link, "network": e.network} for e in topology.ext_cps},
        "server_groups": {g.id: g.policy for g in topology.server_groups},
    }
    return {key: dict(sorted(value.items())) for key, value in sorted(view.items()) if value}


def _vnfc(vnfc: Vnfc) -> dict[str, Any]:
    compute = vnfc.vdu.compute
    return _present(
        vdu_id=vnfc.vdu.id,
        virtual_cpus=compute.num_virtual_cpu,
        memory=size_text(compute.virtual_mem_size),
        image=None if any(s.boot for s in vnfc.storages) or not vnfc.vdu.sw_image else vnfc.vdu.sw_image.name,
        zone=vnfc.zone,
        server_group=next(iter(vnfc.server_groups), None),
        ports=dict(sorted((p.id, _port(p, nic)) for nic, p in enumerate(vnfc.ports))),
        storages=dict(sorted((s.id, _storage(s)) for s in vnfc.storages)),
    )


def _port(port: LinkPort, nic: int) -> dict[str, Any]:
    config = port.config
    return _present(
        cpd_id=port.cp.id,
        nic=nic,
        virtual_link=port.virtual_link,
        network=port.network,
        link_port_id=config.link_port_id,
        mac_address=config.mac_address,
        fixed_addresses=[a.ip_address or f"from {a.subnet_id}" for a in config.fixed_addresses],
        allowed_address_pairs=[" ".join(part for part in pair if part) for pair in config.allowed_address_pairs],
        security_groups=list(config.security_groups),
        security_group_rules=list(port.security_group_rules),
    )


def _storage(storage: Storage) -> dict[str, Any]:
    image = storage.storage.sw_image
    return _present(
        virtual_storage_desc_id=storage.storage.id,
        size=size_text(storage.storage.size),
        image=image.name if image else None,
        boot=storage.boot or None,
    )


def _link(link: VnfVirtualLink) -> dict[str, Any]:
    return _present(subnets=[s.cidr for s in link.subnets], mtu=link.mtu, network_type=link.network_type)


def _present(**fields: Any) -> dict[str, Any]:
    """The fields that say something, sorted."""
    return {name: value for name, value in sorted(fields.items()) if value not in (None, [], {}, "")}
