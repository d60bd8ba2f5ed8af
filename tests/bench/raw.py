# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same stack sent by openstacksdk: what the VIM alone takes, with nothing of the collection in between."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from openstack.connection import Connection

POLL_SECONDS = 0.25


@dataclass(frozen=True)
class RawStack:
    """A template as the collection sent it for an instance, and what it names."""

    template: dict[str, Any]
    files: dict[str, str]


def template_of(cloud: Connection, instance_id: str) -> RawStack:
    """The template of the instance's stack, read back from Heat."""
    (stack,) = [s for s in cloud.orchestration.stacks() if instance_id in s.name]
    path = f"/stacks/{stack.name}/{stack.id}"
    template = cloud.orchestration.get(f"{path}/template").json()
    files = cloud.orchestration.get(f"{path}/files").json()
    return RawStack(template, files)


def create(cloud: Connection, name: str, raw: RawStack) -> None:
    """Create the stack and wait for it."""
    body = {"stack_name": name, "template": raw.template, "files": raw.files, "timeout_mins": 30}
    cloud.orchestration.post("/stacks", json=body).raise_for_status()
    _wait(cloud, name, "CREATE_COMPLETE")


def update(cloud: Connection, name: str, raw: RawStack, unhealthy: tuple[str, ...] = ()) -> None:
    """Update the stack, resources marked unhealthy first, and wait for it."""
    stack = cloud.orchestration.get_stack(name)
    path = f"/stacks/{stack.name}/{stack.id}"
    for resource in unhealthy:
        body = {"mark_unhealthy": True, "resource_status_reason": "bench"}
        cloud.orchestration.patch(f"{path}/resources/{resource}", json=body).raise_for_status()
    cloud.orchestration.put(path, json={"template": raw.template, "files": raw.files}).raise_for_status()
    _wait(cloud, name, "UPDATE_COMPLETE")


def delete(cloud: Connection, name: str) -> None:
    """Delete the stack and wait until it is gone."""
    stack = cloud.orchestration.find_stack(name)
    cloud.orchestration.delete_stack(stack)
    while (found := cloud.orchestration.find_stack(stack.id)) is not None and found.status != "DELETE_COMPLETE":
        time.sleep(POLL_SECONDS)


def _wait(cloud: Connection, name: str, status: str) -> None:
    while (seen := cloud.orchestration.get_stack(name)).status != status:
        if seen.status.endswith("FAILED"):
            raise SystemExit(f"stack {name}: {seen.status}: {seen.status_reason}")
        time.sleep(POLL_SECONDS)
