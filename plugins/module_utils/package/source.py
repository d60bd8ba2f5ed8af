# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens what the option `src` names: a CSAR, a folder, or a URL when the play allows it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.archive import Package
from ansible_collections.nfv.mano.plugins.module_utils.package.folder import read_folder
from ansible_collections.nfv.mano.plugins.module_utils.package.limits import DEFAULT_LIMITS, Limits
from ansible_collections.nfv.mano.plugins.module_utils.package.names import shown
from ansible_collections.nfv.mano.plugins.module_utils.package.spool import spooled
from ansible_collections.nfv.mano.plugins.module_utils.package.zip_reader import read_zip

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://|file:", re.IGNORECASE)
_BESIDE = frozenset({".cms", ".cert", ".crt", ".pem", ".cer", ".p7s"})
"""Suffixes of what may stand beside the CSAR in a signed zip (SOL004 5.1 option 2)."""


@contextmanager
def open_package(
    src: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS, *, allow_url: bool = False
) -> Iterator[Package]:
    """The package that `src` names, for the length of the with block; nothing stays on disk after it.

    Raises ManoError package_not_found, package_not_readable, url_refused, download_failed, and what `read_zip` and
    `read_folder` refuse.
    """
    with ExitStack() as stack:
        yield _open(os.fspath(src), limits, allow_url, stack)


@contextmanager
def open_stream(stream: BinaryIO, name: str, limits: Limits = DEFAULT_LIMITS) -> Iterator[Package]:
    """The CSAR in an open binary file, such as an artifact store gives; `name` is what messages call it.

    It is copied first when no local file lies behind the stream. Raises ManoError as `open_package` does for a file.
    """
    with ExitStack() as stack:
        try:
            stream.fileno()
        except (AttributeError, OSError):
            stream = stack.enter_context(spooled(stream, limits.max_total_size, name))
        yield _signed_inside(read_zip(stream, name, limits), stack)


def _open(src: str, limits: Limits, allow_url: bool, stack: ExitStack) -> Package:
    if _URL.match(src):
        return _open_url(src, limits, allow_url, stack)
    try:
        path = Path(src).expanduser()
        if path.is_dir():
            return read_folder(path, limits)
        stream = stack.enter_context(_regular(path).open("rb"))
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ManoError("package_not_readable", f"Package {shown(src)} cannot be read: {why}.") from error
    return _signed_inside(read_zip(stream, str(path), limits), stack)


def _regular(path: Path) -> Path:
    """The path, since opening a pipe or a device would wait or never end."""
    if not path.exists():
        raise ManoError("package_not_found", f"Package {shown(str(path))} does not exist. Check the option 'src'.")
    if not path.is_file():
        raise ManoError("package_not_readable", f"Package {shown(str(path))} is neither a file nor a folder.")
    return path


def _open_url(src: str, limits: Limits, allow_url: bool, stack: ExitStack) -> Package:
    from ansible_collections.nfv.mano.plugins.module_utils.package.download import download, redacted

    if not allow_url:
        raise ManoError("url_refused", f"Package {redacted(src)} is a URL, which is not fetched here. Give a file.")
    stream = stack.enter_context(download(src, limits))
    return _signed_inside(read_zip(stream, redacted(src), limits), stack)


def _signed_inside(package: Package, stack: ExitStack) -> Package:
    """The CSAR inside a signed zip, or the package itself when it is none."""
    csars = [name for name in package.sizes if name.endswith(".csar") and "/" not in name]
    others = [name for name in package.sizes if name not in csars]
    if len(csars) != 1 or any(PurePosixPath(name).suffix.lower() not in _BESIDE for name in others):
        return package
    with package.open(csars[0]) as inner:
        stream = stack.enter_context(spooled(inner, package.limits.max_total_size, package.source))
    return read_zip(stream, f"{package.source}!{csars[0]}", package.limits, package)
