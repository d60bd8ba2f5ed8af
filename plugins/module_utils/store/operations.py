# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operation occurrences: each run of a life-cycle operation, open or done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.sol.lcm_op_occ import UNFINISHED
from ansible_collections.nfv.mano.plugins.module_utils.store import leases
from ansible_collections.nfv.mano.plugins.module_utils.store.engine import Store, reading, writing
from ansible_collections.nfv.mano.plugins.module_utils.store.leases import Lease
from ansible_collections.nfv.mano.plugins.module_utils.store.records import many, one, values
from ansible_collections.nfv.mano.plugins.module_utils.store.tables import tables

try:
    import sqlalchemy as sa
except ImportError:
    pass  # named by deps.require() at the edge


@dataclass(frozen=True, slots=True)
class OperationRow:
    """`occ`: VnfLcmOpOcc in snake_case; `before` and `after`: the deployments around it; `detail`: the engine's own."""

    id: str
    instance_id: str
    tenant: str
    operation: str
    state: str
    occ: Mapping[str, Any]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    detail: Mapping[str, Any]
    started_at: str
    changed_at: str


def insert(store: Store, row: OperationRow, lease: Lease, conn: sa.Connection | None = None) -> None:
    """Record a new operation; raises lease_lost."""
    with writing(store, conn) as connection:
        leases.check(connection, lease, operation_id=row.id)
        connection.execute(sa.insert(tables().operations).values(values(row)))


def update(store: Store, row: OperationRow, lease: Lease, conn: sa.Connection | None = None) -> None:
    """Rewrite an operation; raises lease_lost, and then nothing is written."""
    operations = tables().operations
    mine = sa.and_(operations.c.tenant == row.tenant, operations.c.id == row.id)
    with writing(store, conn) as connection:
        leases.check(connection, lease, operation_id=row.id)
        if not connection.execute(sa.update(operations).where(mine).values(values(row))).rowcount:
            raise ManoError("operation_not_found", f"Operation {row.id} is not in the store.", operation_id=row.id)


def get(store: Store, tenant: str, id: str) -> OperationRow | None:
    """The tenant's operation of that id; None when there is none."""
    operations = tables().operations
    statement = sa.select(operations).where(operations.c.tenant == tenant, operations.c.id == id)
    with reading(store) as connection:
        return one(connection, OperationRow, statement)


def listing(
    store: Store, tenant: str, instance_id: str | None = None, state: str | None = None
) -> tuple[OperationRow, ...]:
    """The tenant's operations, oldest first: all, or those of an instance or in a state."""
    operations = tables().operations
    statement = sa.select(operations).where(operations.c.tenant == tenant)
    if instance_id is not None:
        statement = statement.where(operations.c.instance_id == instance_id)
    if state is not None:
        statement = statement.where(operations.c.state == state)
    with reading(store) as connection:
        return many(connection, OperationRow, statement.order_by(operations.c.started_at, operations.c.id))


def unfinished(store: Store, instance_id: str) -> OperationRow | None:
    """The operation that keeps the instance: STARTING, PROCESSING, ROLLING_BACK or FAILED_TEMP. None: it is free."""
    operations = tables().operations
    statement = (
        sa.select(operations)
        .where(operations.c.instance_id == instance_id, operations.c.state.in_(UNFINISHED))
        .order_by(operations.c.started_at.desc())
    )
    with reading(store) as connection:
        return one(connection, OperationRow, statement)
