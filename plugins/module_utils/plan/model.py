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
    """Operations in the order in which they run; no operation = nothing to change."""

    operations: tuple[PlannedOperation, ...] = ()
    drift: tuple[Drift, ...] = field(default=())

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the operations: equal plans, equal digests, whichever process made them."""
        text = json.dumps([o.as_dict() for o in self.operations], sort_keys=True, separators=(",", ":"), default=str)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """The `plan` of a result."""
        return {"digest": self.digest, "operations": [o.as_dict() for o in self.operations]}
