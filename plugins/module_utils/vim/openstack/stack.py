# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stack: made, changed, partly replaced, deleted; each can be done again at any point.

A server to be replaced is deleted first. Heat alone would make the new one before it lets the old one go, which fails
when a volume is attached to both, when anti-affinity leaves no second host, or when the quota is full. Ports and
volumes stay unless named themselves.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import hot, leftovers, names, userdata
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.failures import (
    lost_the_race_for_hosts,
    stack_error,
    template_error,
)
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.faults import fault_text
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.job import (
    Job,
    check_time,
    patiently,
    pause,
    wait_for,
)
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.observe import find_stack, stack_resources
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.progress import Progress

if TYPE_CHECKING:
    from requests import Response

HEAT_TIMEOUT = 180.0  # Heat checks a template's every property with the other services before it answers
DELETE_TRIES = 4

Stack = Mapping[str, Any]
Records = list[dict[str, Any]]
"""Heat's records of a stack's resources."""


def apply(job: Job) -> dict[str, Any]:
    """Make the stack what `job.topology` says; gives stack_id."""
    if job.topology is None:
        raise ManoError("internal_error", "stack.apply was called without a topology.")
    template = hot.build(job.topology, job.assets, job.ref, _files(job, job.topology))
    mark = _mark(template)
    stack = _bring(job, template, mark)
    if lost_the_race_for_hosts(job.cloud, stack, template.template):
        job.report(f"{job.ref.name}: servers of a group took each other's hosts; building them one after the other")
        stack = _bring(job, hot.one_after_the_other(template), mark)
    return _outcome(job, stack)


def _bring(job: Job, template: hot.Hot, mark: str) -> Stack:
    """The stack once Heat has done with the template, well or not."""
    body = {
        "template": template.template,
        "files": dict(template.files),
        "timeout_mins": _heat_minutes(job),
        "disable_rollback": True,
        "tags": f"nfv-mano,{mark}",
    }
    stack = _at_rest(job)
    if stack is None:
        return _wait(job, _create(job, body), ())
    records: Records = patiently(job, lambda: stack_resources(job.cloud, stack))
    anew = _to_replace(job, records)
    if _is_done(stack, records, mark) and not anew:
        return stack
    _let_go(job, stack, records, anew)
    _update(job, stack, body)
    return _wait(job, stack, records)


def delete(job: Job) -> dict[str, Any]:
    """Delete the stack, and what its deletion leaves behind; gives nothing."""
    stack: Stack | None = {"stack_name": names.stack_name(job.ref), "id": job.ref.stack_id}
    if job.ref.stack_id is None:
        stack = patiently(job, lambda: find_stack(job.cloud, job.ref))
    tries = 0
    while stack is not None:
        outcome = _delete_once(job, stack)
        if outcome == "deleted" and tries == 0:
            return {}
        tries += 1
        if outcome == "failed":
            if tries == DELETE_TRIES:
                raise stack_error(job.cloud, stack, job.ref)
            leftovers.delete(job)
        stack = patiently(job, lambda: find_stack(job.cloud, job.ref))
    leftovers.delete(job)
    return {}


def _heat_minutes(job: Job) -> int:
    """What Heat may take. Longer than we wait, since the same task, run again, goes on with the stack."""
    return max(30, int((job.deadline - time.monotonic()) / 30) + 1)


def _files(job: Job, topology: Topology) -> dict[str, str]:
    found = {}
    for path in userdata.sources(topology):
        with job.artifacts(path) as stream:
            found[path] = userdata.text_of(path, stream.read(userdata.LIMIT + 1))
    return found


def _mark(template: hot.Hot) -> str:
    """A digest of what is applied, kept as a tag: a process that takes over sees that the work is done."""
    text = json.dumps([template.template, template.files], sort_keys=True)
    return "sha256-" + hashlib.sha256(text.encode()).hexdigest()[:40]


def _at_rest(job: Job) -> Stack | None:
    """The stack, once nothing is in progress on it; None when there is none."""
    told = False

    def look() -> tuple[Stack | None] | None:
        nonlocal told
        stack = find_stack(job.cloud, job.ref)
        if stack is None or not stack["stack_status"].endswith("IN_PROGRESS"):
            return (stack,)
        if not told:
            job.report(f"{job.ref.name}: its stack is in {stack['stack_status']}; waiting for the end of that")
            told = True
        return None

    (stack,) = wait_for(job, "an earlier change of the stack", look)
    if stack is not None and stack["stack_status"].startswith("DELETE"):
        raise stack_error(job.cloud, stack, job.ref)
    return dict(stack) if stack is not None else None


def _is_done(stack: Stack, records: Records, mark: str) -> bool:
    """Whether this very template has been applied, and no resource waits for being replaced."""
    complete = stack["stack_status"] in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
    failed = any(r["resource_status"].endswith("_FAILED") for r in records)
    return complete and not failed and mark in (stack.get("tags") or ())


def _create(job: Job, body: Mapping[str, Any]) -> Stack:
    """POST the stack. One of this name may be there already: ours, from a POST whose answer was lost, or one that is
    still going.
    """

    def post() -> Stack | None:
        answer = _send(job, "POST", "/stacks", {"stack_name": names.stack_name(job.ref), **body})
        if answer is not None:
            return {"stack_name": names.stack_name(job.ref), "id": answer.json()["stack"]["id"]}
        return find_stack(job.cloud, job.ref)

    return dict(wait_for(job, "the name of a deleted stack", post))


def _update(job: Job, stack: Stack, body: Mapping[str, Any]) -> None:
    """PUT the template; while somebody else changes the stack Heat refuses it."""
    path = f"/stacks/{stack['stack_name']}/{stack['id']}"
    wait_for(job, "another change of the stack", lambda: _send(job, "PUT", path, body) is not None)


def _send(job: Job, method: str, path: str, body: Mapping[str, Any]) -> Response | None:
    """Send a template; None when the stack is in the way (409)."""
    answer = job.cloud.request(
        method, "orchestration", path, json=body, accept=(400, 409), repeat=True, timeout=HEAT_TIMEOUT
    )
    if answer.status_code == 400:
        raise template_error(job.ref, fault_text(answer))
    return None if answer.status_code == 409 else answer


def _to_replace(job: Job, records: Records) -> Records:
    """The resources that the write makes anew, without those that an earlier try has made anew already."""
    by_name = {r["resource_name"]: r for r in records}
    wanted = [
        (by_name.get(names.resource_name(kind, id_)), seen) for kind, id_, seen in job.write.args.get("replace", ())
    ]
    return [r for r, seen in wanted if r and (seen is None or r["physical_resource_id"] in {seen, "", None})]


def _let_go(job: Job, stack: Stack, records: Records, anew: Records) -> None:
    """Tell Heat what it has to make anew, then delete the servers among it.

    In this order, since a process that dies in between leaves a mark that any later update acts on. Servers that failed
    go too: Heat replaces them in any case.
    """
    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(lambda r: patiently(job, lambda: _mark_unhealthy(job, stack, r["resource_name"])), anew))
    failed = [r for r in records if r["resource_status"].endswith("_FAILED")]
    servers = {r["physical_resource_id"] for r in (*anew, *failed) if r["resource_type"] == names.SERVER}
    ids = sorted(id_ for id_ in servers if id_)
    leftovers.delete_servers(job, ids)
    leftovers.await_servers_gone(job, ids)


def _mark_unhealthy(job: Job, stack: Stack, name: str) -> None:
    path = f"/stacks/{stack['stack_name']}/{stack['id']}/resources/{quote(name, safe='')}"
    body = {"mark_unhealthy": True, "resource_status_reason": "nfv.mano replaces it"}
    job.cloud.request("PATCH", "orchestration", path, json=body, repeat=True, timeout=HEAT_TIMEOUT)


def _wait(job: Job, stack: Stack, known: Iterable[Mapping[str, Any]]) -> Stack:
    """Look until nothing is in progress; tell what has been made since."""
    began = time.monotonic()
    path = f"/stacks/{stack['stack_name']}/{stack['id']}"
    progress = Progress(job, stack, known)
    while True:
        pause(job, began)
        now = patiently(job, lambda: job.cloud.find("orchestration", path, resolve_outputs="false"))
        if now is None:
            raise ManoError(
                "vim_error", f"{job.ref.name}: its stack was deleted by somebody else meanwhile; run the task again."
            )
        if not now["stack"]["stack_status"].endswith("IN_PROGRESS"):
            return dict(now["stack"])
        progress.tell_at_times()
        check_time(job, "the stack")


def _outcome(job: Job, stack: Stack) -> dict[str, Any]:
    if stack["stack_status"].endswith("_COMPLETE"):
        return {"stack_id": stack["id"]}
    raise stack_error(job.cloud, stack, job.ref)


def _delete_once(job: Job, stack: Stack) -> str:
    """Ask for the deletion and wait: deleted | absent | failed."""
    path = f"/stacks/{stack['stack_name']}/{stack['id']}"
    send = partial(job.cloud.request, "DELETE", "orchestration", path, accept=(404,), repeat=True, timeout=HEAT_TIMEOUT)
    if patiently(job, send).status_code == 404:
        return "absent"
    job.report(f"{job.ref.name}: deleting its servers, ports, volumes and networks")

    def outcome() -> str | None:
        answer = job.cloud.find("orchestration", path, resolve_outputs="false")
        status = answer["stack"]["stack_status"] if answer else "DELETE_COMPLETE"
        return {"DELETE_COMPLETE": "deleted", "DELETE_FAILED": "failed"}.get(status)

    return str(wait_for(job, "the stack to be deleted", outcome))
