# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The types of SOL001 2.5.1. Written by tools/catalogue.py in the notation of notation.py."""

from __future__ import annotations

BASE = None
GONE = ()
TYPES = r"""
node tosca.nodes.nfv.Cp < tosca.nodes.Root
  description? string
  layer_protocols list(string) {"entry": [{"valid_values": ["ethernet", "mpls", "odu2", "ipv4", "ipv6",
      "pseudo-wire"]}]}
  protocol? list(tosca.datatypes.nfv.CpProtocolData)
  role? string {"constraints": [{"valid_values": ["root", "leaf"]}]}
  trunk_mode? boolean

node tosca.nodes.nfv.NS < tosca.nodes.Root
  descriptor_id string
  designer string
  invariant_id string
  name string
  version string
  @requirement virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "node":
      "tosca.nodes.nfv.NsVirtualLink", "occurrences": [0, 1], "relationship":
      "tosca.relationships.nfv.VirtualLinksTo"}
  @interface Nslcm tosca.interfaces.nfv.Nslcm

node tosca.nodes.nfv.NsVirtualLink < tosca.nodes.Root
  connectivity_type tosca.datatypes.nfv.ConnectivityType
  description? string
  test_access? list(string) {"entry": [{"valid_values": ["passive_monitoring", "active_loopback"]}]}
  vl_profile tosca.datatypes.nfv.NsVlProfile
  @capability virtual_linkable {"type": "tosca.capabilities.nfv.VirtualLinkable"}

node tosca.nodes.nfv.PNF < tosca.nodes.Root
  descriptor_id string
  descriptor_invariant_id string
  function_description string
  geographical_location_info? tosca.datatypes.nfv.LocationInfo
  name string
  provider string
  version string
  @requirement virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "occurrences": [0, 1],
      "relationship": "tosca.relationships.nfv.VirtualLinksTo"}

node tosca.nodes.nfv.PnfExtCp < tosca.nodes.nfv.Cp
  @requirement external_virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "relationship":
      "tosca.relationships.nfv.VirtualLinksTo"}

node tosca.nodes.nfv.Sap < tosca.nodes.nfv.Cp
  @requirement external_virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "relationship":
      "tosca.relationships.nfv.VirtualLinksTo"}
  @requirement internal_virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "relationship":
      "tosca.relationships.nfv.VirtualLinksTo"}

node tosca.nodes.nfv.VNF < tosca.nodes.Root
  default_localization_language? string
  descriptor_id string
  descriptor_version string
  flavour_description string
  flavour_id string
  lcm_operations_configuration? tosca.datatypes.nfv.VnfLcmOperationsConfiguration
  localization_languages? list(string)
  monitoring_parameters? list(tosca.datatypes.nfv.VnfMonitoringParameter)
  product_info_description? string
  product_info_name? string
  product_name string
  provider string
  software_version string
  vnfm_info list(string)
  @requirement virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "occurrences": [0, 1],
      "relationship": "tosca.relationships.nfv.VirtualLinksTo"}
  @interface Vnflcm tosca.interfaces.nfv.Vnflcm

node tosca.nodes.nfv.Vdu.Compute < tosca.nodes.Root
  boot_data? string
  boot_order? list(string)
  description string
  monitoring_parameters? list(tosca.datatypes.nfv.VnfcMonitoringParameter)
  name string
  nfvi_constraints? list(string)
  sw_image_data? tosca.datatypes.nfv.SwImageData
  vdu_profile tosca.datatypes.nfv.VduProfile
  @capability virtual_binding {"occurrences": [1, "UNBOUNDED"], "type": "tosca.capabilities.nfv.VirtualBindable"}
  @capability virtual_compute {"occurrences": [1, 1], "type": "tosca.capabilities.nfv.VirtualCompute"}
  @requirement virtual_storage {"capability": "tosca.capabilities.nfv.VirtualStorage", "occurrences": [0,
      "UNBOUNDED"], "relationship": "tosca.relationships.nfv.AttachesTo"}

node tosca.nodes.nfv.Vdu.VirtualBlockStorage < tosca.nodes.Root
  sw_image_data? tosca.datatypes.nfv.SwImageData
  virtual_block_storage_data tosca.datatypes.nfv.VirtualBlockStorageData
  @capability virtual_storage {"type": "tosca.capabilities.nfv.VirtualStorage"}

node tosca.nodes.nfv.Vdu.VirtualFileStorage < tosca.nodes.Root
  virtual_file_storage_data tosca.datatypes.nfv.VirtualFileStorageData
  @capability virtual_storage {"type": "tosca.capabilities.nfv.VirtualStorage"}
  @requirement virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "relationship":
      "tosca.relationships.nfv.VirtualLinksTo"}

node tosca.nodes.nfv.Vdu.VirtualObjectStorage < tosca.nodes.Root
  virtual_object_storage_data tosca.datatypes.nfv.VirtualObjectStorageData
  @capability virtual_storage {"type": "tosca.capabilities.nfv.VirtualStorage"}

node tosca.nodes.nfv.VduCp < tosca.nodes.nfv.Cp
  bitrate_requirement? integer {"constraints": [{"greater_or_equal": 0}]}
  order? integer {"constraints": [{"greater_or_equal": 0}]}
  virtual_network_interface_requirements? list(tosca.datatypes.nfv.VirtualNetworkInterfaceRequirements)
  vnic_type? string {"constraints": [{"valid_values": ["normal", "virtio", "direct-physical"]}]}
  @requirement virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "relationship":
      "tosca.relationships.nfv.VirtualLinksTo"}
  @requirement virtual_binding {"capability": "tosca.capabilities.nfv.VirtualBindable", "node":
      "tosca.nodes.nfv.Vdu.Compute", "relationship": "tosca.relationships.nfv.VirtualBindsTo"}

node tosca.nodes.nfv.VnfExtCp < tosca.nodes.nfv.Cp
  virtual_network_interface_requirements? list(tosca.datatypes.nfv.VirtualNetworkInterfaceRequirements)
  @requirement external_virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "relationship":
      "tosca.relationships.nfv.VirtualLinksTo"}
  @requirement internal_virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "relationship":
      "tosca.relationships.nfv.VirtualLinksTo"}

node tosca.nodes.nfv.VnfVirtualLink < tosca.nodes.Root
  connectivity_type tosca.datatypes.nfv.ConnectivityType
  description? string
  monitoring_parameters? list(tosca.datatypes.nfv.VirtualLinkMonitoringParameter)
  test_access? list(string) {"entry": [{"valid_values": ["passive_monitoring", "active_loopback"]}]}
  vl_profile tosca.datatypes.nfv.VlProfile
  @capability virtual_linkable {"type": "tosca.capabilities.nfv.VirtualLinkable"}

capability tosca.capabilities.nfv.VirtualBindable < tosca.capabilities.Node

capability tosca.capabilities.nfv.VirtualCompute < tosca.capabilities.Node
  compute_requirements? map(string)
  logical_node? map(tosca.datatypes.nfv.LogicalNodeData)
  requested_additional_capabilities? map(tosca.datatypes.nfv.RequestedAdditionalCapability)
  virtual_cpu tosca.datatypes.nfv.VirtualCpu
  virtual_local_storage? list(tosca.datatypes.nfv.VirtualBlockStorageData)
  virtual_memory tosca.datatypes.nfv.VirtualMemory

capability tosca.capabilities.nfv.VirtualLinkable < tosca.capabilities.Root

capability tosca.capabilities.nfv.VirtualStorage < tosca.capabilities.Root

relationship tosca.relationships.nfv.AttachesTo < tosca.relationships.Root
  @valid_target_types tosca.capabilities.nfv.VirtualStorage

relationship tosca.relationships.nfv.VirtualBindsTo < tosca.relationships.DependsOn
  @valid_target_types tosca.capabilities.nfv.VirtualBindable

relationship tosca.relationships.nfv.VirtualLinksTo < tosca.relationships.DependsOn
  @valid_target_types tosca.capabilities.nfv.VirtualLinkable

data tosca.datatypes.nfv.AddressData < tosca.datatypes.Root
  address_type string {"constraints": [{"valid_values": ["mac_address", "ip_address"]}]}
  l2_address_data? tosca.datatypes.nfv.L2AddressData
  l3_address_data? tosca.datatypes.nfv.L3AddressData

data tosca.datatypes.nfv.CivicAddressElement < tosca.datatypes.Root
  ca_type string
  ca_value string

data tosca.datatypes.nfv.ConnectivityType < tosca.datatypes.Root
  flow_pattern? string {"constraints": [{"valid_values": ["line", "tree", "mesh"]}]}
  layer_protocols list(string) {"entry": [{"valid_values": ["ethernet", "mpls", "odu2", "ipv4", "ipv6",
      "pseudo-wire"]}]}

data tosca.datatypes.nfv.CpProtocolData < tosca.datatypes.Root
  address_data? list(tosca.datatypes.nfv.AddressData)
  associated_layer_protocol string {"constraints": [{"valid_values": ["ethernet", "mpls", "odu2", "ipv4", "ipv6",
      "pseudo-wire"]}]}

data tosca.datatypes.nfv.InstantiationLevel < tosca.datatypes.Root
  description string
  scale_info? map(tosca.datatypes.nfv.ScaleInfo)

data tosca.datatypes.nfv.InterfaceDetails < tosca.datatypes.Root
  interface_specific_data? map(string)
  uri_components? tosca.datatypes.nfv.UriComponents

data tosca.datatypes.nfv.IpAllocationPool < tosca.datatypes.Root
  end_ip_address string
  start_ip_address string

data tosca.datatypes.nfv.L2AddressData < tosca.datatypes.Root
  mac_address_assignment boolean

data tosca.datatypes.nfv.L2ProtocolData < tosca.datatypes.Root
  mtu? integer {"constraints": [{"greater_than": 0}]}
  name? string
  network_type? string {"constraints": [{"valid_values": ["flat", "vlan", "vxlan", "gre"]}]}
  vlan_transparent? boolean {"default": false}

data tosca.datatypes.nfv.L3AddressData < tosca.datatypes.Root
  floating_ip_activated boolean
  ip_address_assignment boolean
  ip_address_type? string {"constraints": [{"valid_values": ["ipv4", "ipv6"]}]}
  number_of_ip_address? integer {"constraints": [{"greater_than": 0}]}

data tosca.datatypes.nfv.L3ProtocolData < tosca.datatypes.Root
  cidr string
  dhcp_enabled? boolean
  gateway_ip? string
  ip_allocation_pools? list(tosca.datatypes.nfv.IpAllocationPool)
  ip_version string {"constraints": [{"valid_values": ["ipv4", "ipv6"]}]}
  ipv6_address_mode? string {"constraints": [{"valid_values": ["slaac", "dhcpv6-stateful", "dhcpv6-stateless"]}]}
  name? string

data tosca.datatypes.nfv.LinkBitrateRequirements < tosca.datatypes.Root
  leaf? integer {"constraints": [{"greater_or_equal": 0}]}
  root integer {"constraints": [{"greater_or_equal": 0}]}

data tosca.datatypes.nfv.LocationInfo < tosca.datatypes.Root
  civic_address_element? list(tosca.datatypes.nfv.CivicAddressElement)
  country_code string

data tosca.datatypes.nfv.LogicalNodeData < tosca.datatypes.Root
  logical_node_requirements? map(string)

data tosca.datatypes.nfv.NsVirtualLinkQos < tosca.datatypes.nfv.Qos
  priority? integer

data tosca.datatypes.nfv.NsVlProfile < tosca.datatypes.Root
  max_bitrate_requirements tosca.datatypes.nfv.LinkBitrateRequirements
  min_bitrate_requirements tosca.datatypes.nfv.LinkBitrateRequirements
  qos? tosca.datatypes.nfv.NsVirtualLinkQos
  service_availability? tosca.datatypes.nfv.ServiceAvailability

data tosca.datatypes.nfv.Qos < tosca.datatypes.Root
  latency scalar-unit.time {"constraints": [{"greater_than": "0 s"}]}
  packet_delay_variation scalar-unit.time {"constraints": [{"greater_or_equal": "0 s"}]}
  packet_loss_ratio? float {"constraints": [{"in_range": [0.0, 1.0]}]}

data tosca.datatypes.nfv.RequestedAdditionalCapability < tosca.datatypes.Root
  min_requested_additional_capability_version? string
  preferred_requested_additional_capability_version? string
  requested_additional_capability_name string
  support_mandatory boolean
  target_performance_parameters map(string)

data tosca.datatypes.nfv.ScaleInfo < tosca.datatypes.Root
  scale_level integer {"constraints": [{"greater_or_equal": 0}]}

data tosca.datatypes.nfv.ScalingAspect < tosca.datatypes.Root
  description string
  max_scale_level integer {"constraints": [{"greater_or_equal": 0}]}
  name string
  step_deltas? list(string)

data tosca.datatypes.nfv.ServiceAvailability < tosca.datatypes.Root
  level string {"constraints": [{"valid_values": ["level1", "level2", "level3"]}]}

data tosca.datatypes.nfv.SwImageData < tosca.datatypes.Root
  checksum string
  container_format string {"constraints": [{"valid_values": ["aki", "ami", "ari", "bare", "docker", "ova", "ovf"]}]}
  disk_format string {"constraints": [{"valid_values": ["aki", "ami", "ari", "iso", "qcow2", "raw", "vdi", "vhd",
      "vhdx", "vmdk"]}]}
  min_disk scalar-unit.size
  min_ram? scalar-unit.size
  name string
  operating_system? string
  size scalar-unit.size
  supported_virtualisation_environments? list(string)
  version string

data tosca.datatypes.nfv.UriAuthority < tosca.datatypes.Root
  host? string
  port? string
  user_info? string

data tosca.datatypes.nfv.UriComponents < tosca.datatypes.Root
  authority? tosca.datatypes.nfv.UriAuthority
  fragment? string
  path? string
  query? string
  scheme string

data tosca.datatypes.nfv.VduLevel < tosca.datatypes.Root
  number_of_instances integer {"constraints": [{"greater_or_equal": 0}]}

data tosca.datatypes.nfv.VduProfile < tosca.datatypes.Root
  max_number_of_instances integer {"constraints": [{"greater_or_equal": 0}]}
  min_number_of_instances integer {"constraints": [{"greater_or_equal": 0}]}

data tosca.datatypes.nfv.VirtualBlockStorageData < tosca.datatypes.Root
  rdma_enabled? boolean {"default": false}
  size_of_storage scalar-unit.size
  vdu_storage_requirements? map(string)

data tosca.datatypes.nfv.VirtualCpu < tosca.datatypes.Root
  cpu_architecture? string
  num_virtual_cpu integer {"constraints": [{"greater_than": 0}]}
  vdu_cpu_requirements? map(string)
  virtual_cpu_clock? scalar-unit.frequency
  virtual_cpu_oversubscription_policy? string
  virtual_cpu_pinning? tosca.datatypes.nfv.VirtualCpuPinning

data tosca.datatypes.nfv.VirtualCpuPinning < tosca.datatypes.Root
  virtual_cpu_pinning_policy? string {"constraints": [{"valid_values": ["static", "dynamic"]}]}
  virtual_cpu_pinning_rule? list(string)

data tosca.datatypes.nfv.VirtualFileStorageData < tosca.datatypes.Root
  file_system_protocol string
  size_of_storage scalar-unit.size

data tosca.datatypes.nfv.VirtualLinkBitrateLevel < tosca.datatypes.Root
  bitrate_requirements tosca.datatypes.nfv.LinkBitrateRequirements

data tosca.datatypes.nfv.VirtualLinkMonitoringParameter < tosca.datatypes.Root
  collection_period? scalar-unit.time {"constraints": [{"greater_than": "0 s"}]}
  name string
  performance_metric string {"constraints": [{"valid_values": ["packet_outgoing_virtual_link",
      "packet_incoming_virtual_link"]}]}

data tosca.datatypes.nfv.VirtualLinkProtocolData < tosca.datatypes.Root
  associated_layer_protocol string {"constraints": [{"valid_values": ["ethernet", "mpls", "odu2", "ipv4", "ipv6",
      "pseudo-wire"]}]}
  l2_protocol_data? tosca.datatypes.nfv.L2ProtocolData
  l3_protocol_data? tosca.datatypes.nfv.L3ProtocolData

data tosca.datatypes.nfv.VirtualMemory < tosca.datatypes.Root
  numa_enabled? boolean {"default": false}
  vdu_mem_requirements? map(string)
  virtual_mem_oversubscription_policy? string
  virtual_mem_size scalar-unit.size

data tosca.datatypes.nfv.VirtualNetworkInterfaceRequirements < tosca.datatypes.Root
  description? string
  name? string
  network_interface_requirements map(string)
  nic_io_requirements? tosca.datatypes.nfv.LogicalNodeData
  support_mandatory boolean

data tosca.datatypes.nfv.VirtualObjectStorageData < tosca.datatypes.Root
  max_size_of_storage? scalar-unit.size

data tosca.datatypes.nfv.VlProfile < tosca.datatypes.Root
  max_bitrate_requirements tosca.datatypes.nfv.LinkBitrateRequirements
  min_bitrate_requirements tosca.datatypes.nfv.LinkBitrateRequirements
  qos? tosca.datatypes.nfv.Qos
  virtual_link_protocol_data? list(tosca.datatypes.nfv.VirtualLinkProtocolData)

data tosca.datatypes.nfv.VnfAdditionalConfigurableProperties < tosca.datatypes.Root

data tosca.datatypes.nfv.VnfChangeExtConnectivityOperationConfiguration < tosca.datatypes.Root

data tosca.datatypes.nfv.VnfChangeFlavourOperationConfiguration < tosca.datatypes.Root

data tosca.datatypes.nfv.VnfConfigurableProperties < tosca.datatypes.Root
  is_autoheal_enabled? boolean
  is_autoscale_enabled? boolean

data tosca.datatypes.nfv.VnfHealOperationConfiguration < tosca.datatypes.Root
  causes? list(string)

data tosca.datatypes.nfv.VnfInfoModifiableAttributes < tosca.datatypes.Root

data tosca.datatypes.nfv.VnfInfoModifiableAttributesExtensions < tosca.datatypes.Root

data tosca.datatypes.nfv.VnfInfoModifiableAttributesMetadata < tosca.datatypes.Root

data tosca.datatypes.nfv.VnfInstantiateOperationConfiguration < tosca.datatypes.Root

data tosca.datatypes.nfv.VnfLcmOperationsConfiguration < tosca.datatypes.Root
  change_ext_connectivity? tosca.datatypes.nfv.VnfChangeExtConnectivityOperationConfiguration
  change_flavour? tosca.datatypes.nfv.VnfChangeFlavourOperationConfiguration
  heal? tosca.datatypes.nfv.VnfHealOperationConfiguration
  instantiate? tosca.datatypes.nfv.VnfInstantiateOperationConfiguration
  operate? tosca.datatypes.nfv.VnfOperateOperationConfiguration
  scale? tosca.datatypes.nfv.VnfScaleOperationConfiguration
  scale_to_level? tosca.datatypes.nfv.VnfScaleToLevelOperationConfiguration
  terminate? tosca.datatypes.nfv.VnfTerminateOperationConfiguration

data tosca.datatypes.nfv.VnfMonitoringParameter < tosca.datatypes.Root
  collection_period? scalar-unit.time {"constraints": [{"greater_than": "0 s"}]}
  name string
  performance_metric string {"constraints": [{"valid_values": ["v_cpu_usage_mean_vnf", "v_cpu_usage_peak_vnf",
      "v_memory_usage_mean_vnf", "v_memory_usage_peak_vnf", "v_disk_usage_mean_vnf", "v_disk_usage_peak_vnf",
      "byte_incoming_vnf_ext_cp", "byte_outgoing_vnf_ext_cp", "packet_incoming_vnf_ext_cp",
      "packet_outgoing_vnf_ext_cp"]}]}

data tosca.datatypes.nfv.VnfOperateOperationConfiguration < tosca.datatypes.Root
  max_recommended_graceful_stop_timeout? scalar-unit.time
  min_graceful_stop_timeout scalar-unit.time

data tosca.datatypes.nfv.VnfOperationAdditionalParameters < tosca.datatypes.Root

data tosca.datatypes.nfv.VnfProfile < tosca.datatypes.Root
  instantiation_level? string
  max_number_of_instances integer {"constraints": [{"greater_or_equal": 0}]}
  min_number_of_instances integer {"constraints": [{"greater_or_equal": 0}]}

data tosca.datatypes.nfv.VnfScaleOperationConfiguration < tosca.datatypes.Root
  scaling_by_more_than_one_step_supported? boolean {"default": false}

data tosca.datatypes.nfv.VnfScaleToLevelOperationConfiguration < tosca.datatypes.Root
  arbitrary_target_levels_supported boolean

data tosca.datatypes.nfv.VnfTerminateOperationConfiguration < tosca.datatypes.Root
  max_recommended_graceful_termination_timeout? scalar-unit.time
  min_graceful_termination_timeout scalar-unit.time

data tosca.datatypes.nfv.VnfcAdditionalConfigurableProperties < tosca.datatypes.Root

data tosca.datatypes.nfv.VnfcConfigurableProperties < tosca.datatypes.Root

data tosca.datatypes.nfv.VnfcMonitoringParameter < tosca.datatypes.Root
  collection_period? scalar-unit.time {"constraints": [{"greater_than": "0 s"}]}
  name string
  performance_metric string {"constraints": [{"valid_values": ["v_cpu_usage_mean_vnf", "v_cpu_usage_peak_vnf",
      "v_memory_usage_mean_vnf", "v_memory_usage_peak_vnf", "v_disk_usage_mean_vnf", "v_disk_usage_peak_vnf",
      "byte_incoming_vnf_int_cp", "byte_outgoing_vnf_int_cp", "packet_incoming_vnf_int_cp",
      "packet_outgoing_vnf_int_cp"]}]}

artifact tosca.artifacts.Implementation.nfv.Mistral < tosca.artifacts.Implementation
  @file_ext yaml
  @mime_type application/x-yaml

artifact tosca.artifacts.nfv.SwImage < tosca.artifacts.Deployment.Image

policy tosca.policies.nfv.AffinityRule < tosca.policies.Placement
  scope string {"constraints": [{"valid_values": ["nfvi_node", "zone", "zone_group", "nfvi_pop"]}]}
  @targets tosca.nodes.nfv.Vdu.Compute tosca.nodes.nfv.VnfVirtualLink tosca.groups.nfv.PlacementGroup

policy tosca.policies.nfv.AntiAffinityRule < tosca.policies.Placement
  scope string {"constraints": [{"valid_values": ["nfvi_node", "zone", "zone_group", "nfvi_pop"]}]}
  @targets tosca.nodes.nfv.Vdu.Compute tosca.nodes.nfv.VnfVirtualLink tosca.groups.nfv.PlacementGroup

policy tosca.policies.nfv.InstantiationLevels < tosca.policies.Root
  default_level? string
  levels map(tosca.datatypes.nfv.InstantiationLevel)

policy tosca.policies.nfv.ScalingAspects < tosca.policies.Root
  aspects map(tosca.datatypes.nfv.ScalingAspect)

policy tosca.policies.nfv.SecurityGroupRule < tosca.policies.Root
  description? string
  direction? string {"default": "ingress", "constraints": [{"valid_values": ["ingress", "egress"]}]}
  ether_type? string {"default": "ipv4", "constraints": [{"valid_values": ["ipv4", "ipv6"]}]}
  port_range_max? integer {"default": 65535, "constraints": [{"greater_or_equal": 0}, {"less_or_equal": 65535}]}
  port_range_min? integer {"default": 0, "constraints": [{"greater_or_equal": 0}, {"less_or_equal": 65535}]}
  protocol? string {"default": "tcp", "constraints": [{"valid_values": ["hopopt", "icmp", "igmp", "ggp", "ipv4", "st",
      "tcp", "cbt", "egp", "igp", "bbn_rcc_mon", "nvp_ii", "pup", "argus", "emcon", "xnet", "chaos", "udp", "mux",
      "dcn_meas", "hmp", "prm", "xns_idp", "trunk_1", "trunk_2", "leaf_1", "leaf_2", "rdp", "irtp", "iso_tp4",
      "netblt", "mfe_nsp", "merit_inp", "dccp", "3pc", "idpr", "xtp", "ddp", "idpr_cmtp", "tp++", "il", "ipv6",
      "sdrp", "ipv6_route", "ipv6_frag", "idrp", "rsvp", "gre", "dsr", "bna", "esp", "ah", "i_nlsp", "swipe", "narp",
      "mobile", "tlsp", "skip", "ipv6_icmp", "ipv6_no_nxt", "ipv6_opts", "cftp", "sat_expak", "kryptolan", "rvd",
      "ippc", "sat_mon", "visa", "ipcv", "cpnx", "cphb", "wsn", "pvp", "br_sat_mon", "sun_nd", "wb_mon", "wb_expak",
      "iso_ip", "vmtp", "secure_vmtp", "vines", "ttp", "iptm", "nsfnet_igp", "dgp", "tcf", "eigrp", "ospfigp",
      "sprite_rpc", "larp", "mtp", "ax.25", "ipip", "micp", "scc_sp", "etherip", "encap", "gmtp", "ifmp", "pnni",
      "pim", "aris", "scps", "qnx", "a/n", "ip_comp", "snp", "compaq_peer", "ipx_in_ip", "vrrp", "pgm", "l2tp", "ddx",
      "iatp", "stp", "srp", "uti", "smp", "sm", "ptp", "isis", "fire", "crtp", "crudp", "sscopmce", "iplt", "sps",
      "pipe", "sctp", "fc", "rsvp_e2e_ignore", "mobility", "udp_lite", "mpls_in_ip", "manet", "hip", "shim6", "wesp",
      "rohc"]}]}
  @targets tosca.nodes.nfv.VduCp tosca.nodes.nfv.VnfExtCp

policy tosca.policies.nfv.SupportedVnfInterface < tosca.policies.Root
  details? tosca.datatypes.nfv.InterfaceDetails
  interface_name string {"constraints": [{"valid_values": ["vnf_indicator", "vnf_configuration"]}]}
  @targets tosca.nodes.nfv.VnfExtCp tosca.nodes.nfv.VduCp

policy tosca.policies.nfv.VduInitialDelta < tosca.policies.Root
  initial_delta tosca.datatypes.nfv.VduLevel
  @targets tosca.nodes.nfv.Vdu.Compute

policy tosca.policies.nfv.VduInstantiationLevels < tosca.policies.Root
  levels map(tosca.datatypes.nfv.VduLevel)
  @targets tosca.nodes.nfv.Vdu.Compute

policy tosca.policies.nfv.VduScalingAspectDeltas < tosca.policies.Root
  aspect string
  deltas map(tosca.datatypes.nfv.VduLevel)
  @targets tosca.nodes.nfv.Vdu.Compute

policy tosca.policies.nfv.VirtualLinkBitrateInitialDelta < tosca.policies.Root
  initial_delta tosca.datatypes.nfv.VirtualLinkBitrateLevel
  @targets tosca.nodes.nfv.VnfVirtualLink

policy tosca.policies.nfv.VirtualLinkBitrateScalingAspectDeltas < tosca.policies.Root
  aspect string
  deltas map(tosca.datatypes.nfv.VirtualLinkBitrateLevel)
  @targets tosca.nodes.nfv.VnfVirtualLink

policy tosca.policies.nfv.VirtualLinkInstantiationLevels < tosca.policies.Root
  levels map(tosca.datatypes.nfv.VirtualLinkBitrateLevel)
  @targets tosca.nodes.nfv.VnfVirtualLink

group tosca.groups.nfv.PlacementGroup < tosca.groups.Root
  description string
  @members tosca.nodes.nfv.Vdu.Compute tosca.nodes.nfv.VnfVirtualLink

interface tosca.interfaces.nfv.Nslcm < tosca.interfaces.Root
  @operations heal heal_end heal_start instantiate instantiate_end instantiate_start scale scale_end scale_start
      terminate terminate_end terminate_start update update_end update_start

interface tosca.interfaces.nfv.Vnflcm < tosca.interfaces.Root
  @operations change_external_connectivity change_external_connectivity_end change_external_connectivity_start
      change_flavour change_flavour_end change_flavour_start heal heal_end heal_start instantiate instantiate_end
      instantiate_start modify_information modify_information_end modify_information_start operate operate_end
      operate_start scale scale_end scale_start scale_to_level scale_to_level_end scale_to_level_start terminate
      terminate_end terminate_start
"""
