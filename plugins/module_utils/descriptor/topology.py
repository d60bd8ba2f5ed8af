# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One flavour's topology with everything resolved that the package alone decides: types, defaults, functions, files.

It is plain data, `{"nodes", "groups", "policies", "external"}`, from which `build` makes the flavour's model, at
once when nothing waits for an input, else when the play binds the flavour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.artifacts import Artifacts
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.checker import Checker, Context
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.descriptive import ACTED_ON
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.functions import Evaluator
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.links import requirements_of
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.registry import Registry
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import TEMPLATES, Report, clause_of, shown
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.scope import evaluated
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.template import VNF, Item, Template

_PART_OF_NOTHING = "{} is of type {}, which nfv.mano does not act on yet."


@dataclass(frozen=True, slots=True)
class Resolver:
    """What it takes to resolve one template."""

    template: Template
    registry: Registry
    report: Report
    artifacts: Artifacts
    evaluator: Evaluator

    def topology(self) -> dict[str, Any]:
        """The whole topology."""
        return {
            "nodes": {item.name: node for item in self.template.nodes.values() if (node := self._node(item))},
            "groups": {item.name: self._group(item) for item in self.template.groups.values()},
            "policies": [policy for item in self.template.policies if (policy := self._policy(item))],
            "external": self._external(),
        }

    @property
    def checker(self) -> Checker:
        """Checks values with this resolver's types."""
        return Checker(self.registry, self.report)

    def _node(self, item: Item) -> dict[str, Any] | None:
        severity = "error" if item.base in ACTED_ON else "warning"
        properties = self.properties(item, "node", severity)
        targets = requirements_of(item, self.template, self.registry, self.report)
        self._interfaces(item)
        self._boot_file(item, properties)
        if item.base not in ACTED_ON:
            if item.base != VNF and self.registry.get("node", item.type):
                self.report.info(
                    "not-acted-on", _PART_OF_NOTHING.format(shown(item.name), shown(item.type)), item.place
                )
            return None
        return {
            "type": item.base,
            "properties": properties,
            "capabilities": self._capabilities(item),
            "requirements": targets,
            "artifacts": self.artifacts.of(item, self.evaluator, self.checker),
            "file": item.place.file,
        }

    def properties(self, item: Item, kind: str, severity: str) -> dict[str, Any]:
        """The properties of an item, evaluated and checked."""
        place = item.place / "properties"
        given = evaluated(self.evaluator, item.table("properties"), item.name, place, self.report, severity)
        if self.registry.get(kind, item.type) is None:
            return dict(given)
        known = self.registry.properties(kind, item.type)
        # What a flavour's VNF node leaves out, the top template's says: the head is checked as a whole.
        return self.checker.table(given, known, place, Context(item.type, severity), partial=item.base == VNF)

    def _capabilities(self, item: Item) -> dict[str, Any]:
        known = self.registry.capabilities(item.type)
        found = {}
        for name, raw in item.table("capabilities").items():
            place = item.place / "capabilities" / name
            if name not in known:
                self.report.warning("unknown-capability", f"{shown(item.type)} has no capability {shown(name)}.", place)
                continue
            given = raw.get("properties") if isinstance(raw, dict) else None
            if given is not None and not isinstance(given, dict):
                self.report.error("wrong-type", "The properties of this capability are not a map.", place)
                continue
            place /= "properties"
            given = evaluated(self.evaluator, given or {}, item.name, place, self.report, "error")
            properties = self.registry.properties("capability", known[name])
            found[name] = self.checker.table(given, properties, place, Context(known[name], "error"))
        return found

    def _interfaces(self, item: Item) -> None:
        known = self.registry.interfaces(item.type)
        for name in item.table("interfaces"):
            if name not in known:
                place = item.place / "interfaces" / name
                self.report.warning("unknown-interface", f"{shown(item.type)} has no interface {shown(name)}.", place)

    def _boot_file(self, item: Item, properties: dict[str, Any]) -> None:
        """Put the package's own name of the boot data's file into the properties (SOL001 ContentOrFileData)."""
        boot_data = properties.get("boot_data")
        body = boot_data.get("content_or_file_data") if isinstance(boot_data, dict) else None
        target = body.get("source_path") if isinstance(body, dict) else None
        if not isinstance(body, dict) or not isinstance(target, str):
            return
        body["source_path"] = self.artifacts.find(item.place.file, target)
        if body["source_path"] is None:
            message = f"The package holds no file {shown(target)}, from which {shown(item.name)} is to boot."
            place = item.place / "properties" / "boot_data" / "content_or_file_data" / "source_path"
            self.report.error(
                "boot-file",
                message,
                place,
                clause_of("tosca.datatypes.nfv.ContentOrFileData"),
                "Put the file into the package.",
            )

    def _group(self, item: Item) -> dict[str, Any]:
        self.properties(item, "group", "warning")
        return {"type": item.base, "members": self._references(item, "members", "error")}

    def _policy(self, item: Item) -> dict[str, Any] | None:
        severity = "error" if item.base in ACTED_ON else "warning"
        properties = self.properties(item, "policy", severity)
        targets = self._references(item, "targets", severity)
        if item.base not in ACTED_ON:
            return None
        return {"name": item.name, "type": item.base, "properties": properties, "targets": targets}

    def _references(self, item: Item, key: str, severity: str) -> list[str]:
        """The node templates and groups that a policy or group names, those of a wrong kind told."""
        raw = item.raw.get(key)
        place = item.place / key
        if raw is None:
            return []
        found = []
        for index, name in enumerate(raw if isinstance(raw, list) else [raw]):
            if not isinstance(name, str) or not self._known(name):
                message = (
                    f"{shown(item.name)} names {shown(name)}, which is no node template or group of this template."
                )
                self.report.add(severity, "unknown-target", message, place / index, clause_of(item.base))
                continue
            allowed = self.registry.targets("group" if key == "members" else "policy", item.type)
            if allowed and not self._is_one(name, allowed):
                message = f"{shown(item.name)} is about {shown(name)}, which is none of {', '.join(allowed)}."
                self.report.add(severity, "wrong-target", message, place / index, clause_of(item.base))
            found.append(name)
        return found

    def _known(self, name: str) -> bool:
        return name in self.template.nodes or name in self.template.groups

    def _is_one(self, name: str, allowed: tuple[str, ...]) -> bool:
        node, group = self.template.nodes.get(name), self.template.groups.get(name)
        as_node = node is not None and self.registry.is_a("node", node.type, *allowed)
        return as_node or (group is not None and self.registry.is_a("group", group.type, *allowed))

    def _external(self) -> dict[str, str]:
        """What `substitution_mappings` exposes: connection point -> requirement of the VNF (TOSCA 3.8.13)."""
        substitution: Mapping[str, Any] = self.template.substitution or {}
        raw = substitution.get("requirements")
        place = self.template.place / "substitution_mappings" / "requirements"
        entries = raw if isinstance(raw, list) else [raw]
        found = {}
        for entry in entries:
            if entry is None:
                continue
            if not isinstance(entry, dict):
                self.report.error(
                    "not-a-map", "The requirements of substitution_mappings are no map or list of maps.", place
                )
                continue
            for name, target in entry.items():
                if not target:
                    continue
                node = target[0] if isinstance(target, list) else target
                if isinstance(node, str) and node in self.template.nodes:
                    found[node] = name
                else:
                    message = (
                        f"The requirement {shown(name)} is mapped to {shown(node)}, which is no node template here."
                    )
                    self.report.error("substitution-target", message, place / name, TEMPLATES)
        return found
