# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an operation changed, for its occurrence (SOL003 5.5.2.13 resourceChanges): plan steps joined with what was
seen.
"""

from __future__ import annotations

from collections.abc import Iterable

from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Step
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import Observation, Observed
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.sol.lcm_op_occ import (
    ADDED,
    MODIFIED,
    REMOVED,
    AffectedVirtualLink,
    AffectedVirtualStorage,
    AffectedVnfc,
    ResourceChanges,
)
from ansible_collections.nfv.mano.plugins.module_utils.sol.vnf_instance import ResourceHandle

CHANGE_TYPES = {"create": ADDED, "delete": REMOVED}  # any other action: MODIFIED


def resource_changes(
    steps: Iterable[Step],
    seen_before: Observation,
    seen_after: Observation,
    topologies: tuple[Topology | None, Topology | None],
    vim_connection_id: str,
) -> ResourceChanges:
    """The affected VNFCs, virtual links and storages. A resource that no observation knows (never made) is left out."""
    vnfcs: list[AffectedVnfc] = []
    links: list[AffectedVirtualLink] = []
    storages: list[AffectedVirtualStorage] = []
    descriptor_ids = _storage_descriptors(topologies)
    for step in steps:
        seen = seen_before if step.action == "delete" else seen_after
        resource = seen.get(step.kind, step.id)
        if resource is None:
            continue
        change, handle = CHANGE_TYPES.get(step.action, MODIFIED), _handle(resource, vim_connection_id)
        if step.kind == "vnfc" and step.vdu_id:
            vnfcs.append(AffectedVnfc(id=step.id, vdu_id=step.vdu_id, change_type=change, compute_resource=handle))
        elif step.kind == "virtual_link":
            links.append(
                AffectedVirtualLink(
                    id=step.id, virtual_link_desc_id=step.id, change_type=change, network_resource=handle
                )
            )
        elif step.kind == "virtual_storage":
            storages.append(
                AffectedVirtualStorage(
                    id=step.id,
                    virtual_storage_desc_id=descriptor_ids.get(step.id, step.id),
                    change_type=change,
                    storage_resource=handle,
                )
            )
    return ResourceChanges(tuple(vnfcs), tuple(links), tuple(storages))


def _handle(resource: Observed, vim_connection_id: str) -> ResourceHandle:
    return ResourceHandle(
        vim_connection_id=vim_connection_id, resource_id=resource.resource_id, vim_level_resource_type=resource.vim_type
    )


def _storage_descriptors(topologies: tuple[Topology | None, Topology | None]) -> dict[str, str]:
    """Storage id -> descriptor id, over the topologies before and after."""
    return {
        storage.id: storage.storage.id
        for topology in topologies
        if topology is not None
        for vnfc in topology.vnfcs
        for storage in vnfc.storages
    }
