"""Options as a wish."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import HealRequest, VimAssets, Wish
from ansible_collections.nfv.mano.plugins.module_utils.tasks import vnf_heal, vnf_instance, vnf_scale
from ansible_collections.nfv.mano.plugins.module_utils.tasks.wish import heal_wish, instance_wish, scale_wish


def options(task: Any, **given: Any) -> dict[str, Any]:
    """All options of the module: what is given, and the defaults."""
    return {name: given.get(name, spec.get("default")) for name, spec in task.SPEC.items()}


def test_unset_options_are_left_alone() -> None:
    assert instance_wish(options(vnf_instance, name="fw1")) == Wish(name="fw1")


def test_empty_is_not_unset() -> None:
    wish = instance_wish(options(vnf_instance, name="fw1", scale={}, ext_virtual_links=[], vim_assets={}, metadata={}))
    assert (wish.scale, wish.ext_virtual_links, wish.vim_assets, wish.metadata) == ({}, (), VimAssets(), {})


def test_every_option_arrives() -> None:
    given = {
        "name": "fw1",
        "state": "not_instantiated",
        "vnfd_id": "d",
        "flavour_id": "f",
        "instantiation_level_id": "l",
        "scale": {"a": "2", "b": 0},
        "keep_scale": True,
        "additional_params": {"x": 1},
        "vim_assets": {"compute_resource_flavours": {"vdu": "m1.tiny"}, "software_images": {"vdu": "cirros"}},
        "extensions": {"e": 1},
        "vnf_configurable_properties": {"c": 1},
        "metadata": {"m": None},
        "description": "text",
        "drift": "report",
        "termination": "forceful",
        "graceful_timeout": 5,
    }
    assert instance_wish(options(vnf_instance, **given)) == Wish(
        **{
            **given,
            "scale": {"a": 2, "b": 0},
            "vim_assets": VimAssets({"vdu": "m1.tiny"}, {"vdu": "cirros"}),
        }
    )


@pytest.mark.parametrize("level", [-1, "two", 1.5, True, [1]])
def test_a_scale_level_is_a_whole_number(level: Any) -> None:
    with pytest.raises(ManoError, match=r"scale\.a must be a whole number from 0"):
        instance_wish(options(vnf_instance, name="fw1", scale={"a": level}))


@pytest.mark.parametrize("name", ["", " fw", "fw ", "f\nw", "f" * 129])
def test_names_that_would_be_trouble_on_a_vim(name: str) -> None:
    with pytest.raises(ManoError) as caught:
        instance_wish(options(vnf_instance, name=name))
    assert caught.value.error_code == "invalid_options"


def test_vim_assets_are_strings() -> None:
    with pytest.raises(ManoError, match=r"vim_assets\.software_images\.vdu must be a string, not a list"):
        instance_wish(options(vnf_instance, name="fw1", vim_assets={"software_images": {"vdu": ["a"]}}))


@pytest.mark.parametrize(("direction", "steps"), [("SCALE_OUT", 2), ("SCALE_IN", -2)])
def test_scaling_by_steps(direction: str, steps: int) -> None:
    wish = scale_wish(options(vnf_scale, name="fw1", aspect_id="a", type=direction, number_of_steps=2))
    assert wish == Wish(name="fw1", scale_steps=("a", steps), drift="report")


def test_no_steps_are_refused() -> None:
    with pytest.raises(ManoError, match="number_of_steps must be 1 or more, not 0"):
        scale_wish(options(vnf_scale, name="fw1", aspect_id="a", type="SCALE_OUT", number_of_steps=0))


def test_healing() -> None:
    wish = heal_wish(options(vnf_heal, name="fw1", vnfc_instance_ids=["fw-0"], cause="ill", all=True))
    assert wish == Wish(name="fw1", heal=HealRequest(("fw-0",), "ill", True), drift="report")
    assert heal_wish(options(vnf_heal, name="fw1")).heal == HealRequest()
