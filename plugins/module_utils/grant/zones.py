# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Zones for new VNFCs: rules of scope zone kept, zones of earlier grants left as they are, the rest spread evenly.

VNFCs that must be together form a unit. Units that must be apart get different zones by a search that tries the
emptiest zone first; it is deterministic and gives up only when there is no way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import PlacementRule
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError

_SEARCH_LIMIT = 20_000
"""Assignments tried before the search gives up: far beyond what a VNF's rules need, and still well below a second."""

Vnfcs = Sequence[tuple[str, str]]


def place(
    vnfcs: Vnfcs,
    rules: Sequence[PlacementRule],
    zones: Sequence[str],
    recorded: Mapping[str, str],
    existing: Collection[str],
    *,
    everywhere: bool,
) -> dict[str, str]:
    """VNFC id -> zone: those recorded, and one for each new VNFC that a zone rule (or, with `everywhere`, nothing) asks
    for.

    Raises no_zone_left and placement_conflict. An existing VNFC without a recorded zone stays where the VIM put it.
    """
    ids = [vnfc_id for vnfc_id, _rest in vnfcs]
    kept = {vnfc_id: recorded[vnfc_id] for vnfc_id in ids if vnfc_id in recorded}
    free = [vnfc_id for vnfc_id in ids if vnfc_id in kept or vnfc_id not in existing]
    movable = [pair for pair in vnfcs if pair[0] in set(free)]
    unit_of = _units(movable, rules)
    apart = _apart(movable, rules, unit_of)
    zoned = {v for v, _rest in movable} if everywhere else _under_zone_rules(movable, rules)
    wanted = sorted({unit_of[v] for v in zoned}, key=lambda unit: (-len(apart.get(unit, ())), ids.index(unit)))
    fixed = {unit_of[v]: zone for v, zone in reversed(kept.items())}
    if not zones:
        _check_no_zones_needed(wanted, fixed, apart)
        return kept
    chosen = _search([u for u in wanted if u not in fixed], fixed, apart, zones, dict(vnfcs))
    return {v: kept.get(v) or chosen[unit_of[v]] for v in free if v in kept or (v in zoned and unit_of[v] in chosen)}


def _units(vnfcs: Vnfcs, rules: Sequence[PlacementRule]) -> dict[str, str]:
    """VNFC id -> the first VNFC of those that must share its zone; one host is one zone, too."""
    unit_of = {vnfc_id: vnfc_id for vnfc_id, _rest in vnfcs}
    for rule in rules:
        if rule.anti or rule.scope not in {"zone", "nfvi_node"}:
            continue
        members = [unit_of[v] for v, vdu_id in vnfcs if vdu_id in rule.targets]
        for vnfc_id, unit in unit_of.items():
            if unit in members:
                unit_of[vnfc_id] = members[0]
    return unit_of


def _apart(vnfcs: Vnfcs, rules: Sequence[PlacementRule], unit_of: Mapping[str, str]) -> dict[str, set[str]]:
    """Unit -> units that may not share its zone; raises placement_conflict when two of one unit may not."""
    apart: dict[str, set[str]] = {}
    for rule, one, other in _separations(vnfcs, rules):
        a, b = unit_of[one], unit_of[other]
        if a == b:
            raise ManoError(
                "placement_conflict",
                f"Rule {rule.id} keeps {one} and {other} in different zones, but an affinity rule keeps them together; "
                "drop one of "
                "the rules in the descriptor.",
                resource=rule.id,
            )
        apart.setdefault(a, set()).add(b)
        apart.setdefault(b, set()).add(a)
    return apart


def _separations(vnfcs: Vnfcs, rules: Sequence[PlacementRule]) -> Iterator[tuple[PlacementRule, str, str]]:
    for rule in rules:
        if not rule.anti or rule.scope != "zone":
            continue
        members = [(v, vdu_id) for v, vdu_id in vnfcs if vdu_id in rule.targets]
        for (one, vdu), (other, other_vdu) in combinations(members, 2):
            if rule.members_apart or vdu != other_vdu:
                yield rule, one, other


def _under_zone_rules(vnfcs: Vnfcs, rules: Sequence[PlacementRule]) -> set[str]:
    targets = {t for rule in rules if rule.scope == "zone" for t in rule.targets}
    return {vnfc_id for vnfc_id, vdu_id in vnfcs if vdu_id in targets}


def _check_no_zones_needed(wanted: Sequence[str], fixed: Mapping[str, str], apart: Mapping[str, set[str]]) -> None:
    for unit in wanted:
        if unit not in fixed and apart.get(unit):
            raise ManoError(
                "no_zone_left",
                f"{unit} needs a zone of its own, but the VIM shows no zones to choose from.",
                resource=unit,
            )


def _search(
    units: Sequence[str],
    fixed: Mapping[str, str],
    apart: Mapping[str, set[str]],
    zones: Sequence[str],
    vdu_of: Mapping[str, str],
) -> dict[str, str]:
    """A zone for each unit; raises no_zone_left, naming the unit that was left over first."""
    chosen = dict(fixed)
    stack = [iter(_candidates(units[0], chosen, apart, zones, vdu_of))] if units else []
    deepest = 0
    for _turn in range(_SEARCH_LIMIT):
        if not stack:
            break
        depth = len(stack) - 1
        chosen.pop(units[depth], None)
        zone = next(stack[-1], None)
        if zone is None:
            deepest = max(deepest, depth)
            stack.pop()
            continue
        chosen[units[depth]] = zone
        if depth + 1 == len(units):
            return chosen
        stack.append(iter(_candidates(units[depth + 1], chosen, apart, zones, vdu_of)))
    if not units:
        return chosen
    unit = units[deepest]
    raise ManoError(
        "no_zone_left",
        f"No zone is left for {unit}: its rules keep it apart from {len(apart.get(unit, ()))} other VNFCs or groups, "
        "and there are "
        f"{len(zones)} zones ({', '.join(zones)}). Use a smaller level or a VIM with more zones.",
        resource=unit,
    )


def _candidates(
    unit: str, chosen: Mapping[str, str], apart: Mapping[str, set[str]], zones: Sequence[str], vdu_of: Mapping[str, str]
) -> list[str]:
    """Zones that the unit may go to, best first: under a rule where its own VDU is already, else the emptiest."""
    taken = {chosen[other] for other in apart.get(unit, ()) if other in chosen}
    load = Counter(chosen.values())
    siblings = (
        {zone for other, zone in chosen.items() if vdu_of.get(other) == vdu_of[unit]} if apart.get(unit) else set()
    )
    return sorted((z for z in zones if z not in taken), key=lambda z: (z not in siblings, load[z], zones.index(z)))
