# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The template: what is in it for a topology, and what of it stays when the topology changes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from topologies import (
    ASSETS,
    GIB,
    REF,
    AddressData,
    BootData,
    CpConfig,
    ExtCpLink,
    FixedAddress,
    SecurityGroupRule,
    ServerGroup,
    Subnet,
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
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import hot, names
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.hot_network import FLOATING, subnets_of
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.userdata import substitute, text_of


def resources(of: Topology, files: dict[str, str] | None = None, assets: Any = ASSETS) -> dict[str, Any]:
    found: dict[str, Any] = dict(hot.build(of, assets, REF, files or {}).template["resources"])
    return found


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["get_resource"]} if "get_resource" in value else set()
        return own.union(*(references(v) for v in value.values()))
    return set().union(*(references(v) for v in value)) if isinstance(value, list) else set()


@pytest.mark.parametrize(
    ("policy", "waits"),
    [("anti-affinity", {"fw-1": ["fw-0"], "fw-2": ["fw-1"]}), ("soft-anti-affinity", {})],
)
def test_servers_of_a_strict_group_are_built_one_after_the_other_when_told(policy: str, waits: dict[str, Any]) -> None:
    vnfcs = tuple(vnfc(i, server_groups=("apart",)) for i in range(3))
    of = topology(vnfcs=(*vnfcs, vnfc(3)), server_groups=(ServerGroup("apart", policy),))
    plain = hot.build(of, ASSETS, REF, {})
    chained = hot.one_after_the_other(plain).template["resources"]
    assert {name: r["depends_on"] for name, r in chained.items() if "depends_on" in r} == waits
    assert {n: {k: v for k, v in r.items() if k != "depends_on"} for n, r in chained.items()} == plain.template[
        "resources"
    ]


def test_a_vnfc_is_a_server_its_ports_and_its_volumes() -> None:
    found = resources(with_volume(1))
    assert {name: r["type"] for name, r in found.items()} == {
        "internal": "OS::Neutron::Net",
        "internal.ipv4": "OS::Neutron::Subnet",
        "ssh.rules": "OS::Neutron::SecurityGroup",
        "apart.group": "OS::Nova::ServerGroup",
        "fw-0": "OS::Nova::Server",
        "fw-0-mgmt": "OS::Neutron::Port",
        "fw-0-data": "OS::Cinder::Volume",
    }
    server = found["fw-0"]["properties"]
    assert server["name"] == "fw-one-fw-0"
    assert (server["flavor"], server["image"]) == ("flavour-1", "image-1")
    assert server["networks"] == [{"port": {"get_resource": "fw-0-mgmt"}}]
    assert server["scheduler_hints"] == {"group": {"get_resource": "apart.group"}}
    assert server["block_device_mapping_v2"] == [
        {"volume_id": {"get_resource": "fw-0-data"}, "boot_index": -1, "delete_on_termination": False}
    ]
    assert server["metadata"] == {
        "nfv-mano-instance": REF.instance_id,
        "nfv-mano-tenant": "default",
        "nfv-mano-vdu": "fw",
        "nfv-mano-vnfc": "fw-0",
    }


def test_scaling_touches_no_resource_that_stays() -> None:
    one, three = resources(with_volume(1)), resources(with_volume(3))
    assert {name: three[name] for name in one} == one
    assert {n for n in three if n not in one} == {f"fw-{i}{s}" for i in (1, 2) for s in ("", "-mgmt", "-data")}


def test_the_text_is_the_same_whenever_it_is_made() -> None:
    texts = {json.dumps(hot.build(with_volume(3), ASSETS, REF, {}).template) for _turn in range(3)}
    assert len(texts) == 1


_IDS = st.text(min_size=1, max_size=12).filter(lambda s: s.isprintable())


@given(st.lists(_IDS, min_size=1, max_size=4, unique=True), _IDS, _IDS)
def test_odd_names_make_a_template_whose_references_all_lead_somewhere(vdus: list[str], link: str, cp_id: str) -> None:
    parts = []
    for one in vdus:
        made = vnfc(0, vdu(one))
        ports = (port(made.id, cp(cp_id, link=link)),)
        parts.append(replace(made, ports=ports, storages=(storage(made.id, "x"),) if cp_id != "x" else ()))
    of = topology(vnfcs=tuple(parts), virtual_links=(VnfVirtualLink(link, ("ipv4",)),))
    assets = replace(ASSETS, flavours=dict.fromkeys(vdus, "f"), images=dict.fromkeys(vdus, "i"))
    found = resources(of, assets=assets)
    assert references(list(found.values())) <= set(found)
    servers = [names.id_of("vnfc", name) for name, r in found.items() if r["type"] == names.SERVER]
    assert sorted(servers) == sorted(p.id for p in parts)
    assert not [name for name in found if "/" in name]


@given(_IDS, st.sampled_from(["vnfc", "link_port", "virtual_storage", "virtual_link"]))
def test_a_resource_name_leads_back_to_its_id(id_: str, kind: str) -> None:
    assert names.id_of(kind, names.resource_name(kind, id_)) == id_
    assert names.id_of_name(REF, kind, names.prefixed(REF, kind, id_)) == id_


def test_kinds_that_share_an_id_have_names_of_their_own() -> None:
    """VDU `a` with CP `b-0`, VDU `a-0-b`: the first one's port and the second one's VNFC are both called a-0-b-0."""
    all_kinds = {names.resource_name(kind, "a-0-b-0") for kind in names.TYPE_OF_KIND}
    assert len(all_kinds) >= 3
    assert names.resource_name("vnfc", "a-0-b-0") == "a-0-b-0"


def test_boot_from_a_volume_made_from_an_image() -> None:
    one = vnfc(0, vdu(sw_image=None))
    boot = storage(one.id, "root", 3 * GIB + 1, boot=True, requirements={"volume_type": "fast"})
    found = resources(topology(vnfcs=(replace(one, storages=(boot, storage(one.id))),)))
    assert found["fw-0-root"]["properties"] | {"metadata": None, "name": None} == {
        "image": "image-3",
        "size": 4,
        "volume_type": "fast",
        "metadata": None,
        "name": None,
    }
    server = found["fw-0"]["properties"]
    assert "image" not in server
    assert [b["boot_index"] for b in server["block_device_mapping_v2"]] == [0, -1]


def test_ports_keep_the_order_of_nics_and_what_the_play_gives() -> None:
    one = vnfc(0)
    given_port = port(one.id, cp("own", 1, None), "oam", config=CpConfig(link_port_id="port-of-the-play"))
    config = CpConfig(
        mac_address="fa:16:3e:00:00:01",
        fixed_addresses=(FixedAddress("10.0.0.5", "subnet-1"),),
        allowed_address_pairs=(("10.0.0.9", None), ("10.0.0.10", "fa:16:3e:00:00:02")),
        security_groups=("group-1",),
    )
    external = port(one.id, cp("ext", 2, None, vnic_type="direct"), "oam", config=config)
    found = resources(topology(vnfcs=(replace(one, ports=(*one.ports, given_port, external)),)))
    assert [n["port"] for n in found["fw-0"]["properties"]["networks"]] == [
        {"get_resource": "fw-0-mgmt"},
        "port-of-the-play",
        {"get_resource": "fw-0-ext"},
    ]
    assert "fw-0-own" not in found
    assert found["fw-0-ext"]["properties"] == {
        "name": "fw-one-fw-0-ext",
        "network": "net-oam",
        "value_specs": {"description": f"nfv-mano-instance {REF.instance_id}"},
        "fixed_ips": [{"ip_address": "10.0.0.5", "subnet": "subnet-1"}],
        "mac_address": "fa:16:3e:00:00:01",
        "allowed_address_pairs": [
            {"ip_address": "10.0.0.9"},
            {"ip_address": "10.0.0.10", "mac_address": "fa:16:3e:00:00:02"},
        ],
        "binding:vnic_type": "direct",
        "security_groups": ["group-1"],
    }


def test_rules_on_one_port_share_one_group_so_that_none_opens_what_another_closes() -> None:
    rules = (
        SecurityGroupRule("in", ("mgmt",), port_range_min=80, port_range_max=90),
        SecurityGroupRule("out", ("mgmt",), direction="egress", ether_type="ipv6", protocol="udp"),
        SecurityGroupRule("ping", ("mgmt",), protocol="icmp"),
    )
    one = vnfc(0, ports=(port("fw-0", cp(), security_group_rules=("ping", "out", "in")),))
    found = resources(topology(vnfcs=(one,), security_group_rules=rules))
    assert found["fw-0-mgmt"]["properties"]["security_groups"] == [{"get_resource": "in=2Bout=2Bping.rules"}]
    assert found["in=2Bout=2Bping.rules"]["properties"]["rules"] == [
        {"direction": "ingress", "ethertype": "IPv4", "protocol": "tcp", "port_range_min": 80, "port_range_max": 90},
        {"direction": "egress", "ethertype": "IPv6", "protocol": "udp"},
        {"direction": "ingress", "ethertype": "IPv4", "protocol": "icmp"},
    ]


def test_port_security_is_off_only_where_the_descriptor_says_so() -> None:
    off = cp(requirements={"port_security_enabled": "false"})
    found = resources(topology(vnfcs=(vnfc(0, ports=(port("fw-0", off),)),)))
    assert found["fw-0-mgmt"]["properties"]["port_security_enabled"] is False
    assert "port_security_enabled" not in resources(topology())["fw-0-mgmt"]["properties"]


def test_subnets_of_the_descriptor_are_made_as_it_says() -> None:
    subnets = (
        Subnet("v4", 4, "10.1.0.0/24", gateway_ip="10.1.0.1", allocation_pools=(("10.1.0.10", "10.1.0.20"),)),
        Subnet("v6", 6, "fd00::/64", dhcp_enabled=False, ipv6_address_mode="slaac"),
    )
    both = cp(
        addresses=(
            AddressData("ip_address", "ipv6"),
            AddressData("ip_address", "ipv4", number_of_addresses=2),
        )
    )
    of = topology(
        vnfcs=(vnfc(0, ports=(port("fw-0", both),)),),
        virtual_links=(VnfVirtualLink("internal", ("ipv4", "ipv6"), subnets=subnets, mtu=1400),),
    )
    found = resources(of)
    assert found["internal"]["properties"]["value_specs"]["mtu"] == 1400
    v4, v6 = found["internal.v4"]["properties"], found["internal.v6"]["properties"]
    assert (v4["cidr"], v4["gateway_ip"]) == ("10.1.0.0/24", "10.1.0.1")
    assert v4["allocation_pools"] == [{"start": "10.1.0.10", "end": "10.1.0.20"}]
    assert (v6["ip_version"], v6["enable_dhcp"], v6["ipv6_ra_mode"], v6["ipv6_address_mode"]) == (
        6,
        False,
        "slaac",
        "slaac",
    )
    assert found["fw-0-mgmt"]["properties"]["fixed_ips"] == [
        {"subnet": {"get_resource": "internal.v6"}},
        {"subnet": {"get_resource": "internal.v4"}},
        {"subnet": {"get_resource": "internal.v4"}},
    ]


@given(st.lists(_IDS, min_size=1, max_size=40, unique=True), st.sampled_from([("ipv4",), ("ipv6",), ("ethernet",)]))
def test_subnets_of_our_own_never_overlap_and_stay_when_a_link_comes(ids: list[str], layers: tuple[str, ...]) -> None:
    made = subnets_of(VnfVirtualLink(i, layers) for i in ids)
    assert len({s.cidr for subnets in made.values() for s in subnets}) == len(ids)
    assert made == subnets_of(VnfVirtualLink(i, layers) for i in reversed(ids))


def test_a_link_of_our_own_has_no_gateway_unless_it_is_routed() -> None:
    assert resources(topology())["internal.ipv4"]["properties"]["gateway_ip"] == ""
    found = resources(topology(ext_cps=(ExtCpLink("outside", "internal", "public", "ext-1"),)))
    assert "gateway_ip" not in found["internal.ipv4"]["properties"]
    assert found["outside.router"]["properties"]["external_gateway_info"] == {"network": "net-public"}
    assert found["outside.ipv4.interface"]["properties"] == {
        "router": {"get_resource": "outside.router"},
        "subnet": {"get_resource": "internal.ipv4"},
    }


def test_a_floating_ip_waits_for_the_router() -> None:
    floating = cp(addresses=(AddressData("ip_address", "ipv4", floating_ip=True),))
    of = topology(
        vnfcs=(vnfc(0, ports=(port("fw-0", floating),)),),
        ext_cps=(ExtCpLink("outside", "internal", "public", "ext-1"),),
    )
    made = resources(of)["fw-0-mgmt.floating"]
    assert made["depends_on"] == ["outside.ipv4.interface"]
    assert made["properties"] == {"floating_network": "net-public", "port_id": {"get_resource": "fw-0-mgmt"}}
    bare = replace(of, ext_cps=())
    assets = replace(ASSETS, networks={FLOATING: "net-any"})
    assert resources(bare, assets=assets)["fw-0-mgmt.floating"]["properties"]["floating_network"] == "net-any"


def test_boot_data_goes_once_for_a_vdu_and_only_names_with_a_value_are_replaced() -> None:
    boot = BootData(
        content="#!/bin/sh\nname=${name} home=${HOME} {{ jinja }} {% x %} $name ${oam.ip}\n",
        variables={"name": "from-descriptor", "oam.ip": "10.0.0.1"},
        key_values={"role": "edge"},
        vim_properties={"config_drive": "True", "key_name": "ops", "unknown": "1"},
    )
    of = topology(vnfcs=(vnfc(0, vdu(boot_data=boot)), vnfc(1, vdu(boot_data=boot))), additional_params={"name": "fw!"})
    made = hot.build(of, ASSETS, REF, {})
    assert made.files == {"user_data/fw": "#!/bin/sh\nname=fw! home=${HOME} {{ jinja }} {% x %} $name 10.0.0.1\n"}
    server = made.template["resources"]["fw-1"]["properties"]
    assert server["user_data"] == {"get_file": "user_data/fw"}
    assert (server["config_drive"], server["key_name"], server["metadata"]["role"]) == (True, "ops", "edge")


def test_boot_data_cannot_take_over_the_owner_marks() -> None:
    boot = BootData(key_values={"nfv-mano-instance": "somebody-else"})
    made = resources(topology(vnfcs=(vnfc(0, vdu(boot_data=boot)),)))["fw-0"]["properties"]
    assert made["metadata"]["nfv-mano-instance"] == REF.instance_id
    assert "user_data" not in made


def test_a_file_with_a_destination_is_written_by_cloud_init() -> None:
    boot = BootData(source_path="Files/app.conf", destination_path="/etc/app.conf", variables={"x": "1"})
    made = hot.build(topology(vnfcs=(vnfc(0, vdu(boot_data=boot)),)), ASSETS, REF, {"Files/app.conf": "x=${x}\n"})
    head, _rest, body = made.files["user_data/fw"].partition("\n")
    assert head == "#cloud-config"
    assert json.loads(body) == {"write_files": [{"path": "/etc/app.conf", "encoding": "b64", "content": "eD0xCg=="}]}


def test_a_binary_file_is_no_boot_data() -> None:
    assert text_of("a", "ü".encode()) == "ü"
    with pytest.raises(ManoError) as caught:
        text_of("Files/blob", b"\x1f\x8b\xff")
    assert (caught.value.error_code, caught.value.resource) == ("boot_data_invalid", "Files/blob")


def test_boot_data_that_nova_would_refuse_is_refused_before() -> None:
    boot = BootData(content="x" * 49152)
    with pytest.raises(ManoError) as caught:
        resources(topology(vnfcs=(vnfc(0, vdu(boot_data=boot)),)))
    assert caught.value.error_code == "boot_data_too_large"


@given(st.text(), st.dictionaries(st.text(max_size=5), st.text(max_size=9), max_size=3))
def test_substitution_never_looks_into_what_it_put_in(text: str, values: dict[str, str]) -> None:
    assert substitute("${a}", {**values, "a": "${b}${a}", "b": "!"}) == "${b}${a}"
    assert substitute(text, {}) == text
