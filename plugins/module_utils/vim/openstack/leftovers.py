# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deleting what belongs to an instance without Heat: servers to be replaced, and whatever a deleted stack has left
behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.job import Job, patiently, wait_for
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.observe import owned


def delete_servers(job: Job, ids: Iterable[str]) -> None:
    """Ask for the deletion of servers; those that are gone already are fine."""
    for id_ in ids:
        _delete(job, "compute", f"/servers/{id_}")


def await_servers_gone(job: Job, ids: Iterable[str]) -> None:
    """Wait until each server is gone."""
    for id_ in ids:
        wait_for(job, "a server to be deleted", partial(_server_gone, job, id_))


def delete(job: Job) -> None:
    """Delete everything that carries the instance's mark."""
    left = patiently(job, partial(owned, job.cloud, job.ref))
    servers = [s["id"] for s in left["servers"]]
    delete_servers(job, servers)
    await_servers_gone(job, servers)
    for router in left["routers"]:
        _detach_router(job, router["id"])
    for collection in ("ports", "routers", "networks", "security-groups"):
        for entry in left[collection]:
            _delete(job, "network", f"/{collection}/{entry['id']}")
    for volume in left["volumes"]:
        wait_for(job, "a volume to be deleted", partial(_volume_gone, job, volume["id"]))


def _delete(job: Job, service: str, path: str) -> None:
    patiently(job, partial(job.cloud.request, "DELETE", service, path, accept=(404,), repeat=True))


def _server_gone(job: Job, id_: str) -> bool:
    """A deletion that failed leaves the server in ERROR: it is then asked for again."""
    answer = job.cloud.find("compute", f"/servers/{id_}")
    if answer is None or answer["server"]["status"] in {"DELETED", "SOFT_DELETED"}:
        return True
    if answer["server"]["status"] == "ERROR" and not answer["server"].get("OS-EXT-STS:task_state"):
        job.cloud.request("DELETE", "compute", f"/servers/{id_}", accept=(404, 409), repeat=True)
    return False


def _detach_router(job: Job, router: str) -> None:
    path = f"/routers/{router}/remove_router_interface"
    for port in job.cloud.listed("network", "/ports", "ports", device_id=router):
        if port["device_owner"].startswith("network:router_interface"):
            job.cloud.request("PUT", "network", path, json={"port_id": port["id"]}, accept=(404,), repeat=True)


def _volume_gone(job: Job, id_: str) -> bool:
    """Ask for the deletion until it is done: a volume that is still attached or busy refuses it for a while."""
    answer = job.cloud.find("block-storage", f"/volumes/{id_}")
    if answer is not None and answer["volume"]["status"] != "deleting":
        job.cloud.request("DELETE", "block-storage", f"/volumes/{id_}", accept=(400, 404, 409), repeat=True)
    return answer is None
