# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a flavour and a deployment to the topology: every resource counted, named and connected.

The result is canonical: equal deployments give equal topologies, whatever the order of keys in a document was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.levels import vdu_counts
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour, Vdu, VduCp
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.attach import Attachments, attachments, port_config
from ansible_collections.nfv.mano.plugins.module_utils.plan.placing import groups_of_vdus, server_groups
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import LinkPort, Storage, Topology, Vnfc
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment, VimAssets

_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")


def vnfc_counts(flavour: Flavour, deployment: Deployment) -> dict[str, int]:
    """VNFCs per VDU id at the deployment's level and scale levels."""
    return vdu_counts(flavour, deployment.instantiation_level_id, deployment.scale_levels)


def build_topology(flavour: Flavour, deployment: Deployment) -> Topology:
    """The resources of `deployment`.

    Raises ext_virtual_link_missing, ext_cp_unknown, ext_cp_conflict, cp_config_conflict, virtual_link_unknown,
    vim_asset_unknown, placement_conflict, id_conflict, and what the descriptor's level arithmetic raises.
    """
    check_vim_assets(flavour, deployment.vim_assets)
    attached = attachments(flavour, deployment)
    counts = vnfc_counts(flavour, deployment)
    groups = server_groups(flavour, counts)
    group_of = groups_of_vdus(flavour, groups)
    vnfcs = tuple(
        _vnfc(flavour, deployment, attached, vdu, index, counts[vdu.id], group_of.get(vdu.id))
        for vdu in sorted(flavour.vdus.values(), key=lambda v: v.id)
        for index in range(counts[vdu.id])
    )
    _check_unique(vnfcs)
    return Topology(
        vnfcs=vnfcs,
        virtual_links=tuple(v for k, v in sorted(flavour.virtual_links.items()) if k not in attached.managed),
        server_groups=tuple(g.group for g in groups),
        security_group_rules=tuple(sorted(flavour.security_group_rules, key=lambda r: r.id)),
        ext_cps=attached.ext_cps,
        external_networks=dict(sorted(attached.networks.items())),
        vim_assets=deployment.vim_assets,
        additional_params=_boot_values(flavour, deployment.additional_params),
    )


def check_vim_assets(flavour: Flavour, assets: VimAssets) -> None:
    """Raise vim_asset_unknown when an asset is given for something that the flavour does not have."""
    for option, known, given in (
        ("compute_resource_flavours", set(flavour.vdus), assets.compute_resource_flavours),
        ("software_images", {*flavour.vdus, *flavour.storages}, assets.software_images),
    ):
        for name in sorted(set(given) - known):
            raise ManoError(
                "vim_asset_unknown",
                f"vim_assets.{option} names {name}, but flavour {flavour.id} has only "
                f"{', '.join(sorted(known)) or 'none'}.",
                resource=name,
            )


def _vnfc(
    flavour: Flavour, deployment: Deployment, attached: Attachments, vdu: Vdu, index: int, count: int, group: str | None
) -> Vnfc:
    vnfc_id = f"{vdu.id}-{index}"
    cps = sorted((cp for cp in flavour.cps.values() if cp.vdu_id == vdu.id), key=lambda cp: (cp.order, cp.id))
    return Vnfc(
        id=vnfc_id,
        index=index,
        vdu=vdu,
        ports=tuple(_port(flavour, attached, cp, vnfc_id, index, count) for cp in cps),
        storages=_storages(flavour, vdu, vnfc_id),
        zone=deployment.zones.get(vnfc_id),
        server_groups=(group,) if group else (),
    )


def _port(flavour: Flavour, attached: Attachments, cp: VduCp, vnfc_id: str, index: int, count: int) -> LinkPort:  # noqa: PLR0913, RUF100
    port = LinkPort(
        id=f"{vnfc_id}-{cp.id}",
        vnfc_id=vnfc_id,
        cp=cp,
        virtual_link=cp.virtual_link,
        network=None,
        security_group_rules=_security_rules(flavour, cp),
    )
    return attached.connect(port, port_config(attached, cp.id, index, count))


def _security_rules(flavour: Flavour, cp: VduCp) -> tuple[str, ...]:
    """Rules that name the CP, or the external CP of the link that it is on (SOL001 SecurityGroupRule)."""
    names = {cp.id} | {
        e.id for e in flavour.ext_cps.values() if cp.virtual_link and e.internal_virtual_link == cp.virtual_link
    }
    return tuple(sorted(r.id for r in flavour.security_group_rules if names & set(r.targets)))


def _storages(flavour: Flavour, vdu: Vdu, vnfc_id: str) -> tuple[Storage, ...]:
    """The volumes, the boot volume first: the one with an image, by the VDU's boot order when there are several."""
    boot = _boot_storage(flavour, vdu)
    ordered = sorted(vdu.storages, key=lambda storage_id: storage_id != boot)
    return tuple(
        Storage(
            id=f"{vnfc_id}-{storage_id}", vnfc_id=vnfc_id, storage=flavour.storages[storage_id], boot=storage_id == boot
        )
        for storage_id in ordered
    )


def _boot_storage(flavour: Flavour, vdu: Vdu) -> str | None:
    with_image = [storage_id for storage_id in vdu.storages if flavour.storages[storage_id].sw_image]
    return next((s for s in vdu.boot_order if s in with_image), next(iter(with_image), None))


def _boot_values(flavour: Flavour, params: Mapping[str, Any]) -> dict[str, str]:
    """The parameters that boot data may use, as text. A file in the package may use any; content only what it names."""
    boot = [vdu.boot_data for vdu in flavour.vdus.values() if vdu.boot_data]
    if any(b.source_path for b in boot):
        used = set(params)
    else:
        used = {name for b in boot for name in _PLACEHOLDER.findall(b.content or "")}
    return {name: text_value(params[name]) for name in sorted(params) if name in used}


def text_value(value: Any) -> str:
    """A parameter as boot data shows it: text as it is, true/false, nothing for null, JSON for lists and maps."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, sort_keys=True, ensure_ascii=False)


def _check_unique(vnfcs: tuple[Vnfc, ...]) -> None:
    ports = (p.id for v in vnfcs for p in v.ports)
    storages = (s.id for v in vnfcs for s in v.storages)
    for kind, ids in (("link ports", ports), ("storages", storages)):
        twice = _first_twice(ids)
        if twice:
            raise ManoError(
                "id_conflict",
                f"Two {kind} of this VNF would both be named {twice}; rename a VDU, CP or storage in the descriptor.",
                resource=twice,
            )


def _first_twice(ids: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            return id_
        seen.add(id_)
    return None
