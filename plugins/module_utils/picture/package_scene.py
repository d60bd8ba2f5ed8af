# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scene of a package: a box for each VDU of one flavour, with as many VNFCs as one instantiation level has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.picture.scene import (
    Box,
    Frame,
    Network,
    Port,
    Remark,
    Scene,
    Volume,
)

Plain = Mapping[str, Any]


def package_scene(package: Plain, flavour_id: str | None = None, level_id: str | None = None) -> Scene:
    """The scene of an entry of vnf_package_info's `vnf_packages`; None takes the package's default.

    Raises flavour_unknown, flavour_missing, level_unknown, picture_impossible.
    """
    flavour = _flavour(package, flavour_id)
    level = _level(flavour, level_id)
    topology = flavour["topology"]
    boxes = tuple(_box(id_, vdu, level) for id_, vdu in sorted(topology["vdus"].items()))
    networks = (*_internal(topology), *_external(topology))
    name = f"{package['vnf_product_name']} {package['vnf_software_version']}"
    return Scene(
        title=name,
        remarks=_remarks(package, flavour, level),
        networks=networks,
        boxes=(*boxes, *routers(topology, "outside {}")),
        frames=tuple(_frames(topology)),
        description=_description(name, topology, level),
    )


def routers(topology: Plain, network: str) -> Iterable[Box]:
    """A box for each external CP of an internal network; `network` makes the external one's id of the CP's."""
    for id_, cp in sorted(topology.get("ext_cps", {}).items()):
        yield Box(
            id=f"router {id_}",
            title=id_,
            note="router",
            ports=(Port("", network.format(id_)), Port("", f"inside {cp['virtual_link']}")),
        )


def _flavour(package: Plain, flavour_id: str | None) -> Plain:
    known = {flavour["id"]: flavour for flavour in package["flavours"]}
    wanted = flavour_id or package.get("default_flavour")
    told = ", ".join(sorted(known)) or "none"
    if wanted is None:
        raise ManoError("flavour_missing", f"The package has several deployment flavours ({told}); set flavour_id.")
    if wanted not in known:
        raise ManoError("flavour_unknown", f"The package has no deployment flavour {wanted}; it has {told}.")
    if not known[wanted].get("topology"):
        raise ManoError(
            "picture_impossible",
            f"Flavour {wanted} has no topology without values for its inputs; draw an instance of it instead.",
        )
    return dict(known[wanted])


def _level(flavour: Plain, level_id: str | None) -> str:
    """A level that the flavour has; "" when it has none."""
    wanted = level_id or flavour.get("default_level") or next(iter(sorted(flavour["levels"])), "")
    if wanted and wanted not in flavour["levels"]:
        told = ", ".join(sorted(flavour["levels"])) or "none"
        raise ManoError("level_unknown", f"Flavour {flavour['id']} has no instantiation level {wanted}; it has {told}.")
    return str(wanted)


def _remarks(package: Plain, flavour: Plain, level: str) -> tuple[Remark, ...]:
    aspects = [f"{aspect['id']} 0 to {aspect['max_scale_level']}" for aspect in flavour["aspects"]]
    lines = [
        f"by {package['vnf_provider']}, VNFD {package['vnfd_version']}",
        f"flavour {flavour['id']}" + (f", level {level}" if level else ""),
        *([f"scales {', '.join(aspects)}"] if aspects else []),
    ]
    return tuple(Remark(line) for line in lines)


def _box(id_: str, vdu: Plain, level: str) -> Box:
    least, most = vdu["min_instances"], vdu["max_instances"]
    count = f"× {vdu['instances'].get(level, least)}"
    return Box(
        id=id_,
        title=id_,
        note=count if least == most else f"{count} ({least} to {most})",
        lines=(compute_line(vdu),),
        ports=tuple(
            Port(cp, f"inside {facts['virtual_link']}" if facts["virtual_link"] else f"outside {cp}")
            for cp, facts in sorted(vdu["cps"].items(), key=lambda item: item[1]["nic"])
        ),
        volumes=tuple(Volume(f"{name} · {disk['size']}") for name, disk in sorted(vdu["storages"].items())),
        stacked=most > 1,
    )


def compute_line(facts: Plain) -> str:
    """CPUs, memory and image of a VDU or VNFC, as far as they are known."""
    cpus, memory, image = facts.get("virtual_cpus"), facts.get("memory"), facts.get("image")
    told = (f"{cpus} vCPU" if cpus else "", memory or "", f"image {image}" if image else "")
    return " · ".join(part for part in told if part)


def _internal(topology: Plain) -> Iterable[Network]:
    for id_, link in sorted(topology["virtual_links"].items()):
        yield Network(f"inside {id_}", id_, " ".join(link["subnets"]))


def _external(topology: Plain) -> Iterable[Network]:
    """One for each external CP: which network it will be is for the play to say."""
    cps = [cp for vdu in topology["vdus"].values() for cp, facts in vdu["cps"].items() if not facts["virtual_link"]]
    for id_ in sorted({*cps, *topology["ext_cps"]}):
        yield Network(f"outside {id_}", f"network for {id_}", "external", external=True)


def _frames(topology: Plain) -> Iterable[Frame]:
    for id_, rule in sorted(topology["placement_rules"].items()):
        members = frozenset(target for target in rule["targets"] if target in topology["vdus"])
        if members:
            yield Frame(f"{id_}: {rule['policy']}, {rule['scope']}", members)


def _description(name: str, topology: Plain, level: str) -> str:
    counted = [f"{vdu['instances'].get(level, vdu['min_instances'])} of {id_}" for id_, vdu in topology["vdus"].items()]
    links = ", ".join(topology["virtual_links"]) or "none"
    return f"{name}: {', '.join(counted)}. Internal networks: {links}."
