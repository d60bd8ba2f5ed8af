# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`nfv.mano.lcm_operation_info`: operation occurrences and the time that each step took."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils import deps
from ansible_collections.nfv.mano.plugins.module_utils.lcm import operations
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import Report
from ansible_collections.nfv.mano.plugins.module_utils.tasks.options import STORE, Spec, context

STATES = ["STARTING", "PROCESSING", "COMPLETED", "FAILED_TEMP", "FAILED", "ROLLING_BACK", "ROLLED_BACK"]

SPEC: Spec = {
    "id": {"type": "str"},
    "vnf_instance": {"type": "str"},
    "operation_state": {"type": "str", "choices": STATES},
    **STORE,
}
RULES: Mapping[str, Any] = {}
NEEDS = deps.STORE


def run(params: Mapping[str, Any], _check: bool, report: Report) -> dict[str, Any]:
    """The operation occurrences that match, oldest first; none is no failure. Raises ManoError."""
    ctx = context(params, report, reading=True)
    found = operations.list_operations(ctx, params["id"], params["vnf_instance"], params["operation_state"])
    return {"changed": False, "operations": found}
