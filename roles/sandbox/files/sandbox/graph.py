# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run start-up tasks as soon as what they need is done.

Each Python service burns seconds of CPU on imports, so `heavy` tasks share a few slots; the longest chain takes none.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sandbox.errors import SandboxError


@dataclass(frozen=True, slots=True)
class Task:
    """A named step with the names of the steps before it."""

    name: str
    run: Callable[[], None]
    needs: tuple[str, ...] = ()
    heavy: bool = False


@dataclass(slots=True)
class _Progress:
    done: set[str] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)


def run_graph(tasks: Sequence[Task], slots: int, report: Callable[[str, float], None]) -> None:
    """Run all tasks; `report` gets each one's name and seconds. Raises SandboxError with the first failure.

    Steps still running at a failure are abandoned: the next start goes on from wherever they got to.
    """
    unknown = {need for task in tasks for need in task.needs} - {task.name for task in tasks}
    if unknown:
        raise ValueError(f"needed but not there: {sorted(unknown)}")
    progress, free = _Progress(), threading.Semaphore(slots)
    for task in tasks:
        threading.Thread(target=_one, args=(task, progress, free, report), name=task.name, daemon=True).start()
    with progress.changed:
        progress.changed.wait_for(lambda: progress.failed or len(progress.done) == len(tasks))
    if progress.failed:
        raise SandboxError(progress.failed[0])


def _one(task: Task, progress: _Progress, free: threading.Semaphore, report: Callable[[str, float], None]) -> None:
    with progress.changed:
        progress.changed.wait_for(lambda: progress.failed or progress.done.issuperset(task.needs))
        if progress.failed:
            return
    if task.heavy:
        free.acquire()
    start, failure = time.monotonic(), None
    try:
        task.run()
        report(task.name, time.monotonic() - start)
    except SandboxError as error:
        failure = f"{task.name}: {error}"
    except BaseException as error:  # noqa: BLE001 - whatever it is, the other threads must hear of it
        sys.excepthook(type(error), error, error.__traceback__)
        failure = f"{task.name}: {error!r}"
    if task.heavy:
        free.release()
    with progress.changed:
        if failure:
            progress.failed.append(failure)
        else:
            progress.done.add(task.name)
        progress.changed.notify_all()
