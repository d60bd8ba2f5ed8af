# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packages of strangers, where they stand beside the checkout: what is wrong with each as an archive."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ansible_collections.nfv.mano.plugins.module_utils.package.meta import read_entry
from ansible_collections.nfv.mano.plugins.module_utils.package.source import open_package
from ansible_collections.nfv.mano.plugins.module_utils.package.verify import check
from ansible_collections.nfv.mano.plugins.module_utils.package.write import pack_folder
from ansible_collections.nfv.mano.plugins.module_utils.package.yaml_reader import load_yaml

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"

pytestmark = [
    pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus beside this checkout"),
    pytest.mark.usefixtures("no_network", "nothing_left"),
]

IMAGE = "Files/images/cirros-0.5.2-x86_64-disk.img"
FREE5GC = ("amf", "ausf", "configmap", "nrf", "nssf", "pcf", "smf", "udm", "udr", "upf", "webui")
SETS = (
    "Artifacts/Events/VES_registration.yml",
    "Artifacts/Measurements/PM_Dictionary.yaml",
    "Artifacts/Yang_module/Yang_module.yaml",
    "Artifacts/scripts/install.sh",
    "Artifacts/Other/installation_guide.txt",
    "Artifacts/Other/review_log.txt",
)
NOT_THERE = tuple(
    ("SOL004-file-missing", name) for name in ("Definitions/etsi_nfv_sol001_vnfd_2_5_1_types.yaml", *SETS)
)
IN_META = "tacker/v1-sample_vnf_package_csar_in_meta_and_manifest"

ERRORS: dict[str, tuple[tuple[str, str], ...]] = {
    # The corpus holds no scripts and stands-ins for images, so these lists cannot be true.
    f"{IN_META}.csar": (
        ("SOL004-digest-mismatch", IMAGE),
        ("SOL004-file-missing", "Scripts/install.sh"),
        ("SOL004-file-missing", "Scripts/install.sh"),
    ),
    "tacker/v1-vnfpkgm3.csar": (("SOL004-digest-mismatch", IMAGE), ("SOL004-file-missing", "Scripts/install.sh")),
    # Its makers changed the files and left the digests.
    "tacker/free5gc__cnf__sample_free5gc_cnf_package.csar": (
        *(("SOL004-digest-mismatch", f"Files/kubernetes/free5gc-{name}.yaml") for name in FREE5GC),
        ("SOL004-file-missing", "Scripts/free5gc_mgmt_cnf.py"),
    ),
    f"{IN_META}_false_hash.csar": (
        ("SOL004-file-missing", "Scripts/install.sh"),
        ("SOL004-digest-malformed", "Scripts/install.sh"),
    ),
    f"{IN_META}_false_algorithm.csar": (
        ("SOL004-file-missing", "Scripts/install.sh"),
        ("SOL004-digest-algorithm", "Scripts/install.sh"),
    ),
    f"{IN_META}_missing_key.csar": (
        ("SOL004-file-missing", "Files/Scripts/install.sh"),
        ("SOL004-digest-incomplete", "Files/Scripts/install.sh"),
    ),
    "onap-sol004/csar-cert-in-cms-incorrect-hash.csar": (("SOL004-digest-malformed", "Artifacts/Other/my_script.csh"),),
    "onap-sol004/csar-cert-in-tosca-no-cms.csar": (
        ("SOL004-digest-malformed", "Artifacts/Deployment/Measurements/PM_Dictionary.yml"),
    ),
    "onap-sol004/csar-option1-invalid-missing-files.csar": (
        ("SOL004-file-missing", "Definitions/a.yaml"),
        ("SOL004-file-missing", "Definitions/b.yaml"),
    ),
    "onap-sol004/csar-option1-invalid-noFileInManifest.csar": (
        ("SOL004-digest-malformed", "Definitions/MainServiceTemplate.yaml"),
        ("SOL004-digest-incomplete", "Artifacts/Other/my_script.csh"),
        *NOT_THERE[1:],
    ),
    "onap-sol004/invalidEntryDefinitionsInToscaMeta.csar": (
        ("SOL004-entry-missing", "Definitions/WRONG_FILE_NAME.yaml"),
        *NOT_THERE,
    ),
    "onap-sol004/invalidManifestFile.csar": (("SOL004-entry-missing", "INVALID_MANIFEST_FILE_NAME.mf"),),
    "onap-sol004/noMandatoryEntriesInMetadataManifest.csar": NOT_THERE,
    "onap-sol004/noMandatoryEntriesInTOSCAMeta.csar": (("SOL004-entry-definitions", "Entry-Definitions"),),
    "onap-sol004/signed-package-invalid-signature.zip": NOT_THERE,
}

NOTICED: dict[str, tuple[str, str]] = {
    "onap-sol004/csar-not-secure-warning.csar": ("SOL004-unsigned", "not signed"),
    "onap-sol004/csar-cert-in-tosca-no-cms.csar": ("SOL004-signature-missing", "no signature"),
    "onap-sol004/csar-cert-in-cms-and-root.csar": ("SOL004-signature-unverified", "MainServiceTemplate.mf"),
    "onap-sol004/signed-package-valid-signature.zip": ("SOL004-signature-unverified", "sample-pnf.cms"),
    "onap-sol004/csar-option1-invalid-noFileInManifest.csar": ("SOL004-file-unlisted", "yang-module1.yang"),
    "onap-sol004/noMandatoryEntriesInTOSCAMeta.csar": ("SOL004-meta-incomplete", "ETSI-Entry-Change-Log"),
    "onap-sol004/noMandatoryEntriesInMetadataManifest.csar": ("SOL004-manifest-metadata", "pnfd_archivee_version"),
}


def packages() -> list[str]:
    return sorted(f"{path.parent.name}/{path.name}" for path in CORPUS.glob("*/*") if path.suffix in {".csar", ".zip"})


def test_the_corpus_is_read() -> None:
    assert set(ERRORS) | set(NOTICED) <= set(packages())


@pytest.mark.parametrize("name", packages())
def test_errors_are_exactly_these(name: str) -> None:
    with open_package(CORPUS / name) as package:
        errors = [found for found in check(package) if found.severity == "error"]
        entry = read_entry(package)
    wanted = ERRORS.get(name, ())
    assert sorted(found.rule for found in errors) == sorted(rule for rule, _rest in wanted)
    for rule, what in wanted:
        assert any(found.rule == rule and what in found.message for found in errors), what
    assert all(found.file and found.line and found.clause for found in errors)
    assert bool(entry.definitions) == (
        name
        not in {
            f"onap-sol004/{bad}.csar" for bad in ("invalidEntryDefinitionsInToscaMeta", "noMandatoryEntriesInTOSCAMeta")
        }
    )


@pytest.mark.parametrize("name", NOTICED)
def test_the_planted_defect_is_noticed(name: str) -> None:
    rule, what = NOTICED[name]
    with open_package(CORPUS / name) as package:
        assert any(found.rule == rule and what in found.message for found in check(package))


@pytest.mark.parametrize("name", packages())
def test_definitions_are_read_as_yaml_is(name: str) -> None:
    """The same values as PyYAML's own loader, but for keys, which stay text, and dates."""
    with open_package(CORPUS / name) as package:
        for member in package.names:
            if member.startswith("Definitions/") and package.size(member):
                text = package.read_text(member)
                value, positions = load_yaml(text, member, package.limits)
                assert value == yaml.safe_load(text)
                assert_positions(value, positions.at, text.splitlines())


def assert_positions(value: object, at: object, lines: list[str], path: tuple[str | int, ...] = ()) -> None:
    """Every key stands where its position says."""
    if isinstance(value, dict):
        for key, inner in value.items():
            line, column = at((*path, key))  # type: ignore[operator]
            assert lines[line - 1][column - 1 :].lstrip("'\"").startswith(key)
            assert_positions(inner, at, lines, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            assert_positions(inner, at, lines, (*path, index))


def test_an_unpacked_package_is_the_same_package(tmp_path: Path) -> None:
    with open_package(CORPUS / "tacker/v1-vnflcm4.csar") as package:
        for name in package.names:
            (tmp_path / "p" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "p" / name).write_bytes(package.read_bytes(name))
        wanted, findings = package.content_sha256, check(package)
    pack_folder(tmp_path / "p", tmp_path / "p.csar")
    for src in (tmp_path / "p", tmp_path / "p.csar"):
        with open_package(src) as package:
            assert package.content_sha256 == wanted
            assert check(package) == findings
