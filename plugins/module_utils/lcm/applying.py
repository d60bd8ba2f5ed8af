# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One planned operation from its first state to its last: opened, its writes made, the record rewritten, or its failure
settled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.lcm.loading import product_of, with_instance
from ansible_collections.nfv.mano.plugins.module_utils.lcm.op_occ import entered, opened, settled
from ansible_collections.nfv.mano.plugins.module_utils.lcm.operation import Run, Work, enter, perform_all, roll_back
from ansible_collections.nfv.mano.plugins.module_utils.lcm.resource_changes import resource_changes
from ansible_collections.nfv.mano.plugins.module_utils.plan.derive import merge_patch
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import PlannedOperation
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import NOTHING, Observation
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import from_plain, to_plain
from ansible_collections.nfv.mano.plugins.module_utils.sol.lcm_op_occ import (
    COMPLETED,
    FAILED_TEMP,
    PROCESSING,
    STARTING,
)
from ansible_collections.nfv.mano.plugins.module_utils.sol.vnf_instance import (
    INSTANTIATED,
    NOT_INSTANTIATED,
    InstantiatedVnfInfo,
    VimConnectionInfo,
    VnfInstance,
)
from ansible_collections.nfv.mano.plugins.module_utils.store import instances, operations
from ansible_collections.nfv.mano.plugins.module_utils.store.engine import transaction
from ansible_collections.nfv.mano.plugins.module_utils.store.instances import InstanceRow
from ansible_collections.nfv.mano.plugins.module_utils.store.operations import OperationRow
from ansible_collections.nfv.mano.plugins.module_utils.store.packages import PackageRow
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Assets, Write

NO_WAY_BACK = ("TERMINATE", "MODIFY_INFO")
"""What is deleted can't be made undeleted, and a record that was not written needs no undoing."""

LEFT_OPEN = ("operation_timeout", "vim_unreachable", "vim_unauthorized")
"""Failures after which rolling back would fail the same way, or undo work that the same task would go on with."""


@dataclass(frozen=True, slots=True)
class Job:
    """A planned operation with what it takes to run it. `going_on`: the open operation that it is a retry of."""

    planned: PlannedOperation
    assets: Assets
    replacements: tuple[tuple[str, str], ...] = ()
    going_on: OperationRow | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """The instance that is worked on; `stored`: its row is in the store already. `describe` makes the record of what is
    there.
    """

    row: InstanceRow
    stored: bool
    describe: Callable[[Deployment, Observation], InstantiatedVnfInfo]
    package_of: Callable[[str], PackageRow]


def run_job(
    run: Run, subject: Subject, job: Job, seen: Observation, on_failure: str
) -> tuple[InstanceRow, OperationRow]:
    """Run one operation to its end; returns the instance's row and the operation's row as they stand then.

    Raises ManoError when it failed; the message then says what state was left and the way on.
    """
    work = _opened(run, subject, job, seen)
    try:
        return _to_the_end(run, subject, job, work, seen)
    except ManoError as error:
        raise settle(run, subject.row, work, error, on_failure) from error


def settle(run: Run, row: InstanceRow, work: Work, error: ManoError, on_failure: str) -> ManoError:
    """Bring a failed operation to rest (FAILED_TEMP or ROLLED_BACK) and complete the error by what was left."""
    error.operation_id = work.row.id
    error.resource = error.resource or row.name
    told = f"{work.row.operation} of VNF instance '{row.name}' failed"
    told += f" at {error.step}: {error.message}" if error.step else f": {error.message}"
    if error.error_code == "lease_lost":
        error.message = f"{told} Nothing more was written by this process."
        return error
    try:
        work = enter(run, work, FAILED_TEMP, error)
        if on_failure == "rollback" and work.row.operation not in NO_WAY_BACK and error.error_code not in LEFT_OPEN:
            undo(run, row, work)
            error.message = f"{told} It was rolled back: the VIM and the record are as they were before."
        else:
            error.message = f"{told} {_way_on(work.row)}"
    except ManoError as second:
        error.message = f"{told} Settling it failed as well ({second.message}) {_way_on(work.row)}"
    return error


def undo(run: Run, row: InstanceRow, work: Work) -> None:
    """Roll the operation back, and forget an instance whose record this operation's play made."""
    others = _used_by_others(run, row)
    work = roll_back(run, work, lambda inverse: inverse in others)
    if work.created and work.before is None:
        instances.remove(run.ctx.store, row.id, run.lease)
    else:
        instances.update(run.ctx.store, row, run.lease)


def disposable(run: Run, row: InstanceRow, assets: Assets) -> tuple[Write, ...]:
    """What was made for this instance alone and can go with it."""
    others = _used_by_others(run, row)
    return tuple(write for write in assets.disposal if write not in others)


def _used_by_others(run: Run, row: InstanceRow) -> tuple[Write, ...]:
    rows = instances.listing(run.ctx.store, row.tenant)
    plain = [write for other in rows if other.id != row.id for write in other.assets.get("disposal", ())]
    return tuple(write for write in (from_plain(Write, w) for w in plain) if write.args.get("shared"))


def _way_on(row: OperationRow) -> str:
    return (
        f"Operation {row.id} is left {FAILED_TEMP}: run the same task again to go on with it, "
        "or use nfv.mano.lcm_operation with action rollback or fail."
    )


def _opened(run: Run, subject: Subject, job: Job, seen: Observation) -> Work:
    """The operation in PROCESSING, new or taken up again; a new instance's record is made in the same transaction."""
    before, after = job.planned.before, job.planned.after
    detail = {"assets": to_plain(job.assets), "replaced": _resource_ids(job, seen), "created": not subject.stored}
    row = replace(subject.row, assets=to_plain(job.assets)) if after is not None else subject.row
    if job.going_on is not None:
        resting = settled(job.going_on)
        detail = {**detail, **{key: resting.detail[key] for key in ("created", "replaced", "steps")}}
        op = replace(resting, detail=detail, after=to_plain(after) if after is not None else None)
    else:
        op = opened(job.planned, subject.row.id, subject.row.tenant, detail)
    with transaction(run.ctx.store) as conn:
        if subject.stored:
            instances.update(run.ctx.store, row, run.lease, conn=conn)
        else:
            instances.insert(run.ctx.store, row, conn=conn)
        if job.going_on is not None:
            operations.update(run.ctx.store, entered(op, PROCESSING), run.lease, conn=conn)
            op = entered(op, PROCESSING)
        else:
            op = entered(op, PROCESSING) if op.state == STARTING else op
            operations.insert(run.ctx.store, op, run.lease, conn=conn)
    return Work(row=op, before=before, after=after, assets=job.assets, created=bool(detail["created"]))


def _resource_ids(job: Job, seen: Observation) -> dict[str, str]:
    """The VIM ids of what is made anew, so that a retry does not make it anew once more."""
    found = {f"{kind} {id_}": seen.get(kind, id_) for kind, id_ in job.replacements}
    return {key: resource.resource_id for key, resource in found.items() if resource is not None}


def still_to_replace(job: Job, seen: Observation) -> tuple[tuple[str, str], ...]:
    """Of what the operation makes anew, that which an earlier attempt has not."""
    if job.going_on is None:
        return job.replacements
    old = job.going_on.detail.get("replaced", {})
    return tuple(
        (kind, id_)
        for kind, id_ in job.replacements
        if (resource := seen.get(kind, id_)) is None
        or resource.status != "ok"
        or old.get(f"{kind} {id_}") == resource.resource_id
    )


def _to_the_end(
    run: Run, subject: Subject, job: Job, work: Work, seen: Observation
) -> tuple[InstanceRow, OperationRow]:
    before, after = run.topology_of(work.before), run.topology_of(work.after)
    row, seen_after = subject.row, NOTHING
    results: dict[str, Any] = {}
    if work.row.operation != "MODIFY_INFO":
        start = tuple(step.id for step in job.planned.steps if step.action == "start")
        grace = int(job.planned.params.get("graceful_termination_timeout", 0))
        lead = run.vim.writes(before, after, seen, still_to_replace(job, seen), start, grace)
        writes = (*job.assets.missing, *lead)
        gone = disposable(run, row, job.assets) if after is None else ()
        work, results = perform_all(run, work, (*writes, *gone))
        seen_after = (
            run.vim.observe(replace(run.ref, stack_id=results.get("stack_id", run.ref.stack_id)), after)
            if after
            else NOTHING
        )
    row = _after(subject, work, seen_after, results)
    changes = resource_changes(job.planned.steps, seen, seen_after, (before, after), row.vim["id"])
    op = entered(work.row, COMPLETED, changes=changes)
    with transaction(run.ctx.store) as conn:
        instances.update(run.ctx.store, row, run.lease, conn=conn)
        operations.update(run.ctx.store, op, run.lease, conn=conn)
    run.ctx.report(f"{row.name}: {op.operation} completed")
    return row, op


def _after(subject: Subject, work: Work, seen: Observation, results: Mapping[str, Any]) -> InstanceRow:
    """The instance's row once the operation is done."""
    row = replace(subject.row, deployment=to_plain(work.after) if work.after is not None else None)
    if work.row.operation == "MODIFY_INFO":
        return modified(row, work.row.occ["operation_params"], subject.package_of)
    if work.after is None:
        row = replace(row, assets={}, stack_id=None)
        return with_instance(
            row, instantiation_state=NOT_INSTANTIATED, instantiated_vnf_info=None, vim_connection_info=()
        )
    row = replace(
        row, assets=to_plain(replace(work.assets, missing=(), steps=())), stack_id=results.get("stack_id", row.stack_id)
    )
    vim = VimConnectionInfo(
        id=row.vim["id"], vim_id=row.vim["name"], vim_type=row.vim["type"], access_info=row.vim["access"]
    )
    return with_instance(
        row,
        instantiation_state=INSTANTIATED,
        vim_connection_info=(vim,),
        instantiated_vnf_info=subject.describe(work.after, seen),
    )


def modified(row: InstanceRow, params: Mapping[str, Any], package_of: Callable[[str], PackageRow]) -> InstanceRow:
    """The row with a VnfInfoModificationRequest (SOL003 5.5.2.12) applied."""
    instance = from_plain(VnfInstance, row.vnf_instance)
    fields: dict[str, Any] = {
        key: merge_patch(getattr(instance, key), params[key])
        for key in ("metadata", "extensions", "vnf_configurable_properties")
        if key in params
    }
    if "vnf_instance_description" in params:
        fields["vnf_instance_description"] = params["vnf_instance_description"]
    if "vnfd_id" in params:
        package = package_of(params["vnfd_id"])
        row = replace(row, package_id=package.id)
        fields |= {"vnfd_id": package.vnfd_id} | product_of(package)
    return with_instance(row, **fields)
