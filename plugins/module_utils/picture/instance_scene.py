# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scene of an instance: a box for each VNFC, with what the drift says of it when the VIM was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.picture.package_scene import compute_line, routers
from ansible_collections.nfv.mano.plugins.module_utils.picture.scene import (
    OK,
    Box,
    Frame,
    Network,
    Port,
    Remark,
    Scene,
    Volume,
)

Plain = Mapping[str, Any]
NOT_PART = "unknown"


def instance_scene(instance: Plain) -> Scene:
    """The scene of an entry of vnf_instance_info's `vnf_instances`; raises picture_impossible when not instantiated."""
    topology = instance.get("topology")
    if not topology:
        name = instance.get("vnf_instance_name")
        raise ManoError(
            "picture_impossible",
            f"VNF instance '{name}' is not instantiated: there is nothing to draw. Draw its package.",
        )
    look = _Look(instance)
    vnfcs = topology.get("vnfcs", {})
    networks = (*_internal(topology, look), *_external(topology))
    return Scene(
        title=str(instance["vnf_instance_name"]),
        remarks=(*_remarks(instance), *look.remarks()),
        networks=networks,
        boxes=(
            *(_box(id_, vnfc, look) for id_, vnfc in sorted(vnfcs.items(), key=_by_number)),
            *(_routed(box, topology) for box in routers(topology, "{}")),
        ),
        frames=tuple(_frames(topology)),
        description=_description(instance, look),
    )


class _Look:
    """What was seen of the instance: a status for each resource, addresses, and what is not part of it."""

    def __init__(self, instance: Plain) -> None:
        self.observed = "drift" in instance
        entries = instance.get("drift") or []
        self._found = {(entry["kind"], entry["id"]): entry["what"] for entry in entries if entry["what"] != NOT_PART}
        self._others = [entry for entry in entries if entry["what"] == NOT_PART]
        self._stack = [entry for entry in entries if entry["kind"] == "stack" and entry["what"] != NOT_PART]
        self.addresses = _addresses(instance.get("instantiated_vnf_info") or {})

    @property
    def differences(self) -> int:
        """How many entries the drift has."""
        return len(self._found) + len(self._others)

    def status(self, kind: str, id_: str) -> str:
        """The status of a resource; "" when nobody looked."""
        return self._found.get((kind, id_), OK) if self.observed else ""

    def remarks(self) -> Iterable[Remark]:
        """How many differences there are, and those that no box can show."""
        if not self.observed:
            yield Remark("as recorded; the VIM was not asked")
            return
        many = "1 difference" if self.differences == 1 else f"{self.differences} differences"
        yield Remark("the VIM shows what is recorded", OK) if not self.differences else Remark(many, "changed")
        for entry in self._stack:
            yield Remark(f"stack {entry['what']}: {entry['detail']}", "failed")
        for entry in self._others:
            yield Remark(f"not part of it: {entry['kind']} {entry['id']}", "changed")


def _addresses(info: Plain) -> dict[str, str]:
    """VNFC CP id -> its first address."""
    found = {}
    for vnfc in info.get("vnfc_resource_info") or ():
        for cp in vnfc.get("vnfc_cp_info") or ():
            given = [
                address
                for protocol in cp.get("cp_protocol_info") or ()
                for entry in (protocol.get("ip_over_ethernet") or {}).get("ip_addresses") or ()
                for address in entry.get("addresses") or ()
            ]
            if given:
                found[str(cp["id"])] = str(given[0])
    return found


def _by_number(item: tuple[str, Any]) -> tuple[str, int, str]:
    """Order of VNFCs: fw-2 before fw-10."""
    name, _rest, number = item[0].rpartition("-")
    return (name, int(number) if number.isdecimal() else 0, item[0])


def _remarks(instance: Plain) -> Iterable[Remark]:
    info = instance.get("instantiated_vnf_info") or {}
    yield Remark(f"{instance['vnf_product_name']} {instance['vnf_software_version']} by {instance['vnf_provider']}")
    levels = [f"{s['aspect_id']} at {s['scale_level']}" for s in info.get("scale_status") or ()]
    yield Remark(", ".join([f"flavour {info.get('flavour_id')}", *levels]))


def _box(id_: str, vnfc: Plain, look: _Look) -> Box:
    ports = sorted(vnfc.get("ports", {}).items(), key=lambda item: item[1].get("nic", 0))
    zone = vnfc.get("zone")
    return Box(
        id=id_,
        title=id_,
        lines=(compute_line(vnfc), *([f"zone {zone}"] if zone else [])),
        ports=tuple(_port(port_id, port, look) for port_id, port in ports),
        volumes=tuple(
            Volume(
                f"{disk['virtual_storage_desc_id']} · {disk['size']}" + (" · boots" if disk.get("boot") else ""),
                look.status("virtual_storage", volume_id),
            )
            for volume_id, disk in sorted(vnfc.get("storages", {}).items())
        ),
        status=look.status("vnfc", id_),
    )


def _port(id_: str, port: Plain, look: _Look) -> Port:
    address = look.addresses.get(id_) or next(iter(port.get("fixed_addresses", ())), "")
    network = f"inside {port['virtual_link']}" if port.get("virtual_link") else f"outside {port.get('network')}"
    label = f"{port['cpd_id']} · {address}" if address else str(port["cpd_id"])
    return Port(label, network, look.status("link_port", id_))


def _routed(box: Box, topology: Plain) -> Box:
    """The router with the network that the play gave it."""
    network = topology["ext_cps"][box.title]["network"]
    return replace(box, ports=(Port("", f"outside {network}"), *box.ports[1:]))


def _internal(topology: Plain, look: _Look) -> Iterable[Network]:
    for id_, link in sorted(topology.get("virtual_links", {}).items()):
        subnets = " ".join(link.get("subnets", ()))
        yield Network(f"inside {id_}", id_, subnets, status=look.status("virtual_link", id_))


def _external(topology: Plain) -> Iterable[Network]:
    """A network that several external virtual links name is one network."""
    names: dict[str, list[str]] = {}
    for link, network in sorted(topology.get("external_networks", {}).items()):
        names.setdefault(network, []).append(link)
    for network, links in sorted(names.items()):
        yield Network(f"outside {network}", ", ".join(links), f"external {network}", external=True)


def _frames(topology: Plain) -> Iterable[Frame]:
    for id_, policy in sorted(topology.get("server_groups", {}).items()):
        members = frozenset(v for v, vnfc in topology.get("vnfcs", {}).items() if vnfc.get("server_group") == id_)
        if members:
            yield Frame(f"{id_}: {policy}", members)


def _description(instance: Plain, look: _Look) -> str:
    told = "as recorded" if not look.observed else f"{look.differences} differences from what is recorded"
    boxes = ", ".join(sorted(instance["topology"].get("vnfcs", {})))
    return f"VNF instance {instance['vnf_instance_name']}, {told}. VNFCs: {boxes or 'none'}."
