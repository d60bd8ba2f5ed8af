# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which driver serves which type of VIM. A driver is imported when it is first asked for."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, cast

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Vim

_HERE = "ansible_collections.nfv.mano.plugins.module_utils.vim"
DRIVERS: Mapping[str, str] = {"openstack": f"{_HERE}.openstack.driver"}
"""VIM type -> the module whose `connect_vim(access)` gives a `Vim`."""


def connect(vim_type: str, access: Mapping[str, Any]) -> Vim:
    """The VIM that `access` refers to; sends nothing yet.

    Raises vim_type_unknown, and what the driver raises for a bad reference.
    """
    if vim_type not in DRIVERS:
        known = ", ".join(DRIVERS)
        raise ManoError("vim_type_unknown", f"There is no driver for a VIM of type '{vim_type}'; known are: {known}.")
    return cast(Vim, importlib.import_module(DRIVERS[vim_type]).connect_vim(access))
