# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MariaDB with a data folder of its own; a crash of the machine may lose data, which buys speed."""

from __future__ import annotations

import os
import shutil

from sandbox import process
from sandbox.config import DATABASES
from sandbox.paths import Sandbox
from sandbox.services import environment

_SPEED = (
    "--skip-name-resolve", "--skip-log-bin", "--skip-slave-start", "--performance-schema=0", "--sync-binlog=0",
    "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0", "--innodb-flush-method=nosync",
    "--innodb-buffer-pool-size=256M", "--innodb-log-file-size=64M", "--max-connections=600", "--table-open-cache=2000",
    "--character-set-server=utf8mb4", "--collation-server=utf8mb4_general_ci",
)  # fmt: skip


def query(sandbox: Sandbox, sql: str, database: str = "") -> str:
    """Run SQL as root; rows are lines, columns are separated by tabs."""
    argv = ["mariadb", "--no-defaults", f"--socket={sandbox.mysql_socket}", "-uroot", "-N", "-B", database]
    return process.run([word for word in argv if word], environment(sandbox), stdin=sql).strip()


def start(sandbox: Sandbox) -> None:
    """Start the server; make its data folder, databases and user when they are not there."""
    env, data = environment(sandbox), sandbox.var / "mysql"
    user = ("--user=root",) if os.geteuid() == 0 else ()
    if not data.exists():
        part = sandbox.var / "mysql.part"
        shutil.rmtree(part, ignore_errors=True)
        process.run(
            ["mariadb-install-db", "--no-defaults", *user, f"--datadir={part}", "--skip-test-db", "--skip-name-resolve",
             "--auth-root-authentication-method=normal"], env, log=sandbox.log / "mariadb-install.log",
        )  # fmt: skip
        part.rename(data)
    program = shutil.which("mariadbd", path=env["PATH"]) or "mariadbd"
    pid = process.spawn(
        sandbox, "mariadb",
        [program, "--no-defaults", *user, f"--datadir={data}", f"--socket={sandbox.mysql_socket}",
         f"--pid-file={sandbox.run}/mysql.pid", "--bind-address=127.0.0.1", f"--port={sandbox.port('mysql')}", *_SPEED],
        env,
    )  # fmt: skip
    process.wait("MariaDB", lambda: query(sandbox, "select 1"), needs={f"{sandbox.log}/mariadb.log": pid})
    statements = [f"create database if not exists `{name}`;" for name in DATABASES]
    statements.append(f"create user if not exists 'sandbox'@'%' identified by '{sandbox.password}';")
    statements.append("grant all on *.* to 'sandbox'@'%';")
    query(sandbox, "\n".join(statements))
