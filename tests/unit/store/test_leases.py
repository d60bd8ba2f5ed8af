# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One process at a time on an instance, and none that only thinks it is the one."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

import pytest
import sqlalchemy as sa

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.store import engine, instances, leases, operations, packages

KEY = "vnf/default/fw-1"
FORK = get_context("fork")


def test_a_lease_is_taken_given_back_and_taken_again_behind_a_higher_fence(store: engine.Store) -> None:
    me = leases.this_process()
    assert leases.read(store, KEY) is None
    first = leases.acquire(store, KEY, me)
    holder, expires = leases.read(store, KEY) or (None, "")
    assert (holder, first.fence) == (me, 1)
    assert expires > engine.now()
    leases.release(store, first)
    assert leases.read(store, KEY) is None
    assert leases.acquire(store, KEY, me).fence == 2
    assert leases.acquire(store, "vnf/default/fw-2", me).fence == 1


def test_the_loser_is_told_who_holds_it_where_since_when_and_for_what(store: engine.Store, rows: Any) -> None:
    lease = leases.acquire(store, KEY, rows.holder())
    operation = rows.operation(rows.instance(rows.package()))
    operations.insert(store, operation, lease)
    with pytest.raises(ManoError) as caught:
        leases.acquire(store, KEY, leases.this_process())
    error = caught.value
    assert (error.error_code, error.resource, error.operation_id) == ("instance_locked", "fw-1", operation.id)
    for told in (
        "'fw-1'",
        "user rene",
        "host elsewhere",
        "process 4711",
        "AWX job 42",
        "2026-11-21T07:34:00Z",
        "SCALE",
    ):
        assert told in error.message
    with pytest.raises(ManoError, match="held by user rene"):
        leases.check_free(store, KEY)
    leases.release(store, lease)
    leases.check_free(store, KEY)


def test_of_many_who_want_it_at_once_one_gets_it(
    store: engine.Store, shared_url: str, race: Callable[..., Any]
) -> None:
    engine.close(store)

    def take(_number: int) -> tuple[int, int]:
        mine = leases.acquire(engine.open_store(shared_url), KEY, leases.this_process())
        # Not dead before the others have asked.
        time.sleep(1)
        return mine.fence, os.getpid()

    for fence in (1, 2):
        outcomes = race(4, take)
        winners = [outcome for outcome in outcomes if outcome[0] == fence]
        assert len(winners) == 1
        losers = [outcome for outcome in outcomes if outcome[0] == "instance_locked"]
        assert len(losers) == 3
        assert all(f"process {winners[0][1]}" in message for _rest, message in losers)


def _holding(shared_url: str, keep: Any) -> None:
    leases.acquire(engine.open_store(shared_url), KEY, leases.this_process(), ttl_s=3600)
    keep.send("held")
    time.sleep(600)


@pytest.fixture
def held_by_another(store: engine.Store, shared_url: str) -> Iterator[Any]:
    engine.close(store)
    here, there = FORK.Pipe()
    process = FORK.Process(target=_holding, args=(shared_url, there))
    process.start()
    assert here.recv() == "held"
    yield process
    process.kill()
    process.join()


def test_the_lease_of_a_living_process_is_safe_and_that_of_a_killed_one_free_at_once(
    store: engine.Store, held_by_another: Any
) -> None:
    with pytest.raises(ManoError, match=f"process {held_by_another.pid}"):
        leases.acquire(store, KEY, leases.this_process())
    os.kill(held_by_another.pid, signal.SIGKILL)
    os.waitid(os.P_PID, held_by_another.pid, os.WEXITED | os.WNOWAIT)  # a zombie: its parent has not asked for it yet
    leases.check_free(store, KEY)
    assert leases.acquire(store, KEY, leases.this_process()).fence == 2


def test_a_process_number_used_again_does_not_keep_the_lease(store: engine.Store) -> None:
    me = leases.this_process()
    leases.acquire(store, KEY, replace(me, pid_started="1"))
    assert leases.acquire(store, KEY, me).fence == 2


@pytest.mark.parametrize("change", [{"host": "elsewhere"}, {"boot_id": "another boot"}, {"boot_id": ""}])
def test_a_holder_that_cannot_be_seen_from_here_keeps_its_lease_until_it_runs_out(
    store: engine.Store, change: dict[str, Any]
) -> None:
    gone = replace(leases.this_process(), pid=2**22 + 1, **change)  # above the kernel's highest number
    lease = leases.acquire(store, KEY, gone)
    with pytest.raises(ManoError, match="instance 'fw-1' is held"):
        leases.acquire(store, KEY, leases.this_process())
    leases.renew(store, lease, ttl_s=-1)
    assert leases.acquire(store, KEY, leases.this_process()).fence == 2


def test_renewing_holds_on_and_ends_when_it_is_lost(store: engine.Store, rows: Any) -> None:
    lease = leases.acquire(store, KEY, rows.holder(), ttl_s=-1)
    leases.renew(store, lease)
    with pytest.raises(ManoError) as caught:
        leases.acquire(store, KEY, leases.this_process())
    assert caught.value.error_code == "instance_locked"
    leases.renew(store, lease, ttl_s=-1)
    taken = leases.acquire(store, KEY, leases.this_process())
    with pytest.raises(ManoError, match="taken over by user") as caught:
        leases.renew(store, lease)
    assert caught.value.error_code == "lease_lost"
    leases.release(store, lease)  # says nothing, and changes nothing
    assert leases.read(store, KEY) is not None
    leases.release(store, taken)
    with pytest.raises(ManoError) as caught:
        leases.renew(store, taken)
    assert caught.value.error_code == "lease_lost"


def test_a_stale_holder_writes_nothing(store: engine.Store, rows: Any) -> None:
    package = rows.package()
    instance = rows.instance(package)
    operation = rows.operation(instance)
    packages.add(store, package)
    instances.insert(store, instance)
    stale = leases.acquire(store, KEY, rows.holder(), ttl_s=-1)
    operations.insert(store, operation, stale)
    current = leases.acquire(store, KEY, leases.this_process())
    attempts: list[Callable[[], Any]] = [
        lambda: instances.update(store, replace(instance, stack_id="late"), stale),
        lambda: instances.remove(store, instance.id, stale),
        lambda: operations.update(store, replace(operation, state="COMPLETED"), stale),
        lambda: operations.insert(store, rows.operation(instance), stale),
    ]
    for attempt in attempts:
        with pytest.raises(ManoError) as caught:
            attempt()
        assert caught.value.error_code == "lease_lost"

    def group_of_writes() -> None:
        with engine.transaction(store) as connection:
            connection.execute(sa.text("UPDATE mano_instances SET stack_id = 'torn'"))
            operations.update(store, replace(operation, state="COMPLETED"), stale, conn=connection)

    with pytest.raises(ManoError, match="taken over by user"):
        group_of_writes()
    assert instances.get(store, "default", name="fw-1") == instance
    assert operations.listing(store, "default") == (operation,)
    instances.update(store, replace(instance, stack_id="s1"), current)
    assert instances.get(store, "default", name="fw-1") == replace(instance, stack_id="s1")


def test_nobody_takes_a_lease_between_its_check_and_the_write_that_was_checked(
    store: engine.Store, shared_url: str, rows: Any
) -> None:
    first = leases.acquire(store, KEY, rows.holder(), ttl_s=-1)
    order: list[str] = []

    def take() -> None:
        leases.acquire(engine.open_store(shared_url), KEY, leases.this_process())
        order.append("taken")

    taker = threading.Thread(target=take)
    with engine.transaction(store) as connection:
        leases.check(connection, first)
        taker.start()
        taker.join(0.5)
        order.append("written")
    taker.join()
    assert order == ["written", "taken"]


def test_time_is_the_databases_own_whatever_the_zone_of_the_session(store: engine.Store) -> None:
    zones = {"postgresql": "SET TIME ZONE 'Asia/Kolkata'", "mysql": "SET time_zone = '+05:30'"}
    with engine.reading(store) as connection:
        if connection.dialect.name in zones:
            connection.exec_driver_sql(zones[connection.dialect.name])
        clock = connection.execute(sa.select(leases._clock(connection))).scalar_one()
    assert isinstance(clock, float)
    assert clock == pytest.approx(time.time(), abs=30)
