# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A zip read in place: its directory is checked before anything is unpacked, and every byte is counted while it is.

Nothing is ever extracted to a path. What the directory declares is judged against the limits when the archive is
opened, what really comes out is held to what was declared; so a stream never gives more than was allowed.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.archive import Package
from ansible_collections.nfv.mano.plugins.module_utils.package.limits import MIB, Limits
from ansible_collections.nfv.mano.plugins.module_utils.package.names import check_distinct, member_name, parents, shown

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY_SIZE = 46
_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED = 0x1 | 0x40
_UTF8 = 0x800
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    raw_name: bytes
    offset: int
    packed: int
    size: int
    crc: int
    method: int


def read_zip(stream: BinaryIO, source: str, limits: Limits, outer: Package | None = None) -> Package:
    """The package in a zip. `stream` is a real file (it has a descriptor), open as long as the package is used.

    Raises ManoError not_a_zip, corrupt_zip, too_many_members, zip_slip, bad_member_name, nested_too_deep, zip_symlink,
    encrypted_member, unsupported_compression, duplicate_member, zip_bomb.
    """
    descriptor = stream.fileno()
    archive_size = os.fstat(descriptor).st_size
    infos = _directory(stream, archive_size, source, limits)
    folders: set[str] = set()
    members: list[_Member] = []
    for info in infos:
        name = member_name(info.orig_filename, source, limits.max_path_depth)
        _check_kind(info, source)
        if info.orig_filename.endswith("/"):
            folders.add(name)
        else:
            members.append(_member(name, info))
    folders.discard("")
    for member in members:
        folders.update(parents(member.name))
    check_distinct((member.name for member in members), folders, source)
    _check_sizes(members, archive_size, source, limits)
    by_name = {member.name: member for member in members}

    def open_member(name: str) -> BinaryIO:
        return io.BufferedReader(_MemberStream(descriptor, by_name[name], source), _CHUNK)

    return Package(
        source,
        {member.name: member.size for member in members},
        frozenset(folders),
        limits,
        open_member,
        partial(_whole_file, descriptor),
        outer,
    )


def _whole_file(descriptor: int) -> BinaryIO:
    return io.BufferedReader(_FileStream(descriptor), MIB)


def _directory(stream: BinaryIO, archive_size: int, source: str, limits: Limits) -> Sequence[zipfile.ZipInfo]:
    """The entries of the central directory, which is measured before zipfile reads it whole into memory."""
    size, end = _directory_extent(stream, archive_size, source)
    if size > limits.max_directory_size or _entries(stream, end - size, size) > limits.max_members:
        raise ManoError(
            "too_many_members", f"Package {source} holds more than the {limits.max_members} members allowed."
        )
    try:
        with zipfile.ZipFile(stream) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, OSError, struct.error) as error:
        raise _corrupt(source, str(error)) from error


def _directory_extent(stream: BinaryIO, archive_size: int, source: str) -> tuple[int, int]:
    """Size and end offset of the central directory, from the end record (and its zip64 form)."""
    tail_size = min(archive_size, _END.size + 0xFFFF)
    stream.seek(archive_size - tail_size)
    tail = stream.read(tail_size)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise ManoError(
            "not_a_zip",
            f"Package {source} is not a zip archive, or it is cut short. Give the CSAR as it was packed.",
        )
    end = archive_size - tail_size + at
    size = int(_END.unpack_from(tail, at)[5])
    if at >= _END64_LOCATOR.size and tail[at - _END64_LOCATOR.size :].startswith(b"PK\x06\x07"):
        end -= _END64_LOCATOR.size + _END64.size
        stream.seek(max(end, 0))
        record = stream.read(_END64.size)
        if len(record) < _END64.size or not record.startswith(b"PK\x06\x06"):
            raise _corrupt(source, "its zip64 end record is missing")
        size = int(_END64.unpack(record)[8])
    if size > end:
        raise _corrupt(source, "its directory is larger than the file")
    return size, end


def _entries(stream: BinaryIO, start: int, size: int) -> int:
    stream.seek(start)
    directory = stream.read(size)
    at = count = 0
    while at + _ENTRY_SIZE <= size:
        name, extra, comment = struct.unpack_from("<3H", directory, at + 28)
        at += _ENTRY_SIZE + name + extra + comment
        count += 1
    return count


def _member(name: str, info: zipfile.ZipInfo) -> _Member:
    raw = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")
    return _Member(name, raw, info.header_offset, info.compress_size, info.file_size, info.CRC, info.compress_type)


def _check_kind(info: zipfile.ZipInfo, source: str) -> None:
    name = shown(info.orig_filename)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFDIR if info.orig_filename.endswith("/") else stat.S_IFREG}:
        raise ManoError(
            "zip_symlink",
            f"Package {source} holds the member '{name}', which is a link or a device, not a regular file. "
            "Pack the file itself.",
        )
    if info.flag_bits & _ENCRYPTED:
        raise ManoError(
            "encrypted_member", f"Package {source} holds the encrypted member '{name}'. Pack it without a password."
        )
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ManoError(
            "unsupported_compression",
            f"Package {source} holds the member '{name}' in compression method {info.compress_type}. "
            "Pack it stored or deflated.",
        )


def _check_sizes(members: Sequence[_Member], archive_size: int, source: str, limits: Limits) -> None:
    """Refuse a bomb by what it declares: sizes, ratios, and members that share their bytes."""
    total = sum(member.size for member in members)
    if total > limits.max_total_size:
        raise _bomb(source, f"it unpacks to {total} bytes; {limits.max_total_size} are allowed")
    if total > limits.ratio_floor and total > limits.max_ratio * archive_size:
        raise _bomb(source, f"its {archive_size} bytes unpack to {total}, more than {limits.max_ratio} to 1")
    if any(member.offset < 0 for member in members):
        raise _corrupt(source, "its beginning is missing")
    end, before = 0, ""
    for member in sorted(members, key=lambda each: each.offset):
        if member.size > limits.ratio_floor and member.size > limits.max_ratio * member.packed:
            what = f"its member '{shown(member.name)}' unpacks from {member.packed} to {member.size} bytes"
            raise _bomb(source, f"{what}, more than {limits.max_ratio} to 1")
        if member.offset < end:
            raise _bomb(source, f"its members '{shown(before)}' and '{shown(member.name)}' share the same bytes")
        end, before = member.offset + _LOCAL.size + member.packed, member.name
    if end > archive_size:
        raise _corrupt(source, f"member '{shown(before)}' reaches beyond its end")


class _FileStream(io.RawIOBase):
    """A file read by position, so that several readers share one descriptor without sharing an offset."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = os.pread(self._descriptor, len(buffer), self._at)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


class _MemberStream(io.RawIOBase):
    """The unpacked bytes of one member: never more than it declares, and its CRC holds at the end."""

    def __init__(self, descriptor: int, member: _Member, source: str) -> None:
        self._member, self._source = member, source
        self._chunks = _unpack(descriptor, member, source)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = memoryview(next(self._chunks, b""))
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def _unpack(descriptor: int, member: _Member, source: str) -> Iterator[bytes]:
    """Chunks of a member. The last one is held back until size and CRC are known to be right."""
    made = crc = 0
    held = b""
    for chunk in _inflate(descriptor, member, source):
        made += len(chunk)
        if made > member.size:
            raise _bomb(source, f"its member '{shown(member.name)}' declares {member.size} bytes and unpacks to more")
        crc = zlib.crc32(chunk, crc)
        if held:
            yield held
        held = chunk
    if made != member.size or crc != member.crc:
        raise _corrupt(source, f"member '{shown(member.name)}' is not what its directory declares")
    if held:
        yield held


def _inflate(descriptor: int, member: _Member, source: str) -> Iterator[bytes]:
    at, left = _data_start(descriptor, member, source), member.packed
    inflater = zlib.decompressobj(-zlib.MAX_WBITS) if member.method == zipfile.ZIP_DEFLATED else None
    while left:
        raw = os.pread(descriptor, min(left, _CHUNK), at)
        if not raw:
            raise _corrupt(source, f"member '{shown(member.name)}' is cut short")
        at, left = at + len(raw), left - len(raw)
        if inflater is None:
            yield raw
            continue
        try:
            while raw and not inflater.eof:
                yield inflater.decompress(raw, _CHUNK)
                raw = inflater.unconsumed_tail
        except zlib.error as error:
            raise _corrupt(source, f"member '{shown(member.name)}' cannot be unpacked ({error})") from error
    while inflater is not None and not inflater.eof and (rest := inflater.decompress(b"", _CHUNK)):
        yield rest
    if inflater is not None and (not inflater.eof or inflater.unused_data):
        raise _corrupt(source, f"member '{shown(member.name)}' does not end where its directory says")


def _data_start(descriptor: int, member: _Member, source: str) -> int:
    header = os.pread(descriptor, _LOCAL.size, member.offset)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise _corrupt(source, f"member '{shown(member.name)}' has no local header")
    name_size, extra_size = _LOCAL.unpack(header)[-2:]
    if os.pread(descriptor, name_size, member.offset + _LOCAL.size) != member.raw_name:
        raise _corrupt(source, f"member '{shown(member.name)}' has another name in its local header")
    return int(member.offset + _LOCAL.size + name_size + extra_size)


def _bomb(source: str, why: str) -> ManoError:
    return ManoError(
        "zip_bomb",
        f"Package {source} is refused as a zip bomb: {why}. Store large sparse files uncompressed or as qcow2.",
    )


def _corrupt(source: str, why: str) -> ManoError:
    return ManoError("corrupt_zip", f"Package {source} is a damaged zip: {why}. Fetch or pack it again.")
