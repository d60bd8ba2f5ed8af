# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""VnfPkgInfo, an onboarded VNF package (ETSI GS NFV-SOL 003 v2.6.1, 10.5.2.2), names in snake_case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ONBOARDED = "ONBOARDED"
ENABLED = "ENABLED"
DISABLED = "DISABLED"
IN_USE = "IN_USE"
NOT_IN_USE = "NOT_IN_USE"


@dataclass(frozen=True, slots=True)
class Checksum:
    """A digest (4.4.1.4): algorithm SHA-224 | SHA-256 | SHA-384 | SHA-512, hash in hexadecimal."""

    algorithm: str
    hash: str


@dataclass(frozen=True, slots=True)
class VnfPackageSoftwareImageInfo:
    """A software image (10.5.3.2). Sizes in bytes; formats in capitals; `image_path` inside the package."""

    id: str
    name: str
    provider: str
    version: str
    checksum: Checksum
    container_format: str
    disk_format: str
    created_at: str
    min_disk: int
    min_ram: int
    size: int
    image_path: str
    user_metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VnfPackageArtifactInfo:
    """Any other artifact (10.5.3.3)."""

    artifact_path: str
    checksum: Checksum
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VnfPkgInfo:
    """A package (10.5.4): CREATED | UPLOADING | PROCESSING | ONBOARDED, ENABLED | DISABLED, IN_USE | NOT_IN_USE."""

    id: str
    onboarding_state: str
    operational_state: str
    usage_state: str
    vnfd_id: str | None = None
    vnf_provider: str | None = None
    vnf_product_name: str | None = None
    vnf_software_version: str | None = None
    vnfd_version: str | None = None
    checksum: Checksum | None = None
    software_images: tuple[VnfPackageSoftwareImageInfo, ...] = ()
    additional_artifacts: tuple[VnfPackageArtifactInfo, ...] = ()
    user_defined_data: Mapping[str, Any] = field(default_factory=dict)
