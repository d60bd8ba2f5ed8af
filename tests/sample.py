# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample package of docs/, as the tests use it."""

from __future__ import annotations

from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "docs/samples/firewall"
SAMPLE_VNFD = "9f0c4e5a-6c53-4b8c-9b57-2a3a6a1f7d10"
