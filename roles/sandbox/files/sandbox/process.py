# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start, find and end the sandbox's processes.

Each one carries a mark in its environment, which its children inherit. So no pid file can be stale, nothing that was
started can be lost by a kill -9 at the wrong moment, and nothing else on the machine is ever touched.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sandbox.errors import SandboxError
from sandbox.paths import Sandbox

MARK = "MANO_SANDBOX_PROCESS"


def running(sandbox: Sandbox) -> dict[str, list[int]]:
    """Name -> pids of every living process of this sandbox, the one that leads it first."""
    prefix = f"{MARK}={sandbox.state}|".encode()
    found: dict[str, list[tuple[int, int]]] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            environ = (folder / "environ").read_bytes()
            if prefix not in environ:
                continue
            name = environ.split(prefix, 1)[1].split(b"\0", 1)[0].decode()
            found.setdefault(name, []).append((_start(int(folder.name)), int(folder.name)))
        except OSError:  # it ended meanwhile, or is somebody else's
            continue
    return {name: [pid for _rest, pid in sorted(pids)] for name, pids in sorted(found.items())}


def spawn(sandbox: Sandbox, name: str, argv: Sequence[str | Path], env: Mapping[str, str]) -> int:
    """Start a process in a session of its own, its output in log/<name>.log; returns the pid."""
    marked = {**env, MARK: f"{sandbox.state}|{name}"}
    with (sandbox.log / f"{name}.log").open("ab") as log:
        child = subprocess.Popen(
            [str(word) for word in argv], env=marked, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    return child.pid


def alive(pid: int) -> bool:
    """Whether a process that `running` or `spawn` named still runs; reaps it when it is our own child."""
    try:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return False
    except ChildProcessError:
        pass
    return _state(pid) not in (None, "Z")


def stop(sandbox: Sandbox, names: Sequence[str], grace: float = 3.0) -> None:
    """End these: SIGTERM to the leaders, SIGKILL to what is left after the grace."""
    pids = running(sandbox)
    for name in names:
        for pid in pids.get(name, [])[:1]:
            send(pid, signal.SIGCONT)
            send(pid, signal.SIGTERM)
    end = time.monotonic() + grace
    while time.monotonic() < end and any(alive(pid) for name in names for pid in pids.get(name, [])):
        time.sleep(0.05)
    kill(sandbox, names)


def kill(sandbox: Sandbox, names: Sequence[str]) -> None:
    """SIGKILL whatever still carries one of these names."""
    left: list[int] = []
    for _turn in range(100):
        pids = running(sandbox)
        left = [pid for name in names for pid in pids.get(name, []) if alive(pid)]
        if not left:
            return
        for pid in left:
            send(pid, signal.SIGKILL)
        time.sleep(0.05)
    raise SandboxError(f"Processes of {', '.join(names)} do not end: {left}.")


def send(pid: int, number: signal.Signals) -> None:
    """A signal to a process that may be gone."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def wait(
    what: str,
    check: Callable[[], object],
    *,
    timeout: float = 90,
    every: float = 0.1,
    needs: Mapping[str, int] | None = None,
) -> None:
    """Wait until `check` answers truly. `needs`: log file -> pid of processes without which it never will."""
    end = time.monotonic() + timeout
    reason = "it never answered"
    while time.monotonic() < end:
        for log, pid in (needs or {}).items():
            if not alive(pid):
                raise SandboxError(f"{Path(log).stem} ended while waiting for {what}; its last words are in {log}")
        try:
            if check():
                return
        except (OSError, SandboxError, subprocess.SubprocessError) as error:
            reason = str(error)
        time.sleep(every)
    raise SandboxError(f"{what} was not there within {timeout:.0f} s: {reason}")


def run(
    argv: Sequence[str | Path],
    env: Mapping[str, str],
    *,
    log: Path | None = None,
    stdin: str | None = None,
    timeout: float = 600,
) -> str:
    """A command's output; raises SandboxError with the end of it when it fails."""
    words = [str(word) for word in argv]
    done = subprocess.run(
        words, env=dict(env), cwd="/", input=stdin, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=timeout, check=False,
    )  # fmt: skip
    if log:
        with log.open("a") as file:
            file.write(f"$ {' '.join(words)}\n{done.stdout}\n")
    if done.returncode:
        seen = f"; all of it is in {log}" if log else ""
        said = done.stdout.strip()[-1500:]
        raise SandboxError(f"`{' '.join(words[:4])} …` failed with {done.returncode}: {said}{seen}")
    return done.stdout


def _state(pid: int) -> str | None:
    fields = _fields(pid)
    return fields[0] if fields else None


def _start(pid: int) -> int:
    fields = _fields(pid)
    return int(fields[19]) if fields else 0


def _fields(pid: int) -> list[str]:
    """What /proc/<pid>/stat says after the name; empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return []
