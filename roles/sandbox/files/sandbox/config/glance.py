# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Glance: images are files."""

from __future__ import annotations

from sandbox.config.ini import Sections, authtoken, database, messaging
from sandbox.paths import Sandbox


def sections(sandbox: Sandbox) -> Sections:
    """glance-api.conf."""
    data = sandbox.var / "glance"
    return {
        "DEFAULT": {
            "enabled_backends": "file:file",
            "enabled_import_methods": "[glance-direct,web-download,copy-image]",
            "image_cache_dir": data / "cache",
        },
        "glance_store": {"default_backend": "file"},
        "file": {"filesystem_store_datadir": data / "images"},
        "os_glance_staging_store": {"filesystem_store_datadir": data / "staging"},
        "os_glance_tasks_store": {"filesystem_store_datadir": data / "tasks"},
        "paste_deploy": {
            "flavor": "keystone",
            "config_file": sandbox.venv / "etc/glance/glance-api-paste.ini",
        },
        "database": database(sandbox, "glance"),
        "keystone_authtoken": authtoken(sandbox, "glance"),
        **messaging(sandbox, "glance"),
    }
