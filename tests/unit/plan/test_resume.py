# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of an open operation when a play asks again."""

from __future__ import annotations

from typing import Any

import pytest
from unit.plan.samples import deployed, flavour_for, recorded, wish

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan import params
from ansible_collections.nfv.mano.plugins.module_utils.plan.resume import OpenOperation, resume
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment, ExtVirtualLink, HealRequest

SMALL, BIG = deployed(), deployed(scale={"throughput": 2})


def opened(
    operation: str, state: str, before: Deployment | None, after: Deployment | None, **body: Any
) -> OpenOperation:
    return OpenOperation("op-1", operation, state, body, before, after)


def decided(op: OpenOperation, **wished: Any) -> str:
    return resume(wish(**wished), op, recorded(op.before), flavour_for).action


INSTANTIATE = {state: opened("INSTANTIATE", state, None, SMALL) for state in ("PROCESSING", "FAILED_TEMP")}
SCALE = {state: opened("SCALE", state, SMALL, BIG) for state in ("PROCESSING", "FAILED_TEMP", "ROLLING_BACK")}


@pytest.mark.parametrize("state", ["PROCESSING", "FAILED_TEMP"])
def test_what_is_still_wished_is_retried(state: str) -> None:
    assert decided(INSTANTIATE[state]) == "retry"
    assert decided(INSTANTIATE[state], instantiation_level_id="one", scale={"throughput": 0}) == "retry"
    assert decided(SCALE[state], scale={"throughput": 2}) == "retry"
    assert decided(SCALE[state]) == "retry"  # no wish about the size


@pytest.mark.parametrize("state", ["PROCESSING", "FAILED_TEMP"])
def test_an_instantiation_begun_with_other_options_is_taken_back(state: str) -> None:
    assert decided(INSTANTIATE[state], vnfd_id="vnfd-2") == "rollback"
    assert decided(INSTANTIATE[state], additional_params={"domain": "d"}) == "rollback"
    other = (ExtVirtualLink("out", "other", {"fw_out": ()}),)
    assert decided(INSTANTIATE[state], ext_virtual_links=other) == "rollback"


def test_another_size_takes_back_what_failed_and_goes_on_with_what_was_cut_off() -> None:
    assert decided(SCALE["FAILED_TEMP"], scale={"throughput": 1}) == "rollback"
    assert decided(SCALE["PROCESSING"], scale={"throughput": 1}) == "retry"
    assert decided(INSTANTIATE["FAILED_TEMP"], scale={"throughput": 1}) == "rollback"
    assert decided(INSTANTIATE["PROCESSING"], scale={"throughput": 1}) == "retry"
    assert decided(SCALE["FAILED_TEMP"], scale={"throughput": 1}, keep_scale=True) == "retry"


def test_a_rollback_that_had_begun_goes_on() -> None:
    assert decided(SCALE["ROLLING_BACK"], scale={"throughput": 2}) == "rollback"


@pytest.mark.parametrize("state", ["not_instantiated", "absent"])
def test_a_vnf_that_shall_go_needs_no_more_scaling(state: str) -> None:
    assert decided(SCALE["FAILED_TEMP"], state=state) == "fail"
    assert decided(SCALE["ROLLING_BACK"], state=state) == "fail"
    assert decided(INSTANTIATE["PROCESSING"], state=state) == "fail"
    assert decided(opened("TERMINATE", "FAILED_TEMP", SMALL, None), state=state) == "retry"


@pytest.mark.parametrize("operation", ["TERMINATE", "HEAL", "MODIFY_INFO"])
def test_what_cannot_be_taken_back_is_finished(operation: str) -> None:
    after = None if operation == "TERMINATE" else SMALL
    assert decided(opened(operation, "FAILED_TEMP", SMALL, after), scale={"throughput": 1}) == "retry"


def test_a_wish_that_is_wrong_in_itself_is_told_before_anything_is_done() -> None:
    with pytest.raises(ManoError) as caught:
        decided(SCALE["FAILED_TEMP"], scale={"nope": 1})
    assert caught.value.error_code == "aspect_unknown"
    with pytest.raises(ManoError) as caught:
        decided(SCALE["FAILED_TEMP"], additional_params={"domain": "d"})
    assert caught.value.error_code == "change_not_supported"


def test_relative_operations_go_on_with_their_own_kind_only() -> None:
    out = opened("SCALE", "FAILED_TEMP", SMALL, BIG, **params.scale("throughput", 2))
    assert decided(out, scale_steps=("throughput", 2)) == "retry"
    request = HealRequest(("fw-0",), "alarm")
    heal = opened("HEAL", "PROCESSING", SMALL, SMALL, **params.heal(request))
    assert decided(heal, heal=request) == "retry"
    for op, wished in (
        (out, {"scale_steps": ("throughput", 1)}),
        (out, {"scale_steps": ("throughput", -2)}),
        (out, {"heal": request}),
        (heal, {"heal": HealRequest(("fw-0",), "alarm", all=True)}),
        (heal, {"scale_steps": ("throughput", 2)}),
    ):
        with pytest.raises(ManoError) as caught:
            decided(op, **wished)
        assert (caught.value.error_code, caught.value.operation_id) == ("operation_open", "op-1")
    assert (
        decided(opened("SCALE", "ROLLING_BACK", SMALL, BIG, **out.params), scale_steps=("throughput", 2)) == "rollback"
    )
