# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which VIM a task works on, by reference: the one named, the instance's own, the tenant's default, or the
environment's.
"""

from __future__ import annotations

import os
import uuid

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import from_plain
from ansible_collections.nfv.mano.plugins.module_utils.store import vims
from ansible_collections.nfv.mano.plugins.module_utils.store.instances import InstanceRow
from ansible_collections.nfv.mano.plugins.module_utils.store.vims import VimRow

_NAMESPACE = uuid.UUID("6f0d3c1e-8f0e-5f0b-9d0e-6e66762e6d61")


def choose(ctx: Context, name: str | None, instance: InstanceRow | None) -> VimRow:
    """The VIM for this task; raises vim_unknown, change_not_supported (the instance lives on another VIM) or
    vim_not_given.
    """
    if instance is not None:
        own = from_plain(VimRow, instance.vim)
        if name is not None and name != own.name:
            raise ManoError(
                "change_not_supported",
                f"VNF instance '{instance.name}' is on VIM '{own.name}', not '{name}'; terminate it before it moves.",
                resource=instance.name,
            )
        return own
    if name is not None:
        return _named(ctx, name)
    return vims.get(ctx.store, ctx.tenant, default=True) or _of_environment(ctx.tenant)


def _named(ctx: Context, name: str) -> VimRow:
    row = vims.get(ctx.store, ctx.tenant, name=name)
    if row is None:
        known = ", ".join(v.name for v in vims.listing(ctx.store, ctx.tenant)) or "none"
        raise ManoError(
            "vim_unknown",
            f"There is no VIM '{name}' in tenant '{ctx.tenant}' (registered: {known}); register it with nfv.mano.vim.",
            resource=name,
        )
    return row


def _of_environment(tenant: str) -> VimRow:
    """The VIM that OS_CLOUD or KUBECONFIG names, so that a first play needs no `vim` task; its id follows from what it
    names.
    """
    for variable, vim_type, key in (("OS_CLOUD", "openstack", "cloud"), ("KUBECONFIG", "kubernetes", "kubeconfig")):
        value = os.environ.get(variable)
        if value:
            return VimRow(
                id=str(uuid.uuid5(_NAMESPACE, f"{vim_type}:{value}")),
                tenant=tenant,
                name=value,
                type=vim_type,
                access={key: value},
                zones=(),
                default=False,
            )
    raise ManoError(
        "vim_not_given",
        f"No VIM is named, tenant '{tenant}' has no default one, and neither OS_CLOUD nor KUBECONFIG is set; "
        "register one with nfv.mano.vim or set the option `vim`.",
    )
