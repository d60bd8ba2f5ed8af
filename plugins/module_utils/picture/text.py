# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text of strangers on a picture: made harmless for XML, measured without a font, cut to what fits.

The pictures use a monospace font, so a character's width is known: most take 0.6 em, those of East Asia twice that.
"""

from __future__ import annotations

import unicodedata

EM = 0.62
"""Width of a character in em, with some room for fonts that are wider than most."""

LONGEST = 400
"""Characters of a text that are looked at; what a package says may be megabytes."""

REPLACEMENT = "�"
_KEPT_OUT = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # no XML, no glyph, or the direction of what follows turned


def clean(text: object) -> str:
    """One line of printable characters; what has no place in one is shown as U+FFFD, whole runs of space as one."""
    told = str(text)[:LONGEST]
    spaced = "".join(" " if char.isspace() else char for char in told)
    shown = "".join(REPLACEMENT if unicodedata.category(char) in _KEPT_OUT else char for char in spaced)
    return unicodedata.normalize("NFC", shown)


def escape(text: object) -> str:
    """The cleaned text for XML content and attributes."""
    told = clean(text)
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        told = told.replace(char, entity)
    return told


def width(text: str, size: float) -> float:
    """How wide the text is, in pixels, at a font size in pixels."""
    return sum(map(_cells, clean(text))) * EM * size


def fit(text: str, most: float, size: float) -> str:
    """The cleaned text, cut with an ellipsis where it is wider than `most` pixels."""
    told = clean(text)
    if width(told, size) <= most:
        return told
    kept, used = "", EM * size
    for char in told:
        used += _cells(char) * EM * size
        if used > most:
            break
        kept += char
    return kept.rstrip() + "…"


def _cells(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
