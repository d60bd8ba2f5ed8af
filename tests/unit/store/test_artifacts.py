# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The artifact store: whole files or none, under names that stay inside."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.store.artifacts import ArtifactStore, default_artifacts_url

CONTENT = bytes(range(256)) * 20_000


@pytest.fixture(params=["folder", "file URL", "memory"])
def artifacts(request: pytest.FixtureRequest, tmp_path: Path) -> ArtifactStore:
    urls = {
        "folder": str(tmp_path / "my artifacts"),
        "file URL": f"file://{tmp_path}/a",
        "memory": f"memory:/{tmp_path}",
    }
    return ArtifactStore(urls[request.param])


def test_what_is_put_comes_back(artifacts: ArtifactStore, tmp_path: Path) -> None:
    source = tmp_path / "fw.csar"
    source.write_bytes(CONTENT)
    stored = artifacts.put(source, "default/fw.csar")
    assert (stored.url, stored.size) == ("default/fw.csar", len(CONTENT))
    assert stored.sha256 == hashlib.sha256(CONTENT).hexdigest()
    with artifacts.open(stored.url) as content:
        content.seek(-5, io.SEEK_END)
        assert content.read() == CONTENT[-5:]
        content.seek(256)
        assert content.read(4) == b"\x00\x01\x02\x03"


def test_a_second_put_replaces_the_first(artifacts: ArtifactStore) -> None:
    artifacts.put(io.BytesIO(b"one"), "a/b")
    artifacts.put(io.BytesIO(b"two"), "a/b")
    with artifacts.open("a/b") as content:
        assert content.read() == b"two"


def test_what_is_removed_is_missing_and_may_be_removed_again(artifacts: ArtifactStore) -> None:
    artifacts.put(io.BytesIO(b"one"), "a/b")
    artifacts.remove("a/b")
    artifacts.remove("a/b")
    with pytest.raises(ManoError, match="onboard the package again") as caught, artifacts.open("a/b"):
        pass
    assert caught.value.error_code == "artifact_missing"


class _Breaks(io.RawIOBase):
    """A download that ends in the middle."""

    def __init__(self) -> None:
        self.left = 3

    def read(self, size: int = -1) -> bytes:
        self.left -= 1
        if self.left == 0:
            raise ConnectionResetError("the other side went away")
        return b"x" * size


def test_what_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    artifacts = ArtifactStore(str(tmp_path))
    artifacts.put(io.BytesIO(b"one"), "a/b")
    broken: Any = _Breaks()
    with pytest.raises(ManoError, match="the other side went away"):
        artifacts.put(broken, "a/b")
    with artifacts.open("a/b") as content:
        assert content.read() == b"one"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]


@pytest.mark.parametrize("name", ["", ".", "../x", "a/../../x", "/etc/passwd", "a\\..\\x", "a\nb", "a\x00b"])
def test_a_name_stays_inside(tmp_path: Path, name: str) -> None:
    artifacts = ArtifactStore(str(tmp_path / "a"))
    for attempt in (lambda: artifacts.put(io.BytesIO(b""), name), lambda: artifacts.open(name).__enter__()):
        with pytest.raises(ManoError) as caught:
            attempt()
        assert caught.value.error_code == "artifact_name_invalid"
    with pytest.raises(ManoError):
        artifacts.remove(name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["nosuch://u:s3cret@host/x", "/proc/nowhere", "ftp://u:s3cret@127.0.0.1:1/x"])
def test_a_store_that_cannot_be_used_is_named_without_its_password(url: str) -> None:
    with pytest.raises(ManoError) as caught:
        ArtifactStore(url).put(io.BytesIO(b""), "a")
    assert caught.value.error_code == "artifact_store_unreachable"
    assert "s3cret" not in caught.value.message
    assert url.partition("s3cret")[0] in caught.value.message


def test_it_is_beside_the_store_when_that_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert default_artifacts_url(f"sqlite:///{tmp_path}/mano.sqlite") == str(tmp_path / "artifacts")
    assert default_artifacts_url("postgresql://u:s3cret@h/d") == "/data/nfv-mano/artifacts"
