# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps: what happens to each resource, from comparing two topologies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Plan, PlannedOperation, Step
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import KINDS, Observation, Observed
from ansible_collections.nfv.mano.plugins.module_utils.plan.resources import (
    CREATION_ORDER,
    Resource,
    resources,
    vnfc_of_parts,
    volume_text,
)
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology

_GIB = 1 << 30


def changes(
    before: Topology | None, after: Topology | None, reason: str, observation: Observation | None = None
) -> tuple[Step, ...]:
    """What `after` has beyond `before` is made, links first; what it lacks is deleted, servers first.

    With an observation, a resource that is gone already loses no data when its record is deleted.
    """
    old, new = resources(before), resources(after)
    made = [_step("create", r, reason) for key, r in new.items() if key not in old]
    gone = [deletion(r, reason, observation) for key, r in reversed(old.items()) if key not in new]
    return (*made, *gone)


def leftovers(known: Topology | None, observation: Observation | None, reason: str) -> tuple[Step, ...]:
    """Deletion of what the VIM shows of this VNF and `known` does not have, servers first."""
    if observation is None:
        return ()
    expected = {*resources(known), *(vnfc_of_parts(known) if known else ())}
    found = [
        o
        for key, o in observation.resources.items()
        if key not in expected and o.kind in KINDS and o.status != "missing"
    ]
    order = {kind: n for n, kind in enumerate(reversed(CREATION_ORDER))}
    return tuple(unexpected(o, reason) for o in sorted(found, key=lambda o: (order[o.kind], o.id)))


def unexpected(seen: Observed, reason: str) -> Step:
    """Deletion of a resource that only the VIM knows."""
    data = None
    if seen.kind == "virtual_storage":
        size = seen.attributes.get("size")
        data = volume_text(seen.id, int(size) * _GIB) if size else f"volume {seen.id}"
    elif seen.kind == "vnfc":
        data = f"local disk of {seen.id}"
    return Step("delete", seen.kind, seen.id, None, reason, data)


def deletion(resource: Resource, reason: str, observation: Observation | None = None) -> Step:
    """Deletion of a resource, with the data that goes with it."""
    seen = observation.get(*resource.key) if observation else None
    gone = observation is not None and (seen is None or seen.status == "missing")
    return Step("delete", resource.kind, resource.id, resource.vdu_id, reason, None if gone else resource.data)


def _step(action: str, resource: Resource, reason: str) -> Step:
    return Step(action, resource.kind, resource.id, resource.vdu_id, reason)


def replacements(operation: PlannedOperation) -> tuple[tuple[str, str], ...]:
    """(kind, id) of what the driver must make anew in an unchanged topology: the broken, and what hangs on it."""
    if operation.operation != "HEAL":
        return ()
    return tuple((s.kind, s.id) for s in operation.steps if s.action in {"create", "replace"} and s.kind in KINDS)


def starts(operation: PlannedOperation) -> tuple[str, ...]:
    """VNFC ids of the servers that are there but stopped, and are to be started."""
    return tuple(s.id for s in operation.steps if s.action == "start" and s.kind == "vnfc")


def with_asset_steps(plan: Plan, steps: Iterable[Step]) -> Plan:
    """The plan with the making of images and flavours put before the first operation that leaves something running."""
    extra = tuple(steps)
    for n, operation in enumerate(plan.operations):
        if extra and operation.after is not None and operation.operation != "MODIFY_INFO":
            first = replace(operation, steps=extra + operation.steps)
            return replace(plan, operations=(*plan.operations[:n], first, *plan.operations[n + 1 :]))
    return plan
