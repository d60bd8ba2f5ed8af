# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TOSCA's scalar units (simple profile 1.3, 3.3.6) as plain numbers: bytes, nanoseconds, hertz, bit/s."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SCALAR = re.compile(r"([0-9]{1,18})(?:\.([0-9]{1,18}))?\s*([A-Za-zµ]{1,5})")

_FACTORS: Mapping[str, int] = {
    "": 1,
    "k": 10**3,
    "m": 10**6,
    "g": 10**9,
    "t": 10**12,
    "ki": 2**10,
    "mi": 2**20,
    "gi": 2**30,
    "ti": 2**40,
}

UNITS: Mapping[str, Mapping[str, int]] = {
    "scalar-unit.size": {f"{prefix}b": factor for prefix, factor in _FACTORS.items()},
    "scalar-unit.time": {
        "d": 86400 * 10**9,
        "h": 3600 * 10**9,
        "m": 60 * 10**9,
        "s": 10**9,
        "ms": 10**6,
        "us": 10**3,
        "µs": 10**3,
        "ns": 1,
    },
    "scalar-unit.frequency": {"hz": 1, "khz": 10**3, "mhz": 10**6, "ghz": 10**9},
    # Case tells bits from bytes here: kbps and Kibps are bits, kBps and KiBps are bytes.
    "scalar-unit.bitrate": {f"{prefix}bps": factor for prefix, factor in _FACTORS.items()}
    | {f"{prefix}Bps": 8 * factor for prefix, factor in _FACTORS.items()},
}
"""Each scalar type's units with their size; letter case counts in bit rates only (3.3.6.1)."""


def scalar(type_name: str, value: object) -> int | None:
    """The number in base units that `value` (e.g. `512 MB`) means, rounded up, since what is asked for must fit.

    Bytes of a size: kB, MB, GB, TB are powers of 1000, KiB, MiB, GiB, TiB of 1024. None: `value` is no such scalar.
    """
    match = _SCALAR.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    whole, fraction, unit = match.groups(default="")
    unit = unit[:-3].lower() + unit[-3:] if type_name == "scalar-unit.bitrate" else unit.lower()
    factor = UNITS[type_name].get(unit)
    return None if factor is None else -(-int(whole + fraction) * factor // 10 ** len(fraction))
