# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The types of SOL001 2.6.1: what changed since 2.5.1. Written by tools/catalogue.py in the notation of notation.py."""

from __future__ import annotations

BASE = "2.5.1"
GONE = ()
TYPES = r"""
node tosca.nodes.nfv.NS < tosca.nodes.Root
  descriptor_id string
  designer string
  flavour_id string
  invariant_id string
  name string
  ns_profile? tosca.datatypes.nfv.NsProfile
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
  @requirement virtual_link {"capability": "tosca.capabilities.nfv.VirtualLinkable", "occurrences": [0, 1],
      "relationship": "tosca.relationships.nfv.VirtualLinksTo"}
  @interface Vnflcm tosca.interfaces.nfv.Vnflcm

capability tosca.capabilities.nfv.VirtualLinkable < tosca.capabilities.Node

data tosca.datatypes.nfv.ChecksumData < tosca.datatypes.Root
  algorithm string {"constraints": [{"valid_values": ["sha-224", "sha-256", "sha-384", "sha-512"]}]}
  hash string

data tosca.datatypes.nfv.NsProfile < tosca.datatypes.Root
  flavour_id string
  max_number_of_instances integer {"constraints": [{"greater_or_equal": 0}]}
  min_number_of_instances integer {"constraints": [{"greater_or_equal": 0}]}
  ns_instantiation_level? string

data tosca.datatypes.nfv.NsVirtualLinkQos < tosca.datatypes.nfv.Qos
  priority? integer {"constraints": [{"greater_or_equal": 0}]}

data tosca.datatypes.nfv.SwImageData < tosca.datatypes.Root
  checksum tosca.datatypes.nfv.ChecksumData
  container_format string {"constraints": [{"valid_values": ["aki", "ami", "ari", "bare", "docker", "ova", "ovf"]}]}
  disk_format string {"constraints": [{"valid_values": ["aki", "ami", "ari", "iso", "qcow2", "raw", "vdi", "vhd",
      "vhdx", "vmdk"]}]}
  min_disk scalar-unit.size {"constraints": [{"greater_or_equal": "0 B"}]}
  min_ram? scalar-unit.size {"constraints": [{"greater_or_equal": "0 B"}]}
  name string
  operating_system? string
  size scalar-unit.size
  supported_virtualisation_environments? list(string)
  version string

data tosca.datatypes.nfv.VirtualBlockStorageData < tosca.datatypes.Root
  rdma_enabled? boolean {"default": false}
  size_of_storage scalar-unit.size {"constraints": [{"greater_or_equal": "0 B"}]}
  vdu_storage_requirements? map(string)

data tosca.datatypes.nfv.VirtualFileStorageData < tosca.datatypes.Root
  file_system_protocol string
  size_of_storage scalar-unit.size {"constraints": [{"greater_or_equal": "0 B"}]}

data tosca.datatypes.nfv.VirtualObjectStorageData < tosca.datatypes.Root
  max_size_of_storage? scalar-unit.size {"constraints": [{"greater_or_equal": "0 B"}]}

policy tosca.policies.nfv.InstantiationLevels < tosca.policies.Root
  default_level? string
  levels map(tosca.datatypes.nfv.InstantiationLevel) {"constraints": [{"min_length": 1}]}

policy tosca.policies.nfv.ScalingAspects < tosca.policies.Root
  aspects map(tosca.datatypes.nfv.ScalingAspect) {"constraints": [{"min_length": 1}]}

policy tosca.policies.nfv.VduInstantiationLevels < tosca.policies.Root
  levels map(tosca.datatypes.nfv.VduLevel) {"constraints": [{"min_length": 1}]}
  @targets tosca.nodes.nfv.Vdu.Compute

policy tosca.policies.nfv.VduScalingAspectDeltas < tosca.policies.Root
  aspect string
  deltas map(tosca.datatypes.nfv.VduLevel) {"constraints": [{"min_length": 1}]}
  @targets tosca.nodes.nfv.Vdu.Compute

policy tosca.policies.nfv.VirtualLinkBitrateScalingAspectDeltas < tosca.policies.Root
  aspect string
  deltas map(tosca.datatypes.nfv.VirtualLinkBitrateLevel) {"constraints": [{"min_length": 1}]}
  @targets tosca.nodes.nfv.VnfVirtualLink

policy tosca.policies.nfv.VirtualLinkInstantiationLevels < tosca.policies.Root
  levels map(tosca.datatypes.nfv.VirtualLinkBitrateLevel) {"constraints": [{"min_length": 1}]}
  @targets tosca.nodes.nfv.VnfVirtualLink
"""
