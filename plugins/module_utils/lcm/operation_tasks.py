# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks on an operation occurrence that did not come to its end: retry, rollback, fail (SOL003 5.4.14 to 5.4.16)."""

from __future__ import annotations

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.lcm.applying import undo
from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context
from ansible_collections.nfv.mano.plugins.module_utils.lcm.converge import (
    Options,
    Outcome,
    apply_draft,
    outcome_of,
    run_for,
)
from ansible_collections.nfv.mano.plugins.module_utils.lcm.drafting import Draft, retry_draft
from ansible_collections.nfv.mano.plugins.module_utils.lcm.holding import held
from ansible_collections.nfv.mano.plugins.module_utils.lcm.loading import Loaded
from ansible_collections.nfv.mano.plugins.module_utils.lcm.materials import Materials
from ansible_collections.nfv.mano.plugins.module_utils.lcm.op_occ import entered, settled
from ansible_collections.nfv.mano.plugins.module_utils.lcm.operation import work_of
from ansible_collections.nfv.mano.plugins.module_utils.sol.lcm_op_occ import (
    COMPLETED,
    FAILED,
    FAILED_TEMP,
    ROLLED_BACK,
    UNFINISHED,
)
from ansible_collections.nfv.mano.plugins.module_utils.store import instances, operations
from ansible_collections.nfv.mano.plugins.module_utils.store.instances import InstanceRow
from ansible_collections.nfv.mano.plugins.module_utils.store.operations import OperationRow

ENDS_IN = {"retry": COMPLETED, "rollback": ROLLED_BACK, "fail": FAILED}


def act(ctx: Context, operation_id: str, action: str, check: bool, wait_timeout: float) -> Outcome:
    """Do the task; an operation that ended in the state that the task leads to is left alone.

    Raises operation_unknown, operation_state_conflict, instance_locked, and what the VIM raises.
    """
    loaded, operation = _load(ctx, operation_id)
    materials = Materials(ctx)
    made = retry_draft(ctx, materials, loaded)
    if operation.state == ENDS_IN[action]:
        return outcome_of(materials, made, loaded.row, (), changed=False)
    if loaded.row is None or operation.state not in UNFINISHED:
        raise ManoError(
            "operation_state_conflict",
            f"Operation {operation.operation} {operation.id} is {operation.state}; "
            f"{action} is for one in {FAILED_TEMP}.",
            operation_id=operation.id,
        )
    if check:
        return outcome_of(materials, made, loaded.row, ())
    options = Options(wait_timeout=wait_timeout, on_failure="leave")
    return _done(ctx, materials, made, loaded.row, operation, action, options)


def _load(ctx: Context, operation_id: str) -> tuple[Loaded, OperationRow]:
    operation = operations.get(ctx.store, ctx.tenant, operation_id)
    row = instances.get(ctx.store, ctx.tenant, id=operation.instance_id) if operation is not None else None
    if operation is None or (row is None and operation.state in UNFINISHED):
        raise ManoError(
            "operation_unknown",
            f"There is no operation '{operation_id}' in tenant '{ctx.tenant}'; nfv.mano.lcm_operation_info lists them.",
            operation_id=operation_id,
        )
    return Loaded(row, operation), operation


def _done(
    ctx: Context,
    materials: Materials,
    made: Draft,
    row: InstanceRow,
    operation: OperationRow,
    action: str,
    options: Options,
) -> Outcome:
    with held(ctx, row.name) as lease:
        if action == "retry":
            return apply_draft(ctx, materials, made, lease, options)
        resting = settled(operation)
        if resting.state != operation.state:
            operations.update(ctx.store, resting, lease)
        if action == "rollback":
            work = work_of(resting)
            undo(run_for(ctx, materials, made, row, work.after or work.before, lease, options), row, work)
        else:
            operations.update(ctx.store, entered(resting, FAILED), lease)
    ended = operations.get(ctx.store, ctx.tenant, operation.id)
    left = instances.get(ctx.store, ctx.tenant, id=row.id)
    return outcome_of(materials, made, left, (ended.occ,) if ended else ())
