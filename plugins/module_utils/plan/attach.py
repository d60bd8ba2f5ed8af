# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where each CP of a deployment is connected: to a link of the VNF's own, or to a network that is there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import ExtCpLink, LinkPort
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import (
    CpConfig,
    Deployment,
    ExtManagedVirtualLink,
    ExtVirtualLink,
)


@dataclass(frozen=True, slots=True)
class Attachments:
    """`links`: cpd id -> external link; `managed`: virtual link id -> its replacement; `networks`: link -> network."""

    links: Mapping[str, ExtVirtualLink]
    managed: Mapping[str, ExtManagedVirtualLink]
    networks: Mapping[str, str]
    ext_cps: tuple[ExtCpLink, ...]

    def connect(self, port: LinkPort, config: CpConfig) -> LinkPort:
        """The port on the network that it belongs to."""
        external = self.links.get(port.cp.id)
        if external:
            return replace(port, network=external.resource_id, ext_virtual_link_id=external.id, config=config)
        managed = self.managed.get(port.virtual_link or "")
        if managed:
            return replace(port, virtual_link=None, network=managed.resource_id, ext_managed_virtual_link_id=managed.id)
        return port


def attachments(flavour: Flavour, deployment: Deployment) -> Attachments:
    """Match what the play gave with what the flavour needs.

    Raises ext_virtual_link_missing, ext_cp_unknown, ext_cp_conflict, ext_virtual_link_conflict, virtual_link_unknown.
    """
    managed = _managed_links(flavour, deployment.ext_managed_virtual_links)
    links = _links_of_cps(flavour, deployment.ext_virtual_links)
    for cp in sorted(flavour.cps.values(), key=lambda c: c.id):
        if cp.virtual_link is None and cp.id not in links:
            raise ManoError(
                "ext_virtual_link_missing",
                f"External CP {cp.id} of VDU {cp.vdu_id} has no network; name one in ext_virtual_links, with {cp.id} "
                "in its ext_cps.",
                resource=cp.id,
            )
        if cp.virtual_link is not None and cp.virtual_link not in flavour.virtual_links:
            raise _unknown_link(flavour, cp.virtual_link, f"CP {cp.id}")
    networks = {link.id: link.resource_id for link in deployment.ext_virtual_links}
    networks |= {link.id: link.resource_id for link in managed.values()}
    if len(networks) < len(deployment.ext_virtual_links) + len(managed):
        raise ManoError(
            "ext_virtual_link_conflict", "Two external or managed virtual links carry the same id; give each its own."
        )
    return Attachments(links=links, managed=managed, networks=networks, ext_cps=_ext_cps(flavour, links, managed))


def port_config(attached: Attachments, cp_id: str, index: int, count: int) -> CpConfig:
    """The configuration of instance `index` of an external CP.

    Keys of cp_config are the play's own (SOL003 4.4.1.10). A number is the instance's index; "", or one other key
    alone, is for all that have none of their own; several other keys are dealt to those in the order of the keys.
    Raises cp_config_conflict when one address or port would go to several instances.
    """
    link = attached.links.get(cp_id)
    configs = link.ext_cps[cp_id] if link else ()
    if not configs:
        return CpConfig()
    indexed = {int(c.key): c for c in configs if c.key.isdecimal()}
    if index in indexed:
        return indexed[index]
    named = sorted((c for c in configs if c.key and not c.key.isdecimal()), key=lambda c: (len(c.key), c.key))
    shared = next((c for c in configs if not c.key), None)
    if shared is None and len(named) == 1:
        shared, named = named[0], []
    others = [n for n in range(count) if n not in indexed]
    position = others.index(index)
    if position < len(named):
        return named[position]
    if shared is not None and len(others) - len(named) > 1:
        _check_shareable(cp_id, shared, count)
    return shared or CpConfig()


def _check_shareable(cp_id: str, shared: CpConfig, count: int) -> None:
    if shared.link_port_id or shared.mac_address or any(a.ip_address for a in shared.fixed_addresses):
        raise ManoError(
            "cp_config_conflict",
            f"CP {cp_id} has {count} instances, but one port, MAC or IP address for several of them; give each "
            f'instance its own, keyed "0" to "{count - 1}" in cp_config.',
            resource=cp_id,
        )


def _managed_links(flavour: Flavour, given: tuple[ExtManagedVirtualLink, ...]) -> dict[str, ExtManagedVirtualLink]:
    managed: dict[str, ExtManagedVirtualLink] = {}
    for link in given:
        if link.virtual_link_desc_id not in flavour.virtual_links:
            raise _unknown_link(flavour, link.virtual_link_desc_id, f"ext_managed_virtual_links entry {link.id}")
        if link.virtual_link_desc_id in managed:
            raise ManoError(
                "ext_virtual_link_conflict",
                f"Virtual link {link.virtual_link_desc_id} is replaced twice in ext_managed_virtual_links; name it "
                "once.",
                resource=link.virtual_link_desc_id,
            )
        managed[link.virtual_link_desc_id] = link
    return managed


def _links_of_cps(flavour: Flavour, given: tuple[ExtVirtualLink, ...]) -> dict[str, ExtVirtualLink]:
    external = {cp.id for cp in flavour.cps.values() if cp.virtual_link is None} | set(flavour.ext_cps)
    links: dict[str, ExtVirtualLink] = {}
    for link in given:
        for cp_id in sorted(link.ext_cps):
            if cp_id not in external:
                raise _unknown_cp(flavour, external, cp_id, link.id)
            if cp_id in links:
                raise ManoError(
                    "ext_cp_conflict",
                    f"CP {cp_id} stands in both {links[cp_id].id} and {link.id} of ext_virtual_links; a CP goes to one "
                    "of them.",
                    resource=cp_id,
                )
            links[cp_id] = link
    return links


def _unknown_cp(flavour: Flavour, external: set[str], cp_id: str, link_id: str) -> ManoError:
    if cp_id in flavour.cps:
        cause = (
            f"which is internal to virtual link {flavour.cps[cp_id].virtual_link}; replace that link in "
            "ext_managed_virtual_links"
        )
    else:
        cause = f"but the external CPs of flavour {flavour.id} are {', '.join(sorted(external)) or 'none'}"
    return ManoError("ext_cp_unknown", f"ext_virtual_links entry {link_id} names CP {cp_id}, {cause}.", resource=cp_id)


def _unknown_link(flavour: Flavour, link_id: str, who: str) -> ManoError:
    known = ", ".join(sorted(flavour.virtual_links)) or "none"
    return ManoError(
        "virtual_link_unknown",
        f"{who} names virtual link {link_id}, but flavour {flavour.id} has {known}.",
        resource=link_id,
    )


def _ext_cps(
    flavour: Flavour, links: Mapping[str, ExtVirtualLink], managed: Mapping[str, ExtManagedVirtualLink]
) -> tuple[ExtCpLink, ...]:
    """The VnfExtCps that the play connects; one without a network leaves its link closed (SOL001: occurrences 0..1)."""
    found = []
    for ext_cp in sorted(flavour.ext_cps.values(), key=lambda e: e.id):
        link = links.get(ext_cp.id)
        if not link:
            continue
        if ext_cp.internal_virtual_link in managed:
            raise ManoError(
                "ext_cp_conflict",
                f"External CP {ext_cp.id} opens virtual link {ext_cp.internal_virtual_link}, which "
                "ext_managed_virtual_links replaces; "
                f"connect the network that replaces it and take {ext_cp.id} out of ext_virtual_links.",
                resource=ext_cp.id,
            )
        found.append(ExtCpLink(ext_cp.id, ext_cp.internal_virtual_link, link.resource_id, link.id))
    return tuple(found)
