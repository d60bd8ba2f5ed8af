"""A package's survey for AWX."""

from __future__ import annotations

from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import FlavourInfo, Input, Vnfd
from ansible_collections.nfv.mano.plugins.module_utils.lcm.survey import survey_spec


def flavour(id_: str, **more: Any) -> FlavourInfo:
    given: dict[str, Any] = {
        "description": id_.upper(),
        "vdu_ids": ("fw",),
        "level_ids": ("small",),
        "default_level": "small",
        "aspects": {},
        "ext_cp_ids": (),
        "inputs": (),
    }
    return FlavourInfo(id=id_, **{**given, **more})


def questions(*flavours: FlavourInfo, default: str | None = None) -> dict[str, dict[str, Any]]:
    vnfd = Vnfd("d", "1", "p", "Firewall", "1.0", (), "3.3.1", {f.id: f for f in flavours}, default_flavour=default)
    return {question["variable"]: question for question in survey_spec(vnfd)["spec"]}


def test_what_cannot_be_chosen_is_not_asked() -> None:
    assert list(questions(flavour("only"))) == ["mano_name"]


def test_flavours_and_levels() -> None:
    asked = questions(
        flavour("a", level_ids=("s", "l"), default_level="l"), flavour("b", level_ids=("s", "m")), default="a"
    )
    assert asked["mano_flavour_id"]["choices"] == ["a", "b"]
    assert asked["mano_flavour_id"]["default"] == "a"
    assert asked["mano_instantiation_level_id"]["choices"] == ["s", "l", "m"]
    assert asked["mano_instantiation_level_id"]["default"] == "l"


def test_an_aspect_has_the_bounds_of_the_largest_flavour() -> None:
    asked = questions(flavour("a", aspects={"x": 2}), flavour("b", aspects={"x": 5}))["mano_level_x"]
    assert (asked["type"], asked["min"], asked["max"], asked["required"]) == ("integer", 0, 5, False)


def test_inputs() -> None:
    asked = questions(
        flavour(
            "a",
            inputs=(
                Input("size", "integer", "how big", default=3),
                Input("mode", "string", valid_values=("on", "off"), default="off"),
                Input("debug", "boolean", default=True),
                Input("host", "string", required=True),
                Input("routes", "list", required=True),
            ),
        )
    )
    assert (
        asked["mano_param_size"] | {"type": "integer", "default": 3, "question_description": "how big"}
        == asked["mano_param_size"]
    )
    assert asked["mano_param_mode"]["choices"] == ["on", "off"]
    assert asked["mano_param_debug"]["choices"] == ["true", "false"]
    assert asked["mano_param_debug"]["default"] == "true"
    assert asked["mano_param_host"]["required"]
    assert "default" not in asked["mano_param_host"]
    assert "mano_param_routes" not in asked


def test_every_question_has_what_awx_insists_on() -> None:
    asked = questions(flavour("a", aspects={"x": 1}, inputs=(Input("i", "float"),)), flavour("b"))
    for question in asked.values():
        assert {"variable", "question_name", "question_description", "required", "type"} <= set(question)
        assert isinstance(question["required"], bool)
        assert question["type"] in {"text", "textarea", "integer", "float", "multiplechoice", "multiselect"}
