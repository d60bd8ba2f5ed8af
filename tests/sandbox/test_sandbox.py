# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sandbox is a cloud: what a plain tenant makes there works, and guests speak with each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import openstack
import pytest
from sandbox_tenant import Cloud, cli, pids, until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["sandbox_tenant"]

ANSWER = (
    "import socket; s = socket.create_server(('', 7777)); print('ready', flush=True)\n"
    "while True: c, _ = s.accept(); c.sendall(b'hello from the guest'); c.close()\n"
)
ASK = "import socket, sys; print(socket.create_connection((sys.argv[1], 7777), 2).recv(99).decode())"


@pytest.fixture
def talker(box: Cloud) -> Iterator[tuple[str, str]]:
    """A server whose guest answers on TCP port 7777: its uuid and address."""
    port = box.port()
    server = box.server(networks=[{"port": port.id}])
    with box.in_guest(server.id, "python3", "-c", ANSWER):
        yield server.id, port.fixed_ips[0]["ip_address"]


def test_a_second_start_changes_nothing() -> None:
    before = pids()
    said = cli("up").stdout
    assert "was up already" in said
    assert pids() == before


def test_guests_talk_through_the_virtual_switch(box: Cloud, talker: tuple[str, str]) -> None:
    asker = box.server(networks=[{"port": box.port().id}])
    assert "hello" in cli("exec", asker.id, "python3", "-c", ASK, talker[1]).stdout


def test_security_groups_hold_back_what_they_do_not_allow(box: Cloud, talker: tuple[str, str]) -> None:
    asker = box.server(networks=[{"port": box.port().id}])
    network = box.tenant.network
    port = next(iter(network.ports(device_id=talker[0])))
    closed = box.keep(network.delete_security_group, network.create_security_group(name=box.name))
    network.update_port(port, security_group_ids=[closed.id])
    box.cleanup.callback(network.update_port, port, security_group_ids=[box.group.id])

    def refused() -> bool:
        return "timed out" in cli("exec", asker.id, "python3", "-c", ASK, talker[1], check=False).stderr

    assert until("the rule holds", refused)


def test_a_floating_ip_answers_from_the_machine(box: Cloud, talker: tuple[str, str]) -> None:
    network = box.tenant.network
    external = network.find_network("public")
    gateway = {"network_id": external.id}
    router = box.keep(network.delete_router, network.create_router(name=box.name, external_gateway_info=gateway))
    network.add_interface_to_router(router, subnet=box.subnet.id)
    box.cleanup.callback(network.remove_interface_from_router, router, subnet=box.subnet.id)
    port = next(iter(network.ports(device_id=talker[0])))
    address = box.keep(network.delete_ip, network.create_ip(floating_network_id=external.id, port_id=port.id))
    assert until("an answer", lambda: box.ask(address.floating_ip_address, 7777)) == b"hello from the guest"


def test_a_stopped_guest_is_silent_and_a_started_one_answers(box: Cloud, talker: tuple[str, str]) -> None:
    asker = box.server(networks=[{"port": box.port().id}])

    def answers() -> bool:
        return "hello" in cli("exec", asker.id, "python3", "-c", ASK, talker[1], check=False).stdout

    box.tenant.compute.stop_server(talker[0])
    box.settled(talker[0], "SHUTOFF")
    assert not answers()
    box.tenant.compute.start_server(talker[0])
    box.settled(talker[0], "ACTIVE")
    assert until("an answer", answers)


def test_anti_affinity_spreads_over_three_hosts_and_no_further(box: Cloud) -> None:
    compute = box.tenant.compute
    group = compute.create_server_group(name=box.name, policy="anti-affinity")
    box.cleanup.callback(compute.delete_server_group, group)
    servers = [box.server(networks="none", scheduler_hints={"group": group.id}) for _turn in range(3)]
    hosts = {box.admin.compute.get_server(server.id).compute_host for server in servers}
    assert hosts == {"sim1", "sim2", "sim3"}
    with pytest.raises(openstack.exceptions.ResourceFailure):
        box.server(networks="none", scheduler_hints={"group": group.id})


def test_zones_hold_their_hosts(box: Cloud) -> None:
    server = box.server(networks="none", availability_zone="zone-b")
    assert box.admin.compute.get_server(server.id).compute_host == "sim3"


def test_volumes_from_nothing_and_from_an_image_attach_and_snapshot(box: Cloud) -> None:
    storage = box.tenant.block_storage
    image = box.tenant.image.find_image("tiny")
    plain, copied = (
        box.keep(storage.delete_volume, storage.create_volume(name=box.name, size=1, **fields))
        for fields in ({}, {"image_id": image.id})
    )
    for volume in (plain, copied):
        storage.wait_for_status(volume, "available", interval=0.3)
    server = box.server(networks="none")
    box.tenant.compute.create_volume_attachment(server, volume=plain)
    storage.wait_for_status(plain, "in-use", interval=0.3)
    box.tenant.compute.delete_volume_attachment(server, plain.id)
    storage.wait_for_status(plain, "available", interval=0.3)
    snapshot = storage.create_snapshot(volume_id=copied.id, name=box.name)
    assert storage.wait_for_status(snapshot, "available", interval=0.3).size == 1
    storage.delete_snapshot(snapshot)
    storage.wait_for_delete(snapshot, interval=0.3)


def test_a_resized_server_keeps_its_address_and_ends_active(box: Cloud, talker: tuple[str, str]) -> None:
    compute = box.tenant.compute
    compute.resize_server(talker[0], compute.find_flavor("m1.small").id)
    box.settled(talker[0], "VERIFY_RESIZE")
    compute.confirm_server_resize(talker[0])
    resized = box.settled(talker[0], "ACTIVE")
    assert resized.flavor["original_name"] == "m1.small"
    addresses = {entry["addr"] for entries in resized.addresses.values() for entry in entries}
    assert addresses == {talker[1]}
    asker = box.server(networks=[{"port": box.port().id}])
    assert until(
        "an answer", lambda: "hello" in cli("exec", asker.id, "python3", "-c", ASK, talker[1], check=False).stdout
    )


def test_a_stack_of_a_plain_tenant_lives_and_dies(box: Cloud) -> None:
    template = {
        "heat_template_version": "2021-04-16",
        "resources": {
            "port": {"type": "OS::Neutron::Port", "properties": {"network": box.network.id}},
            "volume": {"type": "OS::Cinder::Volume", "properties": {"size": 1}},
            "server": {
                "type": "OS::Nova::Server",
                "properties": {"flavor": "m1.tiny", "image": "tiny", "networks": [{"port": {"get_resource": "port"}}]},
            },
            "attachment": {
                "type": "OS::Cinder::VolumeAttachment",
                "properties": {
                    "instance_uuid": {"get_resource": "server"},
                    "volume_id": {"get_resource": "volume"},
                },
            },
        },
    }
    heat = box.tenant.orchestration
    stack = heat.create_stack(name=box.name, template=template, timeout_mins=5)
    assert box.stack_settles(stack.id, "CREATE_COMPLETE").status == "CREATE_COMPLETE"
    heat.delete_stack(stack)
    assert box.stack_settles(stack.id, "DELETE_COMPLETE") is None


def test_a_stack_that_fits_nowhere_says_so(box: Cloud) -> None:
    server = {"flavor": "m1.nofit", "image": "tiny", "networks": [{"network": box.network.id}]}
    template = {
        "heat_template_version": "2021-04-16",
        "resources": {"server": {"type": "OS::Nova::Server", "properties": server}},
    }
    stack = box.tenant.orchestration.create_stack(name=box.name, template=template, timeout_mins=5)
    box.cleanup.callback(box.stack_settles, stack.id, "DELETE_COMPLETE")
    box.cleanup.callback(box.tenant.orchestration.delete_stack, stack)
    assert "No valid host" in box.stack_settles(stack.id, "CREATE_FAILED").status_reason


def test_port_chains_are_kept(box: Cloud) -> None:
    network = box.tenant.network
    ports = [box.port(), box.port()]
    box.server(networks=[{"port": port.id} for port in ports])
    pair = network.create_sfc_port_pair(name=box.name, ingress=ports[0].id, egress=ports[1].id)
    box.keep(network.delete_sfc_port_pair, pair)
    group = network.create_sfc_port_pair_group(name=box.name, port_pairs=[pair.id])
    box.keep(network.delete_sfc_port_pair_group, group)
    chain = network.create_sfc_port_chain(name=box.name, port_pair_groups=[group.id])
    box.keep(network.delete_sfc_port_chain, chain)
    assert network.get_sfc_port_chain(chain.id).port_pair_groups == [group.id]


def test_tenants_do_not_see_each_other(box: Cloud) -> None:
    other = openstack.connect(cloud="sandbox-other")
    assert other.network.find_network(box.network.id) is None
    assert box.tenant.network.find_network(box.network.id).id == box.network.id


def test_status_names_every_service_and_its_memory() -> None:
    lines = cli("status").stdout.splitlines()
    assert re.search(r"total +\d+ MiB; http://127.0.0.1:\d+/v3; healthy", lines[-1])
    assert len(lines) > 20
    assert not [line for line in lines if "does not run" in line]
