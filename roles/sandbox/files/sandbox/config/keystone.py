# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keystone: fernet tokens, cheap password hashes, a cache in the process."""

from __future__ import annotations

from sandbox.config.ini import Sections, database
from sandbox.paths import Sandbox


def sections(sandbox: Sandbox) -> Sections:
    """keystone.conf."""
    fernet = {"key_repository": sandbox.etc / "keystone/fernet"}
    return {
        "cache": {"enabled": "true", "backend": "oslo_cache.dict"},
        "token": {"provider": "fernet", "expiration": 86400},
        "fernet_tokens": fernet,
        "fernet_receipts": fernet,
        "credential": {"key_repository": sandbox.etc / "keystone/credential"},
        "identity": {"password_hash_rounds": 4},
        "database": database(sandbox, "keystone"),
    }
