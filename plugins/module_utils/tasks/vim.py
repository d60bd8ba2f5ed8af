# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`nfv.mano.vim`: a VIM registered by reference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils import deps
from ansible_collections.nfv.mano.plugins.module_utils.lcm import vims
from ansible_collections.nfv.mano.plugins.module_utils.tasks.diffs import diff
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import Report
from ansible_collections.nfv.mano.plugins.module_utils.tasks.options import STORE, Spec, context

SPEC: Spec = {
    "name": {"type": "str", "required": True},
    "type": {"type": "str", "choices": ["openstack"], "default": "openstack"},
    "cloud": {"type": "str"},
    "region_name": {"type": "str"},
    "zones": {"type": "list", "elements": "str"},
    "default": {"type": "bool"},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    **STORE,
}
RULES: Mapping[str, Any] = {}
NEEDS = deps.STORE + deps.OPENSTACK


def run(params: Mapping[str, Any], check: bool, report: Report) -> dict[str, Any]:
    """Register the VIM, or remove it from the store; raises ManoError."""
    ctx = context(params, report, reading=check)
    if params["state"] == "absent":
        change = vims.unregister(ctx, params["name"], check)
    else:
        zones = params["zones"]
        spec = vims.VimSpec(
            name=params["name"],
            type=params["type"],
            cloud=params["cloud"],
            region_name=params["region_name"],
            zones=None if zones is None else tuple(zones),
            default=params["default"],
        )
        change = vims.register(ctx, spec, check)
    return {"changed": change.changed, "vim": change.vim or {}, "diff": diff(change.before, change.after)}
