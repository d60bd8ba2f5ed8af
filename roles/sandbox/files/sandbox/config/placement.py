# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Placement."""

from __future__ import annotations

from sandbox.config.ini import Sections, authtoken, database
from sandbox.paths import Sandbox


def sections(sandbox: Sandbox) -> Sections:
    """placement.conf."""
    return {
        "api": {"auth_strategy": "keystone"},
        "placement_database": database(sandbox, "placement"),
        "keystone_authtoken": authtoken(sandbox, "placement"),
    }
