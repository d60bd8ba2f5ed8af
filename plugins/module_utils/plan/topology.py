# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The topology: every resource that a deployment of a flavour consists of, named, with nothing left to choose.

Ids are stable over the instance's life: VNFC `<vdu>-<n>`, link port `<vdu>-<n>-<cp>`, storage `<vdu>-<n>-<storage>`,
virtual link: its descriptor id. n counts from 0 without gaps, so scaling in takes the newest and healing keeps every
name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import (
    SecurityGroupRule,
    Vdu,
    VduCp,
    VirtualBlockStorage,
    VnfVirtualLink,
)
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import CpConfig, VimAssets


@dataclass(frozen=True, slots=True)
class LinkPort:
    """A port of a VNFC. One of `virtual_link` (internal, ours) and `network` (VIM id or name, not ours) is set."""

    id: str
    vnfc_id: str
    cp: VduCp
    virtual_link: str | None
    network: str | None
    config: CpConfig = CpConfig()
    ext_virtual_link_id: str | None = None  # SOL003 ExtVirtualLinkData.id when external
    ext_managed_virtual_link_id: str | None = None
    security_group_rules: tuple[str, ...] = ()  # ids of Topology.security_group_rules


@dataclass(frozen=True, slots=True)
class Storage:
    """A volume of a VNFC; `boot` when the server boots from it."""

    id: str
    vnfc_id: str
    storage: VirtualBlockStorage
    boot: bool = False


@dataclass(frozen=True, slots=True)
class Vnfc:
    """One VNFC: a server with its ports (in NIC order) and volumes (boot volume first)."""

    id: str
    index: int
    vdu: Vdu
    ports: tuple[LinkPort, ...]
    storages: tuple[Storage, ...]
    zone: str | None = None
    server_groups: tuple[str, ...] = ()  # ids of Topology.server_groups (a server can be in one: the planner merges)


@dataclass(frozen=True, slots=True)
class ServerGroup:
    """A placement rule of scope nfvi_node as a scheduler hint: policy affinity | anti-affinity."""

    id: str
    policy: str


@dataclass(frozen=True, slots=True)
class ExtCpLink:
    """A VnfExtCp: the internal virtual link that is made reachable from `network` (VIM id or name)."""

    id: str
    virtual_link: str
    network: str
    ext_virtual_link_id: str


@dataclass(frozen=True, slots=True)
class Topology:
    """The whole. `external_networks`: ext or ext-managed virtual link id -> network (VIM id or name)."""

    vnfcs: tuple[Vnfc, ...]
    virtual_links: tuple[VnfVirtualLink, ...]
    server_groups: tuple[ServerGroup, ...] = ()
    security_group_rules: tuple[SecurityGroupRule, ...] = ()
    ext_cps: tuple[ExtCpLink, ...] = ()
    external_networks: Mapping[str, str] = field(default_factory=dict)
    vim_assets: VimAssets = VimAssets()
    additional_params: Mapping[str, str] = field(default_factory=dict)  # values for ${name} in boot data
