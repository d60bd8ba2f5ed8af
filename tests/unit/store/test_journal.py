# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal keeps order, and takes no word from a process that lost its lease."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.store import engine, journal, leases, operations

KEY = "vnf/default/fw-1"


@pytest.fixture
def lease(store: engine.Store) -> leases.Lease:
    return leases.acquire(store, KEY, leases.this_process())


@pytest.fixture
def operation(store: engine.Store, rows: Any, lease: leases.Lease) -> str:
    row = rows.operation(rows.instance(rows.package()))
    operations.insert(store, row, lease)
    return str(row.id)


def test_entries_come_back_in_the_order_in_which_they_were_begun(
    store: engine.Store, lease: leases.Lease, operation: str
) -> None:
    writes = [{"action": f"stack.{number}", "args": {"n": number}} for number in range(12)]
    begun = [journal.begin(store, operation, write, None, lease) for write in writes]
    assert [row.seq for row in begun] == list(range(1, 13))
    assert journal.entries(store, operation) == tuple(begun)
    assert journal.entries(store, "another") == ()


def test_an_entry_says_what_was_planned_what_came_of_it_and_when(
    store: engine.Store, lease: leases.Lease, operation: str
) -> None:
    inverse = {"action": "stack.delete", "target": "fw"}
    planned = journal.begin(store, operation, {"action": "stack.apply", "target": "fw"}, inverse, lease)
    assert (planned.state, planned.result, planned.finished_at) == ("planned", {}, None)
    assert journal.entries(store, operation) == (planned,)
    done = journal.finish(store, planned, {"stack_id": "s1"}, lease)
    assert (done.state, done.result, done.inverse) == ("done", {"stack_id": "s1"}, inverse)
    undone = journal.mark(store, done, "undone", lease)
    assert (undone.state, undone.result) == ("undone", {"stack_id": "s1"})
    assert journal.entries(store, operation) == (undone,)
    assert undone.finished_at is not None
    assert datetime.fromisoformat(planned.started_at) <= datetime.fromisoformat(undone.finished_at)


def test_a_failure_is_kept_with_its_reason(store: engine.Store, lease: leases.Lease, operation: str) -> None:
    row = journal.begin(store, operation, {"action": "stack.apply"}, None, lease)
    failed = journal.mark(store, row, "failed", lease, {"error": "no valid host"})
    assert journal.entries(store, operation) == (failed,)


def test_what_was_begun_is_there_after_kill_9(
    store: engine.Store, shared_url: str, lease: leases.Lease, operation: str, race: Callable[..., Any]
) -> None:
    engine.close(store)

    def begin_and_die(_number: int) -> None:
        import os
        import signal

        journal.begin(engine.open_store(shared_url), operation, {"action": "stack.apply"}, None, lease)
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(AssertionError, match="-9"):
        race(1, begin_and_die)
    assert [row.state for row in journal.entries(store, operation)] == ["planned"]


def test_who_lost_the_lease_writes_nothing(store: engine.Store, rows: Any, lease: leases.Lease, operation: str) -> None:
    row = journal.begin(store, operation, {"action": "stack.apply"}, None, lease)
    leases.renew(store, lease, ttl_s=-1)
    leases.acquire(store, KEY, rows.holder())
    attempts: list[Callable[[], Any]] = [
        lambda: journal.begin(store, operation, {"action": "stack.delete"}, None, lease),
        lambda: journal.finish(store, row, {"late": True}, lease),
        lambda: journal.mark(store, row, "undone", lease),
    ]
    for attempt in attempts:
        with pytest.raises(ManoError, match="rene on host elsewhere") as caught:
            attempt()
        assert caught.value.error_code == "lease_lost"
    assert journal.entries(store, operation) == (row,)
