# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs a folder into a CSAR: the same folder gives the same bytes."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ansible_collections.nfv.mano.plugins.module_utils.package.archive import Package
from ansible_collections.nfv.mano.plugins.module_utils.package.folder import read_folder
from ansible_collections.nfv.mano.plugins.module_utils.package.limits import DEFAULT_LIMITS, MIB, Limits

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PACKED_ALREADY = frozenset(
    {".img", ".qcow2", ".raw", ".iso", ".vmdk", ".vhd", ".vhdx", ".vdi", ".ova", ".gz", ".tgz", ".bz2", ".xz", ".zst"}
    | {".zip", ".jar", ".png", ".jpg"}
)


def pack_folder(folder: str | os.PathLike[str], target: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> str:
    """Write the folder's package to the file `target`, which appears whole or not at all; gives the file's SHA-256.

    Raises ManoError as `open_package` does for the folder.
    """
    package = read_folder(Path(folder), limits)
    path = Path(target)
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            write_package(package, stream)
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return digest


def write_package(package: Package, stream: BinaryIO) -> None:
    """Write a package as a zip: sorted, without dates, images stored and text deflated."""
    parents = {str(parent) for name in package.names for parent in PurePosixPath(name).parents}
    with zipfile.ZipFile(stream, "w") as archive:
        for folder in sorted(package.folders - parents):
            # An empty folder may be what an entry of TOSCA.meta names.
            archive.writestr(_info(f"{folder}/", 0o40755, zipfile.ZIP_STORED), b"")
        for name in package.names:
            size = package.size(name)
            small = size <= package.limits.ratio_floor and PurePosixPath(name).suffix.lower() not in _PACKED_ALREADY
            info = _info(name, 0o100644, zipfile.ZIP_DEFLATED if small else zipfile.ZIP_STORED)
            info.file_size = size
            with package.open(name) as source, archive.open(info, "w") as packed:
                while chunk := source.read(MIB):
                    packed.write(chunk)


def _info(name: str, mode: int, method: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.create_system = 3
    info.external_attr = mode << 16
    info.compress_type = method
    return info
