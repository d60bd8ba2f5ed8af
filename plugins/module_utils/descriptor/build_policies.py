# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a resolved topology's policies to the model: aspects, deltas, levels, placement and security group rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.levels import amounts_by_aspect_and_vdu, step_sum
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import (
    InstantiationLevel,
    PlacementRule,
    ScalingAspect,
    SecurityGroupRule,
    Vdu,
    VduDelta,
)
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.reading import (
    integer,
    optional_text,
    table,
    text,
    texts,
)

_POLICY = "tosca.policies.nfv."

Policy = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scaling:
    """What the scaling policies of a flavour say."""

    aspects: Mapping[str, ScalingAspect]
    deltas: tuple[VduDelta, ...]
    amounts: Mapping[tuple[str, str], Mapping[str, int]]
    initial_delta: Mapping[str, int]
    levels: Mapping[str, InstantiationLevel]
    default_level: str | None


def policies(topology: Mapping[str, Any], *bases: str) -> Iterator[Policy]:
    """The policies of some types of SOL001, in their order."""
    wanted = {_POLICY + base for base in bases}
    return (policy for policy in topology["policies"] if policy["type"] in wanted)


def scaling(topology: Mapping[str, Any], vdus: Mapping[str, Vdu]) -> Scaling:
    """Aspects, deltas and levels; every level counts every VDU."""
    aspects = {
        name: _aspect(name, table(aspects, name))
        for policy in policies(topology, "ScalingAspects")
        for aspects in [table(policy["properties"], "aspects")]
        for name in aspects
    }
    deltas = tuple(_deltas(topology, vdus))
    initial = {
        vdu_id: integer(table(policy["properties"], "initial_delta"), "number_of_instances")
        for policy in policies(topology, "VduInitialDelta")
        for vdu_id in vdu_targets(policy, topology, vdus)
    }
    scaled = Scaling(aspects, deltas, amounts_by_aspect_and_vdu(deltas), initial, {}, None)
    levels = _levels(topology, vdus, scaled)
    return replace(scaled, levels=levels, default_level=_default_level(topology, levels))


def _aspect(name: str, raw: Mapping[str, Any]) -> ScalingAspect:
    return ScalingAspect(
        id=name,
        name=text(raw, "name", name),
        description=text(raw, "description"),
        max_scale_level=integer(raw, "max_scale_level"),
        step_deltas=texts(raw, "step_deltas"),
    )


def _deltas(topology: Mapping[str, Any], vdus: Mapping[str, Vdu]) -> Iterator[VduDelta]:
    for policy in policies(topology, "VduScalingAspectDeltas"):
        deltas = table(policy["properties"], "deltas")
        for vdu_id in vdu_targets(policy, topology, vdus):
            for name in deltas:
                number = integer(table(deltas, name), "number_of_instances")
                yield VduDelta(text(policy["properties"], "aspect"), vdu_id, name, number)


def vdu_targets(policy: Policy, topology: Mapping[str, Any], vdus: Mapping[str, Vdu]) -> list[str]:
    """The VDUs that a policy is about, those of a group it names included, each once."""
    expanded = [member for target in policy["targets"] for member in _members(target, topology)]
    return [name for name in dict.fromkeys(expanded) if name in vdus]


def _members(target: str, topology: Mapping[str, Any]) -> list[str]:
    group = topology["groups"].get(target)
    return group["members"] if group else [target]


def stated_counts(topology: Mapping[str, Any], vdus: Mapping[str, Vdu]) -> dict[str, list[dict[str, int]]]:
    """For each VDU what each VduInstantiationLevels about it says: level -> VNFCs. Files in the field have several."""
    found: dict[str, list[dict[str, int]]] = {}
    for policy in policies(topology, "VduInstantiationLevels"):
        levels = table(policy["properties"], "levels")
        counts = {level: integer(table(levels, level), "number_of_instances") for level in levels}
        for vdu_id in vdu_targets(policy, topology, vdus):
            found.setdefault(vdu_id, []).append(counts)
    return found


def computed_count(vdu: Vdu, scales: Mapping[str, int], partial: Scaling) -> int:
    """VNFCs by initial delta (without one: the least that vdu_profile allows) and the deltas at these scale levels."""
    count = partial.initial_delta.get(vdu.id, vdu.min_instances)
    for aspect_id, level in scales.items():
        aspect = partial.aspects.get(aspect_id)
        amounts = partial.amounts.get((aspect_id, vdu.id))
        if aspect and amounts:
            count += step_sum(aspect.step_deltas, amounts, min(level, aspect.max_scale_level))
    return count


def _levels(topology: Mapping[str, Any], vdus: Mapping[str, Vdu], partial: Scaling) -> dict[str, InstantiationLevel]:
    raw_levels = {
        name: table(levels, name)
        for policy in policies(topology, "InstantiationLevels")
        for levels in [table(policy["properties"], "levels")]
        for name in levels
    }
    scales = {name: _scale_levels(raw, partial) for name, raw in raw_levels.items()}
    stated = stated_counts(topology, vdus)
    counts: dict[str, dict[str, int]] = {name: {} for name in raw_levels}
    for vdu_id, vdu in vdus.items():
        computed = {name: computed_count(vdu, scale, partial) for name, scale in scales.items()}
        chosen = choose(stated.get(vdu_id, []), computed)
        for name in raw_levels:
            counts[name][vdu_id] = chosen.get(name, computed[name])
    return {
        name: InstantiationLevel(name, text(raw, "description"), counts[name], scales[name])
        for name, raw in raw_levels.items()
    }


def choose(stated: list[dict[str, int]], computed: Mapping[str, int]) -> dict[str, int]:
    """Of several statements the one that initial delta and aspects bear out, else the first."""
    agreeing = (counts for counts in stated if all(computed.get(level) == count for level, count in counts.items()))
    return next(agreeing, stated[0] if stated else {})


def _scale_levels(raw: Mapping[str, Any], partial: Scaling) -> dict[str, int]:
    """The scale level of every aspect: those that the level doesn't name are at 0."""
    info = table(raw, "scale_info")
    named = {name: integer(table(info, name), "scale_level") for name in info}
    return dict.fromkeys(partial.aspects, 0) | {name: level for name, level in named.items() if name in partial.aspects}


def _default_level(topology: Mapping[str, Any], levels: Mapping[str, InstantiationLevel]) -> str | None:
    """The default level; the only level is the default of itself (SOL001 InstantiationLevels)."""
    for policy in policies(topology, "InstantiationLevels"):
        named = optional_text(policy["properties"], "default_level")
        if named is not None:
            return named
    return next(iter(levels)) if len(levels) == 1 else None


def placement_rules(topology: Mapping[str, Any]) -> tuple[PlacementRule, ...]:
    """Affinity and anti-affinity rules: one about the targets that are nodes, one about each group."""
    return tuple(
        rule for policy in policies(topology, "AffinityRule", "AntiAffinityRule") for rule in _rules(policy, topology)
    )


def _rules(policy: Policy, topology: Mapping[str, Any]) -> Iterator[PlacementRule]:
    anti = policy["type"] == f"{_POLICY}AntiAffinityRule"
    scope = text(policy["properties"], "scope", "nfvi_node")
    groups = [target for target in policy["targets"] if target in topology["groups"]]
    nodes = tuple(target for target in policy["targets"] if target not in topology["groups"])
    if nodes:
        yield PlacementRule(policy["name"], anti, scope, nodes)
    for group in groups:
        members = tuple(dict.fromkeys(_members(group, topology)))
        # A group relates its members to each other, not the instances of one member (IFA011,
        # AffinityOrAntiAffinityGroup).
        yield PlacementRule(policy["name"], anti, scope, members, group, members_apart=len(members) == 1)


def security_group_rules(topology: Mapping[str, Any]) -> tuple[SecurityGroupRule, ...]:
    """The security group rules, groups of connection points expanded."""
    return tuple(
        SecurityGroupRule(
            id=policy["name"],
            targets=tuple(dict.fromkeys(m for target in policy["targets"] for m in _members(target, topology))),
            direction=text(policy["properties"], "direction", "ingress"),
            ether_type=text(policy["properties"], "ether_type", "ipv4"),
            protocol=text(policy["properties"], "protocol", "tcp"),
            port_range_min=integer(policy["properties"], "port_range_min", 0),
            port_range_max=integer(policy["properties"], "port_range_max", 65535),
            description=text(policy["properties"], "description"),
        )
        for policy in policies(topology, "SecurityGroupRule")
    )
