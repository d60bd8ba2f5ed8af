# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TOSCA's scalar units (simple profile 1.3, 3.3.6) as plain numbers: bytes, seconds, hertz, bit/s."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from fractions import Fraction

_SCALAR = re.compile(r"([0-9]{1,18}(?:\.[0-9]{1,18})?)\s*([A-Za-zµ]{1,5})")

_PREFIXES: Mapping[str, int] = {"k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}
_BINARY: Mapping[str, int] = {"ki": 2**10, "mi": 2**20, "gi": 2**30, "ti": 2**40}
_ALL = {"": 1, **_PREFIXES, **_BINARY}

_SIZE = {f"{prefix}b": Fraction(factor) for prefix, factor in _ALL.items()}
_TIME = {
    "d": Fraction(86400),
    "h": Fraction(3600),
    "m": Fraction(60),
    "s": Fraction(1),
    "ms": Fraction(1, 10**3),
    "us": Fraction(1, 10**6),
    "µs": Fraction(1, 10**6),
    "ns": Fraction(1, 10**9),
}
_FREQUENCY = {"hz": Fraction(1), "khz": Fraction(10**3), "mhz": Fraction(10**6), "ghz": Fraction(10**9)}
# Case tells bits from bytes here: kbps and Kibps are bits, kBps and KiBps are bytes.
_BITRATE = {f"{prefix}bps": Fraction(factor) for prefix, factor in _ALL.items()} | {
    f"{prefix}Bps": Fraction(8 * factor) for prefix, factor in _ALL.items()
}

UNITS: Mapping[str, Mapping[str, Fraction]] = {
    "scalar-unit.size": _SIZE,
    "scalar-unit.time": _TIME,
    "scalar-unit.frequency": _FREQUENCY,
    "scalar-unit.bitrate": _BITRATE,
}
"""Each scalar type's units with their size; letter case counts in bit rates only (3.3.6.1)."""


def scalar(type_name: str, value: object) -> Fraction | None:
    """The exact number in base units that `value` (e.g. `512 MB`) means, None when it is no such scalar."""
    match = _SCALAR.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    number, unit = match.groups()
    unit = unit[:-3].lower() + unit[-3:] if type_name == "scalar-unit.bitrate" else unit.lower()
    factor = UNITS[type_name].get(unit)
    return None if factor is None else Fraction(number) * factor


def whole(number: Fraction) -> int:
    """The number rounded up, since what is asked for must fit."""
    return math.ceil(number)


def size_in_bytes(value: object) -> int | None:
    """Bytes of a TOSCA size: kB, MB, GB, TB are powers of 1000, KiB, MiB, GiB, TiB of 1024. None: it is no size."""
    number = scalar("scalar-unit.size", value)
    return None if number is None else whole(number)
