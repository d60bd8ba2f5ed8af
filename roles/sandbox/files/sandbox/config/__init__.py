# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration files of the services, one module a service."""

from __future__ import annotations

import base64
import os

from sandbox.config import cinder, glance, heat, keystone, neutron, nova, placement
from sandbox.config.ini import render
from sandbox.paths import Sandbox

DATABASES = ("keystone", "glance", "placement", "nova_api", "nova_cell0", "nova", "neutron", "cinder", "heat")
_SERVICES = {
    "keystone/keystone.conf": keystone.sections,
    "glance/glance-api.conf": glance.sections,
    "placement/placement.conf": placement.sections,
    "nova/nova.conf": nova.sections,
    "neutron/neutron.conf": neutron.sections,
    "cinder/cinder.conf": cinder.sections,
    "heat/heat.conf": heat.sections,
}


def write(sandbox: Sandbox) -> None:
    """Write every file, and keystone's keys when there are none yet."""
    for name, sections in _SERVICES.items():
        path = sandbox.etc / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(sections(sandbox)))
    (sandbox.etc / "cinder/shares").write_text(cinder.SHARE + "\n")
    for kind in ("fernet", "credential"):
        folder = sandbox.etc / "keystone" / kind
        folder.mkdir(exist_ok=True, mode=0o700)
        for name in ("0", "1"):
            if not (folder / name).exists():
                part = folder.parent / f"{kind}.part"
                part.write_bytes(base64.urlsafe_b64encode(os.urandom(32)))
                part.chmod(0o600)
                part.rename(folder / name)
