# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The third-party libraries: which a task needs, and what to say when one is missing.

Sanity imports every file without them, so the rest of the collection imports them in `try`; the edge asks here first.
"""

from __future__ import annotations

import functools
import importlib.util
import platform
import sys

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError

REQUIREMENTS = {
    "alembic": "alembic>=1.13,<2",
    "fsspec": "fsspec>=2024.2",
    "keystoneauth1": "keystoneauth1>=5.5,<6",
    "openstack": "openstacksdk>=4.0,<5",
    "sqlalchemy": "sqlalchemy>=2.0,<2.1",
    "yaml": "PyYAML>=6.0,<7",
}
"""Import name -> what pip installs for it, as in meta/ee-requirements.txt."""

STORE: tuple[str, ...] = ("sqlalchemy", "alembic", "fsspec", "yaml")
OPENSTACK: tuple[str, ...] = ("keystoneauth1", "openstack")


@functools.cache
def missing(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the libraries that this interpreter cannot import. Looks for them without importing them."""
    return tuple(name for name in names if importlib.util.find_spec(name) is None)


def require(names: tuple[str, ...]) -> None:
    """Raise missing_dependency, naming what to install where, unless all the libraries are there."""
    absent = missing(names)
    if not absent:
        return
    wanted = " ".join(f"'{REQUIREMENTS[name]}'" for name in absent)
    raise ManoError(
        "missing_dependency",
        f"nfv.mano needs the Python package(s) {', '.join(absent)}, which {sys.executable} on {platform.node()} "
        "does not have: "
        f"install them with `{sys.executable} -m pip install {wanted}`, or use an execution environment built from the "
        "collection's meta/execution-environment.yml.",
    )
