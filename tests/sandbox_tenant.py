# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sandbox's own tests share: its command line, and a tenant's things that go away after the test."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import openstack
import pytest

T = TypeVar("T")

TOP = Path(__file__).resolve().parents[1]
CLI = TOP / "roles/sandbox/files/mano-sandbox"
STATE = TOP / (os.environ.get("MANO_SANDBOX") or ".sandbox")


def cli(*words: str, check: bool = True, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `mano-sandbox`."""
    done = subprocess.run(
        [str(CLI), *words], capture_output=True, text=True, check=False, timeout=300, env={**os.environ, **(env or {})}
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


def pids() -> dict[str, str]:
    """Service -> pid, as `status` tells."""
    rows = (line.split() for line in cli("status").stdout.splitlines()[:-1])
    return {row[0]: row[2] for row in rows}


def until(what: str, look: Callable[[], T], seconds: float = 90) -> T:
    """Look until there is something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        seen = look()
        if seen:
            return seen
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} s: {what}")


@dataclass
class Cloud:
    """A plain tenant with a network of its own, and the administrator who looks on."""

    name: str
    tenant: Any
    admin: Any
    network: Any
    subnet: Any
    group: Any
    cleanup: ExitStack

    def keep(self, delete: Callable[[Any], object], thing: Any) -> Any:
        """Delete it after the test."""
        self.cleanup.callback(delete, thing)
        return thing

    def port(self) -> Any:
        """A port whose security group lets TCP in."""
        network = self.tenant.network
        port = network.create_port(network_id=self.network.id, security_group_ids=[self.group.id])
        return self.keep(network.delete_port, port)

    def server(self, *, wait: bool = True, **fields: Any) -> Any:
        """A server of the smallest flavor, ACTIVE unless told not to wait."""
        compute = self.tenant.compute
        image, flavor = self.tenant.image.find_image("tiny").id, compute.find_flavor("m1.tiny").id
        server = compute.create_server(name=self.name, image_id=image, flavor_id=flavor, **fields)
        self.cleanup.callback(_delete_server, compute, server)
        return compute.wait_for_server(server, interval=0.2) if wait else server

    def settled(self, server: str, status: str) -> Any:
        """The server once it has this status and nothing more to do."""

        def look() -> Any:
            seen = self.tenant.compute.get_server(server)
            return seen if seen.status == status and seen.task_state is None else None

        return until(f"{server} is {status}", look)

    def stack_settles(self, stack: str, status: str) -> Any:
        """The stack once it has this status; None when that is DELETE_COMPLETE."""

        def look() -> Any:
            seen = self.tenant.orchestration.find_stack(stack)
            if seen is None or seen.status == "DELETE_COMPLETE":
                return (None,)
            return (seen,) if not seen.status.endswith("IN_PROGRESS") else None

        found = until(f"{stack} is {status}", look)[0]
        assert (found.status if found else "DELETE_COMPLETE") == status, found and found.status_reason
        return found

    def faults(self) -> list[Any]:
        """The rules that are left."""
        file = STATE / "faults.json"
        return json.loads(file.read_text()) if file.exists() else []

    def ask(self, address: str, port: int) -> bytes:
        """What a TCP port says, asked from this machine; empty when it does not answer."""
        with suppress(OSError), socket.create_connection((address, port), 2) as connection:
            return connection.recv(99)
        return b""

    @contextmanager
    def in_guest(self, server: str, *words: str) -> Iterator[None]:
        """A program that runs in the guest meanwhile and says a line when it is ready."""
        with subprocess.Popen([str(CLI), "exec", server, *words], stdout=subprocess.PIPE) as program:
            assert program.stdout is not None
            assert program.stdout.readline() == b"ready\n"
            try:
                yield
            finally:
                program.kill()


@pytest.fixture(scope="session")
def connections() -> tuple[Any, Any]:
    """The plain tenant and the administrator of a healthy sandbox."""
    if not (STATE / "env").exists():
        pytest.skip(f"no healthy sandbox in {STATE}: make sandbox")
    os.environ["OS_CLIENT_CONFIG_FILE"] = str(STATE / "clouds.yaml")
    return openstack.connect(cloud="sandbox"), openstack.connect(cloud="sandbox-admin")


@pytest.fixture
def box(connections: tuple[Any, Any]) -> Iterator[Cloud]:
    """A tenant's network; it and all that the test made in it is deleted afterwards."""
    tenant, admin = connections
    name = f"sandbox-test-{uuid.uuid4().hex[:8]}"
    network = tenant.network.create_network(name=name)
    subnet = tenant.network.create_subnet(network_id=network.id, ip_version=4, cidr="10.77.0.0/24", name=name)
    group = tenant.network.create_security_group(name=name)
    tenant.network.create_security_group_rule(
        security_group_id=group.id, direction="ingress", ether_type="IPv4", protocol="tcp"
    )
    with ExitStack() as cleanup:
        cleanup.callback(tenant.network.delete_network, network)
        cleanup.callback(tenant.network.delete_security_group, group)
        yield Cloud(name, tenant, admin, network, subnet, group, cleanup)


def _delete_server(compute: Any, server: Any) -> None:
    with suppress(openstack.exceptions.NotFoundException):
        compute.delete_server(server, ignore_missing=False)
        compute.wait_for_delete(server, interval=0.2)
