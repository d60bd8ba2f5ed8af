# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What runs, and how much memory it takes."""

from __future__ import annotations

from pathlib import Path

from sandbox import process
from sandbox.paths import Sandbox
from sandbox.services import names


def lines(sandbox: Sandbox) -> tuple[bool, list[str]]:
    """Whether all is well, and a line a service with its memory in MiB (a shared page counts in parts)."""
    have = process.running(sandbox)
    healthy = sandbox.env_file.exists()
    out, total = [], 0
    for name in sorted({*names(), *have}):
        pids = have.get(name, [])
        size = sum(map(_memory, pids))
        total += size
        state = f"pid {pids[0]:7d}  processes {len(pids):2d}  {size // 1024:5d} MiB" if pids else "does not run"
        frozen = bool(pids) and _frozen(pids[0])
        healthy = healthy and bool(pids) and not frozen
        out.append(f"{name:24s} {state}{'  frozen' if frozen else ''}")
    word = "healthy" if healthy else "not healthy"
    out.append(f"{'total':24s} {total // 1024} MiB; {sandbox.url('keystone')}/v3; {word}; state {sandbox.state}")
    return healthy, out


def _memory(pid: int) -> int:
    """Proportional set size in KiB."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def _frozen(pid: int) -> bool:
    try:
        return "State:\tT" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
