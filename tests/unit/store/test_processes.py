# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who holds a lease, and whether it is certain that it is gone."""

from __future__ import annotations

import os
import socket
import subprocess
from dataclasses import replace

import pytest

from ansible_collections.nfv.mano.plugins.module_utils.store.processes import described, is_dead, this_process


def test_this_process_is_told_by_host_number_start_and_boot(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWX_HOST", "CI", "JENKINS_URL"):
        monkeypatch.delenv(name, raising=False)
    me = this_process()
    assert (me.host, me.pid, me.job) == (socket.gethostname(), os.getpid(), None)
    assert me.pid_started.isdigit()
    assert "/pid:[" in me.boot_id
    assert not is_dead(me)


@pytest.mark.parametrize(
    ("variables", "job"),
    [
        ({"AWX_HOST": "https://awx.example", "JOB_ID": "42"}, "AWX job 42"),
        ({"CI": "true", "CI_JOB_ID": "7"}, "CI job 7"),
        ({"JENKINS_URL": "https://ci.example", "BUILD_TAG": "jenkins-x-1"}, "Jenkins job jenkins-x-1"),
    ],
)
def test_the_job_that_runs_the_play_is_named(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], job: str
) -> None:
    for name in ("AWX_HOST", "CI", "JENKINS_URL", "JOB_ID"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert this_process().job == job
    assert job in described(this_process())


def test_a_process_that_ended_is_dead_before_and_after_it_is_waited_for() -> None:
    # Its name holds what ends the name in /proc/<pid>/stat.
    process = subprocess.Popen(["bash", "-c", "exec -a ') Z 1' sleep 600"])
    me = this_process()
    started = open(f"/proc/{process.pid}/stat").read().rpartition(")")[2].split()[19]  # noqa: PTH123, SIM115
    other = replace(me, pid=process.pid, pid_started=started)
    assert not is_dead(other)
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert is_dead(other)
    process.wait()
    assert is_dead(other)


def test_what_cannot_be_seen_is_not_called_dead() -> None:
    gone = replace(this_process(), pid=2**22 + 1)
    assert is_dead(gone)
    assert not is_dead(replace(gone, host="elsewhere"))
    assert not is_dead(replace(gone, boot_id="another"))
    assert not is_dead(replace(gone, boot_id=""))
