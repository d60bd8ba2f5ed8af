# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes carried out: each waits until it has taken effect, and may be made twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.session import Cloud
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import (
    ArtifactReader,
    Assets,
    InstanceRef,
    Report,
    Write,
)

PATIENCE = 60.0
"""Seconds for which a VIM may be away in the middle of a wait before the operation fails."""


@dataclass(frozen=True, slots=True)
class Job:
    """One write with all that it needs."""

    cloud: Cloud
    write: Write
    ref: InstanceRef
    topology: Topology | None
    assets: Assets
    artifacts: ArtifactReader
    report: Report
    deadline: float  # time.monotonic()


def patiently(job: Job, ask: Callable[[], Any]) -> Any:
    """Call `ask`, again and again while the VIM does not answer; after PATIENCE the last vim_unreachable is raised."""
    since = time.monotonic()
    while True:
        try:
            return ask()
        except ManoError as error:
            if error.error_code != "vim_unreachable" or time.monotonic() - since > PATIENCE:
                raise
            check_time(job, "the VIM to answer again")
            job.report(f"{job.ref.name}: the VIM does not answer; trying again")
            time.sleep(2.0)


def check_time(job: Job, what: str) -> None:
    """Raise operation_timeout once the deadline is past."""
    if time.monotonic() >= job.deadline:
        raise ManoError(
            "operation_timeout",
            f"{job.ref.name}: time ran out while waiting for {what}; what was begun goes on at the VIM, and "
            "the same task, run again, goes on with it. Raise wait_timeout when that is normal here.",
            resource=job.ref.name,
        )


def pause(job: Job, began: float, shortest: float = 0.25) -> None:
    """Sleep between two looks: a twentieth of the time that has passed, so that the wait is never much longer than the
    work.
    """
    now = time.monotonic()
    time.sleep(max(0.0, min(max(shortest, (now - began) / 20), 2.0, job.deadline - now)))


def wait_for(job: Job, what: str, ask: Callable[[], Any]) -> Any:
    """Ask until the answer is true-ish, and give it; raises operation_timeout, vim_unreachable."""
    began = time.monotonic()
    while True:
        answer = patiently(job, ask)
        if answer:
            return answer
        check_time(job, what)
        pause(job, began)


Performer = Callable[[Job], Mapping[str, Any]]
