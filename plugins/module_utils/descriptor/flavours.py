# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A descriptor's flavours: one for each service template that can stand in for the VNF (SOL001 6.9, annex A)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.functions import is_function
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.registry import Registry
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import (
    TEMPLATES,
    Place,
    Report,
    clause_of,
    shown,
)
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.template import VNF, Item, Template

_PART = "tosca.nodes.nfv.Vdu.Compute"


@dataclass(frozen=True, slots=True)
class FlavourTemplate:
    """A flavour's id and template."""

    id: str
    template: Template


def flavour_templates(
    templates: Sequence[Template], top: Template, registry: Registry, report: Report
) -> list[FlavourTemplate]:
    """Every flavour; a template that should be one and says no flavour_id is told of."""
    found: dict[str, FlavourTemplate] = {}
    candidates = [template for template in templates if _stands_in(template, registry, report)]
    for template in candidates:
        flavour_id = _flavour_id(template, top, registry, only=len(candidates) == 1)
        if flavour_id is None:
            message = "This template substitutes a VNF but names no flavour_id, so no flavour leads to it."
            report.error("flavour-id", message, template.place / "substitution_mappings", TEMPLATES)
            continue
        known = found.setdefault(flavour_id, FlavourTemplate(flavour_id, template))
        if known.template is not template:
            message = f"The flavour {shown(flavour_id)} is defined in {shown(known.template.document.file)} already."
            report.error("flavour-defined-twice", message, template.place / "substitution_mappings", TEMPLATES)
    return list(found.values())


def may_be_flavour(template: Template) -> bool:
    """Whether the template substitutes something or holds the VNF's parts itself."""
    return template.substitution is not None or any(node.base == _PART for node in template.nodes.values())


def _stands_in(template: Template, registry: Registry, report: Report) -> bool:
    """Whether the template is a flavour: it substitutes a VNF, or holds the VNF's parts itself."""
    if template.substitution is None:
        return may_be_flavour(template)
    node_type = template.substitution.get("node_type")
    place = template.place / "substitution_mappings"
    if not isinstance(node_type, str) or registry.get("node", node_type) is None:
        message = f"substitution_mappings is for the node type {shown(node_type)}, which is not defined."
        report.error("unknown-type", message, place / "node_type", TEMPLATES)
        return False
    return registry.is_a("node", node_type, VNF)


def _flavour_id(template: Template, top: Template, registry: Registry, *, only: bool) -> str | None:
    """What the substitution says, else the VNF node of the template, or of the top if there is but one flavour.

    Where top and flavour are one template, the default of the VNF's type will do too.
    """
    candidates: list[Any] = _substituted(template.substitution or {})
    vnfs = (template.vnf, top.vnf) if only else (template.vnf,)
    candidates += [vnf.table("properties").get("flavour_id") for vnf in vnfs if vnf is not None]
    if only and template is top:
        default = registry.properties("node", vnf_type(template)).get("flavour_id")
        candidates.append(default.default if default else None)
    inputs = {**top.inputs, **template.inputs}
    for candidate in candidates:
        value = candidate
        if is_function(value) and isinstance(name := value.get("get_input"), str) and name in inputs:
            value = inputs[name].default
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            return str(value)
    return None


def _substituted(substitution: Mapping[str, Any]) -> list[Any]:
    """flavour_id in `properties` (TOSCA 1.2) or in the conditions of `substitution_filter` (TOSCA 1.3, 3.8.13)."""
    properties = substitution.get("properties")
    found = [properties.get("flavour_id")] if isinstance(properties, dict) else []
    for key in ("substitution_filter", "node_filter"):
        condition = substitution.get(key)
        clauses = condition.get("properties") if isinstance(condition, dict) else None
        maps = [clause for clause in (clauses if isinstance(clauses, list) else [clauses]) if isinstance(clause, dict)]
        found += [clause["flavour_id"] for clause in maps if "flavour_id" in clause]
    return [_constant(value) for value in found]


def _constant(value: Any) -> Any:
    """The one value that a condition allows."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict) and len(value) == 1:
        ((operator, argument),) = value.items()
        if operator == "equal":
            return argument
        if operator == "valid_values" and isinstance(argument, list) and len(argument) == 1:
            return argument[0]
    return value


def selector(top: Template) -> str | None:
    """The top template's input that the flavour is chosen with (`flavour_id: { get_input: selected_flavour }`)."""
    vnf = top.vnf
    value = vnf.table("properties").get("flavour_id") if vnf else None
    name = value.get("get_input") if isinstance(value, dict) else None
    return name if isinstance(name, str) and name in top.inputs else None


def vnf_type(template: Template) -> str:
    """The type of the VNF that a template has as a node or substitutes."""
    if template.vnf is not None:
        return template.vnf.type
    substituted = (template.substitution or {}).get("node_type")
    return substituted if isinstance(substituted, str) else VNF


def vnf_of(templates: Sequence[Template], top: Template, registry: Registry, report: Report) -> Item | None:
    """The VNF's node template: the top's, else the first that any template has, else what the first one substitutes."""
    for template in (top, *templates):
        if template.vnf is not None:
            return template.vnf
    for template in templates:
        name = vnf_type(template)
        if template.substitution is not None and registry.is_a("node", name, VNF):
            place = template.place / "substitution_mappings"
            message = f"No template has a node of the VNF; what identifies it is taken from the type {shown(name)}."
            report.warning("no-vnf", message, place, clause_of(VNF))
            return Item(name, name, VNF, {"type": name}, place)
    place = Place(top.document, ("topology_template",))
    report.error("no-vnf", "No template has a node of a type derived from tosca.nodes.nfv.VNF.", place, clause_of(VNF))
    return None
