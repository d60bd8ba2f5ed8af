# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TOSCA's scalar units."""

from __future__ import annotations

import pytest

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.units import scalar


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("512 MB", 512_000_000),
        ("512 MiB", 536_870_912),
        ("1GiB", 1 << 30),
        ("1.5 kB", 1500),
        ("1.5 kib", 1536),
        (" 2  TB ", 2 * 10**12),
        ("0 B", 0),
        ("0.3 B", 1),
    ],
)
def test_sizes(text: str, size: int) -> None:
    assert scalar("scalar-unit.size", text) == size


@pytest.mark.parametrize(
    "value", ["512", "MB", "1 Mb/s", "-1 GB", "1e3 GB", "1 XB", 512, None, True, [], "9" * 40 + " B"]
)
def test_what_is_no_size(value: object) -> None:
    assert scalar("scalar-unit.size", value) is None


def test_case_tells_bits_from_bytes() -> None:
    assert scalar("scalar-unit.bitrate", "1 kbps") == 1000
    assert scalar("scalar-unit.bitrate", "1 KiBps") == 8192
    assert scalar("scalar-unit.time", "250 ms") == 250 * 10**6
    assert scalar("scalar-unit.frequency", "2.4 GHz") == 2_400_000_000
