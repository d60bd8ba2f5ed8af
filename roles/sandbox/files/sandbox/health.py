# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is the cloud ready to take work? Asked from the services themselves."""

from __future__ import annotations

from functools import partial

from sandbox import process
from sandbox.errors import SandboxError
from sandbox.paths import COMPUTE_HOSTS, Sandbox
from sandbox.rest import Client, answers, login
from sandbox.services import APIS, names

_NOVA = {"nova-conductor": 1, "nova-scheduler": 1, "nova-compute": len(COMPUTE_HOSTS)}
_CINDER = {"cinder-scheduler": 1, "cinder-volume": 1}


def quick(sandbox: Sandbox) -> bool:
    """Every process runs and every API answers."""
    return process.running(sandbox).keys() >= set(names()) and all(answers(sandbox, service) for service in APIS)


def wait(sandbox: Sandbox) -> None:
    """Wait until every service has reported to its API, and placement knows what the hosts can hold.

    Raises SandboxError, with the log's name, as soon as one has ended.
    """
    pids = process.running(sandbox)
    dead = [f"{sandbox.log}/{name}.log" for name in names() if name not in pids]
    if dead:
        raise SandboxError(f"ended right after the start; their last words are in {', '.join(dead)}")
    needs = {f"{sandbox.log}/{name}.log": pids[name][0] for name in names()}
    client = login(sandbox)
    for what, check in (
        ("placement's inventory", _placement),
        ("nova", _nova),
        ("neutron", _neutron),
        ("cinder", _cinder),
        ("heat", _heat),
    ):
        process.wait(what, partial(check, client), timeout=120, every=0.3, needs=needs)


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
