# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Database schemas: migrated once, dumped, and loaded from the dump ever after."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sandbox import mariadb, process
from sandbox.config import DATABASES
from sandbox.paths import FILES, Sandbox
from sandbox.services import config_file, environment

_MIGRATIONS = {
    "keystone": ("keystone-manage", "keystone", "db_sync"),
    "glance": ("glance-manage", "glance", "db_sync"),
    "placement": ("placement-manage", "placement", "db", "sync"),
    "nova_api": ("nova-manage", "nova", "api_db", "sync"),
    "nova": ("nova-manage", "nova", "db", "sync", "--local_cell"),
    "neutron": ("neutron-db-manage", "neutron", "upgrade", "heads"),
    "cinder": ("cinder-manage", "cinder", "db", "sync"),
    "heat": ("heat-manage", "heat", "db_sync"),
}


def cached(sandbox: Sandbox, name: str) -> bool:
    """Whether the schema needs no migration."""
    return sandbox.done(f"db-{name}").exists() or _dump(sandbox, name).exists()


def load(sandbox: Sandbox, name: str) -> None:
    """Fill a service's database, unless it is filled. nova_cell0 has the schema of nova."""
    mark = sandbox.done(f"db-{name}")
    if mark.exists():
        return
    dump = _dump(sandbox, name)
    # An earlier attempt may have been cut off in the middle.
    mariadb.query(sandbox, f"drop database `{name}`; create database `{name}`;")
    if dump.exists():
        mariadb.query(sandbox, f"source {dump}", name)
    else:
        _migrate(sandbox, name, dump)
    mark.touch()


def _migrate(sandbox: Sandbox, name: str, dump: Path) -> None:
    program, service, *words = _MIGRATIONS[name]
    env = environment(sandbox)
    argv: list[str | Path] = [sandbox.bin / program, config_file(sandbox, service), *words]
    process.run(argv, env, log=sandbox.log / f"db-{name}.log")
    dump.parent.mkdir(parents=True, exist_ok=True)
    part = dump.with_suffix(f".part-{sandbox.slot}")
    process.run(
        ["mariadb-dump", "--no-defaults", f"--socket={sandbox.mysql_socket}", "-uroot", "--skip-comments",
         f"--result-file={part}", name], env,
    )  # fmt: skip
    part.rename(dump)


def _dump(sandbox: Sandbox, name: str) -> Path:
    """Schemas depend on the pinned releases alone."""
    pins = (FILES / "constraints.txt").read_bytes() + repr((DATABASES, _MIGRATIONS)).encode()
    source = "nova" if name == "nova_cell0" else name
    return sandbox.cache / f"schema-{hashlib.sha256(pins).hexdigest()[:16]}" / f"{source}.sql"
