# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which writes lead from what is observed to a topology. Pure."""

from __future__ import annotations

from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import Observation
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Write


def writes(
    before: Topology | None,
    after: Topology | None,
    observation: Observation,
    replace: tuple[tuple[str, str], ...] = (),
    start: tuple[str, ...] = (),
    grace: int = 0,
) -> tuple[Write, ...]:
    """See `Vim.writes`.

    One stack.apply makes, changes and replaces everything; its inverse applies the topology before, or deletes the
    stack when there was none. With nothing left, one stack.delete.
    """
    if after is None:
        delete = Write("stack.delete", "stack")
        return (_shut_down(observation, grace), delete) if grace else (delete,)
    if before is None:
        return (Write("stack.apply", "stack", "after", inverse=Write("stack.delete", "stack")),)
    anew = _closed(after, replace)
    starts = tuple(_start(id_, observation) for id_ in start if ("vnfc", id_) not in anew)
    if starts and not anew and before == after and observation.state == "complete":
        return starts
    args = {"replace": [[kind, id_, _seen_id(observation, kind, id_)] for kind, id_ in anew]} if anew else {}
    apply = Write("stack.apply", "stack", "after", args, inverse=Write("stack.apply", "stack", "before"))
    return (apply, *starts)


def _shut_down(observation: Observation, grace: int) -> Write:
    running = {o.id: o.resource_id for o in observation.resources.values() if o.kind == "vnfc" and o.status == "ok"}
    return Write("server.shut_down", "servers", args={"servers": running, "grace": grace})


def _start(id_: str, observation: Observation) -> Write:
    return Write("server.start", id_, args={"server_id": _seen_id(observation, "vnfc", id_)})


def _seen_id(observation: Observation, kind: str, id_: str) -> str | None:
    """The VIM's id of what is to be replaced: a repeated write finds another in its place and leaves it alone."""
    seen = observation.get(kind, id_)
    return seen.resource_id if seen else None


def _closed(after: Topology, replace: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """What is to be replaced, and the servers of its ports and volumes: Nova attaches both when it makes a server."""
    wanted = set(replace)
    for vnfc in after.vnfcs:
        parts = {("link_port", p.id) for p in vnfc.ports} | {("virtual_storage", s.id) for s in vnfc.storages}
        if wanted & parts:
            wanted.add(("vnfc", vnfc.id))
    given = {("link_port", p.id) for vnfc in after.vnfcs for p in vnfc.ports if p.config.link_port_id}
    return sorted(wanted - given)
