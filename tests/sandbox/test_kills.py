# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A play killed at any point leaves what the same play goes on from; two at once never tear anything."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from cloud import ids as cloud_ids
from cloud import owned
from openstack.connection import Connection
from plays import Stage, passed

POINTS = range(1, 11)


def killed_at(stage: Stage, fraction: float, length: float, options: dict[str, Any], *, whole_group: bool) -> None:
    """Run the task and kill -9 its play after that fraction of the time that it usually takes."""
    process, _rest = stage.start([{"nfv.mano.vnf_instance": options}])
    try:
        process.wait(timeout=length * fraction)
    except subprocess.TimeoutExpired:
        if whole_group:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.communicate()


def timed(stage: Stage, options: dict[str, Any]) -> float:
    """Run the task to its end; returns the seconds it took."""
    start = time.monotonic()
    passed(stage.task("vnf_instance", **options))
    return time.monotonic() - start


def the_same_play_again(stage: Stage, options: dict[str, Any]) -> None:
    """It converges, and then there is nothing left to do."""
    task = {"nfv.mano.vnf_instance": options}
    _done, again, told = map(
        passed, stage.play(task, task, {"nfv.mano.lcm_operation_info": {"vnf_instance": options["name"]}}).results
    )
    assert not again["changed"]
    assert {o["operation_state"] for o in told["operations"]} <= {"COMPLETED", "FAILED", "ROLLED_BACK"}


def test_killed_while_instantiating(stage: Stage, cloud: Connection, firewall: dict[str, Any]) -> None:
    clean = cloud_ids(cloud)
    length = timed(stage, firewall)
    passed(stage.task("vnf_instance", name="fw1", state="absent"))
    for point in POINTS:
        killed_at(stage, point / 11, length, firewall, whole_group=bool(point % 2))
        the_same_play_again(stage, firewall)
        names = sorted(server.name for server in cloud.compute.servers())
        assert names == ["fw1-fw-0", "fw1-mgr-0"], f"point {point}"
        passed(stage.task("vnf_instance", name="fw1", state="absent"))
        assert owned(cloud, clean) == {}, f"point {point}"


def test_killed_while_scaling(stage: Stage, cloud: Connection, firewall: dict[str, Any]) -> None:
    passed(stage.task("vnf_instance", **firewall))
    length = {level: timed(stage, {"name": "fw1", "scale": {"throughput": level}}) for level in (2, 0)}
    for point in POINTS:
        level = 2 if point % 2 else 0
        options = {"name": "fw1", "scale": {"throughput": level}}
        killed_at(stage, point / 11, length[level], options, whole_group=point % 4 < 2)
        the_same_play_again(stage, options)
        firewalls = [server.name for server in cloud.compute.servers() if "-fw-" in server.name]
        assert len(firewalls) == level + 1, f"point {point}"


def test_killed_and_then_not_wanted(stage: Stage, cloud: Connection, firewall: dict[str, Any]) -> None:
    clean = cloud_ids(cloud)
    for fraction in (0.3, 0.6):
        killed_at(stage, fraction, 12, firewall, whole_group=True)
        passed(stage.task("vnf_instance", name="fw1", state="absent"))
        assert owned(cloud, clean) == {}


def test_two_plays_at_once(stage: Stage, cloud: Connection, firewall: dict[str, Any]) -> None:
    started = [stage.start([{"nfv.mano.vnf_instance": firewall}]) for _turn in range(2)]
    for process, _rest in started:
        process.communicate(timeout=300)
    results = [stage_result(path) for _rest, path in started]
    winners = [r for r in results if not r.get("failed")]
    losers = [r for r in results if r.get("failed")]
    assert winners, results
    assert all(r["error_code"] == "instance_locked" and f"pid {os.getpid()}" not in r["msg"] for r in losers), losers
    assert all("holds" in r["msg"] or "held" in r["msg"] for r in losers), losers
    assert sorted(server.name for server in cloud.compute.servers()) == ["fw1-fw-0", "fw1-mgr-0"]
    assert not passed(stage.task("vnf_instance", **firewall))["changed"]


def stage_result(path: Path) -> dict[str, Any]:
    """The one result that a play left."""
    result: dict[str, Any] = json.loads(path.read_text())[0]
    return result


@pytest.mark.parametrize("state", ["not_instantiated", "absent"])
def test_killed_while_terminating(stage: Stage, cloud: Connection, firewall: dict[str, Any], state: str) -> None:
    passed(stage.task("vnf_instance", **firewall))
    killed_at(stage, 0.5, 8, {"name": "fw1", "state": state}, whole_group=True)
    the_same_play_again(stage, {"name": "fw1", "state": state})
    assert [server.name for server in cloud.compute.servers()] == []
