# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a play asked of one VNF, as values: the wish of the play and the deployment that the record keeps.

A `Deployment` holds everything that the topology follows from; two equal deployments give the same topology.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class FixedAddress:
    """One address that the play gives to a CP: an IP (and its subnet), or a subnet alone."""

    ip_address: str | None = None
    subnet_id: str | None = None


@dataclass(frozen=True, slots=True)
class CpConfig:
    """How one instance of an external CP meets its network (SOL003 VnfExtCpConfig).

    `key` is the cpConfig map key: "0", "1", … = the VNFC's index; "" = all instances; other keys: see `plan.attach`.
    `link_port_id` names a port that the play owns: none is made and none is deleted.
    """

    key: str = ""
    link_port_id: str | None = None
    mac_address: str | None = None
    fixed_addresses: tuple[FixedAddress, ...] = ()
    allowed_address_pairs: tuple[tuple[str, str | None], ...] = ()  # (ip_address, mac_address | None)
    security_groups: tuple[str, ...] = ()  # VIM ids or names, added to those of the descriptor


@dataclass(frozen=True, slots=True)
class ExtVirtualLink:
    """SOL003 ExtVirtualLinkData: an existing network (`resource_id`: VIM id or name) and the CPs that go there."""

    id: str
    resource_id: str
    ext_cps: Mapping[str, tuple[CpConfig, ...]] = field(default_factory=dict)  # cpd id -> configs


@dataclass(frozen=True, slots=True)
class ExtManagedVirtualLink:
    """SOL003 ExtManagedVirtualLinkData: an existing network used in place of an internal virtual link."""

    id: str
    virtual_link_desc_id: str
    resource_id: str


@dataclass(frozen=True, slots=True)
class VimAssets:
    """SOL003 Grant.vimAssets as the play may give them: VIM ids or names per VDU or storage id."""

    compute_resource_flavours: Mapping[str, str] = field(default_factory=dict)
    software_images: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deployment:
    """The state asked for and reached.

    `zones` (VNFC id -> zone) is filled by the grant and kept, so that zones don't wander.
    """

    vnfd_id: str
    flavour_id: str
    instantiation_level_id: str | None
    scale_levels: Mapping[str, int]
    additional_params: Mapping[str, Any] = field(default_factory=dict)
    ext_virtual_links: tuple[ExtVirtualLink, ...] = ()
    ext_managed_virtual_links: tuple[ExtManagedVirtualLink, ...] = ()
    vim_assets: VimAssets = VimAssets()
    zones: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """The options of `vnf_instance` that say what should be; None = leave alone."""

    name: str
    state: str = "instantiated"  # instantiated | not_instantiated | absent
    vnfd_id: str | None = None
    flavour_id: str | None = None
    instantiation_level_id: str | None = None
    scale: Mapping[str, int] | None = None
    keep_scale: bool = False
    additional_params: Mapping[str, Any] | None = None
    ext_virtual_links: tuple[ExtVirtualLink, ...] | None = None
    ext_managed_virtual_links: tuple[ExtManagedVirtualLink, ...] | None = None
    vim_assets: VimAssets | None = None
    extensions: Mapping[str, Any] | None = None
    vnf_configurable_properties: Mapping[str, Any] | None = None
    metadata: Mapping[str, Any] | None = None
    description: str | None = None
    drift: str = "repair"  # repair | report | ignore
    termination: str = "graceful"
    graceful_timeout: int = 0
    # the imperative modules (vnf_scale, vnf_heal) set one of these instead
    scale_steps: tuple[str, int] | None = None  # (aspect id, +n out / -n in)
    heal: HealRequest | None = None


@dataclass(frozen=True, slots=True)
class HealRequest:
    """vnf_heal: which VNFCs (empty = all that the VNF has), why, and whether their storage is made anew too."""

    vnfc_instance_ids: tuple[str, ...] = ()
    cause: str = ""
    all: bool = False
