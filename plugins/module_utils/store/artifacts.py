# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The artifact store: package content by URL, on anything that fsspec reaches.

Default: a folder beside the SQLite file. What `put` returns is relative to the store's URL, so that a store can move,
and be mounted elsewhere on another node.
"""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.store.location import data_home, locate

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stored:
    """What was put: its URL relative to the artifact store, SHA-256 in hexadecimal, size in bytes."""

    url: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class ArtifactStore:
    """The store at an fsspec URL, e.g. /srv/nfv-mano/artifacts or s3://bucket/nfv-mano; opened when used."""

    url: str

    def put(self, source: str | Path | BinaryIO, name: str) -> Stored:
        """Keep a file under a relative name, whole or not at all, in place of what was there; streams.

        Raises artifact_store_unreachable, artifact_name_invalid; OSError when `source` cannot be opened.
        """
        _check_name(name)
        with Path(source).open("rb") if isinstance(source, (str, Path)) else nullcontext(source) as content:
            sha256, size = _attempt(self.url, "written", lambda: _write(self._at(name), content))
        return Stored(name, sha256, size)

    @contextmanager
    def open(self, url: str) -> Iterator[BinaryIO]:
        """The content that `put` returned this url for, as a seekable binary file.

        Raises artifact_store_unreachable, artifact_missing.
        """
        _check_name(url)
        file = _attempt(self.url, "read", lambda: _open(self._at(url)))
        if file is None:
            message = (
                f"The artifact store {_masked(self.url)} has no {url}, which was put there; onboard the package again."
            )
            raise ManoError("artifact_missing", message, resource=url)
        with file:
            yield file

    def remove(self, url: str) -> None:
        """Delete the content; nothing happens when it is gone already. Raises artifact_store_unreachable."""
        _check_name(url)
        _attempt(self.url, "written", lambda: _remove(self._at(url)))

    def _at(self, name: str) -> tuple[Any, str]:
        """Fsspec's file system and the path in it. fsspec is imported here, since most tasks touch no content."""
        from fsspec.core import url_to_fs

        files, root = url_to_fs(self.url)
        return files, f"{root.rstrip('/')}/{name}"


def default_artifacts_url(store_url: str) -> str:
    """`artifacts` beside an SQLite file; for a store on a server, in the user's data folder."""
    place = locate(store_url)
    return str((place.file.parent if place.file else data_home()) / "artifacts")


def _write(at: tuple[Any, str], content: BinaryIO) -> tuple[str, int]:
    """Stream into a name of its own, then rename: nobody ever sees half a file under the name."""
    files, path = at
    files.makedirs(path.rpartition("/")[0], exist_ok=True)
    part = f"{path}.{uuid.uuid4().hex}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with files.open(part, "wb") as out:
            while chunk := content.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            with suppress(AttributeError, OSError):  # what is no local file has nothing to sync
                os.fsync(out.fileno())
        files.mv(part, path)
    except BaseException:
        with suppress(Exception):
            files.rm_file(part)
        raise
    return digest.hexdigest(), size


def _open(at: tuple[Any, str]) -> Any:
    files, path = at
    try:
        return files.open(path, "rb")
    except FileNotFoundError:
        return None


def _remove(at: tuple[Any, str]) -> None:
    files, path = at
    with suppress(FileNotFoundError):
        files.rm_file(path)


def _check_name(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or ".." in path.parts or "\\" in name or not name.isprintable():
        raise ManoError(
            "artifact_name_invalid", f"{name!r} cannot be the name of an artifact: it must be a plain relative path."
        )


def _attempt(url: str, verb: str, do: Callable[[], Any]) -> Any:
    """Run one step on the file system, whose errors are those of whatever library serves it."""
    try:
        return do()
    except Exception as error:  # noqa: BLE001 - each backend has exceptions of its own
        raise ManoError(
            "artifact_store_unreachable",
            f"The artifact store {_masked(url)} cannot be {verb}: {type(error).__name__}: {_masked(str(error))}. "
            "Check NFV_MANO_ARTIFACTS, permissions and free space.",
        ) from None


def _masked(text: str) -> str:
    """A text without the passwords of the URLs in it."""
    return re.sub(r"(//[^/@:\s]*):[^/@\s]*@", r"\1:***@", text)
