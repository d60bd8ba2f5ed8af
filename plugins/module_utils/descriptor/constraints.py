# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TOSCA's constraint clauses (simple profile 1.3, 3.6.3)."""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Callable, Iterable
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import shown
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.units import UNITS, scalar

# A package brings patterns of its own, and a pattern can be made that never ends. Only those of SOL001 itself are run.
_VNFM_INFO = r"(^etsivnfm:v[0-9]?[0-9]\.[0-9]?[0-9]\.[0-9]?[0-9]$)|(^[0-9]+:[a-zA-Z0-9.-]+$)"
_TRUSTED_PATTERNS = frozenset({_VNFM_INFO})

_COMPARISONS: dict[str, tuple[Callable[[Any, Any], bool], str]] = {
    "equal": (operator.eq, "equal to"),
    "greater_than": (operator.gt, "greater than"),
    "greater_or_equal": (operator.ge, "at least"),
    "less_than": (operator.lt, "less than"),
    "less_or_equal": (operator.le, "at most"),
}
_LENGTHS: dict[str, tuple[Callable[[int, int], bool], str]] = {
    "length": (operator.eq, "exactly"),
    "min_length": (operator.ge, "at least"),
    "max_length": (operator.le, "at most"),
}


def violation(value: Any, type_name: str, constraints: Iterable[tuple[str, Any]]) -> str | None:
    """What the value should have been, as the end of a sentence (`must be …`); None when it fits.

    A clause that makes no sense for the value is not held against the value.
    """
    for clause, argument in constraints:
        found = _check(value, type_name, clause, argument)
        if found is not None:
            return found
    return None


def _check(value: Any, type_name: str, clause: str, argument: Any) -> str | None:
    if clause == "valid_values":
        return _valid_values(value, type_name, argument)
    if clause == "in_range":
        return _in_range(value, type_name, argument)
    if clause == "pattern":
        return _pattern(value, argument)
    if clause in _LENGTHS:
        return _length(value, clause, argument)
    if clause in _COMPARISONS:
        holds, words = _COMPARISONS[clause]
        left, right = comparable(value, type_name), comparable(argument, type_name)
        if left is not None and right is not None and _same_kind(left, right) and not holds(left, right):
            return f"must be {words} {shown(argument)}"
    return None


def comparable(value: Any, type_name: str) -> Any:
    """A value that Python can compare: scalars in base units, versions as text; None when it is none."""
    if type_name in UNITS:
        return scalar(type_name, value)
    if isinstance(value, (str, int, float)):
        return value
    return None


def _same_kind(left: Any, right: Any) -> bool:
    return isinstance(left, str) == isinstance(right, str)


def _valid_values(value: Any, type_name: str, argument: Any) -> str | None:
    if not isinstance(argument, list) or isinstance(value, (dict, list)):
        return None
    wanted = comparable(value, type_name)
    # A version written without quotes is a number to YAML; the text is what counts.
    if any(comparable(item, type_name) == wanted or str(item) == str(value) for item in argument):
        return None
    return "must be one of " + ", ".join(shown(item) for item in argument[:10]) + (" …" if len(argument) > 10 else "")


def _in_range(value: Any, type_name: str, argument: Any) -> str | None:
    if not isinstance(argument, list) or len(argument) != 2:
        return None
    for item in value if isinstance(value, list) else [value]:
        number = comparable(item, type_name)
        low, high = (comparable(bound, type_name) for bound in argument)
        if isinstance(number, str) or number is None:
            continue
        below = low is not None and not isinstance(low, str) and number < low
        above = high is not None and not isinstance(high, str) and number > high
        if below or above:
            return f"must be between {shown(argument[0])} and {shown(argument[1])}"
    return None


def _length(value: Any, clause: str, argument: Any) -> str | None:
    if not isinstance(value, (str, list, dict)) or not isinstance(argument, int):
        return None
    holds, words = _LENGTHS[clause]
    unit = "characters" if isinstance(value, str) else "entries"
    return None if holds(len(value), argument) else f"must have {words} {argument} {unit}"


def _pattern(value: Any, argument: Any) -> str | None:
    if not isinstance(value, str) or argument not in _TRUSTED_PATTERNS or len(value) > 255:
        return None
    return None if _compiled(argument).fullmatch(value) else f"must match {argument}"


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
