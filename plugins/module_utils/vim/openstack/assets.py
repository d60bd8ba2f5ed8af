# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a topology needs beside its stack: flavours, images and networks, found or told of as to be made. Writes
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Step
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import flavours, images
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.hot_network import FLOATING
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.session import Cloud
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Assets, Write


@dataclass(slots=True)
class _Found:
    """What has been found so far."""

    ids: dict[str, str] = field(default_factory=dict)
    missing: list[Write] = field(default_factory=list)
    disposal: list[Write] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


def resolve(cloud: Cloud, topology: Topology, known: Assets | None) -> Assets:
    """See `Vim.resolve`. Raises image_missing, network_missing, network_ambiguous, no_fitting_flavour.

    Lists flavours and networks only when one is asked for that `known` does not have; the same for images.
    """
    known = known or Assets()
    found_images = _images(cloud, topology, known)
    found_flavours = _flavours(cloud, topology, known)
    return Assets(
        flavours=found_flavours.ids,
        images=found_images.ids,
        networks=_networks(cloud, topology, known),
        missing=(*found_images.missing, *found_flavours.missing),
        steps=(*found_images.steps, *found_flavours.steps),
        disposal=_merged(known.disposal, found_images.disposal, found_flavours.disposal),
    )


def _merged(*parts: Any) -> tuple[Write, ...]:
    return tuple({(w.action, w.target): w for part in parts for w in part}.values())


def _images(cloud: Cloud, topology: Topology, known: Assets) -> _Found:
    found = _Found()
    given = topology.vim_assets.software_images
    made: dict[str, str] = {}
    for id_, image in images.wanted(topology).items():
        if id_ in known.images and given.get(id_) in {None, known.images[id_]}:
            found.ids[id_] = known.images[id_]
            continue
        if id_ in given:
            found.ids[id_] = images.named(cloud, given[id_], id_)
            continue
        if image is None:
            continue
        key = images.key_of(image)
        if key not in made:
            choice = images.choose(cloud, image, id_, images.room(topology, key))
            made[key] = choice.id
            found.missing += choice.missing
            found.disposal += choice.disposal
            found.steps += choice.steps
        found.ids[id_] = made[key]
    return found


def _flavours(cloud: Cloud, topology: Topology, known: Assets) -> _Found:
    found = _Found()
    given = topology.vim_assets.compute_resource_flavours
    listed: list[dict[str, Any]] | None = None
    for id_, need in flavours.needs(topology).items():
        if id_ in known.flavours and given.get(id_) in {None, known.flavours[id_]}:
            found.ids[id_] = known.flavours[id_]
            continue
        if listed is None:
            listed = flavours.listing(cloud)
        if id_ in given:
            found.ids[id_] = flavours.named(listed, given[id_], id_)
            continue
        choice = flavours.choose(listed, need, may_create=lambda: cloud.is_admin)
        found.ids[id_] = choice.id
        found.missing += [w for w in choice.missing if w not in found.missing]
        found.disposal += choice.disposal
        found.steps += [s for s in choice.steps if s not in found.steps]
    return found


def _networks(cloud: Cloud, topology: Topology, known: Assets) -> dict[str, str]:
    wanted = _wanted_networks(topology)
    found = {name: known.networks[name] for name in wanted if name in known.networks}
    if len(found) == len(wanted):
        return found
    listed = cloud.listed("network", "/networks", "networks", fields=["id", "name", "router:external", "tenant_id"])
    made = {
        name: _external_network(listed) if name == FLOATING else _network(listed, name)
        for name in wanted
        if name not in found
    }
    return found | made


def _wanted_networks(topology: Topology) -> list[str]:
    ports = [port for vnfc in topology.vnfcs for port in vnfc.ports]
    wanted = {port.network for port in ports if port.network and not port.config.link_port_id}
    wanted |= {ext.network for ext in topology.ext_cps} | set(topology.external_networks.values())
    routed = {ext.virtual_link for ext in topology.ext_cps}
    if any(a.floating_ip and port.virtual_link not in routed for port in ports for a in port.cp.addresses):
        wanted.add(FLOATING)
    return sorted(wanted)


def _network(listed: list[dict[str, Any]], name: str) -> str:
    matches = [n for n in listed if n["id"] == name] or [n for n in listed if n["name"] == name]
    if not matches:
        raise ManoError(
            "network_missing",
            f"There is no network '{name}' on the VIM, or the project may not see it; make it first or name another.",
            resource=name,
        )
    return _one(matches, name)


def _external_network(listed: list[dict[str, Any]]) -> str:
    matches = [n for n in listed if n.get("router:external")]
    if not matches:
        raise ManoError(
            "network_missing",
            "A floating IP is asked for, and the VIM has no external network that the project can see; "
            "have one shared with it.",
            resource=FLOATING,
        )
    return _one(matches, FLOATING)


def _one(matches: list[dict[str, Any]], name: str) -> str:
    if len(matches) > 1:
        ids = ", ".join(sorted(str(n["id"]) for n in matches))
        raise ManoError(
            "network_ambiguous", f"'{name}' may be any of the networks {ids}; name the one by its id.", resource=name
        )
    return str(matches[0]["id"])
