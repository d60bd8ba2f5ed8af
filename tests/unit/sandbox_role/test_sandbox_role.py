# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of the sandbox that need no OpenStack: order of tasks, processes, places, rules of faults."""

from __future__ import annotations

import importlib
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

FILES = Path(__file__).parents[3] / "roles/sandbox/files"
sys.path[:0] = [str(FILES), str(FILES / "drivers")]

from sandbox import faults, paths, process  # noqa: E402
from sandbox.errors import SandboxError  # noqa: E402
from sandbox.graph import Task, run_graph  # noqa: E402

SLEEP = "import time; time.sleep(600)"
PARENT = [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEP!r}])"]


def silent(_name: str, _seconds: float) -> None:
    """No report."""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> paths.Sandbox:
    monkeypatch.delenv("MANO_SANDBOX_CACHE", raising=False)
    sandbox = paths.create(tmp_path / "state", namespaces=False)
    sandbox.log.mkdir()
    return sandbox


def test_a_task_runs_after_all_that_it_needs() -> None:
    order: list[str] = []

    def task(name: str, *needs: str) -> Task:
        return Task(name, lambda: order.append(name), needs, heavy=True)

    run_graph([task("last", "left", "right"), task("left", "first"), task("right", "first"), task("first")], 1, silent)
    assert (order[0], order[-1]) == ("first", "last")
    assert set(order) == {"first", "left", "right", "last"}


def test_a_failure_names_the_task_and_starts_nothing_after_it() -> None:
    ran: list[str] = []

    def fail() -> None:
        raise SandboxError("no port is free")

    with pytest.raises(SandboxError, match="second: no port is free"):
        run_graph([Task("first", lambda: ran.append("first")), Task("second", fail, ("first",)),
                   Task("third", lambda: ran.append("third"), ("second",))], 2, silent)  # fmt: skip
    assert ran == ["first"]


def test_a_task_that_needs_an_unknown_one_is_refused() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        run_graph([Task("first", lambda: None, ("nowhere",))], 1, silent)


def test_a_process_is_found_by_its_mark_and_ends_with_its_children(made: paths.Sandbox) -> None:
    leader = process.spawn(made, "sleeper", PARENT, dict(os.environ))
    process.wait("the child", lambda: len(process.running(made).get("sleeper", [])) == 2)
    assert process.running(made)["sleeper"][0] == leader
    process.stop(made, ["sleeper"])
    assert process.running(made) == {}
    assert not process.alive(leader)


def test_a_process_that_ended_is_named_with_its_log(made: paths.Sandbox) -> None:
    pid = process.spawn(made, "mayfly", [sys.executable, "-c", "raise SystemExit('cannot bind')"], dict(os.environ))
    log = f"{made.log}/mayfly.log"
    with pytest.raises(SandboxError, match=f"mayfly ended while waiting for an answer; .* {log}"):
        process.wait("an answer", lambda: False, needs={log: pid})
    assert Path(log).read_text() == "cannot bind\n"


def test_an_unknown_service_is_refused(made: paths.Sandbox) -> None:
    with pytest.raises(SandboxError, match="nowhere does not run"):
        faults.freeze(made, "nowhere")


def test_a_sandbox_keeps_its_numbers_and_its_secret(made: paths.Sandbox) -> None:
    assert paths.load(made.state) == made
    assert (made.state / "sandbox.json").stat().st_mode & 0o077 == 0
    assert len({made.port(name) for name in paths.PORTS}) == len(paths.PORTS)


def test_a_slot_in_use_is_not_taken(tmp_path: Path, made: paths.Sandbox) -> None:
    again = tmp_path / "state"
    (again / "sandbox.json").unlink()
    with socket.create_server(("127.0.0.1", made.port("heat"))):
        assert paths.create(again, namespaces=False).slot != made.slot


def test_sockets_move_when_the_path_is_too_long_for_them(tmp_path: Path) -> None:
    short = paths.create(Path("/tmp") / f"mano-{os.getpid()}", namespaces=False)
    try:
        assert short.run == short.state / "run"
    finally:
        (short.state / "sandbox.json").unlink()
        short.state.rmdir()
    deep = paths.create(tmp_path / ("deep/" * 20), namespaces=False)
    assert len(str(deep.run)) < 60
    assert deep.run != paths.create(tmp_path / ("deep/" * 21), namespaces=False).run


def test_relative_folders_stand_in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANO_SANDBOX", ".sandbox-b")
    assert paths.state_folder(None) == paths.CHECKOUT / ".sandbox-b"
    assert paths.state_folder("/srv/x") == Path("/srv/x")
    monkeypatch.delenv("MANO_SANDBOX")
    assert paths.state_folder(None) == paths.CHECKOUT / ".sandbox"


@pytest.fixture
def strike(made: paths.Sandbox, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str | None]:
    """The compute driver's side of the rules."""
    monkeypatch.setenv("MANO_SANDBOX_FAULTS", str(made.faults))
    monkeypatch.delitem(sys.modules, "sandbox_faults", raising=False)
    driver: ModuleType = importlib.import_module("sandbox_faults")
    found: Callable[[str, str], str | None] = driver.strike
    return found


def test_rules_apply_in_order_and_are_used_up(made: paths.Sandbox, strike: Callable[[str, str], str | None]) -> None:
    assert strike("spawn", "web-1") is None
    faults.add(made, {"operation": "spawn", "match": "web", "count": 2, "error": "one"})
    faults.add(made, {"operation": "spawn", "match": None, "error": "all"})
    assert [strike("spawn", "web-1") for _turn in range(3)] == ["one", "one", "all"]
    assert strike("spawn", "db-1") == "all"
    assert strike("destroy", "web-1") is None
    faults.clear(made)
    assert strike("spawn", "web-1") is None
