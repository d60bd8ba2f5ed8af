# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal: each write to a VIM with its inverse, before it is made, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.store import leases
from ansible_collections.nfv.mano.plugins.module_utils.store.engine import Store, now, reading, writing
from ansible_collections.nfv.mano.plugins.module_utils.store.leases import Lease
from ansible_collections.nfv.mano.plugins.module_utils.store.records import many, values
from ansible_collections.nfv.mano.plugins.module_utils.store.tables import tables

try:
    import sqlalchemy as sa
except ImportError:
    pass  # named by deps.require() at the edge

PLANNED = "planned"
DONE = "done"
FAILED = "failed"
UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One write. state: planned | done | failed | undone; times to the millisecond; `seq` counts from 1."""

    operation_id: str
    seq: int
    write: Mapping[str, Any]
    inverse: Mapping[str, Any] | None
    state: str
    result: Mapping[str, Any]
    started_at: str
    finished_at: str | None


def begin(
    store: Store,
    operation_id: str,
    write: Mapping[str, Any],
    inverse: Mapping[str, Any] | None,
    lease: Lease,
    conn: sa.Connection | None = None,
) -> JournalRow:
    """Write down what is about to be done and how to undo it; raises lease_lost, and then it must not be done."""
    journal = tables().journal
    last = sa.select(sa.func.coalesce(sa.func.max(journal.c.seq), 0)).where(journal.c.operation_id == operation_id)
    with writing(store, conn) as connection:
        leases.check(connection, lease)
        seq = connection.execute(last).scalar_one() + 1
        row = JournalRow(operation_id, seq, write, inverse, PLANNED, {}, now("milliseconds"), None)
        connection.execute(sa.insert(journal).values(values(row)))
    return row


def finish(
    store: Store, row: JournalRow, result: Mapping[str, Any], lease: Lease, conn: sa.Connection | None = None
) -> JournalRow:
    """Write down that it is done and what the VIM gave back; raises lease_lost."""
    return mark(store, row, DONE, lease, result, conn=conn)


def mark(
    store: Store,
    row: JournalRow,
    state: str,
    lease: Lease,
    result: Mapping[str, Any] | None = None,
    *,
    conn: sa.Connection | None = None,
) -> JournalRow:
    """Set the state of an entry (failed, undone, done) and, when given, its result; raises lease_lost."""
    journal = tables().journal
    after = replace(
        row,
        state=state,
        result=row.result if result is None else result,
        finished_at=None if state == PLANNED else now("milliseconds"),
    )
    changed = {"state": after.state, "result": after.result, "finished_at": after.finished_at}
    mine = sa.and_(journal.c.operation_id == row.operation_id, journal.c.seq == row.seq)
    with writing(store, conn) as connection:
        leases.check(connection, lease)
        connection.execute(sa.update(journal).where(mine).values(changed))
    return after


def entries(store: Store, operation_id: str) -> tuple[JournalRow, ...]:
    """The writes of an operation in the order in which they were begun."""
    journal = tables().journal
    with reading(store) as connection:
        statement = sa.select(journal).where(journal.c.operation_id == operation_id).order_by(journal.c.seq)
        return many(connection, JournalRow, statement)
