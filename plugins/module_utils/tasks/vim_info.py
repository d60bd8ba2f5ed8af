# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`nfv.mano.vim_info`: the registered VIMs, asked how they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils import deps
from ansible_collections.nfv.mano.plugins.module_utils.lcm import vims
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import Report
from ansible_collections.nfv.mano.plugins.module_utils.tasks.options import STORE, Spec, context

SPEC: Spec = {"name": {"type": "str"}, **STORE}
RULES: Mapping[str, Any] = {}
NEEDS = deps.STORE + deps.OPENSTACK


def run(params: Mapping[str, Any], _check: bool, report: Report) -> dict[str, Any]:
    """The VIMs of the tenant; one that does not answer is told as such and does not fail the task. Raises ManoError."""
    return {"changed": False, "vims": vims.list_vims(context(params, report, reading=True), params["name"])}
