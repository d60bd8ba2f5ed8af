# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the fixture compiles to, part by part."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from unit.descriptor.descriptors import FULL, GONE, INPUTS, NODES, ROOT, SMALL, TOP, compile_edge, edge, told

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.bind import bind, load_head
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.compile import compile_vnfd
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import (
    AddressData,
    BootData,
    Compute,
    Flavour,
    Input,
    PlacementRule,
    SecurityGroupRule,
    Subnet,
    SwImage,
    VirtualBlockStorage,
    VnfExtCp,
)
from ansible_collections.nfv.mano.plugins.module_utils.package.meta import read_entry
from ansible_collections.nfv.mano.plugins.module_utils.package.source import open_package
from ansible_collections.nfv.mano.plugins.module_utils.package.yaml_reader import load_yaml

GB, GIB = 10**9, 1 << 30


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    compilation = compile_edge()
    assert told(compilation, "error") == set()
    stored: dict[str, Any] = json.loads(json.dumps(compilation.document))
    return stored


@pytest.fixture(scope="module")
def full(document: dict[str, Any]) -> Flavour:
    return bind(document, "full", INPUTS)


def test_head(document: dict[str, Any]) -> None:
    head = load_head(document)
    assert head.descriptor_id == "5f1a3a52-6f43-43b5-9d7f-2c6d6c8a3c11"
    assert (head.provider, head.product_name, head.software_version, head.descriptor_version) == (
        "Example",
        "Edge",
        "2.0",
        "1.1",
    )
    assert head.vnfm_info == ("etsivnfm:v2.7.1",)
    assert head.product_info_name == "Edge 2.0"
    assert head.sol001_release == "2.7.1"
    assert head.default_flavour == "small"


def test_flavour_info(document: dict[str, Any]) -> None:
    info = load_head(document).flavours["full"]
    assert info.description == "Routers and their controller"
    assert info.vdu_ids == ("router", "controller")
    assert info.level_ids == ("least", "more")
    assert info.default_level == "least"
    assert info.aspects == {"capacity": 3, "resilience": 2}
    assert info.ext_cp_ids == ("router_out", "outer")
    inputs = {each.name: each for each in info.inputs}
    assert inputs.keys() == {"memory", "admin_key", "subnets", "site"}
    assert inputs["admin_key"] == Input("admin_key", "string", "Public key of the administrator", required=True)
    assert inputs["memory"].default == "2 GiB"
    assert load_head(document).flavours["small"].inputs == ()


def test_compute(full: Flavour) -> None:
    assert full.vdus["router"].compute == Compute(
        num_virtual_cpu=4,
        virtual_mem_size=2 * GIB,
        local_storage=(10 * GB, GIB),
        cpu_architecture="x86_64",
        cpu_pinning_policy="static",
        numa_enabled=True,
        cpu_requirements={"hw:cpu_thread_policy": "isolate"},
        mem_requirements={"hw:mem_page_size": "large"},
        compute_requirements={"hw:watchdog_action": "reset"},
    )
    assert full.vdus["router"].nfvi_constraints == {"availability_zone": "edge"}
    assert (full.vdus["router"].min_instances, full.vdus["router"].max_instances) == (1, 9)


def test_boot_data_with_inputs_filled_in(document: dict[str, Any]) -> None:
    vdu = bind(document, "full", {**INPUTS, "site": "paris"}).vdus["router"]
    assert vdu.boot_data == BootData(
        content="#cloud-config\nhostname: ${hostname}\n",
        destination_path="/etc/edge.conf",
        variables={"hostname": "r.paris.example.org", "key": INPUTS["admin_key"]},
        key_values={"domain": "paris.example.org"},
        vim_properties={"config_drive": "true"},
    )


def test_boot_from_volume(full: Flavour) -> None:
    controller = full.vdus["controller"]
    assert controller.sw_image is None
    assert controller.storages == controller.boot_order == ("root_disk", "data_disk")
    image = SwImage(
        id="controller_image",
        name="controller",
        version="2.0",
        checksum_algorithm="sha-512",
        checksum_hash="abcdef",
        container_format="bare",
        disk_format="qcow2",
        min_disk=10 * GB,
        min_ram=GB,
        size=300_000_000,
        file="Files/controller.qcow2",
    )
    assert full.storages["root_disk"] == VirtualBlockStorage(
        "root_disk", 20 * GB, sw_image=image, requirements={"volume_type": "fast"}
    )
    assert full.storages["data_disk"] == VirtualBlockStorage("data_disk", 100 * GB, rdma_enabled=True)


def test_image_from_the_artifact_alone(full: Flavour) -> None:
    image = full.vdus["router"].sw_image
    assert image is not None
    assert (image.id, image.name, image.file) == ("router_image", "router_image", "Files/router.qcow2")
    assert image.checksum_algorithm == image.checksum_hash == ""


def test_image_properties_stand_in_the_artifact_since_3_3_1() -> None:
    properties = {
        "name": "r",
        "version": "3",
        "checksum": {"algorithm": "sha-256", "hash": "00ff"},
        "container_format": "bare",
        "disk_format": "raw",
        "min_disk": "1 GiB",
        "size": "5 MB",
    }
    compilation = compile_edge((FULL, f"{NODES} router artifacts router_image properties", properties))
    image = bind(compilation.document, "full", INPUTS).vdus["router"].sw_image
    assert image == SwImage(
        "router_image", "r", "3", "sha-256", "00ff", "bare", "raw", GIB, 0, 5_000_000, "Files/router.qcow2"
    )


def test_connection_points(full: Flavour) -> None:
    outside = full.cps["router_out"]
    assert outside.virtual_link is None
    assert (outside.vdu_id, outside.order, outside.vnic_type, outside.trunk_mode) == ("router", 0, "direct", True)
    assert outside.bitrate == GB
    assert outside.requirements == {"trusted": "true", "physical_network": "sriov"}
    assert outside.addresses == (
        AddressData("mac_address", assigned_by_play=True),
        AddressData("ip_address", "ipv4", assigned_by_play=True, number_of_addresses=2, floating_ip=True),
    )
    assert full.cps["router_in"].virtual_link == "inside"
    assert full.cps["router_in"].vnic_type == "normal"
    assert full.ext_cps == {"outer": VnfExtCp("outer", "inside", ("ipv4",))}


def test_virtual_link(full: Flavour) -> None:
    link = full.virtual_links["inside"]
    assert link.subnets == (
        Subnet("inside-1", 4, "10.1.0.0/24", "10.1.0.1", allocation_pools=(("10.1.0.10", "10.1.0.99"),)),
        Subnet("six", 6, "2001:db8::/64", dhcp_enabled=False, ipv6_address_mode="slaac"),
    )
    assert (link.mtu, link.network_type, link.segmentation_id) == (1400, "vxlan", "77")


def test_levels_and_aspects(full: Flavour) -> None:
    assert full.aspects["capacity"].step_deltas == ("one", "two", "three")
    assert full.initial_delta == {"router": 1, "controller": 1}
    assert full.levels["more"].vdu_instances == {"router": 5, "controller": 2}
    assert full.levels["more"].scale_levels == {"capacity": 2, "resilience": 1}
    assert full.default_level == "least"
    assert len(full.deltas) == 5


def test_rules(full: Flavour) -> None:
    group = ("router", "controller")
    assert full.placement_rules == (
        PlacementRule("apart", True, "nfvi_node", group, "all", members_apart=False),
        PlacementRule("routers_apart", True, "nfvi_node", ("router",)),
        PlacementRule("together", False, "zone", group, "all", members_apart=False),
    )
    assert full.security_group_rules == (
        SecurityGroupRule(
            "ssh", ("router_out", "outer"), port_range_min=22, port_range_max=22, description="Administration"
        ),
    )


def test_a_flavour_without_inputs_is_stored_as_its_model(document: dict[str, Any]) -> None:
    assert "topology" not in document["flavours"]["small"]
    small = bind(document, "small", {"anything": "goes"})
    assert small.vdus["box"].compute.virtual_mem_size == 512_000_000
    assert small.levels == {}
    assert small.cps["cp"].order == 0


def test_cps_without_an_order_stand_as_they_are_written() -> None:
    second = {
        "type": "tosca.nodes.nfv.VduCp",
        "properties": {"layer_protocols": ["ipv4"]},
        "requirements": [{"virtual_binding": "box"}],
    }
    small = bind(compile_edge((SMALL, f"{NODES} second", second)).document, "small", {})
    assert [(cp.id, cp.order) for cp in small.cps.values()] == [("cp", 0), ("second", 1)]


def test_only_level_is_the_default() -> None:
    compilation = compile_edge(
        (FULL, "topology_template policies 5 levels properties default_level", GONE),
        (FULL, "topology_template policies 5 levels properties levels more", GONE),
        (FULL, "topology_template policies 6 router_levels properties levels more", GONE),
        (FULL, "topology_template policies 7 controller_levels properties levels more", GONE),
    )
    assert load_head(compilation.document).flavours["full"].default_level == "least"


def test_a_flavour_says_the_same_bound_twice(document: dict[str, Any], full: Flavour) -> None:
    assert bind(document, "full", INPUTS) == full
    assert replace(full, description="") != full


def test_single_file_with_everything_in_the_top() -> None:
    top = compile_edge().document
    compilation = compile_edge(
        (TOP, "imports", [{"types": {"file": "edge_types.yaml"}}]),
        (TOP, "topology_template inputs selected_flavour default", "only"),
        (TOP, f"{NODES} box", _node(SMALL, "box")),
        (TOP, f"{NODES} cp", _node(SMALL, "cp")),
        (TOP, f"{NODES} Edge properties flavour_id", "only"),
    )
    head = load_head(compilation.document)
    assert list(head.flavours) == ["only"]
    assert head.default_flavour == "only"
    assert bind(compilation.document, "only", {}).vdus == bind(top, "small", {}).vdus


def _node(file: str, name: str) -> Any:
    return edge()[file]["topology_template"]["node_templates"][name]


def test_the_sample_is_without_fault() -> None:
    with open_package(ROOT / "docs/samples/firewall") as package:
        compilation = compile_vnfd(package, read_entry(package).definitions, load_yaml)
    assert told(compilation, "error") | told(compilation, "warning") == set()
    flavour = bind(compilation.document, "standard", {"log_disk_size": "2 GiB", "log_level": "debug"})
    assert flavour.storages["log_disk"].size == 2 * GIB
    boot_data = flavour.vdus["fw"].boot_data
    assert boot_data is not None
    assert (boot_data.source_path, boot_data.variables) == ("Files/boot/fw.sh", {"log_level": "debug"})
