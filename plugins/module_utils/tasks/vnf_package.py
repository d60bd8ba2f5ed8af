# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`nfv.mano.vnf_package`: a SOL004 package onboarded, enabled or disabled, or removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils import deps
from ansible_collections.nfv.mano.plugins.module_utils.lcm import packages
from ansible_collections.nfv.mano.plugins.module_utils.tasks.diffs import diff
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import Report
from ansible_collections.nfv.mano.plugins.module_utils.tasks.options import STORE, Spec, context

SPEC: Spec = {
    "src": {"type": "path"},
    "vnfd_id": {"type": "str"},
    "operational_state": {"type": "str", "choices": ["enabled", "disabled"]},
    "user_defined_data": {"type": "dict"},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    **STORE,
}
RULES: Mapping[str, Any] = {"required_one_of": [("src", "vnfd_id")]}
NEEDS = deps.STORE


def run(params: Mapping[str, Any], check: bool, report: Report) -> dict[str, Any]:
    """Onboard `src`, or change or remove the package `vnfd_id`; raises ManoError."""
    ctx = context(params, report, reading=check)
    state = params["operational_state"]
    options = packages.PackageOptions(
        vnfd_id=params["vnfd_id"],
        operational_state=None if state is None else state.upper(),
        user_defined_data=params["user_defined_data"],
    )
    if params["state"] == "absent":
        change = packages.remove(ctx, params["vnfd_id"] or packages.vnfd_id_of(ctx, params["src"]), check)
    elif params["src"] is None:
        change = packages.set_state(ctx, params["vnfd_id"], options, check)
    else:
        change = packages.onboard(ctx, params["src"], options, check)
    return {
        "changed": change.changed,
        "vnf_package": change.package,
        "findings": [finding.as_dict() for finding in change.findings],
        "diff": diff(change.before, change.after),
    }
