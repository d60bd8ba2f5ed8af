# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registered VIMs, by reference: a row names a cloud or a kubeconfig and holds no credential."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.store.engine import Store, reading, transaction
from ansible_collections.nfv.mano.plugins.module_utils.store.records import many, one, values
from ansible_collections.nfv.mano.plugins.module_utils.store.tables import tables

try:
    import sqlalchemy as sa
except ImportError:
    pass  # named by deps.require() at the edge


@dataclass(frozen=True, slots=True)
class VimRow:
    """type: openstack | kubernetes; access: {cloud, region_name} | {kubeconfig, context, namespace}; names only."""

    id: str
    tenant: str
    name: str
    type: str
    access: Mapping[str, Any]
    zones: tuple[str, ...] = ()
    default: bool = False


def put(store: Store, row: VimRow) -> None:
    """Register a VIM or rewrite the one of that name (its id stays); a default one replaces the tenant's."""
    vims = tables().vims
    mine = sa.and_(vims.c.tenant == row.tenant, vims.c.name == row.name)
    changed = {name: value for name, value in values(row).items() if name not in ("id", "tenant", "name")}
    rewrite = sa.update(vims).where(mine).values(changed)
    with transaction(store) as connection:
        if row.default:
            connection.execute(sa.update(vims).where(vims.c.tenant == row.tenant).values(default=False))
        if connection.execute(rewrite).rowcount:
            return
        try:
            with connection.begin_nested():
                connection.execute(sa.insert(vims).values(values(row)))
        except sa.exc.IntegrityError:  # registered by another task since we looked
            connection.execute(rewrite)


def get(
    store: Store, tenant: str, name: str | None = None, id: str | None = None, default: bool = False
) -> VimRow | None:
    """The tenant's VIM of that name or id, or its default one; None when there is none."""
    vims = tables().vims.c
    if default:
        which: Any = vims.default.is_(True)
    else:
        which = vims.name == name if id is None else vims.id == id
    with reading(store) as connection:
        return one(connection, VimRow, sa.select(tables().vims).where(vims.tenant == tenant, which))


def listing(store: Store, tenant: str) -> tuple[VimRow, ...]:
    """All VIMs of the tenant, by name."""
    vims = tables().vims
    with reading(store) as connection:
        return many(connection, VimRow, sa.select(vims).where(vims.c.tenant == tenant).order_by(vims.c.name))


def remove(store: Store, id: str) -> None:
    """Forget a VIM; instances on it keep the reference that they were instantiated with."""
    vims = tables().vims
    with transaction(store) as connection:
        connection.execute(sa.delete(vims).where(vims.c.id == id))
