# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which releases of SOL001 the catalogue knows, and the types of each.

A further release is one data file and one line here. The imports stand in functions and are spelt out, since Ansible
ships a module with the files whose imports it can see, and one release needs only the files that it is built on.
"""

from __future__ import annotations

import functools
from types import ModuleType
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.catalogue.notation import Key, blocks, read


def _2_5_1() -> ModuleType:
    from ansible_collections.nfv.mano.plugins.module_utils.descriptor.catalogue import data_2_5_1

    return data_2_5_1


def _2_6_1() -> ModuleType:
    from ansible_collections.nfv.mano.plugins.module_utils.descriptor.catalogue import data_2_6_1

    return data_2_6_1


def _2_7_1() -> ModuleType:
    from ansible_collections.nfv.mano.plugins.module_utils.descriptor.catalogue import data_2_7_1

    return data_2_7_1


def _3_3_1() -> ModuleType:
    from ansible_collections.nfv.mano.plugins.module_utils.descriptor.catalogue import data_3_3_1

    return data_3_3_1


def _tosca() -> ModuleType:
    from ansible_collections.nfv.mano.plugins.module_utils.descriptor.catalogue import data_tosca

    return data_tosca


_DATA = {"2.5.1": _2_5_1, "2.6.1": _2_6_1, "2.7.1": _2_7_1, "3.3.1": _3_3_1}

RELEASES = tuple(_DATA)
"""The releases of SOL001 that the catalogue knows, oldest first."""


@functools.cache
def _text(release: str) -> dict[Key, str]:
    """Every type of a release by (kind, name), the TOSCA types beneath them included, still as text."""
    data = _DATA[release]()
    types = dict(_text(data.BASE)) if data.BASE else blocks(_tosca().TYPES)
    for gone in data.GONE:
        kind, name = gone.split()
        del types[kind, name]
    return types | blocks(data.TYPES)


@functools.cache
def _raw(block: str) -> dict[str, Any]:
    return read(block)


def names(release: str) -> frozenset[Key]:
    """(kind, name) of every type of a release."""
    return frozenset(_text(release))


def raw_type(release: str, kind: str, name: str) -> dict[str, Any] | None:
    """A type in the shape of a TOSCA file, None when the release has none of that name. Not to be written to."""
    block = _text(release).get((kind, name))
    return None if block is None else _raw(block)


def nearest(version: str) -> str:
    """The release that reads a descriptor of `version` best: itself, else the newest before it, else the oldest."""
    wanted = _numbers(version)
    return max((r for r in RELEASES if _numbers(r) <= wanted), key=_numbers, default=RELEASES[0])


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
