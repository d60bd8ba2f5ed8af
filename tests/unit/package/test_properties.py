# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever bytes come: an answer or a ManoError, never another exception."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from unit.package.packages import META, Raw, raw_zip, sound_files, write_zip

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.manifest import read_manifest
from ansible_collections.nfv.mano.plugins.module_utils.package.source import open_package
from ansible_collections.nfv.mano.plugins.module_utils.package.verify import check
from ansible_collections.nfv.mano.plugins.module_utils.package.yaml_reader import load_yaml
from ansible_collections.nfv.mano.plugins.module_utils.sol.finding import Finding

KEYS = [
    "Source",
    "Name",
    "algorithm",
    "Hash",
    "metadata",
    "non_mano_artifact_sets",
    "Entry-Definitions",
    "ETSI-Entry-Manifest",
]
VALUES = ["SHA-256", "sha-512", "0" * 64, "vnf.mf", "../x", "file:///x", "Definitions/vnfd.yaml", "-----BEGIN CMS-----"]
WORDS = st.sampled_from(KEYS + VALUES)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["", " ", "- ", "\t"]),
        WORDS,
        st.sampled_from([":", ": ", "", " :"]),
        WORDS | st.text(max_size=8),
    )
)
LISTINGS = LINES.map(lambda parts: "\n".join("".join(part) for part in parts)) | st.text()

YAMLISH = st.text(st.sampled_from(list("ab1:-?&*!|>'\"%@`{}[],#<~. \n\t\x00\u2028\ud800é")), max_size=60) | st.text()


@given(LISTINGS)
def test_manifests(text: str) -> None:
    found = read_manifest(text, "a.mf")
    assert all(record.source for record in found.records)
    assert all(finding.severity in {"error", "warning", "info"} for finding in found.findings)


@given(LISTINGS, LISTINGS)
def test_packages_with_any_lists(meta: str, manifest: str) -> None:
    files = sound_files() | {
        META: meta.encode("utf-8", "surrogatepass"),
        "vnf.mf": manifest.encode("utf-8", "surrogatepass"),
    }
    with tempfile.TemporaryDirectory() as folder, open_package(write_zip(Path(folder) / "a.csar", files)) as package:
        findings, error = attempt(lambda: check(package))
    if error is None:
        assert all(finding.message.isprintable() for finding in findings)
    else:
        assert error.error_code == "not_utf8"


@given(YAMLISH)
def test_yaml_of_any_text(text: str) -> None:
    answer, error = attempt(lambda: load_yaml(text, "a.yaml"))
    if error is None:
        value, positions = answer
        assert_plain(value)
        assert positions.at(["a", 0, "b"]) >= (1, 1)
    else:
        assert error.error_code.startswith("yaml_")
        assert error.message.isprintable()


PLAIN: Any = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["C"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["C"])), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(PLAIN)
def test_yaml_of_plain_data_comes_back(value: Any) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    assert load_yaml(text, "a.yaml")[0] == yaml.safe_load(text) == value


@given(st.data())
def test_zips_with_any_damage(data: st.DataObject) -> None:
    whole = bytearray(
        raw_zip(
            [
                Raw(name.encode(), body if isinstance(body, bytes) else body.encode(), 8)
                for name, body in sound_files().items()
            ]
        )
    )
    for _turn in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csar"
        path.write_bytes(whole[: data.draw(st.integers(0, len(whole)) | st.just(len(whole)))])
        _rest, error = attempt(lambda: checked(path))
        assert error is None or error.message.isprintable()
        assert [found.name for found in Path(folder).iterdir()] == ["a.csar"]


@pytest.mark.parametrize(
    "noise", [b"", b"\x00" * 100, b"PK\x05\x06" * 30, b"PK\x05\x06" + b"\xff" * 18, b"PK\x06\x07" + b"\xff" * 60]
)
def test_end_records_of_any_kind(noise: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.csar").write_bytes(noise)
    with pytest.raises(ManoError), open_package(tmp_path / "a.csar"):
        pass


def attempt(call: Callable[[], Any]) -> tuple[Any, ManoError | None]:
    """The answer, or the one exception that is allowed."""
    try:
        return call(), None
    except ManoError as error:
        return None, error


def checked(path: Path) -> tuple[Finding, ...]:
    with open_package(path) as package:
        return check(package)


def assert_plain(value: Any) -> None:
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value)
        for inner in value.values():
            assert_plain(inner)
    elif isinstance(value, list):
        for inner in value:
            assert_plain(inner)
    else:
        assert value is None or type(value) in {str, int, float, bool}
