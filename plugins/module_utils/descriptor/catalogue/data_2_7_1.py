# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The types of SOL001 2.7.1: what changed since 2.6.1. Written by tools/catalogue.py in the notation of notation.py."""

from __future__ import annotations

BASE = "2.6.1"
GONE = ()
TYPES = r"""
node tosca.nodes.nfv.Forwarding < tosca.nodes.Root
  @capability forwarding {"occurrences": [1, 2], "type": "tosca.capabilities.nfv.Forwarding"}
  @capability virtual_linkable {"type": "tosca.capabilities.nfv.VirtualLinkable"}
  @requirement virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "relationship":
      "tosca.relationships.nfv.VirtualLinksTo"}

node tosca.nodes.nfv.NFP < tosca.nodes.Root
  @requirement nfp_position {"capability": "tosca.capabilities.nfv.Forwarding", "node": "tosca.nodes.nfv.NfpPosition",
      "occurrences": [1, "UNBOUNDED"], "relationship": "tosca.relationships.nfv.ForwardTo"}

node tosca.nodes.nfv.NfpPosition < tosca.nodes.Root
  forwarding_behaviour? string {"constraints": [{"valid_values": ["all", "lb", "ff"]}]}
  @capability forwarding {"type": "tosca.capabilities.nfv.Forwarding"}
  @requirement element {"capability": "tosca.capabilities.nfv.Forwarding", "node":
      "tosca.nodes.nfv.NfpPositionElement", "occurrences": [1, "UNBOUNDED"], "relationship":
      "tosca.relationships.nfv.ForwardTo"}

node tosca.nodes.nfv.NfpPositionElement < tosca.nodes.Root
  @capability forwarding {"type": "tosca.capabilities.nfv.Forwarding"}
  @requirement profile_element {"capability": "tosca.capabilities.nfv.Forwarding", "occurrences": [1, 2],
      "relationship": "tosca.relationships.nfv.ForwardTo"}

node tosca.nodes.nfv.PnfExtCp < tosca.nodes.nfv.Cp
  @requirement external_virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "occurrences": [0, 1],
      "relationship": "tosca.relationships.nfv.VirtualLinksTo"}

node tosca.nodes.nfv.Sap < tosca.nodes.nfv.Cp
  @requirement external_virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "occurrences": [0, 1],
      "relationship": "tosca.relationships.nfv.VirtualLinksTo"}
  @requirement internal_virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "occurrences": [1, 1],
      "relationship": "tosca.relationships.nfv.VirtualLinksTo"}

node tosca.nodes.nfv.Vdu.Compute < tosca.nodes.Root
  boot_data? tosca.datatypes.nfv.BootData
  boot_order? boolean
  description string
  monitoring_parameters? list(tosca.datatypes.nfv.VnfcMonitoringParameter)
  name string
  nfvi_constraints? map(string)
  sw_image_data? tosca.datatypes.nfv.SwImageData
  vdu_profile tosca.datatypes.nfv.VduProfile
  @capability virtual_binding {"occurrences": [1, "UNBOUNDED"], "type": "tosca.capabilities.nfv.VirtualBindable"}
  @capability virtual_compute {"occurrences": [1, 1], "type": "tosca.capabilities.nfv.VirtualCompute"}
  @requirement virtual_storage {"capability": "tosca.capabilities.nfv.VirtualStorage", "occurrences": [0,
      "UNBOUNDED"], "relationship": "tosca.relationships.nfv.AttachesTo"}

node tosca.nodes.nfv.Vdu.VirtualFileStorage < tosca.nodes.Root
  virtual_file_storage_data tosca.datatypes.nfv.VirtualFileStorageData
  @capability virtual_storage {"type": "tosca.capabilities.nfv.VirtualStorage"}
  @requirement virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "occurrences": [1, 1],
      "relationship": "tosca.relationships.nfv.VirtualLinksTo"}

node tosca.nodes.nfv.VduCp < tosca.nodes.nfv.Cp
  bitrate_requirement? integer {"constraints": [{"greater_or_equal": 0}]}
  order? integer {"constraints": [{"greater_or_equal": 0}]}
  virtual_network_interface_requirements? list(tosca.datatypes.nfv.VirtualNetworkInterfaceRequirements)
  vnic_type? string {"constraints": [{"valid_values": ["normal", "macvtap", "direct", "baremetal", "virtio-forwarder",
      "direct-physical", "smart-nic"]}]}
  @requirement virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "occurrences": [0, 1],
      "relationship": "tosca.relationships.nfv.VirtualLinksTo"}
  @requirement virtual_binding {"capability": "tosca.capabilities.nfv.VirtualBindable", "node":
      "tosca.nodes.nfv.Vdu.Compute", "occurrences": [1, 1], "relationship": "tosca.relationships.nfv.VirtualBindsTo"}

node tosca.nodes.nfv.VipCp < tosca.nodes.nfv.Cp
  vip_function string {"constraints": [{"valid_values": ["high_availability", "load_balance"]}]}
  @requirement target {"capability": "tosca.capabilities.Node", "occurrences": [1, "UNBOUNDED"], "relationship":
      "tosca.relationships.DependsOn"}
  @requirement virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "occurrences": [1, 1],
      "relationship": "tosca.relationships.nfv.VipVirtualLinksTo"}

node tosca.nodes.nfv.VnfExtCp < tosca.nodes.nfv.Cp
  virtual_network_interface_requirements? list(tosca.datatypes.nfv.VirtualNetworkInterfaceRequirements)
  @requirement external_virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "occurrences": [0, 1],
      "relationship": "tosca.relationships.nfv.VirtualLinksTo"}
  @requirement internal_virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "occurrences": [1, 1],
      "relationship": "tosca.relationships.nfv.VirtualLinksTo"}

capability tosca.capabilities.nfv.Forwarding < tosca.capabilities.Root

relationship tosca.relationships.nfv.ForwardTo < tosca.relationships.Root
  @valid_target_types tosca.capabilities.nfv.Forwarding

relationship tosca.relationships.nfv.VipVirtualLinksTo < tosca.relationships.DependsOn
  @valid_target_types tosca.capabilities.nfv.VirtualLinkable

data tosca.datatypes.nfv.BootData < tosca.datatypes.Root
  content_or_file_data? tosca.datatypes.nfv.ContentOrFileData
  kvp_data? tosca.datatypes.nfv.KvpData
  vim_specific_properties? tosca.datatypes.nfv.BootDataVimSpecificProperties

data tosca.datatypes.nfv.BootDataVimSpecificProperties < tosca.datatypes.Root
  properties map(string)
  vim_type string

data tosca.datatypes.nfv.ContentOrFileData < tosca.datatypes.Root
  content? string
  data? map(string)
  destination_path? string
  source_path? string

data tosca.datatypes.nfv.KvpData < tosca.datatypes.Root
  data? map(string)

data tosca.datatypes.nfv.L2ProtocolData < tosca.datatypes.Root
  mtu? integer {"constraints": [{"greater_than": 0}]}
  name? string
  network_type? string {"constraints": [{"valid_values": ["flat", "vlan", "vxlan", "gre"]}]}
  segmentation_id? string
  vlan_transparent? boolean {"default": false}

data tosca.datatypes.nfv.Mask < tosca.datatypes.Root
  length integer
  starting_point integer
  value string

data tosca.datatypes.nfv.NsMonitoringParameter < tosca.datatypes.Root
  collection_period? scalar-unit.time
  name string
  performance_metric string {"constraints": [{"valid_values": ["byte_incoming_sap", "byte_outgoing_sap",
      "packet_incoming_sap", "packet_outgoing_sap", "byte_incoming", "byte_outgoing", "packet_incoming",
      "packet_outgoing"]}]}

data tosca.datatypes.nfv.NsOperationAdditionalParameters < tosca.datatypes.Root

data tosca.datatypes.nfv.OauthServerInfo < tosca.datatypes.Root

data tosca.datatypes.nfv.SwImageData < tosca.datatypes.Root
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

data tosca.datatypes.nfv.VirtualLinkMonitoringParameter < tosca.datatypes.Root
  collection_period? scalar-unit.time {"constraints": [{"greater_than": "0 s"}]}
  name string
  performance_metric string {"constraints": [{"valid_values": ["byte_incoming", "byte_outgoing", "packet_incoming",
      "packet_outgoing"]}]}

data tosca.datatypes.nfv.VnfAdditionalConfigurableProperties < tosca.datatypes.Root
  is_writable_anytime? boolean {"default": false}

data tosca.datatypes.nfv.VnfConfigurableProperties < tosca.datatypes.Root
  is_autoheal_enabled? boolean
  is_autoscale_enabled? boolean
  vnf_oauth_server_info? tosca.datatypes.nfv.OauthServerInfo
  vnfm_interface_info? tosca.datatypes.nfv.VnfmInterfaceInfo
  vnfm_oauth_server_info? tosca.datatypes.nfv.OauthServerInfo

data tosca.datatypes.nfv.VnfcMonitoringParameter < tosca.datatypes.Root
  collection_period? scalar-unit.time {"constraints": [{"greater_than": "0 s"}]}
  name string
  performance_metric string {"constraints": [{"valid_values": ["v_cpu_usage_mean_vnf", "v_cpu_usage_peak_vnf",
      "v_memory_usage_mean_vnf", "v_memory_usage_peak_vnf", "v_disk_usage_mean_vnf", "v_disk_usage_peak_vnf",
      "byte_incoming_vnf_int_cp", "byte_outgoing_vnf_int_cp", "packet_incoming_vnf_int_cp",
      "packet_outgoing_vnf_int_cp", "v_cpu_usage_mean", "v_cpu_usage_peak", "v_memory_usage_mean",
      "v_memory_usage_peak", "v_disk_usage_mean", "v_disk_usage_peak", "v_net_byte_incoming", "v_net_byte_outgoing",
      "v_net_packet_incoming", "v_net_packet_outgoing", "usage_mean_vStorage", "usage_peak_vStorage"]}]}

data tosca.datatypes.nfv.VnfmInterfaceInfo < tosca.datatypes.Root
  credentials? map(string)
  details? tosca.datatypes.nfv.InterfaceDetails
  interface_name string {"constraints": [{"valid_values": ["vnf_lcm", "vnf_pm", "vnf_fm"]}]}

policy tosca.policies.nfv.Abstract.SecurityGroupRule < tosca.policies.Root
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

policy tosca.policies.nfv.NfpRule < tosca.policies.Root
  destination_ip_address_prefix? string
  destination_port_range? range {"constraints": [{"in_range": [0, 65535]}]}
  dscp? string
  ether_destination_address? string
  ether_source_address? string
  ether_type? string {"constraints": [{"valid_values": ["ipv4", "ipv6"]}]}
  extended_criteria? list(tosca.datatypes.nfv.Mask)
  protocol? string
  source_ip_address_prefix? string
  source_port_range? range {"constraints": [{"in_range": [0, 65535]}]}
  vlan_tag? list(string)
  @targets tosca.nodes.nfv.NFP

policy tosca.policies.nfv.NsAffinityRule < tosca.policies.Placement
  scope string {"constraints": [{"valid_values": ["nfvi_node", "zone", "zone_group", "nfvi_pop"]}]}
  @targets tosca.nodes.nfv.VNF tosca.nodes.nfv.NsVirtualLink tosca.nodes.nfv.NS tosca.groups.nfv.NsPlacementGroup

policy tosca.policies.nfv.NsAntiAffinityRule < tosca.policies.Placement
  scope string {"constraints": [{"valid_values": ["nfvi_node", "zone", "zone_group", "nfvi_pop"]}]}
  @targets tosca.nodes.nfv.VNF tosca.nodes.nfv.NsVirtualLink tosca.nodes.nfv.NS tosca.groups.nfv.NsPlacementGroup

policy tosca.policies.nfv.NsMonitoring < tosca.policies.Root
  ns_monitoring_parameters list(tosca.datatypes.nfv.NsMonitoringParameter) {"constraints": [{"min_length": 1}]}
  @targets tosca.nodes.nfv.NS

policy tosca.policies.nfv.NsSecurityGroupRule < tosca.policies.nfv.Abstract.SecurityGroupRule
  @targets tosca.nodes.nfv.Sap

policy tosca.policies.nfv.PnfSecurityGroupRule < tosca.policies.nfv.Abstract.SecurityGroupRule
  @targets tosca.nodes.nfv.PnfExtCp

policy tosca.policies.nfv.SecurityGroupRule < tosca.policies.nfv.Abstract.SecurityGroupRule
  @targets tosca.nodes.nfv.VduCp tosca.nodes.nfv.VnfExtCp

policy tosca.policies.nfv.VnfMonitoring < tosca.policies.Root
  vnf_monitoring_parameters list(tosca.datatypes.nfv.VnfMonitoringParameter) {"constraints": [{"min_length": 1}]}
  @targets tosca.nodes.nfv.VNF

group tosca.groups.nfv.NsPlacementGroup < tosca.groups.Root
  description string
  @members tosca.nodes.nfv.VNF tosca.nodes.nfv.NsVirtualLink tosca.nodes.nfv.NS

group tosca.groups.nfv.VNFFG < tosca.groups.Root
  description string
  @members tosca.nodes.nfv.NFP tosca.nodes.nfv.VNF tosca.nodes.nfv.PNF tosca.nodes.nfv.NS
      tosca.nodes.nfv.NsVirtualLink tosca.nodes.nfv.NfpPositionElement

interface tosca.interfaces.nfv.VnfIndicator < tosca.interfaces.Root
"""
