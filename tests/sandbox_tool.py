# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox's own command line, for tests that break the VIM on purpose."""

from __future__ import annotations

import subprocess
from pathlib import Path

TOOL = Path(__file__).parents[1] / "roles/sandbox/files/mano-sandbox"


def sandbox(*arguments: str) -> str:
    """Run it and return what it printed; it must succeed."""
    done = subprocess.run([TOOL, *arguments], check=False, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
