# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what was seen on a VIM to SOL003's InstantiatedVnfInfo. Pure, and the same for every VIM.

Ids are those of the topology, so they stay when a resource is made anew; resource ids are the VIM's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import Observation
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import ExtCpLink, LinkPort, Topology, Vnfc
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment
from ansible_collections.nfv.mano.plugins.module_utils.sol.vnf_instance import (
    EXT_CP,
    STARTED,
    STOPPED,
    VNFC_CP,
    CpProtocolInfo,
    ExtLinkPortInfo,
    ExtManagedVirtualLinkInfo,
    ExtVirtualLinkInfo,
    InstantiatedVnfInfo,
    IpAddresses,
    IpOverEthernetAddressInfo,
    ResourceHandle,
    ScaleInfo,
    VirtualLinkResourceInfo,
    VirtualStorageResourceInfo,
    VnfcCpInfo,
    VnfcResourceInfo,
    VnfExtCpInfo,
    VnfLinkPortInfo,
)


def instantiated_vnf_info(
    flavour: Flavour, deployment: Deployment, topology: Topology, observation: Observation, vim_connection_id: str
) -> InstantiatedVnfInfo:
    """The instance as seen (SOL003 5.5.2.2). A resource of which nothing was seen is left out."""
    view = _View(topology, observation, vim_connection_id)
    ports = [port for vnfc in topology.vnfcs for port in vnfc.ports]
    return InstantiatedVnfInfo(
        flavour_id=flavour.id,
        vnf_state=_state(topology, observation),
        scale_status=tuple(ScaleInfo(aspect, level) for aspect, level in sorted(deployment.scale_levels.items())),
        ext_cp_info=(
            *(view.ext_cp(port) for port in ports if port.ext_virtual_link_id and view.has(port)),
            *(view.routed_cp(ext) for ext in topology.ext_cps),
        ),
        ext_virtual_link_info=view.ext_links(deployment, ports),
        ext_managed_virtual_link_info=view.managed_links(deployment, ports),
        vnfc_resource_info=tuple(view.vnfc(vnfc) for vnfc in topology.vnfcs if observation.get("vnfc", vnfc.id)),
        virtual_link_resource_info=view.links(ports),
        virtual_storage_resource_info=view.storages(),
    )


def _state(topology: Topology, observation: Observation) -> str:
    seen = [observation.get("vnfc", vnfc.id) for vnfc in topology.vnfcs]
    return STOPPED if seen and all(one is not None and one.status == "stopped" for one in seen) else STARTED


class _View:
    """A topology and what was seen of it."""

    def __init__(self, topology: Topology, observation: Observation, vim_connection_id: str) -> None:
        self._topology = topology
        self._observation = observation
        self._vim = vim_connection_id

    def has(self, port: LinkPort) -> bool:
        """Whether anything was seen of a port."""
        return self._observation.get("link_port", port.id) is not None

    def handle(self, kind: str, id_: str) -> ResourceHandle | None:
        """The VIM's resource, or None when nothing was seen of it."""
        seen = self._observation.get(kind, id_)
        return ResourceHandle(self._vim, seen.resource_id, seen.vim_type) if seen else None

    def vnfc(self, vnfc: Vnfc) -> VnfcResourceInfo:
        """A VNFC that was seen."""
        seen = self._observation.resources["vnfc", vnfc.id]
        storages = [s.id for s in vnfc.storages if self._observation.get("virtual_storage", s.id)]
        return VnfcResourceInfo(
            id=vnfc.id,
            vdu_id=vnfc.vdu.id,
            compute_resource=ResourceHandle(self._vim, seen.resource_id, seen.vim_type),
            storage_resource_ids=tuple(storages),
            vnfc_cp_info=tuple(self._vnfc_cp(port) for port in vnfc.ports if self.has(port)),
            metadata={key: value for key, value in seen.attributes.items() if value is not None},
        )

    def _vnfc_cp(self, port: LinkPort) -> VnfcCpInfo:
        external = port.ext_virtual_link_id is not None
        return VnfcCpInfo(
            id=port.id,
            cpd_id=port.cp.id,
            vnf_ext_cp_id=port.id if external else None,
            cp_protocol_info=(self._protocol(port),),
            vnf_link_port_id=None if external else port.id,
        )

    def ext_cp(self, port: LinkPort) -> VnfExtCpInfo:
        """An external CP that is a VNFC's."""
        return VnfExtCpInfo(
            id=port.id,
            cpd_id=port.cp.id,
            cp_protocol_info=(self._protocol(port),),
            ext_link_port_id=port.id,
            associated_vnfc_cp_id=port.id,
        )

    def routed_cp(self, ext: ExtCpLink) -> VnfExtCpInfo:
        """An external CP that makes an internal virtual link reachable."""
        return VnfExtCpInfo(
            id=ext.id,
            cpd_id=ext.id,
            cp_protocol_info=(CpProtocolInfo(),),
            associated_vnf_virtual_link_id=ext.virtual_link,
        )

    def _protocol(self, port: LinkPort) -> CpProtocolInfo:
        seen = self._observation.resources["link_port", port.id].attributes
        fixed = {a.ip_address for a in port.config.fixed_addresses if a.ip_address}
        address = IpOverEthernetAddressInfo(
            mac_address=seen.get("mac_address"),
            ip_addresses=_ip_addresses(seen.get("ip_addresses") or (), fixed),
        )
        return CpProtocolInfo(ip_over_ethernet=address)

    def ext_links(self, deployment: Deployment, ports: Iterable[LinkPort]) -> tuple[ExtVirtualLinkInfo, ...]:
        """The external virtual links that the play gave."""
        on = _by(ports, lambda port: port.ext_virtual_link_id)
        found = []
        for link in deployment.ext_virtual_links:
            infos = [
                ExtLinkPortInfo(port.id, handle, port.id)
                for port in on.get(link.id, ())
                if (handle := self.handle("link_port", port.id))
            ]
            network = self._network(link.resource_id, on.get(link.id, ()))
            found.append(ExtVirtualLinkInfo(link.id, network, tuple(infos)))
        return tuple(found)

    def managed_links(self, deployment: Deployment, ports: Iterable[LinkPort]) -> tuple[ExtManagedVirtualLinkInfo, ...]:
        """The networks that the play gave for internal virtual links."""
        on = _by(ports, lambda port: port.ext_managed_virtual_link_id)
        return tuple(
            ExtManagedVirtualLinkInfo(
                link.id,
                link.virtual_link_desc_id,
                self._network(link.resource_id, on.get(link.id, ())),
                self._link_ports(on.get(link.id, ())),
            )
            for link in deployment.ext_managed_virtual_links
        )

    def links(self, ports: Iterable[LinkPort]) -> tuple[VirtualLinkResourceInfo, ...]:
        """The virtual links of our own."""
        on = _by(ports, lambda port: port.virtual_link)
        found = []
        for link in self._topology.virtual_links:
            handle = self.handle("virtual_link", link.id)
            if handle:
                ports_on = self._link_ports(on.get(link.id, ()))
                found.append(VirtualLinkResourceInfo(link.id, link.id, handle, vnf_link_ports=ports_on))
        return tuple(found)

    def storages(self) -> tuple[VirtualStorageResourceInfo, ...]:
        """The virtual storages."""
        storages = [storage for vnfc in self._topology.vnfcs for storage in vnfc.storages]
        return tuple(
            VirtualStorageResourceInfo(storage.id, storage.storage.id, handle)
            for storage in storages
            if (handle := self.handle("virtual_storage", storage.id))
        )

    def _link_ports(self, ports: Iterable[LinkPort]) -> tuple[VnfLinkPortInfo, ...]:
        return tuple(
            VnfLinkPortInfo(port.id, handle, port.id, EXT_CP if port.ext_virtual_link_id else VNFC_CP)
            for port in ports
            if (handle := self.handle("link_port", port.id))
        )

    def _network(self, named: str, ports: Iterable[LinkPort]) -> ResourceHandle:
        """The network by the id that its ports show, else as the play names it."""
        seen = [self._observation.get("link_port", port.id) for port in ports]
        ids = [str(one.attributes["network_id"]) for one in seen if one and one.attributes.get("network_id")]
        return ResourceHandle(self._vim, ids[0] if ids else named)


def _by(ports: Iterable[LinkPort], key: Any) -> Mapping[str, list[LinkPort]]:
    found: dict[str, list[LinkPort]] = {}
    for port in ports:
        if key(port):
            found.setdefault(key(port), []).append(port)
    return found


def _ip_addresses(seen: Iterable[Mapping[str, Any]], fixed: set[str]) -> tuple[IpAddresses, ...]:
    """The addresses, by subnet; one that the play gave is not dynamic."""
    groups: dict[tuple[str, str | None, bool], list[str]] = {}
    for entry in seen:
        text = entry["ip_address"]
        key = (f"IPV{ip_address(text).version}", entry.get("subnet_id"), text not in fixed)
        groups.setdefault(key, []).append(text)
    return tuple(
        IpAddresses(type=version, addresses=tuple(texts), is_dynamic=dynamic, subnet_id=subnet)
        for (version, subnet, dynamic), texts in groups.items()
    )
