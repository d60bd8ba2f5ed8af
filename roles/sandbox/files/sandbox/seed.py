# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a cloud's operator provides: flavors, an image, an external network, zones. Running it again changes nothing."""

from __future__ import annotations

from sandbox.paths import Sandbox
from sandbox.rest import Client, login

# MB of memory, virtual CPUs, GB of disk. No host has the disk of m1.nofit, and there is no quota on it.
_FLAVORS = {
    "m1.tiny": (64, 1, 1),
    "m1.small": (512, 1, 2),
    "m1.medium": (2048, 2, 10),
    "m1.large": (4096, 4, 20),
    "m1.nofit": (64, 1, 999999),
}
_ZONES = {"zone-a": ("sim1", "sim2"), "zone-b": ("sim3",)}


def plant(sandbox: Sandbox) -> None:
    """Make what is missing."""
    if sandbox.done("seed").exists():
        return
    client = login(sandbox)
    _zones(client)
    _flavors(client)
    _image(client)
    _external_network(client)
    sandbox.done("seed").touch()


def _zones(client: Client) -> None:
    """Availability zones. Hosts may only join once placement has their inventory, else it never learns their zone."""
    path = "/v2.1/os-aggregates"
    have = {aggregate["name"]: aggregate for aggregate in client.get("nova", path, "aggregates")}
    for name, hosts in _ZONES.items():
        fields = {"aggregate": {"name": name, "availability_zone": name}}
        aggregate = have.get(name) or client.call("POST", "nova", path, fields)["aggregate"]
        for host in hosts:
            if host not in aggregate.get("hosts", ()):
                client.call("POST", "nova", f"{path}/{aggregate['id']}/action", {"add_host": {"host": host}})


def _flavors(client: Client) -> None:
    have = {flavor["name"] for flavor in client.get("nova", "/v2.1/flavors", "flavors")}
    for name, (ram, vcpus, disk) in _FLAVORS.items():
        if name not in have:
            fields = {"name": name, "ram": ram, "vcpus": vcpus, "disk": disk}
            client.call("POST", "nova", "/v2.1/flavors", {"flavor": fields})


def _image(client: Client) -> None:
    """Image `tiny`: 1 MiB, public."""
    images = client.get("glance", "/v2/images?name=tiny", "images")
    fields = {"name": "tiny", "disk_format": "raw", "container_format": "bare", "visibility": "public"}
    image = images[0] if images else client.call("POST", "glance", "/v2/images", fields)
    if image["status"] == "queued":
        client.call("PUT", "glance", f"/v2/images/{image['id']}/file", b"sandbox".ljust(1024 * 1024, b"\0"))


def _external_network(client: Client) -> None:
    """Network `public`, whose gateway is this machine."""
    path = "/v2.0/networks"
    networks = client.get("neutron", f"{path}?name=public", "networks")
    fields = {
        "name": "public",
        "router:external": True,
        "provider:network_type": "flat",
        "provider:physical_network": "physnet1",
    }
    network = networks[0] if networks else client.call("POST", "neutron", path, {"network": fields})["network"]
    if not network["subnets"]:
        net = client.sandbox.external_net
        subnet = {
            "network_id": network["id"],
            "name": "public",
            "ip_version": 4,
            "cidr": f"{net}.0/24",
            "gateway_ip": f"{net}.1",
            "enable_dhcp": False,
            "allocation_pools": [{"start": f"{net}.10", "end": f"{net}.250"}],
        }
        client.call("POST", "neutron", "/v2.0/subnets", {"subnet": subnet})
