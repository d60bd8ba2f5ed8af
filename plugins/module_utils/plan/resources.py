# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The resources of a topology in one list, and what is lost with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import LinkPort, Storage, Topology, Vnfc

CREATION_ORDER = ("virtual_link", "virtual_storage", "link_port", "vnfc")

WORDS: Mapping[str, str] = {
    "vnfc": "server",
    "link_port": "port",
    "virtual_storage": "volume",
    "virtual_link": "network",
}
"""What each kind is called in a sentence."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource of ours. `needs`: what it is made of or on; when one of them is made anew, so is this."""

    kind: str
    id: str
    vdu_id: str | None = None
    needs: tuple[tuple[str, str], ...] = ()
    data: str | None = None  # what is lost when it is deleted

    @property
    def key(self) -> tuple[str, str]:
        """(kind, id), as in an observation."""
        return self.kind, self.id


def resources(topology: Topology | None) -> dict[tuple[str, str], Resource]:
    """Every resource that the topology makes, in the order in which they are made.

    Ports that the play owns are not among them.
    """
    if topology is None:
        return {}
    found = [Resource("virtual_link", link.id) for link in topology.virtual_links]
    found += [_volume(vnfc, s) for vnfc in topology.vnfcs for s in vnfc.storages]
    found += [_port(vnfc, p) for vnfc in topology.vnfcs for p in vnfc.ports if not p.config.link_port_id]
    found += [_server(vnfc) for vnfc in topology.vnfcs]
    return {resource.key: resource for resource in found}


def vnfc_of_parts(topology: Topology) -> dict[tuple[str, str], str]:
    """Port or volume, also one that the play owns -> the VNFC that it belongs to."""
    ports = {("link_port", p.id): v.id for v in topology.vnfcs for p in v.ports}
    return ports | {("virtual_storage", s.id): v.id for v in topology.vnfcs for s in v.storages}


def volume_text(storage_id: str, size: int) -> str:
    """How a plan names the loss of a volume."""
    return f"volume {storage_id}, {size_text(size)}"


def size_text(size: int) -> str:
    """Bytes in the largest binary unit that leaves no more than two decimals."""
    for unit, factor in (("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if size >= factor:
            return f"{round(size / factor, 2):g} {unit}"
    return f"{size} B"


def _volume(vnfc: Vnfc, storage: Storage) -> Resource:
    return Resource("virtual_storage", storage.id, vnfc.vdu.id, data=volume_text(storage.id, storage.storage.size))


def _port(vnfc: Vnfc, port: LinkPort) -> Resource:
    needs = (("virtual_link", port.virtual_link),) if port.virtual_link else ()
    return Resource("link_port", port.id, vnfc.vdu.id, needs=needs)


def _server(vnfc: Vnfc) -> Resource:
    """A server hangs on its volumes and ports: boot data runs once, and NICs come in the order of attachment."""
    storages = tuple(("virtual_storage", s.id) for s in vnfc.storages)
    ports = tuple(("link_port", p.id) for p in vnfc.ports if not p.config.link_port_id)
    return Resource("vnfc", vnfc.id, vnfc.vdu.id, needs=storages + ports, data=_local_disk(vnfc))


def _local_disk(vnfc: Vnfc) -> str | None:
    """The disk on the host: the root disk unless a volume is booted from, and the disks that the descriptor adds."""
    local = sum(vnfc.vdu.compute.local_storage)
    if any(s.boot for s in vnfc.storages):
        size = local
        if not size:
            return None
    else:
        size = local or (vnfc.vdu.sw_image.min_disk if vnfc.vdu.sw_image else 0)
    return f"local disk of {vnfc.id}, {size_text(size)}" if size else f"local disk of {vnfc.id}"
