# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packages made for one test each, the hostile ones byte by byte."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Raw:
    """One member of a zip as it is to be written; what is None is derived honestly from `data`."""

    name: bytes
    data: bytes = b""
    method: int = 0
    flags: int = 0x800
    mode: int = 0o100644
    size: int | None = None
    crc: int | None = None
    packed: bytes | None = None
    local_name: bytes | None = None
    at: int | None = None


def raw_zip(members: list[Raw]) -> bytes:
    """A zip with exactly these members, true or not."""
    body, directory = b"", b""
    for member in members:
        packed = member.packed if member.packed is not None else _packed(member)
        size = len(member.data) if member.size is None else member.size
        crc = zlib.crc32(member.data) if member.crc is None else member.crc
        fields = struct.pack("<3H2H3L", 20, member.flags, member.method, 0, 33, crc, len(packed), size)
        at = len(body) if member.at is None else member.at
        if member.at is None:
            name = member.local_name or member.name
            body += b"PK\x03\x04" + fields + struct.pack("<2H", len(name), 0) + name + packed
        rest = struct.pack("<5H2L", len(member.name), 0, 0, 0, 0, member.mode << 16, at)
        directory += b"PK\x01\x02" + struct.pack("<H", 3 << 8 | 20) + fields + rest + member.name
    end = struct.pack("<4H2LH", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def _packed(member: Raw) -> bytes:
    if member.method != 8:
        return member.data
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(member.data) + packer.flush()


def write_zip(path: Path, files: Mapping[str, bytes | str] | list[Raw]) -> Path:
    """A CSAR at `path` with the given files, deflated; `Raw` members go in as they are."""
    members = (
        files if isinstance(files, list) else [Raw(key.encode(), _bytes(value), 8) for key, value in files.items()]
    )
    path.write_bytes(raw_zip(members))
    return path


def write_folder(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """A folder with the given files."""
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(_bytes(data))
    return path


def _bytes(value: bytes | str) -> bytes:
    return value.encode() if isinstance(value, str) else value


META = "TOSCA-Metadata/TOSCA.meta"


def sound_files() -> dict[str, bytes | str]:
    """A package with nothing to find but that nobody signed it."""
    files: dict[str, bytes | str] = {
        META: (
            "TOSCA-Meta-File-Version: 1.0\nCSAR-Version: 1.1\nCreated-By: a test\n"
            "Entry-Definitions: Definitions/vnfd.yaml\nETSI-Entry-Manifest: vnf.mf\n"
            "ETSI-Entry-Change-Log: ChangeLog.txt\n"
        ),
        "Definitions/vnfd.yaml": "tosca_definitions_version: tosca_simple_yaml_1_3\n",
        "Files/image.qcow2": bytes(range(256)) * 64,
        "ChangeLog.txt": "1.0 first\n",
    }
    files["vnf.mf"] = manifest_of(files)
    return files


def manifest_of(files: Mapping[str, bytes | str]) -> str:
    """An honest manifest."""
    lines = [
        "metadata:",
        "  vnf_product_name: firewall",
        "  vnf_provider_id: example",
        "  vnf_package_version: 1.0",
        "  vnf_release_date_time: 2026-01-01T00:00:00Z",
    ]
    for name, data in files.items():
        digest = hashlib.sha256(_bytes(data)).hexdigest()
        lines += ["", f"Source: {name}", "Algorithm: SHA-256", f"Hash: {digest}"]
    return "\n".join(lines) + "\n"
