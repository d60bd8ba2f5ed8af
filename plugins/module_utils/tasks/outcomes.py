# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a wish to a result: what the modules that change a VNF instance have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.lcm.converge import Options, Outcome, converge
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Wish
from ansible_collections.nfv.mano.plugins.module_utils.tasks.diffs import diff
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import Report
from ansible_collections.nfv.mano.plugins.module_utils.tasks.options import context


def fulfil(wish: Wish, params: Mapping[str, Any], check: bool, report: Report) -> dict[str, Any]:
    """Converge on the wish under the options of the fragments `run`, `wait` and `store`; raises ManoError."""
    options = Options(
        check=check,
        wait_timeout=params["wait_timeout"],
        on_failure=params["on_failure"],
        expected_plan_digest=params["expected_plan_digest"],
    )
    ctx = context(params, _named(wish.name, report), reading=check)
    return outcome_result(converge(ctx, wish, params.get("vim"), options))


def _named(name: str, report: Report) -> Report:
    """Progress with the instance's name in front, since several may run at once."""
    return lambda line: report(line if line.startswith(f"{name}: ") else f"{name}: {line}")


def outcome_result(outcome: Outcome) -> dict[str, Any]:
    """The keys of the result."""
    return {
        "changed": outcome.changed,
        "vnf_instance": outcome.vnf_instance or {},
        "plan": outcome.plan.as_dict(),
        "operations": list(outcome.operations),
        "drift": [drift.as_dict() for drift in outcome.drift],
        "diff": diff(outcome.before, outcome.after),
    }
