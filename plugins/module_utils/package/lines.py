# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines of TOSCA.meta and of a manifest, and what both say about a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.archive import Package
from ansible_collections.nfv.mano.plugins.module_utils.package.names import shown

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with something on it. `key` is in lower case and empty when the line is no `key: value`."""

    number: int
    indented: bool
    key: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """What a list says about one file: `source` as written, `algorithm` and `hash` empty when not given."""

    source: str
    file: str
    line: int
    algorithm: str = ""
    hash: str = ""
    signature: str = ""
    certificate: str = ""
    content_type: str = ""


def read_listing(package: Package, name: str) -> str:
    """The text of TOSCA.meta or of a manifest. Raises ManoError listing_too_long, and as `read_text` does."""
    text = package.read_text(name).replace("\r\n", "\n").replace("\r", "\n")
    most = 8 * package.limits.max_members
    if text.count("\n") > most:
        raise ManoError(
            "listing_too_long",
            f"File '{shown(name)}' of package {package.source} has more than {most} lines.",
        )
    return text


def lines(text: str) -> Iterator[Line]:
    """Every line but comments; blank lines too, since they part records."""
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if stripped.startswith("#"):
            continue
        key, colon, value = stripped.removeprefix("- ").partition(":")
        found = (key.strip().lower(), value.strip()) if colon else ("", "")
        yield Line(number, raw[:1].isspace(), *found, stripped)


def is_uri(source: str) -> bool:
    """Whether a source lies outside the package by its form: a URI with a scheme."""
    return _URI.match(source) is not None


def local_name(source: str) -> str | None:
    """The member that a source names; None for one that no member can have (absolute, upwards, empty)."""
    path = PurePosixPath(source)
    if not source or "\\" in source or path.is_absolute() or ".." in path.parts:
        return None
    return str(path)
