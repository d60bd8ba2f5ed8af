# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cinder: volumes are sparse files, made, copied and snapshotted by its own NFS driver (drivers/sandbox_volume.py)."""

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
from sandbox.paths import CHASSIS, Sandbox

SHARE = "127.0.0.1:/sandbox"


def sections(sandbox: Sandbox) -> Sections:
    """cinder.conf."""
    helper = privsep(sandbox, "cinder")
    return {
        "DEFAULT": _default(sandbox),
        "folder": {
            "volume_backend_name": "folder",
            "volume_driver": "sandbox_volume.FolderDriver",
            "nfs_shares_config": sandbox.etc / "cinder/shares",
            "nfs_mount_point_base": sandbox.var / "cinder/volumes",
            "nfs_sparsed_volumes": "true",
            "nfs_snapshot_support": "true",
            "nas_secure_file_operations": "false",  # else it takes no snapshots
            "nas_secure_file_permissions": "true",
        },
        "coordination": {"backend_url": f"file://{sandbox.var}/cinder/coordination"},
        "nova": credentials(sandbox, "nova"),
        "service_user": service_user(sandbox, "cinder"),
        "cinder_sys_admin": helper,
        "privsep_osbrick": helper,
        "database": database(sandbox, "cinder"),
        "keystone_authtoken": authtoken(sandbox, "cinder"),
        **messaging(sandbox, "cinder"),
    }


def _default(sandbox: Sandbox) -> Section:
    etc = sandbox.venv / "etc/cinder"
    return {
        "host": CHASSIS,
        "my_ip": "127.0.0.1",
        "state_path": sandbox.var / "cinder",
        "transport_url": transport(sandbox),
        "auth_strategy": "keystone",
        "api_paste_config": etc / "api-paste.ini",
        "resource_query_filters_file": etc / "resource_filters.json",
        "enabled_backends": "folder",
        "default_volume_type": "__DEFAULT__",
        "allow_availability_zone_fallback": "true",  # a volume follows its server's zone; there is one backend
        "osapi_volume_workers": 1,
        "report_interval": 5,
        "service_down_time": 25,
        "periodic_fuzzy_delay": 0,
        "quota_volumes": 200,
        "quota_gigabytes": 5000,
        "image_conversion_dir": sandbox.var / "cinder/conversion",
    }
