# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A firewall VNF in pure data: two VDUs, volumes, a scaling aspect with uneven steps, networks, placement rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import (
    BootData,
    Compute,
    Flavour,
    InstantiationLevel,
    PlacementRule,
    ScalingAspect,
    SecurityGroupRule,
    SwImage,
    Vdu,
    VduCp,
    VduDelta,
    VirtualBlockStorage,
    VnfExtCp,
    VnfVirtualLink,
)
from ansible_collections.nfv.mano.plugins.module_utils.plan.derive import plan
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Plan
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import Observation, Observed
from ansible_collections.nfv.mano.plugins.module_utils.plan.resources import resources
from ansible_collections.nfv.mano.plugins.module_utils.plan.target import Record, first_deployment, topology_for
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment, ExtVirtualLink, Wish

GIB = 1 << 30


def image(name: str, min_disk: int = GIB) -> SwImage:
    return SwImage(name, name, "1.0", "sha-256", "ab" * 32, "bare", "qcow2", min_disk, 0, 1 << 20)


def vdu(vdu_id: str, **fields: Any) -> Vdu:
    return Vdu(
        id=vdu_id, name=vdu_id, description="", compute=Compute(1, GIB), min_instances=0, max_instances=9, **fields
    )


def cp(cp_id: str, vdu_id: str, order: int, link: str | None = None) -> VduCp:
    return VduCp(id=cp_id, vdu_id=vdu_id, order=order, layer_protocols=("ipv4",), virtual_link=link)


def by_id(*things: Any) -> dict[str, Any]:
    return {thing.id: thing for thing in things}


FLAVOUR = Flavour(
    id="default",
    description="",
    vdus=by_id(
        vdu("fw", sw_image=image("fw-image"), storages=("log",), boot_data=BootData(content="domain ${domain}")),
        vdu("mgr", storages=("data", "root")),
    ),
    storages=by_id(
        VirtualBlockStorage("log", 3 * GIB),
        VirtualBlockStorage("data", 5 * GIB),
        VirtualBlockStorage("root", 2 * GIB, sw_image=image("mgr-image")),
    ),
    cps=by_id(
        cp("fw_out", "fw", 1),
        cp("fw_mgmt", "fw", 0, "mgmt"),
        cp("fw_in", "fw", 2, "inner"),
        cp("mgr_mgmt", "mgr", 0, "mgmt"),
    ),
    ext_cps=by_id(VnfExtCp("mgmt_ext", "mgmt")),
    virtual_links=by_id(VnfVirtualLink("mgmt", ("ipv4",)), VnfVirtualLink("inner", ("ipv4",))),
    aspects=by_id(ScalingAspect("throughput", "", "", 3, ("small", "large", "small"))),
    deltas=(
        VduDelta("throughput", "fw", "small", 1),
        VduDelta("throughput", "fw", "large", 2),
    ),
    initial_delta={"fw": 1},
    levels=by_id(
        InstantiationLevel("one", "", {"fw": 1, "mgr": 1}, {"throughput": 0}),
        InstantiationLevel("three", "", {"fw": 4, "mgr": 1}, {"throughput": 2}),
        InstantiationLevel("pair", "", {"fw": 1, "mgr": 2}, {"throughput": 0}),
    ),
    default_level="one",
    placement_rules=(PlacementRule("fw_apart", anti=True, scope="nfvi_node", targets=("fw",)),),
    security_group_rules=(SecurityGroupRule("ssh", ("mgmt_ext",)), SecurityGroupRule("web", ("fw_out",))),
)

OUTSIDE = (ExtVirtualLink("out", "public", {"fw_out": ()}),)


def wish(**fields: Any) -> Wish:
    given: dict[str, Any] = {"name": "vnf1", "vnfd_id": "vnfd-1", "ext_virtual_links": OUTSIDE}
    return Wish(**(given | fields))


def flavour_for(_deployment: Deployment) -> Flavour:
    return FLAVOUR


def shaped(**fields: Any) -> Flavour:
    """The firewall with fields of its flavour changed."""
    return replace(FLAVOUR, **fields)


def planned(record: Record | None = None, observation: Observation | None = None, **wished: Any) -> Plan:
    """The plan for a wish; without an observation that of a healthy VNF."""
    if observation is None and record is not None and record.deployment is not None:
        observation = healthy(topology_for(record.deployment, flavour_for))
    return plan(wish(**wished), record, flavour_for, observation)


def lines(plan_: Plan) -> list[str]:
    """The steps in short: `action kind id`."""
    return [f"{s.action} {s.kind} {s.id}" for o in plan_.operations for s in o.steps]


def deployed(**fields: Any) -> Deployment:
    return first_deployment(wish(**fields), "vnfd-1", flavour_for)


def recorded(deployment: Deployment | None = None, **fields: Any) -> Record:
    return Record(name="vnf1", vnfd_id="vnfd-1", deployment=deployment, **fields)


def healthy(topology: Topology | None, **changed: Observed | None) -> Observation:
    """The topology as a VIM shows it when all is well; `changed`: id -> what is seen instead (None: nothing)."""
    seen: dict[tuple[str, str], Observed] = {}
    for kind, id_ in resources(topology):
        seen[kind, id_] = Observed(kind, id_, f"vim-{kind}-{id_}", kind, attributes=_attributes(kind, id_, topology))
    for id_, other in changed.items():
        for key in [k for k in seen if k[1] == id_]:
            del seen[key]
        if other is not None:
            seen[other.kind, other.id] = other
    return Observation(exists=topology is not None, state="complete" if topology else "absent", resources=seen)


def _attributes(kind: str, id_: str, topology: Topology | None) -> Mapping[str, Any]:
    for vnfc in topology.vnfcs if topology else ():
        server = f"vim-vnfc-{vnfc.id}"
        for port in vnfc.ports:
            if (kind, id_) == ("link_port", port.id):
                addresses = [{"ip_address": a.ip_address} for a in port.config.fixed_addresses if a.ip_address]
                return {"device_id": server, "ip_addresses": addresses}
        if (kind, id_) in {("virtual_storage", s.id) for s in vnfc.storages}:
            return {"attached_to": server, "size": 1}
        if (kind, id_) == ("vnfc", vnfc.id):
            return {"flavor": f"flavor-of-{vnfc.vdu.id}"}
    return {}
