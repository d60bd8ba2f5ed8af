# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The target: the deployment that a wish wants, given what stands; and what of it this version cannot reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.levels import (
    check_scale_levels,
    level_of,
    scale_levels_at,
)
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.build import build_topology, vnfc_counts
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment, VimAssets, Wish

FlavourFor = Callable[[Deployment], Flavour]
"""Binds a deployment's flavour to its inputs. A `flavour_id` of "" means the package's default flavour."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the planner needs of the stored instance. `deployment` None: NOT_INSTANTIATED.

    `compute_flavours`: VNFC id -> the VIM's flavour as an observation showed it then, for the drift check.
    """

    name: str
    vnfd_id: str
    deployment: Deployment | None = None
    description: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    extensions: Mapping[str, Any] = field(default_factory=dict)
    vnf_configurable_properties: Mapping[str, Any] = field(default_factory=dict)
    compute_flavours: Mapping[str, str] = field(default_factory=dict)


def topology_for(deployment: Deployment | None, flavour_for: FlavourFor) -> Topology | None:
    """The deployment's topology; None of None."""
    return None if deployment is None else build_topology(flavour_for(deployment), deployment)


def first_deployment(wish: Wish, vnfd_id: str, flavour_for: FlavourFor) -> Deployment:
    """The deployment that an INSTANTIATE makes; unset options take the descriptor's defaults."""
    asked = Deployment(
        vnfd_id=vnfd_id,
        flavour_id=wish.flavour_id or "",
        instantiation_level_id=None,
        scale_levels={},
        additional_params=wish.additional_params or {},
        ext_virtual_links=wish.ext_virtual_links or (),
        ext_managed_virtual_links=wish.ext_managed_virtual_links or (),
        vim_assets=wish.vim_assets or VimAssets(),
    )
    flavour = flavour_for(asked)
    level = level_of(flavour, wish.instantiation_level_id)
    return replace(
        asked,
        flavour_id=flavour.id,
        instantiation_level_id=level.id if level else None,
        scale_levels=_with_scale(flavour, scale_levels_at(flavour, wish.instantiation_level_id), wish.scale or {}),
    )


def wished_deployment(wish: Wish, current: Deployment, flavour_for: FlavourFor) -> Deployment:
    """What an instantiated VNF is to become. Without an effect it is `current` itself.

    Raises change_not_supported, level_unknown, aspect_unknown, scale_out_of_range, what the topology raises.
    """
    target = _with_options(wish, current, flavour_for)
    flavour = flavour_for(current)
    if wish.keep_scale or (wish.instantiation_level_id is None and wish.scale is None):
        return current
    level, base = current.instantiation_level_id, current.scale_levels
    if wish.instantiation_level_id is not None:
        level = wish.instantiation_level_id
        base = scale_levels_at(flavour, level)
    target = replace(target, instantiation_level_id=level, scale_levels=_with_scale(flavour, base, wish.scale or {}))
    return current if same_size(flavour, current, target) else with_zones_of_living(flavour, target)


def scaled_deployment(current: Deployment, aspect_id: str, steps: int, flavour_for: FlavourFor) -> Deployment:
    """`current` after `steps` steps of an aspect, below 0 = in; raises aspect_unknown and scale_out_of_range."""
    flavour = flavour_for(current)
    level = current.scale_levels.get(aspect_id, 0) + steps
    return with_zones_of_living(
        flavour, replace(current, scale_levels=_with_scale(flavour, current.scale_levels, {aspect_id: level}))
    )


def _with_scale(flavour: Flavour, base: Mapping[str, int], wished: Mapping[str, int]) -> dict[str, int]:
    """`base` with the wished scale levels over it; what the descriptor does not allow raises."""
    check_scale_levels(flavour, wished)
    return {aspect_id: wished.get(aspect_id, base.get(aspect_id, 0)) for aspect_id in sorted(flavour.aspects)}


def same_size(flavour: Flavour, one: Deployment, other: Deployment) -> bool:
    """Whether both have the same VNFCs and scale levels; the name of the level alone is no difference."""
    return not changed_aspects(one, other) and vnfc_counts(flavour, one) == vnfc_counts(flavour, other)


def changed_aspects(one: Deployment, other: Deployment) -> tuple[str, ...]:
    """Aspects whose scale level differs."""
    names = sorted({*one.scale_levels, *other.scale_levels})
    return tuple(a for a in names if one.scale_levels.get(a, 0) != other.scale_levels.get(a, 0))


def with_zones_of_living(flavour: Flavour, deployment: Deployment) -> Deployment:
    """Zones are kept for the VNFCs that stay; one that comes back later is placed anew."""
    counts = vnfc_counts(flavour, deployment)
    ids = {f"{vdu_id}-{index}" for vdu_id, count in counts.items() for index in range(count)}
    return replace(deployment, zones={v: z for v, z in sorted(deployment.zones.items()) if v in ids})


def _with_options(wish: Wish, current: Deployment, flavour_for: FlavourFor) -> Deployment:
    """`current` with the wished options, as long as they leave the topology as it is; else change_not_supported."""
    for option, recorded, wished in (
        ("vnfd_id", current.vnfd_id, wish.vnfd_id),
        ("flavour_id", current.flavour_id, wish.flavour_id),
    ):
        if wished is not None and wished != recorded:
            raise _not_supported(wish.name, option, f"it runs with {recorded}, not {wished}")
    target = current
    for option in ("ext_virtual_links", "ext_managed_virtual_links", "vim_assets", "additional_params"):
        wished = getattr(wish, option)
        if wished is None or wished == getattr(current, option):
            continue
        changed = replace(target, **{option: wished})
        if topology_for(changed, flavour_for) != topology_for(target, flavour_for):
            raise _not_supported(wish.name, option, _difference(option, getattr(current, option), wished))
        target = changed
    return target


def _difference(option: str, recorded: Any, wished: Any) -> str:
    """What differs, by name only: values of parameters may be secret."""
    if option == "additional_params":
        names = sorted(n for n in {*recorded, *wished} if recorded.get(n) != wished.get(n))
        return f"{', '.join(names)} differ from what it was instantiated with"
    if option == "vim_assets":
        return "they differ from what it was instantiated with"
    old = ", ".join(f"{link.id} ({link.resource_id})" for link in recorded) or "none"
    new = ", ".join(f"{link.id} ({link.resource_id})" for link in wished) or "none"
    return (
        f"it was instantiated with {old}; wished is {new}"
        if old != new
        else "the CPs or their addresses differ from those recorded"
    )


def _not_supported(name: str, option: str, difference: str) -> ManoError:
    return ManoError(
        "change_not_supported",
        f"{option} of the instantiated VNF {name} cannot be changed in this version: {difference}. Put the old value "
        "back, or terminate "
        "it (state: not_instantiated) and instantiate it again.",
        resource=name,
    )
