# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fail on functions longer than 40 lines and on files longer than 400: one idea, one subject.

A function's docstring, and a module's DOCUMENTATION, EXAMPLES and RETURN, do not count: they are what users read. A
file that is a table, with neither function nor class, may be as long as its data. In tests only the files are measured.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MAX_FUNCTION = 40
MAX_FILE = 400
DOCUMENTATION = {"DOCUMENTATION", "EXAMPLES", "RETURN"}


def lines(node: ast.stmt) -> int:
    """How many lines a statement takes."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def documentation_lines(body: list[ast.stmt]) -> int:
    """The lines of a body's docstring and of Ansible's documentation variables."""
    return sum(
        lines(node)
        for node in body
        if (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str))
        or (isinstance(node, ast.Assign) and {getattr(target, "id", None) for target in node.targets} & DOCUMENTATION)
    )


def findings(path: Path) -> Iterator[str]:
    """One line for each thing in the file that is too long."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text, filename=str(path))
    size = text.count("\n") - documentation_lines(tree.body)
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    is_table = not functions and not any(isinstance(node, ast.ClassDef) for node in tree.body)
    if size > MAX_FILE and not is_table:
        yield f"{path}:1: {size} lines, at most {MAX_FILE}: split it by subject"
    if path.parts[0] == "tests":
        return
    for node in functions:
        size = lines(node) - documentation_lines(node.body)
        if size > MAX_FUNCTION:
            yield f"{path}:{node.lineno}: {node.name} has {size} lines, at most {MAX_FUNCTION}: split it by idea"


def python_files() -> list[Path]:
    """The Python files of the checkout, those not committed yet too; by suffix or by their first line."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [path for path in map(Path, names) if path.is_file() and is_python(path)]


def is_python(path: Path) -> bool:
    """Whether it is a Python file: a script has no suffix but a first line that says so."""
    if path.suffix:
        return path.suffix == ".py"
    with path.open("rb") as file:
        first = file.readline(80)
    return first.startswith(b"#!") and b"python" in first


def main() -> int:
    """Print what is too long; 1 when there is anything."""
    found = [finding for path in python_files() for finding in findings(path)]
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
