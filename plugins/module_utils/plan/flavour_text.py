# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A flavour as plain data, for people and pictures: what `topology_view` is to an instance, VDU by VDU."""

from __future__ import annotations

from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.levels import vdu_counts
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour, PlacementRule, Vdu
from ansible_collections.nfv.mano.plugins.module_utils.plan.resources import size_text


def flavour_view(flavour: Flavour) -> dict[str, Any]:
    """The flavour by id, sorted. `instances` of a VDU: level -> VNFCs at that level, "" without levels.

    Raises what the descriptor's level arithmetic raises.
    """
    levels: tuple[str | None, ...] = tuple(sorted(flavour.levels)) or (None,)
    counts = {level or "": vdu_counts(flavour, level, {}) for level in levels}
    view = {
        "vdus": {
            v.id: _vdu(flavour, v) | {"instances": {level: count[v.id] for level, count in counts.items()}}
            for v in flavour.vdus.values()
        },
        "virtual_links": {
            link.id: {"subnets": [subnet.cidr for subnet in link.subnets]} for link in flavour.virtual_links.values()
        },
        "ext_cps": {cp.id: {"virtual_link": cp.internal_virtual_link} for cp in flavour.ext_cps.values()},
        "placement_rules": {rule.id: _rule(rule) for rule in flavour.placement_rules},
    }
    return {key: dict(sorted(value.items())) for key, value in sorted(view.items())}


def _vdu(flavour: Flavour, vdu: Vdu) -> dict[str, Any]:
    cps = sorted((cp for cp in flavour.cps.values() if cp.vdu_id == vdu.id), key=lambda cp: (cp.order, cp.id))
    return {
        "description": vdu.description,
        "min_instances": vdu.min_instances,
        "max_instances": vdu.max_instances,
        "virtual_cpus": vdu.compute.num_virtual_cpu,
        "memory": size_text(vdu.compute.virtual_mem_size),
        "image": vdu.sw_image.name if vdu.sw_image else None,
        "cps": {cp.id: {"nic": nic, "virtual_link": cp.virtual_link} for nic, cp in enumerate(cps)},
        "storages": {
            id_: {"size": size_text(flavour.storages[id_].size)} for id_ in vdu.storages if id_ in flavour.storages
        },
    }


def _rule(rule: PlacementRule) -> dict[str, Any]:
    return {
        "policy": "anti-affinity" if rule.anti else "affinity",
        "scope": rule.scope,
        "targets": sorted(rule.targets),
    }
