# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One service template taken apart: its inputs, node templates, groups, policies and what it substitutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.registry import OwnType, Registry
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import Document, Place, Report, shown
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.typedef import (
    KINDS,
    PLURALS,
    PropertyDef,
    read_property,
    refined,
)

VNF = "tosca.nodes.nfv.VNF"


@dataclass(frozen=True, slots=True)
class Item:
    """A node template, group or policy. `base` is the type of SOL001 that its type stands for, or its type."""

    name: str
    type: str
    base: str
    raw: Mapping[str, Any]
    place: Place

    def table(self, key: str) -> dict[str, Any]:
        """A map in it, empty when there is none."""
        found = self.raw.get(key)
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Template:
    """A service template with a topology."""

    document: Document
    description: str
    inputs: Mapping[str, PropertyDef]
    nodes: Mapping[str, Item]
    groups: Mapping[str, Item]
    policies: tuple[Item, ...]
    substitution: Mapping[str, Any] | None

    @property
    def place(self) -> Place:
        """Where the topology stands."""
        return Place(self.document, ("topology_template",))

    @property
    def vnf(self) -> Item | None:
        """The node template of the VNF itself."""
        return next((node for node in self.nodes.values() if node.base == VNF), None)


def own_types(documents: list[Document], report: Report) -> dict[tuple[str, str], OwnType]:
    """Every type that the package defines, the first definition of a name counting."""
    found: dict[tuple[str, str], OwnType] = {}
    for document in documents:
        for kind in KINDS:
            section = f"{kind}_types"
            types = document.value.get(section)
            place = Place(document, (section,))
            if types is not None and not isinstance(types, dict):
                report.error("type-definition", f"{section} is not a map of types.", place)
                continue
            for name, raw in (types or {}).items():
                known = found.setdefault((_kind(kind, name, place / name, report), name), OwnType(raw, place / name))
                if known.raw is not raw and known.raw != raw:
                    message = (
                        f"The {kind} type {shown(name)} is defined in {shown(known.place.file)} too, and differently."
                    )
                    report.warning("type-defined-twice", message, place / name)
    return found


_KIND_BY_PREFIX = {f"tosca.{plural}.": kind for kind, plural in PLURALS.items()}


def _kind(kind: str, name: str, place: Place, report: Report) -> str:
    """The kind that a name of TOSCA's says itself; files in the field have put such types under the wrong heading."""
    told = next((each for prefix, each in _KIND_BY_PREFIX.items() if name.startswith(prefix)), kind)
    if told != kind:
        message = f"{shown(name)} stands under {kind}_types; it belongs under {told}_types."
        report.warning("type-misplaced", message, place)
    return told


def read_template(document: Document, registry: Registry, report: Report) -> Template | None:
    """The document's topology, None when it has none."""
    topology = document.value.get("topology_template")
    if topology is None:
        return None
    place = Place(document, ("topology_template",))
    if not isinstance(topology, dict):
        report.error("not-a-map", "The topology_template is not a map.", place)
        return None
    description = topology.get("description", document.value.get("description"))
    return Template(
        document=document,
        description=description if isinstance(description, str) else "",
        inputs=_inputs(topology, place, report),
        nodes={item.name: item for item in _items(topology, "node_templates", "node", place, registry, report)},
        groups={item.name: item for item in _items(topology, "groups", "group", place, registry, report)},
        policies=tuple(_items(topology, "policies", "policy", place, registry, report)),
        substitution=_table(topology, "substitution_mappings", place, report),
    )


def _table(parent: Mapping[str, Any], key: str, place: Place, report: Report) -> dict[str, Any] | None:
    found = parent.get(key)
    if found is None or isinstance(found, dict):
        return found
    report.error("not-a-map", f"{key} is not a map.", place / key)
    return None


def _inputs(topology: Mapping[str, Any], place: Place, report: Report) -> dict[str, PropertyDef]:
    def tell(path: tuple[str | int, ...], what: str) -> None:
        spot = Place(place.document, (*place.path, *path))
        report.error("input-definition", f"The input {shown(path[1])} is declared badly: this {what}.", spot)

    found = _table(topology, "inputs", place, report) or {}
    return {name: refined(read_property(raw, ("inputs", name), tell), None) for name, raw in found.items()}


def _items(
    topology: Mapping[str, Any], key: str, kind: str, place: Place, registry: Registry, report: Report
) -> Iterator[Item]:
    for name, raw, spot in _named(topology.get(key), place / key, report):
        type_name = raw.get("type") if isinstance(raw, dict) else None
        if not isinstance(raw, dict) or not isinstance(type_name, str):
            report.error("not-a-map", f"{shown(name)} is no {kind} template: it names no type.", spot)
            continue
        if registry.get(kind, type_name) is None:
            message = (
                f"{shown(name)} is of the {kind} type {shown(type_name)}, which neither SOL001 nor the package defines."
            )
            report.error(
                "unknown-type", message, spot / "type", fix="Define the type in the package or correct its name."
            )
        for section in ("properties", "capabilities", "artifacts"):
            _table(raw, section, spot, report)
        yield Item(name, type_name, registry.base(kind, type_name) or type_name, raw, spot)


def _named(section: Any, place: Place, report: Report) -> Iterator[tuple[str, Any, Place]]:
    """The entries of a map, or of a list of maps with one entry each (TOSCA writes policies either way)."""
    if isinstance(section, dict):
        for name, raw in section.items():
            yield name, raw, place / name
        return
    if section is not None and not isinstance(section, list):
        report.error("not-a-map", f"{place.path[-1]} is neither a map nor a list.", place)
    for index, entry in enumerate(section if isinstance(section, list) else []):
        if not isinstance(entry, dict):
            report.error("not-a-map", f"This entry of {place.path[-1]} is not a map.", place / index)
            continue
        for name, raw in entry.items():
            yield name, raw, place / index / name
