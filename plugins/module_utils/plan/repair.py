# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Repair: from what is broken, or from what a heal asks for, to the steps; nothing else is touched.

What is made anew takes along what is built on it: a network its ports, a port or a volume its server. A server made
anew keeps its ports and volumes, so addresses and data stay.
"""

from __future__ import annotations

from collections.abc import Collection

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Drift, Step
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import Observation
from ansible_collections.nfv.mano.plugins.module_utils.plan.resources import WORDS, Resource, resources, vnfc_of_parts
from ansible_collections.nfv.mano.plugins.module_utils.plan.steps import leftovers
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import HealRequest

Key = tuple[str, str]
Marks = dict[Key, tuple[str, str]]
"""(kind, id) -> (action: create | replace | start, reason)."""


def drift_repair(
    topology: Topology, found: tuple[Drift, ...], observation: Observation, leaving: Collection[Key] = ()
) -> tuple[Step, ...]:
    """The steps that bring the VIM back to the record.

    `leaving`: what a later operation deletes anyway; it is not repaired.
    """
    marks = {key: mark for key, mark in _broken(topology, found).items() if key not in leaving}
    _spread(topology, marks, leaving)
    steps = _steps(topology, marks)
    whole = [
        Step("update", d.kind, d.id, None, "its last change on the VIM failed") for d in found if d.kind == "stack"
    ]
    unknown = {(d.kind, d.id) for d in found if d.what == "unknown"}
    strangers = [s for s in leftovers(topology, observation, "it is not part of this VNF") if (s.kind, s.id) in unknown]
    return (*whole, *steps, *strangers)


def requested_repair(topology: Topology, request: HealRequest, found: tuple[Drift, ...]) -> tuple[Step, ...]:
    """The steps of a heal on request (SOL003 5.4.9): its VNFCs anew, with `all` their storage too, and what of theirs
    is broken.

    Raises vnfc_unknown.
    """
    chosen = _chosen(topology, request)
    broken = _broken(topology, found)
    ports = {("link_port", p.id) for v in topology.vnfcs if v.id in chosen for p in v.ports}
    storages = {("virtual_storage", s.id) for v in topology.vnfcs if v.id in chosen for s in v.storages}
    links = {("virtual_link", p.virtual_link or "") for v in topology.vnfcs if v.id in chosen for p in v.ports}
    marks = {key: mark for key, mark in broken.items() if key in ports | storages | links}
    reason = request.cause or "heal was asked for"
    for key in [("vnfc", vnfc_id) for vnfc_id in chosen] + (sorted(storages) if request.all else []):
        action, why = broken.get(key, ("replace", reason))
        marks[key] = (action, why) if action == "create" else ("replace", reason)
    _spread(topology, marks, ())
    return _steps(topology, marks)


def _chosen(topology: Topology, request: HealRequest) -> tuple[str, ...]:
    known = [vnfc.id for vnfc in topology.vnfcs]
    for vnfc_id in request.vnfc_instance_ids:
        if vnfc_id not in known:
            raise ManoError(
                "vnfc_unknown",
                f"There is no VNFC {vnfc_id}; the VNF has {', '.join(known) or 'none'}.",
                resource=vnfc_id,
            )
    return tuple(v for v in known if not request.vnfc_instance_ids or v in request.vnfc_instance_ids)


def _broken(topology: Topology, found: Collection[Drift]) -> Marks:
    """What each drift asks for. The VIM's own words stay out of the reasons: they may hold ids and times."""
    marks: Marks = {}
    ours, vnfc_of = resources(topology), vnfc_of_parts(topology)
    for d in found:
        key, word = (d.kind, d.id), WORDS.get(d.kind, d.kind)
        if d.what == "detached":
            marks.setdefault(("vnfc", vnfc_of[key]), ("replace", f"its {word} {d.id} is detached"))
        elif key not in ours:
            continue
        elif d.what == "missing":
            marks[key] = ("create", f"{word} is gone")
        elif d.what == "failed":
            marks[key] = ("replace", f"{word} has failed")
        elif d.what == "stopped":
            marks.setdefault(key, ("start", f"{word} is stopped"))
        elif d.what == "changed" and d.kind == "link_port":
            marks[key] = ("replace", d.detail)
    return marks


def _spread(topology: Topology, marks: Marks, leaving: Collection[Key]) -> None:
    """Mark what is built on something made anew; `resources` come in the order of their making, so one pass does."""
    for resource in resources(topology).values():
        if resource.key in leaving or marks.get(resource.key, ("start", ""))[0] in {"create", "replace"}:
            continue
        for kind, id_ in resource.needs:
            if marks.get((kind, id_), ("", ""))[0] in {"create", "replace"}:
                marks[resource.key] = ("replace", f"its {WORDS[kind]} {id_} is made anew")
                break


def _steps(topology: Topology, marks: Marks) -> tuple[Step, ...]:
    """Marked resources in the order of their making; only a replacement loses data, since what is gone was lost."""
    return tuple(
        _step(resource, *marks[resource.key]) for resource in resources(topology).values() if resource.key in marks
    )


def _step(resource: Resource, action: str, reason: str) -> Step:
    lost = resource.data if action == "replace" else None
    return Step(action, resource.kind, resource.id, resource.vdu_id, reason, lost)
