# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many VNFCs a flavour has at an instantiation level and at scale levels (SOL001 6.10, annex A.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import (
    Flavour,
    InstantiationLevel,
    ScalingAspect,
    Vdu,
    VduDelta,
)
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError

MOST_INSTANCES = 10_000
"""VNFCs of one VDU; a descriptor that asks for more is a mistake or an attack."""


def level_of(flavour: Flavour, level_id: str | None) -> InstantiationLevel | None:
    """The named level, the default one for None; None when the flavour has no levels.

    Raises ManoError level_unknown, also when several levels stand to choose from and none is the default.
    """
    wanted = level_id if level_id is not None else flavour.default_level
    known = ", ".join(sorted(flavour.levels)) or "none"
    if wanted is None:
        if not flavour.levels:
            return None
        raise ManoError(
            "level_unknown",
            f"Flavour {flavour.id} has no default instantiation level; set instantiation_level_id to one of {known}.",
            resource=flavour.id,
        )
    level = flavour.levels.get(wanted)
    if level is None:
        raise ManoError(
            "level_unknown",
            f"Flavour {flavour.id} has no instantiation level {wanted}; it has {known}.",
            resource=wanted,
        )
    return level


def scale_levels_at(flavour: Flavour, level_id: str | None) -> dict[str, int]:
    """The scale level of every aspect at an instantiation level (None: the default one). Raises ManoError
    level_unknown.
    """
    level = level_of(flavour, level_id)
    return dict.fromkeys(flavour.aspects, 0) | (dict(level.scale_levels) if level else {})


def check_scale_levels(flavour: Flavour, scale_levels: Mapping[str, int]) -> None:
    """Raise ManoError aspect_unknown or scale_out_of_range for a scale level that the flavour does not allow."""
    for aspect_id, scale in scale_levels.items():
        aspect = _aspect(flavour, aspect_id)
        if not 0 <= scale <= aspect.max_scale_level:
            raise ManoError(
                "scale_out_of_range",
                f"Aspect {aspect_id} of flavour {flavour.id} goes from 0 to {aspect.max_scale_level}; "
                f"{scale} is outside.",
                resource=aspect_id,
            )


def vdu_count(flavour: Flavour, vdu_id: str, level_id: str | None, scale_levels: Mapping[str, int]) -> int:
    """VNFCs of a VDU: the count at the level, moved by what each aspect's steps away from that level's scale add
    or take.

    Aspects that `scale_levels` does not name stay where the level has them. Raises ManoError level_unknown,
    aspect_unknown, scale_out_of_range, vdu_count_out_of_range.
    """
    check_scale_levels(flavour, scale_levels)
    level = level_of(flavour, level_id)
    vdu = flavour.vdus[vdu_id]
    count = _base_count(flavour, vdu, level)
    base = level.scale_levels if level else {}
    for aspect_id, scale in scale_levels.items():
        amounts = _amounts(flavour, aspect_id, vdu_id)
        steps = flavour.aspects[aspect_id].step_deltas
        count += step_sum(steps, amounts, scale) - step_sum(steps, amounts, base.get(aspect_id, 0))
    _check_count(flavour, vdu, count)
    return count


def vdu_counts(flavour: Flavour, level_id: str | None, scale_levels: Mapping[str, int]) -> dict[str, int]:
    """`vdu_count` of every VDU."""
    return {vdu_id: vdu_count(flavour, vdu_id, level_id, scale_levels) for vdu_id in flavour.vdus}


def _aspect(flavour: Flavour, aspect_id: str) -> ScalingAspect:
    aspect = flavour.aspects.get(aspect_id)
    if aspect is None:
        known = ", ".join(sorted(flavour.aspects)) or "none"
        raise ManoError(
            "aspect_unknown",
            f"Flavour {flavour.id} has no scaling aspect {aspect_id}; it has {known}.",
            resource=aspect_id,
        )
    return aspect


def _base_count(flavour: Flavour, vdu: Vdu, level: InstantiationLevel | None) -> int:
    if level is not None and vdu.id in level.vdu_instances:
        return level.vdu_instances[vdu.id]
    return flavour.initial_delta.get(vdu.id, vdu.min_instances)


def _amounts(flavour: Flavour, aspect_id: str, vdu_id: str) -> dict[str, int]:
    return {d.delta: d.number_of_instances for d in flavour.deltas if d.aspect_id == aspect_id and d.vdu_id == vdu_id}


def amounts_by_aspect_and_vdu(deltas: Iterable[VduDelta]) -> dict[tuple[str, str], dict[str, int]]:
    """(aspect, VDU) -> delta -> VNFCs."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for delta in deltas:
        found.setdefault((delta.aspect_id, delta.vdu_id), {})[delta.delta] = delta.number_of_instances
    return found


def step_sum(step_deltas: tuple[str, ...], amounts: Mapping[str, int], level: int) -> int:
    """VNFCs that the steps up to `level` add: step i takes the i-th delta, or the only one (SOL001 ScalingAspect)."""
    if len(step_deltas) == 1:
        return level * amounts.get(step_deltas[0], 0)
    if not step_deltas and len(amounts) == 1:
        return level * next(iter(amounts.values()))
    return sum(amounts.get(name, 0) for name in step_deltas[:level])


def _check_count(flavour: Flavour, vdu: Vdu, count: int) -> None:
    """A descriptor whose own levels pass the profile's maximum has shown that it does not mean it."""
    stated = [level.vdu_instances.get(vdu.id, 0) for level in flavour.levels.values()]
    most = vdu.max_instances if max(stated, default=0) <= vdu.max_instances else None
    if not 0 <= count <= min(MOST_INSTANCES, MOST_INSTANCES if most is None else most):
        raise ManoError(
            "vdu_count_out_of_range",
            f"VDU {vdu.id} of flavour {flavour.id} would have {count} instances; it may have 0 to "
            f"{MOST_INSTANCES if most is None else most}. Choose other scale levels.",
            resource=vdu.id,
        )
