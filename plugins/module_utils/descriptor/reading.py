# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads values out of a resolved topology. Inputs filled them in last, so any of them may still be of the wrong
type.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import shown
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.units import scalar
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.values import convert
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError


def wrong(what: str, value: Any, wanted: str) -> ManoError:
    """The error for a value that an input brought."""
    return ManoError(
        "input_invalid",
        f"{what} of the descriptor is {shown(value)}, not {wanted}. "
        "Correct the input that sets it (additional_params).",
    )


def table(parent: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A map in a map, empty when there is none."""
    found = parent.get(key)
    if found is None:
        return {}
    if isinstance(found, Mapping):
        return found
    raise wrong(key, found, "a map")


def items(parent: Mapping[str, Any], key: str) -> list[Any]:
    """A list in a map, empty when there is none."""
    found = parent.get(key)
    if found is None:
        return []
    if isinstance(found, list):
        return found
    raise wrong(key, found, "a list")


def tables(parent: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """A list of maps in a map; entries that are None are left out."""
    found = [item for item in items(parent, key) if item is not None]
    for item in found:
        if not isinstance(item, Mapping):
            raise wrong(key, item, "a map")
    return found


def text(parent: Mapping[str, Any], key: str, default: str = "") -> str:
    """A string."""
    found = parent.get(key)
    return default if found is None else str(_simple(key, found, "string", "a string"))


def optional_text(parent: Mapping[str, Any], key: str) -> str | None:
    """A string or None."""
    return None if parent.get(key) is None else text(parent, key)


def texts(parent: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of strings."""
    return tuple(str(_simple(key, item, "string", "a string")) for item in items(parent, key) if item is not None)


def strings(parent: Mapping[str, Any], key: str) -> dict[str, str]:
    """A map of strings."""
    return {
        name: str(_simple(f"{key}.{name}", item, "string", "a string"))
        for name, item in table(parent, key).items()
        if item is not None
    }


def integer(parent: Mapping[str, Any], key: str, default: int = 0) -> int:
    """An integer."""
    found = parent.get(key)
    return default if found is None else int(_simple(key, found, "integer", "an integer"))


def optional_integer(parent: Mapping[str, Any], key: str) -> int | None:
    """An integer or None."""
    return None if parent.get(key) is None else integer(parent, key)


def flag(parent: Mapping[str, Any], key: str, default: bool = False) -> bool:
    """A boolean."""
    found = parent.get(key)
    return default if found is None else bool(_simple(key, found, "boolean", "a boolean"))


def size(parent: Mapping[str, Any], key: str) -> int:
    """A size in bytes; none given is 0."""
    found = parent.get(key)
    if found is None:
        return 0
    number = scalar("scalar-unit.size", found)
    if number is None:
        raise wrong(key, found, "a size such as 512 MiB")
    return number


def _simple(what: str, value: Any, type_name: str, words: str) -> Any:
    converted, problem = convert(value, type_name)
    if problem is not None and not problem.soft:
        raise wrong(what, value, words)
    return converted
