# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures that every test may ask for."""

from __future__ import annotations

from databases import new_mariadb_url, new_postgresql_url, store_url

__all__ = ["new_mariadb_url", "new_postgresql_url", "store_url"]
