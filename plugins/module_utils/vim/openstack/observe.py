# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The instance as OpenStack shows it: the stack and one list call per service, at the same time.

The lists alone suffice while everything is as it should be. Only when something is missing, twice there or failed does
Heat's own list of resources settle it: it knows the id of each resource, and what is no longer under our name or mark
is then looked up by its id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import NOTHING, Observation, Observed
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import names
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.seen import Listed, seen
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.session import Cloud
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import InstanceRef

_BY_ID: Mapping[str, tuple[str, str, str]] = {
    "vnfc": ("compute", "/servers", "server"),
    "link_port": ("network", "/ports", "port"),
    "virtual_storage": ("block-storage", "/volumes", "volume"),
    "virtual_link": ("network", "/networks", "network"),
}

_NEUTRON = ("ports", "networks", "routers", "security-groups")


def observe(cloud: Cloud, ref: InstanceRef, topology: Topology | None) -> Observation:
    """See `Vim.observe`."""
    cloud.login()  # once, before the threads
    with ThreadPoolExecutor(max_workers=6) as pool:
        stack_call = pool.submit(find_stack, cloud, ref)
        calls = {key: pool.submit(call) for key, call in _calls(cloud, ref, topology).items()}
        stack = stack_call.result()
        listed: Listed = {key: call.result() for key, call in calls.items()}
    if stack is None and not any(listed[kind] for kind in _BY_ID if kind in listed):
        return NOTHING
    state, reason = state_of(stack)
    found, odd = seen(listed, topology)
    if stack is not None and (odd or state == "failed"):
        found = _settled(cloud, stack, listed, topology)
    return Observation(
        exists=stack is not None, state=state, reason=reason, resources={(o.kind, o.id): o for o in found}
    )


def find_stack(cloud: Cloud, ref: InstanceRef) -> dict[str, Any] | None:
    """The instance's stack, or None. A deleted one can be read by its id for a while: it counts as none."""
    paths = [names.stack_path(ref)] if ref.stack_id else []
    for path in [*paths, f"/stacks/{names.stack_name(ref)}"]:
        answer = cloud.find("orchestration", path, resolve_outputs="false")
        if answer is not None and answer["stack"]["stack_status"] != "DELETE_COMPLETE":
            return dict(answer["stack"])
    return None


def state_of(stack: Mapping[str, Any] | None) -> tuple[str, str]:
    """(absent | complete | failed | busy, the reason that Heat gives)."""
    if stack is None:
        return "absent", ""
    status = str(stack["stack_status"])
    reason = str(stack.get("stack_status_reason") or "")
    if status.endswith("_IN_PROGRESS"):
        return "busy", reason
    return ("complete", "") if status.endswith("_COMPLETE") else ("failed", reason)


def stack_resources(cloud: Cloud, stack: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Heat's list of the stack's resources."""
    return cloud.listed("orchestration", f"/stacks/{stack['stack_name']}/{stack['id']}/resources", "resources")


def _calls(cloud: Cloud, ref: InstanceRef, topology: Topology | None) -> dict[str, Callable[[], list[dict[str, Any]]]]:
    """Kind -> the call that lists it; nothing is listed that the topology does not have."""
    mark = names.description(ref)
    calls: dict[str, Callable[[], list[dict[str, Any]]]] = {
        "vnfc": lambda: servers(cloud, ref),
        "link_port": lambda: _named(ref, "link_port", cloud.listed("network", "/ports", "ports", description=mark)),
    }
    if topology is None or any(vnfc.storages for vnfc in topology.vnfcs):
        calls["virtual_storage"] = lambda: _volumes(cloud, ref)
    if topology is None or topology.virtual_links:
        calls["virtual_link"] = lambda: _named(
            ref, "virtual_link", cloud.listed("network", "/networks", "networks", description=mark)
        )
    given = given_ports(topology)
    if given:
        calls["given_port"] = lambda: cloud.listed("network", "/ports", "ports", id=given)
    return calls


def servers(cloud: Cloud, ref: InstanceRef) -> list[dict[str, Any]]:
    """Nova filters by name (a tag would cost Heat two requests for each server); the metadata then tells whose they
    are.
    """
    listed = cloud.listed(
        "compute", "/servers/detail", "servers", name="^" + names.display(ref.name + "-").replace(".", "[.]")
    )
    return [s for s in listed if s["metadata"].get(names.INSTANCE_KEY) == ref.instance_id]


def _named(ref: InstanceRef, kind: str, listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entry | {"nfv_mano_id": names.id_of_name(ref, kind, entry["name"])} for entry in listed]


def _volumes(cloud: Cloud, ref: InstanceRef) -> list[dict[str, Any]]:
    if not cloud.has("block-storage"):
        return []
    query = f"{{'{names.INSTANCE_KEY}': '{ref.instance_id}'}}"
    listed = cloud.listed("block-storage", "/volumes/detail", "volumes", metadata=query)
    return [v for v in listed if v["metadata"].get(names.INSTANCE_KEY) == ref.instance_id]


def owned(cloud: Cloud, ref: InstanceRef) -> dict[str, list[dict[str, Any]]]:
    """Everything that carries the instance's mark, by the collection it is in."""
    mark = names.description(ref)
    found = {path: cloud.listed("network", f"/{path}", path.replace("-", "_"), description=mark) for path in _NEUTRON}
    return found | {"servers": servers(cloud, ref), "volumes": _volumes(cloud, ref)}


def given_ports(topology: Topology | None) -> list[str]:
    """Ids of the ports that the play owns."""
    ports = (port for vnfc in topology.vnfcs for port in vnfc.ports) if topology else ()
    return sorted({port.config.link_port_id for port in ports if port.config.link_port_id})


def _settled(cloud: Cloud, stack: Mapping[str, Any], listed: Listed, topology: Topology | None) -> tuple[Observed, ...]:
    """The resources by Heat's record: what the lists don't have is looked up by id before it counts as missing."""
    records = [r for r in stack_resources(cloud, stack) if r["resource_type"] in names.KIND_OF_TYPE]
    by_id = {entry["id"]: entry for kind in _BY_ID for entry in listed.get(kind, ())}
    unknown = [r for r in records if r["physical_resource_id"] and r["physical_resource_id"] not in by_id]
    with ThreadPoolExecutor(max_workers=6) as pool:
        by_id |= {entry["id"]: entry for entry in pool.map(lambda r: _by_id(cloud, r), unknown) if entry}
    named: Listed = {kind: [] for kind in _BY_ID} | {"given_port": listed.get("given_port", [])}
    lost: list[Observed] = []
    for record in records:
        kind = names.KIND_OF_TYPE[record["resource_type"]]
        id_ = names.id_of(kind, record["resource_name"])
        entry = by_id.get(record["physical_resource_id"])
        if entry is not None:
            named[kind].append(entry | {"nfv_mano_id": id_} | _failure(record))
        elif record["physical_resource_id"] and not record["resource_status"].startswith("DELETE"):
            lost.append(
                Observed(
                    kind,
                    id_,
                    record["physical_resource_id"],
                    record["resource_type"],
                    "missing",
                    "it is gone from the VIM",
                )
            )
    found, _odd = seen(named, topology)
    return (*found, *lost)


def _failure(record: Mapping[str, Any]) -> dict[str, Any]:
    """Heat's word on a resource that it could not make. CHECK_FAILED only says that somebody wanted it replaced."""
    if record["resource_status"] in {"CREATE_FAILED", "UPDATE_FAILED"}:
        return {"nfv_mano_failure": record["resource_status_reason"] or record["resource_status"]}
    return {}


def _by_id(cloud: Cloud, record: Mapping[str, Any]) -> dict[str, Any] | None:
    service, path, key = _BY_ID[names.KIND_OF_TYPE[record["resource_type"]]]
    answer = cloud.find(service, f"{path}/{record['physical_resource_id']}")
    return dict(answer[key]) if answer else None


def failed_resources(records: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The records of those that failed themselves; what was called off because of them comes last."""
    failed = [
        r for r in records if r["resource_status"].endswith("_FAILED") and not r["resource_status"].startswith("CHECK")
    ]
    return sorted(failed, key=lambda r: ("aborted" in r["resource_status_reason"], r["resource_name"]))
