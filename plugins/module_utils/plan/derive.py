# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The planner: from wish, record and observation to the plan. Pure; the same inputs give the same plan in any process.

Order: [HEAL of drift] [SCALE | SCALE_TO_LEVEL] [MODIFY_INFO], or INSTANTIATE, or TERMINATE and the removal of the
record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.levels import scale_levels_at
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan import params
from ansible_collections.nfv.mano.plugins.module_utils.plan.build import vnfc_counts
from ansible_collections.nfv.mano.plugins.module_utils.plan.drift import drift
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Drift, Plan, PlannedOperation, Step
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import Observation
from ansible_collections.nfv.mano.plugins.module_utils.plan.repair import drift_repair, requested_repair
from ansible_collections.nfv.mano.plugins.module_utils.plan.resources import resources
from ansible_collections.nfv.mano.plugins.module_utils.plan.steps import changes, leftovers
from ansible_collections.nfv.mano.plugins.module_utils.plan.target import (
    FlavourFor,
    Record,
    changed_aspects,
    first_deployment,
    scaled_deployment,
    topology_for,
    wished_deployment,
)
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment, HealRequest, Wish

__all__ = ["FlavourFor", "Record", "merge_patch", "plan"]


def plan(wish: Wish, record: Record | None, flavour_for: FlavourFor, observation: Observation | None) -> Plan:
    """What leads from record and observation to the wish.

    `observation` None: the VIM was not looked at. Raises vnfd_id_missing, instance_unknown, not_instantiated,
    change_not_supported, vnfc_unknown, aspect_unknown, scale_out_of_range, and what building the topology raises.
    """
    if wish.heal is not None or wish.scale_steps is not None:
        return _imperative(wish, record, flavour_for, observation)
    if wish.state != "instantiated":
        return _ending(wish, record, flavour_for, observation)
    if record is None or record.deployment is None:
        return _beginning(wish, record, flavour_for)
    return _keeping(wish, record, record.deployment, flavour_for, observation)


def _beginning(wish: Wish, record: Record | None, flavour_for: FlavourFor) -> Plan:
    """INSTANTIATE, after MODIFY_INFO where the identifier is there with other values."""
    vnfd_id = _vnfd_id(wish, record)
    deployment = first_deployment(wish, vnfd_id, flavour_for)
    level_scale = scale_levels_at(flavour_for(deployment), deployment.instantiation_level_id)
    steps = changes(None, topology_for(deployment, flavour_for), "part of the VNF")
    instantiate = PlannedOperation(
        "INSTANTIATE", params.instantiate(deployment, wish, level_scale), steps, before=None, after=deployment
    )
    carried = replace(wish, extensions=None, vnf_configurable_properties=None)
    modify = _modify(carried, record, None) if record else ()
    return Plan(operations=(*modify, instantiate), name=wish.name, create_record=record is None)


def _ending(wish: Wish, record: Record | None, flavour_for: FlavourFor, observation: Observation | None) -> Plan:
    """TERMINATE of what runs or was left behind, and the identifier made, changed or removed."""
    absent = wish.state == "absent"
    if record is None:
        if not absent:
            _vnfd_id(wish, None)
        return Plan(name=wish.name, create_record=not absent)
    operations: tuple[PlannedOperation, ...] = ()
    if record.deployment is not None or (observation is not None and observation.exists):
        known = topology_for(record.deployment, flavour_for)
        steps = (*leftovers(known, observation, "left behind"), *changes(known, None, "termination", observation))
        operations = (
            PlannedOperation("TERMINATE", params.terminate(wish), steps, before=record.deployment, after=None),
        )
    if not absent:
        operations += _modify(wish, record, None)
    return Plan(operations=operations, name=wish.name, remove_record=absent)


def _keeping(
    wish: Wish, record: Record, current: Deployment, flavour_for: FlavourFor, observation: Observation | None
) -> Plan:
    """HEAL, SCALE or SCALE_TO_LEVEL, and MODIFY_INFO of a VNF that runs."""
    target = wished_deployment(wish, current, flavour_for)
    before = topology_for(current, flavour_for) if observation is not None or target != current else None
    after = before if target == current else topology_for(target, flavour_for)
    found = _drift(wish, record, before, observation)
    operations: list[PlannedOperation] = []
    if before and observation and found and wish.drift == "repair":
        leaving = set(resources(before)) - set(resources(after))
        operations += _heal_of_drift(current, drift_repair(before, found, observation, leaving))
    if target != current:
        operations.append(_scale(wish, flavour_for(current), current, target, changes(before, after, "", observation)))
    operations += _modify(wish, record, target)
    return Plan(operations=tuple(operations), drift=found, name=wish.name)


def _imperative(wish: Wish, record: Record | None, flavour_for: FlavourFor, observation: Observation | None) -> Plan:
    """vnf_scale and vnf_heal: one operation, whatever else may be wrong; drift is told, not repaired."""
    verb = "healed" if wish.heal is not None else "scaled"
    if record is None:
        raise ManoError(
            "instance_unknown",
            f"There is no VNF {wish.name} to be {verb}; check the name and the tenant.",
            resource=wish.name,
        )
    current = record.deployment
    if current is None:
        raise ManoError(
            "not_instantiated",
            f"VNF {wish.name} is not instantiated, so it cannot be {verb}; instantiate it with vnf_instance first.",
            resource=wish.name,
        )
    before = topology_for(current, flavour_for)
    found = _drift(replace(wish, drift="report"), record, before, observation)
    if wish.heal is not None and before is not None:
        steps = requested_repair(before, wish.heal, found)
        operation = PlannedOperation("HEAL", params.heal(wish.heal), steps, before=current, after=current)
    else:
        aspect_id, count = wish.scale_steps or ("", 0)
        target = scaled_deployment(current, aspect_id, count, flavour_for)
        steps = changes(before, topology_for(target, flavour_for), "", observation)
        operation = _scale(wish, flavour_for(current), current, target, steps)
    return Plan(operations=(operation,), drift=found, name=wish.name)


def _drift(wish: Wish, record: Record, topology: Topology | None, observation: Observation | None) -> tuple[Drift, ...]:
    if topology is None or observation is None or wish.drift == "ignore":
        return ()
    return drift(record.name, topology, observation, record.compute_flavours)


def _heal_of_drift(current: Deployment, steps: tuple[Step, ...]) -> list[PlannedOperation]:
    if not steps:
        return []
    vnfcs = tuple(sorted(s.id for s in steps if s.kind == "vnfc" and s.action != "delete"))
    request = HealRequest(vnfc_instance_ids=vnfcs, cause="drift")
    return [PlannedOperation("HEAL", params.heal(request), steps, before=current, after=current)]


def _scale(
    wish: Wish, flavour: Flavour, current: Deployment, target: Deployment, steps: tuple[Step, ...]
) -> PlannedOperation:
    """SCALE where one aspect moves and explains all, else SCALE_TO_LEVEL (SOL003 5.4.5, 5.4.6)."""
    moved = changed_aspects(current, target)
    by_aspect = replace(current, scale_levels=target.scale_levels)
    if len(moved) == 1 and vnfc_counts(flavour, by_aspect) == vnfc_counts(flavour, target):
        was, now = current.scale_levels.get(moved[0], 0), target.scale_levels[moved[0]]
        operation, body = "SCALE", params.scale(moved[0], now - was)
        reason = f"aspect {moved[0]} from level {was} to {now}"
    else:
        operation, body, reason = "SCALE_TO_LEVEL", *_to_level(wish, flavour, target)
    named = tuple(replace(s, reason=reason) for s in steps)
    return PlannedOperation(operation, body, named, before=current, after=target)


def _to_level(wish: Wish, flavour: Flavour, target: Deployment) -> tuple[dict[str, Any], str]:
    level = wish.instantiation_level_id
    if level and dict(target.scale_levels) == scale_levels_at(flavour, level):
        return {"instantiation_level_id": level}, f"instantiation level {level}"
    text = ", ".join(f"{a} {n}" for a, n in sorted(target.scale_levels.items()))
    return {"scale_info": params.scale_info(target.scale_levels)}, f"scale levels {text}"


def _modify(wish: Wish, record: Record, deployment: Deployment | None) -> tuple[PlannedOperation, ...]:
    """MODIFY_INFO with what differs (SOL003 5.4.3.3.4: maps are merged, null deletes a key, RFC 7396)."""
    body: dict[str, Any] = {}
    if deployment is None and wish.vnfd_id not in (None, record.vnfd_id):
        body["vnfd_id"] = wish.vnfd_id
    if wish.description not in (None, record.description):
        body["vnf_instance_description"] = wish.description
    for name in ("vnf_configurable_properties", "metadata", "extensions"):
        patch, recorded = getattr(wish, name), getattr(record, name)
        if patch is not None and merge_patch(recorded, patch) != dict(recorded):
            body[name] = dict(patch)
    if not body:
        return ()
    step = Step("update", "vnf_instance", record.name, None, f"{', '.join(sorted(body))} as wished")
    return (PlannedOperation("MODIFY_INFO", body, (step,), before=deployment, after=deployment),)


def merge_patch(recorded: Any, patch: Any) -> Any:
    """RFC 7396: maps are merged key by key, null deletes, anything else replaces."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(recorded) if isinstance(recorded, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge_patch(result.get(key), value)
    return result


def _vnfd_id(wish: Wish, record: Record | None) -> str:
    vnfd_id = wish.vnfd_id or (record.vnfd_id if record else None)
    if vnfd_id is None:
        raise ManoError(
            "vnfd_id_missing",
            f"VNF {wish.name} does not exist yet and no vnfd_id was given; name the package's vnfd_id to make it.",
            resource=wish.name,
        )
    return vnfd_id
