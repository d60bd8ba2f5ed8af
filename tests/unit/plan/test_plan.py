# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which operations lead to a wish, with which bodies and steps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from unit.plan.samples import (
    FLAVOUR,
    OUTSIDE,
    deployed,
    flavour_for,
    healthy,
    lines,
    planned,
    recorded,
    shaped,
    wish,
)

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.derive import plan
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Plan, Step
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import Observation, Observed
from ansible_collections.nfv.mano.plugins.module_utils.plan.steps import with_asset_steps
from ansible_collections.nfv.mano.plugins.module_utils.plan.target import topology_for
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import (
    CpConfig,
    ExtManagedVirtualLink,
    ExtVirtualLink,
    FixedAddress,
    VimAssets,
)

RUNNING = recorded(deployed())


def only(plan_: Plan) -> tuple[str, dict[str, Any]]:
    [operation] = plan_.operations
    return operation.operation, dict(operation.params)


def names(plan_: Plan) -> list[str]:
    return [o.operation for o in plan_.operations]


def refused(**wished: Any) -> ManoError:
    with pytest.raises(ManoError) as caught:
        planned(RUNNING, **wished)
    return caught.value


# INSTANTIATE


def test_instantiate_makes_everything_from_networks_to_servers() -> None:
    made = planned(extensions={"e": 1}, metadata={"m": 1})
    operation, params = only(made)
    assert operation == "INSTANTIATE"
    assert params == {
        "flavour_id": "default",
        "instantiation_level_id": "one",
        "ext_virtual_links": [
            {"id": "out", "resource_id": "public", "ext_cps": [{"cpd_id": "fw_out", "cp_config": {}}]}
        ],
        "extensions": {"e": 1},
    }
    assert lines(made) == [
        "create virtual_link inner",
        "create virtual_link mgmt",
        "create virtual_storage fw-0-log",
        "create virtual_storage mgr-0-root",
        "create virtual_storage mgr-0-data",
        "create link_port fw-0-fw_mgmt",
        "create link_port fw-0-fw_out",
        "create link_port fw-0-fw_in",
        "create link_port mgr-0-mgr_mgmt",
        "create vnfc fw-0",
        "create vnfc mgr-0",
    ]
    assert made.create_record
    assert made.as_dict()["operations"][0]["steps"][0]["kind"] == "vnf_instance"
    assert made.operations[0].after == deployed()


def test_wished_scale_beats_the_level_and_stands_in_the_request() -> None:
    made = planned(instantiation_level_id="three", scale={"throughput": 1})
    assert only(made)[1]["target_scale_level_info"] == [{"aspect_id": "throughput", "scale_level": 1}]
    assert [line for line in lines(made) if " vnfc " in line] == [
        "create vnfc fw-0",
        "create vnfc fw-1",
        "create vnfc mgr-0",
    ]


def test_a_cp_config_stands_in_the_request() -> None:
    config = CpConfig(
        "0",
        mac_address="fa:16:3e:00:00:01",
        fixed_addresses=(FixedAddress("10.0.0.5", "sub"), FixedAddress(None, "sub6")),
        allowed_address_pairs=(("10.0.0.9", None),),
        security_groups=("sg",),
    )
    made = planned(ext_virtual_links=(ExtVirtualLink("out", "public", {"fw_out": (config,)}),))
    [link] = only(made)[1]["ext_virtual_links"]
    assert link["ext_cps"][0]["cp_config"]["0"] == {
        "cp_protocol_data": [
            {
                "layer_protocol": "IP_OVER_ETHERNET",
                "ip_over_ethernet": {
                    "mac_address": "fa:16:3e:00:00:01",
                    "ip_addresses": [
                        {"type": "IPV4", "fixed_addresses": ["10.0.0.5"], "subnet_id": "sub"},
                        {"type": "IPV4", "num_dynamic_addresses": 1, "subnet_id": "sub6"},
                    ],
                },
            }
        ],
        "allowed_address_pairs": [{"ip_address": "10.0.0.9"}],
        "security_groups": ["sg"],
    }


def test_a_port_that_the_play_owns_is_neither_made_nor_deleted() -> None:
    own = {"ext_virtual_links": (ExtVirtualLink("out", "n", {"fw_out": (CpConfig("0", link_port_id="mine"),)}),)}
    made = planned(**own)
    after = made.operations[0].after
    seen = healthy(topology_for(after, flavour_for))
    given = Observed("link_port", "fw-0-fw_out", "mine", "OS::Neutron::Port", attributes={"device_id": "vim-vnfc-fw-0"})
    seen = replace(seen, resources={**seen.resources, ("link_port", given.id): given})
    ended = planned(recorded(after), seen, state="absent", **own)
    assert not any("fw-0-fw_out" in line for line in (*lines(made), *lines(ended)))
    assert planned(recorded(after), seen, **own) == Plan(name="vnf1")


def test_a_vnf_without_a_descriptor_id_cannot_begin() -> None:
    with pytest.raises(ManoError) as caught:
        planned(vnfd_id=None)
    assert caught.value.error_code == "vnfd_id_missing"


def test_an_identifier_that_is_there_is_modified_before_it_is_instantiated() -> None:
    made = planned(recorded(metadata={"a": 1}), vnfd_id="vnfd-2", metadata={"b": 2}, extensions={"e": 1})
    assert names(made) == ["MODIFY_INFO", "INSTANTIATE"]
    assert made.operations[0].params == {"vnfd_id": "vnfd-2", "metadata": {"b": 2}}
    assert made.operations[1].params["extensions"] == {"e": 1}
    assert not made.create_record


# SCALE


def test_nothing_to_do_is_an_empty_plan() -> None:
    for wished in ({}, {"scale": {"throughput": 0}}, {"instantiation_level_id": "one"}, {"vnfd_id": None}):
        made = planned(RUNNING, **wished)
        assert (made.operations, made.changes, made.drift) == ((), False, ())


def test_one_aspect_is_scaled_by_steps() -> None:
    made = planned(RUNNING, scale={"throughput": 2})
    assert only(made) == ("SCALE", {"type": "SCALE_OUT", "aspect_id": "throughput", "number_of_steps": 2})
    assert [line for line in lines(made) if " vnfc " in line] == [f"create vnfc fw-{n}" for n in (1, 2, 3)]


def test_scale_in_takes_the_newest_and_names_what_is_lost() -> None:
    big = recorded(deployed(scale={"throughput": 3}))
    made = planned(big, scale={"throughput": 2})
    assert only(made) == ("SCALE", {"type": "SCALE_IN", "aspect_id": "throughput", "number_of_steps": 1})
    assert lines(made) == [
        "delete vnfc fw-4",
        "delete link_port fw-4-fw_in",
        "delete link_port fw-4-fw_out",
        "delete link_port fw-4-fw_mgmt",
        "delete virtual_storage fw-4-log",
    ]
    assert [s.data_loss for s in made.operations[0].steps if s.data_loss] == [
        "local disk of fw-4, 1 GiB",
        "volume fw-4-log, 3 GiB",
    ]


def test_a_level_that_one_aspect_explains_is_a_scale() -> None:
    made = planned(RUNNING, instantiation_level_id="three")
    assert only(made)[0] == "SCALE"
    after = made.operations[0].after
    assert after is not None
    assert planned(recorded(after), instantiation_level_id="three") == Plan(name="vnf1")


def test_a_level_beyond_the_aspects_is_a_scale_to_level() -> None:
    made = planned(RUNNING, instantiation_level_id="pair")
    assert only(made) == ("SCALE_TO_LEVEL", {"instantiation_level_id": "pair"})
    assert "create vnfc mgr-1" in lines(made)


def test_a_level_with_other_scale_is_told_as_scale_info() -> None:
    made = planned(RUNNING, instantiation_level_id="pair", scale={"throughput": 1})
    assert only(made) == ("SCALE_TO_LEVEL", {"scale_info": [{"aspect_id": "throughput", "scale_level": 1}]})
    assert {"create vnfc mgr-1", "create vnfc fw-1"} <= set(lines(made))


def test_a_level_of_the_same_size_is_no_change() -> None:
    twin = replace(FLAVOUR.levels["one"], id="twin")
    flavour = shaped(levels={**FLAVOUR.levels, "twin": twin})
    seen = healthy(topology_for(deployed(), flavour_for))
    assert not plan(wish(instantiation_level_id="twin"), RUNNING, lambda _d: flavour, seen).changes


def test_a_level_alone_brings_back_its_scale() -> None:
    """Without keep_scale a level is a wish for its scale levels, too."""
    scaled = recorded(deployed(scale={"throughput": 1}))
    assert only(planned(scaled, instantiation_level_id="one"))[1]["type"] == "SCALE_IN"


def test_keep_scale_counts_at_instantiation_only() -> None:
    wished = {"instantiation_level_id": "three", "scale": {"throughput": 1}, "keep_scale": True}
    assert only(planned(**wished))[1]["instantiation_level_id"] == "three"
    assert not planned(RUNNING, **wished).changes


def test_scale_levels_that_are_not_there() -> None:
    assert refused(scale={"nope": 1}).error_code == "aspect_unknown"
    assert refused(scale={"throughput": 4}).error_code == "scale_out_of_range"
    assert refused(instantiation_level_id="huge").error_code == "level_unknown"


def test_zones_stay_with_those_that_stay() -> None:
    zoned = replace(deployed(scale={"throughput": 1}), zones={"fw-0": "a", "fw-1": "b", "mgr-0": "a"})
    after = planned(recorded(zoned), scale={"throughput": 0}).operations[0].after
    assert after is not None
    assert after.zones == {"fw-0": "a", "mgr-0": "a"}


def test_relative_scale() -> None:
    assert only(planned(RUNNING, scale_steps=("throughput", 1)))[1]["type"] == "SCALE_OUT"
    assert refused(scale_steps=("throughput", -1)).error_code == "scale_out_of_range"
    assert refused(scale_steps=("nope", 1)).error_code == "aspect_unknown"


@pytest.mark.parametrize(("record", "code"), [(None, "instance_unknown"), (recorded(), "not_instantiated")])
def test_relative_operations_need_a_running_vnf(record: Any, code: str) -> None:
    with pytest.raises(ManoError) as caught:
        planned(record, scale_steps=("throughput", 1))
    assert caught.value.error_code == code


# What cannot be changed yet


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("vnfd_id", "vnfd-2"),
        ("flavour_id", "big"),
        ("ext_virtual_links", (ExtVirtualLink("out", "other", {"fw_out": ()}),)),
        ("ext_managed_virtual_links", (ExtManagedVirtualLink("m", "inner", "n"),)),
        ("vim_assets", VimAssets({"fw": "m1"})),
        ("additional_params", {"domain": "s3cret"}),
    ],
)
def test_a_change_that_is_not_supported_is_refused_by_name(option: str, value: Any) -> None:
    error = refused(**{option: value})
    assert error.error_code == "change_not_supported"
    assert option in error.message
    assert "not_instantiated" in error.message
    assert "s3cret" not in error.message


def test_options_without_an_effect_are_no_change() -> None:
    assert not planned(RUNNING, additional_params={"unused": 1}).changes
    later = (ExtVirtualLink("out", "public", {"fw_out": (CpConfig("1", mac_address="fa:16:3e:00:00:01"),)}),)
    assert not planned(RUNNING, ext_virtual_links=later).changes
    after = planned(RUNNING, ext_virtual_links=later, scale={"throughput": 1}).operations[0].after
    assert after is not None
    assert after.ext_virtual_links == later


# MODIFY_INFO


def test_modify_sends_only_what_differs_and_null_deletes() -> None:
    record = replace(RUNNING, metadata={"a": {"b": 1, "c": 2}}, extensions={"x": 1}, description="old")
    made = planned(
        record, metadata={"a": {"b": None}}, extensions={"x": 1}, description="new", vnf_configurable_properties={}
    )
    assert only(made) == ("MODIFY_INFO", {"metadata": {"a": {"b": None}}, "vnf_instance_description": "new"})
    assert made.operations[0].before == made.operations[0].after == record.deployment
    assert not planned(replace(record, metadata={"a": {"c": 2}}), metadata={"a": {"b": None}}).changes


def test_operations_come_in_order() -> None:
    seen = healthy(topology_for(deployed(), flavour_for), **{"fw-0": None})
    made = planned(RUNNING, seen, scale={"throughput": 1}, metadata={"m": 1})
    assert names(made) == ["HEAL", "SCALE", "MODIFY_INFO"]


# TERMINATE


def test_terminate_names_every_loss_and_removes_the_record() -> None:
    made = planned(RUNNING, state="absent", graceful_timeout=30)
    assert only(made) == ("TERMINATE", {"termination_type": "GRACEFUL", "graceful_termination_timeout": 30})
    assert made.remove_record
    assert [s.data_loss for s in made.operations[0].steps if s.data_loss] == [
        "local disk of fw-0, 1 GiB",
        "volume mgr-0-data, 5 GiB",
        "volume mgr-0-root, 2 GiB",
        "volume fw-0-log, 3 GiB",
    ]
    assert made.as_dict()["operations"][0]["steps"][-1]["kind"] == "vnf_instance"


def test_forceful_termination_without_removal() -> None:
    made = planned(RUNNING, state="not_instantiated", termination="forceful", graceful_timeout=30)
    assert only(made) == ("TERMINATE", {"termination_type": "FORCEFUL"})
    assert not made.remove_record


def test_what_is_gone_already_loses_nothing() -> None:
    gone = Observation(exists=False, state="absent")
    assert all(s.data_loss is None for s in planned(RUNNING, gone, state="absent").operations[0].steps)


def test_leftovers_of_a_failed_instantiation_are_cleared() -> None:
    seen = healthy(topology_for(deployed(), flavour_for))
    made = planned(recorded(), seen, state="absent")
    assert names(made) == ["TERMINATE"]
    assert lines(made)[0] == "delete vnfc fw-0"
    assert lines(made)[-1] == "delete virtual_link mgmt"
    assert "volume fw-0-log, 1 GiB" in [s.data_loss for s in made.operations[0].steps]


def test_only_the_record() -> None:
    made = planned(recorded(), Observation(False, "absent"), state="absent")
    assert (made.operations, made.changes) == ((), True)
    assert [o["operation"] for o in made.as_dict()["operations"]] == ["DELETE_IDENTIFIER"]
    made = planned(state="not_instantiated")
    assert [o["operation"] for o in made.as_dict()["operations"]] == ["CREATE_IDENTIFIER"]
    assert not planned(state="absent").changes
    assert not planned(recorded(), state="not_instantiated").changes


def test_an_identifier_can_be_modified_without_a_vnf() -> None:
    made = planned(recorded(), state="not_instantiated", vnfd_id="vnfd-2")
    assert only(made) == ("MODIFY_INFO", {"vnfd_id": "vnfd-2"})


def test_steps_for_images_come_before_the_operation_that_needs_them() -> None:
    upload = Step("create", "sw_image", "fw-image", None, "not on the VIM")
    made = with_asset_steps(planned(recorded(), metadata={"a": 1}), (upload,))
    assert [o.steps[0].kind for o in made.operations] == ["vnf_instance", "sw_image"]
    ended = planned(RUNNING, state="absent")
    assert with_asset_steps(ended, (upload,)) == ended


def test_the_default_flavour_is_asked_for_by_an_empty_id() -> None:
    asked: list[str] = []

    def flavours(deployment: Any) -> Any:
        asked.append(deployment.flavour_id)
        return FLAVOUR

    after = plan(wish(), None, flavours, None).operations[0].after
    assert asked[0] == ""
    assert after is not None
    assert after.flavour_id == "default"


def test_a_flavour_without_levels_has_its_initial_counts() -> None:
    bare = shaped(levels={}, default_level=None)
    made = plan(wish(ext_virtual_links=OUTSIDE), None, lambda _d: bare, None)
    assert [line for line in lines(made) if " vnfc " in line] == ["create vnfc fw-0"]
