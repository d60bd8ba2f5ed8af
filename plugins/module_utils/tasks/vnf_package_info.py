# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`nfv.mano.vnf_package_info`: the onboarded packages and what can be chosen in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils import deps
from ansible_collections.nfv.mano.plugins.module_utils.lcm import packages
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import Report
from ansible_collections.nfv.mano.plugins.module_utils.tasks.options import STORE, Spec, context

SPEC: Spec = {"vnfd_id": {"type": "str"}, "id": {"type": "str"}, **STORE}
RULES: Mapping[str, Any] = {}
NEEDS = deps.STORE


def run(params: Mapping[str, Any], _check: bool, report: Report) -> dict[str, Any]:
    """The packages of the tenant, or the one named; raises ManoError."""
    found = packages.list_packages(context(params, report, reading=True), params["vnfd_id"], params["id"])
    return {"changed": False, "vnf_packages": found}
