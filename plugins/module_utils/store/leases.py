# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Leases: one operation at a time on an instance, with a fence against those who lost theirs and don't know it yet.

The fence of a key grows by one each time that the lease is taken. Every write of a record checks the fence in its own
transaction, so that a process which was thought dead can wake up and change nothing. Expiry goes by the clock of the
database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import from_plain, to_plain
from ansible_collections.nfv.mano.plugins.module_utils.store.engine import Store, reading, transaction
from ansible_collections.nfv.mano.plugins.module_utils.store.failures import LOCKED
from ansible_collections.nfv.mano.plugins.module_utils.store.processes import Holder, described, is_dead, this_process
from ansible_collections.nfv.mano.plugins.module_utils.store.tables import tables

try:
    import sqlalchemy as sa
except ImportError:
    pass  # named by deps.require() at the edge

__all__ = ["Holder", "Lease", "acquire", "check", "check_free", "read", "release", "renew", "this_process"]

CLOCKS = {
    "sqlite": "(julianday('now') - 2440587.5) * 86400.0",
    "postgresql": "CAST(extract(epoch FROM clock_timestamp()) AS double precision)",
    "mysql": "@@timestamp",
}
"""Kind of database -> its clock in seconds since 1970, whatever the session's time zone."""

ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to change what `key` names, as long as nobody has raised the fence."""

    key: str
    holder: Holder
    fence: int


def acquire(store: Store, key: str, holder: Holder, ttl_s: float = 60) -> Lease:
    """Take the lease on `key` for `ttl_s` seconds if it is free, has run out, or its holder is dead for certain.

    Raises instance_locked, which says who holds it and what to do.
    """
    for _attempt in range(ATTEMPTS - 1):
        try:
            with transaction(store) as connection:
                return _acquire(connection, key, holder, ttl_s)
        except ManoError as error:
            # MariaDB ends a race of three for a new key by calling it a deadlock.
            if error.error_code != LOCKED or store.place.kind != "mysql":
                raise
    with transaction(store) as connection:
        return _acquire(connection, key, holder, ttl_s)


def _acquire(connection: sa.Connection, key: str, holder: Holder, ttl_s: float) -> Lease:
    leases = tables().leases
    held = {"holder": to_plain(holder), "operation_id": None, "expires": _clock(connection) + ttl_s}
    found = _look(connection, key, lock=True)
    if found is None:
        try:
            with connection.begin_nested():
                connection.execute(sa.insert(leases).values(key=key, fence=1, **held))
            return Lease(key, holder, 1)
        except sa.exc.IntegrityError:  # another process was first
            found = _look(connection, key, lock=True)
    _refuse_if_held(connection, found)
    connection.execute(sa.update(leases).where(leases.c.key == key).values(fence=found.fence + 1, **held))
    return Lease(key, holder, found.fence + 1)


def check_free(store: Store, key: str) -> None:
    """Raise instance_locked when somebody holds `key` now; takes nothing (check mode)."""
    with reading(store) as connection:
        found = _look(connection, key, lock=False)
        if found is not None:
            _refuse_if_held(connection, found)


def renew(store: Store, lease: Lease, ttl_s: float = 60) -> None:
    """Hold on for `ttl_s` seconds from now; raises lease_lost when it has been taken or given back."""
    with transaction(store) as connection:
        expires = _clock(connection) + ttl_s
        if not connection.execute(sa.update(tables().leases).where(_mine(lease)).values(expires=expires)).rowcount:
            raise _lost(connection, lease)


def release(store: Store, lease: Lease) -> None:
    """Give the lease back; does nothing when it is no longer ours. The row stays, for its fence."""
    with transaction(store) as connection:
        free = {"holder": None, "operation_id": None, "expires": 0}
        connection.execute(sa.update(tables().leases).where(_mine(lease)).values(free))


def read(store: Store, key: str) -> tuple[Holder, str] | None:
    """Who holds `key` and until when (ISO 8601 UTC; may be past: then it can be taken). None: nobody."""
    with reading(store) as connection:
        found = _look(connection, key, lock=False)
    if found is None or found.holder is None:
        return None
    expires = datetime.fromtimestamp(found.expires, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return from_plain(Holder, found.holder), expires


def check(connection: sa.Connection, lease: Lease, operation_id: str | None = None) -> None:
    """Make sure, until the transaction ends, that the lease is ours; raises lease_lost.

    `operation_id` is noted on the lease, for the message to those who find it taken.
    """
    leases = tables().leases
    if connection.execute(sa.select(leases.c.fence).where(_mine(lease)).with_for_update()).first() is None:
        raise _lost(connection, lease)
    if operation_id is not None:
        connection.execute(sa.update(leases).where(_mine(lease)).values(operation_id=operation_id))


def _mine(lease: Lease) -> sa.ColumnElement[bool]:
    leases = tables().leases.c
    return sa.and_(leases.key == lease.key, leases.fence == lease.fence, leases.holder.is_not(None))


def _clock(connection: sa.Connection) -> sa.ColumnElement[float]:
    return sa.literal_column(CLOCKS[connection.dialect.name], sa.Double)


def _look(connection: sa.Connection, key: str, *, lock: bool) -> Any:
    """The row of a key with `left`, the seconds until it expires; None when there is none."""
    leases = tables().leases
    statement = sa.select(leases, (leases.c.expires - _clock(connection)).label("left")).where(leases.c.key == key)
    return connection.execute(statement.with_for_update() if lock else statement).first()


def _refuse_if_held(connection: sa.Connection, found: Any) -> None:
    """Raise instance_locked unless the lease can be taken."""
    if found.holder is None or found.left <= 0:
        return
    holder = from_plain(Holder, found.holder)
    if is_dead(holder):
        return
    raise ManoError(
        "instance_locked",
        f"{_named(found.key)} is held by {described(holder)}{_operation(connection, found.operation_id)}. Run this "
        f"task again when that one is done; if it died, its hold ends by itself within {max(1, round(found.left))} s.",
        resource=_name(found.key),
        operation_id=found.operation_id,
    )


def _operation(connection: sa.Connection, operation_id: str | None) -> str:
    operations = tables().operations.c
    statement = sa.select(operations.operation).where(operations.id == operation_id)
    name = connection.execute(statement).scalar() if operation_id else None
    return f", for {name} (operation {operation_id})" if name else ""


def _lost(connection: sa.Connection, lease: Lease) -> ManoError:
    found = _look(connection, lease.key, lock=False)
    by = f" by {described(from_plain(Holder, found.holder))}" if found is not None and found.holder else ""
    return ManoError(
        "lease_lost",
        f"The hold of this task on {_named(lease.key)} ran out and was taken over{by}; this task stops and has written "
        "nothing since. Run it again when the other one is done.",
        resource=_name(lease.key),
    )


def _name(key: str) -> str:
    return key.split("/", 2)[-1]


def _named(key: str) -> str:
    return f"VNF instance '{_name(key)}'"
