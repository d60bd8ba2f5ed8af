# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keystone's contents: service users, the catalog, and two plain tenants. Running it again changes nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sandbox import process
from sandbox.paths import REGION, Sandbox
from sandbox.rest import Client, login
from sandbox.services import config_file, environment

TENANTS = ("tenant", "other")
_SERVICE_USERS = ("nova", "glance", "placement", "neutron", "cinder", "heat")
_CATALOG = (
    ("nova", "compute", "nova", "/v2.1"),
    ("glance", "image", "glance", ""),
    ("placement", "placement", "placement", ""),
    ("neutron", "network", "neutron", ""),
    ("cinderv3", "volumev3", "cinder", "/v3"),
    ("cinder", "block-storage", "cinder", "/v3"),
    ("heat", "orchestration", "heat", "/v1/%(tenant_id)s"),
)


def bootstrap(sandbox: Sandbox) -> None:
    """Keystone's first user, role, project and its own endpoint."""
    if sandbox.done("bootstrap").exists():
        return
    url = sandbox.url("keystone") + "/v3"
    names = ("PUBLIC", "INTERNAL", "ADMIN")
    env = environment(sandbox) | {f"OS_BOOTSTRAP_{name}_URL": url for name in names}
    env |= {"OS_BOOTSTRAP_PASSWORD": sandbox.password, "OS_BOOTSTRAP_REGION_ID": REGION}
    program = sandbox.bin / "keystone-manage"
    process.run([program, config_file(sandbox, "keystone"), "bootstrap"], env, log=sandbox.log / "bootstrap.log")
    sandbox.done("bootstrap").touch()


def fill(sandbox: Sandbox) -> None:
    """Everything else in keystone."""
    if sandbox.done("catalog").exists():
        return
    client = login(sandbox)
    roles = {role["name"]: role["id"] for role in client.get("keystone", "/v3/roles", "roles")}
    for name in ("heat_stack_owner", "heat_stack_user", "service"):
        if name not in roles:
            roles[name] = _post(client, "role", {"name": name})
    service = _ensure(client, "project", "service", {})
    for name in _SERVICE_USERS:
        _user(client, name, service, [roles["admin"], roles["service"]])
    for name in TENANTS:
        _user(client, name, _ensure(client, "project", name, {}), [roles["member"], roles["reader"]])
    # Heat keeps the users that stacks create in a domain of its own.
    domain = _ensure(client, "domain", "heat", {})
    admin = _ensure(client, "user", "heat_domain_admin", {"domain_id": domain, "password": sandbox.password})
    client.call("PUT", "keystone", f"/v3/domains/{domain}/users/{admin}/roles/{roles['admin']}")
    _endpoints(client)
    sandbox.done("catalog").touch()


def _endpoints(client: Client) -> None:
    services = {service["type"]: service["id"] for service in client.get("keystone", "/v3/services", "services")}
    endpoints = client.get("keystone", "/v3/endpoints", "endpoints")
    have = {(endpoint["service_id"], endpoint["interface"]) for endpoint in endpoints}
    for name, kind, port, path in _CATALOG:
        service = services.get(kind) or _post(client, "service", {"name": name, "type": kind})
        for interface in ("public", "internal"):
            if (service, interface) not in have:
                fields = {"service_id": service, "interface": interface, "region_id": REGION}
                _post(client, "endpoint", {**fields, "url": client.sandbox.url(port) + path})


def _user(client: Client, name: str, project: str, roles: list[str]) -> None:
    fields = {"password": client.sandbox.password, "domain_id": "default", "default_project_id": project}
    user = _ensure(client, "user", name, fields)
    for role in roles:
        client.call("PUT", "keystone", f"/v3/projects/{project}/users/{user}/roles/{role}")


def _ensure(client: Client, kind: str, name: str, fields: dict[str, Any]) -> str:
    """The id of the named thing, made when it is not there."""
    found = client.get("keystone", f"/v3/{kind}s?name={quote(name)}", f"{kind}s")
    return str(found[0]["id"]) if found else _post(client, kind, {"name": name, **fields})


def _post(client: Client, kind: str, fields: dict[str, Any]) -> str:
    return str(client.call("POST", "keystone", f"/v3/{kind}s", {kind: fields})[kind]["id"])
