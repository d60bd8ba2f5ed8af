# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A store on each database, rows to put in, and processes to race with."""

from __future__ import annotations

import functools
import multiprocessing
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.store import engine, leases
from ansible_collections.nfv.mano.plugins.module_utils.store.instances import InstanceRow
from ansible_collections.nfv.mano.plugins.module_utils.store.operations import OperationRow
from ansible_collections.nfv.mano.plugins.module_utils.store.packages import PackageRow
from ansible_collections.nfv.mano.plugins.module_utils.store.vims import VimRow

FORK = multiprocessing.get_context("fork")


@pytest.fixture(scope="session")
def servers(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """The URL of one database on a kind of server; making it anew for each test would take most of the time."""
    return functools.cache(lambda kind: request.getfixturevalue(f"new_{kind}_url")())


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def shared_url(request: pytest.FixtureRequest, tmp_path: Path, servers: Callable[[str], str]) -> str:
    """The URL of a store in which nothing is recorded, on each kind of database in turn."""
    return f"sqlite:///{tmp_path / 'mano.sqlite'}" if request.param == "sqlite" else servers(request.param)


@pytest.fixture
def store(shared_url: str) -> Iterator[engine.Store]:
    opened = engine.open_store(shared_url)
    yield opened
    with engine.transaction(opened) as connection:
        for table in ("journal", "operations", "instances", "packages", "vims", "leases"):
            connection.exec_driver_sql(f"DELETE FROM mano_{table}")
    engine.close(opened)


@dataclass(frozen=True)
class Rows:
    """Makers of rows; what is not given is made up."""

    def package(self, tenant: str = "default", vnfd_id: str = "fw", **fields: Any) -> PackageRow:
        given = {
            "id": str(uuid.uuid4()),
            "info": {"id": "p", "user_defined_data": {"k": [1, None, "é𝄞\u0000"]}},
            "document": {"head": {"provider": "Company"}, "flavours": {"simple": {}}},
            "content_url": f"{tenant}/{vnfd_id}.csar",
            "content_sha256": "00" * 32,
            "created_at": "2026-11-21T07:34:00Z",
        }
        return PackageRow(tenant=tenant, vnfd_id=vnfd_id, **given | fields)

    def vim(self, tenant: str = "default", name: str = "berlin", **fields: Any) -> VimRow:
        given = {"id": str(uuid.uuid4()), "type": "openstack", "access": {"cloud": "lab"}, "zones": ("az1", "az2")}
        return VimRow(tenant=tenant, name=name, **given | fields)

    def instance(self, package: PackageRow, name: str = "fw-1", **fields: Any) -> InstanceRow:
        given = {
            "id": str(uuid.uuid4()),
            "tenant": package.tenant,
            "vnf_instance": {"vnf_instance_name": name, "instantiation_state": "NOT_INSTANTIATED"},
            "deployment": None,
            "assets": {},
            "vim": {"id": "v1", "name": "berlin"},
            "package_id": package.id,
            "stack_id": None,
            "updated_at": "2026-11-21T07:34:00Z",
        }
        return InstanceRow(name=name, **given | fields)

    def operation(self, instance: InstanceRow, **fields: Any) -> OperationRow:
        given = {
            "id": str(uuid.uuid4()),
            "instance_id": instance.id,
            "tenant": instance.tenant,
            "operation": "SCALE",
            "state": "PROCESSING",
            "occ": {"operation_params": {"aspect_id": "left"}},
            "before": {"scale_levels": {"left": 0}},
            "after": None,
            "detail": {},
            "started_at": "2026-11-21T07:34:00Z",
            "changed_at": "2026-11-21T07:34:00Z",
        }
        return OperationRow(**given | fields)

    def holder(self) -> leases.Holder:
        return leases.Holder("elsewhere", 4711, "99", "b/pid:[1]", "AWX job 42", "rene", "2026-11-21T07:34:00Z")


@pytest.fixture
def rows() -> Rows:
    return Rows()


Race = Callable[..., list[Any]]


def _race(count: int, do: Callable[[int], Any]) -> list[Any]:
    """What `do(n)` returns in each of `count` processes that begin at the same time; a ManoError counts as a return."""
    start = FORK.Barrier(count)
    results: Any = FORK.SimpleQueue()

    def run(number: int) -> None:
        start.wait()
        try:
            outcome = do(number)
        except ManoError as error:
            outcome = (error.error_code, error.message)
        results.put((number, outcome))

    processes = [FORK.Process(target=run, args=(number,)) for number in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * count
    return [outcome for _rest, outcome in sorted(results.get() for _turn in processes)]


@pytest.fixture
def race() -> Race:
    return _race
