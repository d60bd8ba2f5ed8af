# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every test of this room is held to: no network, nothing left in the temporary folder."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_calls: list[str] = []
_watching: list[bool] = []


def _audit(event: str, _args: object) -> None:
    if _watching and event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
        _calls.append(event)


sys.addaudithook(_audit)


@pytest.fixture
def no_network() -> Iterator[None]:
    """The test fails when it reaches for the network."""
    _calls.clear()
    _watching.append(True)
    yield
    _watching.clear()
    assert not _calls


@pytest.fixture
def nothing_left(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The test fails when it leaves a temporary file behind."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []
