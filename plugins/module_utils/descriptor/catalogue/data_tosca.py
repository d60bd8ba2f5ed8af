# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of the TOSCA simple profile (1.2, 1.3) that SOL001 stands on, in the notation of notation.py."""

from __future__ import annotations

BASE = None
GONE = ()
TYPES = r"""
node tosca.nodes.Root
  @attribute tosca_id string
  @attribute tosca_name string
  @attribute state string
  @capability feature {"type": "tosca.capabilities.Node"}
  @requirement dependency {"capability": "tosca.capabilities.Node", "node": "tosca.nodes.Root", "occurrences": [0,
      "UNBOUNDED"], "relationship": "tosca.relationships.DependsOn"}
  @interface Standard tosca.interfaces.node.lifecycle.Standard

node tosca.nodes.Abstract.Compute < tosca.nodes.Root

node tosca.nodes.Abstract.Storage < tosca.nodes.Root
  name string
  size? scalar-unit.size {"default": "0 MB"}

node tosca.nodes.SoftwareComponent < tosca.nodes.Root
  component_version? version
  admin_credential? tosca.datatypes.Credential

capability tosca.capabilities.Root

capability tosca.capabilities.Node < tosca.capabilities.Root

capability tosca.capabilities.Attachment < tosca.capabilities.Root

capability tosca.capabilities.Endpoint < tosca.capabilities.Root
  protocol? string {"default": "tcp"}
  port? integer {"constraints": [{"in_range": [1, 65535]}]}
  secure? boolean {"default": false}
  url_path? string
  port_name? string
  network_name? string {"default": "PRIVATE"}

capability tosca.capabilities.Compute < tosca.capabilities.Root
  name? string
  num_cpus? integer {"constraints": [{"greater_or_equal": 1}]}
  cpu_frequency? scalar-unit.frequency
  disk_size? scalar-unit.size
  mem_size? scalar-unit.size

capability tosca.capabilities.Storage < tosca.capabilities.Root
  name? string

capability tosca.capabilities.Network < tosca.capabilities.Root
  name? string

capability tosca.capabilities.Scalable < tosca.capabilities.Root
  min_instances integer {"default": 1}
  max_instances integer {"default": 1}
  default_instances? integer

relationship tosca.relationships.Root

relationship tosca.relationships.DependsOn < tosca.relationships.Root
  @valid_target_types tosca.capabilities.Node

relationship tosca.relationships.HostedOn < tosca.relationships.Root
  @valid_target_types tosca.capabilities.Compute

relationship tosca.relationships.ConnectsTo < tosca.relationships.Root
  credential? tosca.datatypes.Credential
  @valid_target_types tosca.capabilities.Endpoint

relationship tosca.relationships.AttachesTo < tosca.relationships.Root
  location string
  device? string
  @valid_target_types tosca.capabilities.Attachment

relationship tosca.relationships.RoutesTo < tosca.relationships.ConnectsTo

data tosca.datatypes.Root

data tosca.datatypes.json < string

data tosca.datatypes.xml < string

data tosca.datatypes.Credential < tosca.datatypes.Root
  protocol? string
  token_type string {"default": "password"}
  token string
  keys? map(string)
  user? string

data tosca.datatypes.TimeInterval < tosca.datatypes.Root
  start_time timestamp
  end_time timestamp

artifact tosca.artifacts.Root

artifact tosca.artifacts.File < tosca.artifacts.Root

artifact tosca.artifacts.Deployment < tosca.artifacts.Root

artifact tosca.artifacts.Deployment.Image < tosca.artifacts.Deployment

artifact tosca.artifacts.Deployment.Image.VM < tosca.artifacts.Deployment.Image

artifact tosca.artifacts.Deployment.Image.Container < tosca.artifacts.Deployment.Image

artifact tosca.artifacts.Implementation < tosca.artifacts.Root

artifact tosca.artifacts.Implementation.Bash < tosca.artifacts.Implementation
  @mime_type application/x-sh
  @file_ext sh

artifact tosca.artifacts.Implementation.Python < tosca.artifacts.Implementation
  @mime_type application/x-python
  @file_ext py

artifact tosca.artifacts.template < tosca.artifacts.Root

policy tosca.policies.Root

policy tosca.policies.Placement < tosca.policies.Root

policy tosca.policies.Scaling < tosca.policies.Root

policy tosca.policies.Update < tosca.policies.Root

policy tosca.policies.Performance < tosca.policies.Root

group tosca.groups.Root

interface tosca.interfaces.Root

interface tosca.interfaces.node.lifecycle.Standard < tosca.interfaces.Root
  @operations create configure start stop delete

interface tosca.interfaces.relationship.Configure < tosca.interfaces.Root
  @operations pre_configure_source pre_configure_target post_configure_source post_configure_target add_target
      add_source target_changed remove_target
"""
