# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`nfv.mano.lcm_operation`: retry, roll back or give up an operation that failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils import deps
from ansible_collections.nfv.mano.plugins.module_utils.lcm.operation_tasks import act
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import Report
from ansible_collections.nfv.mano.plugins.module_utils.tasks.options import STORE, WAIT, Spec, context
from ansible_collections.nfv.mano.plugins.module_utils.tasks.outcomes import outcome_result

SPEC: Spec = {
    "id": {"type": "str", "required": True},
    "action": {"type": "str", "choices": ["retry", "rollback", "fail"], "required": True},
    **WAIT,
    **STORE,
}
RULES: Mapping[str, Any] = {}
NEEDS = deps.STORE + deps.OPENSTACK


def run(params: Mapping[str, Any], check: bool, report: Report) -> dict[str, Any]:
    """Do the task on the operation occurrence (SOL003 5.4.14 to 5.4.16); raises ManoError."""
    ctx = context(params, report, reading=check)
    return outcome_result(act(ctx, params["id"], params["action"], check, params["wait_timeout"]))
