# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requirements: what a node template is bound or linked to, checked against its type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.descriptive import ACTED_ON
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.registry import Registry
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import Place, Report, clause_of, listed, shown
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.template import Item, Template
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.typedef import RequirementDef

_NEEDED = {
    "tosca.nodes.nfv.VduCp": "virtual_binding",
    "tosca.nodes.nfv.VnfExtCp": "internal_virtual_link",
}
"""What the life cycle cannot do without. A missing virtual_link makes a VduCp external, whatever its
release says."""

_ALIASES = {("tosca.nodes.nfv.VduCp", "external_virtual_link")}
"""Seen in the field for a requirement that is left to the outside; it leads nowhere inside the VNF."""


def requirements_of(item: Item, template: Template, registry: Registry, report: Report) -> list[list[str]]:
    """(requirement, target) of a node template, in its order; what leads nowhere or to the wrong thing is told."""
    severity = "error" if item.base in ACTED_ON else "warning"
    known = registry.requirements(item.type)
    found = []
    for name, target, place in _assigned(item, report):
        if target is None:
            continue
        definition = known.get(name)
        if definition is None and (item.base, name) not in _ALIASES:
            message = f"{shown(item.type)} has no requirement {shown(name)}; it has {listed(known)}."
            report.add(severity, "unknown-requirement", message, place, clause_of(item.base))
            continue
        node = template.nodes.get(target)
        if node is None:
            message = (
                f"{shown(item.name)}'s requirement {shown(name)} names {shown(target)}, which is no node template here."
            )
            report.add(severity, "unknown-target", message, place, clause_of(item.base))
            continue
        wanted = definition and _mismatch(definition, node, registry)
        if wanted:
            message = f"{shown(item.name)}'s requirement {shown(name)} leads to {shown(target)}, which is not {wanted}."
            report.add(severity, "wrong-target", message, place, clause_of(item.base))
            continue
        found.append([name, target])
    _count(item, found, known, report)
    return found


def _assigned(item: Item, report: Report) -> Iterator[tuple[str, str | None, Place]]:
    """(name, target, place) of each assignment: a list of maps, or a map."""
    raw = item.raw.get("requirements")
    place = item.place / "requirements"
    if raw is not None and not isinstance(raw, (list, dict)):
        report.error("not-a-map", f"The requirements of {shown(item.name)} are not a list.", place)
        return
    entries: list[tuple[Any, Place]] = (
        [({key: value}, place) for key, value in raw.items()]
        if isinstance(raw, dict)
        else [(entry, place / index) for index, entry in enumerate(raw or [])]
    )
    for entry, spot in entries:
        if not isinstance(entry, dict):
            report.error("not-a-map", f"This requirement of {shown(item.name)} is not a map.", spot)
            continue
        for name, value in entry.items():
            target = value.get("node") if isinstance(value, dict) else value
            if target is not None and not isinstance(target, str):
                message = f"The requirement {shown(name)} of {shown(item.name)} names no node template."
                report.error("unknown-target", message, spot / name)
                continue
            yield name, target, spot / name


def _mismatch(definition: RequirementDef, node: Item, registry: Registry) -> str | None:
    """What the target should have been."""
    if definition.node and not registry.is_a("node", node.type, definition.node):
        return f"a {definition.node}"
    if definition.capability:
        offered = registry.capabilities(node.type).values()
        if not any(registry.is_a("capability", each, definition.capability) for each in offered):
            return f"something with a {definition.capability}"
    return None


def _count(item: Item, found: list[list[str]], known: dict[str, RequirementDef], report: Report) -> None:
    counts = Counter(name for name, _target in found)
    for name, count in counts.items():
        definition = known.get(name)
        if definition is not None and definition.most is not None and count > definition.most:
            message = (
                f"{shown(item.name)} has {count} times the requirement {shown(name)}, which "
                f"may stand {definition.most} times."
            )
            severity = "error" if item.base in ACTED_ON else "warning"
            report.add(severity, "occurrences", message, item.place / "requirements", clause_of(item.base))
    needed = _NEEDED.get(item.base)
    if needed and not counts[needed]:
        message = f"{shown(item.name)} lacks the requirement {needed}."
        report.error("missing-requirement", message, item.place, clause_of(item.base))
