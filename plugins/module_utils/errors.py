# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one family of exceptions that a play may see.

Everything below the edge raises `ManoError`; modules and action plugins turn it into a failed result.
"""

from __future__ import annotations

from typing import Any


class ManoError(Exception):
    """A failure told in one sentence, with the fields that a play can branch on.

    `error_code` is stable and snake_case (the list stands in docs/errors.md). `message` names the thing, the cause and
    the way on. The other fields are left out of the result when None.
    """

    def __init__(
        self,
        error_code: str,
        message: str,
        *,
        resource: str | None = None,
        step: str | None = None,
        operation_id: str | None = None,
        vim_message: str | None = None,
        findings: tuple[dict[str, Any], ...] = (),
    ) -> None:
        super().__init__(message)
        self.error_code = error_code
        self.message = message
        self.resource = resource
        self.step = step
        self.operation_id = operation_id
        self.vim_message = vim_message
        self.findings = findings

    def result(self) -> dict[str, Any]:
        """The fields for `fail_json`: `msg`, `error_code` and whatever else is known."""
        fields: dict[str, Any] = {
            "resource": self.resource,
            "step": self.step,
            "operation_id": self.operation_id,
            "vim_message": self.vim_message,
            "findings": list(self.findings) or None,
        }
        return {"msg": self.message, "error_code": self.error_code} | {k: v for k, v in fields.items() if v is not None}
