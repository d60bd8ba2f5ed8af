# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a database answers, told as one of the store's errors: which store, what happened, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.store.location import Location

try:
    import sqlalchemy as sa
except ImportError:
    pass  # named by deps.require() at the edge

UNREACHABLE = "store_unreachable"
LOCKED = "store_locked"
WRITE_FAILED = "store_write_failed"

SQLITE = {
    3: WRITE_FAILED,  # PERM
    5: LOCKED,  # BUSY
    6: LOCKED,  # LOCKED
    8: WRITE_FAILED,  # READONLY
    10: WRITE_FAILED,  # IOERR
    11: UNREACHABLE,  # CORRUPT
    13: WRITE_FAILED,  # FULL
    14: UNREACHABLE,  # CANTOPEN
    26: UNREACHABLE,  # NOTADB
}
"""Primary result code of SQLite -> error_code."""

POSTGRESQL = {"40P01": LOCKED, "55P03": LOCKED, "57014": LOCKED, "53300": UNREACHABLE}
"""SQLSTATE (deadlock, lock not available, query cancelled, too many connections) -> error_code; the rest by class."""

MYSQL = {
    1040: UNREACHABLE,  # too many connections
    1044: UNREACHABLE,  # access denied to the database
    1045: UNREACHABLE,  # access denied
    1049: UNREACHABLE,  # unknown database
    1205: LOCKED,  # lock wait timeout
    1213: LOCKED,  # deadlock
    2002: UNREACHABLE,
    2003: UNREACHABLE,
    2006: UNREACHABLE,  # server has gone away
    2013: UNREACHABLE,  # lost connection
}
"""Error number of MariaDB or MySQL -> error_code."""

WAY_ON = {
    UNREACHABLE: "Check that it is there and that the store's URL and credentials are right, then run the task again.",
    LOCKED: "Another process holds it; run the task again when that one is done.",
    WRITE_FAILED: "Check its permissions and free space, then run the task again.",
}
VERB = {UNREACHABLE: "does not answer", LOCKED: "is locked", WRITE_FAILED: "could not be written"}


@contextmanager
def told(place: Location) -> Iterator[None]:
    """Turn errors of the database in the block into store_unreachable, store_locked or store_write_failed."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise _error(_code(place.kind, error), place, str(error.orig)) from None
    except sa.exc.TimeoutError as error:
        raise _error(LOCKED, place, str(error)) from None


def unreachable(place: Location, reason: str) -> ManoError:
    """store_unreachable for a reason that no driver tells."""
    return _error(UNREACHABLE, place, reason)


def _error(code: str, place: Location, reason: str) -> ManoError:
    lines = (line.strip().removeprefix("(").removesuffix(")") for line in reason.splitlines())
    said = "; ".join(line for line in lines if line).rstrip(".")
    if place.secret:
        said = said.replace(place.secret, "***")
    return ManoError(code, f"The store {place.shown} {VERB[code]}: {said}. {WAY_ON[code]}", resource=place.shown)


def _code(kind: str, error: Any) -> str:
    """The error_code that fits what the driver raised."""
    original = error.orig
    if kind == "sqlite":
        return SQLITE.get((getattr(original, "sqlite_errorcode", None) or 0) & 0xFF, WRITE_FAILED)
    if error.connection_invalidated:
        return UNREACHABLE
    if kind == "postgresql":
        # Without an SQLSTATE there was no server to give one.
        state = _sqlstate(original) or "08000"
        return POSTGRESQL.get(state) or (UNREACHABLE if state[:2] in ("08", "28", "3D", "57") else WRITE_FAILED)
    return MYSQL.get(original.args[0] if original.args else 0, WRITE_FAILED)


def is_duplicate(error: Any) -> bool:
    """Whether an IntegrityError says that the key is taken, and not that what a row points to is missing."""
    original = error.orig
    return bool(
        _sqlstate(original) == "23505"
        or getattr(original, "sqlite_errorcode", None) in (1555, 2067)
        or original.args[:1] == (1062,)
    )


def _sqlstate(original: Any) -> str | None:
    """PostgreSQL's, of psycopg 3 or 2."""
    return getattr(original, "sqlstate", None) or getattr(original, "pgcode", None)
