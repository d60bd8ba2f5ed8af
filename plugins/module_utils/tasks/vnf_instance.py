# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`nfv.mano.vnf_instance`: what one VNF should be, and the operations that make it so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils import deps
from ansible_collections.nfv.mano.plugins.module_utils.tasks.edge import Report
from ansible_collections.nfv.mano.plugins.module_utils.tasks.options import RUN, STORE, WAIT, Spec
from ansible_collections.nfv.mano.plugins.module_utils.tasks.outcomes import fulfil
from ansible_collections.nfv.mano.plugins.module_utils.tasks.wish import instance_wish

EXT_VIRTUAL_LINK: Spec = {
    "id": {"type": "str", "required": True},
    "resource_id": {"type": "str", "required": True},
    # An entry is a cpd id or a map: see tasks/links.py.
    "ext_cps": {"type": "list", "elements": "raw"},
    "ext_link_ports": {"type": "list", "elements": "dict"},
}
EXT_MANAGED_VIRTUAL_LINK: Spec = {
    "id": {"type": "str", "required": True},
    "vnf_virtual_link_desc_id": {"type": "str", "required": True},
    "resource_id": {"type": "str", "required": True},
}
VIM_ASSETS: Spec = {"compute_resource_flavours": {"type": "dict"}, "software_images": {"type": "dict"}}

SPEC: Spec = {
    "name": {"type": "str", "required": True},
    "state": {"type": "str", "choices": ["instantiated", "not_instantiated", "absent"], "default": "instantiated"},
    "vnfd_id": {"type": "str"},
    "vim": {"type": "str"},
    "flavour_id": {"type": "str"},
    "instantiation_level_id": {"type": "str"},
    "scale": {"type": "dict"},
    "keep_scale": {"type": "bool", "default": False},
    "additional_params": {"type": "dict"},
    "ext_virtual_links": {"type": "list", "elements": "dict", "options": EXT_VIRTUAL_LINK},
    "ext_managed_virtual_links": {"type": "list", "elements": "dict", "options": EXT_MANAGED_VIRTUAL_LINK},
    "vim_assets": {"type": "dict", "options": VIM_ASSETS},
    "extensions": {"type": "dict"},
    "vnf_configurable_properties": {"type": "dict"},
    "metadata": {"type": "dict"},
    "description": {"type": "str"},
    "drift": {"type": "str", "choices": ["repair", "report", "ignore"], "default": "repair"},
    "termination": {"type": "str", "choices": ["graceful", "forceful"], "default": "graceful"},
    "graceful_timeout": {"type": "int", "default": 0},
    **RUN,
    **WAIT,
    **STORE,
}
RULES: Mapping[str, Any] = {}
NEEDS = deps.STORE + deps.OPENSTACK


def run(params: Mapping[str, Any], check: bool, report: Report) -> dict[str, Any]:
    """Bring the VNF to the state wished for; raises ManoError."""
    return fulfil(instance_wish(params), params, check, report)
