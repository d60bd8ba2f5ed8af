# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a package must be according to its own lists."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from unit.package.packages import META, manifest_of, sound_files, write_folder, write_zip

from ansible_collections.nfv.mano.plugins.module_utils.package.source import open_package
from ansible_collections.nfv.mano.plugins.module_utils.package.verify import algorithm_name, check
from ansible_collections.nfv.mano.plugins.module_utils.sol.finding import Finding

pytestmark = pytest.mark.usefixtures("no_network", "nothing_left")

UNSIGNED = ("SOL004-unsigned", "warning")


def findings(tmp_path: Path, files: dict[str, bytes | str]) -> tuple[Finding, ...]:
    """Of the archive; the folder with the same files must give the same."""
    archive = write_zip(tmp_path / "a.csar", files)
    folder = write_folder(tmp_path / "a", files)
    with open_package(archive) as packed, open_package(folder) as loose:
        found = check(packed)
        assert check(loose) == found
    return found


def rules(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in found]


def with_manifest(text: str) -> dict[str, bytes | str]:
    """The sound package with one more manifest entry."""
    files = sound_files()
    return files | {"vnf.mf": f"{files['vnf.mf']}\n{text}"}


def test_a_sound_package_is_only_unsigned(tmp_path: Path) -> None:
    assert rules(findings(tmp_path, sound_files())) == [UNSIGNED]


def test_a_changed_file_is_found_by_its_digest(tmp_path: Path) -> None:
    found = findings(tmp_path, sound_files() | {"Files/image.qcow2": b"another image"})
    assert rules(found) == [("SOL004-digest-mismatch", "error"), UNSIGNED]
    mismatch = found[0]
    assert (mismatch.file, mismatch.line, mismatch.clause) == ("vnf.mf", 15, "SOL004 5.3")
    assert "Files/image.qcow2" in mismatch.message


def test_a_digest_in_meta_counts_as_much(tmp_path: Path) -> None:
    files = sound_files()
    files[META] = f"{files[META]}\nName: ChangeLog.txt\nAlgorithm: SHA-512\nHash: {'0' * 128}\n"
    files["vnf.mf"] = manifest_of({name: data for name, data in files.items() if name != "vnf.mf"})
    found = findings(tmp_path, files)
    assert rules(found) == [("SOL004-digest-mismatch", "error"), UNSIGNED]
    assert (found[0].file, found[0].line) == (META, 8)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Source: Files/gone", "SOL004-file-missing"),
        ("Source: ../outside", "SOL004-source-outside"),
        ("Source: /etc/passwd", "SOL004-source-outside"),
        ("Source: file:///etc/passwd", "SOL004-source-outside"),
        ("Source: Files\\image.qcow2", "SOL004-source-outside"),
        (f"Source: Files/image.qcow2\nHash: {'0' * 64}", "SOL004-digest-incomplete"),
        ("Source: Files/image.qcow2\nAlgorithm: SHA-256", "SOL004-digest-incomplete"),
        (f"Source: Files/image.qcow2\nAlgorithm: SHA-255\nHash: {'0' * 64}", "SOL004-digest-algorithm"),
        (f"Source: Files/image.qcow2\nAlgorithm: MD5\nHash: {'0' * 32}", "SOL004-digest-algorithm"),
        (f"Source: Files/image.qcow2\nAlgorithm: SHA-512\nHash: {'0' * 64}", "SOL004-digest-malformed"),
        (f"Source: Files/image.qcow2\nAlgorithm: SHA-512\nHash: {'x' * 128}", "SOL004-digest-malformed"),
        (f"Source: Files/image.qcow2\nAlgorithm: SHA-512\nHash: {'0' * 128}", "SOL004-digest-mismatch"),
        ("non_mano_artifact_sets:\n  prv.x:\n    Source: Files/gone", "SOL004-file-missing"),
    ],
)
def test_what_an_entry_can_have_wrong(text: str, rule: str, tmp_path: Path) -> None:
    assert rules(findings(tmp_path, with_manifest(text))) == [(rule, "error"), UNSIGNED]


def test_two_digests_that_cannot_both_hold(tmp_path: Path) -> None:
    text = f"Source: Files/image.qcow2\nAlgorithm: SHA-256\nHash: {'0' * 64}"
    assert ("SOL004-digest-contradiction", "error") in rules(findings(tmp_path, with_manifest(text)))


def test_a_source_on_the_network_is_not_fetched(tmp_path: Path) -> None:
    text = f"Source: http://127.0.0.1:9/image\nAlgorithm: SHA-256\nHash: {'0' * 64}"
    assert rules(findings(tmp_path, with_manifest(text))) == [("SOL004-source-external", "warning"), UNSIGNED]


def test_a_file_that_no_list_names(tmp_path: Path) -> None:
    found = findings(tmp_path, sound_files() | {"Scripts/extra.sh": "echo hi\n"})
    assert rules(found) == [("SOL004-file-unlisted", "warning"), UNSIGNED]
    assert found[0].file == "Scripts/extra.sh"


def test_digests_of_every_known_algorithm_in_any_spelling(tmp_path: Path) -> None:
    data = bytes(sound_files()["Files/image.qcow2"])
    text = "".join(
        f"Source: ./Files/image.qcow2\nAlgorithm: {written}\nHash: {hashlib.new(name, data).hexdigest().upper()}\n"
        for written, name in (("sha-224", "sha224"), ("SHA384", "sha384"), ("sha_512", "sha512"))
    )
    assert rules(findings(tmp_path, with_manifest(text))) == [UNSIGNED]


def test_algorithm_names() -> None:
    assert [algorithm_name(name) for name in ("SHA-256", "sha256", "SHA2-512", "sha 384")] == [
        "SHA-256",
        "SHA-256",
        "SHA-512",
        "SHA-384",
    ]
    assert [algorithm_name(name) for name in ("SHA-1", "SHA-255", "MD5", "SHA3-256", "", "SHA-2567")] == [None] * 6


def test_signatures_are_noticed_and_not_verified(tmp_path: Path) -> None:
    files = sound_files()
    files["vnf.mf"] = f"{files['vnf.mf']}\n-----BEGIN CMS-----\nMIIF\n-----END CMS-----\n"
    found = findings(tmp_path, files)
    assert rules(found) == [("SOL004-signature-unverified", "info")]
    assert (found[0].file, found[0].line) == ("vnf.mf", 23)


def test_the_signature_beside_a_csar_is_noticed(tmp_path: Path) -> None:
    inner = write_zip(tmp_path / "vnf.csar", sound_files()).read_bytes()
    outer = write_zip(tmp_path / "signed.zip", {"vnf.csar": inner, "vnf.cms": "x", "vnf.cert": "y"})
    with open_package(outer) as package:
        found = check(package)
    assert rules(found) == [("SOL004-signature-unverified", "info")]
    assert "vnf.cms beside the CSAR" in found[0].message


def test_a_certificate_without_signature_is_told(tmp_path: Path) -> None:
    files = sound_files() | {"vnf.cert": "x"}
    files[META] = f"{files[META]}ETSI-Entry-Certificate: vnf.cert\n"
    files["vnf.mf"] = manifest_of({name: data for name, data in files.items() if name != "vnf.mf"})
    assert rules(findings(tmp_path, files)) == [UNSIGNED, ("SOL004-signature-missing", "warning")]


def test_without_a_manifest_only_meta_is_checked(tmp_path: Path) -> None:
    found = findings(tmp_path, {"vnfd.yaml": "a: 1\n", "other.txt": "x"})
    assert rules(found) == [("SOL004-manifest-missing", "warning"), UNSIGNED]
