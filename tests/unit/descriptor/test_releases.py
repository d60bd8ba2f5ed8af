# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Releases of SOL001: which one a descriptor is written for, and what the older ones say in other words."""

from __future__ import annotations

from typing import Any

import pytest
from unit.descriptor.descriptors import FULL, INPUTS, SMALL, TOP, TYPES, compile_documents, edge, told

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.bind import bind, load_head
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.catalogue import releases
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.compile import Compilation

ETSI = "etsi_nfv_sol001_vnfd_types.yaml"


def _documents(import_: str | None, tosca: str = "tosca_simple_yaml_1_2") -> dict[str, Any]:
    documents = edge()
    for document in documents.values():
        document["tosca_definitions_version"] = tosca
        document["imports"] = [each for each in document["imports"] if "forge" not in each]
        if import_:
            document["imports"].append(import_)
    return documents


def _release(compilation: Compilation) -> str:
    assert compilation.accepted, [f for f in compilation.findings if f.severity == "error"]
    return load_head(compilation.document).sol001_release


@pytest.mark.parametrize(
    ("import_", "release"),
    [
        ("https://forge.etsi.org/rep/nfv/SOL001/raw/v2.5.1/etsi_nfv_sol001_vnfd_types.yaml", "2.5.1"),
        ("https://forge.etsi.org/rep/nfv/SOL001/raw/v3.3.1/etsi_nfv_sol001_vnfd_types.yaml", "3.3.1"),
        ("https://example.org/types/etsi_nfv_sol001_vnfd_2_6_1_types.yaml", "2.6.1"),
        ("etsi_nfv_sol001_vnfd_2_7_1_types.yaml", "2.7.1"),
        ("https://forge.etsi.org/rep/nfv/SOL001/raw/v2.8.1/etsi_nfv_sol001_vnfd_types.yaml", "2.7.1"),
    ],
)
def test_release_by_the_name_of_the_import(import_: str, release: str) -> None:
    compilation = compile_documents(_documents(import_))
    assert _release(compilation) == release
    assert ("release-unknown" in told(compilation, "warning")) == ("2.8.1" in import_)


def test_release_by_what_a_copy_says_of_itself() -> None:
    documents = _documents(ETSI)
    documents[f"Definitions/{ETSI}"] = {
        "tosca_definitions_version": "tosca_simple_yaml_1_2",
        "metadata": {"template_name": "etsi_nfv_sol001_vnfd_types", "template_version": "2.6.1"},
    }
    assert _release(compile_documents(documents)) == "2.6.1"


@pytest.mark.parametrize("release", releases.RELEASES)
def test_release_by_what_a_copy_defines(release: str) -> None:
    tosca = "tosca_simple_yaml_1_3" if release >= "3" else "tosca_simple_yaml_1_2"
    documents = _documents("types.yaml", tosca)
    copy: dict[str, Any] = {"tosca_definitions_version": tosca}
    for kind, name in releases.names(release):
        if ".nfv." in name:
            copy.setdefault(f"{kind}_types", {})[name] = releases.raw_type(release, kind, name)
    documents["Definitions/types.yaml"] = copy
    compilation = compile_documents(documents)
    assert _release(compilation) == release
    assert not {"type-changed", "type-extended"} & (told(compilation, "warning") | told(compilation, "info"))


@pytest.mark.parametrize(("tosca", "release"), [("tosca_simple_yaml_1_2", "2.7.1"), ("tosca_simple_yaml_1_3", "3.3.1")])
def test_release_by_tosca_version_and_what_is_used(tosca: str, release: str) -> None:
    assert _release(compile_documents(_documents(None, tosca))) == release


def test_the_words_of_2_5_1() -> None:
    documents = _documents("etsi_nfv_sol001_vnfd_2_5_1_types.yaml")
    nodes = documents[FULL]["topology_template"]["node_templates"]
    nodes["router"]["properties"]["boot_data"] = "#cloud-config"
    nodes["router"]["properties"]["nfvi_constraints"] = ["zone=edge", "rack: 4", "quiet"]
    nodes["router_out"]["properties"]["vnic_type"] = "virtio"
    nodes["controller"]["properties"]["boot_order"] = ["data_disk", "something"]
    nodes["root_disk"]["properties"]["sw_image_data"]["checksum"] = "AB" * 32
    compilation = compile_documents(documents)
    assert told(compilation, "error") == set()
    assert "other-release" not in told(compilation, "warning")
    flavour = bind(compilation.document, "full", INPUTS)
    router = flavour.vdus["router"]
    assert router.boot_data is not None
    assert router.boot_data.content == "#cloud-config"
    assert router.nfvi_constraints == {"zone": "edge", "rack": "4", "quiet": ""}
    assert flavour.cps["router_out"].vnic_type == "normal"
    assert flavour.vdus["controller"].boot_order == ("data_disk",)
    image = flavour.storages["root_disk"].sw_image
    assert image is not None
    assert (image.checksum_algorithm, image.checksum_hash) == ("sha-256", "ab" * 32)


def test_types_of_a_release_without_a_table_come_from_the_package() -> None:
    documents = _documents("https://forge.etsi.org/rep/nfv/SOL001/raw/v4.2.1/etsi_nfv_sol001_vnfd_types.yaml")
    container = "tosca.nodes.nfv.Vdu.OsContainer"
    documents[TOP]["node_types"] = {container: {"derived_from": "tosca.nodes.Root"}}
    documents[SMALL]["topology_template"]["node_templates"]["pod"] = {"type": container}
    compilation = compile_documents(documents)
    assert _release(compilation) == "3.3.1"
    assert "not-acted-on" in told(compilation, "info")


def test_a_vnf_without_a_type_of_its_own() -> None:
    documents = _documents("etsi_nfv_sol001_vnfd_2_7_1_types.yaml")
    for file in (TOP, SMALL, FULL):
        node = documents[file]["topology_template"]["node_templates"].get("Edge", {})
        if node:
            node["type"] = "tosca.nodes.nfv.VNF"
        if file != TOP:
            documents[file]["topology_template"]["substitution_mappings"]["node_type"] = "tosca.nodes.nfv.VNF"
    documents[FULL]["topology_template"]["inputs"]["domain"]["default"] = "example.org"
    compilation = compile_documents(documents)
    assert _release(compilation) == "2.7.1"
    assert sorted(load_head(compilation.document).flavours) == ["full", "small"]


def test_node_templates_leave_the_documents_as_they_are() -> None:
    documents = edge()
    node = documents[FULL]["topology_template"]["node_templates"]["router"]["properties"]["boot_data"]
    node["content_or_file_data"].pop("content")
    node["content_or_file_data"]["source_path"] = "../Files/router.qcow2"
    before = repr(documents)
    compilation = compile_documents(documents)
    boot_data = bind(compilation.document, "full", INPUTS).vdus["router"].boot_data
    assert boot_data is not None
    assert boot_data.source_path == "Files/router.qcow2"
    assert repr(documents) == before


def test_a_derived_type_may_say_a_default_alone() -> None:
    documents = edge()
    refined = {"default": ["etsivnfm:v2.7.1"]}
    documents[TYPES]["node_types"]["org.example.Edge"]["properties"]["vnfm_info"] = refined
    del documents[TOP]["topology_template"]["node_templates"]["Edge"]["properties"]["vnfm_info"]
    compilation = compile_documents(documents)
    assert not {"wrong-type", "missing-property"} & {
        f.rule.removeprefix("SOL001-") for f in compilation.findings if "vnfm" in f.message
    }
    assert load_head(compilation.document).vnfm_info == ("etsivnfm:v2.7.1",)


def test_a_single_file_may_leave_identity_to_the_type() -> None:
    documents = edge()
    vnf = documents[TOP]["topology_template"]["node_templates"]["Edge"]["properties"]
    properties = documents[TYPES]["node_types"]["org.example.Edge"]["properties"]
    for name in ("descriptor_id", "descriptor_version", "provider", "product_name", "software_version"):
        properties[name] = {"type": "string", "default": vnf[name]}
    properties["flavour_id"] = {"type": "string", "default": "sole"}
    del documents[SMALL]["topology_template"]["substitution_mappings"]["properties"]
    compilation = compile_documents(documents, SMALL)
    head = load_head(compilation.document)
    assert list(head.flavours) == ["sole"]
    assert head.descriptor_id == vnf["descriptor_id"]
    assert "no-vnf" in told(compilation, "warning")
