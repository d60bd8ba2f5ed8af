# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing one VNF instance to the state that a play asks for: draft, hold, draft again when the world moved, run,
tell.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.lcm.applying import Job, Subject, run_job, undo
from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context
from ansible_collections.nfv.mano.plugins.module_utils.lcm.drafting import Draft, draft
from ansible_collections.nfv.mano.plugins.module_utils.lcm.holding import held
from ansible_collections.nfv.mano.plugins.module_utils.lcm.loading import load, new_row, ref_of
from ansible_collections.nfv.mano.plugins.module_utils.lcm.materials import Materials
from ansible_collections.nfv.mano.plugins.module_utils.lcm.op_occ import entered, settled
from ansible_collections.nfv.mano.plugins.module_utils.lcm.operation import Run, work_of
from ansible_collections.nfv.mano.plugins.module_utils.lcm.resource_info import instantiated_vnf_info
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Drift, Plan, PlannedOperation
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import NOTHING, Observation
from ansible_collections.nfv.mano.plugins.module_utils.plan.steps import replacements
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology_text import topology_view
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment, Wish
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import to_plain
from ansible_collections.nfv.mano.plugins.module_utils.sol.lcm_op_occ import FAILED, ROLLED_BACK, STARTING
from ansible_collections.nfv.mano.plugins.module_utils.sol.vnf_instance import InstantiatedVnfInfo
from ansible_collections.nfv.mano.plugins.module_utils.store import instances, operations
from ansible_collections.nfv.mano.plugins.module_utils.store.instances import InstanceRow
from ansible_collections.nfv.mano.plugins.module_utils.store.leases import Lease


@dataclass(frozen=True, slots=True)
class Options:
    """How a wish is pursued; `wait_timeout` in seconds, `on_failure` rollback | leave."""

    check: bool = False
    wait_timeout: float = 1800
    on_failure: str = "rollback"
    expected_plan_digest: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task tells: `before`, `after` are topology views for the diff, `operations` the occurrences that ran."""

    changed: bool
    vnf_instance: Mapping[str, Any] | None
    plan: Plan
    operations: tuple[Mapping[str, Any], ...] = ()
    drift: tuple[Drift, ...] = ()
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


def converge(ctx: Context, wish: Wish, vim_name: str | None, options: Options) -> Outcome:
    """Do what `wish` needs, or nothing; in check mode only say what.

    Raises plan_changed when the plan is not the approved one, instance_locked when another process works on the
    instance, and whatever planning, granting or the VIM raise.
    """
    materials = Materials(ctx)
    made = draft(ctx, materials, wish, vim_name, load(ctx, wish.name))
    _approve(made, options)
    if options.check or not made.plan.changes:
        return outcome_of(materials, made, made.loaded.row, ())
    with held(ctx, wish.name) as lease:
        now = load(ctx, wish.name)
        if now != made.loaded:
            made = draft(ctx, materials, wish, vim_name, now)
            _approve(made, options)
        return apply_draft(ctx, materials, made, lease, options)


def _approve(made: Draft, options: Options) -> None:
    """Raise plan_changed. An empty plan is never refused: the second run of an approved play is no failure."""
    expected = options.expected_plan_digest
    if expected and made.plan.changes and made.plan.digest != expected:
        raise ManoError(
            "plan_changed",
            f"The plan is no longer the one that was approved (approved {expected}, now {made.plan.digest}); "
            "look at it again in check mode and approve it anew.",
        )


def apply_draft(ctx: Context, materials: Materials, made: Draft, lease: Lease, options: Options) -> Outcome:
    """Run the draft's operations one after the other under `lease`, each from a fresh look at the VIM."""
    row, seen = _cleared(ctx, materials, made, lease, options)
    stored = row is not None
    ran: list[Mapping[str, Any]] = []
    for number, planned in enumerate(made.plan.operations):
        row = _ready_row(ctx, materials, made, row, planned)
        run = run_for(ctx, materials, made, row, planned.after or planned.before, lease, options)
        if number:
            seen = run.vim.observe(run.ref, run.topology_of(planned.before))
        going_on = made.going_on if number == 0 else None
        job = Job(planned, made.assets[number], replacements(planned), going_on)
        row, occurrence = run_job(run, _subject(materials, row, stored), job, seen, options.on_failure)
        stored = True
        ran.append(occurrence.occ)
    row = _recorded(ctx, materials, made, row, lease)
    return outcome_of(materials, made, row, tuple(ran))


def _cleared(
    ctx: Context, materials: Materials, made: Draft, lease: Lease, options: Options
) -> tuple[InstanceRow | None, Observation]:
    """Bring an open operation that the plan does not go on with to its end; returns what then stands."""
    row = made.loaded.row
    if made.given_up is not None:
        end = ROLLED_BACK if made.given_up.state == STARTING else FAILED
        operations.update(ctx.store, entered(settled(made.given_up) if end == FAILED else made.given_up, end), lease)
    if made.taken_back is None or row is None:
        return row, made.observation
    resting = settled(made.taken_back)
    if resting.state != made.taken_back.state:
        operations.update(ctx.store, resting, lease)
    work = work_of(resting)
    run = run_for(ctx, materials, made, row, work.after or work.before, lease, options)
    undo(run, row, work)
    left = load(ctx, row.name).row
    return left, run.vim.observe(run.ref, run.topology_of(work.before)) if left is not None else NOTHING


def _ready_row(
    ctx: Context, materials: Materials, made: Draft, row: InstanceRow | None, planned: PlannedOperation
) -> InstanceRow:
    """The row that an operation works on; an INSTANTIATE makes it if need be and puts it on the VIM that was chosen."""
    if row is None:
        if planned.after is None:
            raise ManoError("internal_error", f"{planned.operation} was planned for an instance that does not exist.")
        row = new_row(ctx, made.plan.name, materials.package(planned.after.vnfd_id))
    if planned.operation == "INSTANTIATE" and made.vim_row is not None:
        row = replace(row, vim=to_plain(made.vim_row))
    return row


def _recorded(
    ctx: Context, materials: Materials, made: Draft, row: InstanceRow | None, lease: Lease
) -> InstanceRow | None:
    """The identifier made or removed, where the plan says so beside its operations."""
    if row is not None and made.plan.remove_record:
        instances.remove(ctx.store, row.id, lease)
        return None
    if row is None and made.plan.create_record and made.vnfd_id is not None:
        row = new_row(ctx, made.plan.name, materials.package(made.vnfd_id))
        instances.insert(ctx.store, row)
    return row


def _subject(materials: Materials, row: InstanceRow, stored: bool) -> Subject:
    def describe(deployment: Deployment, seen: Observation) -> InstantiatedVnfInfo:
        topology = materials.topology_of(deployment)
        if topology is None:
            raise ManoError("internal_error", "A deployment has no topology.")
        return instantiated_vnf_info(materials.flavour_of(deployment), deployment, topology, seen, row.vim["id"])

    return Subject(row, stored, describe, materials.package)


def run_for(
    ctx: Context,
    materials: Materials,
    made: Draft,
    row: InstanceRow,
    deployment: Deployment | None,
    lease: Lease,
    options: Options,
) -> Run:
    """What the writes of one operation need; `deployment` says whose package the artifacts come from."""
    if made.vim is None:
        raise ManoError("internal_error", f"VNF instance '{row.name}' was to be changed without a VIM.")
    vnfd_id = deployment.vnfd_id if deployment else row.vnf_instance["vnfd_id"]
    return Run(
        ctx=ctx,
        lease=lease,
        vim=made.vim,
        ref=ref_of(row),
        artifacts=functools.partial(materials.artifact, vnfd_id),
        topology_of=materials.topology_of,
        wait_timeout=options.wait_timeout,
        deadline=time.monotonic() + options.wait_timeout,
    )


def outcome_of(
    materials: Materials,
    made: Draft,
    row: InstanceRow | None,
    ran: tuple[Mapping[str, Any], ...],
    changed: bool | None = None,
) -> Outcome:
    """What is told: in check mode the instance as it would be is not known, so the record as it is."""
    start = made.record.deployment if made.record else None
    end = made.plan.operations[-1].after if made.plan.operations else start
    return Outcome(
        changed=made.plan.changes if changed is None else changed,
        vnf_instance=row.vnf_instance if row is not None else None,
        plan=made.plan,
        operations=ran,
        drift=made.plan.drift,
        before=_view(materials, start),
        after=_view(materials, end),
    )


def _view(materials: Materials, deployment: Deployment | None) -> Mapping[str, Any]:
    topology = materials.topology_of(deployment)
    return topology_view(topology) if topology is not None else {}
