# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operation occurrences as they are told: each with its writes to the VIM and the time that they took."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context
from ansible_collections.nfv.mano.plugins.module_utils.store import instances, journal, operations
from ansible_collections.nfv.mano.plugins.module_utils.store.journal import JournalRow
from ansible_collections.nfv.mano.plugins.module_utils.store.operations import OperationRow


def list_operations(
    ctx: Context, id_: str | None = None, vnf_instance: str | None = None, state: str | None = None
) -> list[dict[str, Any]]:
    """The occurrences that match, oldest first; `vnf_instance` is a name or an id."""
    return [_told(ctx, row) for row in _rows(ctx, id_, vnf_instance, state)]


def _rows(ctx: Context, id_: str | None, vnf_instance: str | None, state: str | None) -> tuple[OperationRow, ...]:
    instance_id = vnf_instance
    if vnf_instance is not None:
        named = instances.get(ctx.store, ctx.tenant, name=vnf_instance)
        # Operations outlive their instance, whose name is gone by then: an id finds them all the same.
        instance_id = named.id if named is not None else vnf_instance
    if id_ is None:
        return operations.listing(ctx.store, ctx.tenant, instance_id=instance_id, state=state)
    row = operations.get(ctx.store, ctx.tenant, id_)
    if row is None or instance_id not in (None, row.instance_id) or state not in (None, row.state):
        return ()
    return (row,)


def _told(ctx: Context, row: OperationRow) -> dict[str, Any]:
    return {**row.occ, "steps": [_step(entry) for entry in journal.entries(ctx.store, row.id)]}


def _step(entry: JournalRow) -> dict[str, Any]:
    error: Mapping[str, Any] = entry.result.get("error") or {}
    return {
        "action": entry.write["action"],
        "target": entry.write["target"],
        "state": entry.state,
        "started_at": entry.started_at,
        "finished_at": entry.finished_at,
        "seconds": _seconds(entry.started_at, entry.finished_at),
        **({"error": error["msg"]} if "msg" in error else {}),
    }


def _seconds(start: str, end: str | None) -> float | None:
    if end is None:
        return None
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()
