# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VnfInstance and what it consists of (ETSI GS NFV-SOL 003 v2.6.1, 5.5.2.2 and 5.5.3), names in snake_case.

`camel(to_plain(instance))` is the body of the resource. Ids are those of the topology, resource ids those of the VIM.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NOT_INSTANTIATED = "NOT_INSTANTIATED"
INSTANTIATED = "INSTANTIATED"
STARTED = "STARTED"
STOPPED = "STOPPED"
IP_OVER_ETHERNET = "IP_OVER_ETHERNET"
VNFC_CP = "VNFC_CP"
EXT_CP = "EXT_CP"


@dataclass(frozen=True, slots=True)
class VimConnectionInfo:
    """A VIM by reference (4.4.1.6). `access_info` names a cloud or a kubeconfig; it never holds a credential."""

    id: str
    vim_type: str
    vim_id: str | None = None
    interface_info: Mapping[str, Any] = field(default_factory=dict)
    access_info: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResourceHandle:
    """A resource on a VIM (4.4.1.7); `vim_level_resource_type` is the VIM's own word, e.g. OS::Nova::Server."""

    vim_connection_id: str
    resource_id: str
    vim_level_resource_type: str | None = None
    resource_provider_id: str | None = None


@dataclass(frozen=True, slots=True)
class ScaleInfo:
    """The scale level of one aspect (5.5.3.4)."""

    aspect_id: str
    scale_level: int


@dataclass(frozen=True, slots=True)
class AddressRange:
    """A range of IP addresses, both ends in it (5.5.3.10)."""

    min_address: str
    max_address: str


@dataclass(frozen=True, slots=True)
class IpAddresses:
    """Addresses of one subnet (5.5.3.10), IPV4 | IPV6: either `addresses` with `is_dynamic`, or `address_range`."""

    type: str
    addresses: tuple[str, ...] = ()
    is_dynamic: bool | None = None
    address_range: AddressRange | None = None
    subnet_id: str | None = None


@dataclass(frozen=True, slots=True)
class IpOverEthernetAddressInfo:
    """The addresses of a CP (5.5.3.10)."""

    mac_address: str | None = None
    ip_addresses: tuple[IpAddresses, ...] = ()


@dataclass(frozen=True, slots=True)
class CpProtocolInfo:
    """One protocol layer of a CP (5.5.3.9b)."""

    layer_protocol: str = IP_OVER_ETHERNET
    ip_over_ethernet: IpOverEthernetAddressInfo | None = None


@dataclass(frozen=True, slots=True)
class VnfExtCpInfo:
    """An external CP (5.5.3.25); it is a VNFC's CP, or stands for an internal virtual link made reachable."""

    id: str
    cpd_id: str
    cp_protocol_info: tuple[CpProtocolInfo, ...]
    ext_link_port_id: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    associated_vnfc_cp_id: str | None = None
    associated_vnf_virtual_link_id: str | None = None


@dataclass(frozen=True, slots=True)
class ExtLinkPortInfo:
    """A port of an external virtual link (5.5.3.9); `cp_instance_id` is a VnfExtCpInfo's id."""

    id: str
    resource_handle: ResourceHandle
    cp_instance_id: str | None = None


@dataclass(frozen=True, slots=True)
class ExtVirtualLinkInfo:
    """An external virtual link and the ports on it (5.5.3.3)."""

    id: str
    resource_handle: ResourceHandle
    ext_link_ports: tuple[ExtLinkPortInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class VnfLinkPortInfo:
    """A port of an internal virtual link (5.5.3.8); `cp_instance_type` VNFC_CP | EXT_CP."""

    id: str
    resource_handle: ResourceHandle
    cp_instance_id: str | None = None
    cp_instance_type: str | None = None


@dataclass(frozen=True, slots=True)
class ExtManagedVirtualLinkInfo:
    """An internal virtual link on a network that the play owns (5.5.3.3a)."""

    id: str
    vnf_virtual_link_desc_id: str
    network_resource: ResourceHandle | None = None
    vnf_link_ports: tuple[VnfLinkPortInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class MonitoringParameter:
    """A monitoring parameter of the VNFD (5.5.3.11)."""

    id: str
    performance_metric: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class VnfcCpInfo:
    """A CP of a VNFC (5.5.3.5); `vnf_ext_cp_id` when external, `vnf_link_port_id` when on an internal virtual link."""

    id: str
    cpd_id: str
    vnf_ext_cp_id: str | None = None
    cp_protocol_info: tuple[CpProtocolInfo, ...] = ()
    vnf_link_port_id: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VnfcResourceInfo:
    """A VNFC and its server (5.5.3.5); `storage_resource_ids` are ids of VirtualStorageResourceInfo."""

    id: str
    vdu_id: str
    compute_resource: ResourceHandle
    storage_resource_ids: tuple[str, ...] = ()
    reservation_id: str | None = None
    vnfc_cp_info: tuple[VnfcCpInfo, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VirtualLinkResourceInfo:
    """An internal virtual link and its network (5.5.3.6)."""

    id: str
    vnf_virtual_link_desc_id: str
    network_resource: ResourceHandle
    reservation_id: str | None = None
    vnf_link_ports: tuple[VnfLinkPortInfo, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VirtualStorageResourceInfo:
    """A virtual storage and its volume (5.5.3.7)."""

    id: str
    virtual_storage_desc_id: str
    storage_resource: ResourceHandle
    reservation_id: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InstantiatedVnfInfo:
    """What an instantiated VNF consists of (5.5.2.2); `vnf_state` STARTED | STOPPED."""

    flavour_id: str
    vnf_state: str
    scale_status: tuple[ScaleInfo, ...] = ()
    ext_cp_info: tuple[VnfExtCpInfo, ...] = ()
    ext_virtual_link_info: tuple[ExtVirtualLinkInfo, ...] = ()
    ext_managed_virtual_link_info: tuple[ExtManagedVirtualLinkInfo, ...] = ()
    monitoring_parameters: tuple[MonitoringParameter, ...] = ()
    localization_language: str | None = None
    vnfc_resource_info: tuple[VnfcResourceInfo, ...] = ()
    virtual_link_resource_info: tuple[VirtualLinkResourceInfo, ...] = ()
    virtual_storage_resource_info: tuple[VirtualStorageResourceInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class VnfInstance:
    """A VNF instance (5.5.2.2); `instantiation_state` NOT_INSTANTIATED | INSTANTIATED."""

    id: str
    vnfd_id: str
    vnf_provider: str
    vnf_product_name: str
    vnf_software_version: str
    vnfd_version: str
    instantiation_state: str = NOT_INSTANTIATED
    vnf_instance_name: str | None = None
    vnf_instance_description: str | None = None
    vnf_configurable_properties: Mapping[str, Any] = field(default_factory=dict)
    vim_connection_info: tuple[VimConnectionInfo, ...] = ()
    instantiated_vnf_info: InstantiatedVnfInfo | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    extensions: Mapping[str, Any] = field(default_factory=dict)
