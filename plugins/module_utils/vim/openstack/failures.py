# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a stack failed: the reason of the resource that failed first, not that of those called off because of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import names
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.faults import classify, reason_error
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.hot import strict_groups
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.observe import failed_resources, stack_resources
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.session import Cloud
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import InstanceRef

_NO_HOST_LEFT = "exceeded maximum number of retries"
"""Nova's words once each host that it had tried for a server has refused it."""

_CALLED_OFF = "aborted"
"""Heat's word for what it gave up because something else had failed."""

_WORDS = {
    "vnfc": "VNFC",
    "link_port": "link port",
    "virtual_storage": "virtual storage",
    "virtual_link": "virtual link",
}


def stack_error(cloud: Cloud, stack: Mapping[str, Any], ref: InstanceRef) -> ManoError:
    """The error that a failed stack stands for."""
    failed = failed_resources(stack_resources(cloud, stack))
    if not failed:
        reason = str(stack.get("stack_status_reason") or "")
        if "timed out" in reason.lower():
            return ManoError(
                "operation_timeout",
                f"{ref.name}: the VIM gave up after the time allowed; raise wait_timeout and run the task again.",
                resource=ref.name,
                vim_message=reason,
            )
        return reason_error(f"VNF '{ref.name}'", reason)
    first = failed[0]
    text = str(first["resource_status_reason"] or "")
    if first["resource_type"] == names.SERVER and classify(text) == "vim_error":
        text = _fault(cloud, first) or text
    return reason_error(_thing(first), text)


def lost_the_race_for_hosts(cloud: Cloud, stack: Mapping[str, Any], template: Mapping[str, Any]) -> bool:
    """Whether the stack failed just for servers of a strict group that no host would take in the end."""
    members = {name for servers in strict_groups(template).values() for name in servers if len(servers) > 1}
    if not members or stack["stack_status"].endswith("_COMPLETE"):
        return False
    reasons = {
        str(r["resource_name"]): str(r["resource_status_reason"]).lower()
        for r in failed_resources(stack_resources(cloud, stack))
    }
    causes = {name: reason for name, reason in reasons.items() if _CALLED_OFF not in reason}
    return bool(causes) and causes.keys() <= members and all(_NO_HOST_LEFT in reason for reason in causes.values())


def template_error(ref: InstanceRef, text: str) -> ManoError:
    """The error for a template that Heat refuses: it names the resource and what it could not find."""
    match = re.search(r"resources\.([^\s:]+?)\.properties", text)
    if match is None:
        return reason_error(f"VNF '{ref.name}'", text)
    return reason_error(f"'{names.unsafe(match.group(1))}' of VNF '{ref.name}'", text)


def _thing(record: Mapping[str, Any]) -> str:
    kind = names.KIND_OF_TYPE.get(record["resource_type"])
    if kind is None:
        return f"{record['resource_type']} '{names.unsafe(record['resource_name'])}'"
    return f"{_WORDS[kind]} '{names.id_of(kind, record['resource_name'])}'"


def _fault(cloud: Cloud, record: Mapping[str, Any]) -> str:
    """Nova's own word on a server that failed."""
    if not record["physical_resource_id"]:
        return ""
    answer = cloud.find("compute", f"/servers/{record['physical_resource_id']}")
    return str(((answer or {}).get("server", {}).get("fault") or {}).get("message", ""))
