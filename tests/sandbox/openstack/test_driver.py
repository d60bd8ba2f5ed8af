# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The driver on a real OpenStack: what is made, seen, changed, healed and deleted."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace
from typing import Any

import pytest
from sandbox_tenant import until
from topologies import (
    GIB,
    IMAGE,
    AddressData,
    BootData,
    CpConfig,
    ExtCpLink,
    FixedAddress,
    Subnet,
    VimAssets,
    VnfVirtualLink,
    cp,
    port,
    storage,
    topology,
    vdu,
    vnfc,
    with_volume,
)

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology, Vnfc
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.session import Cloud

TINY = VimAssets(software_images={"fw": "tiny"})


def plain(count: int = 1, **values: Any) -> Topology:
    return topology(count, vim_assets=TINY, **values)


def with_ports(one: Vnfc, *ports: Any) -> Vnfc:
    return replace(one, ports=ports)


def test_scaling_keeps_what_stays_and_removes_the_newest(vnf: Any) -> None:
    vnf.become(with_volume(1))
    kept = {key: o.resource_id for key, o in vnf.seen.resources.items()}
    assert vnf.statuses() == {}
    vnf.become(with_volume(2))
    assert vnf.statuses() == {}
    assert {key: vnf.seen.resources[key].resource_id for key in kept} == kept
    assert vnf.seen.resources["virtual_storage", "fw-1-data"].attributes["attached_to"] == vnf.id("vnfc", "fw-1")
    vnf.become(with_volume(1))
    assert {key: o.resource_id for key, o in vnf.seen.resources.items()} == kept


def test_healing_keeps_addresses_and_volumes_unless_they_are_named(vnf: Any, api: Cloud) -> None:
    vnf.become(with_volume(2))
    first = dict(vnf.seen.resources)
    api.request("DELETE", "compute", f"/servers/{vnf.id('vnfc', 'fw-0')}")
    vnf.look()
    assert vnf.statuses() in ({"fw-0": "missing"}, {})  # Nova may still be at it
    vnf.become(with_volume(2), ("vnfc", "fw-0"))
    assert vnf.statuses() == {}
    changed = {key for key, o in vnf.seen.resources.items() if o.resource_id != first[key].resource_id}
    assert changed == {("vnfc", "fw-0")}
    addresses = vnf.seen.resources["link_port", "fw-0-mgmt"].attributes
    assert addresses["ip_addresses"] == first["link_port", "fw-0-mgmt"].attributes["ip_addresses"]
    assert addresses["device_id"] == vnf.id("vnfc", "fw-0")

    vnf.become(with_volume(2), ("virtual_storage", "fw-1-data"))
    changed = {key for key, o in vnf.seen.resources.items() if o.resource_id != first[key].resource_id}
    assert changed == {("vnfc", "fw-0"), ("vnfc", "fw-1"), ("virtual_storage", "fw-1-data")}


@pytest.mark.parametrize("lost", ["port", "volume"])
def test_a_lost_port_or_volume_is_made_anew_with_its_server(vnf: Any, api: Cloud, lost: str) -> None:
    vnf.become(with_volume(1))
    server = vnf.id("vnfc", "fw-0")
    if lost == "port":
        key = ("link_port", "fw-0-mgmt")
        path = f"/ports/{vnf.id(*key)}"  # Neutron lets a tenant delete a port only when no server has it
        api.request("DELETE", "compute", f"/servers/{server}/os-interface/{vnf.id(*key)}")
        until("it is detached", lambda: not api.get("network", path)["port"]["device_id"])
        api.request("DELETE", "network", path)
    else:
        key = ("virtual_storage", "fw-0-data")
        api.request("DELETE", "compute", f"/servers/{server}")
        api.request("DELETE", "compute", f"/servers/{server}")
        until("the volume is gone", lambda: _volume_gone(api, vnf.id(*key)))
    vnf.look()
    assert vnf.statuses()[key[1]] == "missing"
    vnf.become(with_volume(1), key)
    assert vnf.statuses() == {}
    assert vnf.id("vnfc", "fw-0") != server


def _volume_gone(api: Cloud, id_: str) -> bool:
    api.request("DELETE", "block-storage", f"/volumes/{id_}", accept=(400, 404), repeat=True)
    return api.find("block-storage", f"/volumes/{id_}") is None


def test_a_write_made_twice_makes_nothing_twice(vnf: Any) -> None:
    vnf.become(plain(1))
    ids = {o.resource_id for o in vnf.seen.resources.values()}
    for write in vnf.vim.writes(None, plain(1), vnf.seen):
        vnf.perform(write, None, plain(1))
    (heal,) = vnf.vim.writes(plain(1), plain(1), vnf.seen, (("vnfc", "fw-0"),))
    vnf.perform(heal, plain(1), plain(1))
    healed = vnf.look().resources["vnfc", "fw-0"].resource_id
    assert healed not in ids
    vnf.perform(heal, plain(1), plain(1))
    assert vnf.look().resources["vnfc", "fw-0"].resource_id == healed


def test_a_heal_that_died_half_way_can_be_taken_back(vnf: Any, api: Cloud) -> None:
    """What such a process leaves: Heat's mark and no server. To go back is then to have the server again."""
    vnf.become(with_volume(1))
    (heal,) = vnf.vim.writes(vnf.topology, vnf.topology, vnf.seen, (("vnfc", "fw-0"),))
    path = f"/stacks/vnf-{vnf.ref.instance_id}/{vnf.ref.stack_id}/resources/fw-0"
    api.request("PATCH", "orchestration", path, json={"mark_unhealthy": True, "resource_status_reason": "test"})
    api.request("DELETE", "compute", f"/servers/{vnf.id('vnfc', 'fw-0')}")
    volume = vnf.id("virtual_storage", "fw-0-data")
    vnf.perform(heal.inverse, vnf.topology, vnf.topology)
    assert vnf.look().resources["vnfc", "fw-0"].status == "ok"
    assert vnf.seen.resources["virtual_storage", "fw-0-data"].attributes["attached_to"] == vnf.id("vnfc", "fw-0")
    assert vnf.id("virtual_storage", "fw-0-data") == volume


def test_a_process_that_takes_over_goes_on_with_the_stack_under_way(vnf: Any) -> None:
    with pytest.raises(ManoError) as caught:
        vnf.become(plain(2), seconds=1)
    assert caught.value.error_code == "operation_timeout"
    assert vnf.vim.observe(vnf.ref, plain(2)).state == "busy"
    assert vnf.become(plain(2)).state == "complete"
    assert vnf.statuses() == {}


def test_a_stopped_server_is_seen_and_started(vnf: Any, api: Cloud) -> None:
    vnf.become(plain(1))
    server = vnf.id("vnfc", "fw-0")
    api.request("POST", "compute", f"/servers/{server}/action", json={"os-stop": None})
    until("it is stopped", lambda: vnf.look().resources["vnfc", "fw-0"].status == "stopped")
    assert vnf.statuses() == {"fw-0": "stopped"}
    vnf.become(plain(1), start=("fw-0",))
    assert vnf.statuses() == {}
    assert vnf.id("vnfc", "fw-0") == server


def test_names_that_heat_would_not_take(vnf: Any) -> None:
    odd = vdu("fire/wall ü#1")
    made = with_ports(vnfc(0, odd), port("fire/wall ü#1-0", cp("a/b", link="net?x")))
    of = topology(
        vnfcs=(replace(made, storages=(storage(made.id, "d%d"),)),),
        virtual_links=(VnfVirtualLink("net?x", ("ipv4",)),),
        vim_assets=VimAssets(software_images={odd.id: "tiny"}),
    )
    vnf.become(of)
    assert vnf.statuses() == {}
    assert {o.id for o in vnf.seen.resources.values()} == {made.id, f"{made.id}-a/b", f"{made.id}-d%d", "net?x"}
    vnf.become(of, ("vnfc", made.id))
    assert vnf.statuses() == {}


def test_boot_volume_from_an_image_of_the_package_verified_on_the_way(vnf: Any, api: Cloud) -> None:
    content = uuid.uuid4().bytes * 65536
    image = replace(
        IMAGE,
        checksum_algorithm="sha-384",
        checksum_hash=hashlib.sha384(content).hexdigest().upper(),
        file="Files/images/fw.img",
        min_disk=50 * GIB,
        min_ram=50 * GIB,
    )
    vnf.files["Files/images/fw.img"] = content
    root = storage("fw-0", "root", boot=True, sw_image=image)
    of = topology(vnfcs=(replace(vnfc(0, vdu(sw_image=None)), storages=(root, storage("fw-0"))),))
    vnf.become(of)
    assert vnf.statuses() == {}
    (image_id,) = vnf.assets.images.values()
    found = api.get("image", f"/images/{image_id}")
    assert (found["visibility"], found["min_disk"], found["min_ram"]) == ("private", 1, 64)
    again = vnf.vim.resolve(of, None)
    assert again.images == {"root": image_id}
    assert [(write.action, write.target) for write in again.missing] == [("image.claim", image_id)]
    assert [w.target for w in again.disposal] == [image_id]


def test_an_image_with_another_digest_is_not_left_behind(vnf: Any, api: Cloud) -> None:
    image = replace(
        IMAGE, name=f"bad-{uuid.uuid4().hex}", checksum_algorithm="sha-256", checksum_hash="00" * 32, file="f"
    )
    vnf.files["f"] = b"something else"
    with pytest.raises(ManoError) as caught:
        vnf.become(topology(vnfcs=(vnfc(0, vdu(sw_image=image)),)))
    assert caught.value.error_code == "image_checksum_mismatch"
    assert api.listed("image", "/images", "images", name=f"{image.name} 1") == []


def test_an_image_known_to_glance_by_its_own_digest_is_taken(vnf: Any, api: Cloud) -> None:
    (tiny,) = api.listed("image", "/images", "images", name="tiny")
    image = replace(IMAGE, checksum_algorithm="sha-512", checksum_hash=tiny["os_hash_value"])
    found = vnf.vim.resolve(topology(vnfcs=(vnfc(0, vdu(sw_image=image)),)), None)
    assert (found.images, found.missing, found.disposal) == ({"fw": tiny["id"]}, (), ())


def test_ports_and_addresses_that_the_play_gives(vnf: Any, api: Cloud, external: Any) -> None:
    own = api.request("POST", "network", "/ports", json={"port": {"network_id": external.id, "name": "of-the-play"}})
    own_id = own.json()["port"]["id"]
    config = CpConfig(
        mac_address="fa:16:3e:11:22:33",
        fixed_addresses=(FixedAddress("10.99.0.77"),),
        allowed_address_pairs=(("10.99.0.200", None),),
    )
    given = port("fw-0", cp("given", 1, None), external.name, config=CpConfig(link_port_id=own_id))
    fixed = port("fw-0", cp("fixed", 2, None), external.name, config=config)
    vnf.become(
        plain(vnfcs=(with_ports(vnfc(0), port("fw-0", cp()), given, fixed),), external_networks={"e": external.id})
    )
    assert vnf.statuses() == {}
    assert vnf.id("link_port", given.id) == own_id
    seen = vnf.seen.resources["link_port", fixed.id].attributes
    assert seen["mac_address"] == "fa:16:3e:11:22:33"
    assert [a["ip_address"] for a in seen["ip_addresses"]] == ["10.99.0.77"]
    vnf.become(None)
    assert api.find("network", f"/ports/{own_id}") is not None
    api.request("DELETE", "network", f"/ports/{own_id}")


def test_two_ip_versions_a_router_and_a_floating_ip(vnf: Any, api: Cloud) -> None:
    both = (
        AddressData("ip_address", "ipv4", floating_ip=True),
        AddressData("ip_address", "ipv6"),
    )
    link = VnfVirtualLink(
        "internal",
        ("ipv4", "ipv6"),
        subnets=(Subnet("v4", 4, "10.88.0.0/24", gateway_ip="10.88.0.1"), Subnet("v6", 6, "fd88::/64")),
        mtu=1300,
    )
    of = plain(
        vnfcs=(with_ports(vnfc(0), port("fw-0", cp(addresses=both))),),
        virtual_links=(link,),
        ext_cps=(ExtCpLink("outside", "internal", "public", "ext"),),
    )
    vnf.become(of)
    assert vnf.statuses() == {}
    addresses = vnf.seen.resources["link_port", "fw-0-mgmt"].attributes["ip_addresses"]
    assert sorted(a["ip_address"].split(".")[0].split(":")[0] for a in addresses) == ["10", "fd88"]
    port_id = vnf.id("link_port", "fw-0-mgmt")
    assert len(api.listed("network", "/floatingips", "floatingips", port_id=port_id)) == 1


def test_boot_data_reaches_the_server(vnf: Any, api: Cloud) -> None:
    boot = BootData(source_path="Scripts/init.sh", variables={"x": "1"}, key_values={"role": "edge"})
    vnf.files["Scripts/init.sh"] = b"#!/bin/sh\necho ${x}\n"
    vnf.become(plain(vnfcs=(vnfc(0, vdu(boot_data=boot)),)))
    server = api.get("compute", f"/servers/{vnf.id('vnfc', 'fw-0')}")["server"]
    assert server["metadata"]["role"] == "edge"
    assert server["metadata"]["nfv-mano-vnfc"] == "fw-0"


@pytest.mark.parametrize(
    ("network", "code"), [("no-such-network", "network_missing"), (str(uuid.uuid4()), "network_missing")]
)
def test_a_network_that_is_not_there(vnf: Any, network: str, code: str) -> None:
    with pytest.raises(ManoError) as caught:
        vnf.become(plain(vnfcs=(with_ports(vnfc(0), port("fw-0", cp("e", 0, None), network)),)))
    assert caught.value.error_code == code
    assert network in caught.value.message


def test_a_name_that_two_networks_have(vnf: Any, api: Cloud) -> None:
    name = f"twice-{uuid.uuid4().hex[:6]}"
    made = [
        api.request("POST", "network", "/networks", json={"network": {"name": name}}).json()["network"]["id"]
        for _turn in "ab"
    ]
    try:
        with pytest.raises(ManoError) as caught:
            vnf.become(plain(vnfcs=(with_ports(vnfc(0), port("fw-0", cp("e", 0, None), name)),)))
        assert caught.value.error_code == "network_ambiguous"
    finally:
        for id_ in made:
            api.request("DELETE", "network", f"/networks/{id_}")


def test_capacity_and_status_are_those_of_the_tenant(vnf: Any) -> None:
    before = vnf.vim.capacity()
    assert before.zones
    assert set(before.left) >= {"instances", "cores", "ram_mib", "ports", "networks", "volumes", "volume_gib"}
    assert vnf.vim.status()["quota"]["instances"]["limit"] > 0
