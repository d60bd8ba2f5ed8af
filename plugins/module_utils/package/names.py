# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The names of a package's members: one spelling each, and none that could lead out of the package."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError

_DRIVE = re.compile(r"[A-Za-z]:")
_MAX_NAME = 1024


def shown(name: str) -> str:
    """A stranger's name for a message: short, on one line, no control characters."""
    text = name.encode("unicode_escape", "backslashreplace").decode("ascii") if not name.isprintable() else name
    return text if len(text) <= 200 else text[:197] + "..."


def member_name(raw: str, package: str, max_depth: int) -> str:
    """The normal form of a member's name: parts joined by `/`, without `.` and empty parts.

    Raises ManoError zip_slip (the name leads outside), bad_member_name (no file should have it), nested_too_deep.
    """
    if "\\" in raw or raw.startswith("/") or _DRIVE.match(raw):
        raise ManoError(
            "zip_slip",
            f"Package {package} holds the member '{shown(raw)}', whose name is not a relative path with forward "
            "slashes. Pack it again with plain relative names.",
        )
    if not raw.isprintable() or len(raw) > _MAX_NAME:
        raise ManoError(
            "bad_member_name",
            f"Package {package} holds the member '{shown(raw)}', whose name is too long or has characters "
            "that do not print. Rename the file.",
        )
    parts = [part for part in raw.split("/") if part not in {"", "."}]
    if ".." in parts:
        raise ManoError(
            "zip_slip",
            f"Package {package} holds the member '{shown(raw)}', whose name leads out of its folder. "
            "Pack it again without '..'.",
        )
    if len(parts) > max_depth:
        raise ManoError(
            "nested_too_deep",
            f"Package {package} holds a member {len(parts)} folders deep ('{shown(raw)}'); {max_depth} are allowed.",
        )
    return "/".join(parts)


def check_distinct(files: Iterable[str], folders: Iterable[str], package: str) -> None:
    """Raise ManoError duplicate_member when two members would meet in one file on any file system."""
    seen: dict[str, str] = {}
    for name in files:
        key = _folded(name)
        if key in seen:
            other = seen[key]
            how = "twice" if other == name else f"and '{shown(other)}', which some file systems cannot tell apart"
            raise ManoError(
                "duplicate_member", f"Package {package} holds the member '{shown(name)}' {how}. Keep one of the two."
            )
        seen[key] = name
    for folder in folders:
        if _folded(folder) in seen:
            raise ManoError(
                "duplicate_member",
                f"Package {package} holds '{shown(folder)}' both as a file and as a folder. Keep one of the two.",
            )


def parents(name: str) -> Iterable[str]:
    """The folders that a member lies in, the innermost first."""
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
