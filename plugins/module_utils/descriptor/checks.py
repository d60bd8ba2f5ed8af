# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Consistency of a flavour: what SOL001 demands of levels, aspects, deltas, links and rules beyond the types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.build_policies import (
    Scaling,
    computed_count,
    policies,
    stated_counts,
)
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.levels import amounts_by_aspect_and_vdu
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import (
    Flavour,
    InstantiationLevel,
    ScalingAspect,
    Subnet,
)
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import Place, Report, clause_of, listed, shown
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.template import Template

_MOST_COUNTS = 50_000

_LEVELS = clause_of("tosca.policies.nfv.InstantiationLevels")
_VDU_LEVELS = clause_of("tosca.policies.nfv.VduInstantiationLevels")
_ASPECTS = clause_of("tosca.policies.nfv.ScalingAspects")
_DELTAS = clause_of("tosca.policies.nfv.VduScalingAspectDeltas")
_VDU = clause_of("tosca.nodes.nfv.Vdu.Compute")
_CP = clause_of("tosca.nodes.nfv.VduCp")
_LINK = clause_of("tosca.nodes.nfv.VnfVirtualLink")
_RULE = clause_of("tosca.policies.nfv.SecurityGroupRule")


def too_large(topology: Mapping[str, Any]) -> str | None:
    """Why a topology is not worked on: what policies multiply out to is bounded, since a stranger wrote them."""
    vdus = sum(node["type"] == "tosca.nodes.nfv.Vdu.Compute" for node in topology["nodes"].values())
    levels = deltas = 0
    for policy in topology["policies"]:
        properties = policy["properties"]
        members = sum(len(topology["groups"].get(t, {}).get("members", (t,))) for t in policy["targets"])
        levels += _size(properties, "levels") if not policy["targets"] else 0
        deltas += members * max(1, _size(properties, "deltas"), _size(properties, "levels"))
    if vdus * max(levels, 1) > _MOST_COUNTS or deltas > _MOST_COUNTS:
        return f"has {vdus} VDUs, {levels} levels and {deltas} counts and deltas"
    return None


def _size(properties: Mapping[str, Any], key: str) -> int:
    found = properties.get(key)
    return len(found) if isinstance(found, dict) else 0


@dataclass(frozen=True, slots=True)
class FlavourChecks:
    """The checks of one flavour, with its template to say where."""

    flavour: Flavour
    topology: Mapping[str, Any]
    template: Template
    report: Report

    def run(self) -> None:
        """All of them."""
        self._names()
        self._aspects()
        self._level_names()
        self._counts()
        self._profiles()
        self._links()
        self._subnets()
        self._rules()

    def _policy(self, name: str) -> Place:
        found = next((item.place for item in self.template.policies if item.name == name), None)
        return found or self.template.place / "policies"

    def _first(self, base: str) -> Place:
        """Where the first policy of a type stands, else where the policies do."""
        wanted = f"tosca.policies.nfv.{base}"
        found = next((item.place for item in self.template.policies if item.base == wanted), None)
        return found or self.template.place / "policies"

    def _node(self, name: str) -> Place:
        item = self.template.nodes.get(name)
        return item.place if item else self.template.place / "node_templates"

    def _names(self) -> None:
        for name, count in Counter(item.name for item in self.template.policies).items():
            if count > 1:
                message = f"{count} policies have the name {shown(name)}; give each its own."
                self.report.warning("policy-defined-twice", message, self._policy(name))
        for vdu_id, stated in stated_counts(self.topology, self.flavour.vdus).items():
            if len(stated) > 1 and any(counts != stated[0] for counts in stated):
                message = (
                    f"{len(stated)} VduInstantiationLevels count {shown(vdu_id)} differently; the one "
                    "that agrees with its initial delta and aspects is taken, else the first."
                )
                self.report.warning("levels-contradict", message, self._first("VduInstantiationLevels"), _VDU_LEVELS)

    def _aspects(self) -> None:
        amounts = amounts_by_aspect_and_vdu(self.flavour.deltas)
        place = self._first("ScalingAspects") / "properties" / "aspects"
        for aspect in self.flavour.aspects.values():
            spot = place / aspect.id
            self._steps(aspect, amounts, spot)
            if not any(aspect_id == aspect.id for aspect_id, _vdu in amounts):
                self.report.warning(
                    "aspect-without-deltas", f"No VDU grows with aspect {shown(aspect.id)}.", spot, _ASPECTS
                )
        for policy in policies(self.topology, "VduScalingAspectDeltas", "VduInitialDelta", "VduInstantiationLevels"):
            if not policy["targets"]:
                message = f"Policy {shown(policy['name'])} is about no VDU."
                self.report.warning(
                    "policy-without-targets", message, self._policy(policy["name"]), clause_of(policy["type"])
                )
        for delta in self.flavour.deltas:
            if delta.aspect_id not in self.flavour.aspects:
                message = (
                    f"A delta of {shown(delta.vdu_id)} is for the aspect "
                    f"{shown(delta.aspect_id)}, which is not defined."
                )
                self.report.error("aspect-undefined", message, self._first("VduScalingAspectDeltas"), _DELTAS)

    def _steps(self, aspect: ScalingAspect, amounts: Mapping[tuple[str, str], Collection[str]], place: Place) -> None:
        steps = aspect.step_deltas
        if len(steps) > 1 and len(steps) != aspect.max_scale_level:
            message = (
                f"Aspect {shown(aspect.id)} has {len(steps)} step_deltas and "
                f"{aspect.max_scale_level} steps; give one for each."
            )
            self.report.error("step-deltas", message, place / "step_deltas", _ASPECTS)
        for (aspect_id, vdu_id), known in amounts.items():
            if aspect_id != aspect.id:
                continue
            for name in dict.fromkeys(steps):
                if name not in known:
                    message = (
                        f"Aspect {shown(aspect.id)} uses the delta {shown(name)}, which the VduScalingAspectDeltas of "
                        f"{shown(vdu_id)} does not define; it has {listed(known)}."
                    )
                    self.report.error("delta-undefined", message, place / "step_deltas", _DELTAS)

    def _level_names(self) -> None:
        flavour = self.flavour
        place = self._first("InstantiationLevels") / "properties"
        default = flavour.default_level
        if default is not None and default not in flavour.levels:
            message = f"The default_level {shown(default)} is not defined; there are {listed(flavour.levels)}."
            self.report.error("default-level", message, place / "default_level", _LEVELS)
        if default is None and len(flavour.levels) > 1:
            message = "There are several levels and no default_level; a play has to name one."
            self.report.warning("default-level", message, place, _LEVELS)
        self._named_aspects(place)
        self._named_levels()

    def _named_aspects(self, place: Place) -> None:
        """Levels name aspects that are there, within their bounds."""
        for name, scale, spot in self._scale_info(place):
            aspect = self.flavour.aspects.get(name)
            if aspect is None:
                message = f"The level gives a scale level for the aspect {shown(name)}, which is not defined."
                self.report.error("aspect-undefined", message, spot, _LEVELS)
            elif isinstance(scale, int) and scale > aspect.max_scale_level:
                message = (
                    f"The level has aspect {shown(name)} at {scale}; its max_scale_level is {aspect.max_scale_level}."
                )
                self.report.error("scale-level", message, spot, _LEVELS)

    def _scale_info(self, place: Place) -> Iterator[tuple[str, Any, Place]]:
        for policy in policies(self.topology, "InstantiationLevels"):
            for level_id, level in (policy["properties"].get("levels") or {}).items():
                for name, info in ((level or {}).get("scale_info") or {}).items():
                    scale = info.get("scale_level") if isinstance(info, dict) else None
                    yield name, scale, place / "levels" / level_id / "scale_info" / name

    def _named_levels(self) -> None:
        for policy in policies(self.topology, "VduInstantiationLevels"):
            place = self._policy(policy["name"]) / "properties" / "levels"
            named = policy["properties"].get("levels") or {}
            if named and not self.flavour.levels:
                message = (
                    f"{shown(policy['name'])} counts VNFCs at levels, but no InstantiationLevels policy defines any."
                )
                self.report.error("levels-undefined", message, place, _VDU_LEVELS)
                continue
            for name in named:
                if name not in self.flavour.levels:
                    message = f"{shown(policy['name'])} names the level {shown(name)}, which is not defined."
                    self.report.error("level-undefined", message, place / name, _VDU_LEVELS)
            missing = self.flavour.levels.keys() - named.keys()
            if missing:
                message = f"{shown(policy['name'])} says nothing of the level {listed(missing)}; deltas decide there."
                self.report.warning("level-uncounted", message, place, _VDU_LEVELS)

    def _counts(self) -> None:
        """Counts that levels state against those that initial delta and aspects give."""
        flavour = self.flavour
        amounts = amounts_by_aspect_and_vdu(flavour.deltas)
        partial = Scaling(flavour.aspects, flavour.deltas, amounts, flavour.initial_delta, {}, None)
        scaled = flavour.initial_delta.keys() | {delta.vdu_id for delta in flavour.deltas}
        for level in flavour.levels.values():
            for vdu_id in sorted(scaled):
                computed = computed_count(flavour.vdus[vdu_id], level.scale_levels, partial)
                if level.vdu_instances[vdu_id] != computed:
                    self._tell_count(level, vdu_id, level.vdu_instances[vdu_id], computed)

    def _tell_count(self, level: InstantiationLevel, vdu_id: str, count: int, computed: int) -> None:
        message = (
            f"Level {shown(level.id)} has {count} of {shown(vdu_id)}, while its initial delta and aspects make "
            f"{computed}; the level counts, and scaling starts from it."
        )
        self.report.warning("level-count", message, self._first("VduInstantiationLevels"), _VDU_LEVELS)

    def _profiles(self) -> None:
        for vdu in self.flavour.vdus.values():
            place = self._node(vdu.id) / "properties" / "vdu_profile"
            if vdu.min_instances > vdu.max_instances:
                message = (
                    f"{shown(vdu.id)} has a least number of instances, {vdu.min_instances}, "
                    f"above its most, {vdu.max_instances}."
                )
                self.report.error("vdu-profile", message, place, _VDU)
            for level in self.flavour.levels.values():
                count = level.vdu_instances.get(vdu.id, 0)
                if not vdu.min_instances <= count <= vdu.max_instances:
                    message = (
                        f"Level {shown(level.id)} has {count} of {shown(vdu.id)}, whose profile allows "
                        f"{vdu.min_instances} to {vdu.max_instances}; the level is what counts."
                    )
                    self.report.warning("vdu-profile", message, place, _VDU)

    def _links(self) -> None:
        external: Mapping[str, str] = self.topology["external"]
        for cp in self.flavour.cps.values():
            if cp.id in external and cp.virtual_link is not None:
                message = (
                    f"{shown(cp.id)} is linked to {shown(cp.virtual_link)} and exposed as "
                    f"{shown(external[cp.id])} at once; the link inside is what counts."
                )
                self.report.warning("cp-linked-twice", message, self._node(cp.id), _CP)
        taken = Counter((cp.vdu_id, cp.order) for cp in self.flavour.cps.values())
        for (vdu_id, order), count in taken.items():
            if count > 1:
                message = (
                    f"{count} connection points of {shown(vdu_id)} have the order {order}; "
                    "they are ordered as they stand."
                )
                self.report.warning("cp-order", message, self._node(vdu_id), _CP)
        for vdu in self.flavour.vdus.values():
            if not vdu.compute.num_virtual_cpu:
                message = f"{shown(vdu.id)} has no virtual_compute; it can't become a virtual machine."
                self.report.warning("no-virtual-compute", message, self._node(vdu.id), _VDU)

    def _subnets(self) -> None:
        for link in self.flavour.virtual_links.values():
            place = self._node(link.id) / "properties" / "vl_profile"
            for subnet in link.subnets:
                wrong = _wrong_subnet(subnet)
                if wrong:
                    self.report.error("subnet", f"A subnet of {shown(link.id)} {wrong}.", place, _LINK)

    def _rules(self) -> None:
        for rule in self.flavour.security_group_rules:
            if rule.port_range_min > rule.port_range_max:
                message = f"{shown(rule.id)} goes from port {rule.port_range_min} to {rule.port_range_max}."
                self.report.error("port-range", message, self._policy(rule.id), _RULE)
        for placement in self.flavour.placement_rules:
            if not placement.targets:
                message = f"Rule {shown(placement.id)} is about nothing."
                self.report.warning("policy-without-targets", message, self._policy(placement.id))


def _wrong_subnet(subnet: Subnet) -> str | None:
    """What is wrong with a subnet's addresses."""
    import ipaddress

    try:
        network = ipaddress.ip_network(subnet.cidr, strict=False)
    except ValueError:
        return f"has the cidr {shown(subnet.cidr)}, which is no network"
    if network.version != subnet.ip_version:
        return f"has the cidr {shown(subnet.cidr)}, which is not IPv{subnet.ip_version}"
    addresses = [address for pool in subnet.allocation_pools for address in pool]
    for address in [*addresses, *([subnet.gateway_ip] if subnet.gateway_ip else [])]:
        try:
            inside = ipaddress.ip_address(address) in network
        except ValueError:
            return f"names {shown(address)}, which is no address"
        if not inside:
            return f"names {shown(address)}, which is not in {network}"
    return None
