# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the tests that run real plays on a real OpenStack (the one that OS_CLOUD names)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cloud import connect, network, owned
from cloud import ids as cloud_ids
from openstack.connection import Connection
from plays import Stage, passed
from plays import stage as new_stage
from sample import SAMPLE, SAMPLE_VNFD


@pytest.fixture(scope="session")
def cloud() -> Connection:
    """The plain tenant's cloud."""
    if not os.environ.get("OS_CLOUD"):
        pytest.fail("these tests need a cloud: run `make test-sandbox`, or `. .sandbox/env` after `make sandbox`")
    return connect()


@pytest.fixture(scope="module")
def external(cloud: Connection) -> Iterator[Any]:
    """A network that the play owns."""
    with network(cloud) as net:
        yield net


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """A stage with a store of its own."""
    return new_stage(tmp_path / "play")


@pytest.fixture
def firewall(stage: Stage, cloud: Connection, external: Any) -> Iterator[dict[str, Any]]:
    """The sample onboarded; yields the options that instantiate it. Whatever is left afterwards is a failure."""
    known = cloud_ids(cloud)
    passed(stage.task("vnf_package", src=str(SAMPLE)))
    yield {
        "name": "fw1",
        "vnfd_id": SAMPLE_VNFD,
        "ext_virtual_links": [
            {"id": "untrusted", "resource_id": external.id, "ext_cps": ["fw_untrusted"]},
            {"id": "oam", "resource_id": external.name, "ext_cps": ["mgr_oam"]},
        ],
    }
    passed(stage.task("vnf_instance", name="fw1", state="absent"))
    assert owned(cloud, known) == {}
