# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running one operation: every write journalled before it is made, the record written with the last state.

SOL003 5.4: an operation goes STARTING, PROCESSING, COMPLETED; a failure makes it FAILED_TEMP, from which it is retried,
rolled back (ROLLING_BACK, ROLLED_BACK) or given up (FAILED). A process may die between any two lines here: what it
leaves is an open operation and its journal, from which `go_on` and `roll_back` start again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context
from ansible_collections.nfv.mano.plugins.module_utils.lcm.op_occ import entered
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import from_plain, to_plain
from ansible_collections.nfv.mano.plugins.module_utils.store import journal, operations
from ansible_collections.nfv.mano.plugins.module_utils.store.journal import JournalRow
from ansible_collections.nfv.mano.plugins.module_utils.store.leases import Lease
from ansible_collections.nfv.mano.plugins.module_utils.store.operations import OperationRow
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import ArtifactReader, Assets, InstanceRef, Vim, Write


@dataclass(frozen=True, slots=True)
class Run:
    """What every write of a task needs. `topology_of` turns a deployment into its topology (None into None)."""

    ctx: Context
    lease: Lease
    vim: Vim
    ref: InstanceRef
    artifacts: ArtifactReader
    topology_of: Callable[[Deployment | None], Topology | None]
    wait_timeout: float
    deadline: float  # time.monotonic()


@dataclass(frozen=True, slots=True)
class Work:
    """One operation with all that its writes need. `created`: this operation's play made the instance's record too."""

    row: OperationRow
    before: Deployment | None
    after: Deployment | None
    assets: Assets
    created: bool = False


def work_of(row: OperationRow) -> Work:
    """The work that an operation's row describes, as it was planned."""
    return Work(
        row=row,
        before=from_plain(Deployment, row.before) if row.before is not None else None,
        after=from_plain(Deployment, row.after) if row.after is not None else None,
        assets=from_plain(Assets, row.detail.get("assets", {})),
        created=bool(row.detail.get("created")),
    )


def enter(run: Run, work: Work, state: str, error: ManoError | None = None) -> Work:
    """Write the operation's new state to the store; raises lease_lost when another process took over."""
    row = entered(work.row, state, error)
    operations.update(run.ctx.store, row, run.lease)
    return replace(work, row=row)


def perform_all(run: Run, work: Work, writes: Iterable[Write]) -> tuple[Work, dict[str, Any]]:
    """Make the writes in order, each journalled first; returns the work, its assets completed, and what the writes
    said, merged.
    """
    results: dict[str, Any] = {}
    todo = tuple(writes)
    for number, write in enumerate(todo, start=1):
        run.ctx.report(f"{run.ref.name}: {work.row.operation} {number}/{len(todo)} {write.action} {write.target}")
        result = _journalled(run, work, write)
        work = replace(work, assets=_completed(work.assets, result))
        results |= result
    return work, results


def _completed(assets: Assets, result: Mapping[str, Any]) -> Assets:
    """The assets with what a write just made: `images` and `flavours` of its result, VDU or storage id -> VIM id."""
    return replace(
        assets,
        images={**assets.images, **result.get("images", {})},
        flavours={**assets.flavours, **result.get("flavours", {})},
    )


def roll_back(run: Run, work: Work, keep: Callable[[Write], bool]) -> Work:
    """Make the inverse of every write that was begun, newest first; ends in ROLLED_BACK.

    `keep` says of an inverse that it must not be made (an image that another instance uses by now). Safe to repeat.
    """
    work = enter(run, work, "ROLLING_BACK")
    fresh = replace(run, deadline=time.monotonic() + run.wait_timeout)
    for entry in reversed(journal.entries(run.ctx.store, work.row.id)):
        inverse = from_plain(Write, entry.inverse) if entry.inverse else None
        if entry.state == "undone" or inverse is None or keep(inverse):
            continue
        run.ctx.report(f"{run.ref.name}: rolling back {work.row.operation}: {inverse.action} {inverse.target}")
        _perform(fresh, work, inverse)
        journal.mark(run.ctx.store, entry, "undone", run.lease)
    return enter(fresh, work, "ROLLED_BACK", None)


def _journalled(run: Run, work: Work, write: Write) -> Mapping[str, Any]:
    inverse = to_plain(write.inverse) if write.inverse else None
    entry = journal.begin(run.ctx.store, work.row.id, to_plain(replace(write, inverse=None)), inverse, run.lease)
    try:
        result = _perform(run, work, write)
    except ManoError as error:
        _mark_failed(run, entry, error)
        error.step = error.step or f"{write.action} {write.target}"
        raise
    journal.finish(run.ctx.store, entry, dict(result), run.lease)
    return result


def _perform(run: Run, work: Work, write: Write) -> Mapping[str, Any]:
    deployment = {"after": work.after, "before": work.before}.get(write.topology)
    topology = run.topology_of(deployment)
    return run.vim.perform(write, run.ref, topology, work.assets, run.artifacts, run.ctx.report, run.deadline)


def _mark_failed(run: Run, entry: JournalRow, error: ManoError) -> None:
    """The VIM's failure is the one to tell; when the store fails as well, the entry stays `planned`, which means the
    same.
    """
    try:
        journal.mark(run.ctx.store, entry, "failed", run.lease, {"error": error.result()})
    except ManoError as second:
        run.ctx.report(f"the journal could not be written: {second.message}")
