# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tasks would each begin with, done once a play.

Ansible loads an action plugin in the process that forks the workers, so what is imported or worked out when it is
loaded is there in every task. Collections have no compiled files, so an import in a task would compile its source.
"""

from __future__ import annotations

import importlib

from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import prepare
from ansible_collections.nfv.mano.plugins.module_utils.store.engine import warm

_ROOMS = "ansible_collections.nfv.mano.plugins.module_utils."
IMPORTED = {
    "yaml": ("yaml",),
    "openstack": (
        f"{_ROOMS}vim.openstack.driver",
        f"{_ROOMS}descriptor.inputs",
        f"{_ROOMS}descriptor.build",
        "keystoneauth1.identity",
    ),
}
"""Library -> what a task that needs it imports in the normal case: not for a migration, not for a package's content."""


def preload(libraries: tuple[str, ...]) -> None:
    """Import and work out what tasks with these libraries need; one that is missing is told of when a task runs."""
    try:
        for library in libraries:
            for name in IMPORTED.get(library, ()):
                importlib.import_module(name)
        if "sqlalchemy" in libraries:
            warm()
        if "openstack" in libraries:
            _engine()
    except ImportError:
        return


def _engine() -> None:
    """The records that the life-cycle engine reads, and the log-in that most clouds want."""
    from keystoneauth1.loading import get_plugin_loader

    from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour
    from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment
    from ansible_collections.nfv.mano.plugins.module_utils.sol.vnf_instance import VnfInstance
    from ansible_collections.nfv.mano.plugins.module_utils.store.vims import VimRow
    from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Assets

    prepare(Flavour, Deployment, VnfInstance, VimRow, Assets)
    get_plugin_loader("password")
