# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From nothing, or from what an attempt that died left behind, to the newest revision; by one process, once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.store import engine, migrate, vims
from ansible_collections.nfv.mano.plugins.module_utils.store.tables import COLUMNS

TABLES = {f"mano_{name}" for name in COLUMNS} | {migrate.VERSION_TABLE}


def _tables(store: engine.Store) -> set[str]:
    return set(sa.inspect(store.engine).get_table_names())


def test_the_migrations_make_the_tables_that_the_queries_see(store: engine.Store) -> None:
    assert _tables(store) == TABLES
    inspector = sa.inspect(store.engine)
    for table, columns in COLUMNS.items():
        made = [column["name"] for column in inspector.get_columns(f"mano_{table}")]
        assert made == [column.partition(":")[0] for column in columns.split()]
    with engine.reading(store) as connection:
        assert migrate.version(connection) == migrate.HEAD


def test_names_and_ids_are_unique_where_a_race_would_double_them(store: engine.Store) -> None:
    inspector = sa.inspect(store.engine)
    unique = {
        tuple(constraint["column_names"]) for table in TABLES for constraint in inspector.get_unique_constraints(table)
    }
    assert {("tenant", "vnfd_id"), ("tenant", "name")} <= unique


def test_processes_that_meet_at_an_empty_store_migrate_it_once(store_url: str, race: Callable[..., Any]) -> None:
    def first_use(_number: int) -> str:
        store = engine.open_store(store_url)
        with engine.reading(store) as connection:
            return migrate.version(connection) or "none"

    assert race(4, first_use) == [migrate.HEAD] * 4
    store = engine.open_store(store_url)
    with engine.reading(store) as connection:
        rows = connection.exec_driver_sql(f"SELECT count(*) FROM {migrate.VERSION_TABLE}").scalar()
    assert rows == 1


def test_a_migration_that_died_half_way_is_finished(store_url: str) -> None:
    store = engine.open_store(store_url)
    with engine.transaction(store) as connection:
        connection.exec_driver_sql("DROP TABLE mano_journal")
        connection.exec_driver_sql(f"DELETE FROM {migrate.VERSION_TABLE}")
    engine.close(store)
    assert _tables(engine.open_store(store_url)) == TABLES


def test_a_store_of_a_later_release_is_left_alone(store_url: str) -> None:
    store = engine.open_store(store_url)
    with engine.transaction(store) as connection:
        connection.exec_driver_sql(f"UPDATE {migrate.VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(ManoError, match="written by a newer") as caught:
        engine.open_store(store_url)
    assert caught.value.error_code == "store_too_new"
    assert "9999" in caught.value.message


def test_check_mode_makes_nothing(store_url: str, tmp_path: Path) -> None:
    store = engine.open_store(store_url, create=False)
    assert vims.listing(store, "default") == ()
    assert list(tmp_path.iterdir()) == []
    if not store_url.startswith("sqlite"):
        there = sa.create_engine(store_url)
        assert sa.inspect(there).get_table_names() == []
        there.dispose()


def test_check_mode_uses_a_store_that_is_there(store: engine.Store, shared_url: str, rows: Any) -> None:
    vims.put(store, rows.vim())
    assert [vim.name for vim in vims.listing(engine.open_store(shared_url, create=False), "default")] == ["berlin"]


def test_the_revisions_follow_one_another() -> None:
    from ansible_collections.nfv.mano.plugins.module_utils.store.migrations import r0001_first

    folder = Path(r0001_first.__file__).parent
    files = sorted(path.stem for path in folder.glob("r*.py"))
    assert [name[1:5] for name in files] == list(migrate.REVISIONS)
    assert (r0001_first.revision, r0001_first.down_revision) == ("0001", None)


def test_a_store_at_the_newest_revision_costs_no_alembic_and_no_orm(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'mano.sqlite'}"
    engine.close(engine.open_store(url))
    script = (
        "import sys; from ansible_collections.nfv.mano.plugins.module_utils.store import engine, instances, leases\n"
        "engine.warm()\n"
        f"instances.get(engine.open_store({url!r}), 'default', name='x')\n"
        "print(*{'alembic', 'fsspec', 'psycopg', 'pymysql', 'sqlalchemy.orm'} & set(sys.modules))"
    )
    path = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=path)
    assert done.stdout.strip() == ""
