# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trouble on purpose: every fault of the sandbox does what docs/sandbox.md says, and ends when told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import keystoneauth1.exceptions
import openstack
import pytest
from sandbox_tenant import Cloud, cli, until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["sandbox_tenant"]


@pytest.fixture(autouse=True)
def _no_fault_is_left() -> Iterator[None]:
    yield
    cli("clear")


def test_a_build_fails_with_the_given_text_so_often_as_told(box: Cloud) -> None:
    cli("fault", "spawn", "--match", box.name, "--count", "1", "--error", "disk is on fire")
    with pytest.raises(openstack.exceptions.ResourceFailure):
        box.server(networks="none")
    failed = next(server for server in box.tenant.compute.servers() if server.name == box.name)
    assert "disk is on fire" in box.tenant.compute.get_server(failed).fault["message"]
    assert box.server(networks="none").status == "ACTIVE"


def test_only_matching_names_are_hit(box: Cloud) -> None:
    cli("fault", "spawn", "--match", "somebody-else", "--error", "not mine")
    assert box.server(networks="none").status == "ACTIVE"


def test_a_delayed_build_stays_in_build(box: Cloud) -> None:
    cli("fault", "spawn", "--match", box.name, "--count", "1", "--delay", "600")
    server = box.server(wait=False, networks="none")
    until("spawning", lambda: box.admin.compute.get_server(server.id).task_state == "spawning")
    assert box.tenant.compute.get_server(server).status == "BUILD"
    cli("stop", "nova-compute")
    cli("start")


def test_a_failed_delete_leaves_an_error_and_the_next_one_works(box: Cloud) -> None:
    server = box.server(networks="none")
    cli("fault", "destroy", "--match", box.name, "--count", "1", "--error", "will not die")
    box.tenant.compute.delete_server(server)
    box.settled(server.id, "ERROR")
    box.tenant.compute.delete_server(server)
    box.tenant.compute.wait_for_delete(server, interval=0.3)


@pytest.mark.parametrize(("operation", "before"), [("power_off", "ACTIVE"), ("power_on", "SHUTOFF")])
def test_a_failed_stop_or_start_leaves_the_state_before(box: Cloud, operation: str, before: str) -> None:
    compute = box.tenant.compute
    server = box.server(networks="none")
    if before == "SHUTOFF":
        compute.stop_server(server)
        box.settled(server.id, "SHUTOFF")
    cli("fault", operation, "--match", box.name, "--count", "1", "--error", "stuck")
    (compute.stop_server if operation == "power_off" else compute.start_server)(server)
    until("the fault struck", lambda: box.faults() == [])
    assert box.settled(server.id, before).status == before


def test_a_frozen_service_hangs_and_a_thawed_one_answers(box: Cloud) -> None:
    cli("freeze", "neutron-api")
    try:
        with pytest.raises(keystoneauth1.exceptions.ConnectTimeout):
            box.tenant.network.get("/networks", timeout=2, connect_retries=0)
    finally:
        cli("thaw", "neutron-api")
    assert box.tenant.network.get("/networks").status_code == 200


def test_a_stopped_service_is_gone_until_started(box: Cloud) -> None:
    cli("stop", "placement-api")
    try:
        with pytest.raises(openstack.exceptions.ResourceFailure):
            box.server(networks="none")
        assert re.search("placement-api +does not run", cli("status", check=False).stdout)
    finally:
        cli("start")
    assert box.server(networks="none").status == "ACTIVE"


def test_guests_outlive_a_restart_of_their_hosts(box: Cloud) -> None:
    server = box.server(networks=[{"port": box.port().id}])
    cli("stop", "nova-compute")
    cli("start")
    box.tenant.compute.stop_server(server)
    assert box.settled(server.id, "SHUTOFF").status == "SHUTOFF"


def test_an_unknown_service_is_named(box: Cloud) -> None:
    del box
    done = cli("freeze", "nowhere-api", check=False)
    assert done.returncode == 1
    assert "nowhere-api does not run" in done.stderr
