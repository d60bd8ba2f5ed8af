# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A package from a file, from a folder, from a signed zip; its streams and digests; packing a folder."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import threading
import zipfile
from pathlib import Path

import fsspec
import pytest
from unit.package.packages import META, sound_files, write_folder, write_zip

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.limits import MIB, Limits
from ansible_collections.nfv.mano.plugins.module_utils.package.source import open_package, open_stream
from ansible_collections.nfv.mano.plugins.module_utils.package.verify import check
from ansible_collections.nfv.mano.plugins.module_utils.package.write import pack_folder

pytestmark = pytest.mark.usefixtures("no_network", "nothing_left")


def code_of(src: str | Path, limits: Limits | None = None) -> str:
    with pytest.raises(ManoError) as refusal, open_package(src, limits or Limits()):
        pass
    assert refusal.value.message.isprintable()
    return refusal.value.error_code


def test_members_of_archive_and_folder(tmp_path: Path) -> None:
    files = sound_files()
    for src in (write_zip(tmp_path / "a.csar", files), write_folder(tmp_path / "a", files)):
        with open_package(str(src)) as package:
            assert package.names == tuple(sorted(files))
            assert package.folders == {"Definitions", "Files", "TOSCA-Metadata"}
            assert package.read_text("ChangeLog.txt") == "1.0 first\n"
            assert package.size("Files/image.qcow2") == 16384
            assert package.digest("ChangeLog.txt", "SHA-512") == hashlib.sha512(b"1.0 first\n").hexdigest()
            assert "ChangeLog.txt" in package
            assert "Definitions" not in package
            with pytest.raises(ManoError, match="holds no file 'x'") as refusal:
                package.open("x")
            assert refusal.value.error_code == "artifact_missing"


def test_content_digest_is_that_of_the_content(tmp_path: Path) -> None:
    files = sound_files()
    zipped = write_zip(tmp_path / "a.csar", files)
    backwards = write_zip(tmp_path / "b.csar", dict(reversed(files.items())))
    changed = write_zip(tmp_path / "c.csar", files | {"ChangeLog.txt": "2.0\n"})
    renamed = write_zip(tmp_path / "d.csar", {name.replace("image", "picture"): data for name, data in files.items()})
    digests = []
    for src in (zipped, backwards, write_folder(tmp_path / "a", files), changed, renamed):
        with open_package(src) as package:
            digests.append(package.content_sha256)
    assert digests[0] == digests[1] == digests[2]
    assert len(set(digests)) == 3


def test_zips_of_other_hands(tmp_path: Path) -> None:
    """Data descriptors, zip64 records, a comment, bytes before the archive, names in the old code page."""
    path = tmp_path / "a.csar"
    with path.open("wb") as stream:
        stream.write(b"#!/bin/sh\n")
        with zipfile.ZipFile(Unseekable(stream), "w", zipfile.ZIP_DEFLATED) as archive:
            archive.comment = b"made elsewhere"
            with archive.open("./Definitions/a.yaml", "w", force_zip64=True) as member:
                member.write(b"a: 1\n" * 1000)
            archive.writestr("Files/", b"")
            archive.writestr("Files/ünï.txt", "x")
    with open_package(path) as package:
        assert package.names == ("Definitions/a.yaml", "Files/ünï.txt")
        assert package.read_text("Definitions/a.yaml") == "a: 1\n" * 1000


class Unseekable:
    """A pipe: zipfile then writes sizes behind the data."""

    def __init__(self, stream: object) -> None:
        self.write = stream.write  # type: ignore[attr-defined]
        self.flush = stream.flush  # type: ignore[attr-defined]


def test_zip64_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)
    path = tmp_path / "a.csar"
    with zipfile.ZipFile(path, "w") as archive:
        for name in "abcd":
            archive.writestr(name, name)
    monkeypatch.undo()
    assert b"PK\x06\x06" in path.read_bytes()
    with open_package(path) as package:
        assert [package.read_text(name) for name in package.names] == list("abcd")


def test_streams_are_independent(tmp_path: Path) -> None:
    data = {name: os.urandom(3 * MIB) for name in "abc"}
    path = write_zip(tmp_path / "a.csar", data)
    found: dict[str, bytes] = {}
    with open_package(path) as package:

        def read(name: str) -> None:
            with package.open(name) as stream:
                found[name] = b"".join(iter(lambda: stream.read(4097), b""))

        threads = [threading.Thread(target=read, args=(name,)) for name in data]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert package.open_archive is not None
        with package.open_archive() as whole:
            assert whole.read() == path.read_bytes()
    assert found == data


@pytest.mark.parametrize("protocol", ["file", "memory"])
def test_a_package_from_a_store(tmp_path: Path, protocol: str) -> None:
    path = write_zip(tmp_path / "a.csar", sound_files())
    url = f"{protocol}://{tmp_path}/stored"
    with fsspec.open(url, "wb") as target:
        target.write(path.read_bytes())
    with fsspec.open(url, "rb") as stored, open_stream(stored, url) as package:
        assert package.read_text("ChangeLog.txt") == "1.0 first\n"
        assert package.source == url
    bare = io.BytesIO(b"no zip")
    with pytest.raises(ManoError) as refusal, open_stream(bare, "bare"):
        pass
    assert refusal.value.error_code == "not_a_zip"


def test_a_signed_zip_gives_the_csar_inside(tmp_path: Path) -> None:
    inner = write_zip(tmp_path / "vnf.csar", sound_files())
    outer = write_zip(tmp_path / "signed.zip", {"vnf.csar": inner.read_bytes(), "vnf.cms": "s", "vnf.cert": "c"})
    with open_package(outer) as package, open_package(inner) as alone:
        assert package.content_sha256 == alone.content_sha256
        assert package.outer is not None
        assert package.outer.read_text("vnf.cms") == "s"
        assert alone.outer is None


def test_a_csar_beside_other_files_is_no_signed_zip(tmp_path: Path) -> None:
    inner = write_zip(tmp_path / "vnf.csar", sound_files()).read_bytes()
    with open_package(write_zip(tmp_path / "a.zip", {"vnf.csar": inner, "vnfd.yaml": "a: 1"})) as package:
        assert package.outer is None
        assert package.names == ("vnf.csar", "vnfd.yaml")


def test_what_is_no_package(tmp_path: Path) -> None:
    assert code_of(tmp_path / "gone.csar") == "package_not_found"
    assert code_of("a\x00b") == "package_not_found"
    assert code_of("/dev/zero") == "package_not_readable"
    os.mkfifo(tmp_path / "pipe")
    assert code_of(tmp_path / "pipe") == "package_not_readable"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "http://127.0.0.1:9/a.csar",
        "https://user:pw@h/a?token=t",
        "ftp://h/a",
        "s3://b/k",
    ],
)
def test_urls_are_refused_unless_asked_for(url: str) -> None:
    with pytest.raises(ManoError) as refusal, open_package(url):
        pass
    assert refusal.value.error_code == "url_refused"
    assert "pw" not in refusal.value.message
    assert "token" not in refusal.value.message


def test_links_and_devices_in_a_folder_are_refused(tmp_path: Path) -> None:
    for name, make in {
        "file": lambda path: path.symlink_to("/etc/passwd"),
        "folder": lambda path: path.symlink_to("/etc"),
        "dangling": lambda path: path.symlink_to("nowhere"),
        "pipe": os.mkfifo,
    }.items():
        folder = write_folder(tmp_path / name, sound_files())
        make(folder / "Files" / "odd")
        assert code_of(folder) == "zip_symlink"


def test_a_socket_in_a_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_folder(tmp_path / "p", {"a": "x"})
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")
        assert code_of(folder) == "zip_symlink"


def test_limits_hold_for_folders(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "p", {"a/b/c/d": "x" * 100, "e": ""})
    assert code_of(folder, Limits(max_path_depth=3)) == "nested_too_deep"
    assert code_of(folder, Limits(max_members=4)) == "too_many_members"
    assert code_of(folder, Limits(max_total_size=99)) == "package_too_large"


def test_odd_names_in_a_folder_are_refused(tmp_path: Path) -> None:
    for number, name in enumerate((b"a\nb", b"\xff", b"a\\b")):
        folder = tmp_path / str(number)
        folder.mkdir()
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("x")
        assert code_of(folder) in {"bad_member_name", "zip_slip"}
    assert code_of(write_folder(tmp_path / "case", {"a": "", "A": ""})) == "duplicate_member"


def test_a_folder_that_changes_under_the_reader(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "p", {"a": "one", "b": "two"})
    with open_package(folder) as package:
        (folder / "a").write_text("longer")
        (folder / "b").unlink()
        (folder / "b").symlink_to("/etc/passwd")
        for name, code in (("a", "package_changed"), ("b", "package_not_readable")):
            with pytest.raises(ManoError) as refusal:
                package.read_text(name)
            assert refusal.value.error_code == code


def test_the_working_copy_of_a_package_is_no_part_of_it(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "p", {"a.yaml": "", ".git/config": "x"})
    with open_package(folder) as package:
        assert package.names == ("a.yaml",)


def test_packing_a_folder(tmp_path: Path) -> None:
    files = sound_files() | {"Files/big.txt": b"x" * (5 * MIB)}
    folder = write_folder(tmp_path / "p", files)
    (folder / "Tests").mkdir()
    digest = pack_folder(folder, tmp_path / "p.csar")
    packed = (tmp_path / "p.csar").read_bytes()
    assert digest == hashlib.sha256(packed).hexdigest()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p", "p.csar"]
    with open_package(folder) as loose, open_package(tmp_path / "p.csar") as package:
        assert package.content_sha256 == loose.content_sha256
        assert package.folders == loose.folders
        assert check(package) == check(loose)
    with zipfile.ZipFile(tmp_path / "p.csar") as archive:
        methods = {info.filename: info.compress_type for info in archive.infolist()}
    assert methods["Files/image.qcow2"] == methods["Files/big.txt"] == zipfile.ZIP_STORED
    assert methods[META] == zipfile.ZIP_DEFLATED
    os.utime(folder / META, (0, 0))
    (folder / META).chmod(0o755)
    pack_folder(folder, tmp_path / "q.csar")
    assert (tmp_path / "q.csar").read_bytes() == packed


def test_a_folder_that_is_refused_leaves_no_archive(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "p", sound_files())
    (folder / "link").symlink_to("/etc/passwd")
    with pytest.raises(ManoError):
        pack_folder(folder, tmp_path / "p.csar")
    assert [path.name for path in tmp_path.iterdir()] == ["p"]
