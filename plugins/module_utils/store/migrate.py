# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing a database to the newest revision, once, however many processes find it behind at the same time.

The revisions are plain modules and are imported, not looked up as files: a collection may be run from a zip. Alembic is
imported only here, so that a task which finds its store at the newest revision does not pay for it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.store.failures import LOCKED, told
from ansible_collections.nfv.mano.plugins.module_utils.store.location import Location

try:
    import sqlalchemy as sa
except ImportError:
    pass  # named by deps.require() at the edge

VERSION_TABLE = "mano_schema"
REVISIONS = ("0001",)
"""The revisions, oldest first; the last is what this collection works with."""

HEAD = REVISIONS[-1]
LOCK_SECONDS = 60
ADVISORY_KEY = 0x6E66762E6D616E6F  # "nfv.mano"


def version(connection: sa.Connection) -> str | None:
    """The revision that a database stands at; None: none yet."""
    if connection.dialect.has_table(connection, VERSION_TABLE):
        found: str | None = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()  # noqa: S608
        return found
    return None


def check_known(found: str | None, place: Location) -> None:
    """Raise store_too_new for a revision that this collection has never heard of."""
    if found is not None and found not in REVISIONS:
        raise ManoError(
            "store_too_new",
            f"The store {place.shown} was written by a newer nfv.mano (revision {found}; this one knows those up "
            f"to {HEAD}). Install that release of the collection here too, or use another store.",
            resource=place.shown,
        )


def upgrade(engine: sa.Engine, place: Location) -> None:
    """Bring the database to HEAD; returns as well when another process has done it meanwhile.

    Raises store_too_new, store_locked, store_unreachable, store_write_failed.
    """
    if place.kind == "sqlite":
        _write_ahead(engine, place)
    with told(place), engine.execution_options(immediate=True).connect() as connection, _alone(connection, place):
        found = version(connection)
        check_known(found, place)
        if found != HEAD:
            _run(connection)
        connection.commit()


def _write_ahead(engine: sa.Engine, place: Location) -> None:
    """Turn on WAL, which stays with the file. SQLite asks for the whole file at once then and does not wait for it."""
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            with told(place), engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
                return
        except ManoError as error:
            if error.error_code != LOCKED or time.monotonic() > deadline:
                raise
        time.sleep(0.02)


@contextmanager
def _alone(connection: sa.Connection, place: Location) -> Iterator[None]:
    """Keep other migrating processes out. In SQLite, BEGIN IMMEDIATE already has."""
    if place.kind == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_KEY})")
    if place.kind != "mysql":
        yield
        return
    lock = sa.func.concat(sa.func.database(), ".nfv.mano")
    if connection.execute(sa.select(sa.func.get_lock(lock, LOCK_SECONDS))).scalar() != 1:
        raise ManoError(LOCKED, f"Another process has been migrating the store {place.shown} for {LOCK_SECONDS} s.")
    connection.commit()
    try:
        yield
    finally:
        connection.execute(sa.select(sa.func.release_lock(lock)))


def _run(connection: sa.Connection) -> None:
    """Apply what is missing, in the transaction that is open."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext, RevisionStep
    from alembic.script import Script
    from alembic.script.revision import RevisionMap

    from ansible_collections.nfv.mano.plugins.module_utils.store.migrations import r0001_first

    scripts = [Script(module, module.revision, module.__name__) for module in (r0001_first,)]
    known = RevisionMap(lambda: scripts)

    def missing(heads: tuple[str, ...], _context: Any) -> list[RevisionStep]:
        _linked = known.heads  # links the revisions to each other
        done = REVISIONS.index(heads[0]) + 1 if heads else 0
        return [RevisionStep(known, script, is_upgrade=True) for script in scripts[done:]]

    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "fn": missing})
    with Operations.context(context):
        context.run_migrations()
