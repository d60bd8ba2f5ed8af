# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Private database servers for tests: a PostgreSQL and a MariaDB from the Debian packages.

Each is started once a test session, listens on a Unix socket of its own only, and is killed at the end, or by the
kernel when the test process dies first. A missing server is a failure: a store that was not tested is not supported.

Fixtures (from tests/conftest.py): `store_url` runs a test on SQLite, PostgreSQL and MariaDB, each time with the
SQLAlchemy URL of an empty database; `new_postgresql_url` and `new_mariadb_url` are functions that make one more.
"""

from __future__ import annotations

import getpass
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pymysql
import pytest

NewUrl = Callable[[], str]
START_TIMEOUT = 60.0


def _binary(name: str, package: str, *folders: str) -> str:
    """The path of a server's program, in PATH, the sbin folders or `folders` (globs; the newest version wins)."""
    found = shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin")))
    for pattern in folders:
        found = max((str(path) for path in Path("/").glob(f"{pattern}/{name}")), default=found)
    if found is None:
        raise RuntimeError(f"{name} is not installed, and the store is tested on it: apt-get install {package}")
    return found


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed ({done.returncode}): {done.stderr or done.stdout}")


@contextmanager
def _served(command: Sequence[str], stop: signal.Signals, log: Path, connect: Callable[[], None]) -> Iterator[None]:
    """Run a server until the block ends; `connect` raises OSError-like errors until it answers."""
    guard = ["setpriv", "--pdeathsig", stop.name.removeprefix("SIG")]
    with log.open("wb") as out:
        server = subprocess.Popen([*guard, *command], stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        _wait_until_answering(server, log, connect)
        yield
    finally:
        server.send_signal(stop)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_answering(server: subprocess.Popen[bytes], log: Path, connect: Callable[[], None]) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while True:
        try:
            return connect()
        except (psycopg.OperationalError, pymysql.OperationalError) as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{server.args!r} does not answer: {log.read_text()}") from error
        time.sleep(0.05)


@contextmanager
def _scratch(prefix: str, owner: str | None) -> Iterator[Path]:
    """A short-named folder: the path of a Unix socket may have 107 bytes at most."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    try:
        if owner:
            shutil.chown(folder, owner, owner)
        yield folder
    finally:
        with suppress(FileNotFoundError):
            shutil.rmtree(folder)


@contextmanager
def postgresql() -> Iterator[NewUrl]:
    """A private PostgreSQL. As root it runs as the package's user `postgres`, since it refuses to run as root."""
    initdb = _binary("initdb", "postgresql", "usr/lib/postgresql/*/bin")
    postgres = str(Path(initdb).with_name("postgres"))
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    with _scratch("mano-pg-", user if as_user else None) as folder:
        data = folder / "data"
        _run([*as_user, initdb, "-D", str(data), "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "fsync": "off",
            "max_connections": "200",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

        def execute(sql: str) -> None:
            with psycopg.connect(host=str(folder), user=user, dbname="postgres", autocommit=True) as connection:
                connection.execute(sql.encode())

        with _served(
            [*as_user[1:], postgres, "-D", str(data), *options],
            signal.SIGINT,
            folder / "log",
            lambda: execute("select 1"),
        ):
            yield _url_maker(execute, f"postgresql+psycopg://{user}@/{{name}}?host={folder}")


@contextmanager
def mariadb() -> Iterator[NewUrl]:
    """A private MariaDB, made for speed and not for keeping."""
    server = _binary("mariadbd", "mariadb-server")
    installer = _binary("mariadb-install-db", "mariadb-server")
    with _scratch("mano-my-", None) as folder:
        socket = str(folder / "socket")
        user = ["--user=root"] if os.geteuid() == 0 else []
        data = f"--datadir={folder / 'data'}"
        _run([installer, "--no-defaults", *user, data, "--skip-test-db", "--auth-root-authentication-method=normal"])

        def execute(sql: str) -> None:
            with pymysql.connect(unix_socket=socket, user="root") as connection, connection.cursor() as cursor:
                cursor.execute(sql)

        speed = ["--innodb-flush-method=nosync", "--innodb-doublewrite=0", "--skip-log-bin", "--performance-schema=0"]
        network = [f"--socket={socket}", "--skip-networking", "--max-connections=200", f"--pid-file={folder / 'pid'}"]
        charset = ["--character-set-server=utf8mb4", "--collation-server=utf8mb4_general_ci"]
        with _served(
            [server, "--no-defaults", *user, data, *network, *charset, *speed],
            signal.SIGTERM,
            folder / "log",
            lambda: execute("select 1"),
        ):
            yield _url_maker(execute, f"mysql+pymysql://root@localhost/{{name}}?unix_socket={socket}&charset=utf8mb4")


def _url_maker(execute: Callable[[str], None], template: str) -> NewUrl:
    numbers = itertools.count(1)

    def new_url() -> str:
        name = f"mano{next(numbers)}"
        execute(f"create database {name}")
        return template.format(name=name)

    return new_url


@pytest.fixture(scope="session")
def new_postgresql_url() -> Iterator[NewUrl]:
    """A function that makes an empty PostgreSQL database and returns its SQLAlchemy URL."""
    with postgresql() as new_url:
        yield new_url


@pytest.fixture(scope="session")
def new_mariadb_url() -> Iterator[NewUrl]:
    """A function that makes an empty MariaDB database and returns its SQLAlchemy URL."""
    with mariadb() as new_url:
        yield new_url


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The SQLAlchemy URL of an empty database, on each of the three supported kinds in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    new_url: NewUrl = request.getfixturevalue(f"new_{request.param}_url")
    return new_url()
