# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operation occurrences: the VnfLcmOpOcc of SOL003 5.5.2.13 as the engine opens it and moves it from state to state."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import PlannedOperation
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import from_plain, to_plain
from ansible_collections.nfv.mano.plugins.module_utils.sol.lcm_op_occ import (
    COMPLETED,
    FAILED_TEMP,
    PROCESSING,
    ROLLING_BACK,
    STARTING,
    ProblemDetails,
    ResourceChanges,
    VnfLcmOpOcc,
    initial_state,
)
from ansible_collections.nfv.mano.plugins.module_utils.sol.lcm_op_occ import entered as sol_entered
from ansible_collections.nfv.mano.plugins.module_utils.store.engine import now
from ansible_collections.nfv.mano.plugins.module_utils.store.operations import OperationRow


def opened(planned: PlannedOperation, instance_id: str, tenant: str, detail: Mapping[str, Any]) -> OperationRow:
    """A new occurrence in its first state, with all that a later process needs to go on with it."""
    time = now()
    occ = VnfLcmOpOcc(
        id=str(uuid.uuid4()),
        operation_state=initial_state(planned.operation),
        state_entered_time=time,
        start_time=time,
        vnf_instance_id=instance_id,
        operation=planned.operation,
        is_automatic_invocation=False,
        operation_params=dict(planned.params),
        is_cancel_pending=False,
    )
    return OperationRow(
        id=occ.id,
        instance_id=instance_id,
        tenant=tenant,
        operation=planned.operation,
        state=occ.operation_state,
        occ=to_plain(occ),
        before=to_plain(planned.before) if planned.before is not None else None,
        after=to_plain(planned.after) if planned.after is not None else None,
        detail={**detail, "steps": [step.as_dict() for step in planned.steps]},
        started_at=time,
        changed_at=time,
    )


def entered(
    row: OperationRow, state: str, error: ManoError | None = None, changes: ResourceChanges | None = None
) -> OperationRow:
    """The row in its next state; raises operation_state_conflict when SOL003 knows no such way.

    The error of a failure stays until the operation succeeds, so that a rolled back or given up operation still says
    why.
    """
    time = now()
    occ = from_plain(VnfLcmOpOcc, row.occ)
    told = problem(error) if error is not None else (None if state == COMPLETED else occ.error)
    occ = replace(sol_entered(occ, state, time, told), resource_changes=changes or occ.resource_changes)
    return replace(row, state=state, occ=to_plain(occ), changed_at=time)


def settled(row: OperationRow) -> OperationRow:
    """The row of an operation whose process died, brought to FAILED_TEMP, from where it can be retried, rolled back or
    given up.
    """
    if row.state == STARTING:
        row = entered(row, PROCESSING)
    if row.state in (PROCESSING, ROLLING_BACK):
        row = entered(
            row,
            FAILED_TEMP,
            ManoError("interrupted", f"The process that ran {row.operation} ended before it was done."),
        )
    return row


def problem(error: ManoError) -> ProblemDetails:
    """A failure as RFC 7807 (SOL013 6.3): the error code as title, the sentence and the VIM's words as detail."""
    detail = error.message if not error.vim_message else f"{error.message} (VIM: {error.vim_message})"
    return ProblemDetails(title=error.error_code, status=500, detail=detail)
