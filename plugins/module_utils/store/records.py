# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Frozen dataclasses to the rows of a table and back: a field is the column of its name."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

try:
    import sqlalchemy as sa
except ImportError:
    pass  # named by deps.require() at the edge

T = TypeVar("T")


def values(row: Any) -> dict[str, Any]:
    """What to write into the table for a row."""
    return {field.name: getattr(row, field.name) for field in fields(row)}


def rebuilt(cls: type[T], found: Any) -> T:
    """The row of a result; columns that are no field of `cls` are passed over, tuples come back as tuples."""
    names = {field.name: field.type for field in fields(cls)}  # type: ignore[arg-type]
    mapping = found._mapping  # noqa: SLF001 - its public name
    return cls(
        **{
            name: tuple(mapping[name]) if str(kind).startswith("tuple") else mapping[name]
            for name, kind in names.items()
            if name in mapping
        }
    )


def one(connection: sa.Connection, cls: type[T], statement: Any) -> T | None:
    """The first row that the statement finds, or None."""
    found = connection.execute(statement).first()
    return None if found is None else rebuilt(cls, found)


def many(connection: sa.Connection, cls: type[T], statement: Any) -> tuple[T, ...]:
    """All rows that the statement finds, in its order."""
    return tuple(rebuilt(cls, found) for found in connection.execute(statement))
