# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that several modules share, as Ansible argument specs (doc fragments `store`, `wait` and `run`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context, open_context
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import Report

Spec = Mapping[str, Mapping[str, Any]]

STORE: Spec = {
    # The URL may carry the database's password.
    "store": {"type": "str", "no_log": True},
    "tenant": {"type": "str"},
}

WAIT: Spec = {"wait_timeout": {"type": "int", "default": 1800}}

RUN: Spec = {
    "on_failure": {"type": "str", "choices": ["rollback", "leave"], "default": "rollback"},
    "expected_plan_digest": {"type": "str"},
}


def context(params: Mapping[str, Any], report: Report, *, reading: bool = False) -> Context:
    """The store and tenant that the options name; `reading`: nothing is made where no store is yet.

    Raises what `open_context` raises.
    """
    return open_context(params["store"], params["tenant"], report, reading=reading)
