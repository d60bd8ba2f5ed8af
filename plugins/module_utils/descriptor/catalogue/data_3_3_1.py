# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The types of SOL001 3.3.1: what changed since 2.7.1. Written by tools/catalogue.py in the notation of notation.py."""

from __future__ import annotations

BASE = "2.7.1"
GONE = ("data tosca.datatypes.nfv.ServiceAvailability",)
TYPES = r"""
node tosca.nodes.nfv.NS < tosca.nodes.Root
  descriptor_id string
  designer string
  flavour_id string
  invariant_id string
  name string
  ns_profile? tosca.datatypes.nfv.NsProfile
  service_availability_level? integer {"constraints": [{"greater_or_equal": 1}]}
  version string
  @requirement virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "node":
      "tosca.nodes.nfv.NsVirtualLink", "occurrences": [0, 1], "relationship":
      "tosca.relationships.nfv.VirtualLinksTo"}
  @interface Nslcm tosca.interfaces.nfv.Nslcm

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
  vnf_profile? tosca.datatypes.nfv.VnfProfile
  vnfm_info list(string) {"entry": [{"pattern":
      "(^etsivnfm:v[0-9]?[0-9]\\.[0-9]?[0-9]\\.[0-9]?[0-9]$)|(^[0-9]+:[a-zA-Z0-9.-]+$)"}]}
  @attribute scale_status map(tosca.datatypes.nfv.ScaleInfo)
  @requirement virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "occurrences": [0, 1],
      "relationship": "tosca.relationships.nfv.VirtualLinksTo"}
  @interface Vnflcm tosca.interfaces.nfv.Vnflcm

node tosca.nodes.nfv.Vdu.Compute < tosca.nodes.Root
  boot_data? tosca.datatypes.nfv.BootData
  boot_order boolean {"default": false}
  description string
  monitoring_parameters? list(tosca.datatypes.nfv.VnfcMonitoringParameter)
  name string
  nfvi_constraints? map(string)
  sw_image_data? tosca.datatypes.nfv.SwImageData {"status": "deprecated"}
  vdu_profile tosca.datatypes.nfv.VduProfile
  @capability virtual_binding {"occurrences": [1, "UNBOUNDED"], "type": "tosca.capabilities.nfv.VirtualBindable"}
  @capability virtual_compute {"occurrences": [1, 1], "type": "tosca.capabilities.nfv.VirtualCompute"}
  @requirement virtual_storage {"capability": "tosca.capabilities.nfv.VirtualStorage", "occurrences": [0,
      "UNBOUNDED"], "relationship": "tosca.relationships.nfv.AttachesTo"}

node tosca.nodes.nfv.Vdu.VirtualBlockStorage < tosca.nodes.Root
  sw_image_data? tosca.datatypes.nfv.SwImageData {"status": "deprecated"}
  virtual_block_storage_data tosca.datatypes.nfv.VirtualBlockStorageData
  @capability virtual_storage {"type": "tosca.capabilities.nfv.VirtualStorage"}

data tosca.datatypes.nfv.GeographicCoordinates < tosca.datatypes.Root
  altitude string
  altitude_type string
  altitude_uncertainty? string
  latitude string
  latitude_uncertainty? string
  longitude string
  longitude_uncertainty? string

data tosca.datatypes.nfv.L2ProtocolData < tosca.datatypes.Root
  mtu? integer {"constraints": [{"greater_than": 0}]}
  name? string
  network_type? string {"constraints": [{"valid_values": ["flat", "vlan", "vxlan", "gre"]}]}
  segmentation_id? string
  vlan_transparent boolean {"default": false}

data tosca.datatypes.nfv.LocationInfo < tosca.datatypes.Root
  civic_address_element? list(tosca.datatypes.nfv.CivicAddressElement)
  country_code string
  geographic_coordinates? tosca.datatypes.nfv.GeographicCoordinates

data tosca.datatypes.nfv.NsVlProfile < tosca.datatypes.Root
  max_bitrate_requirements tosca.datatypes.nfv.LinkBitrateRequirements
  min_bitrate_requirements tosca.datatypes.nfv.LinkBitrateRequirements
  qos? tosca.datatypes.nfv.NsVirtualLinkQos
  service_availability_level? integer {"constraints": [{"greater_or_equal": 1}]}

data tosca.datatypes.nfv.VirtualBlockStorageData < tosca.datatypes.Root
  rdma_enabled boolean {"default": false}
  size_of_storage scalar-unit.size {"constraints": [{"greater_or_equal": "0 B"}]}
  vdu_storage_requirements? map(string)

data tosca.datatypes.nfv.VirtualMemory < tosca.datatypes.Root
  numa_enabled boolean {"default": false}
  vdu_mem_requirements? map(string)
  virtual_mem_oversubscription_policy? string
  virtual_mem_size scalar-unit.size

data tosca.datatypes.nfv.VnfAdditionalConfigurableProperties < tosca.datatypes.Root
  is_writable_anytime boolean {"default": true}

data tosca.datatypes.nfv.VnfChangeCurrentPackageOperationConfiguration < tosca.datatypes.Root

data tosca.datatypes.nfv.VnfCreateSnapshotOperationConfiguration < tosca.datatypes.Root

data tosca.datatypes.nfv.VnfLcmOperationsConfiguration < tosca.datatypes.Root
  change_current_package? tosca.datatypes.nfv.VnfChangeCurrentPackageOperationConfiguration
  change_ext_connectivity? tosca.datatypes.nfv.VnfChangeExtConnectivityOperationConfiguration
  change_flavour? tosca.datatypes.nfv.VnfChangeFlavourOperationConfiguration
  create_snapshot? tosca.datatypes.nfv.VnfCreateSnapshotOperationConfiguration
  heal? tosca.datatypes.nfv.VnfHealOperationConfiguration
  instantiate? tosca.datatypes.nfv.VnfInstantiateOperationConfiguration
  operate? tosca.datatypes.nfv.VnfOperateOperationConfiguration
  revert_to_snapshot? tosca.datatypes.nfv.VnfRevertToSnapshotOperationConfiguration
  scale? tosca.datatypes.nfv.VnfScaleOperationConfiguration
  scale_to_level? tosca.datatypes.nfv.VnfScaleToLevelOperationConfiguration
  terminate? tosca.datatypes.nfv.VnfTerminateOperationConfiguration

data tosca.datatypes.nfv.VnfPackageChangeComponentMapping < tosca.datatypes.Root
  component_type string {"constraints": [{"valid_values": ["vdu", "cp", "virtual_link", "virtual_storage",
      "deployment_flavour", "instantiation_level", "scaling_aspect"]}]}
  description? string
  destination_id string
  source_id string

data tosca.datatypes.nfv.VnfPackageChangeSelector < tosca.datatypes.Root
  destination_descriptor_id string
  source_descriptor_id string
  source_flavour_id string

data tosca.datatypes.nfv.VnfProfile < tosca.datatypes.Root
  instantiation_level? string
  max_number_of_instances integer {"constraints": [{"greater_or_equal": 0}]}
  min_number_of_instances integer {"constraints": [{"greater_or_equal": 0}]}
  service_availability_level? integer {"constraints": [{"greater_or_equal": 1}]}

data tosca.datatypes.nfv.VnfRevertToSnapshotOperationConfiguration < tosca.datatypes.Root

data tosca.datatypes.nfv.VnfScaleOperationConfiguration < tosca.datatypes.Root
  scaling_by_more_than_one_step_supported boolean {"default": false}

artifact tosca.artifacts.nfv.SwImage < tosca.artifacts.Deployment.Image
  checksum tosca.datatypes.nfv.ChecksumData
  container_format string {"constraints": [{"valid_values": ["aki", "ami", "ari", "bare", "docker", "ova", "ovf"]}]}
  disk_format string {"constraints": [{"valid_values": ["aki", "ami", "ari", "iso", "qcow2", "raw", "vdi", "vhd",
      "vhdx", "vmdk"]}]}
  min_disk scalar-unit.size {"constraints": [{"greater_or_equal": "0 B"}]}
  min_ram? scalar-unit.size {"constraints": [{"greater_or_equal": "0 B"}]}
  name string
  operating_system? string
  provider? string
  size scalar-unit.size
  supported_virtualisation_environments? list(string)
  version string

policy tosca.policies.nfv.Abstract.SecurityGroupRule < tosca.policies.Root
  description? string
  direction string {"default": "ingress", "constraints": [{"valid_values": ["ingress", "egress"]}]}
  ether_type string {"default": "ipv4", "constraints": [{"valid_values": ["ipv4", "ipv6"]}]}
  port_range_max integer {"default": 65535, "constraints": [{"greater_or_equal": 0}, {"less_or_equal": 65535}]}
  port_range_min integer {"default": 0, "constraints": [{"greater_or_equal": 0}, {"less_or_equal": 65535}]}
  protocol string {"default": "tcp", "constraints": [{"valid_values": ["hopopt", "icmp", "igmp", "ggp", "ipv4", "st",
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

policy tosca.policies.nfv.AffinityRule < tosca.policies.Placement
  scope string {"constraints": [{"valid_values": ["nfvi_node", "zone", "zone_group", "nfvi_pop",
      "network_link_and_node"]}]}
  @targets tosca.nodes.nfv.Vdu.Compute tosca.nodes.nfv.VnfVirtualLink tosca.groups.nfv.PlacementGroup

policy tosca.policies.nfv.AntiAffinityRule < tosca.policies.Placement
  scope string {"constraints": [{"valid_values": ["nfvi_node", "zone", "zone_group", "nfvi_pop",
      "network_link_and_node"]}]}
  @targets tosca.nodes.nfv.Vdu.Compute tosca.nodes.nfv.VnfVirtualLink tosca.groups.nfv.PlacementGroup

policy tosca.policies.nfv.NsAffinityRule < tosca.policies.Placement
  scope string {"constraints": [{"valid_values": ["nfvi_node", "zone", "zone_group", "nfvi_pop",
      "network_link_and_node"]}]}
  @targets tosca.nodes.nfv.VNF tosca.nodes.nfv.NsVirtualLink tosca.nodes.nfv.NS tosca.groups.nfv.NsPlacementGroup

policy tosca.policies.nfv.NsAntiAffinityRule < tosca.policies.Placement
  scope string {"constraints": [{"valid_values": ["nfvi_node", "zone", "zone_group", "nfvi_pop",
      "network_link_and_node"]}]}
  @targets tosca.nodes.nfv.VNF tosca.nodes.nfv.NsVirtualLink tosca.nodes.nfv.NS tosca.groups.nfv.NsPlacementGroup

policy tosca.policies.nfv.VnfIndicator < tosca.policies.Root
  source string {"constraints": [{"valid_values": ["vnf", "em", "both_vnf_and_em"]}]}
  @targets tosca.nodes.nfv.VNF

policy tosca.policies.nfv.VnfPackageChange < tosca.policies.Root
  additional_modification_description? string
  component_mappings? list(tosca.datatypes.nfv.VnfPackageChangeComponentMapping)
  destination_flavour_id string
  modification_qualifier string {"constraints": [{"valid_values": ["up", "down"]}]}
  selector tosca.datatypes.nfv.VnfPackageChangeSelector

interface tosca.interfaces.nfv.ChangeCurrentVnfPackage < tosca.interfaces.Root

interface tosca.interfaces.nfv.Vnflcm < tosca.interfaces.Root
  @operations change_current_package change_current_package_end change_current_package_start
      change_external_connectivity change_external_connectivity_end change_external_connectivity_start change_flavour
      change_flavour_end change_flavour_start create_snapshot create_snapshot_end create_snapshot_start heal heal_end
      heal_start instantiate instantiate_end instantiate_start modify_information modify_information_end
      modify_information_start operate operate_end operate_start revert_to_snapshot revert_to_snapshot_end
      revert_to_snapshot_start scale scale_end scale_start scale_to_level scale_to_level_end scale_to_level_start
      terminate terminate_end terminate_start
  @notifications change_current_package_end_notification change_current_package_notification
      change_current_package_start_notification
"""
