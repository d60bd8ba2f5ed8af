# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of TOSCA's own simple types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.functions import waits
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import shown
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.typedef import PropertyDef
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.units import UNITS, scalar

_WORDS = {"true": True, "false": False}


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


def fits(value: Any, definition: PropertyDef) -> bool:
    """Whether a value has the shape that its definition wants: scalar, list or map."""
    if waits(value):
        return True
    if definition.type in SIMPLE:
        return not isinstance(value, (dict, list))
    return isinstance(value, list if definition.type == "list" else dict)
