# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Topologies made by hand, for tests of VIM drivers: no descriptor, no planner."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import (
    AddressData,
    BootData,
    Compute,
    SecurityGroupRule,
    Subnet,
    SwImage,
    Vdu,
    VduCp,
    VirtualBlockStorage,
    VnfVirtualLink,
)
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import (
    ExtCpLink,
    LinkPort,
    ServerGroup,
    Storage,
    Topology,
    Vnfc,
)
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import CpConfig, FixedAddress, VimAssets
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Assets, InstanceRef

MIB = 1 << 20
GIB = 1 << 30
IMAGE = SwImage("fw", "fw-image", "1", "", "", "bare", "raw", 0, 0, MIB)
REF = InstanceRef("3f1c9a52-7d55-4a57-9a3f-0d7f5f6a0f11", "fw one", "default")
ASSETS = Assets(
    flavours={"fw": "flavour-1", "db": "flavour-2"},
    images={"fw": "image-1", "db": "image-2", "root": "image-3"},
    networks={"public": "net-public", "oam": "net-oam"},
)


def vdu(id_: str = "fw", **values: Any) -> Vdu:
    """A VDU of 1 vCPU and 64 MiB that boots from an image."""
    plain = Vdu(id_, id_, "", Compute(1, 64 * MIB), 0, 9, sw_image=IMAGE)
    return replace(plain, **values)


def cp(id_: str = "mgmt", order: int = 0, link: str | None = "internal", **values: Any) -> VduCp:
    """A CP on an internal virtual link, or an external one."""
    return replace(VduCp(id_, "fw", order, ("ipv4",), virtual_link=link), **values)


def port(vnfc_id: str, cp_: VduCp, network: str | None = None, **values: Any) -> LinkPort:
    """The port of a VNFC at a CP; on `network` when external."""
    link = None if network else cp_.virtual_link
    ext = "ext-1" if network else None
    plain = LinkPort(f"{vnfc_id}-{cp_.id}", vnfc_id, cp_, link, network, ext_virtual_link_id=ext)
    return replace(plain, **values)


def storage(vnfc_id: str, id_: str = "data", size: int = GIB, *, boot: bool = False, **values: Any) -> Storage:
    """A volume of a VNFC."""
    return Storage(f"{vnfc_id}-{id_}", vnfc_id, replace(VirtualBlockStorage(id_, size), **values), boot)


def vnfc(index: int = 0, vdu_: Vdu | None = None, **values: Any) -> Vnfc:
    """A VNFC with one port on the internal virtual link."""
    vdu_ = vdu_ or vdu()
    id_ = f"{vdu_.id}-{index}"
    return replace(Vnfc(id_, index, vdu_, (port(id_, cp()),), ()), **values)


def topology(count: int = 1, **values: Any) -> Topology:
    """`count` VNFCs on one internal virtual link."""
    plain = Topology(tuple(vnfc(i) for i in range(count)), (VnfVirtualLink("internal", ("ipv4",)),))
    return replace(plain, **values)


def with_volume(count: int = 1) -> Topology:
    """`count` VNFCs, each with a data volume, apart from each other, open for SSH only."""
    rule = SecurityGroupRule("ssh", ("mgmt",), port_range_min=22, port_range_max=22)
    vnfcs = tuple(
        replace(
            one,
            storages=(storage(one.id),),
            server_groups=("apart",),
            ports=tuple(replace(p, security_group_rules=("ssh",)) for p in one.ports),
        )
        for one in topology(count).vnfcs
    )
    return topology(
        count,
        vnfcs=vnfcs,
        server_groups=(ServerGroup("apart", "soft-anti-affinity"),),
        security_group_rules=(rule,),
        vim_assets=VimAssets(software_images={"fw": "tiny"}),
    )


__all__ = [
    "AddressData",
    "BootData",
    "Compute",
    "CpConfig",
    "ExtCpLink",
    "FixedAddress",
    "SecurityGroupRule",
    "ServerGroup",
    "Storage",
    "Subnet",
    "SwImage",
    "VimAssets",
    "VnfVirtualLink",
]
