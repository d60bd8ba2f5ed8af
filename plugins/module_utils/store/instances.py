# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VNF instances as recorded. Whoever changes one holds its lease."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.store import leases
from ansible_collections.nfv.mano.plugins.module_utils.store.engine import Store, reading, writing
from ansible_collections.nfv.mano.plugins.module_utils.store.failures import is_duplicate
from ansible_collections.nfv.mano.plugins.module_utils.store.leases import Lease
from ansible_collections.nfv.mano.plugins.module_utils.store.records import many, one, values
from ansible_collections.nfv.mano.plugins.module_utils.store.tables import tables

try:
    import sqlalchemy as sa
except ImportError:
    pass  # named by deps.require() at the edge


@dataclass(frozen=True, slots=True)
class InstanceRow:
    """`vnf_instance`: VnfInstance in snake_case; `deployment`: None unless instantiated; `vim`: the VimRow it is on."""

    id: str
    tenant: str
    name: str
    vnf_instance: Mapping[str, Any]
    deployment: Mapping[str, Any] | None
    assets: Mapping[str, Any]
    vim: Mapping[str, Any]
    package_id: str
    stack_id: str | None
    updated_at: str


def get(store: Store, tenant: str, name: str | None = None, id: str | None = None) -> InstanceRow | None:
    """The tenant's instance of that name or id; None when there is none."""
    instances = tables().instances.c
    which = instances.name == name if id is None else instances.id == id
    with reading(store) as connection:
        return one(connection, InstanceRow, sa.select(tables().instances).where(instances.tenant == tenant, which))


def listing(
    store: Store, tenant: str, package_id: str | None = None, vim_id: str | None = None
) -> tuple[InstanceRow, ...]:
    """The tenant's instances by name: all, or those of a package or on a VIM."""
    instances = tables().instances
    statement = sa.select(instances).where(instances.c.tenant == tenant).order_by(instances.c.name)
    if package_id is not None:
        statement = statement.where(instances.c.package_id == package_id)
    if vim_id is not None:
        statement = statement.where(instances.c.vim_id == vim_id)
    with reading(store) as connection:
        return many(connection, InstanceRow, statement)


def insert(store: Store, row: InstanceRow, conn: sa.Connection | None = None) -> None:
    """Record a new instance; raises instance_exists (the name is taken), package_not_found (its package is gone)."""
    with writing(store, conn) as connection:
        try:
            connection.execute(sa.insert(tables().instances).values(_values(row)))
        except sa.exc.IntegrityError as error:
            raise _refused(row, is_duplicate(error)) from None


def _refused(row: InstanceRow, duplicate: bool) -> ManoError:
    if duplicate:
        return ManoError(
            "instance_exists",
            f"Another task has made VNF instance '{row.name}' in tenant '{row.tenant}' meanwhile; run this one again.",
            resource=row.name,
        )
    return ManoError(
        "package_not_found",
        f"The package of VNF instance '{row.name}' ({row.package_id}) was removed meanwhile; onboard it again.",
        resource=row.name,
    )


def _values(row: InstanceRow) -> dict[str, Any]:
    return values(row) | {"vim_id": row.vim.get("id")}


def update(store: Store, row: InstanceRow, lease: Lease, conn: sa.Connection | None = None) -> None:
    """Rewrite an instance; raises lease_lost, and then nothing is written."""
    instances = tables().instances
    mine = sa.and_(instances.c.tenant == row.tenant, instances.c.id == row.id)
    with writing(store, conn) as connection:
        leases.check(connection, lease)
        try:
            found = connection.execute(sa.update(instances).where(mine).values(_values(row))).rowcount
        except sa.exc.IntegrityError as error:
            raise _refused(row, is_duplicate(error)) from None
        if not found:
            raise ManoError(
                "instance_not_found", f"VNF instance '{row.name}' is no longer in the store.", resource=row.name
            )


def remove(store: Store, id: str, lease: Lease, conn: sa.Connection | None = None) -> None:
    """Forget an instance; its operations stay as history. Raises lease_lost."""
    instances = tables().instances
    with writing(store, conn) as connection:
        leases.check(connection, lease)
        connection.execute(sa.delete(instances).where(instances.c.id == id))
