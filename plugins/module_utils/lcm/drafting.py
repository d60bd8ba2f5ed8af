# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A draft: the plan for a wish, made from the record and the VIM, with the assets and the grant that it needs. Reads
only.

Check mode ends here, and apply begins here, so both see the same plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.grant.grant import Grant, GrantRequest, Room, grant
from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context
from ansible_collections.nfv.mano.plugins.module_utils.lcm.holding import lease_key
from ansible_collections.nfv.mano.plugins.module_utils.lcm.loading import Loaded, assets_of, record_of, ref_of
from ansible_collections.nfv.mano.plugins.module_utils.lcm.materials import Materials
from ansible_collections.nfv.mano.plugins.module_utils.lcm.vim_choice import choose
from ansible_collections.nfv.mano.plugins.module_utils.plan.derive import plan
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Plan, PlannedOperation, Step
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import NOTHING, Observation
from ansible_collections.nfv.mano.plugins.module_utils.plan.resume import OpenOperation, resume
from ansible_collections.nfv.mano.plugins.module_utils.plan.target import Record
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment, Wish
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import from_plain, to_plain
from ansible_collections.nfv.mano.plugins.module_utils.sol.lcm_op_occ import FAILED_TEMP, UNFINISHED
from ansible_collections.nfv.mano.plugins.module_utils.sol.vnf_pkg_info import DISABLED
from ansible_collections.nfv.mano.plugins.module_utils.store import leases
from ansible_collections.nfv.mano.plugins.module_utils.store.operations import OperationRow
from ansible_collections.nfv.mano.plugins.module_utils.store.vims import VimRow
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Assets, Vim
from ansible_collections.nfv.mano.plugins.module_utils.vim.registry import connect


@dataclass(frozen=True, slots=True)
class Draft:
    """`assets`: one per operation of the plan. An open operation is taken up again by the plan's first one
    (`going_on`), or

    must be rolled back (`taken_back`) or declared FAILED (`given_up`) before the plan begins.
    """

    loaded: Loaded
    plan: Plan
    record: Record | None
    assets: tuple[Assets, ...] = ()
    observation: Observation = NOTHING
    vim_row: VimRow | None = None
    vim: Vim | None = None
    going_on: OperationRow | None = None
    taken_back: OperationRow | None = None
    given_up: OperationRow | None = None
    vnfd_id: str | None = None


def draft(ctx: Context, materials: Materials, wish: Wish, vim_name: str | None, loaded: Loaded) -> Draft:
    """The draft for `wish`; raises what the planner, the driver's resolve and the grant raise, instance_locked and
    package_disabled.
    """
    made = _drafted(ctx, materials, wish, vim_name, loaded)
    begins = any(operation.operation == "INSTANTIATE" for operation in made.plan.operations) and made.going_on is None
    if begins or made.plan.create_record:
        _check_enabled(materials, made)
    return made


def _check_enabled(materials: Materials, made: Draft) -> None:
    """A disabled package is for the VNFs that there are, not for further ones (SOL003 10.5.4.4)."""
    targets = [operation.after.vnfd_id for operation in made.plan.operations if operation.after is not None]
    vnfd_id = targets[0] if targets else made.vnfd_id
    if vnfd_id is not None and materials.package(vnfd_id).info["operational_state"] == DISABLED:
        raise ManoError(
            "package_disabled",
            f"Package {vnfd_id} is disabled, so VNF '{made.plan.name}' can't be made from it; enable it with "
            "nfv.mano.vnf_package.",
            resource=vnfd_id,
        )


def _drafted(ctx: Context, materials: Materials, wish: Wish, vim_name: str | None, loaded: Loaded) -> Draft:
    record = record_of(loaded.row)
    if loaded.open_operation is None and (record is None or record.deployment is None) and wish.state != "instantiated":
        return Draft(loaded, plan(wish, record, materials.flavour_of, None), record, vnfd_id=wish.vnfd_id)
    if loaded.row is None:
        plan(wish, None, materials.flavour_of, None)  # what is wrong with the wish itself is told before a VIM is asked
    return _prepared(materials, _planned(wish, materials, _seen(ctx, materials, wish.name, vim_name, loaded, record)))


def retry_draft(ctx: Context, materials: Materials, loaded: Loaded) -> Draft:
    """The draft that takes the open operation up again and does nothing else; without one, an empty draft."""
    record, operation = record_of(loaded.row), loaded.open_operation
    if loaded.row is None or operation is None or operation.state not in UNFINISHED:
        return Draft(loaded, Plan(), record)
    made = _seen(ctx, materials, loaded.row.name, None, loaded, record)
    again = _again(operation, _deployment(operation.before), _deployment(operation.after))
    return _prepared(materials, replace(made, plan=Plan((again,), name=loaded.row.name), going_on=operation))


def _seen(
    ctx: Context, materials: Materials, name: str, vim_name: str | None, loaded: Loaded, record: Record | None
) -> Draft:
    """A draft without a plan yet: the VIM chosen, connected and looked at. Raises instance_locked while an operation
    runs.
    """
    operation = loaded.open_operation
    if operation is not None and operation.state != FAILED_TEMP:
        leases.check_free(ctx.store, lease_key(ctx.tenant, name))
    bound = operation is not None or (record is not None and record.deployment is not None)
    vim_row = choose(ctx, vim_name, loaded.row if bound else None)
    vim = connect(vim_row.type, vim_row.access)
    seen = NOTHING
    if loaded.row is not None and bound:
        expected = (record.deployment if record else None) or _target(operation)
        seen = vim.observe(ref_of(loaded.row), materials.topology_of(expected))
    return Draft(loaded, Plan(), record, observation=seen, vim_row=vim_row, vim=vim)


def _target(operation: OperationRow | None) -> Deployment | None:
    """What an open operation leads to, or comes from when it leads to nothing."""
    return (_deployment(operation.after) or _deployment(operation.before)) if operation is not None else None


def _planned(wish: Wish, materials: Materials, made: Draft) -> Draft:
    """With the plan; where an operation is open, what becomes of that first and then what the wish still needs."""
    operation, record = made.loaded.open_operation, made.record
    if operation is None or record is None:
        return replace(made, plan=plan(wish, record, materials.flavour_of, made.observation))
    before, after = _deployment(operation.before), _deployment(operation.after)
    params = operation.occ["operation_params"]
    opened = OpenOperation(operation.id, operation.operation, operation.state, params, before, after)
    action = resume(wish, opened, record, materials.flavour_of).action
    if action == "fail":
        reached = replace(record, deployment=record.deployment or after or before)
        return replace(made, plan=plan(wish, reached, materials.flavour_of, made.observation), given_up=operation)
    later = replace(wish, drift="ignore")
    if action == "rollback":
        rest = plan(later, replace(record, deployment=before), materials.flavour_of, None)
        return replace(made, plan=rest, taken_back=operation)
    again = _again(operation, before, after)
    if wish.heal is not None or wish.scale_steps is not None:
        return replace(made, plan=Plan((again,), name=wish.name), going_on=operation)
    rest = plan(later, replace(record, deployment=after), materials.flavour_of, None)
    return replace(made, plan=replace(rest, operations=(again, *rest.operations)), going_on=operation)


def _again(operation: OperationRow, before: Deployment | None, after: Deployment | None) -> PlannedOperation:
    steps = tuple(from_plain(Step, step) for step in operation.detail["steps"])
    return PlannedOperation(operation.operation, operation.occ["operation_params"], steps, before, after)


def _deployment(plain: Any) -> Deployment | None:
    return from_plain(Deployment, plain) if plain is not None else None


def _prepared(materials: Materials, made: Draft) -> Draft:
    """Each operation with the assets that it needs found, room granted for it, and its steps told."""
    operations: list[PlannedOperation] = []
    assets: list[Assets] = []
    known = assets_of(made.loaded.row) if made.record and made.record.deployment else None
    for operation in made.plan.operations:
        found = known or assets_of(made.loaded.row) or Assets()
        if made.going_on is not None and not operations:
            # The same images under the same ids: what an earlier attempt has begun to upload is not forgotten.
            found = from_plain(Assets, made.going_on.detail["assets"])
        elif operation.after is not None and operation.operation != "MODIFY_INFO":
            operation, found = _granted(materials, made, operation, known)  # noqa: PLW2901
        elif operation.after is None:
            operation = replace(operation, steps=(*operation.steps, *_disposal(found)))  # noqa: PLW2901
        operations.append(operation)
        assets.append(found)
        known = replace(found, missing=(), steps=())
    return replace(made, plan=replace(made.plan, operations=tuple(operations)), assets=tuple(assets))


def _disposal(assets: Assets) -> tuple[Step, ...]:
    """What goes with the VNF because it was made for it."""
    reason = "made for this VNF; it stays while another uses it"
    return tuple(Step("delete", write.args["kind"], write.target, None, reason) for write in assets.disposal)


def _granted(
    materials: Materials, made: Draft, operation: PlannedOperation, known: Assets | None
) -> tuple[PlannedOperation, Assets]:
    """The operation with its grant (SOL003 9): assets found, quota there, and a zone for each new VNFC."""
    topology, before = materials.topology_of(operation.after), materials.topology_of(operation.before)
    if made.vim is None or made.vim_row is None or topology is None or operation.after is None:
        raise ManoError("internal_error", f"{operation.operation} was planned without a VIM.")
    found = made.vim.resolve(topology, known)
    need = to_plain(made.vim.need(topology, before))
    if any(need.values()):
        capacity = made.vim.capacity()
        room = Room(left=capacity.left, zones=capacity.zones, allowed=made.vim_row.zones)
        rules = materials.flavour_of(operation.after).placement_rules
        granted = grant(_request(need, topology, before, rules, operation.after), room)
        operation = replace(operation, after=_with_zones(operation.after, granted))
    known_steps = {(step.kind, step.id) for step in operation.steps}
    new = tuple(step for step in found.steps if (step.kind, step.id) not in known_steps)
    return replace(operation, steps=(*new, *operation.steps)), found


def _request(
    need: dict[str, int], topology: Topology, before: Topology | None, rules: Any, after: Deployment
) -> GrantRequest:
    return GrantRequest(
        need=need,
        vnfcs=tuple((vnfc.id, vnfc.vdu.id) for vnfc in topology.vnfcs),
        rules=rules,
        existing=frozenset(vnfc.id for vnfc in before.vnfcs) if before else frozenset(),
        recorded=after.zones,
    )


def _with_zones(deployment: Deployment, granted: Grant) -> Deployment:
    return replace(deployment, zones=dict(granted.zones))
