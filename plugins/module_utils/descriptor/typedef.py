# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TOSCA type definitions as data, read from a table in the shape of a TOSCA file, the catalogue's or the package's own.

Reading is total: what is malformed is told of and left out, since a package's types come from strangers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

PLURALS: Mapping[str, str] = {
    "node": "nodes",
    "capability": "capabilities",
    "relationship": "relationships",
    "data": "datatypes",
    "artifact": "artifacts",
    "policy": "policies",
    "group": "groups",
    "interface": "interfaces",
}
"""The kinds of types, and the word for each in the names of TOSCA's own."""

KINDS = tuple(PLURALS)

Tell: TypeAlias = Callable[["tuple[str | int, ...]", str], None]
"""Takes the path inside the type and what is wrong there."""


@dataclass(frozen=True, slots=True)
class PropertyDef:
    """A property, attribute, input or entry definition. `entry` describes the members of a list or map.

    A derived type may refine a property without saying its type again; `type` is "" then, until `refined` fills it in.
    """

    type: str
    required: bool = True
    default: Any = None
    has_default: bool = False
    constraints: tuple[tuple[str, Any], ...] = ()
    entry: PropertyDef | None = None
    deprecated: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class RequirementDef:
    """A requirement: what it may lead to and how often. `most` None = unbounded."""

    capability: str | None = None
    node: str | None = None
    relationship: str | None = None
    least: int = 1
    most: int | None = 1


@dataclass(frozen=True, slots=True)
class TypeDef:
    """One type. Properties are its own; the registry adds what is inherited."""

    kind: str
    name: str
    parent: str | None
    properties: Mapping[str, PropertyDef] = field(default_factory=dict)
    attributes: Mapping[str, PropertyDef] = field(default_factory=dict)
    capabilities: Mapping[str, str] = field(default_factory=dict)  # name -> capability type
    requirements: Mapping[str, RequirementDef] = field(default_factory=dict)
    interfaces: Mapping[str, str] = field(default_factory=dict)  # name -> interface type
    targets: tuple[str, ...] = ()  # of a policy; a group's members


def silent(_path: tuple[str | int, ...], _what: str) -> None:
    """A `Tell` for definitions that are known to be right."""


def read_type(kind: str, name: str, raw: object, tell: Tell = silent) -> TypeDef:
    """The definition in `raw`."""
    table = _table(raw, (), tell)
    parent = table.get("derived_from")
    if parent is not None and not isinstance(parent, str):
        tell(("derived_from",), "is not the name of a type")
        parent = None
    return TypeDef(
        kind=kind,
        name=name,
        parent=parent,
        properties=_properties(table, "properties", tell),
        attributes=_properties(table, "attributes", tell),
        capabilities=_typed(table, "capabilities", tell),
        requirements=_requirements(table.get("requirements"), tell),
        interfaces=_typed(table, "interfaces", tell),
        targets=_names(table.get("members" if kind == "group" else "targets")),
    )


def read_property(raw: object, path: tuple[str | int, ...] = (), tell: Tell = silent) -> PropertyDef:
    """A property definition; the short form `name: type` is read too."""
    if isinstance(raw, str):
        return PropertyDef(raw)
    table = _table(raw, path, tell)
    type_name = table.get("type", "")
    if not isinstance(type_name, str):
        tell((*path, "type"), "is not the name of a type")
        type_name = "string"
    entry = table.get("entry_schema")
    return PropertyDef(
        type=type_name,
        required=table.get("required", True) is not False,
        default=table.get("default"),
        has_default=table.get("default") is not None,
        constraints=_constraints(table.get("constraints"), (*path, "constraints"), tell),
        entry=None if entry is None else refined(read_property(entry, (*path, "entry_schema"), tell), None),
        deprecated=table.get("status") == "deprecated",
        description=_text(table.get("description")),
    )


def refined(definition: PropertyDef, inherited: PropertyDef | None) -> PropertyDef:
    """A definition completed by the one that it refines (TOSCA 3.6.10.6); without a type in either it is a string."""
    if definition.type:
        return definition
    if inherited is None:
        return replace(definition, type="string")
    return replace(
        inherited,
        default=definition.default if definition.has_default else inherited.default,
        has_default=definition.has_default or inherited.has_default,
        constraints=definition.constraints or inherited.constraints,
        entry=definition.entry or inherited.entry,
    )


def meaning(definition: PropertyDef) -> Any:
    """What makes two definitions the same; a default makes `required` moot, and words are only words."""
    entry = definition.entry
    return (
        definition.type,
        definition.required and not definition.has_default,
        definition.default,
        tuple((clause, repr(argument)) for clause, argument in definition.constraints),
        None if entry is None else meaning(entry),
    )


def _text(raw: object) -> str:
    return raw if isinstance(raw, str) else ""


def _table(raw: object, path: tuple[str | int, ...], tell: Tell) -> Mapping[str, Any]:
    if isinstance(raw, Mapping):
        return raw
    if raw is not None:
        tell(path, "is not a map")
    return {}


def _names(raw: object) -> tuple[str, ...]:
    return tuple(name for name in raw if isinstance(name, str)) if isinstance(raw, list) else ()


def _properties(table: Mapping[str, Any], key: str, tell: Tell) -> dict[str, PropertyDef]:
    return {name: read_property(raw, (key, name), tell) for name, raw in _table(table.get(key), (key,), tell).items()}


def _typed(table: Mapping[str, Any], key: str, tell: Tell) -> dict[str, str]:
    found = {}
    for name, raw in _table(table.get(key), (key,), tell).items():
        type_name = raw.get("type") if isinstance(raw, Mapping) else raw
        if isinstance(type_name, str):
            found[name] = type_name
    return found


def _requirements(raw: object, tell: Tell) -> dict[str, RequirementDef]:
    found = {}
    for index, item in enumerate(raw if isinstance(raw, list) else []):
        if not isinstance(item, Mapping):
            tell(("requirements", index), "is not a map of one requirement")
            continue
        for name, definition in item.items():
            found[name] = _requirement(definition)
    return found


def _requirement(raw: object) -> RequirementDef:
    if isinstance(raw, str):
        return RequirementDef(capability=raw)
    table = raw if isinstance(raw, Mapping) else {}
    relationship = table.get("relationship")
    if isinstance(relationship, Mapping):
        relationship = relationship.get("type")
    occurrences = table.get("occurrences")
    least, most = occurrences if isinstance(occurrences, list) and len(occurrences) == 2 else (1, 1)
    return RequirementDef(
        capability=_name(table.get("capability")),
        node=_name(table.get("node")),
        relationship=_name(relationship),
        least=least if isinstance(least, int) else 0,
        most=most if isinstance(most, int) else None,
    )


def _name(raw: object) -> str | None:
    return raw if isinstance(raw, str) else None


def _constraints(raw: object, path: tuple[str | int, ...], tell: Tell) -> tuple[tuple[str, Any], ...]:
    if raw is None:
        return ()
    clauses = raw if isinstance(raw, list) else [raw]
    found: list[tuple[str, Any]] = []
    for index, clause in enumerate(clauses):
        if isinstance(clause, Mapping) and len(clause) == 1:
            found.extend(clause.items())
        else:
            tell((*path, index), "is not a constraint")
    return tuple(found)
