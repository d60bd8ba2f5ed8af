# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inputs: what a play may set, what it must set, and what it may not."""

from __future__ import annotations

from typing import Any

import pytest
from unit.descriptor.descriptors import FULL, GONE, INPUTS, NODES, SMALL, TOP, compile_edge, told

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.bind import bind, load_head
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError

DOCUMENT = compile_edge().document


def _refused(inputs: dict[str, Any], document: dict[str, Any] | None = None) -> ManoError:
    with pytest.raises(ManoError) as error:
        bind(document or DOCUMENT, "full", inputs)
    return error.value


def test_unknown_flavour_lists_the_known_ones() -> None:
    with pytest.raises(ManoError, match="no flavour huge; it has full, small") as error:
        bind(DOCUMENT, "huge", {})
    assert error.value.error_code == "flavour_unknown"


def test_missing() -> None:
    error = _refused({"memory": "2 GiB"})
    assert error.error_code == "input_missing"
    assert "admin_key" in error.message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory", "lots"),
        ("memory", 2048),
        ("memory", "512 MiB"),
        ("admin_key", ["a"]),
        ("subnets", "10.0.0.0/24"),
        ("subnets", ["10.0.0.0/24"]),
        ("subnets", [{"l3_protocol_data": {"ip_version": "ipv4", "cidr": ["x"]}}]),
    ],
)
def test_invalid(name: str, value: object) -> None:
    error = _refused({**INPUTS, name: value})
    assert error.error_code == "input_invalid"


def test_values_reach_the_model() -> None:
    subnets = [{"associated_layer_protocol": "ipv4", "l3_protocol_data": {"ip_version": "ipv4", "cidr": "10.9.0.0/24"}}]
    flavour = bind(DOCUMENT, "full", {**INPUTS, "memory": "3 GiB", "subnets": subnets, "more": {"boot": "data"}})
    assert flavour.vdus["router"].compute.virtual_mem_size == 3 << 30
    assert [subnet.cidr for subnet in flavour.virtual_links["inside"].subnets] == ["10.9.0.0/24"]


def test_a_number_may_stand_for_a_string() -> None:
    assert bind(DOCUMENT, "full", {"admin_key": 5}).vdus["router"].boot_data.variables["key"] == "5"  # type: ignore[union-attr]


def test_valid_values() -> None:
    declared = {"type": "string", "constraints": [{"valid_values": ["direct", "normal"]}], "default": "normal"}
    compilation = compile_edge(
        (FULL, "topology_template inputs vnic", declared),
        (FULL, f"{NODES} router_out properties vnic_type", {"get_input": "vnic"}),
    )
    assert load_head(compilation.document).flavours["full"].inputs[3].valid_values == ("direct", "normal")
    assert bind(compilation.document, "full", {**INPUTS, "vnic": "direct"}).cps["router_out"].vnic_type == "direct"
    assert bind(compilation.document, "full", INPUTS).cps["router_out"].vnic_type == "normal"
    error = _refused({**INPUTS, "vnic": "macvtap"}, compilation.document)
    assert "must be one of direct, normal" in error.message


def test_the_selecting_input_is_none_of_the_plays() -> None:
    assert all(
        each.name != "selected_flavour" for info in load_head(DOCUMENT).flavours.values() for each in info.inputs
    )
    name = {"concat": [{"get_input": "flavour_id"}, "-box"]}
    compilation = compile_edge(
        (SMALL, "topology_template inputs", {"flavour_id": {"type": "string"}}),
        (SMALL, f"{NODES} box properties name", name),
    )
    assert bind(compilation.document, "small", {}).vdus["box"].name == "small-box"


def test_inputs_named_like_a_property_of_the_vnf_are_fed_by_it() -> None:
    compilation = compile_edge(
        (SMALL, "topology_template inputs", {"provider": {"type": "string"}, "software_version": {"type": "string"}}),
        (SMALL, f"{NODES} box properties name", {"get_input": "provider"}),
    )
    assert load_head(compilation.document).flavours["small"].inputs == ()
    assert bind(compilation.document, "small", {}).vdus["box"].name == "Example"


def test_an_input_that_nothing_uses_need_not_be_given() -> None:
    compilation = compile_edge((SMALL, "topology_template inputs", {"colour": {"type": "string"}}))
    assert "input-unused" in told(compilation, "info")
    assert bind(compilation.document, "small", {}).vdus["box"].name == "box"


def test_a_part_of_an_input() -> None:
    declared = {"type": "map", "entry_schema": {"type": "string"}, "default": {"router": "a", "other": "b"}}
    compilation = compile_edge(
        (SMALL, "topology_template inputs", {"names": declared}),
        (SMALL, f"{NODES} box properties name", {"get_input": ["names", "router"]}),
    )
    assert bind(compilation.document, "small", {}).vdus["box"].name == "a"
    assert bind(compilation.document, "small", {"names": {"router": "c"}}).vdus["box"].name == "c"
    with pytest.raises(ManoError, match="asks for 'router' in a value that has none"):
        bind(compilation.document, "small", {"names": {"other": "c"}})


@pytest.mark.parametrize(
    ("function", "value"),
    [
        ({"concat": ["a", 1, True]}, "a1true"),
        ({"token": ["a.b.c", ".", 1]}, "b"),
        ({"join": [["a", "b"], "-"]}, "a-b"),
        ({"get_property": ["SELF", "description"]}, "Everything in one"),
        ({"get_property": ["cp", "layer_protocols", 0]}, "ipv4"),
        ({"get_property": ["box", "virtual_compute", "virtual_memory", "virtual_mem_size"]}, "512 MB"),
        ({"get_property": ["cp", "virtual_binding", "description"]}, "Everything in one"),
        ({"concat": [{"token": [{"get_property": ["SELF", "description"]}, " ", 0]}, "!"]}, "Everything!"),
    ],
)
def test_functions(function: Any, value: str) -> None:
    compilation = compile_edge((SMALL, f"{NODES} box properties name", function))
    assert compilation.accepted, compilation.findings
    assert bind(compilation.document, "small", {}).vdus["box"].name == value


@pytest.mark.parametrize(
    "function",
    [
        {"get_property": ["SELF", "name"]},
        {"get_property": ["nobody", "name"]},
        {"get_property": ["SELF"]},
        {"get_property": ["SOURCE", "name"]},
        {"get_attribute": ["SELF", "state"]},
        {"token": ["a", ".", 3]},
        {"token": ["a", "", 0]},
        {"concat": [["a"]]},
        {"get_input": "nothing"},
        {"get_input": ["nothing", 0]},
    ],
)
def test_functions_that_cannot_be_worked_out(function: Any) -> None:
    assert "function" in told(compile_edge((SMALL, f"{NODES} box properties name", function)), "error")


def test_a_circle_of_inputs_ends() -> None:
    compilation = compile_edge(
        (SMALL, "topology_template inputs", {"provider": {"type": "string"}, "product_name": {"type": "string"}}),
        (SMALL, f"{NODES} box properties name", {"get_input": "provider"}),
        (TOP, "topology_template inputs provider", {"type": "string"}),
        (TOP, "topology_template inputs product_name", {"type": "string"}),
        (TOP, f"{NODES} Edge properties provider", {"get_input": "product_name"}),
        (TOP, f"{NODES} Edge properties product_name", {"get_input": "provider"}),
        (TOP, f"{NODES} Edge properties product_info_name", GONE),
    )
    assert not compilation.accepted
