# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VIMs by reference: registered, removed, and asked how they are."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context
from ansible_collections.nfv.mano.plugins.module_utils.lcm.vim_choice import choose
from ansible_collections.nfv.mano.plugins.module_utils.store import instances, vims
from ansible_collections.nfv.mano.plugins.module_utils.store.vims import VimRow
from ansible_collections.nfv.mano.plugins.module_utils.vim.registry import connect


@dataclass(frozen=True, slots=True)
class VimSpec:
    """What a play says of a VIM; None: leave alone. `cloud` names an entry of clouds.yaml."""

    name: str
    type: str = "openstack"
    cloud: str | None = None
    region_name: str | None = None
    zones: tuple[str, ...] | None = None
    default: bool | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a registration: `vim` for the result (None: there is none), the states around it for the diff."""

    changed: bool
    vim: dict[str, Any] | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def register(ctx: Context, spec: VimSpec, check: bool) -> Change:
    """Register the VIM, or change its registration, once it has answered.

    Raises change_not_supported for another type, zone_unknown, and what connecting raises.
    """
    old = vims.get(ctx.store, ctx.tenant, name=spec.name)
    new = _merged(ctx, old, spec)
    status = connect(new.type, new.access).status()
    _check_zones(new, status)
    if new != old and not check:
        vims.put(ctx.store, new)
    told = _told(new) | {"reachable": True, "status": dict(status)}
    return Change(new != old, told, _told(old) if old is not None else {}, _told(new))


def unregister(ctx: Context, name: str, check: bool) -> Change:
    """Remove the registration; raises vim_in_use while VNF instances are on the VIM."""
    old = vims.get(ctx.store, ctx.tenant, name=name)
    if old is None:
        return Change(False)
    users = [row.name for row in instances.listing(ctx.store, ctx.tenant, vim_id=old.id)]
    if users:
        raise ManoError(
            "vim_in_use",
            f"VIM '{name}' can't be removed: VNF instance(s) {', '.join(sorted(users))} are on it; remove them first.",
            resource=name,
        )
    if not check:
        vims.remove(ctx.store, old.id)
    return Change(True, None, _told(old), {})


def list_vims(ctx: Context, name: str | None) -> list[dict[str, Any]]:
    """The registered VIMs by name, each asked how it is; with none registered, the one that the environment names."""
    return [_asked(row) for row in _rows(ctx, name)]


def _rows(ctx: Context, name: str | None) -> tuple[VimRow, ...]:
    rows = vims.listing(ctx.store, ctx.tenant)
    if rows or name is not None:
        return tuple(row for row in rows if name in (None, row.name))
    try:
        return (choose(ctx, None, None),)
    except ManoError as error:
        if error.error_code == "vim_not_given":
            return ()
        raise


def _asked(row: VimRow) -> dict[str, Any]:
    """A VIM that does not answer is told as that: the others are of interest all the same."""
    try:
        return _told(row) | {"reachable": True, "status": dict(connect(row.type, row.access).status())}
    except ManoError as error:
        return _told(row) | {"reachable": False, "error_code": error.error_code, "reason": error.message}


def _merged(ctx: Context, old: VimRow | None, spec: VimSpec) -> VimRow:
    if old is None:
        old_or_new = VimRow(
            id=str(uuid.uuid4()),
            tenant=ctx.tenant,
            name=spec.name,
            type=spec.type,
            access={"cloud": spec.cloud or spec.name},
            zones=(),
            default=False,
        )
    elif old.type != spec.type:
        raise ManoError(
            "change_not_supported",
            f"VIM '{spec.name}' is registered as {old.type} and can't become {spec.type}; remove it first.",
            resource=spec.name,
        )
    else:
        old_or_new = old
    given = {"cloud": spec.cloud, "region_name": spec.region_name}
    return replace(
        old_or_new,
        access={**old_or_new.access, **{key: value for key, value in given.items() if value is not None}},
        zones=old_or_new.zones if spec.zones is None else spec.zones,
        default=old_or_new.default if spec.default is None else spec.default,
    )


def _check_zones(row: VimRow, status: Mapping[str, Any]) -> None:
    known = tuple(status.get("zones") or ())
    unknown = [zone for zone in row.zones if zone not in known]
    if known and unknown:
        raise ManoError(
            "zone_unknown",
            f"VIM '{row.name}' has no zone {', '.join(unknown)}; it has {', '.join(known)}.",
            resource=row.name,
        )


def _told(row: VimRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "type": row.type,
        "access_info": dict(row.access),
        "zones": list(row.zones),
        "default": row.default,
    }
