# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one exception of the sandbox: a sentence for the person at the terminal."""

from __future__ import annotations


class SandboxError(Exception):
    """What failed, why, and where to look."""
