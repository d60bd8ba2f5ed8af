# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers started and stopped."""

from __future__ import annotations

import time
from itertools import count
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.job import Job, patiently, pause, wait_for
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.observe import servers

TRIES = 4
"""Nova tells nobody of a start that failed: the server just stays as it was."""


def start(job: Job) -> dict[str, Any]:
    """Start the server `args.server_id`; fine when it runs."""
    return _to(job, "os-start", "ACTIVE")


def stop(job: Job) -> dict[str, Any]:
    """Stop the server `args.server_id`; fine when it is stopped."""
    return _to(job, "os-stop", "SHUTOFF")


def shut_down(job: Job) -> dict[str, Any]:
    """Ask the guests `args.servers` (VNFC id -> server id) to shut down, and give them `args.grace` seconds for it.

    What still runs then is deleted running: a guest that does not listen must not keep a VNF alive.
    """
    left = dict(job.write.args["servers"])
    end = min(time.monotonic() + job.write.args["grace"], job.deadline)
    for server_id in left.values():
        body = {"os-stop": None}
        job.cloud.request("POST", "compute", f"/servers/{server_id}/action", json=body, accept=(404, 409))
    began = time.monotonic()
    while left and time.monotonic() < end:
        running = _running(job)
        left = {vnfc_id: id_ for vnfc_id, id_ in left.items() if id_ in running}
        if left:
            pause(job, began)
    if left:
        job.report(f"{', '.join(sorted(left))}: still running after {job.write.args['grace']} s, deleted as they are")
    return {"still_running": sorted(left)}


def _running(job: Job) -> set[str]:
    """Ids of the instance's servers that have not stopped."""
    listed = patiently(job, lambda: servers(job.cloud, job.ref))
    return {server["id"] for server in listed if server["status"] != "SHUTOFF"}


def _to(job: Job, action: str, status: str) -> dict[str, Any]:
    """Nova answers 409 while another change of the server is under way: then it is asked again."""
    path = f"/servers/{job.write.args['server_id']}"
    tries = count(1)

    def done() -> bool:
        server = job.cloud.get("compute", path)["server"]
        if server["status"] == status:
            return True
        idle = server.get("OS-EXT-STS:task_state") is None
        if server["status"] == "ERROR" or (idle and next(tries) > TRIES):
            text = str((server.get("fault") or {}).get("message") or f"the server stays {server['status']}")
            raise ManoError("vim_error", f"{job.write.target}: {action} failed: {text}; heal it.", vim_message=text)
        if idle:
            job.cloud.request("POST", "compute", f"{path}/action", json={action: None}, accept=(409,))
        return False

    wait_for(job, f"{job.write.target} to be {status}", done)
    return {}
