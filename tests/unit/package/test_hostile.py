# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wall: archives that mean harm are refused with their code, in bounded memory, leaving nothing, asking nobody."""

from __future__ import annotations

import os
import struct
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from unit.package.packages import META, Raw, raw_zip, sound_files, write_zip

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.limits import MIB, Limits
from ansible_collections.nfv.mano.plugins.module_utils.package.source import open_package
from ansible_collections.nfv.mano.plugins.module_utils.package.verify import check

pytestmark = pytest.mark.usefixtures("no_network", "nothing_left")


@contextmanager
def bounded(mebibytes: int) -> Iterator[None]:
    """A block that may allocate so much at most."""
    tracemalloc.start()
    try:
        yield
    finally:
        _size, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < mebibytes * MIB


SYMLINK = 0o120777
DEVICE = 0o020666


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def zeros(size: int) -> bytes:
    """`size` zeros, packed without holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return b"".join(packer.compress(bytes(MIB)) for _turn in range(size // MIB)) + packer.flush()


def overlapping() -> bytes:
    """Many directory entries for one body, the way a flat zip bomb gets its ratio past the packed sizes."""
    body = Raw(b"a", bytes(MIB), 8)
    return raw_zip([body, *(Raw(f"b{n}".encode(), bytes(MIB), 8, at=0, local_name=b"a") for n in range(200))])


def quoting() -> bytes:
    """A member whose packed bytes hold the next member's local header."""
    inner = Raw(b"inner", b"x" * 100)
    hidden = raw_zip([inner])
    outer = Raw(b"outer", hidden)
    first = raw_zip([outer])
    start = first.index(b"PK\x03\x04", 4)
    return raw_zip([outer, Raw(b"inner", b"x" * 100, at=start)])


def wide_directory() -> bytes:
    return raw_zip([Raw(f"f{n}".encode()) for n in range(20_001)])


def huge_directory() -> bytes:
    entry = b"PK\x01\x02" + struct.pack("<6H3L5H2L", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * (12 * MIB // len(entry))
    return directory + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 9, 9, len(directory), 0, 0)


BOMB = zeros(64 * MIB)
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "not_a_zip"),
    "text": (lambda: b"#!/bin/sh\necho no zip\n" * 100, "not_a_zip"),
    "tar": (lambda: b"\x1f\x8b\x08" + os.urandom(4096), "not_a_zip"),
    "cut short": (lambda: raw_zip([Raw(b"a", os.urandom(9000))])[:-30], "not_a_zip"),
    "directory larger than file": (
        lambda: b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 1, 1, 9999, 0, 0),
        "corrupt_zip",
    ),
    "front cut off": (lambda: raw_zip([Raw(b"a", b"x" * 9000), Raw(b"b")])[4000:], "corrupt_zip"),
    "parent": (lambda: raw_zip([Raw(b"../evil")]), "zip_slip"),
    "parent within": (lambda: raw_zip([Raw(b"a/../../evil")]), "zip_slip"),
    "absolute": (lambda: raw_zip([Raw(b"/etc/cron.d/evil")]), "zip_slip"),
    "drive": (lambda: raw_zip([Raw(b"C:evil")]), "zip_slip"),
    "backslash": (lambda: raw_zip([Raw(b"..\\evil")]), "zip_slip"),
    "share": (lambda: raw_zip([Raw(b"\\\\server\\evil")]), "zip_slip"),
    "folder upwards": (lambda: raw_zip([Raw(b"../", mode=0o40755)]), "zip_slip"),
    "NUL in a name": (lambda: raw_zip([Raw(b"good.yaml\x00.exe")]), "bad_member_name"),
    "newline in a name": (lambda: raw_zip([Raw(b"a\nb")]), "bad_member_name"),
    "right-to-left name": (lambda: raw_zip([Raw("a\u202egnp.sh".encode())]), "bad_member_name"),
    "long name": (lambda: raw_zip([Raw(b"a" * 5000)]), "bad_member_name"),
    "name that is not UTF-8": (lambda: raw_zip([Raw(b"\xff\xfe")]), "corrupt_zip"),
    "symlink": (lambda: raw_zip([Raw(b"link", b"/etc/passwd", mode=SYMLINK)]), "zip_symlink"),
    "symlink as a folder": (lambda: raw_zip([Raw(b"link/", b"/etc", mode=SYMLINK)]), "zip_symlink"),
    "device": (lambda: raw_zip([Raw(b"zero", mode=DEVICE)]), "zip_symlink"),
    "twice": (lambda: raw_zip([Raw(b"a", b"1"), Raw(b"a", b"2")]), "duplicate_member"),
    "twice by case": (lambda: raw_zip([Raw(b"a"), Raw(b"A")]), "duplicate_member"),
    "twice by spelling": (lambda: raw_zip([Raw(b"x/a"), Raw(b"x/./a")]), "duplicate_member"),
    "twice by accents": (lambda: raw_zip([Raw("é".encode()), Raw("e\u0301".encode())]), "duplicate_member"),
    "file and folder": (lambda: raw_zip([Raw(b"a"), Raw(b"a/b")]), "duplicate_member"),
    "encrypted": (lambda: raw_zip([Raw(b"a", b"secret", flags=0x801)]), "encrypted_member"),
    "lzma": (lambda: raw_zip([Raw(b"a", b"x", method=14)]), "unsupported_compression"),
    "deep": (lambda: raw_zip([Raw(b"d/" * 20_000 + b"a")]), "bad_member_name"),
    "nested": (lambda: raw_zip([Raw(b"d/" * 100 + b"a")]), "nested_too_deep"),
    "many members": (wide_directory, "too_many_members"),
    "huge directory": (huge_directory, "too_many_members"),
    "bomb": (lambda: raw_zip([Raw(b"a", method=8, packed=BOMB, size=64 * MIB)]), "zip_bomb"),
    "bomb in many": (
        lambda: raw_zip([Raw(b"%d" % n, method=8, packed=zeros(4 * MIB), size=4 * MIB) for n in range(9)]),
        "zip_bomb",
    ),
    "more than can be": (lambda: raw_zip([Raw(b"a", method=0, packed=b"x", size=2**32 - 2)]), "zip_bomb"),
    "overlap": (overlapping, "zip_bomb"),
    "quoting overlap": (quoting, "zip_bomb"),
    "beyond the end": (lambda: raw_zip([Raw(b"a", at=500)]), "corrupt_zip"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused_when_opened(case: str, tmp_path: Path) -> None:
    make, code = REFUSED[case]
    path = tmp_path / "evil.csar"
    path.write_bytes(make())
    with pytest.raises(ManoError) as refusal, bounded(48), open_package(path):
        pass
    assert refusal.value.error_code == code
    assert refusal.value.message.count("\n") == 0
    assert refusal.value.message.isprintable()
    assert list(tmp_path.iterdir()) == [path]


LIES: dict[str, tuple[Raw, str]] = {
    "unpacks to more": (Raw(b"Files/a", method=8, packed=BOMB, size=1000, crc=0), "zip_bomb"),
    "unpacks to a little more": (Raw(b"Files/a", b"0123456789", 8, size=9, crc=zlib.crc32(b"012345678")), "zip_bomb"),
    "unpacks to less": (Raw(b"Files/a", b"0123456789", 8, size=11), "corrupt_zip"),
    "stored longer than said": (Raw(b"Files/a", b"0123456789", size=4, crc=zlib.crc32(b"0123")), "zip_bomb"),
    "wrong CRC": (Raw(b"Files/a", b"0123456789", 8, crc=1), "corrupt_zip"),
    "empty with a CRC": (Raw(b"Files/a", b"", crc=1), "corrupt_zip"),
    "no deflate stream": (Raw(b"Files/a", method=8, packed=b"\xff" * 50, size=50), "corrupt_zip"),
    "stream cut": (Raw(b"Files/a", method=8, packed=deflated(os.urandom(500))[:300], size=500), "corrupt_zip"),
    "bytes after the stream": (Raw(b"Files/a", b"abc", 8, packed=deflated(b"abc") + b"hidden"), "corrupt_zip"),
    "other local name": (Raw(b"Files/a", b"abc", local_name=b"Files/b"), "corrupt_zip"),
}


@pytest.mark.parametrize("case", LIES)
def test_a_member_that_lies_is_refused_when_checked(case: str, tmp_path: Path) -> None:
    member, code = LIES[case]
    honest = [
        Raw(name.encode(), data if isinstance(data, bytes) else data.encode(), 8)
        for name, data in sound_files().items()
    ]
    path = write_zip(tmp_path / "evil.csar", [*honest, member])
    with open_package(path) as package, pytest.raises(ManoError) as refusal, bounded(16):
        check(package)
    assert refusal.value.error_code == code
    assert "Files/a" in refusal.value.message


def test_a_lying_member_gives_no_more_than_it_declared(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "evil.csar", [Raw(b"a", method=8, packed=BOMB, size=1000, crc=0)])
    with open_package(path) as package, package.open("a") as stream, pytest.raises(ManoError):
        stream.read(1)


def test_a_bomb_inside_a_signed_zip_is_refused(tmp_path: Path, nothing_left: Path) -> None:
    bomb = raw_zip([Raw(b"a", method=8, packed=BOMB, size=64 * MIB)])
    path = write_zip(tmp_path / "signed.zip", {"vnf.csar": bomb, "vnf.cms": b"signature"})
    with pytest.raises(ManoError) as refusal, bounded(16), open_package(path):
        pass
    assert refusal.value.error_code == "zip_bomb"
    assert list(nothing_left.iterdir()) == []


def test_signed_zips_are_not_opened_without_end(tmp_path: Path) -> None:
    inner = raw_zip([Raw(b"a.csar", raw_zip([Raw(b"b.csar", raw_zip([Raw(b"c")]))]))])
    with open_package(write_zip(tmp_path / "signed.zip", {"vnf.csar": inner})) as package:
        assert package.names == ("a.csar",)


def test_total_size_is_limited(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.csar", {"a": os.urandom(600), "b": os.urandom(600)})
    with pytest.raises(ManoError) as refusal, open_package(path, Limits(max_total_size=1000)):
        pass
    assert refusal.value.error_code == "zip_bomb"


def test_a_text_too_large_for_memory_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.csar", [Raw(META.encode(), method=8, packed=zeros(17 * MIB), size=17 * MIB)])
    limits = Limits(max_ratio=10_000)
    with open_package(path, limits) as package, pytest.raises(ManoError) as refusal, bounded(8):
        check(package)
    assert refusal.value.error_code == "text_too_large"


def test_text_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    with open_package(write_zip(tmp_path / "a.csar", {META: b"a: b\nc: \xff\xfe\n"})) as package:
        with pytest.raises(ManoError, match="line 2") as refusal:
            check(package)
        assert refusal.value.error_code == "not_utf8"


def test_a_listing_without_end_is_refused(tmp_path: Path) -> None:
    files = sound_files() | {"vnf.mf": "Source: a\n" * 200_000}
    with open_package(write_zip(tmp_path / "a.csar", files)) as package, pytest.raises(ManoError) as refusal:
        check(package)
    assert refusal.value.error_code == "listing_too_long"


def test_findings_without_end_are_cut_and_keep_the_errors(tmp_path: Path) -> None:
    manifest = "metadata:\n" + "".join(f"junk{n}: x\n" for n in range(5000)) + "Source: gone\n"
    with open_package(write_zip(tmp_path / "a.csar", sound_files() | {"vnf.mf": manifest})) as package:
        findings = check(package)
    assert len(findings) == 1001
    assert findings[0].rule == "SOL004-file-missing"
    assert findings[-1].rule == "SOL004-more"
