# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The error codes that the code can give, read from it: those of ManoError, and the rules that refuse a package."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from ansible_collections.nfv.mano.plugins.module_utils.store import failures
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import faults

PLUGINS = Path(__file__).resolve().parents[3] / "plugins"
TELLERS = {"add", "error", "find", "Finding", "_finding", "_of", "_refuse", "_refusal"}
HARMLESS = {"info", "warning"}


def raised() -> set[str]:
    """What stands first in a ManoError(...), and the codes that stand in tables."""
    named = {code for call in _calls() if _name(call) == "ManoError" and (code := _text(call.args[:1]))}
    vim = {*faults._WAY_ON, *(name for name in _strings("_code_of", "faults.py") if name.startswith("vim_"))}
    options = {text for text in _strings("_wrong_options", "runner.py") if text == "invalid_options"}
    return named | vim | options | {failures.UNREACHABLE, failures.LOCKED, failures.WRITE_FAILED}


def refusing() -> set[str]:
    """The rules of findings that may be errors, as error codes: SOL004-digest-mismatch is digest_mismatch."""
    found: set[str] = set()
    for call in _calls():
        words = [word for arg in call.args if (word := _text([arg]))]
        if _name(call) not in TELLERS or HARMLESS & set(words):
            continue
        if _name(call) in {"error", "add"}:
            found |= {word for word in words[:2] if _is_rule(word)}
        else:
            found |= {word for word in words if word.startswith(("SOL004-", "yaml_"))}
    return {code(rule) for rule in found}


def code(rule: str) -> str:
    """The error code of a rule."""
    return rule.removeprefix("SOL001-").removeprefix("SOL004-").replace("-", "_").lower()


def _is_rule(word: str) -> bool:
    return word != "error" and all(char.islower() or char == "-" for char in word)


def _calls() -> Iterator[ast.Call]:
    for path in sorted(PLUGINS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield node


def _strings(function: str, file: str) -> set[str]:
    """The string constants in a function."""
    (path,) = PLUGINS.rglob(file)
    nodes = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef) and n.name == function]
    return {c.value for n in nodes for c in ast.walk(n) if isinstance(c, ast.Constant) and isinstance(c.value, str)}


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _text(args: list[ast.expr]) -> str:
    return args[0].value if args and isinstance(args[0], ast.Constant) and isinstance(args[0].value, str) else ""
