# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Descriptors from strangers: whatever they hold becomes findings, nothing is executed, nothing outside is read."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from unit.descriptor.descriptors import (
    FULL,
    INPUTS,
    NODES,
    SMALL,
    TOP,
    TYPES,
    compile_documents,
    compile_edge,
    edge,
    told,
)

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.bind import bind, load_head
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import to_plain

Path = tuple[str | int, ...]

LOOKUP = "{{ lookup('pipe', 'id') }}"
ODD: list[Any] = [
    None,
    [],
    {},
    "",
    0,
    -1,
    10**30,
    1e308,
    True,
    LOOKUP,
    "x" * 3000,
    [[]],
    [None],
    {"a": None},
    "512 MB",
    "UNBOUNDED",
    "tosca.nodes.nfv.VduCp",
    {"get_input": "memory"},
    {"get_input": ["subnets", 0]},
    {"get_input": None},
    {"get_input": "no"},
    {"get_property": ["SELF", "name"]},
    {"concat": [{"get_input": "admin_key"}, 1]},
    {"token": ["a", "b", 9]},
]


def _paths(value: Any, prefix: Path = ()) -> Iterator[Path]:
    yield prefix
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield from _paths(item, (*prefix, step))


PATHS = {file: list(_paths(document))[1:] for file, document in edge().items()}
FILES = [FULL, FULL, FULL, SMALL, TOP, TYPES]


@st.composite
def mutations(draw: st.DrawFn) -> dict[str, Any]:
    """The fixture with up to four things taken away, replaced, renamed or put where they do not belong."""
    documents = edge()
    for _turn in range(draw(st.integers(1, 4))):
        file = draw(st.sampled_from(FILES))
        *steps, last = draw(st.sampled_from(PATHS[file]))
        table = documents[file]
        try:
            for step in steps:
                table = table[step]
            _mutate(draw, table, last, documents)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    return documents


def _mutate(draw: st.DrawFn, table: Any, last: Any, documents: dict[str, Any]) -> None:
    action = draw(st.sampled_from(["delete", "replace", "rename", "graft"]))
    if action == "delete":
        del table[last]
    elif action == "rename" and isinstance(table, dict):
        table[draw(st.sampled_from(["type", "x", "properties", "get_input"]))] = table.pop(last)
    elif action == "graft":
        value = documents[FULL]
        for step in draw(st.sampled_from(PATHS[FULL])):
            value = value[step]
        table[last] = copy.deepcopy(value)
    else:
        table[last] = copy.deepcopy(draw(st.sampled_from(ODD)))


@settings(max_examples=150, deadline=None)
@given(mutations(), st.sampled_from(ODD), st.sampled_from(ODD))
def test_no_descriptor_and_no_input_raises_anything_but_mano_error(
    documents: dict[str, Any], memory: Any, subnets: Any
) -> None:
    compilation = compile_documents(documents)
    json.dumps([finding.as_dict() for finding in compilation.findings])
    stored = json.loads(json.dumps(compilation.document))
    assert bool(stored) == compilation.accepted
    for flavour_id in load_head(stored).flavours if compilation.accepted else ():
        for inputs in ({}, INPUTS, {**INPUTS, "memory": memory, "subnets": subnets}):
            assert _bound_or_refused(stored, flavour_id, inputs)


def _bound_or_refused(document: dict[str, Any], flavour_id: str, inputs: dict[str, Any]) -> bool:
    try:
        return isinstance(bind(document, flavour_id, inputs), Flavour)
    except ManoError as error:
        return error.error_code in {"input_missing", "input_invalid"}


def test_template_markers_stay_text() -> None:
    """In every string in turn: what comes out holds the marker as it was, or the package is refused."""
    kept = 0
    for file, paths in PATHS.items():
        for path in paths:
            documents = edge()
            table = documents[file]
            for step in path[:-1]:
                table = table[step]
            if not isinstance(table[path[-1]], str):
                continue
            table[path[-1]] = LOOKUP
            compilation = compile_documents(documents)
            if compilation.accepted:
                bound = [
                    to_plain(bind(compilation.document, name, INPUTS)) for name in compilation.document["flavours"]
                ]
                text = json.dumps([bound, compilation.document["head"]])
                assert "uid=" not in text
                kept += LOOKUP in text
    assert kept > 10


def test_functions_that_double_what_they_make_are_stopped() -> None:
    documents = edge()
    nodes = documents[SMALL]["topology_template"]["node_templates"]
    for number in range(40):
        twice = {"get_property": [f"n{number + 1}", "description"]}
        nodes[f"n{number}"] = {
            "type": "tosca.nodes.nfv.VnfVirtualLink",
            "properties": {"description": {"concat": [twice, twice]}},
        }
    nodes["n40"] = {"type": "tosca.nodes.nfv.VnfVirtualLink", "properties": {"description": "boom"}}
    assert "function" in told(compile_documents(documents), "error")


def test_policies_that_multiply_out_are_refused() -> None:
    documents = edge()
    topology = documents[FULL]["topology_template"]
    topology["policies"].append(
        {
            "many": {
                "type": "tosca.policies.nfv.VduScalingAspectDeltas",
                "properties": {
                    "aspect": "capacity",
                    "deltas": {f"d{n}": {"number_of_instances": 1} for n in range(300)},
                },
                "targets": ["router"] * 300,
            }
        }
    )
    assert "too-large" in told(compile_documents(documents), "error")


def test_types_derived_in_a_circle() -> None:
    circle = {"derived_from": "org.example.Edge"}
    compilation = compile_edge(
        (TYPES, "node_types org.example.Edge derived_from", "org.example.Loop"),
        (TYPES, "node_types org.example.Loop", circle),
    )
    assert not compilation.accepted


def test_a_pattern_of_the_package_is_not_run() -> None:
    endless = {"type": "string", "constraints": [{"pattern": "(a+)+$"}], "default": "a" * 40 + "!"}
    compilation = compile_edge(
        (TYPES, "node_types org.example.Edge properties domain", endless),
        (SMALL, f"{NODES} box properties name", "a" * 40 + "!"),
        (SMALL, "topology_template inputs", {"x": endless}),
    )
    assert compilation.accepted


def test_findings_are_bounded() -> None:
    documents = edge()
    nodes = documents[SMALL]["topology_template"]["node_templates"]
    nodes |= {f"n{number}": {"type": f"no.Such{number}"} for number in range(3000)}
    compilation = compile_documents(documents)
    assert not compilation.accepted
    assert len(compilation.findings) <= 501
