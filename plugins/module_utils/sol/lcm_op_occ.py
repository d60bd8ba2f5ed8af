# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VnfLcmOpOcc, one run of a life-cycle operation (ETSI GS NFV-SOL 003 v2.6.1, 5.5.2.13), and its states (5.6.2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.sol.vnf_instance import (
    ExtVirtualLinkInfo,
    ResourceHandle,
    VimConnectionInfo,
)

STARTING = "STARTING"
PROCESSING = "PROCESSING"
COMPLETED = "COMPLETED"
FAILED_TEMP = "FAILED_TEMP"
FAILED = "FAILED"
ROLLING_BACK = "ROLLING_BACK"
ROLLED_BACK = "ROLLED_BACK"

UNFINISHED = (STARTING, PROCESSING, ROLLING_BACK, FAILED_TEMP)
"""The states in which an operation keeps its instance for itself."""

TRANSITIONS: Mapping[str, frozenset[str]] = {
    STARTING: frozenset({PROCESSING, ROLLED_BACK}),
    PROCESSING: frozenset({COMPLETED, FAILED_TEMP}),
    FAILED_TEMP: frozenset({PROCESSING, ROLLING_BACK, FAILED}),
    ROLLING_BACK: frozenset({ROLLED_BACK, FAILED_TEMP}),
    COMPLETED: frozenset(),
    FAILED: frozenset(),
    ROLLED_BACK: frozenset(),
}

TASKS: Mapping[str, str] = {"retry": PROCESSING, "rollback": ROLLING_BACK, "fail": FAILED}
"""Task on an operation in FAILED_TEMP -> the state that it leads to (5.4.14 to 5.4.16)."""

ADDED = "ADDED"
REMOVED = "REMOVED"
MODIFIED = "MODIFIED"
TEMPORARY = "TEMPORARY"
LINK_PORT_ADDED = "LINK_PORT_ADDED"
LINK_PORT_REMOVED = "LINK_PORT_REMOVED"


@dataclass(frozen=True, slots=True)
class ProblemDetails:
    """Why an operation failed (RFC 7807; SOL013 6.3); `status` is the HTTP status that an API would have answered."""

    status: int
    detail: str
    title: str | None = None
    type: str | None = None
    instance: str | None = None


@dataclass(frozen=True, slots=True)
class AffectedVnfc:
    """A VNFC that the operation changed (5.5.3.13); change_type ADDED | REMOVED | MODIFIED | TEMPORARY."""

    id: str
    vdu_id: str
    change_type: str
    compute_resource: ResourceHandle
    metadata: Mapping[str, Any] = field(default_factory=dict)
    affected_vnfc_cp_ids: tuple[str, ...] = ()
    added_storage_resource_ids: tuple[str, ...] = ()
    removed_storage_resource_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AffectedVirtualLink:
    """A virtual link that the operation changed (5.5.3.14); change_type also LINK_PORT_ADDED | LINK_PORT_REMOVED."""

    id: str
    virtual_link_desc_id: str
    change_type: str
    network_resource: ResourceHandle
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AffectedVirtualStorage:
    """A virtual storage that the operation changed (5.5.3.15)."""

    id: str
    virtual_storage_desc_id: str
    change_type: str
    storage_resource: ResourceHandle
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResourceChanges:
    """What the operation changed on the VIM (5.5.2.13)."""

    affected_vnfcs: tuple[AffectedVnfc, ...] = ()
    affected_virtual_links: tuple[AffectedVirtualLink, ...] = ()
    affected_virtual_storages: tuple[AffectedVirtualStorage, ...] = ()


@dataclass(frozen=True, slots=True)
class VnfInfoModifications:
    """What MODIFY_INFO, or an operation on its way, changed in the record (5.5.2.12a)."""

    vnf_instance_name: str | None = None
    vnf_instance_description: str | None = None
    vnf_configurable_properties: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    extensions: Mapping[str, Any] = field(default_factory=dict)
    vim_connection_info: tuple[VimConnectionInfo, ...] = ()
    vnf_pkg_id: str | None = None
    vnfd_id: str | None = None
    vnf_provider: str | None = None
    vnf_product_name: str | None = None
    vnf_software_version: str | None = None
    vnfd_version: str | None = None


@dataclass(frozen=True, slots=True)
class VnfLcmOpOcc:
    """An operation occurrence (5.5.2.13). Times ISO 8601 UTC; `operation_params` is the request body in snake_case."""

    id: str
    operation_state: str
    state_entered_time: str
    start_time: str
    vnf_instance_id: str
    operation: str
    operation_params: Mapping[str, Any]
    is_automatic_invocation: bool = False
    is_cancel_pending: bool = False
    cancel_mode: str | None = None
    grant_id: str | None = None
    error: ProblemDetails | None = None
    resource_changes: ResourceChanges | None = None
    changed_info: VnfInfoModifications | None = None
    changed_ext_connectivity: tuple[ExtVirtualLinkInfo, ...] = ()


def initial_state(operation: str) -> str:
    """The state in which an operation begins: MODIFY_INFO asks for no grant, so it has no STARTING (5.5.2.12)."""
    return PROCESSING if operation == "MODIFY_INFO" else STARTING


def may_follow(state: str, then: str) -> bool:
    """Whether an operation in `state` may go to the state `then` (5.6.2.2)."""
    return then in TRANSITIONS[state]


def entered(occ: VnfLcmOpOcc, state: str, at: str, error: ProblemDetails | None = None) -> VnfLcmOpOcc:
    """The occurrence in its next state, entered at time `at`; its error stays with it until it completes (5.5.2.13).

    Raises ManoError operation_state_conflict when the standard knows no such way.
    """
    if not may_follow(occ.operation_state, state):
        raise ManoError(
            "operation_state_conflict",
            f"Operation {occ.operation} {occ.id} is {occ.operation_state} and cannot become {state}.",
            operation_id=occ.id,
        )
    kept = None if state == COMPLETED else error or occ.error
    return replace(occ, operation_state=state, state_entered_time=at, error=kept)


def check_task(occ: VnfLcmOpOcc, task: str) -> str:
    """The state that a `retry`, `rollback` or `fail` leads to; raises operation_state_conflict outside FAILED_TEMP."""
    if occ.operation_state != FAILED_TEMP:
        raise ManoError(
            "operation_state_conflict",
            f"Operation {occ.operation} {occ.id} is {occ.operation_state}; {task} is for {FAILED_TEMP} only.",
            operation_id=occ.id,
        )
    return TASKS[task]
