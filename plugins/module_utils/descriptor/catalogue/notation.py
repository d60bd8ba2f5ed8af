# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the catalogue's notation: one block a type, its head `kind name < parent`, then a line for each thing it
declares.

A line is `name type` or `name? type` for a property (`?`: need not be given), the type being `string`, `list(string)`,
`map(tosca.datatypes.…)` and so on, then, where there is more to say, JSON with `default`, `constraints`, `status`
and `entry` (constraints on the entries). `@attribute` is written likewise; `@capability` and `@requirement` give a
name and JSON, `@interface` a name and a type; the others (`@targets`, `@members`, `@operations` …) are lists of
words. Deeper indentation goes on with a line. What comes out has the shape that the same type has in a TOSCA file,
so that one reader serves both.
"""

from __future__ import annotations

import json
from typing import Any

Key = tuple[str, str]


def blocks(text: str) -> dict[Key, str]:
    """The text of each type by (kind, name); nothing is read further until it is asked for."""
    found = {}
    for block in text.strip().split("\n\n"):
        kind, name = block.split(None, 2)[:2]
        found[kind, name] = block
    return found


def read(block: str) -> dict[str, Any]:
    """One type in TOSCA's own shape."""
    head, *lines = block.replace("\n      ", " ").split("\n")
    words = head.split()
    raw: dict[str, Any] = {"derived_from": words[3]} if len(words) == 4 else {}
    for line in lines:
        word, _blank, rest = line.strip().partition(" ")
        if word.startswith("@"):
            _declare(raw, word[1:], rest)
        else:
            raw.setdefault("properties", {})[word.rstrip("?")] = _property(word, rest)
    return raw


def _declare(raw: dict[str, Any], what: str, rest: str) -> None:
    name, _blank, value = rest.partition(" ")
    if what == "attribute":
        raw.setdefault("attributes", {})[name.rstrip("?")] = _property(name, value)
    elif what == "capability":
        raw.setdefault("capabilities", {})[name] = json.loads(value)
    elif what == "requirement":
        raw.setdefault("requirements", []).append({name: json.loads(value)})
    elif what == "interface":
        raw.setdefault("interfaces", {})[name] = {"type": value}
    elif what == "mime_type":
        raw[what] = rest
    else:
        raw[what] = rest.split()


def _property(name: str, rest: str) -> dict[str, Any]:
    expression, _blank, extra = rest.partition(" ")
    type_name, _bracket, entry = expression.rstrip(")").partition("(")
    raw: dict[str, Any] = {"type": type_name}
    if name.endswith("?"):
        raw["required"] = False
    if extra:
        raw |= json.loads(extra)
    constraints = raw.pop("entry", None)
    if entry:
        raw["entry_schema"] = {"type": entry, "constraints": constraints} if constraints else entry
    return raw
