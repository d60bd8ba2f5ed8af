# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures that every test may ask for, and the environment of the plays that tests run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from databases import new_mariadb_url, new_postgresql_url, store_url

__all__ = ["new_mariadb_url", "new_postgresql_url", "store_url"]

# The ansible-playbook beside this Python, and this checkout, however pytest was called.
os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
os.environ["ANSIBLE_COLLECTIONS_PATH"] = str(Path(__file__).resolve().parents[1] / ".venv/collections")
