# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on demand. The compute driver (drivers/sandbox_faults.py) reads the rules at each of its operations."""

from __future__ import annotations

import json
import signal
from typing import Any

from sandbox import process
from sandbox.errors import SandboxError
from sandbox.paths import Sandbox

OPERATIONS = ("spawn", "place", "destroy", "power_off", "power_on")


def add(sandbox: Sandbox, rule: dict[str, Any]) -> None:
    """Add a rule: {operation, match?, count?, error?, delay?}; the first one that fits a call applies to it."""
    rules = json.loads(sandbox.faults.read_text()) if sandbox.faults.exists() else []
    part = sandbox.faults.with_suffix(".part")
    part.write_text(json.dumps([*rules, {key: value for key, value in rule.items() if value is not None}]))
    part.rename(sandbox.faults)


def clear(sandbox: Sandbox) -> None:
    """Forget all rules."""
    sandbox.faults.unlink(missing_ok=True)


def freeze(sandbox: Sandbox, name: str) -> None:
    """Stop a service in its tracks: its port takes connections and never answers."""
    _signal(sandbox, name, signal.SIGSTOP)


def thaw(sandbox: Sandbox, name: str) -> None:
    """Let a frozen service go on."""
    _signal(sandbox, name, signal.SIGCONT)


def thaw_all(sandbox: Sandbox) -> None:
    """Let everything go on."""
    for pids in process.running(sandbox).values():
        for pid in pids:
            process.send(pid, signal.SIGCONT)


def stop(sandbox: Sandbox, name: str) -> None:
    """End a service; `up` or `start` brings it back."""
    _signal(sandbox, name, signal.SIGCONT)
    process.stop(sandbox, [name])


def _signal(sandbox: Sandbox, name: str, number: signal.Signals) -> None:
    pids = process.running(sandbox).get(name)
    if not pids:
        raise SandboxError(f"{name} does not run; `status` names what does.")
    for pid in pids:
        process.send(pid, number)
