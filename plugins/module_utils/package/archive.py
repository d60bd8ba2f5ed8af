# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A package as every reader sees it: names, sizes and bounded streams, wherever the bytes lie."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.limits import MIB, Limits
from ansible_collections.nfv.mano.plugins.module_utils.package.names import shown

ALGORITHMS: Mapping[str, str] = {
    "SHA-224": "sha224",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}
"""The digests of SOL004 5.3, by the names of the IANA hash function registry, and what hashlib calls them."""


@dataclass(frozen=True, slots=True)
class Package:
    """An open package. `source` is what messages call it; `sizes` maps each regular file to its unpacked bytes.

    `open_member` gives a stream that ends after exactly that many bytes or raises ManoError. `open_archive` gives the
    bytes of the CSAR itself; None for a folder. `outer` is the zip that brought this CSAR with its signature (SOL004
    5.1 option 2).
    """

    source: str
    sizes: Mapping[str, int]
    folders: frozenset[str]
    limits: Limits
    open_member: Callable[[str], BinaryIO]
    open_archive: Callable[[], BinaryIO] | None = None
    outer: Package | None = None
    _digests: dict[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Every regular file, sorted."""
        return tuple(sorted(self.sizes))

    def __contains__(self, name: object) -> bool:
        """Whether the package holds that file."""
        return name in self.sizes

    def size(self, name: str) -> int:
        """Unpacked bytes of a member."""
        self._require(name)
        return self.sizes[name]

    def open(self, name: str) -> BinaryIO:
        """A stream over a member; reading raises ManoError when the bytes are not what the archive declares."""
        self._require(name)
        return self.open_member(name)

    def read_bytes(self, name: str) -> bytes:
        """A member that fits in memory (`max_text_size`)."""
        size = self.size(name)
        if size > self.limits.max_text_size:
            raise ManoError(
                "text_too_large",
                f"File '{shown(name)}' of package {self.source} has {size} bytes; a file that is read as text may have "
                f"{self.limits.max_text_size}.",
            )
        with self.open(name) as stream:
            return stream.read()

    def read_text(self, name: str) -> str:
        """A member as text: UTF-8, with or without a byte order mark."""
        data = self.read_bytes(name)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise ManoError(
                "not_utf8",
                f"File '{shown(name)}' of package {self.source} is not UTF-8 text (line {line}). Save it as UTF-8.",
            ) from error

    def digest(self, name: str, algorithm: str) -> str:
        """The lower-case hexadecimal digest of a member; `algorithm` is a key of `ALGORITHMS`."""
        if (name, algorithm) not in self._digests:
            # SHA-256 is wanted of every file sooner or later (content_sha256), and reading costs more than hashing.
            hashes = {each: hashlib.new(ALGORITHMS[each]) for each in dict.fromkeys((algorithm, "SHA-256"))}
            with self.open(name) as stream:
                while chunk := stream.read(MIB):
                    for each in hashes.values():
                        each.update(chunk)
            self._digests.update({(name, each): found.hexdigest() for each, found in hashes.items()})
        return self._digests[name, algorithm]

    @property
    def content_sha256(self) -> str:
        """One digest over all names and contents: the same for a folder and for any archive packed from it."""
        whole = hashlib.sha256()
        for name in self.names:
            whole.update(f"{self.digest(name, 'SHA-256')} {name}\n".encode())
        return whole.hexdigest()

    def _require(self, name: str) -> None:
        if name not in self.sizes:
            raise ManoError("artifact_missing", f"Package {self.source} holds no file '{shown(name)}'.")
