# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which driver serves which type of VIM. A driver is imported when it is first asked for.

The imports stand in functions and are spelt out, since Ansible ships a module with the files whose imports it can see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Vim


def _openstack(access: Mapping[str, Any]) -> Vim:
    from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.driver import connect_vim

    return connect_vim(access)


DRIVERS: Mapping[str, Callable[[Mapping[str, Any]], Vim]] = {"openstack": _openstack}
"""VIM type -> what gives a connected `Vim`."""


def connect(vim_type: str, access: Mapping[str, Any]) -> Vim:
    """The VIM that `access` refers to; sends nothing yet.

    Raises vim_type_unknown, and what the driver raises for a bad reference.
    """
    if vim_type not in DRIVERS:
        known = ", ".join(DRIVERS)
        raise ManoError("vim_type_unknown", f"There is no driver for a VIM of type '{vim_type}'; known are: {known}.")
    return DRIVERS[vim_type](access)
