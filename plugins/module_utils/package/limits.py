# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bounds within which a package is read, since packages come from strangers."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes are bytes. The defaults let images of many GiB through and keep what is parsed small."""

    max_total_size: int = 512 * GIB
    max_members: int = 20_000
    max_directory_size: int = 8 * MIB
    """The central directory of a zip, the one part that is read whole."""
    max_ratio: int = 100
    """Unpacked to packed size, of each member and of the whole."""
    ratio_floor: int = 4 * MIB
    """What unpacks to less than this is harmless at any ratio."""
    max_path_depth: int = 32
    max_text_size: int = 16 * MIB
    """A member that is read into memory as text."""
    max_yaml_size: int = 4 * MIB
    max_yaml_depth: int = 100
    max_yaml_nodes: int = 100_000
    """Counted with every alias expanded and every merged key copied; a long scalar counts once per KiB."""


DEFAULT_LIMITS = Limits()
