# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A driver, and VNFs made of hand-made topologies that go away after the test."""

from __future__ import annotations

import io
import os
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import NOTHING, Observation
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.session import Cloud, connect
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Assets, InstanceRef, Vim, Write
from ansible_collections.nfv.mano.plugins.module_utils.vim.registry import connect as connect_vim


@dataclass
class Vnf:
    """One VNF on the driver, without the engine around it."""

    vim: Vim
    api: Cloud
    ref: InstanceRef
    files: dict[str, bytes] = field(default_factory=dict)
    assets: Assets = Assets()
    topology: Topology | None = None
    seen: Observation = NOTHING
    lines: list[str] = field(default_factory=list)

    def perform(
        self, write: Write, before: Topology | None, after: Topology | None, seconds: float = 300
    ) -> Mapping[str, Any]:
        topology = {"after": after, "before": before}.get(write.topology)
        end = time.monotonic() + seconds
        return self.vim.perform(
            write, self.ref, topology, self.assets, lambda p: closing(io.BytesIO(self.files[p])), self.lines.append, end
        )

    def become(
        self, after: Topology | None, *replaced: tuple[str, str], start: tuple[str, ...] = (), seconds: float = 300
    ) -> Observation:
        """Do what the engine does; gives what is then seen."""
        before = self.topology
        made: tuple[Write, ...] = ()
        if after is not None:
            self.assets = self.vim.resolve(after, self.assets)
            made = self.assets.missing
        for write in (*made, *self.vim.writes(before, after, self.seen, replaced, start)):
            result = self.perform(write, before, after, seconds)
            self.ref = replace(self.ref, stack_id=result.get("stack_id", self.ref.stack_id))
        self.topology = after
        return self.look()

    def look(self) -> Observation:
        self.seen = self.vim.observe(self.ref, self.topology)
        return self.seen

    def id(self, kind: str, id_: str) -> str:
        """The VIM's id of a resource seen last."""
        found = self.seen.get(kind, id_)
        assert found is not None, f"{kind} {id_} is not in {sorted(self.seen.resources)}"
        return found.resource_id

    def statuses(self) -> dict[str, str]:
        """Whatever is not ok."""
        return {o.id: o.status for o in self.seen.resources.values() if o.status != "ok"}


@pytest.fixture(scope="session")
def api() -> Cloud:
    """Plain requests as the tenant."""
    if not os.environ.get("OS_CLOUD"):
        pytest.fail("these tests need a cloud: run `make test-sandbox`, or `. .sandbox/env` after `make sandbox`")
    return connect()


@pytest.fixture
def new_vnf(api: Cloud) -> Iterator[Any]:
    """Makes VNFs; each is deleted after the test, with its images, and nothing of it may be left."""
    vim = connect_vim("openstack", {})
    with ExitStack() as after:

        def new(name: str = "drv") -> Vnf:
            vnf = Vnf(vim, api, InstanceRef(str(uuid.uuid4()), f"{name}-{uuid.uuid4().hex[:6]}", "default"))
            after.callback(_end, vnf)
            return vnf

        yield new


def _end(vnf: Vnf) -> None:
    disposal = vnf.assets.disposal
    vnf.perform(Write("stack.delete", "stack"), vnf.topology, None)
    for write in disposal:
        vnf.perform(write, None, None)
    assert vnf.vim.observe(vnf.ref, None) == NOTHING
    mark = f"nfv-mano-instance {vnf.ref.instance_id}"
    for collection in ("networks", "ports", "subnets", "routers", "security-groups"):
        assert vnf.api.listed("network", f"/{collection}", collection.replace("-", "_"), description=mark) == []


@pytest.fixture
def vnf(new_vnf: Any) -> Vnf:
    """One VNF, not instantiated yet."""
    found: Vnf = new_vnf()
    return found
