# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the type catalogue (plugins/module_utils/descriptor/catalogue/data_X_Y_Z.py) from a table of SOL001's facts.

    tools/catalogue.py facts.json 2.5.1 2.6.1 2.7.1 3.3.1

The first release is written in full, each further one as what it changes on the one before it: new or changed types
whole, types that are gone by name. The notation is explained in catalogue/notation.py.
"""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "plugins/module_utils/descriptor/catalogue"
KINDS = ("node", "capability", "relationship", "data", "artifact", "policy", "group", "interface")
WIDTH = 118
HEAD = '''# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The types of SOL001 {release}{change}. Written by tools/catalogue.py in the notation of notation.py."""

from __future__ import annotations

BASE = {base}
GONE = {gone}
TYPES = r"""
{types}
"""
'''

Types = dict[tuple[str, str], dict[str, Any]]


def types_of(release: dict[str, Any]) -> Types:
    """The facts of one release by (kind, name)."""
    return {(kind, name): raw for kind in KINDS for name, raw in release.get(f"{kind}_types", {}).items()}


def dump(value: Any) -> str:
    """JSON with a blank after each comma and colon, where a line may be wrapped."""
    return json.dumps(value, ensure_ascii=False)


def type_expression(type_name: str, entry: Any) -> tuple[str, list[Any]]:
    """`list(string)` and the constraints on its entries."""
    if entry is None:
        return type_name, []
    if isinstance(entry, str):
        return f"{type_name}({entry})", []
    return f"{type_name}({entry['type']})", entry.get("constraints", [])


def property_line(name: str, raw: dict[str, Any]) -> str:
    """One property or attribute: `name? type {"default": ..., "constraints": [...], "entry": [...]}`."""
    expression, entry_constraints = type_expression(raw["type"], raw.get("entry_schema"))
    extra: dict[str, Any] = {key: raw[key] for key in ("default", "constraints", "status") if key in raw}
    if entry_constraints:
        extra["entry"] = entry_constraints
    line = f"{name}{'' if raw.get('required', True) else '?'} {expression}"
    return f"{line} {dump(extra)}" if extra else line


def lines_of(raw: dict[str, Any]) -> list[str]:
    """What stands under a type's head line."""
    lines = [property_line(name, prop) for name, prop in sorted(raw.get("properties", {}).items())]
    lines += [f"@attribute {property_line(name, prop)}" for name, prop in sorted(raw.get("attributes", {}).items())]
    lines += [f"@capability {name} {dump(cap)}" for name, cap in sorted(raw.get("capabilities", {}).items())]
    lines += [f"@requirement {name} {dump(req)}" for item in raw.get("requirements", []) for name, req in item.items()]
    lines += [f"@interface {name} {face['type']}" for name, face in sorted(raw.get("interfaces", {}).items())]
    for key in ("operations", "notifications", "targets", "members", "valid_target_types", "file_ext"):
        if raw.get(key):
            lines.append(f"@{key} {' '.join(raw[key])}")
    if "mime_type" in raw:
        lines.append(f"@mime_type {raw['mime_type']}")
    return lines


def block(kind: str, name: str, raw: dict[str, Any]) -> str:
    """A type in the catalogue's notation."""
    head = f"{kind} {name}" + (f" < {raw['derived_from']}" if raw.get("derived_from") else "")
    body = [
        wrapped
        for line in lines_of(raw)
        for wrapped in textwrap.wrap(
            line, WIDTH, initial_indent="  ", subsequent_indent="      ", break_long_words=False, break_on_hyphens=False
        )
    ]
    return "\n".join([head, *body])


def write(release: str, types: Types, base: str | None, before: Types) -> None:
    """Write one release's file."""
    changed = {key: raw for key, raw in types.items() if before.get(key) != raw}
    gone = tuple(f"{kind} {name}" for kind, name in sorted(before.keys() - types.keys()))
    blocks = [
        block(kind, name, changed[kind, name])
        for kind, name in sorted(changed, key=lambda k: (KINDS.index(k[0]), k[1]))
    ]
    text = HEAD.format(
        release=release,
        change=f": what changed since {base}" if base else "",
        base=json.dumps(base) if base else "None",
        gone="(" + ", ".join(json.dumps(name) for name in gone) + (",)" if len(gone) == 1 else ")"),
        types="\n\n".join(blocks),
    )
    (FOLDER / f"data_{release.replace('.', '_')}.py").write_text(text)


def main() -> None:
    """Write the files of the releases named on the command line, in their order."""
    facts = json.loads(Path(sys.argv[1]).read_text())
    base: str | None = None
    before: Types = {}
    for release in sys.argv[2:]:
        types = types_of(facts[release])
        write(release, types, base, before)
        base, before = release, types


if __name__ == "__main__":
    main()
