# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a reader is told of a descriptor that is not right, and whether that rejects it."""

from __future__ import annotations

from typing import Any

import pytest
from unit.descriptor.descriptors import (
    FULL,
    GONE,
    NODES,
    POLICIES,
    SMALL,
    TOP,
    TYPES,
    Change,
    Memory,
    compile_documents,
    compile_edge,
    edge,
    told,
)

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.bind import bind, load_head
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.compile import compile_vnfd
from ansible_collections.nfv.mano.plugins.module_utils.package.yaml_reader import load_yaml

BOX = f"{NODES} box"
ROUTER = f"{NODES} router"
ASPECTS = f"{POLICIES} 0 aspects properties aspects"
LEVELS = f"{POLICIES} 5 levels properties"


def test_the_fixture_has_no_fault_but_one_known() -> None:
    compilation = compile_edge()
    assert told(compilation, "error") == set()
    assert [f.message for f in compilation.findings if f.severity == "warning"] == [
        "The image router_image of router has no properties and there is no sw_image_data."
    ]


ERRORS: list[tuple[str, Change]] = [
    ("unknown-type", (SMALL, f"{BOX} type", "tosca.nodes.nfv.Vdu.Computer")),
    ("unknown-type", (TYPES, "node_types org.example.Compute derived_from", "org.example.Nothing")),
    ("unknown-type", (SMALL, "topology_template substitution_mappings node_type", "org.example.Other")),
    ("unknown-property", (SMALL, f"{BOX} properties boot_dat", "x")),
    ("unknown-property", (FULL, f"{ROUTER} capabilities virtual_compute properties virtual_cpu cpus", 2)),
    ("missing-property", (SMALL, f"{BOX} properties vdu_profile", GONE)),
    ("missing-property", (SMALL, f"{BOX} properties vdu_profile max_number_of_instances", GONE)),
    ("missing-property", (FULL, f"{NODES} data_disk properties virtual_block_storage_data", GONE)),
    ("wrong-type", (SMALL, f"{BOX} properties vdu_profile max_number_of_instances", "many")),
    ("wrong-type", (FULL, f"{ROUTER} capabilities virtual_compute properties virtual_local_storage", "10 GB")),
    ("wrong-type", (FULL, f"{NODES} data_disk properties virtual_block_storage_data size_of_storage", "100")),
    ("constraint", (FULL, f"{NODES} router_out properties vnic_type", "fast")),
    ("constraint", (FULL, f"{ROUTER} capabilities virtual_compute properties virtual_cpu num_virtual_cpu", 0)),
    ("constraint", (FULL, f"{POLICIES} 8 apart properties scope", "rack")),
    ("constraint", (FULL, f"{POLICIES} 11 ssh properties port_range_max", 70000)),
    ("port-range", (FULL, f"{POLICIES} 11 ssh properties port_range_min", 23)),
    ("unknown-target", (FULL, f"{NODES} router_in requirements 1 virtual_link", "nowhere")),
    ("unknown-target", (FULL, f"{POLICIES} 1 router_initial targets", ["nobody"])),
    ("unknown-target", (FULL, "topology_template groups all members 1", "nobody")),
    ("wrong-target", (FULL, f"{NODES} router_in requirements 1 virtual_link", "controller")),
    ("wrong-target", (FULL, f"{NODES} router_in requirements 0 virtual_binding", "inside")),
    ("wrong-target", (FULL, f"{POLICIES} 1 router_initial targets", ["inside"])),
    ("unknown-requirement", (FULL, f"{NODES} controller requirements 0", {"storage": "root_disk"})),
    ("missing-requirement", (SMALL, f"{NODES} cp requirements", GONE)),
    ("missing-requirement", (FULL, f"{NODES} outer requirements", [])),
    ("occurrences", (FULL, f"{NODES} router_in requirements 2", {"virtual_link": "inside"})),
    ("substitution-target", (FULL, "topology_template substitution_mappings requirements outside 0", "gone")),
    ("default-level", (FULL, f"{LEVELS} default_level", "most")),
    ("levels-undefined", (FULL, f"{POLICIES} 5", GONE)),
    ("level-undefined", (FULL, f"{POLICIES} 6 router_levels properties levels huge", {"number_of_instances": 9})),
    ("scale-level", (FULL, f"{LEVELS} levels more scale_info capacity scale_level", 4)),
    ("aspect-undefined", (FULL, f"{LEVELS} levels more scale_info height", {"scale_level": 1})),
    ("aspect-undefined", (FULL, f"{ASPECTS} resilience", GONE)),
    ("delta-undefined", (FULL, f"{ASPECTS} capacity step_deltas 1", "four")),
    ("step-deltas", (FULL, f"{ASPECTS} capacity max_scale_level", 5)),
    ("vdu-profile", (SMALL, f"{BOX} properties vdu_profile min_number_of_instances", 3)),
    ("flavour-id", (SMALL, "topology_template substitution_mappings properties", GONE)),
    ("flavour-defined-twice", (SMALL, "topology_template substitution_mappings properties flavour_id", "full")),
    ("missing-identity", (TOP, f"{NODES} Edge properties descriptor_id", GONE)),
    ("no-vnf", (TYPES, "node_types org.example.Edge derived_from", "tosca.nodes.Root")),
    ("input-default", (FULL, "topology_template inputs memory default", "1 MiB")),
    ("input-definition", (FULL, "topology_template inputs memory", ["a list"])),
    ("boot-file", (FULL, f"{ROUTER} properties boot_data content_or_file_data source_path", "nowhere.sh")),
    ("function", (SMALL, f"{BOX} properties vdu_profile max_number_of_instances", {"get_input": "nothing"})),
    ("type-definition", (TYPES, "node_types org.example.Edge properties domain", ["x"])),
    ("import", (TOP, "imports 1", 5)),
    ("import-missing", (TOP, "imports 1", "edge_typos.yaml")),
    ("import-outside", (TOP, "imports 1", "../../../../etc/hostname")),
    ("import-outside", (TOP, "imports 1", "/etc/passwd")),
    ("import-url", (TOP, "imports 1", "http://127.0.0.1/latest/meta-data/x.yaml")),
    ("import-url", (TOP, "imports 1", "file:///etc/passwd")),
    ("import-url", (TOP, "imports 1", "ftp://host/etsi_nfv_sol001_vnfd_types.yaml")),
    ("not-a-map", (SMALL, f"{BOX} properties", ["a", "list"])),
    ("not-a-map", (SMALL, "topology_template", "text")),
]


@pytest.mark.parametrize(
    ("rule", "fault"), ERRORS, ids=[f"{rule}-{number}" for number, (rule, _rest) in enumerate(ERRORS)]
)
def test_an_error_rejects(rule: str, fault: Change) -> None:
    compilation = compile_edge(fault)
    assert rule in told(compilation, "error")
    assert not compilation.accepted
    assert compilation.document == {}


WARNINGS: list[tuple[str, Change]] = [
    ("missing-property", (SMALL, f"{BOX} properties description", GONE)),
    ("missing-property", (FULL, "topology_template groups all properties", GONE)),
    ("missing-property", (FULL, f"{NODES} inside properties vl_profile max_bitrate_requirements", GONE)),
    ("unknown-property", (TOP, f"{NODES} Edge properties configurable_properties", {"a": 1})),
    ("wrong-type", (TOP, f"{NODES} Edge properties descriptor_version", 1.1)),
    ("wrong-type", (SMALL, f"{BOX} properties vdu_profile max_number_of_instances", "2")),
    ("constraint", (TOP, f"{NODES} Edge properties vnfm_info", ["anything"])),
    ("other-release", (FULL, f"{ROUTER} properties nfvi_constraints", ["zone=a"])),
    ("other-release", (FULL, f"{ROUTER} properties boot_data", "#cloud-config")),
    ("unknown-capability", (SMALL, f"{BOX} capabilities virtual_comput", {})),
    ("unknown-interface", (FULL, f"{NODES} Edge interfaces", {"Vnflcmm": {}})),
    ("level-count", (FULL, f"{POLICIES} 6 router_levels properties levels more number_of_instances", 4)),
    ("level-uncounted", (FULL, f"{POLICIES} 6 router_levels properties levels more", GONE)),
    ("vdu-profile", (FULL, f"{ROUTER} properties vdu_profile max_number_of_instances", 3)),
    ("default-level", (FULL, f"{LEVELS} default_level", GONE)),
    ("aspect-without-deltas", (FULL, f"{POLICIES} 3", GONE)),
    ("cp-order", (FULL, f"{NODES} router_in properties order", 0)),
    (
        "cp-linked-twice",
        (FULL, "topology_template substitution_mappings requirements x", ["router_in", "virtual_link"]),
    ),
    ("no-virtual-compute", (SMALL, f"{BOX} capabilities", GONE)),
    ("image-file", (FULL, f"{ROUTER} artifacts router_image file", "nowhere.img")),
    ("image-file", (FULL, f"{ROUTER} artifacts router_image file", "https://example.org/router.img")),
    ("type-misplaced", (TYPES, "node_types tosca.datatypes.nfv.VduLevel", {"derived_from": "tosca.datatypes.Root"})),
    ("import-missing", (SMALL, "imports 0", "etsi_nfv_sol001_vnfd_types.yaml")),
]


@pytest.mark.parametrize(
    ("rule", "fault"), WARNINGS, ids=[f"{rule}-{number}" for number, (rule, _rest) in enumerate(WARNINGS)]
)
def test_a_warning_does_not_reject(rule: str, fault: Change) -> None:
    compilation = compile_edge(fault)
    assert rule in told(compilation, "warning")
    assert compilation.accepted, told(compilation, "error")


def test_a_finding_says_where() -> None:
    text = (
        "tosca_definitions_version: tosca_simple_yaml_1_2\n"
        "topology_template:\n"
        "  substitution_mappings:\n"
        "    node_type: tosca.nodes.nfv.VNF\n"
        "    properties: { flavour_id: one }\n"
        "  node_templates:\n"
        "    vdu:\n"
        "      type: tosca.nodes.nfv.Vdu.Compute\n"
        "      properties:\n"
        "        name: vdu\n"
        "        description: ''\n"
        "        vdu_profile:\n"
        "          min_number_of_instances: 1\n"
        "          max_number_of_instances: lots\n"
    )
    findings = compile_vnfd(Memory({"vnfd.yaml": text}), "vnfd.yaml", load_yaml).findings
    finding = next(f for f in findings if f.rule == "SOL001-wrong-type")
    assert (finding.severity, finding.file, finding.line, finding.column) == ("error", "vnfd.yaml", 14, 11)
    assert finding.clause == "SOL001 tosca.datatypes.nfv.VduProfile"
    assert finding.message == "vdu_profile.max_number_of_instances is lots, not an integer."


def test_every_error_of_a_descriptor_is_told_at_once() -> None:
    compilation = compile_edge(
        (SMALL, f"{BOX} type", "nothing.Known"),
        (FULL, f"{NODES} router_out properties vnic_type", "fast"),
        (TOP, f"{NODES} Edge properties provider", GONE),
    )
    assert {"unknown-type", "constraint", "missing-identity"} <= told(compilation, "error")


def test_an_unreadable_import_is_a_finding() -> None:
    documents: dict[str, Any] = edge()
    documents[SMALL] = "a: [\n"
    compilation = compile_documents(documents)
    first = next(f for f in compilation.findings if f.severity == "error")
    assert (first.rule, first.file) == ("YAML-invalid", SMALL)


@pytest.mark.parametrize("entry", ["Definitions/nothing.yaml", "Files/router.qcow2", ""])
def test_an_entry_that_is_no_template(entry: str) -> None:
    assert not compile_documents(edge(), entry).accepted


def test_no_flavour() -> None:
    documents = edge()
    documents[TOP]["imports"] = documents[TOP]["imports"][:2]
    del documents[SMALL], documents[FULL]
    assert told(compile_documents(documents), "error") == {"no-flavour"}


def test_flavours_that_nothing_imports_are_found_beside_the_top() -> None:
    compilation = compile_edge((TOP, "imports 3", GONE), (TOP, "imports 2", GONE))
    assert sorted(load_head(compilation.document).flavours) == ["full", "small"]
    assert "template-not-imported" in told(compilation, "info")


def test_flavour_by_substitution_filter() -> None:
    place = "topology_template substitution_mappings"
    for condition in ([{"flavour_id": {"equal": "tiny"}}], {"flavour_id": [{"equal": "tiny"}]}):
        compilation = compile_edge(
            (SMALL, f"{place} properties", GONE), (SMALL, f"{place} substitution_filter", {"properties": condition})
        )
        assert sorted(load_head(compilation.document).flavours) == ["full", "tiny"]


def test_policies_may_be_a_map() -> None:
    documents = edge()
    topology = documents[FULL]["topology_template"]
    topology["policies"] = {name: raw for entry in topology["policies"] for name, raw in entry.items()}
    assert compile_documents(documents).document == compile_edge().document


def test_of_two_statements_of_levels_the_one_that_agrees_with_deltas_counts() -> None:
    contradiction = {
        "router_levels": {
            "type": "tosca.policies.nfv.VduInstantiationLevels",
            "properties": {"levels": {"least": {"number_of_instances": 1}, "more": {"number_of_instances": 2}}},
            "targets": ["router"],
        }
    }
    documents = edge()
    documents[FULL]["topology_template"]["policies"].insert(0, contradiction)
    compilation = compile_documents(documents)
    assert {"levels-contradict", "policy-defined-twice"} <= told(compilation, "warning")
    flavour = bind(compilation.document, "full", {"admin_key": "k"})
    assert flavour.levels["more"].vdu_instances["router"] == 5


def test_the_package_may_add_to_a_type_of_sol001_and_not_change_it() -> None:
    copy = {
        "derived_from": "tosca.nodes.Root",
        "properties": {
            "name": {"type": "integer"},
            "colour": {"type": "string", "required": False},
        },
    }
    compilation = compile_edge(
        (TYPES, "node_types tosca.nodes.nfv.Vdu.Compute", copy), (SMALL, f"{BOX} properties colour", "red")
    )
    assert compilation.accepted
    assert "type-extended" in told(compilation, "info")
    changed = next(f for f in compilation.findings if f.rule == "SOL001-type-changed")
    assert changed.severity == "warning"
    assert "name" in changed.message
    assert "vdu_profile" in changed.message
    assert bind(compilation.document, "small", {}).vdus["box"].name == "box"
