# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The types that a descriptor is read with: the catalogue's, and beside them those that the package defines itself.

A name that the catalogue knows has the catalogue's meaning; the package's own copy of it may only add properties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.catalogue import releases
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import Place, Report, shown
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.typedef import (
    KINDS,
    PropertyDef,
    RequirementDef,
    TypeDef,
    read_property,
    read_type,
    refined,
)

_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class OwnType:
    """A type definition in the package."""

    raw: Any
    place: Place


@dataclass(slots=True)
class Registry:
    """Types of one release and one package by kind and name. Remembers what it worked out."""

    release: str
    own: Mapping[tuple[str, str], OwnType]
    report: Report
    _types: dict[tuple[str, str], TypeDef | None] = field(default_factory=dict)
    _properties: dict[tuple[str, str], dict[str, PropertyDef]] = field(default_factory=dict)
    _lineages: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, kind: str, name: str) -> TypeDef | None:
        """The type, None when neither the catalogue nor the package defines it."""
        key = kind, name
        if key not in self._types:
            self._types[key] = self._read(kind, name)
        return self._types[key]

    def used(self) -> Iterable[tuple[str, str]]:
        """(kind, name) of every type that was asked for and found."""
        return [key for key, found in self._types.items() if found is not None]

    def _read(self, kind: str, name: str) -> TypeDef | None:
        raw = releases.raw_type(self.release, kind, name)
        own = self.own.get((kind, name))
        if raw is None:
            return self._own(kind, name, own) if own else self._of_another_release(kind, name)
        canonical = read_type(kind, name, raw)
        if own is None:
            return canonical
        copy = read_type(kind, name, own.raw)
        return replace(canonical, properties={**copy.properties, **canonical.properties})

    def _own(self, kind: str, name: str, own: OwnType) -> TypeDef:
        def tell(path: tuple[str | int, ...], what: str) -> None:
            place = Place(own.place.document, (*own.place.path, *path))
            self.report.error("type-definition", f"The {kind} type {shown(name)} is defined badly: this {what}.", place)

        return read_type(kind, name, own.raw, tell)

    def _of_another_release(self, kind: str, name: str) -> TypeDef | None:
        """A type of SOL001 that this release does not have is still better known than unknown."""
        for release in reversed(releases.RELEASES):
            raw = releases.raw_type(release, kind, name)
            if raw is not None:
                return read_type(kind, name, raw)
        return None

    def chain(self, kind: str, name: str) -> list[TypeDef]:
        """The type and its ancestors, nearest first; a circle or a gap in the package's own types ends it."""
        found: list[TypeDef] = []
        current: str | None = name
        while current is not None and len(found) < _DEEPEST:
            definition = self.get(kind, current)
            if definition is None or any(definition.name == known.name for known in found):
                break
            found.append(definition)
            current = definition.parent
        return found

    def lineage(self, name: str) -> tuple[str, ...]:
        """The names of a type and its ancestors, of whichever kind it is."""
        if name not in self._lineages:
            kind = next((kind for kind in KINDS if self.get(kind, name) is not None), None)
            chain = self.chain(kind, name) if kind else []
            self._lineages[name] = tuple(definition.name for definition in chain)
        return self._lineages[name]

    def elsewhere(self, name: str, property_name: str) -> Iterator[tuple[str, PropertyDef]]:
        """(release, definition) of a property in the releases that this descriptor is not written for, newest first."""
        for release in reversed(releases.RELEASES):
            if release == self.release:
                continue
            for each in self.lineage(name):
                raws = (releases.raw_type(release, kind, each) for kind in KINDS)
                raw = next((raw for raw in raws if raw is not None), {})
                if property_name in raw.get("properties", {}):
                    yield release, read_property(raw["properties"][property_name])

    def is_a(self, kind: str, name: str, *ancestors: str) -> bool:
        """Whether the type is one of `ancestors` or derived from one."""
        return any(definition.name in ancestors for definition in self.chain(kind, name))

    def base(self, kind: str, name: str) -> str | None:
        """The nearest type of SOL001's own in a type's ancestry."""
        for definition in self.chain(kind, name):
            if definition.name.startswith("tosca.") and ".nfv." in definition.name:
                return definition.name
        return None

    def properties(self, kind: str, name: str) -> dict[str, PropertyDef]:
        """Every property of a type; what a derived type says of one replaces what its ancestor says."""
        key = kind, name
        if key not in self._properties:
            merged: dict[str, PropertyDef] = {}
            for definition in reversed(self.chain(kind, name)):
                merged |= {n: refined(own, merged.get(n)) for n, own in definition.properties.items()}
            self._properties[key] = merged
        return self._properties[key]

    def requirements(self, name: str) -> dict[str, RequirementDef]:
        """Every requirement of a node type."""
        merged: dict[str, RequirementDef] = {}
        for definition in reversed(self.chain("node", name)):
            merged |= definition.requirements
        return merged

    def capabilities(self, name: str) -> dict[str, str]:
        """Every capability of a node type, with its type."""
        merged: dict[str, str] = {}
        for definition in reversed(self.chain("node", name)):
            merged |= definition.capabilities
        return merged

    def interfaces(self, name: str) -> dict[str, str]:
        """Every interface of a node type, with its type."""
        merged: dict[str, str] = {}
        for definition in reversed(self.chain("node", name)):
            merged |= definition.interfaces
        return merged

    def targets(self, kind: str, name: str) -> tuple[str, ...]:
        """What a policy (or group) may be about (or hold); the nearest definition that says so counts."""
        return next((definition.targets for definition in self.chain(kind, name) if definition.targets), ())
