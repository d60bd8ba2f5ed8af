# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the demo does to the cloud of OS_CLOUD without the MANO: a network for the VNF, a server deleted.

demo_cloud.py network NAME CIDR    make the network and its subnet unless they are there; prints "made" or "there"
demo_cloud.py no-network NAME      delete them
demo_cloud.py delete-server ID     delete a server and wait until it is gone
"""

from __future__ import annotations

import sys

import openstack


def make_network(cloud: openstack.connection.Connection, name: str, cidr: str) -> str:
    """The network with one subnet."""
    if cloud.network.find_network(name):
        return "there"
    network = cloud.network.create_network(name=name)
    cloud.network.create_subnet(network_id=network.id, name=name, ip_version=4, cidr=cidr)
    return "made"


def delete_network(cloud: openstack.connection.Connection, name: str) -> str:
    """The network and its subnets gone; it must not have ports any more."""
    network = cloud.network.find_network(name)
    if network is None:
        return "gone already"
    cloud.network.delete_network(network)
    return "deleted"


def delete_server(cloud: openstack.connection.Connection, id_: str) -> str:
    """The server gone."""
    server = cloud.compute.get_server(id_)
    cloud.compute.delete_server(server)
    cloud.compute.wait_for_delete(server, interval=0.5, wait=120)
    return f"deleted {server.name}"


JOBS = {"network": make_network, "no-network": delete_network, "delete-server": delete_server}

if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in JOBS:
        sys.exit(__doc__)
    sys.stdout.write(JOBS[sys.argv[1]](openstack.connect(), *sys.argv[2:]) + "\n")
