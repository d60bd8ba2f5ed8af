# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers started and stopped."""

from __future__ import annotations

from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.job import Job, patiently, wait_for


def start(job: Job) -> dict[str, Any]:
    """Start the server `args.server_id`; fine when it runs."""
    return _to(job, "os-start", "ACTIVE")


def stop(job: Job) -> dict[str, Any]:
    """Stop the server `args.server_id`; fine when it is stopped."""
    return _to(job, "os-stop", "SHUTOFF")


def _to(job: Job, action: str, status: str) -> dict[str, Any]:
    """Nova answers 409 while another change of the server is under way: then it is asked again."""
    path = f"/servers/{job.write.args['server_id']}"

    def done() -> bool:
        server = job.cloud.get("compute", path)["server"]
        if server["status"] == status:
            return True
        if server["status"] == "ERROR":
            text = str((server.get("fault") or {}).get("message") or "the server is in ERROR")
            raise ManoError("vim_error", f"{job.write.target}: {action} failed: {text}; heal it.", vim_message=text)
        if server.get("OS-EXT-STS:task_state") is None:
            job.cloud.request("POST", "compute", f"{path}/action", json={action: None}, accept=(409,))
        return False

    patiently(job, done)
    wait_for(job, f"{job.write.target} to be {status}", done)
    return {}
