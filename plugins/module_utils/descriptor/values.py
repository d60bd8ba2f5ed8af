# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values against their definitions: what is wrong is told, defaults come in, what waits for an input is left alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.constraints import violation
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.descriptive import DESCRIPTIVE
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.functions import deferred, waits
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.registry import Registry
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import Place, Report, listed, shown
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.typedef import PropertyDef
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.units import UNITS, scalar

_WORDS = {"true": True, "false": False}
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one value. `soft`: the meaning is plain all the same."""

    rule: str
    message: str
    soft: bool = False


def convert(value: Any, type_name: str) -> tuple[Any, Problem | None]:
    """A value of one of TOSCA's own simple types; on a problem that is not soft the value is None."""
    if type_name in UNITS:
        fits = scalar(type_name, value) is not None
        return (value, None) if fits else _wrong(value, f"a number with a unit ({type_name})")
    converter = _CONVERTERS.get(type_name)
    return converter(value) if converter else (value, None)


def _wrong(value: Any, wanted: str) -> tuple[None, Problem]:
    return None, Problem("wrong-type", f"is {shown(value)}, not {wanted}")


def _string(value: Any) -> tuple[Any, Problem | None]:
    if isinstance(value, str):
        return value, None
    if isinstance(value, bool):
        text = "true" if value else "false"
        return text, Problem("wrong-type", f"is the boolean {text}, not a string; put it in quotes", soft=True)
    if isinstance(value, (int, float)):
        return str(value), Problem("wrong-type", f"is the number {value}, not a string; put it in quotes", soft=True)
    return _wrong(value, "a string")


def _integer(value: Any) -> tuple[Any, Problem | None]:
    if isinstance(value, int) and not isinstance(value, bool):
        return (value, None) if abs(value) < 1 << 63 else _wrong("so large a number", "an integer of 64 bit")
    text = str(value) if isinstance(value, (str, float)) else ""
    digits = text.removesuffix(".0").removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) < 19:
        return int(text.removesuffix(".0")), Problem("wrong-type", f"is {shown(value)}, not an integer", soft=True)
    return _wrong(value, "an integer")


def _float(value: Any) -> tuple[Any, Problem | None]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (float(value), None) if abs(value) < 1e300 else _wrong("so large a number", "a float")
    return _wrong(value, "a float")


def _boolean(value: Any) -> tuple[Any, Problem | None]:
    if isinstance(value, bool):
        return value, None
    if isinstance(value, str) and value.lower() in _WORDS:
        return _WORDS[value.lower()], Problem("wrong-type", f"is the string {shown(value)}, not a boolean", soft=True)
    return _wrong(value, "a boolean")


def _is_range(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    low, high = value
    return isinstance(low, int) and (high == "UNBOUNDED" or (isinstance(high, int) and low <= high))


def _range(value: Any) -> tuple[Any, Problem | None]:
    return (value, None) if _is_range(value) else _wrong(value, "a range [ lower, upper ]")


def _version(value: Any) -> tuple[Any, Problem | None]:
    return (str(value), None) if isinstance(value, (str, int, float)) else _wrong(value, "a version or time")


_CONVERTERS: Mapping[str, Callable[[Any], tuple[Any, Problem | None]]] = {
    "string": _string,
    "integer": _integer,
    "float": _float,
    "boolean": _boolean,
    "range": _range,
    "version": _version,
    "timestamp": _version,
}

SIMPLE = frozenset({*_CONVERTERS, *UNITS})
"""TOSCA's own simple types."""


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks values against definitions of one registry."""

    registry: Registry
    report: Report

    def check(
        self, value: Any, definition: PropertyDef, place: Place, severity: str, clause: str = "", depth: int = 0
    ) -> Any:
        """The value with defaults filled in, None when it is unusable. Each problem is told with `severity`."""
        if value is None or waits(value):
            return value
        if depth > _DEEPEST:
            self.report.add(severity, "wrong-type", "This value is nested too deep.", place, clause)
            return None
        if definition.type in SIMPLE:
            checked = self._simple(value, definition, place, severity, clause)
        elif definition.type in {"list", "map"}:
            checked = self._many(value, definition, place, severity, clause, depth)
        else:
            checked = self._data(value, definition.type, place, severity, clause, depth)
        wrong = None if checked is None else violation(checked, definition.type, definition.constraints)
        if wrong:
            self.report.add(severity, "constraint", f"{_name(place)} is {shown(value)}; it {wrong}.", place, clause)
        return checked

    def _simple(self, value: Any, definition: PropertyDef, place: Place, severity: str, clause: str) -> Any:
        checked, problem = convert(value, definition.type)
        if problem:
            told = "warning" if problem.soft and severity == "error" else severity
            self.report.add(told, problem.rule, f"{_name(place)} {problem.message}.", place, clause)
        return checked

    def _many(self, value: Any, definition: PropertyDef, place: Place, severity: str, clause: str, depth: int) -> Any:
        entry = definition.entry
        if definition.type == "list" and isinstance(value, list):
            if entry is None:
                return value
            return [self.check(item, entry, place / i, severity, clause, depth + 1) for i, item in enumerate(value)]
        if definition.type == "map" and isinstance(value, dict):
            if entry is None:
                return value
            return {k: self.check(item, entry, place / k, severity, clause, depth + 1) for k, item in value.items()}
        message = f"{_name(place)} is {shown(value)}, not a {definition.type}."
        self.report.add(severity, "wrong-type", message, place, clause)
        return None

    def _data(self, value: Any, type_name: str, place: Place, severity: str, clause: str, depth: int) -> Any:
        chain = self.registry.chain("data", type_name)
        if not chain:
            message = f"{_name(place)} has the unknown data type {shown(type_name)}."
            self.report.add(severity, "unknown-type", message, place)
            return value
        root = chain[-1].parent
        if root in SIMPLE or root in {"list", "map"}:
            return self.check(value, PropertyDef(root), place, severity, clause, depth + 1)
        properties = self.registry.properties("data", type_name)
        if not properties:
            return value  # an empty type of SOL001 is there to be derived from: what it holds is the package's affair
        if not isinstance(value, dict):
            message = f"{_name(place)} is {shown(value)}, not a map of {type_name}."
            self.report.add(severity, "wrong-type", message, place, clause)
            return None
        return self.table(value, properties, place, severity, type_name, clause, depth + 1)

    def table(
        self,
        given: dict[str, Any],
        properties: Mapping[str, PropertyDef],
        place: Place,
        severity: str,
        owner: str,
        clause: str = "",
        depth: int = 0,
    ) -> dict[str, Any]:
        """A map of properties, defaults filled in; what is missing or unknown is told."""
        checked = {}
        for name, value in given.items():
            if value is None:
                continue
            told = self._severity(owner, name, severity)
            definition = self._definition(owner, name, value, properties.get(name), place / name)
            if definition is None:
                message = f"{shown(owner)} has no property {shown(name)}; it has {listed(properties)}."
                self.report.add(told, "unknown-property", message, place / name, clause)
            else:
                checked[name] = self.check(value, definition, place / name, told, clause, depth)
        for name, definition in properties.items():
            if given.get(name) is not None:
                continue
            if definition.has_default:
                checked[name] = self.check(plain(definition.default), definition, place, "warning", clause, depth)
            elif definition.required:
                message = f"The property {shown(name)}, which {shown(owner)} requires, is missing."
                self.report.add(self._severity(owner, name, severity), "missing-property", message, place, clause)
        return checked

    def _severity(self, owner: str, name: str, severity: str) -> str:
        """Less than an error where the life cycle does not need the property."""
        if severity == "error" and any((each, name) in DESCRIPTIVE for each in self.registry.lineage(owner)):
            return "warning"
        return severity

    def _definition(
        self, owner: str, name: str, value: Any, definition: PropertyDef | None, place: Place
    ) -> PropertyDef | None:
        """The definition to read a value with: another release's when only there the property has this shape."""
        if definition is not None and _fits(value, definition):
            return definition
        for release, other in self.registry.elsewhere(owner, name):
            if _fits(value, other):
                message = f"{_name(place)} is written as in SOL001 {release}, not as in {self.registry.release}."
                self.report.warning("other-release", message, place)
                return other
        return definition


def _fits(value: Any, definition: PropertyDef) -> bool:
    """Whether a value has the shape that its definition wants: scalar, list or map."""
    if waits(value):
        return True
    if definition.type in SIMPLE:
        return not isinstance(value, (dict, list))
    return isinstance(value, list if definition.type == "list" else dict)


def plain(default: Any) -> Any:
    """A default; a function has no place in one."""
    return None if deferred(default) else default


def _name(place: Place) -> str:
    """The property that a place is about, with its index or key where the last steps are such."""
    names = [str(step) for step in place.path[-3:]]
    return shown(".".join(name for name in names if name not in {"properties", "capabilities"}))
