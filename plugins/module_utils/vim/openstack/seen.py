# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From JSON of Nova, Neutron and Cinder to what was seen, in the topology's names. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import Observed
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import names

Listed = dict[str, list[dict[str, Any]]]
"""Kind (or `given_port`) -> what its service listed. `nfv_mano_id` is the topology's id of an entry, `nfv_mano_failure`
Heat's word on it.
"""

_GONE = frozenset({"DELETED", "SOFT_DELETED"})
_STOPPED = frozenset({"SHUTOFF", "SUSPENDED", "PAUSED", "SHELVED", "SHELVED_OFFLOADED"})
_BUSY = frozenset(
    {"BUILD", "REBUILD", "RESIZE", "VERIFY_RESIZE", "MIGRATING", "REBOOT", "HARD_REBOOT", "PASSWORD", "REVERT_RESIZE"}
)


def seen(listed: Listed, topology: Topology | None) -> tuple[tuple[Observed, ...], bool]:
    """What was seen, and whether Heat has to be asked: something expected is absent, there twice or failed, or a
    stranger carries our mark (it is one of ours only when Heat knows it).
    """
    found: dict[tuple[str, str], Observed] = {}
    odd = False
    for kind, observed in _OBSERVED.items():
        for entry in listed.get(kind, ()):
            one = observed(entry)
            odd = odd or (one.kind, one.id) in found or one.status == "failed"
            found[(one.kind, one.id)] = one
    expected = _expected(topology)
    given = {entry["id"]: entry for entry in listed.get("given_port", ())}
    for id_, port_id in _given(topology).items():
        found[("link_port", id_)] = (
            _port(given[port_id] | {"nfv_mano_id": id_}) if port_id in given else _no_port(id_, port_id)
        )
    strange = topology is not None and not set(found) <= set(expected)
    return tuple(found.values()), odd or strange or any(key not in found for key in expected)


def _expected(topology: Topology | None) -> list[tuple[str, str]]:
    if topology is None:
        return []
    keys = [("virtual_link", link.id) for link in topology.virtual_links]
    for vnfc in topology.vnfcs:
        keys.append(("vnfc", vnfc.id))
        keys += [("link_port", port.id) for port in vnfc.ports]
        keys += [("virtual_storage", storage.id) for storage in vnfc.storages]
    return keys


def _given(topology: Topology | None) -> dict[str, str]:
    ports = (port for vnfc in topology.vnfcs for port in vnfc.ports) if topology else ()
    return {port.id: port.config.link_port_id for port in ports if port.config.link_port_id}


def _no_port(id_: str, port_id: str) -> Observed:
    return Observed("link_port", id_, port_id, names.PORT, "missing", "the port that the play gave is gone")


def _server(entry: Mapping[str, Any]) -> Observed:
    flavor, image = entry.get("flavor") or {}, entry.get("image") or {}
    status, reason = _server_status(entry)
    return Observed(
        "vnfc",
        entry.get("nfv_mano_id") or entry["metadata"].get(names.VNFC_KEY, entry["name"]),
        entry["id"],
        names.SERVER,
        status,
        reason,
        {
            "flavor": flavor.get("original_name") or flavor.get("id"),
            "image": image.get("id"),
            "host": entry.get("hostId"),
            "zone": entry.get("OS-EXT-AZ:availability_zone"),
            "created_at": entry.get("created"),
        },
    )


def _server_status(entry: Mapping[str, Any]) -> tuple[str, str]:
    status = entry["status"]
    if status in _GONE:
        return "missing", "it is deleted"
    if status == "ERROR" or entry.get("nfv_mano_failure"):
        return "failed", str(
            (entry.get("fault") or {}).get("message") or entry.get("nfv_mano_failure") or "the server is in ERROR"
        )
    if status in _STOPPED:
        return "stopped", f"the server is {status}"
    return ("busy", f"the server is {status}") if status in _BUSY else ("ok", "")


def _port(entry: Mapping[str, Any]) -> Observed:
    failure = entry.get("nfv_mano_failure")
    return Observed(
        "link_port",
        entry["nfv_mano_id"],
        entry["id"],
        names.PORT,
        "failed" if failure else "ok",
        str(failure or ""),
        {
            "mac_address": entry["mac_address"],
            "ip_addresses": [{"ip_address": f["ip_address"], "subnet_id": f["subnet_id"]} for f in entry["fixed_ips"]],
            "network_id": entry["network_id"],
            "device_id": entry["device_id"] or None,
        },
    )


def _volume(entry: Mapping[str, Any]) -> Observed:
    failure = entry.get("nfv_mano_failure") or (
        f"the volume is in {entry['status']}" if entry["status"].startswith("error") else ""
    )
    busy = entry["status"] in {"creating", "downloading", "attaching", "detaching", "deleting", "maintenance"}
    attachments = entry.get("attachments") or ()
    return Observed(
        "virtual_storage",
        entry.get("nfv_mano_id") or entry["metadata"].get(names.ID_KEY, entry["name"]),
        entry["id"],
        names.VOLUME,
        "failed" if failure else "busy" if busy else "ok",
        str(failure),
        {"size": entry["size"], "attached_to": attachments[0]["server_id"] if attachments else None},
    )


def _network(entry: Mapping[str, Any]) -> Observed:
    failure = entry.get("nfv_mano_failure")
    return Observed(
        "virtual_link",
        entry["nfv_mano_id"],
        entry["id"],
        names.NETWORK,
        "failed" if failure else "ok",
        str(failure or ""),
        {"name": entry["name"], "subnets": list(entry["subnets"])},
    )


_OBSERVED: Mapping[str, Callable[[Mapping[str, Any]], Observed]] = {
    "vnfc": _server,
    "link_port": _port,
    "virtual_storage": _volume,
    "virtual_link": _network,
}
