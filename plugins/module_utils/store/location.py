# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a store is: its URL read, checked, given a driver, and shown without its password."""

from __future__ import annotations

import functools
import importlib.util
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError

try:
    import sqlalchemy as sa
except ImportError:
    pass  # named by deps.require() at the edge

DRIVERS = {
    "postgresql": (("postgresql+psycopg", "psycopg"), ("postgresql+psycopg2", "psycopg2")),
    "mysql": (("mysql+pymysql", "pymysql"), ("mysql+mysqldb", "MySQLdb")),
}
"""Kind of database -> (SQLAlchemy's name, module) of the drivers that may serve it, the preferred one first."""

ALIASES = {"mariadb": "mysql", "mysql": "mysql", "postgres": "postgresql", "postgresql": "postgresql"}
EXAMPLES = "sqlite:////var/lib/nfv-mano/mano.sqlite, postgresql://user@host/mano or mariadb://user@host/mano"


@dataclass(frozen=True, slots=True)
class Location:
    """`shown` names the place in messages: a file, or host:port/database. `file` is set for SQLite only."""

    url: Any = field(repr=False)  # sqlalchemy.URL, with the password
    kind: str  # sqlite | postgresql | mysql
    shown: str
    file: Path | None = None

    @property
    def secret(self) -> str | None:
        """The password, so that messages of drivers can be freed of it."""
        return str(self.url.password) if self.url.password else None


def data_home() -> Path:
    """The folder of the user's own data (XDG base directory specification)."""
    home = os.environ.get("XDG_DATA_HOME", "")
    return (Path(home) if Path(home).is_absolute() else Path.home() / ".local" / "share") / "nfv-mano"


def locate(url: str) -> Location:
    """Read a store's URL; raises store_url_invalid, or missing_dependency when no driver for it is installed."""
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError, TypeError):
        raise _invalid("is no URL of a database") from None
    scheme = parsed.drivername
    if scheme.partition("+")[0] == "sqlite":
        return _file(parsed)
    kind = ALIASES.get(scheme.partition("+")[0])
    if kind is None:
        raise _invalid(f"names the kind of database '{scheme}'")
    driver = _driver(kind) if "+" not in scheme else f"{kind}+{scheme.partition('+')[2]}"
    if not parsed.database:
        raise _invalid("names no database")
    return Location(parsed.set(drivername=driver), kind, _shown(parsed))


def _invalid(what: str) -> ManoError:
    return ManoError("store_url_invalid", f"The store's URL {what}; it should look like {EXAMPLES}.")


def _file(url: Any) -> Location:
    if not url.database or ":memory:" in url.database:
        raise _invalid("names no file, and a store in memory would forget what it was told")
    file = Path(url.database).expanduser().absolute()
    if file.is_dir():
        raise _invalid(f"names the folder {file}, not a file")
    return Location(url.set(drivername="sqlite", database=str(file)), "sqlite", str(file), file)


def _shown(url: Any) -> str:
    host = url.host or url.query.get("host") or url.query.get("unix_socket") or "localhost"
    return f"{host}{f':{url.port}' if url.port else ''}/{url.database}"


@functools.cache
def _driver(kind: str) -> str:
    for name, module in DRIVERS[kind]:
        if importlib.util.find_spec(module) is not None:
            return name
    wanted = {"postgresql": "psycopg[binary]", "mysql": "PyMySQL"}[kind]
    raise ManoError(
        "missing_dependency",
        f"The store is on {kind}, and no Python driver for it is installed: install {wanted} for the Python that runs "
        "Ansible.",
    )
