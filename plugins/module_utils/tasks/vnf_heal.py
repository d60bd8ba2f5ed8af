# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`nfv.mano.vnf_heal`: VNFCs made anew, now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils import deps
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import Report
from ansible_collections.nfv.mano.plugins.module_utils.tasks.options import RUN, STORE, WAIT, Spec
from ansible_collections.nfv.mano.plugins.module_utils.tasks.outcomes import fulfil
from ansible_collections.nfv.mano.plugins.module_utils.tasks.wish import heal_wish

SPEC: Spec = {
    "name": {"type": "str", "required": True},
    "vnfc_instance_ids": {"type": "list", "elements": "str"},
    "cause": {"type": "str"},
    "all": {"type": "bool", "default": False},
    **RUN,
    **WAIT,
    **STORE,
}
RULES: Mapping[str, Any] = {}
NEEDS = deps.STORE + deps.OPENSTACK


def run(params: Mapping[str, Any], check: bool, report: Report) -> dict[str, Any]:
    """Heal the VNF; raises ManoError."""
    return fulfil(heal_wish(params), params, check, report)
