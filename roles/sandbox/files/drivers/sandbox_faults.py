# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that make the next operations of the compute hosts fail or take long; written by `mano-sandbox fault`."""

from __future__ import annotations

import fcntl
import json
import os
import time
from pathlib import Path

RULES = Path(os.environ["MANO_SANDBOX_FAULTS"])


def strike(operation: str, name: str) -> str | None:
    """Apply the first rule that fits: sleep its delay, use up one of its count; the text of its error."""
    if not RULES.exists():
        return None
    with RULES.with_suffix(".lock").open("w") as lock:  # there are several compute hosts
        fcntl.flock(lock, fcntl.LOCK_EX)
        rule = _take(operation, name)
    time.sleep(rule.get("delay", 0))
    return rule.get("error")


def _take(operation: str, name: str) -> dict:
    try:
        rules = json.loads(RULES.read_text())
    except FileNotFoundError:
        return {}
    for rule in rules:
        if rule["operation"] == operation and rule.get("match", "") in name:
            break
    else:
        return {}
    if "count" in rule:
        rule["count"] -= 1
        part = RULES.with_suffix(".part")
        part.write_text(json.dumps([other for other in rules if other.get("count", 1) > 0]))
        part.rename(RULES)
    return rule
