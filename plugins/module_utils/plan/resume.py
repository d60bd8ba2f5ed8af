# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of an operation that has not come to an end, now that a play asks again (SOL003 5.5.4.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan import params
from ansible_collections.nfv.mano.plugins.module_utils.plan.target import FlavourFor, Record, wished_deployment
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment, Wish

_BY_TARGET = {"INSTANTIATE", "SCALE", "SCALE_TO_LEVEL"}
"""Operations with a target that a rollback can undo; what a heal or a termination destroyed does not come back."""


@dataclass(frozen=True, slots=True)
class OpenOperation:
    """The occurrence that is open: STARTING | PROCESSING | ROLLING_BACK (its process died) or FAILED_TEMP."""

    id: str
    operation: str
    state: str
    params: Mapping[str, Any]
    before: Deployment | None
    after: Deployment | None


@dataclass(frozen=True, slots=True)
class Resumption:
    """action: retry (go on to its end) | rollback (to `before`) | fail (give it up; TERMINATE clears what is there).

    Whatever the action, what the wish needs beyond it is planned afterwards.
    """

    action: str
    reason: str


def resume(wish: Wish, op: OpenOperation, record: Record, flavour_for: FlavourFor) -> Resumption:
    """The way on.

    Raises operation_open when vnf_scale or vnf_heal meets another operation, and what the wish itself raises.
    """
    if wish.heal is not None or wish.scale_steps is not None:
        return _imperative(wish, op)
    if wish.state != "instantiated":
        return _towards_nothing(wish, op)
    if op.state == "ROLLING_BACK":
        return Resumption("rollback", f"the rollback of {op.operation} had begun")
    if op.operation not in _BY_TARGET or op.after is None:
        return Resumption("retry", f"{op.operation} cannot be taken back")
    return _by_target(wish, op, op.after, record, flavour_for)


def _imperative(wish: Wish, op: OpenOperation) -> Resumption:
    if wish.scale_steps is not None:
        same = op.operation == "SCALE" and dict(op.params) == params.scale(*wish.scale_steps)
    else:
        same = wish.heal is not None and op.operation == "HEAL" and dict(op.params) == params.heal(wish.heal)
    if not same:
        raise ManoError(
            "operation_open",
            f"{op.operation} of VNF {wish.name} is {op.state} and has to come to an end first; run the play that began "
            "it again, or "
            "lcm_operation with action retry, rollback or fail.",
            resource=wish.name,
            operation_id=op.id,
        )
    if op.state == "ROLLING_BACK":
        return Resumption("rollback", f"the rollback of {op.operation} had begun")
    return Resumption("retry", "the same operation was begun before")


def _towards_nothing(wish: Wish, op: OpenOperation) -> Resumption:
    if op.operation in {"TERMINATE", "MODIFY_INFO"} and op.state != "ROLLING_BACK":
        return Resumption("retry", f"{op.operation} is on the way to state {wish.state}")
    return Resumption("fail", f"state {wish.state} needs no {op.operation}")


def _by_target(wish: Wish, op: OpenOperation, after: Deployment, record: Record, flavour_for: FlavourFor) -> Resumption:
    """The wish is held against the state that the operation leads to, as if it were there."""
    if op.operation == "INSTANTIATE" and wish.vnfd_id not in (None, after.vnfd_id):
        return Resumption("rollback", f"it was begun with vnfd_id {after.vnfd_id}; wished is {wish.vnfd_id}")
    try:
        target = wished_deployment(replace(wish, name=record.name), after, flavour_for)
    except ManoError as error:
        if error.error_code == "change_not_supported" and op.operation == "INSTANTIATE":
            return Resumption("rollback", f"it was begun with other options: {error.message}")
        raise
    if target == after:
        return Resumption("retry", "it leads to what is wished")
    if op.state == "FAILED_TEMP":
        return Resumption("rollback", "it failed on the way to a size that is no longer wished")
    return Resumption("retry", "it was interrupted, and the wished size is reached from its end")
