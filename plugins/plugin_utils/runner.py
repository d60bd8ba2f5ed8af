# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running a task from an action plugin: in this process when that is the same, else as the module.

A module costs a new interpreter and its imports, a second and more of CPU; in the controller's process a task
costs milliseconds. Ansible loads the action plugin in the process that forks the workers, so what is imported at its
top is paid for once a play. Where the task runs elsewhere, as someone else or in the background (delegation, become,
async), the module does it.
"""

# An action plugin's own members are underscored.
# ruff: noqa: SLF001

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import UnsupportedError
from ansible.utils.display import Display

from ansible_collections.nfv.mano.plugins.module_utils import deps
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import Report, Task, attempt, silent

display = Display()


def run_task(action: Any, task: Task, task_vars: Mapping[str, Any], paths: tuple[str, ...] = ()) -> dict[str, Any]:
    """The result of `action`'s task. `paths`: options that name a file of the play, role or working directory."""
    # A copy without the tags and wrappers of Ansible's own string types, as a module would get it.
    args: dict[str, Any] = json.loads(json.dumps(action._task.args, default=str))
    if _is_local(action):
        args |= {key: _found(action, args[key]) for key in paths if args.get(key)}
    validated = ArgumentSpecValidator(task.SPEC, **task.RULES).validate(args)
    if validated.error_messages:
        return _wrong_options(action, validated)
    if _in_process(action, task):
        with _environment(action):
            return attempt(task, validated.validated_parameters, bool(action._task.check_mode), _reporter(action))
    return _as_module(action, args, task_vars)


def _is_local(action: Any) -> bool:
    return bool(action._connection.transport == "local")


def _in_process(action: Any, task: Task) -> bool:
    """Whether this process can stand in for the module's, whose interpreter may have libraries that this one lacks."""
    elsewhere = action._task.async_val or action._connection.become or not _is_local(action)
    return not elsewhere and not deps.missing(task.NEEDS)


def _as_module(action: Any, args: Mapping[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
    wrap_async = action._task.async_val
    result: dict[str, Any] = action._execute_module(
        module_name=action._task.resolved_action or action._task.action,
        module_args=dict(args),
        task_vars=task_vars,
        wrap_async=wrap_async,
    )
    if not wrap_async:
        action._remove_tmp_path(action._connection._shell.tmpdir)
    return result


def _wrong_options(action: Any, validated: Any) -> dict[str, Any]:
    reasons = "; ".join(_reason(error) for error in validated.errors)
    return {
        "failed": True,
        "error_code": "invalid_options",
        "msg": f"Wrong options for {action._task.action}: {reasons}.",
    }


def _reason(error: Exception) -> str:
    told = str(error).rstrip(".")
    return f"there is no option {told}" if isinstance(error, UnsupportedError) else told


def _found(action: Any, path: str) -> str:
    """A relative path as Ansible looks files up: in the role's and play's files/ and beside them, else as it is."""
    expanded = os.path.expandvars(os.path.expanduser(path))  # noqa: PTH111 - what type: path does
    if "://" in expanded or os.path.isabs(expanded):  # noqa: PTH117
        return path
    try:
        return str(action._find_needle("files", expanded))
    except AnsibleError:
        return path


@contextmanager
def _environment(action: Any) -> Iterator[None]:
    """The task's `environment:`, which a module would have got from its shell."""
    wanted: dict[str, Any] = {}
    action._compute_environment_string(wanted)
    kept = dict(os.environ)
    os.environ.update({str(name): str(value) for name, value in wanted.items()})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def _reporter(action: Any) -> Report:
    """Progress goes to the screen (and the log) while the task runs, with the seconds since it began.

    A worker's Display sends it to the parent. Callbacks that print one JSON document keep stdout to themselves.
    """
    if action._task.no_log:
        return silent
    to_stderr = "json" in constants.DEFAULT_STDOUT_CALLBACK
    start = time.monotonic()
    return lambda line: display.display(f"{line} ({time.monotonic() - start:.1f} s)", stderr=to_stderr)
