# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Onboarded packages: what ETSI says of them, and the compiled descriptor that later tasks plan with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.store.engine import Store, reading, transaction
from ansible_collections.nfv.mano.plugins.module_utils.store.failures import is_duplicate
from ansible_collections.nfv.mano.plugins.module_utils.store.records import many, one, values
from ansible_collections.nfv.mano.plugins.module_utils.store.tables import tables

try:
    import sqlalchemy as sa
except ImportError:
    pass  # named by deps.require() at the edge


@dataclass(frozen=True, slots=True)
class PackageRow:
    """`info`: VnfPkgInfo in snake_case; `document`: the compiled VNFD; `content_url`: where in the artifact store."""

    id: str
    tenant: str
    vnfd_id: str
    info: Mapping[str, Any]
    content_url: str
    content_sha256: str
    created_at: str
    document: Mapping[str, Any] = field(default_factory=dict)


def add(store: Store, row: PackageRow) -> None:
    """Keep a package; raises package_exists when the tenant has one of that vnfd_id."""
    with transaction(store) as connection:
        try:
            connection.execute(sa.insert(tables().packages).values(values(row)))
        except sa.exc.IntegrityError:
            raise ManoError(
                "package_exists",
                f"Tenant '{row.tenant}' already has a package of VNFD {row.vnfd_id}; it was onboarded meanwhile.",
                resource=row.vnfd_id,
            ) from None


def get(store: Store, tenant: str, vnfd_id: str | None = None, id: str | None = None) -> PackageRow | None:
    """The tenant's package of that VNFD or that id, document and all; None when there is none."""
    packages = tables().packages.c
    which = packages.vnfd_id == vnfd_id if id is None else packages.id == id
    with reading(store) as connection:
        return one(connection, PackageRow, sa.select(tables().packages).where(packages.tenant == tenant, which))


def listing(store: Store, tenant: str) -> tuple[PackageRow, ...]:
    """All packages of the tenant by VNFD id, without their documents."""
    packages = tables().packages.c
    columns = [column for column in packages if column.name != "document"]
    with reading(store) as connection:
        statement = sa.select(*columns).where(packages.tenant == tenant).order_by(packages.vnfd_id)
        return many(connection, PackageRow, statement)


def update_info(store: Store, id: str, info: Mapping[str, Any]) -> None:
    """Rewrite a package's VnfPkgInfo; raises package_not_found when it has been removed."""
    packages = tables().packages
    with transaction(store) as connection:
        if not connection.execute(sa.update(packages).where(packages.c.id == id).values(info=info)).rowcount:
            raise ManoError("package_not_found", f"Package {id} is no longer in the store.", resource=id)


def remove(store: Store, id: str) -> None:
    """Forget a package; raises package_in_use while an instance is made from it."""
    packages, instances = tables().packages, tables().instances.c
    with transaction(store) as connection:
        try:
            connection.execute(sa.delete(packages).where(packages.c.id == id))
            return
        except sa.exc.IntegrityError as error:
            if is_duplicate(error):
                raise
    with reading(store) as connection:
        names = connection.execute(sa.select(instances.name).where(instances.package_id == id)).scalars().all()
    raise ManoError(
        "package_in_use",
        f"Package {id} cannot be removed while VNF instances are made from it: {', '.join(sorted(names))}.",
        resource=id,
    )
