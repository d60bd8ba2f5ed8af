# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan: the operations that will run and the steps of each, as the play sees them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one resource. `data_loss` names what is lost for good, or is None."""

    action: str  # create | update | replace | delete | start | stop
    kind: str  # vnfc | virtual_link | link_port | virtual_storage | stack | sw_image | compute_flavour | ...
    id: str
    vdu_id: str | None
    reason: str
    data_loss: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The keys of a `steps` entry in a result."""
        return {
            "action": self.action,
            "kind": self.kind,
            "id": self.id,
            "vdu_id": self.vdu_id,
            "reason": self.reason,
            "data_loss": self.data_loss,
        }


@dataclass(frozen=True, slots=True)
class PlannedOperation:
    """One life-cycle operation: SOL003 name and request body (snake_case), its steps, and the deployments around it.

    `before` None: nothing is instantiated yet; `after` None: nothing will be.
    """

    operation: str  # INSTANTIATE | SCALE | SCALE_TO_LEVEL | HEAL | MODIFY_INFO | TERMINATE
    params: Mapping[str, Any]
    steps: tuple[Step, ...]
    before: Deployment | None
    after: Deployment | None

    def as_dict(self) -> dict[str, Any]:
        """The keys of an `operations` entry of a plan in a result."""
        return {"operation": self.operation, "params": dict(self.params), "steps": [s.as_dict() for s in self.steps]}


@dataclass(frozen=True, slots=True)
class Drift:
    """A difference between record and VIM. what: missing | failed | stopped | detached | changed | unknown."""

    kind: str
    id: str
    vdu_id: str | None
    what: str
    detail: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The keys of a `drift` entry in a result."""
        return {"kind": self.kind, "id": self.id, "vdu_id": self.vdu_id, "what": self.what, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Plan:
    """Operations in the order in which they run, and what happens to the record of the VNF `name`.

    `create_record` makes the VNF's identifier (SOL003 5.4.2.3.1) before the operations, `remove_record` deletes it
    (5.4.3.3.5) after them. Neither is an operation occurrence: a result shows them as a step of the first or last
    operation or, without one, alone.
    """

    operations: tuple[PlannedOperation, ...] = ()
    drift: tuple[Drift, ...] = field(default=())
    name: str = ""
    create_record: bool = False
    remove_record: bool = False

    @property
    def changes(self) -> bool:
        """Whether anything will be written, to the VIM or to the store."""
        return bool(self.operations) or self.create_record or self.remove_record

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the operations: equal plans, equal digests, whatever process made them."""
        text = json.dumps(self._entries(), sort_keys=True, separators=(",", ":"), default=str)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """The `plan` of a result."""
        return {"digest": self.digest, "operations": self._entries()}

    def _entries(self) -> list[dict[str, Any]]:
        entries = [o.as_dict() for o in self.operations]
        if self.create_record:
            step = self._record_step("create")
            if not entries:
                return [{"operation": "CREATE_IDENTIFIER", "params": {}, "steps": [step]}]
            entries[0]["steps"].insert(0, step)
        if self.remove_record:
            step = self._record_step("delete")
            if not entries:
                return [{"operation": "DELETE_IDENTIFIER", "params": {}, "steps": [step]}]
            entries[-1]["steps"].append(step)
        return entries

    def _record_step(self, action: str) -> dict[str, Any]:
        return Step(action, "vnf_instance", self.name, None, "identifier and record of the VNF").as_dict()
