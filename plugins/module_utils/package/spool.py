# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files without a name, so that nothing can stay behind however the process ends."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.limits import MIB


class Readable(Protocol):
    """What bytes can be read from in pieces."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


@contextmanager
def scratch() -> Iterator[BinaryIO]:
    """An empty file for the length of the with block."""
    with tempfile.TemporaryFile() as stream:
        yield stream


def spooled(source: Readable, max_size: int, name: str) -> BinaryIO:
    """A real file with all that `source` gives. Raises ManoError package_too_large beyond `max_size` bytes."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    try:
        _copy(source, stream, max_size, name)
    except BaseException:
        stream.close()
        raise
    return stream


def _copy(source: Readable, target: BinaryIO, left: int, name: str) -> None:
    while chunk := source.read(MIB):
        left -= len(chunk)
        if left < 0:
            raise ManoError("package_too_large", f"Package {name} is larger than is allowed.")
        target.write(chunk)
    target.flush()
