# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Neutron with ML2/OVN and networking-sfc. The API does all: no agents, nor a process that repairs OVN (250 MiB)."""

from __future__ import annotations

from sandbox.config.ini import Section, Sections, authtoken, credentials, database, messaging, privsep, transport
from sandbox.paths import CHASSIS, Sandbox


def sections(sandbox: Sandbox) -> Sections:
    """neutron.conf, with what usually stands in ml2_conf.ini."""
    return {
        "DEFAULT": _default(sandbox),
        "nova": credentials(sandbox, "nova"),
        "placement": credentials(sandbox, "placement"),
        "ml2": {
            "type_drivers": "local,flat,vlan,geneve",
            "tenant_network_types": "geneve",
            "mechanism_drivers": "ovn",
            "extension_drivers": "port_security,qos",
        },
        "ml2_type_flat": {"flat_networks": "*"},
        "ml2_type_vlan": {"network_vlan_ranges": "physnet1:100:200"},
        "ml2_type_geneve": {"vni_ranges": "1:60000", "max_header_size": 38},
        "securitygroup": {"enable_security_group": "true"},
        "ovn": _ovn(sandbox),
        # Port chains are kept and checked, not turned into flows.
        "sfc": {"drivers": "dummy"},
        "flowclassifier": {"drivers": "dummy"},
        "quotas": {
            "quota_network": 200,
            "quota_subnet": 200,
            "quota_port": 2000,
            "quota_security_group": 200,
            "quota_security_group_rule": 2000,
            "quota_router": 100,
        },
        "privsep": privsep(sandbox, "neutron"),
        "database": database(sandbox, "neutron"),
        "keystone_authtoken": authtoken(sandbox, "neutron"),
        **messaging(sandbox, "neutron"),
    }


def _default(sandbox: Sandbox) -> Section:
    plugins = ("ovn-router", "qos", "trunk", "segments", "port_forwarding", "flow_classifier", "sfc")
    return {
        "host": CHASSIS,
        "state_path": sandbox.var / "neutron",
        "transport_url": transport(sandbox),
        "core_plugin": "ml2",
        "service_plugins": ",".join(plugins),
        "api_paste_config": sandbox.venv / "etc/neutron/api-paste.ini",
        "auth_strategy": "keystone",
        "notify_nova_on_port_status_changes": "true",
        "notify_nova_on_port_data_changes": "true",
        "api_workers": 1,
        "rpc_workers": 0,
        "rpc_state_report_workers": 0,
        "dhcp_agent_notification": "false",
    }


def _ovn(sandbox: Sandbox) -> Section:
    return {
        "ovn_nb_connection": sandbox.ovsdb,
        "ovn_sb_connection": sandbox.ovsdb,
        "ovn_l3_scheduler": "leastloaded",
        "ovn_metadata_enabled": "false",
        "ovs_create_tap": "false",  # the compute driver makes the interface, in the guest's namespace
        "enable_distributed_floating_ip": "false",
        "disable_ovn_dhcp_for_baremetal_ports": "true",
    }
