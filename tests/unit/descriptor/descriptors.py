# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Descriptors for the tests: the fixture `edge`, changed in memory, and packages of others."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.compile import Compilation, compile_vnfd
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.yaml_reader import load_yaml

ROOT = Path(__file__).resolve().parents[3]
EDGE = ROOT / "tests/fixtures/descriptors/edge"
TOP, TYPES, SMALL, FULL = (f"Definitions/{name}.yaml" for name in ("edge", "edge_types", "edge_small", "edge_full"))
GONE = object()
"""Instead of a value: take the key away."""

Documents = dict[str, Any]
Change = tuple[str, str, Any]
"""File, path with blanks between its steps (a number is an index), value."""


class Memory:
    """A package in memory. YAML is a superset of JSON, so its documents are written as that."""

    def __init__(self, documents: Mapping[str, Any], others: Iterable[str] = ()) -> None:
        self.texts = {name: d if isinstance(d, str) else json.dumps(d) for name, d in documents.items()}
        self.others = tuple(others)

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.texts, *self.others)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def read_text(self, name: str) -> str:
        if name not in self.texts:
            raise ManoError("not_utf8", f"File '{name}' is not text.")
        return self.texts[name]


@functools.cache
def _edge() -> Documents:
    return {
        str(path.relative_to(EDGE)): load_yaml(path.read_text(), path.name)[0] for path in sorted(EDGE.glob("*/*.yaml"))
    }


def edge() -> Documents:
    """The fixture's documents, to be changed at will."""
    return copy.deepcopy(_edge())


def change(documents: Documents, file: str, path: str, value: Any) -> None:
    """Set or take away one thing."""
    *steps, last = [int(step) if step.isdigit() else step for step in path.split()]
    table = documents[file]
    for step in steps:
        table = table[step]
    if value is GONE:
        del table[last]
    elif isinstance(table, list) and last == len(table):
        table.append(value)
    else:
        table[last] = value


def compile_documents(documents: Mapping[str, Any], entry: str = TOP) -> Compilation:
    """Compile a package that holds these documents and the fixture's images."""
    return compile_vnfd(Memory(documents, ("Files/router.qcow2", "Files/controller.qcow2")), entry, load_yaml)


def compile_edge(*changes: Change) -> Compilation:
    """Compile the fixture with some changes."""
    documents = edge()
    for file, path, value in changes:
        change(documents, file, path, value)
    return compile_documents(documents)


def told(compilation: Compilation, severity: str) -> set[str]:
    """The rules that were broken, without the prefix all share."""
    return {f.rule.removeprefix("SOL001-") for f in compilation.findings if f.severity == severity}


NODES = "topology_template node_templates"
POLICIES = "topology_template policies"
INPUTS = {"admin_key": "ssh-ed25519 AAAA"}
"""What the flavour `full` must be given."""
