# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Progress of a stack, told in the descriptor's names: a line for each server begun or done, and for each failure."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import names
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.job import Job
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.observe import stack_resources

EVERY = 2.0
"""Seconds between two lists: more would slow down the stack that is waited for."""

_WORDS = {"vnfc": "server", "link_port": "port", "virtual_storage": "volume", "virtual_link": "network"}
_STATES = {
    "CREATE_IN_PROGRESS": "is building",
    "CREATE_COMPLETE": "ACTIVE",
    "UPDATE_IN_PROGRESS": "is changing",
    "UPDATE_COMPLETE": "changed",
    "DELETE_IN_PROGRESS": "is being deleted",
    "DELETE_COMPLETE": "deleted",
    "CREATE_FAILED": "failed",
    "UPDATE_FAILED": "failed",
    "DELETE_FAILED": "could not be deleted",
}


class Progress:
    """What has been told so far of one stack; `known`: Heat's resources before the change."""

    def __init__(self, job: Job, stack: Mapping[str, Any], known: Iterable[Mapping[str, Any]]) -> None:
        self._job = job
        self._stack = stack
        self._told = {key: text for key, (text, _line) in _told(known).items()}
        self._next = time.monotonic() + EVERY

    def tell_at_times(self) -> None:
        """Tell what is new, unless it was looked at a moment ago. A list that can't be had is no reason to fail."""
        if time.monotonic() < self._next:
            return
        try:
            now = _told(stack_resources(self._job.cloud, self._stack))
        except ManoError:
            return
        for key, (text, line) in sorted(now.items()):
            before = self._told.get(key) or self._told.get(f"{key.partition('/')[0]}/")  # from before it had an id
            self._told[key] = text
            if before != text:
                self._job.report(line)
        self._next = time.monotonic() + EVERY


def _told(records: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """Resource -> (its state, the line that tells of it)."""
    found = {}
    for record in records:
        kind = names.KIND_OF_TYPE.get(record["resource_type"])
        state = _STATES.get(record["resource_status"])
        if kind is not None and state is not None and (kind == "vnfc" or record["resource_status"].endswith("FAILED")):
            line = f"{names.id_of(kind, record['resource_name'])}: {_WORDS[kind]} {state}"
            found[f"{record['resource_name']}/{record['physical_resource_id'] or ''}"] = (state, line)
    return found
