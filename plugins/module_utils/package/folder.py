# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A package that still lies in a folder, held to the same rules as an archive."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.archive import Package
from ansible_collections.nfv.mano.plugins.module_utils.package.limits import Limits
from ansible_collections.nfv.mano.plugins.module_utils.package.names import check_distinct, member_name, shown

_NOT_CONTENT = frozenset({".git"})
"""What a working copy adds to a package's folder."""


def read_folder(root: Path, limits: Limits) -> Package:
    """The package in a folder; `.git` is no part of it.

    Raises ManoError zip_symlink for anything but files and folders, and the other refusals of `read_zip` that apply.
    """
    source = str(root)
    sizes: dict[str, int] = {}
    folders: set[str] = set()
    for path, size in _read(root):
        name = member_name(path, source, limits.max_path_depth)
        if size is None:
            folders.add(name)
        else:
            sizes[name] = size
        if len(sizes) + len(folders) > limits.max_members:
            raise ManoError(
                "too_many_members", f"Package {source} holds more than the {limits.max_members} members allowed."
            )
    check_distinct(sizes, folders, source)
    if sum(sizes.values()) > limits.max_total_size:
        raise ManoError("package_too_large", f"Package {source} holds more than {limits.max_total_size} bytes.")

    def open_member(name: str) -> BinaryIO:
        return _open(root / name, sizes[name], source)

    return Package(source, sizes, frozenset(folders), limits, open_member)


def _read(root: Path) -> Iterator[tuple[str, int | None]]:
    try:
        yield from _walk(root)
    except OSError as error:
        raise ManoError(
            "package_not_readable", f"Package {root} cannot be read: {error.strerror} ('{shown(str(error.filename))}')."
        ) from error


def _walk(root: Path) -> Iterator[tuple[str, int | None]]:
    """Relative path and size (None: a folder) of everything below `root`, without following a link."""
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(root / prefix) as entries:
            for entry in entries:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in _NOT_CONTENT:
                        waiting.append(f"{path}/")
                        yield path, None
                elif entry.is_file(follow_symlinks=False):
                    yield path, entry.stat(follow_symlinks=False).st_size
                else:
                    raise ManoError(
                        "zip_symlink",
                        f"Package {root} holds '{shown(path)}', which is a link or a device, not a regular file. "
                        "Put the file itself there.",
                    )


def _open(path: Path, size: int, source: str) -> BinaryIO:
    try:
        stream = open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb")  # noqa: PTH123, SIM115 - the caller closes it
    except OSError as error:
        raise ManoError(
            "package_not_readable", f"File '{shown(path.name)}' of package {source} cannot be read: {error.strerror}."
        ) from error
    if os.fstat(stream.fileno()).st_size != size:
        stream.close()
        raise ManoError(
            "package_changed",
            f"File '{shown(path.name)}' of package {source} changed while it was read. Run the task again.",
        )
    return stream
