# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drift: where the VIM no longer shows what the record says, and what repairs it.

Repaired: what is missing, failed, stopped, detached, unknown, and a fixed IP address that is no longer there. Only
reported: a server with another flavour than recorded, since somebody chose to resize it and making it anew would cost
its disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import TypeGuard

from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Drift
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import Observation, Observed
from ansible_collections.nfv.mano.plugins.module_utils.plan.resources import Resource, resources
from ansible_collections.nfv.mano.plugins.module_utils.plan.steps import leftovers
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import LinkPort, Topology, Vnfc


def drift(
    name: str, topology: Topology, observation: Observation, flavours: Mapping[str, str] | None = None
) -> tuple[Drift, ...]:
    """The differences, sorted; `flavours`: VNFC id -> the flavour as recorded (compared where both sides know it).

    What the VIM is busy with is no drift: wait for its end and look again.
    """
    if observation.state == "busy":
        return ()
    found = [d for r in resources(topology).values() if (d := _of_resource(r, observation))]
    found += [d for vnfc in topology.vnfcs for d in _of_vnfc(vnfc, observation, flavours or {})]
    found += [
        Drift(s.kind, s.id, None, "unknown", "it is not part of this VNF") for s in leftovers(topology, observation, "")
    ]
    if observation.state == "failed":
        found.append(Drift("stack", name, None, "failed", observation.reason))
    return tuple(sorted(found, key=lambda d: (d.kind, d.id, d.what)))


def _of_resource(resource: Resource, observation: Observation) -> Drift | None:
    seen = observation.get(*resource.key)
    if seen is None or seen.status == "missing":
        return Drift(resource.kind, resource.id, resource.vdu_id, "missing", seen.reason if seen else "")
    if seen.status == "failed" or (seen.status == "stopped" and resource.kind == "vnfc"):
        return Drift(resource.kind, resource.id, resource.vdu_id, seen.status, seen.reason)
    return None


def _of_vnfc(vnfc: Vnfc, observation: Observation, flavours: Mapping[str, str]) -> list[Drift]:
    server = observation.get("vnfc", vnfc.id)
    if not _present(server):
        return []
    found = [d for port in vnfc.ports if (d := _of_port(port, vnfc, server, observation))]
    for storage in vnfc.storages:
        volume = observation.get("virtual_storage", storage.id)
        if _present(volume) and not _attached(
            volume.attributes.get("attached_to", server.resource_id), server.resource_id
        ):
            found.append(
                Drift("virtual_storage", storage.id, vnfc.vdu.id, "detached", f"it is not attached to {vnfc.id}")
            )
    was, now = flavours.get(vnfc.id), server.attributes.get("flavor")
    if was and now and was != now:
        detail = f"its flavour is {now}, recorded is {was}; vnf_heal makes it anew"
        found.append(Drift("vnfc", vnfc.id, vnfc.vdu.id, "changed", detail))
    return found


def _of_port(port: LinkPort, vnfc: Vnfc, server: Observed, observation: Observation) -> Drift | None:
    seen = observation.get("link_port", port.id)
    if seen is not None and seen.status == "missing" and port.config.link_port_id:
        return Drift(
            "link_port", port.id, vnfc.vdu.id, "missing", f"{port.config.link_port_id}, which the play gave, is gone"
        )
    if not _present(seen):
        return None
    if not _attached(seen.attributes.get("device_id", server.resource_id), server.resource_id):
        return Drift("link_port", port.id, vnfc.vdu.id, "detached", f"it is not on {vnfc.id}")
    addresses = seen.attributes.get("ip_addresses")
    if addresses is None:
        return None
    has = {ip_address(a["ip_address"]) for a in addresses}
    lost = [a.ip_address for a in port.config.fixed_addresses if a.ip_address and ip_address(a.ip_address) not in has]
    if lost:
        return Drift("link_port", port.id, vnfc.vdu.id, "changed", f"it no longer has {', '.join(lost)}")
    return None


def _present(seen: Observed | None) -> TypeGuard[Observed]:
    return seen is not None and seen.status in {"ok", "stopped"}


def _attached(to: object, server_id: str) -> bool:
    """Whether an attachment, one id or several, names the server; None: attached to nothing."""
    return server_id in to if isinstance(to, (list, tuple)) else to == server_id
