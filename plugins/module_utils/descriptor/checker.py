# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values against their definitions: what is wrong is told, defaults come in, what waits for an input is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.constraints import violation
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.descriptive import DESCRIPTIVE
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.functions import deferred, waits
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.registry import Registry
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import (
    Place,
    Report,
    clause_of,
    listed,
    shown,
)
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.typedef import PropertyDef
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.values import SIMPLE, convert, fits

_DEEPEST = 40


class Context(NamedTuple):
    """Whose properties are checked, how bad a problem is, and how deep in a value the check has come."""

    owner: str
    severity: str
    depth: int = 0

    @property
    def below(self) -> Context:
        """The context of what a value holds."""
        return self._replace(depth=self.depth + 1)


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks values against definitions of one registry."""

    registry: Registry
    report: Report

    def check(self, value: Any, definition: PropertyDef, place: Place, context: Context) -> Any:
        """The value with defaults filled in, None when it is unusable."""
        if value is None or waits(value):
            return value
        if context.depth > _DEEPEST:
            self._tell(context, "wrong-type", "This value is nested too deep.", place)
            return None
        if definition.type in SIMPLE:
            checked = self._simple(value, definition, place, context)
        elif definition.type in {"list", "map"}:
            checked = self._many(value, definition, place, context)
        else:
            checked = self._data(value, definition.type, place, context)
        wrong = None if checked is None else violation(checked, definition.type, definition.constraints)
        if wrong:
            self._tell(context, "constraint", f"{_name(place)} is {shown(value)}; it {wrong}.", place)
        return checked

    def table(
        self,
        given: Mapping[str, Any],
        properties: Mapping[str, PropertyDef],
        place: Place,
        context: Context,
        *,
        partial: bool = False,
    ) -> dict[str, Any]:
        """A map of properties, defaults filled in; what is unknown is told, and what is missing unless it may be."""
        checked = {}
        for name, value in given.items():
            if value is None:
                continue
            told = context._replace(severity=self._severity(context, name))
            definition = self._definition(context.owner, name, value, properties.get(name), place / name)
            if definition is None:
                message = f"{shown(context.owner)} has no property {shown(name)}; it has {listed(properties)}."
                self._tell(told, "unknown-property", message, place / name)
            else:
                checked[name] = self.check(value, definition, place / name, told)
        for name, definition in properties.items():
            if given.get(name) is not None:
                continue
            told = context._replace(severity=self._severity(context, name))
            if definition.has_default:
                default = plain(definition.default)
                checked[name] = self.check(default, definition, place, told._replace(severity="warning"))
            elif definition.required and not partial:
                message = f"The property {shown(name)}, which {shown(context.owner)} requires, is missing."
                self._tell(told, "missing-property", message, place)
        return checked

    def _tell(self, context: Context, rule: str, message: str, place: Place) -> None:
        self.report.add(context.severity, rule, message, place, clause_of(context.owner))

    def _simple(self, value: Any, definition: PropertyDef, place: Place, context: Context) -> Any:
        checked, problem = convert(value, definition.type)
        if problem:
            soft = problem.soft and context.severity == "error"
            told = context._replace(severity="warning") if soft else context
            self._tell(told, problem.rule, f"{_name(place)} {problem.message}.", place)
        return checked

    def _many(self, value: Any, definition: PropertyDef, place: Place, context: Context) -> Any:
        entry = definition.entry
        if definition.type == "list" and isinstance(value, list):
            if entry is None:
                return value
            return [self.check(item, entry, place / index, context.below) for index, item in enumerate(value)]
        if definition.type == "map" and isinstance(value, dict):
            if entry is None:
                return value
            return {key: self.check(item, entry, place / key, context.below) for key, item in value.items()}
        self._tell(context, "wrong-type", f"{_name(place)} is {shown(value)}, not a {definition.type}.", place)
        return None

    def _data(self, value: Any, type_name: str, place: Place, context: Context) -> Any:
        chain = self.registry.chain("data", type_name)
        if not chain:
            self._tell(context, "unknown-type", f"{_name(place)} has the unknown data type {shown(type_name)}.", place)
            return None
        root = chain[-1].parent
        if root in SIMPLE or root in {"list", "map"}:
            return self.check(value, PropertyDef(root), place, context.below)
        properties = self.registry.properties("data", type_name)
        if not properties:
            return value  # an empty type of SOL001 is there to be derived from: what it holds is the package's affair
        if not isinstance(value, dict):
            self._tell(context, "wrong-type", f"{_name(place)} is {shown(value)}, not a map of {type_name}.", place)
            return None
        return self.table(value, properties, place, Context(type_name, context.severity, context.depth + 1))

    def _severity(self, context: Context, name: str) -> str:
        """Less than an error where the life cycle does not need the property."""
        lineage = self.registry.lineage(context.owner) if context.severity == "error" else ()
        return "warning" if any((each, name) in DESCRIPTIVE for each in lineage) else context.severity

    def _definition(
        self, owner: str, name: str, value: Any, definition: PropertyDef | None, place: Place
    ) -> PropertyDef | None:
        """The definition to read a value with: another release's when only there the value is right."""
        if definition is not None and _suits(value, definition):
            return definition
        for release, other in self.registry.elsewhere(owner, name):
            if _suits(value, other):
                message = f"{_name(place)} is written as in SOL001 {release}, not as in {self.registry.release}."
                self.report.warning("other-release", message, place, clause_of(owner))
                return other
        return definition


def _suits(value: Any, definition: PropertyDef) -> bool:
    """Whether a value has the right shape and, where that is easily told, keeps the constraints."""
    simple = definition.type in SIMPLE and not waits(value)
    return fits(value, definition) and not (simple and violation(value, definition.type, definition.constraints))


def plain(default: Any) -> Any:
    """A default; a function has no place in one."""
    return None if deferred(default) else default


def _name(place: Place) -> str:
    """The property that a place is about, with its index or key where the last steps are such."""
    names = [str(step) for step in place.path[-3:]]
    return shown(".".join(name for name in names if name not in {"properties", "capabilities"}))
