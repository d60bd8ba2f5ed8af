# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An instance's record as the engine loads, makes and rewrites it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.bind import load_head
from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context
from ansible_collections.nfv.mano.plugins.module_utils.plan.target import Record
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import from_plain, to_plain
from ansible_collections.nfv.mano.plugins.module_utils.sol.vnf_instance import VnfInstance
from ansible_collections.nfv.mano.plugins.module_utils.store import instances, operations
from ansible_collections.nfv.mano.plugins.module_utils.store.engine import now
from ansible_collections.nfv.mano.plugins.module_utils.store.instances import InstanceRow
from ansible_collections.nfv.mano.plugins.module_utils.store.operations import OperationRow
from ansible_collections.nfv.mano.plugins.module_utils.store.packages import PackageRow
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Assets, InstanceRef


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the store knows of an instance: its row, and the operation on it that has not come to an end."""

    row: InstanceRow | None
    open_operation: OperationRow | None = None


def load(ctx: Context, name: str) -> Loaded:
    """The instance `name` of the tenant, two queries at most."""
    row = instances.get(ctx.store, ctx.tenant, name=name)
    if row is None:
        return Loaded(None)
    return Loaded(row, operations.unfinished(ctx.store, row.id))


def record_of(row: InstanceRow | None) -> Record | None:
    """The planner's view of a row."""
    if row is None:
        return None
    instance = from_plain(VnfInstance, row.vnf_instance)
    vnfcs = instance.instantiated_vnf_info.vnfc_resource_info if instance.instantiated_vnf_info else ()
    return Record(
        name=row.name,
        deployment=deployment_of(row),
        vnfd_id=instance.vnfd_id,
        description=instance.vnf_instance_description,
        metadata=instance.metadata,
        extensions=instance.extensions,
        vnf_configurable_properties=instance.vnf_configurable_properties,
        compute_flavours={v.id: str((v.metadata or {}).get("flavor") or "") for v in vnfcs},
    )


def deployment_of(row: InstanceRow) -> Deployment | None:
    """The deployment that was reached last, None when not instantiated."""
    return from_plain(Deployment, row.deployment) if row.deployment is not None else None


def assets_of(row: InstanceRow | None) -> Assets | None:
    """What was resolved for the instance when it was instantiated."""
    return from_plain(Assets, row.assets) if row is not None and row.assets else None


def ref_of(row: InstanceRow) -> InstanceRef:
    """How the driver finds the instance."""
    return InstanceRef(instance_id=row.id, name=row.name, tenant=row.tenant, stack_id=row.stack_id)


def new_row(ctx: Context, name: str, package: PackageRow) -> InstanceRow:
    """A row for an instance that is not instantiated yet (SOL003 5.4.2.3.1, Create VNF identifier)."""
    instance = VnfInstance(id=str(uuid.uuid4()), vnf_instance_name=name, vnfd_id=package.vnfd_id, **product_of(package))
    return InstanceRow(
        id=instance.id,
        tenant=ctx.tenant,
        name=name,
        vnf_instance=to_plain(instance),
        deployment=None,
        assets={},
        vim={},
        package_id=package.id,
        stack_id=None,
        updated_at=now(),
    )


def product_of(package: PackageRow) -> dict[str, Any]:
    """What a VnfInstance copies from its VNFD (SOL003 5.5.2.2)."""
    head = load_head(package.document)
    return {
        "vnf_provider": head.provider,
        "vnf_product_name": head.product_name,
        "vnf_software_version": head.software_version,
        "vnfd_version": head.descriptor_version,
    }


def with_instance(row: InstanceRow, **fields: Any) -> InstanceRow:
    """The row with fields of its VnfInstance changed."""
    instance = replace(from_plain(VnfInstance, row.vnf_instance), **fields)
    return replace(row, vnf_instance=to_plain(instance), updated_at=now())
