# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a reader of descriptors says what it found: findings with file, line and column."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeAlias

from ansible_collections.nfv.mano.plugins.module_utils.sol.finding import Finding

Path: TypeAlias = "tuple[str | int, ...]"

TEMPLATES = "SOL001 annex A"
"""Where SOL001 shows how a descriptor's service templates hang together."""

_MOST = 500
"""A descriptor of a thousand errors is not better told than one of five hundred."""


class Positions(Protocol):
    """What the YAML reader knows of a file."""

    def at(self, path: Sequence[str | int]) -> tuple[int, int]:
        """Line and column, from 1, of what `path` leads to, or of the nearest thing above it."""


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file of the package. `value` is plain data from a stranger: any shape, parts may be shared."""

    file: str
    value: Any
    positions: Positions


class Place(NamedTuple):
    """A place in a document, looked up only when something is said of it."""

    document: Document | None
    path: Path = ()

    def __truediv__(self, step: object) -> Place:
        return Place(self.document, (*self.path, step if isinstance(step, int) else str(step)))

    @property
    def file(self) -> str:
        """The file's name in the package."""
        return self.document.file if self.document else ""


@dataclass(slots=True)
class Report:
    """The findings of one reading."""

    findings: list[Finding] = field(default_factory=list)
    errors: int = 0
    _seen: set[Finding] = field(default_factory=set)

    def add(
        self, severity: str, rule: str, message: str, place: Place, clause: str = "", fix: str | None = None
    ) -> None:
        """Note a finding once; `rule` without the prefix SOL001-."""
        line, column = place.document.positions.at(place.path) if place.document else (0, 0)
        self.take(Finding(f"SOL001-{rule}", severity, message, place.file, line, column, clause, fix))

    def take(self, finding: Finding) -> None:
        """Note a finding that is made already."""
        first_error = finding.severity == "error" and not self.errors
        self.errors += finding.severity == "error"
        if finding not in self._seen and (len(self.findings) < _MOST or first_error):
            self._seen.add(finding)
            self.findings.append(finding)

    def error(self, rule: str, message: str, place: Place, clause: str = "", fix: str | None = None) -> None:
        """What makes the package unusable."""
        self.add("error", rule, message, place, clause, fix)

    def warning(self, rule: str, message: str, place: Place, clause: str = "", fix: str | None = None) -> None:
        """What is wrong and does not hinder the life cycle."""
        self.add("warning", rule, message, place, clause, fix)

    def info(self, rule: str, message: str, place: Place, clause: str = "", fix: str | None = None) -> None:
        """What a reader may want to know."""
        self.add("info", rule, message, place, clause, fix)

    @property
    def failed(self) -> bool:
        """Whether there is an error among the findings."""
        return self.errors > 0


def clause_of(type_name: str) -> str:
    """What to look up. SOL001 gives each of its types a clause, whose number is another in each release."""
    return f"SOL001 {type_name}" if type_name.startswith("tosca.") else ""


def shown(value: object) -> str:
    """A stranger's value for a message: one line, printable, short."""
    text = value if isinstance(value, str) else repr(value)
    text = text if len(text) <= 200 else f"{text[:197]}..."
    return text if text.isprintable() else text.encode("unicode_escape", "backslashreplace").decode("ascii")[:200]


def listed(names: Collection[Any]) -> str:
    """Names for a message, at most ten."""
    known = sorted(shown(name) for name in names)
    return ", ".join(known[:10]) + (" …" if len(known) > 10 else "") if known else "none"
