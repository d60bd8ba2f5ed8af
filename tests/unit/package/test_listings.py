# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TOSCA.meta and manifests, as the standard writes them and as the field does."""

from __future__ import annotations

from pathlib import Path

from unit.package.packages import META, Raw, sound_files, write_zip

from ansible_collections.nfv.mano.plugins.module_utils.package.manifest import Manifest, read_manifest
from ansible_collections.nfv.mano.plugins.module_utils.package.meta import Entry, read_entry
from ansible_collections.nfv.mano.plugins.module_utils.package.source import open_package


def entry(tmp_path: Path, files: dict[str, bytes | str]) -> Entry:
    with open_package(write_zip(tmp_path / "a.csar", files)) as package:
        return read_entry(package)


def rules(found: Entry | Manifest) -> list[tuple[str, str, int]]:
    return [(finding.rule, finding.severity, finding.line) for finding in found.findings]


def with_meta(meta: str, **files: str) -> dict[str, bytes | str]:
    return {META: meta, "Definitions/a.yaml": "a: 1\n", "a.mf": "", "log.txt": ""} | files


HEAD = "TOSCA-Meta-File-Version: 1.0\nCSAR-Version: 1.1\nCreated-By: me\nEntry-Definitions: Definitions/a.yaml\n"


def test_every_entry_with_and_without_etsi(tmp_path: Path) -> None:
    rest = (
        "{0}Entry-Manifest: a.mf\n{0}Entry-Change-Log: log.txt\n{0}Entry-Tests: Tests\n{0}Entry-Licenses: Licenses\n"
        "{0}Entry-Certificate: a.cert\n"
    )
    for prefix in ("ETSI-", "", "etsi-"):
        files = with_meta(HEAD + rest.format(prefix), **{"Tests/t": "", "Licenses/l": "", "a.cert": ""})
        found = entry(tmp_path, files)
        assert (found.definitions, found.manifest, found.change_log) == ("Definitions/a.yaml", "a.mf", "log.txt")
        assert (found.tests, found.licenses, found.certificate) == ("Tests", "Licenses", "a.cert")
        assert (found.created_by, found.findings) == ("me", ())


def test_spelling_of_the_field(tmp_path: Path) -> None:
    meta = (
        "\ufeffTOSCA-Meta-Version:1.0\r\ncsar-version : 1.1\r\nCreated-by: me\r\n# a comment\r\n"
        "ENTRY-DEFINITIONS:./Definitions//a.yaml\r\nEntry-Manifest: a.mf\r\nEntry-Change-Log: log.txt\r\n"
    )
    found = entry(tmp_path, with_meta(meta))
    assert (found.definitions, found.findings) == ("Definitions/a.yaml", ())


def test_a_long_line_goes_on_indented(tmp_path: Path) -> None:
    found = entry(tmp_path, with_meta(HEAD.replace("Definitions/a.yaml", "Definitions/\n a.yaml")))
    assert found.definitions == "Definitions/a.yaml"


def test_records_of_files(tmp_path: Path) -> None:
    blocks = "\nName: x.img\nContent-type: application/x-iso9066-image\n\nName: y\nAlgorithm: SHA-256\nHash: 00\n"
    first, second = entry(tmp_path, with_meta(HEAD + blocks)).records
    assert (first.source, first.content_type, first.line, first.hash) == ("x.img", "application/x-iso9066-image", 6, "")
    assert (second.source, second.algorithm, second.hash, second.line) == ("y", "SHA-256", "00", 9)


def test_other_definitions(tmp_path: Path) -> None:
    found = entry(tmp_path, with_meta(HEAD + 'Other-Definitions: "Definitions/a.yaml", gone.yaml\n'))
    assert found.other_definitions == ("Definitions/a.yaml",)
    assert ("SOL004-entry-missing", "error", 5) in rules(found)


def test_what_is_missing_or_wrong_in_meta(tmp_path: Path) -> None:
    found = entry(tmp_path, with_meta("Entry-Definitions: ../a.yaml\nETSI-Entry-Tests: Tests\nwhatever\nNew-Key: 1\n"))
    assert found.definitions == ""
    assert set(rules(found)) == {
        ("SOL004-entry-missing", "error", 1),
        ("SOL004-entry-missing", "error", 2),
        ("SOL004-meta-syntax", "warning", 3),
        ("SOL004-meta-key", "warning", 4),
        ("SOL004-manifest-missing", "warning", 1),
        ("SOL004-meta-incomplete", "warning", 1),
    }


def test_no_entry_definitions_is_an_error(tmp_path: Path) -> None:
    assert ("SOL004-entry-definitions", "error", 1) in rules(entry(tmp_path, with_meta("Created-By: me\n")))


def test_two_values_for_one_key_are_an_error(tmp_path: Path) -> None:
    found = entry(tmp_path, with_meta(HEAD + "Entry-Definitions: other.yaml\n"))
    assert ("SOL004-meta-duplicate-key", "error", 5) in rules(found)


def test_without_meta(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "fw.yaml": "a: 1",
        "fw.mf": "",
        "fw.cert": "",
        "ChangeLog.txt": "",
        "Tests/t": "",
        "x/y.yaml": "",
    }
    found = entry(tmp_path, files)
    assert (found.file, found.definitions, found.manifest, found.certificate) == (
        "fw.yaml",
        "fw.yaml",
        "fw.mf",
        "fw.cert",
    )
    assert (found.change_log, found.tests, found.licenses) == ("ChangeLog.txt", "Tests", "")
    assert found.findings == ()
    assert rules(entry(tmp_path, {"fw.yaml": "a: 1"})) == [("SOL004-manifest-missing", "warning", 0)]


def test_without_meta_one_yaml_is_needed(tmp_path: Path) -> None:
    for files in ({"README": ""}, {"a.yaml": "", "b.yml": ""}):
        found = entry(tmp_path, dict(files))
        assert found.definitions == ""
        assert rules(found) == [("SOL004-entry-definitions", "error", 0)]


def test_an_empty_folder_can_be_named(tmp_path: Path) -> None:
    members = [
        Raw(META.encode(), (HEAD + "ETSI-Entry-Tests: Artifacts/Tests/\n").encode()),
        Raw(b"Artifacts/Tests/", mode=0o40755),
        Raw(b"Definitions/a.yaml"),
    ]
    with open_package(write_zip(tmp_path / "a.csar", members)) as package:
        assert read_entry(package).tests == "Artifacts/Tests"


MANIFEST = """metadata:
    vnf_product_name: fw
    vnf_provider_id: me
    vnf_package_version: 1.0
    vnf_release_date_time: 2026-01-01T11:25:00+00:00
    compatible_specification_versions: 2.7.1,3.3.1

# all files
Source: a.img
Algorithm: SHA-256
Hash: 00

non_mano_artifact_sets:
    onap_others:
        Source: b.sh
        Source: c.txt
    onap_ansible_playbooks:
        Source: d.yml
-----BEGIN CMS-----
MIIFvAYJ: KoZIhvc
-----END CMS-----
"""


def test_manifest_as_the_standard_writes_it() -> None:
    found = read_manifest(MANIFEST, "a.mf")
    assert found.findings == ()
    assert found.metadata["vnf_release_date_time"] == "2026-01-01T11:25:00+00:00"
    assert [(record.source, record.algorithm, record.hash, record.line) for record in found.records] == [
        ("a.img", "SHA-256", "00", 9)
    ]
    assert {tag: [record.source for record in records] for tag, records in found.artifact_sets.items()} == {
        "onap_others": ["b.sh", "c.txt"],
        "onap_ansible_playbooks": ["d.yml"],
    }
    assert found.cms.startswith("-----BEGIN CMS-----\nMIIF")
    assert found.cms_line == 19


def records_of(text: str) -> list[tuple[str, str, str]]:
    return [(record.source, record.algorithm, record.hash) for record in read_manifest(text, "a.mf").records]


def test_records_in_any_order_case_and_indentation() -> None:
    expected = [("a", "SHA-256", "1"), ("b", "SHA-512", "2")]
    for text in (
        "Source: a\nAlgorithm: SHA-256\nHash: 1\n\nSource: b\nAlgorithm: SHA-512\nHash: 2\n",
        "source: a\nHASH: 1\nalgorithm: SHA-256\nsource: b\nhash: 2\nalgorithm: SHA-512\n",
        "  Source: a\n\n  Hash: 1\n\n  Algorithm: SHA-256\n\n  Source: b\n  Hash: 2\n  Algorithm: SHA-512",
        "Hash: 1\nAlgorithm: SHA-256\nSource: a\n\nAlgorithm: SHA-512\nHash: 2\nSource: b\n",
        "Hash: 1\nAlgorithm: SHA-256\nSource: a\nHash: 2\nAlgorithm: SHA-512\nSource: b\n",
        "- Source: a\n  Algorithm: SHA-256\n  Hash: 1\n- Source: b\n  Algorithm: SHA-512\n  Hash: 2\n",
        "metadata:\n  vnf_product_name: x\nSource:a\nAlgorithm:SHA-256\nHash:1\nSource:b\nHash:2\nAlgorithm:SHA-512\n",
    ):
        assert records_of(text) == expected, text


def test_oddities_of_a_manifest_are_told() -> None:
    text = (
        "metadata:\n  vnf_product_name: x\n  vnf_product_name: y\n  colour: red\n"
        "Source: a\nHash: 1\nHash: 2\nnonsense\nsize: 3\nSource:\n"
    )
    assert {finding[:2] for finding in rules(read_manifest(text, "a.mf"))} == {
        ("SOL004-manifest-duplicate-key", "error"),
        ("SOL004-manifest-metadata", "warning"),
        ("SOL004-manifest-syntax", "warning"),
        ("SOL004-manifest-key", "warning"),
        ("SOL004-manifest-source", "error"),
    }


def test_metadata_of_pnf_and_ns() -> None:
    pnf = read_manifest("metadata:\n pnfd_name: a\n pnfd_provider: b\n pnfd_archivee_version: 1\n", "a.mf")
    assert [finding.message for finding in pnf.findings] == [
        "The metadata lack 'pnfd_archive_version'.",
        "The metadata lack 'pnfd_release_date_time'.",
        "The metadata key 'pnfd_archivee_version' is not known.",
    ]
    nsd = read_manifest("metadata:\n nsd_name: a\n", "a.mf")
    assert {finding.clause for finding in nsd.findings} == {"SOL007 4.3.2"}


def test_a_signature_block_without_end_is_an_error() -> None:
    assert ("SOL004-manifest-cms", "error", 1) in rules(read_manifest("-----BEGIN CMS-----\nabc\n", "a.mf"))


def test_sound_package_has_nothing_odd(tmp_path: Path) -> None:
    assert entry(tmp_path, sound_files()).findings == ()
