# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Placement rules of scope nfvi_node as server groups.

A VIM puts a server into one group, when it is made, and never into another. So the groups follow from the descriptor
alone, not from how many VNFCs there are just now. SOL001 knows hard rules only. Rules that overlap are merged where the
merged rule implies both; affinity and anti-affinity on one VDU cannot both be kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour, PlacementRule
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import ServerGroup


@dataclass(frozen=True, slots=True)
class VduGroup:
    """A server group and the VDUs whose VNFCs are its members."""

    group: ServerGroup
    vdu_ids: frozenset[str]


def server_groups(flavour: Flavour, counts: Mapping[str, int]) -> tuple[VduGroup, ...]:
    """The groups, by id. Raises placement_conflict when the rules cannot be kept together on one VIM."""
    groups: list[VduGroup] = []
    for rule in sorted(flavour.placement_rules, key=lambda r: (r.id, r.from_group or "")):
        vdu_ids = frozenset(rule.targets) & frozenset(flavour.vdus)
        _check_one_vim(rule, vdu_ids, counts)
        if rule.scope == "nfvi_node" and _relates_several(flavour, rule, vdu_ids):
            groups = _with(
                groups, VduGroup(ServerGroup(_name(rule), "anti-affinity" if rule.anti else "affinity"), vdu_ids)
            )
    return tuple(sorted(groups, key=lambda g: g.group.id))


def groups_of_vdus(flavour: Flavour, groups: tuple[VduGroup, ...]) -> dict[str, str]:
    """VDU id -> the id of its server group."""
    return {vdu_id: g.group.id for g in groups for vdu_id in sorted(g.vdu_ids) if vdu_id in flavour.vdus}


def _name(rule: PlacementRule) -> str:
    """One policy may give several rules: one for its nodes, one for each of its groups."""
    return f"{rule.id}-{rule.from_group}" if rule.from_group else rule.id


def _with(groups: list[VduGroup], new: VduGroup) -> list[VduGroup]:
    """Add `new`, merged with the groups that share a VDU with it; the merged one keeps the first id."""
    overlapping = [g for g in groups if g.vdu_ids & new.vdu_ids]
    for other in overlapping:
        if other.group.policy != new.group.policy:
            shared = ", ".join(sorted(other.vdu_ids & new.vdu_ids))
            raise ManoError(
                "placement_conflict",
                f"VDU {shared} is under {other.group.policy} by {other.group.id} and under {new.group.policy} by "
                f"{new.group.id}, "
                "both of scope nfvi_node, and a server can be in one group only; drop one of the rules in the "
                "descriptor.",
                resource=shared,
            )
    merged = VduGroup(
        min((new, *overlapping), key=lambda g: g.group.id).group, new.vdu_ids.union(*(g.vdu_ids for g in overlapping))
    )
    return [g for g in groups if g not in overlapping] + [merged]


def _relates_several(flavour: Flavour, rule: PlacementRule, vdu_ids: frozenset[str]) -> bool:
    """Whether the rule can ever say anything: it has two VDUs, or one that may have two VNFCs."""
    if len(vdu_ids) > 1:
        return True
    return rule.members_apart and any(_may_be_several(flavour, vdu_id) for vdu_id in vdu_ids)


def _may_be_several(flavour: Flavour, vdu_id: str) -> bool:
    counts = (
        flavour.vdus[vdu_id].max_instances,
        *(level.vdu_instances.get(vdu_id, 0) for level in flavour.levels.values()),
    )
    return max(counts) > 1 or any(d.vdu_id == vdu_id and d.number_of_instances > 0 for d in flavour.deltas)


def _check_one_vim(rule: PlacementRule, vdu_ids: frozenset[str], counts: Mapping[str, int]) -> None:
    """All VNFCs are on one VIM: that keeps any affinity of a wider scope, and no anti-affinity."""
    members = [v for v in sorted(vdu_ids) if counts[v]]
    several = sum(counts[v] for v in members) > 1 if rule.members_apart else len(members) > 1
    if rule.anti and rule.scope in {"nfvi_pop", "zone_group"} and several:
        raise ManoError(
            "placement_conflict",
            f"Rule {rule.id} keeps {', '.join(members)} apart over scope {rule.scope}, but all VNFCs go to one VIM; "
            "use scope zone or nfvi_node in the descriptor, or a level with one VNFC.",
            resource=rule.id,
        )
