# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is the cloud ready to take work? Asked from the services themselves."""

from __future__ import annotations

from functools import partial

from sandbox import process
from sandbox.paths import COMPUTE_HOSTS, Sandbox
from sandbox.rest import Client, answers, login
from sandbox.services import APIS, names

_NOVA = {"nova-conductor": 1, "nova-scheduler": 1, "nova-compute": len(COMPUTE_HOSTS)}
_CINDER = {"cinder-scheduler": 1, "cinder-volume": 1}


def quick(sandbox: Sandbox) -> bool:
    """Every process runs and every API answers."""
    return not missing(sandbox) and all(answers(sandbox, service) for service in APIS)


def missing(sandbox: Sandbox) -> list[str]:
    """The processes that should run and do not."""
    have = process.running(sandbox)
    return [name for name in names() if name not in have]


def wait(sandbox: Sandbox) -> None:
    """Wait until every service has reported to its API, and placement knows what the hosts can hold."""
    client = login(sandbox)
    for what, check in (
        ("placement's inventory", _placement),
        ("nova", _nova),
        ("neutron", _neutron),
        ("cinder", _cinder),
        ("heat", _heat),
    ):
        process.wait(what, partial(check, client), timeout=120, every=0.3)


def _enough(services: list[dict[str, str]], wanted: dict[str, int], state: str = "state") -> bool:
    up = [service["binary"] for service in services if service[state] == "up"]
    return all(up.count(binary) >= count for binary, count in wanted.items())


def _nova(client: Client) -> bool:
    return _enough(client.get("nova", "/v2.1/os-services", "services"), _NOVA)


def _cinder(client: Client) -> bool:
    path = f"/v3/{client.project}"
    pools = client.get("cinder", f"{path}/scheduler-stats/get_pools", "pools")  # a driver that did not start has none
    return bool(pools) and _enough(client.get("cinder", f"{path}/os-services", "services"), _CINDER)


def _heat(client: Client) -> bool:
    services = client.get("heat", f"/v1/{client.project}/services", "services")
    return _enough(services, {"heat-engine": 1}, "status")


def _neutron(client: Client) -> bool:
    return any(agent["alive"] for agent in client.get("neutron", "/v2.0/agents", "agents"))


def _placement(client: Client) -> bool:
    path = "/resource_providers?resources=VCPU:1"
    found = client.get("placement", path, "resource_providers", version="placement 1.14")
    return {provider["name"] for provider in found}.issuperset(COMPUTE_HOSTS)
