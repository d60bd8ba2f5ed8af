# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The states of an operation occurrence (SOL003 5.6.2.2)."""

from __future__ import annotations

from itertools import product

import pytest

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.sol import lcm_op_occ as op

LEGAL = {
    ("STARTING", "PROCESSING"),
    ("STARTING", "ROLLED_BACK"),
    ("PROCESSING", "COMPLETED"),
    ("PROCESSING", "FAILED_TEMP"),
    ("FAILED_TEMP", "PROCESSING"),
    ("FAILED_TEMP", "ROLLING_BACK"),
    ("FAILED_TEMP", "FAILED"),
    ("ROLLING_BACK", "ROLLED_BACK"),
    ("ROLLING_BACK", "FAILED_TEMP"),
}
PROBLEM = op.ProblemDetails(500, "No valid host was found.")


def _occ(state: str, error: op.ProblemDetails | None = None) -> op.VnfLcmOpOcc:
    return op.VnfLcmOpOcc("o1", state, "2026-11-21T07:00:00Z", "2026-11-21T07:00:00Z", "i1", "SCALE", {}, error=error)


@pytest.mark.parametrize(("state", "then"), [*product(op.TRANSITIONS, op.TRANSITIONS)])
def test_the_ways_between_states_are_those_of_the_standard(state: str, then: str) -> None:
    assert op.may_follow(state, then) == ((state, then) in LEGAL)
    if (state, then) in LEGAL:
        after = op.entered(_occ(state), then, "2026-11-21T08:00:00Z")
        assert (after.operation_state, after.state_entered_time) == (then, "2026-11-21T08:00:00Z")
        assert after.start_time == "2026-11-21T07:00:00Z"
    else:
        with pytest.raises(ManoError, match=f"is {state} and cannot become {then}") as caught:
            op.entered(_occ(state), then, "2026-11-21T08:00:00Z")
        assert caught.value.result() | {"msg": ""} == {
            "msg": "",
            "error_code": "operation_state_conflict",
            "operation_id": "o1",
        }


def test_what_keeps_an_instance_is_what_has_a_way_on() -> None:
    assert set(op.UNFINISHED) == {state for state, then in op.TRANSITIONS.items() if then}


def test_an_error_stays_until_the_operation_completes() -> None:
    failed = op.entered(_occ("PROCESSING"), "FAILED_TEMP", "t", PROBLEM)
    again = op.entered(failed, "PROCESSING", "t")
    assert again.error == PROBLEM
    assert op.entered(again, "COMPLETED", "t").error is None
    back = op.entered(op.entered(failed, "ROLLING_BACK", "t"), "ROLLED_BACK", "t")
    assert back.error == PROBLEM


@pytest.mark.parametrize(("task", "then"), [("retry", "PROCESSING"), ("rollback", "ROLLING_BACK"), ("fail", "FAILED")])
def test_tasks_are_for_what_failed_temporarily(task: str, then: str) -> None:
    assert op.check_task(_occ("FAILED_TEMP"), task) == then
    for state in set(op.TRANSITIONS) - {"FAILED_TEMP"}:
        with pytest.raises(ManoError, match=f"is {state}; {task} is for FAILED_TEMP only"):
            op.check_task(_occ(state), task)


def test_modify_info_asks_for_no_grant() -> None:
    assert op.initial_state("MODIFY_INFO") == "PROCESSING"
    assert op.initial_state("INSTANTIATE") == "STARTING"
