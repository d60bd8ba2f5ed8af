# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who holds a lease: a process, told so that a human finds it, and its neighbours see when it is dead."""

from __future__ import annotations

import getpass
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.nfv.mano.plugins.module_utils.store.engine import now

JOB_VARIABLES = (
    ("AWX_HOST", "JOB_ID", "AWX job"),
    ("CI", "CI_JOB_ID", "CI job"),
    ("JENKINS_URL", "BUILD_TAG", "Jenkins job"),
)
"""(variable that says where we run, variable with the job's id, what to call it)."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A process and its parent, without which a play's worker ends as well (lcm/holding.py).

    `boot_id` names the boot and the PID namespace in which `pid` means it; "" where there is no /proc.
    """

    host: str
    pid: int
    pid_started: str
    boot_id: str
    job: str | None
    user: str
    since: str
    parent: int = 0
    parent_started: str = ""


@dataclass(frozen=True, slots=True)
class Parent:
    """A process by its id and the time of its start."""

    pid: int
    started: str


def this_process() -> Holder:
    """The process that asks, as a holder from now on."""
    return Holder(
        host=socket.gethostname(),
        pid=os.getpid(),
        pid_started=_started(os.getpid()) or "",
        boot_id=_boot_id(),
        job=_job(),
        user=_user(),
        since=now(),
        parent=parent().pid,
        parent_started=parent().started,
    )


def parent() -> Parent:
    """The process that this one works for: who imported this file before it forked, else who started it.

    Not getppid() alone: where a play was killed while its worker was about to begin, that is init by now.
    """
    return _IMPORTER if os.getpid() != _IMPORTER.pid else Parent(os.getppid(), _started(os.getppid()) or "")


def is_dead(holder: Holder) -> bool:
    """Whether it is certain that the holder, or its parent, is gone: on this very boot of this machine it runs no more.

    Never certain for another host, another container or a machine booted since: their leases run out.
    """
    if not holder.boot_id or (holder.host, holder.boot_id) != (socket.gethostname(), _boot_id()):
        return False
    return is_gone(holder.pid, holder.pid_started) or (
        holder.parent > 0 and is_gone(holder.parent, holder.parent_started)
    )


def is_gone(pid: int, pid_started: str) -> bool:
    """Whether the process that had the id `pid` and was started then runs no more on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass  # there, and another user's
    started = _started(pid)
    return started is not None and started != pid_started


def described(holder: Holder) -> str:
    """E.g. `user rene on host ansible-1 (process 4711, AWX job 42) since 2026-11-21T07:34:00Z`."""
    job = f", {holder.job}" if holder.job else ""
    return f"user {holder.user} on host {holder.host} (process {holder.pid}{job}) since {holder.since}"


def _started(pid: int) -> str | None:
    """When a process started, in the kernel's ticks since boot; "" for a zombie, None when that cannot be seen."""
    try:
        # The command's name, in parentheses, may hold anything.
        state, *rest = (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        )
    except (OSError, ValueError):
        return None
    return "" if state in "ZX" else rest[18]


def _boot_id() -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _job() -> str | None:
    for where, variable, name in JOB_VARIABLES:
        if where in os.environ and os.environ.get(variable):
            return f"{name} {os.environ[variable]}"
    return None


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return str(os.getuid())


_IMPORTER = Parent(os.getpid(), _started(os.getpid()) or "")
