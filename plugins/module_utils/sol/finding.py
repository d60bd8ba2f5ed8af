# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A finding: one thing that a reader of packages says about one place in one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` is a stable id such as SOL001-unknown-type; `severity` error | warning | info; line and column from 1."""

    rule: str
    severity: str
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    clause: str = ""
    fix: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The keys of a `findings` entry in a module's result."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "clause": self.clause,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "fix": self.fix,
        }
