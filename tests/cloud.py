# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cloud of the tests, seen from outside the collection: listings of everything, networks for VNFs, servers removed
behind its back.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import openstack
from openstack.connection import Connection

LISTS = {
    "orchestration": ("/stacks", "stacks"),
    "compute": ("/servers/detail", "servers"),
    "server_groups": ("/os-server-groups", "server_groups"),
    "block_storage": ("/volumes/detail", "volumes"),
    "image": ("/images", "images"),
    "networks": ("/networks", "networks"),
    "subnets": ("/subnets", "subnets"),
    "ports": ("/ports", "ports"),
    "security_groups": ("/security-groups", "security_groups"),
    "routers": ("/routers", "routers"),
}
SERVICE = {"server_groups": "compute"} | dict.fromkeys(
    ("networks", "subnets", "ports", "security_groups", "routers"), "network"
)


def connect(cloud: str | None = None) -> Connection:
    """The tenant's connection (OS_CLOUD) or another entry of clouds.yaml."""
    return openstack.connect(cloud=cloud) if cloud else openstack.connect()


def listing(cloud: Connection) -> dict[str, str]:
    """Everything that the project has, kind by kind, as canonical text: equal texts, nothing was touched."""
    found = {}
    for kind, (path, key) in LISTS.items():
        service = getattr(cloud, SERVICE.get(kind, kind))
        found[kind] = json.dumps(_sorted(service.get(path).json()[key]), sort_keys=True, indent=1)
    return found


def _sorted(data: Any) -> Any:
    """The data with its lists in an order of their own: some services give theirs in any order."""
    if isinstance(data, dict):
        return {key: _sorted(value) for key, value in data.items()}
    if isinstance(data, list):
        return sorted((_sorted(item) for item in data), key=lambda item: json.dumps(item, sort_keys=True))
    return data


def owned(cloud: Connection, ignore: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    """Names of what the project has, but for `ignore` (ids) and what every project is given."""
    found: dict[str, list[str]] = {}
    for kind, (path, key) in LISTS.items():
        service = getattr(cloud, SERVICE.get(kind, kind))
        for row in service.get(path).json()[key]:
            mine = (
                row.get("project_id", row.get("tenant_id", row.get("owner", cloud.current_project_id)))
                == cloud.current_project_id
            )
            if mine and row["id"] not in ignore and row.get("name") != "default":
                found.setdefault(kind, []).append(str(row.get("name") or row.get("stack_name") or row["id"]))
    return {kind: sorted(names) for kind, names in found.items()}


def ids(cloud: Connection) -> frozenset[str]:
    """The ids of everything that is there now."""
    return frozenset(row["id"] for text in listing(cloud).values() for row in json.loads(text))


@contextmanager
def network(cloud: Connection, cidr: str = "10.99.0.0/24") -> Iterator[Any]:
    """A tenant network with a subnet, for external connection points; removed afterwards."""
    net = cloud.network.create_network(name=f"test-{uuid.uuid4().hex[:8]}")
    cloud.network.create_subnet(network_id=net.id, ip_version=4, cidr=cidr, name=net.name)
    try:
        yield net
    finally:
        for port in cloud.network.ports(network_id=net.id):
            cloud.network.delete_port(port)
        cloud.network.delete_network(net)


def lose_server(cloud: Connection, name_part: str) -> str:
    """Delete the one server whose name has `name_part`, as an operator's mistake would; returns its id."""
    (server,) = [s for s in cloud.compute.servers() if name_part in s.name]
    cloud.compute.delete_server(server)
    cloud.compute.wait_for_delete(server, interval=0.2)
    return str(server.id)


def admin() -> Connection:
    """The administrator of the sandbox."""
    return connect("sandbox-admin")


@contextmanager
def quota(cloud: Connection, project_id: str, **limits: int) -> Iterator[None]:
    """Compute quotas of the project set to `limits` for the block."""
    old = cloud.compute.get_quota_set(project_id)
    kept = {name: getattr(old, name) for name in limits}
    cloud.compute.update_quota_set(project_id, **limits)
    try:
        yield
    finally:
        cloud.compute.update_quota_set(project_id, **kept)
