# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first shape of the store. A revision is never changed once released: what follows is a new one."""

from __future__ import annotations

from typing import Any

try:
    import sqlalchemy as sa
    from alembic import op
except ImportError:
    pass  # named by deps.require() at the edge

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables; those that an attempt which died has left behind are kept (MariaDB commits each one alone)."""
    bind = op.get_bind()
    metadata = sa.MetaData()
    for name, items in (*_catalogue(), _instances(), *_runs()):
        sa.Table(name, metadata, *items, **_options(bind))
    metadata.create_all(bind)


def _options(bind: Any) -> dict[str, Any]:
    """Names differ when one byte of them differs, on every database."""
    if bind.dialect.name != "mysql":
        return {}
    collation = "utf8mb4_nopad_bin" if bind.dialect.is_mariadb else "utf8mb4_0900_bin"
    return {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": collation}


def _text(name: str, length: int, *, nullable: bool = False, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=nullable, primary_key=primary_key)


def _json(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON, nullable=nullable)


def _catalogue() -> tuple[tuple[str, tuple[Any, ...]], ...]:
    packages = (
        _text("id", 36, primary_key=True),
        _text("tenant", 128),
        _text("vnfd_id", 255),
        _json("info"),
        _json("document"),
        _text("content_url", 510),
        _text("content_sha256", 64),
        _text("created_at", 32),
        sa.UniqueConstraint("tenant", "vnfd_id", name="mano_packages_vnfd_id"),
        sa.UniqueConstraint("tenant", "id", name="mano_packages_tenant_id"),
    )
    vims = (
        _text("id", 36, primary_key=True),
        _text("tenant", 128),
        _text("name", 255),
        _text("type", 32),
        _json("access"),
        _json("zones"),
        sa.Column("default", sa.Boolean, nullable=False),
        sa.UniqueConstraint("tenant", "name", name="mano_vims_name"),
    )
    return (("mano_packages", packages), ("mano_vims", vims))


def _instances() -> tuple[str, tuple[Any, ...]]:
    columns = (
        _text("id", 36, primary_key=True),
        _text("tenant", 128),
        _text("name", 255),
        _json("vnf_instance"),
        _json("deployment", nullable=True),
        _json("assets"),
        _json("vim"),
        _text("package_id", 36),
        _text("vim_id", 36, nullable=True),
        _text("stack_id", 255, nullable=True),
        _text("updated_at", 32),
        sa.UniqueConstraint("tenant", "name", name="mano_instances_name"),
        sa.ForeignKeyConstraint(
            ["tenant", "package_id"], ["mano_packages.tenant", "mano_packages.id"], name="mano_instances_package"
        ),
        sa.Index("mano_instances_vim", "tenant", "vim_id"),
    )
    return "mano_instances", columns


def _runs() -> tuple[tuple[str, tuple[Any, ...]], ...]:
    operations = (
        _text("id", 36, primary_key=True),
        _text("instance_id", 36),
        _text("tenant", 128),
        _text("operation", 32),
        _text("state", 32),
        _json("occ"),
        _json("before", nullable=True),
        _json("after", nullable=True),
        _json("detail"),
        _text("started_at", 32),
        _text("changed_at", 32),
        sa.Index("mano_operations_instance", "instance_id", "state"),
        sa.Index("mano_operations_tenant", "tenant", "started_at"),
    )
    operation = sa.ForeignKey("mano_operations.id", name="mano_journal_operation")
    journal = (
        sa.Column("operation_id", sa.String(36), operation, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        _json("write"),
        _json("inverse", nullable=True),
        _text("state", 16),
        _json("result"),
        _text("started_at", 32),
        _text("finished_at", 32, nullable=True),
    )
    leases = (
        _text("key", 450, primary_key=True),
        sa.Column("fence", sa.Integer, nullable=False),
        _json("holder", nullable=True),
        _text("operation_id", 36, nullable=True),
        sa.Column("expires", sa.Double, nullable=False),
    )
    return (("mano_operations", operations), ("mano_journal", journal), ("mano_leases", leases))
