# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opening: where the store is, and one clear sentence for everything that keeps it from being used."""

from __future__ import annotations

import os
import resource
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.store import engine, vims
from ansible_collections.nfv.mano.plugins.module_utils.store.location import locate

NOBODY = 65534


def _refusal(url: str) -> ManoError:
    with pytest.raises(ManoError) as caught:
        vims.listing(engine.open_store(url), "default")
    return caught.value


def test_the_default_store_is_a_file_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    url = engine.default_url()
    assert url == f"sqlite:///{tmp_path}/data/nfv-mano/mano.sqlite"
    engine.close(engine.open_store(url))
    file = tmp_path / "data" / "nfv-mano" / "mano.sqlite"
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert file.read_bytes()[18:20] == b"\x02\x02"  # WAL stands in the header
    monkeypatch.setenv("XDG_DATA_HOME", "relative")  # to be ignored, says the specification
    monkeypatch.setenv("HOME", "/home/rene")
    assert engine.default_url() == "sqlite:////home/rene/.local/share/nfv-mano/mano.sqlite"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "oracle://host/db",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://host",
        "mariadb://host/",
        "sqlite:////tmp",
    ],
)
def test_a_url_that_names_no_store_is_told_with_examples_and_not_repeated(url: str) -> None:
    error = _refusal(url)
    assert error.error_code == "store_url_invalid"
    assert "postgresql://user@host/mano" in error.message


def test_a_password_in_a_broken_url_is_not_shown() -> None:
    for url in ("postgresql://u:s3cret@host:port/db", "oracle://u:s3cret@host/db", "u:s3cret@host"):
        error = _refusal(url)
        assert error.error_code == "store_url_invalid"
        assert "s3cret" not in str(error.result())


@pytest.mark.parametrize(
    "scheme", ["postgresql", "postgres", "postgresql+psycopg", "mysql", "mariadb", "mysql+pymysql"]
)
def test_a_server_that_does_not_answer_is_named_without_the_password(scheme: str) -> None:
    error = _refusal(f"{scheme}://rene:s3cret@127.0.0.1:1/mano")
    assert error.error_code == "store_unreachable"
    assert "127.0.0.1:1/mano" in error.message
    assert "refused" in error.message
    assert "s3cret" not in str(error.result())


def test_an_option_that_the_driver_does_not_know_is_told() -> None:
    for url in ("mysql://u@127.0.0.1:1/mano?nonsense=1", "postgresql://u@127.0.0.1:1/mano?nonsense=1"):
        error = _refusal(url)
        assert error.error_code == "store_unreachable"
        assert "nonsense" in error.message


def test_a_driver_that_is_not_installed_is_told() -> None:
    error = _refusal("postgresql+nodriver://u@127.0.0.1:1/mano")
    assert error.error_code == "store_unreachable"
    assert "nodriver" in error.message


def test_plain_urls_find_an_installed_driver() -> None:
    assert locate("postgresql://u@h/d").url.drivername == "postgresql+psycopg"
    assert locate("mariadb://u@h/d").url.drivername == "mysql+pymysql"
    assert locate("mysql+mysqldb://u@h/d").url.drivername == "mysql+mysqldb"


def test_plain_urls_open_the_servers(new_postgresql_url: Callable[[], str], new_mariadb_url: Callable[[], str]) -> None:
    for url in (
        new_postgresql_url().replace("postgresql+psycopg", "postgresql"),
        new_mariadb_url().replace("mysql+pymysql", "mariadb"),
    ):
        store = engine.open_store(url)
        assert vims.listing(store, "default") == ()
        engine.close(store)


def test_a_user_who_may_not_is_told_without_the_password(new_mariadb_url: Callable[[], str]) -> None:
    error = _refusal(new_mariadb_url().replace("root@", "rene:s3cret@"))
    assert error.error_code == "store_unreachable"
    assert "Access denied" in error.message
    assert "s3cret" not in str(error.result())


def test_a_database_that_is_not_there_is_told(
    new_postgresql_url: Callable[[], str], new_mariadb_url: Callable[[], str]
) -> None:
    for url in (new_postgresql_url(), new_mariadb_url()):
        name = sa.make_url(url).database
        error = _refusal(url.replace(f"/{name}?", "/nowhere?"))
        assert error.error_code == "store_unreachable"
        assert "nowhere" in error.message


def test_a_server_that_ended_and_came_back_is_used_again(new_postgresql_url: Callable[[], str], rows: Any) -> None:
    url = new_postgresql_url()
    store = engine.open_store(url)
    vims.put(store, rows.vim())
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    admin.dispose()
    assert [vim.name for vim in vims.listing(store, "default")] == ["berlin"]
    engine.close(store)


def test_a_password_is_in_no_text_of_an_open_store(new_mariadb_url: Callable[[], str]) -> None:
    url = new_mariadb_url()
    admin = sa.create_engine(url)
    with admin.begin() as connection:
        connection.exec_driver_sql("CREATE OR REPLACE USER secretive@localhost IDENTIFIED BY 's3cret'")
        connection.exec_driver_sql("GRANT ALL ON *.* TO secretive@localhost")
    admin.dispose()
    store = engine.open_store(url.replace("root@", "secretive:s3cret@"))
    assert "s3cret" not in repr(store) + store.url + str(store)
    engine.close(store)


@contextmanager
def _write_lock(file: Path) -> Iterator[None]:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()


def test_a_locked_file_is_named_and_can_still_be_read(tmp_path: Path, rows: Any) -> None:
    file = tmp_path / "mano.sqlite"
    store = engine.open_store(f"sqlite:///{file}?timeout=0.1")
    vims.put(store, rows.vim())
    with _write_lock(file):
        assert len(vims.listing(store, "default")) == 1
        with pytest.raises(ManoError, match="locked") as caught:
            vims.put(store, rows.vim(name="paris"))
    assert caught.value.error_code == "store_locked"
    assert str(file) in caught.value.message
    vims.put(store, rows.vim(name="paris"))


def test_a_lock_that_is_given_back_in_time_is_waited_for(tmp_path: Path, rows: Any) -> None:
    file = tmp_path / "mano.sqlite"
    store = engine.open_store(f"sqlite:///{file}")
    writer = threading.Thread(target=vims.put, args=(store, rows.vim()))
    with _write_lock(file):
        writer.start()
        writer.join(0.3)
        assert vims.listing(store, "default") == ()
    writer.join()
    assert len(vims.listing(store, "default")) == 1


def test_what_is_no_database_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("my notes, and nothing else\n" * 40)
    error = _refusal(f"sqlite:///{file}")
    assert error.error_code == "store_unreachable"
    assert "not a database" in error.message
    assert str(file) in error.message
    assert file.read_text().startswith("my notes")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    error = _refusal(f"sqlite:///{tmp_path}/file/below/mano.sqlite")
    assert error.error_code == "store_unreachable"
    assert "folder cannot be made" in error.message


def test_a_file_that_may_not_be_written_is_told(race: Callable[..., Any], rows: Any) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        file = folder / "mano.sqlite"
        engine.close(engine.open_store(f"sqlite:///{file}"))
        file.chmod(0o444)
        folder.chmod(0o755)

        def write(_number: int) -> None:
            if os.geteuid() == 0:
                os.setuid(NOBODY)
            vims.put(engine.open_store(f"sqlite:///{file}"), rows.vim())

        ((code, message),) = race(1, write)
    assert code == "store_write_failed"
    assert str(file) in message


def test_a_full_disk_is_told_and_tears_nothing(tmp_path: Path, rows: Any, race: Callable[..., Any]) -> None:
    url = f"sqlite:///{tmp_path / 'mano.sqlite'}"
    store = engine.open_store(url)
    vims.put(store, rows.vim())
    engine.close(store)

    def write(_number: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        vims.put(engine.open_store(url), rows.vim(name="paris", access={"cloud": "x" * 400_000}))

    ((code, message),) = race(1, write)
    assert code == "store_write_failed"
    assert "mano.sqlite" in message
    assert [vim.name for vim in vims.listing(store, "default")] == ["berlin"]
