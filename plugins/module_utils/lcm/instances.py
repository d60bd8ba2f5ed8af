# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VNF instances as they are told: as recorded, or as their VIM shows them."""

from __future__ import annotations

from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context
from ansible_collections.nfv.mano.plugins.module_utils.lcm.loading import deployment_of, record_of, ref_of
from ansible_collections.nfv.mano.plugins.module_utils.lcm.materials import Materials
from ansible_collections.nfv.mano.plugins.module_utils.lcm.resource_info import instantiated_vnf_info
from ansible_collections.nfv.mano.plugins.module_utils.plan.drift import drift
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology_text import topology_view
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import to_plain
from ansible_collections.nfv.mano.plugins.module_utils.store import instances
from ansible_collections.nfv.mano.plugins.module_utils.store.instances import InstanceRow
from ansible_collections.nfv.mano.plugins.module_utils.vim.registry import connect


def list_instances(ctx: Context, name: str | None, id_: str | None, observe: bool) -> list[dict[str, Any]]:
    """The instances that match, by name (SOL003 VnfInstance), with their `topology`; with `observe` as seen now, and
    their `drift`.

    Raises what connecting to and asking the VIM raise.
    """
    materials = Materials(ctx)
    tell = _observed if observe else _recorded
    return [tell(materials, row) for row in _rows(ctx, name, id_)]


def _rows(ctx: Context, name: str | None, id_: str | None) -> tuple[InstanceRow, ...]:
    if name is None and id_ is None:
        return instances.listing(ctx.store, ctx.tenant)
    row = instances.get(ctx.store, ctx.tenant, name=name, id=id_)
    return (row,) if row is not None and name in (None, row.name) else ()


def _recorded(materials: Materials, row: InstanceRow) -> dict[str, Any]:
    return {**row.vnf_instance, "topology": topology_view(materials.topology_of(deployment_of(row)))}


def _observed(materials: Materials, row: InstanceRow) -> dict[str, Any]:
    deployment, record = deployment_of(row), record_of(row)
    topology = materials.topology_of(deployment)
    if deployment is None or topology is None or record is None:
        return {**row.vnf_instance, "topology": {}, "drift": []}
    seen = connect(row.vim["type"], row.vim["access"]).observe(ref_of(row), topology)
    info = instantiated_vnf_info(materials.flavour_of(deployment), deployment, topology, seen, row.vim["id"])
    found = drift(row.name, topology, seen, record.compute_flavours)
    return {
        **row.vnf_instance,
        "instantiated_vnf_info": to_plain(info),
        "topology": topology_view(topology),
        "drift": [each.as_dict() for each in found],
    }
