# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a task ends: what a module's main() and its action plugin both do around `run`.

A task is a file of this folder: its argument spec, the libraries that it needs, and `run`, which knows no Ansible.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from ansible_collections.nfv.mano.plugins.module_utils import deps
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError

Report = Callable[[str], None]
"""Takes one line of progress."""


class Task(Protocol):
    """A file of this folder. `RULES`: required_if, required_one_of, … as AnsibleModule takes them."""

    SPEC: Mapping[str, Mapping[str, Any]]
    RULES: Mapping[str, Any]
    NEEDS: tuple[str, ...]

    def run(self, params: Mapping[str, Any], check: bool, report: Report) -> dict[str, Any]:
        """Do it and return the result; raises ManoError."""


def silent(_line: str) -> None:
    """The report of a module: its output is one result at the end."""


def attempt(task: Task, params: Mapping[str, Any], check: bool, report: Report = silent) -> dict[str, Any]:
    """The result of the task; a failure is a result with `failed`, `msg` and `error_code`. Raises no Exception."""
    try:
        deps.require(task.NEEDS)
        return task.run(params, check, report)
    except ManoError as error:
        return {"failed": True} | error.result()
    except Exception as error:  # noqa: BLE001 - a bug must not reach the user as a bare traceback
        told = traceback.format_exception_only(error)[-1].strip()
        return {
            "failed": True,
            "error_code": "internal_error",
            "msg": f"nfv.mano failed in a way that it should not: {told}. Please report it with the output of -vvv; "
            "the operation's journal is kept, and the same task can be run again.",
            "exception": traceback.format_exc(),
        }
