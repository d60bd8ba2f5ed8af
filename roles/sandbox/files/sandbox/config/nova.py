# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nova: real scheduler and conductor; the compute driver is drivers/sandbox_virt.py."""

from __future__ import annotations

from sandbox.config.ini import (
    Section,
    Sections,
    authtoken,
    credentials,
    database,
    messaging,
    privsep,
    service_user,
    transport,
)  # fmt: skip
from sandbox.paths import REGION, Sandbox


def sections(sandbox: Sandbox) -> Sections:
    """nova.conf; the compute processes add their `host` and `state_path` through the environment."""
    helper = privsep(sandbox, "nova")
    return {
        "DEFAULT": _default(sandbox),
        "api": {"local_metadata_per_cell": "false"},
        "wsgi": {"api_paste_config": sandbox.venv / "etc/nova/api-paste.ini"},
        "conductor": {"workers": 1},
        "scheduler": {"workers": 1},
        "filter_scheduler": {"track_instance_changes": "false"},
        "quota": {"instances": 100, "cores": 400, "ram": 512000},
        "vnc": {"enabled": "false"},
        "spice": {"enabled": "false"},
        "glance": {"region_name": REGION},
        "os_vif_ovs": {"ovsdb_connection": sandbox.ovsdb, "isolate_vif": "false"},
        "cinder": {
            "catalog_info": "volumev3::publicURL",
            "os_region_name": REGION,
            **credentials(sandbox, "nova"),
        },
        "neutron": credentials(sandbox, "nova"),
        "placement": credentials(sandbox, "placement"),
        "service_user": service_user(sandbox, "nova"),
        "nova_sys_admin": helper,
        "privsep_osbrick": helper,
        "vif_plug_ovs_privileged": helper,
        "api_database": database(sandbox, "nova_api"),
        "database": database(sandbox, "nova"),
        "keystone_authtoken": authtoken(sandbox, "nova"),
        **messaging(sandbox, "nova"),
    }


def _default(sandbox: Sandbox) -> Section:
    return {
        "host": "sandbox",
        "my_ip": "127.0.0.1",
        "state_path": sandbox.var / "nova",
        "transport_url": transport(sandbox),
        "compute_driver": "sandbox_virt.SandboxDriver",
        "rpc_response_timeout": 60,
        "report_interval": 5,
        "service_down_time": 25,
        "periodic_fuzzy_delay": 0,
        "osapi_compute_workers": 1,
        # Ports turn ACTIVE within a second of plugging; a guest does not wait for it.
        "vif_plugging_is_fatal": "false",
        "vif_plugging_timeout": 0,
        # A compute process that comes back gives its guests their interfaces again.
        "resume_guests_state_on_host_boot": "true",
    }
