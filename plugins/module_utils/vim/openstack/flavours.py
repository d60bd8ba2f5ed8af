# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flavours: which one fits a VDU's compute needs. Pure, but for the one list call."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Vdu
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Step
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology, Vnfc
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.session import Cloud
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Write

GIB = 1 << 30
MIB = 1 << 20

_PLACING = ("hw:", "resources:", "resources", "trait:", "trait", "pci_passthrough:", "aggregate_instance_extra_specs:")
"""Extra specs that decide where a server may run; a VDU that asks for none gets a flavour without any, if there is one.
"""


@dataclass(frozen=True, slots=True)
class FlavourNeed:
    """What a VDU's servers need: RAM in MiB, disk in GiB (0: boots from a volume)."""

    vdu_id: str
    vcpus: int
    ram: int
    disk: int
    specs: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """For people, and for an admin who makes the flavour."""
        specs = "".join(f", {key}={value}" for key, value in sorted(self.specs.items()))
        return f"{self.vcpus} vCPU, {self.ram} MiB RAM, {self.disk} GiB disk{specs}"


@dataclass(frozen=True, slots=True)
class FlavourChoice:
    """A flavour's id, and what has to be made for it."""

    id: str
    missing: tuple[Write, ...] = ()
    disposal: tuple[Write, ...] = ()
    steps: tuple[Step, ...] = ()


def needs(topology: Topology) -> dict[str, FlavourNeed]:
    """VDU id -> what its servers need."""
    return {vnfc.vdu.id: need_of(vnfc) for vnfc in topology.vnfcs}


def need_of(vnfc: Vnfc) -> FlavourNeed:
    """The needs of one VNFC. A server that boots from an image has a disk on its host at least as large as the image
    asks for.
    """
    vdu = vnfc.vdu
    local = -(-sum(vdu.compute.local_storage) // GIB)
    disk = local
    if not any(s.boot for s in vnfc.storages):
        image = -(-vdu.sw_image.min_disk // GIB) if vdu.sw_image else 0
        disk = max(1, local, image)
    return FlavourNeed(
        vdu_id=vdu.id,
        vcpus=max(1, vdu.compute.num_virtual_cpu),
        ram=max(1, -(-vdu.compute.virtual_mem_size // MIB)),
        disk=disk,
        specs=extra_specs(vdu),
    )


def extra_specs(vdu: Vdu) -> dict[str, str]:
    """The extra specs that the descriptor asks for: its requirement maps hold the VIM's own keys."""
    compute = vdu.compute
    specs = {**compute.compute_requirements, **compute.cpu_requirements, **compute.mem_requirements}
    if compute.cpu_pinning_policy == "static":
        specs.setdefault("hw:cpu_policy", "dedicated")
    if compute.numa_enabled:
        specs.setdefault("hw:numa_nodes", "1")
    return {key: str(value) for key, value in specs.items()}


def listing(cloud: Cloud) -> list[dict[str, Any]]:
    """The flavours that the project may use, extra specs included."""
    return cloud.listed("compute", "/flavors/detail", "flavors")


def named(flavours: list[dict[str, Any]], name: str, vdu_id: str) -> str:
    """The id of the flavour that the play names for a VDU; raises no_fitting_flavour."""
    match = next((f for f in flavours if f["id"] == name), None) or next(
        (f for f in flavours if f["name"] == name), None
    )
    if match is None:
        raise ManoError(
            "no_fitting_flavour",
            f"VDU '{vdu_id}': the VIM has no flavour '{name}' that this project may use; name another in vim_assets.",
            resource=vdu_id,
        )
    return str(match["id"])


def choose(flavours: list[dict[str, Any]], need: FlavourNeed, may_create: Callable[[], bool]) -> FlavourChoice:
    """The flavour that equals the need, else the smallest that holds it, else one to be made; raises
    no_fitting_flavour.
    """
    fitting = [f for f in flavours if _fits(f, need)]
    if fitting:
        best = min(fitting, key=lambda f: _rank(f, need))
        return FlavourChoice(str(best["id"]), disposal=(_deletion(str(best["id"])),) if _is_ours(best) else ())
    if not may_create():
        raise ManoError(
            "no_fitting_flavour",
            f"VDU '{need.vdu_id}' needs {need.text()}; no flavour of this project has that, and only an admin can make "
            "one. Have it made, or name another in vim_assets.compute_resource_flavours.",
            resource=need.vdu_id,
        )
    return _to_be_made(need)


def _fits(flavour: Mapping[str, Any], need: FlavourNeed) -> bool:
    specs = flavour.get("extra_specs") or {}
    return (
        flavour["vcpus"] >= need.vcpus
        and flavour["ram"] >= need.ram
        and flavour["disk"] >= need.disk
        and not flavour.get("OS-FLV-DISABLED:disabled")
        and all(str(specs.get(key)) == value for key, value in need.specs.items())
    )


def _rank(flavour: Mapping[str, Any], need: FlavourNeed) -> tuple[Any, ...]:
    """Smaller is better: no placement that was not asked for, then exact, then the least CPU, memory and disk."""
    extra = [k for k in flavour.get("extra_specs") or {} if k.startswith(_PLACING) and k not in need.specs]
    size = (flavour["vcpus"], flavour["ram"], flavour["disk"])
    return (len(extra), size != (need.vcpus, need.ram, need.disk), *size, flavour["id"])


def _to_be_made(need: FlavourNeed) -> FlavourChoice:
    size = {"vcpus": need.vcpus, "ram": need.ram, "disk": need.disk}
    digest = hashlib.sha256(json.dumps([size, dict(sorted(need.specs.items()))]).encode()).hexdigest()[:8]
    name = f"nfv-mano-{need.vcpus}c-{need.ram}m-{need.disk}g-{digest}"
    write = Write(
        "flavor.create", name, args={**size, "specs": dict(need.specs), "vdu_id": need.vdu_id}, inverse=_deletion(name)
    )
    step = Step("create", "compute_flavour", name, need.vdu_id, f"no flavour fits {need.text()}")
    return FlavourChoice(name, (write,), (_deletion(name),), (step,))


def _deletion(flavour_id: str) -> Write:
    return Write("flavor.delete", flavour_id, args={"kind": "compute_flavour", "shared": True})


def _is_ours(flavour: Mapping[str, Any]) -> bool:
    return str(flavour["id"]).startswith("nfv-mano-") and flavour["id"] == flavour["name"]
