# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking apart option values whose shape an argument spec cannot say.

Errors name the place: `ext_virtual_links[0].ext_cps[1]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError


def invalid(where: str, what: str) -> ManoError:
    """The error for a value that does not fit."""
    return ManoError("invalid_options", f"{where} {what}.")


def mapping(value: Any, where: str, keys: tuple[str, ...] | None = None) -> Mapping[str, Any]:
    """A map whose keys are all among `keys` (None: any); None counts as empty. Values of None are left out."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise invalid(where, f"must be a map, not {_kind(value)}")
    unknown = [str(key) for key in value if keys is not None and key not in keys]
    if unknown:
        raise invalid(where, f"has unknown key(s) {', '.join(unknown)}; it takes {', '.join(keys or ())}")
    return {str(key): item for key, item in value.items() if item is not None}


def sequence(value: Any, where: str) -> tuple[Any, ...]:
    """A list; None counts as empty."""
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)):
        raise invalid(where, f"must be a list, not {_kind(value)}")
    return tuple(value)


def text(value: Any, where: str) -> str:
    """A non-empty string; a number is taken as it is written."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise invalid(where, f"must be a string, not {_kind(value)}")
    if value == "":
        raise invalid(where, "must not be empty")
    return str(value)


def whole(value: Any, where: str) -> int:
    """A whole number from 0, also when written as a string (templates may give one)."""
    try:
        number = int(value) if isinstance(value, str) else value
    except ValueError:
        number = None
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise invalid(where, f"must be a whole number from 0, not {value!r}")
    return number


def texts(value: Any, where: str) -> dict[str, str]:
    """A map of strings to strings."""
    return {key: text(item, f"{where}.{key}") for key, item in mapping(value, where).items()}


def required(value: Mapping[str, Any], key: str, where: str) -> str:
    """A string that must be there."""
    if key not in value:
        raise invalid(where, f"lacks {key}")
    return text(value[key], f"{where}.{key}")


def _kind(value: Any) -> str:
    names = {dict: "a map", list: "a list", str: "a string", bool: "a boolean", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)
