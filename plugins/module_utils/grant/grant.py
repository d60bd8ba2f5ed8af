# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The grant: may it be done, and where does each new VNFC go? (SOL003 clause 9, decided in the same house.)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import PlacementRule
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.grant.zones import place

QUOTA_WORDS: Mapping[str, str] = {
    "instances": "servers",
    "cores": "cores",
    "ram_mib": "MiB of memory",
    "ports": "ports",
    "networks": "networks",
    "subnets": "subnets",
    "security_groups": "security groups",
    "server_groups": "server groups",
    "volumes": "volumes",
    "volume_gib": "GiB of volumes",
}


@dataclass(frozen=True, slots=True)
class GrantRequest:
    """What is asked for.

    `need`: resource -> amount beyond what there is (the driver's `Need` as a mapping). `vnfcs`: (VNFC id, VDU id) of
    all that there will be, in order; `existing`: ids of those there already. `recorded`: zones of earlier grants.
    """

    need: Mapping[str, int]
    vnfcs: tuple[tuple[str, str], ...]
    rules: tuple[PlacementRule, ...] = ()
    existing: frozenset[str] = frozenset()
    recorded: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Room:
    """What the VIM has. `left`: resource -> amount (None: no limit). `zones`: those of the VIM.

    `allowed`: those that the VIM's registration names; empty: any, and only VNFCs under a zone rule are put into one.
    """

    left: Mapping[str, int | None]
    zones: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grant:
    """The zone of each VNFC that has one, those of earlier grants included."""

    zones: Mapping[str, str]


def grant(request: GrantRequest, room: Room) -> Grant:
    """The grant; raises quota_exceeded, no_zone_left, zone_unknown or placement_conflict."""
    _check_quota(request.need, room.left)
    zones = room.zones
    if room.allowed:
        missing = sorted(set(room.allowed) - set(room.zones))
        if missing and room.zones:
            raise ManoError(
                "zone_unknown",
                f"The VIM has no zone {', '.join(missing)}; it has {', '.join(room.zones)}. Correct its `zones`.",
                resource=missing[0],
            )
        zones = room.allowed
    return Grant(
        place(request.vnfcs, request.rules, zones, request.recorded, request.existing, everywhere=bool(room.allowed))
    )


def _check_quota(need: Mapping[str, int], left: Mapping[str, int | None]) -> None:
    """Every shortfall at once, so that one round with the cloud's operator does."""
    short = {}
    for resource, amount in need.items():
        rest = left.get(resource)
        if amount > 0 and rest is not None and amount > rest:
            short[resource] = f"{amount} {QUOTA_WORDS.get(resource, resource)} needed, {max(rest, 0)} left"
    if short:
        raise ManoError(
            "quota_exceeded",
            f"The VIM's quota does not suffice: {'; '.join(short.values())}. Free some, raise the quota, or choose "
            "a smaller level.",
            resource=next(iter(short)),
        )
