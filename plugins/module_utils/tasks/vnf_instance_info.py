# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`nfv.mano.vnf_instance_info`: VNF instances as recorded, or as the VIM shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils import deps
from ansible_collections.nfv.mano.plugins.module_utils.lcm import instances
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import Report
from ansible_collections.nfv.mano.plugins.module_utils.tasks.options import STORE, Spec, context

SPEC: Spec = {"name": {"type": "str"}, "id": {"type": "str"}, "observe": {"type": "bool", "default": False}, **STORE}
RULES: Mapping[str, Any] = {}
NEEDS = deps.STORE + deps.OPENSTACK


def run(params: Mapping[str, Any], _check: bool, report: Report) -> dict[str, Any]:
    """The instances of the tenant, or the one named; none is no failure. Raises ManoError."""
    ctx = context(params, report, reading=True)
    found = instances.list_instances(ctx, params["name"], params["id"], params["observe"])
    return {"changed": False, "vnf_instances": found}
