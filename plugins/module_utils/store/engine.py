# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opening a store, and the two ways into it: reading, and one write transaction at a time.

SQLite (WAL) by default, PostgreSQL and MariaDB by URL. At the newest revision opening costs one query.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from urllib.parse import quote

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.store import migrate
from ansible_collections.nfv.mano.plugins.module_utils.store.failures import told, unreachable
from ansible_collections.nfv.mano.plugins.module_utils.store.location import Location, data_home, locate
from ansible_collections.nfv.mano.plugins.module_utils.store.tables import tables

try:
    import sqlalchemy as sa

    # Loaded before Ansible forks its workers, so that no task pays for them.
    import_module("sqlite3")
    import_module("sqlalchemy.dialects.sqlite.pysqlite")
except ImportError:
    pass  # named by deps.require() at the edge

WAIT_SECONDS = 10
"""How long a connection is tried and a lock waited for."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open store. `url` shows no password. Safe to share between threads, not between processes."""

    engine: sa.Engine
    url: str
    place: Location = field(repr=False)


def now(timespec: str = "seconds") -> str:
    """The time as the store writes it: ISO 8601 in UTC, e.g. 2026-11-21T07:34:00Z."""
    return datetime.now(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def default_url() -> str:
    """The URL of the user's own store: an SQLite file under the XDG data folder."""
    return f"sqlite:///{data_home() / 'mano.sqlite'}"


def open_store(url: str, *, create: bool = True) -> Store:
    """Open the store at an SQLAlchemy URL; a new database gets its tables, an older one is migrated.

    With `create` False nothing is made or migrated (check mode): where no store is, an empty one in memory stands in.
    Raises store_url_invalid, store_unreachable, store_locked, store_too_new, store_outdated, store_write_failed.
    """
    place = locate(url)
    if place.file is not None and not place.file.exists():
        if not create:
            return _in_memory(place)
        _make_folder(place)
    store = Store(_engine(place, read_only=not create), place.url.render_as_string(hide_password=True), place)
    found = _version(store)
    if found == migrate.HEAD:
        return store
    migrate.check_known(found, place)
    if create:
        migrate.upgrade(store.engine, place)
        return store
    if found is None:
        return _in_memory(place)
    raise ManoError(
        "store_outdated",
        f"The store {place.shown} is at revision {found} and has to be brought to {migrate.HEAD}, which check mode "
        "must not do; run any task on it without check mode first.",
        resource=place.shown,
    )


def warm() -> None:
    """Do once what SQLAlchemy does at a process's first query: nearly half of what a task that changes nothing spends.

    For an action plugin to call when it is imported, which is before Ansible forks. Does nothing without SQLAlchemy.
    """
    if "sa" not in globals():
        return
    engine = _memory_engine()
    instances = tables().instances
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1").scalar()
        connection.execute(sa.select(sa.literal("", sa.JSON)).where(sa.literal("x").in_(("x", "y")))).first()
        sa.select(instances).where(instances.c.tenant == "", instances.c.name == "").compile(connection)
    engine.dispose()


def close(store: Store) -> None:
    """Close the connections; the last one out of an SQLite file folds the write-ahead log into it."""
    with told(store.place):
        store.engine.dispose()


@contextmanager
def reading(store: Store) -> Iterator[sa.Connection]:
    """A connection to read with; raises store_unreachable, store_locked."""
    with told(store.place), store.engine.connect() as connection:
        yield connection


@contextmanager
def transaction(store: Store) -> Iterator[sa.Connection]:
    """One write transaction: all of the block or, when it raises, nothing. SQLite lets one process write at a time.

    Raises store_unreachable, store_locked, store_write_failed.
    """
    with told(store.place), store.engine.execution_options(immediate=True).begin() as connection:
        yield connection


def writing(store: Store, conn: sa.Connection | None) -> AbstractContextManager[sa.Connection]:
    """The caller's transaction `conn` or, when there is none, one of its own."""
    return nullcontext(conn) if conn is not None else transaction(store)


def _make_folder(place: Location) -> None:
    if place.file is None:
        return
    try:
        place.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unreachable(place, f"its folder cannot be made: {error.strerror}") from None


def _engine(place: Location, *, read_only: bool = False) -> sa.Engine:
    options: dict[str, Any] = {"connect_args": _connect_args(place), "hide_parameters": True}
    if place.kind != "sqlite":
        options |= {"pool_pre_ping": True, "isolation_level": "READ COMMITTED"}
    try:
        engine = sa.create_engine(_read_only(place) if read_only else place.url, **options)
    except (sa.exc.SQLAlchemyError, ImportError) as error:
        raise unreachable(place, f"SQLAlchemy has no driver for it ({error})") from None
    if place.kind == "sqlite":
        _prepare_sqlite(engine)
    return engine


def _read_only(place: Location) -> Any:
    """The URL to read with. SQLite's last connection out writes the log into the file, even one that has only read."""
    if place.file is None:
        return place.url
    return place.url.set(database=f"file:{quote(str(place.file))}").update_query_dict({"mode": "ro", "uri": "true"})


def _connect_args(place: Location) -> dict[str, Any]:
    """Bounds on every wait, unless the URL sets its own."""
    if place.kind == "sqlite":
        return {"isolation_level": None} | ({} if "timeout" in place.url.query else {"timeout": WAIT_SECONDS})
    if place.kind == "postgresql":
        args = {
            "connect_timeout": WAIT_SECONDS,
            "options": f"-c lock_timeout={WAIT_SECONDS}s",
            "keepalives_idle": WAIT_SECONDS,
            "tcp_user_timeout": 2000 * WAIT_SECONDS,
        }
    else:
        args = {
            "connect_timeout": WAIT_SECONDS,
            "read_timeout": 2 * migrate.LOCK_SECONDS,
            "init_command": f"SET SESSION innodb_lock_wait_timeout = {WAIT_SECONDS}",
        }
    return {name: value for name, value in args.items() if name not in place.url.query}


def _prepare_sqlite(engine: sa.Engine) -> None:
    """The driver's own transactions begin too late, at the first write; ours begin when they are asked for."""

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys=ON")

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("immediate"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def _version(store: Store) -> str | None:
    """The revision of the database. What the driver can't make of the URL comes to light here too."""
    try:
        with store.engine.connect() as connection:
            found: str | None = connection.exec_driver_sql(f"SELECT version_num FROM {migrate.VERSION_TABLE}").scalar()  # noqa: S608
            return found
    except (sa.exc.ProgrammingError, sa.exc.OperationalError):
        with reading(store) as connection:
            return migrate.version(connection)
    except sa.exc.SQLAlchemyError:
        with told(store.place):
            raise
    except (TypeError, ValueError, RuntimeError) as error:
        raise unreachable(store.place, f"its driver says {error}") from None


def _memory_engine() -> sa.Engine:
    options = {"isolation_level": None, "check_same_thread": False}
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool, connect_args=options)
    _prepare_sqlite(engine)
    return engine


def _in_memory(place: Location) -> Store:
    """An empty store that is gone with the process."""
    engine = _memory_engine()
    memory = Location(engine.url, "sqlite", f"{place.shown} (not there yet)")
    migrate.upgrade(engine, memory)
    return Store(engine, place.url.render_as_string(hide_password=True), memory)
