# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A package as it is told: its VnfPkgInfo (SOL005 9.5.2.4), and what can be chosen in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.bind import load_head
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.build import build_flavour
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.functions import fill
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour, FlavourInfo, SwImage, Vnfd
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.lcm.survey import survey_spec
from ansible_collections.nfv.mano.plugins.module_utils.package.archive import Package
from ansible_collections.nfv.mano.plugins.module_utils.package.meta import META_FILE, read_entry
from ansible_collections.nfv.mano.plugins.module_utils.plan.flavour_text import flavour_view
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import from_plain, to_plain
from ansible_collections.nfv.mano.plugins.module_utils.sol.vnf_pkg_info import (
    ENABLED,
    NOT_IN_USE,
    ONBOARDED,
    Checksum,
    VnfPackageArtifactInfo,
    VnfPackageSoftwareImageInfo,
    VnfPkgInfo,
)


def package_info(id_: str, head: Vnfd, document: Mapping[str, Any], package: Package, created: str) -> VnfPkgInfo:
    """The package as onboarded and enabled; its checksum is that of the stored archive and comes later."""
    images: dict[str, SwImage] = {}
    for image in _images(document):
        if image.file is not None and image.file in package:
            images.setdefault(image.file, image)
    return VnfPkgInfo(
        id=id_,
        onboarding_state=ONBOARDED,
        operational_state=ENABLED,
        usage_state=NOT_IN_USE,
        vnfd_id=head.descriptor_id,
        vnf_provider=head.provider,
        vnf_product_name=head.product_name,
        vnf_software_version=head.software_version,
        vnfd_version=head.descriptor_version,
        software_images=tuple(_image_info(image, head, package, created) for image in images.values()),
        additional_artifacts=tuple(
            VnfPackageArtifactInfo(name, Checksum("SHA-256", package.digest(name, "SHA-256")))
            for name in _artifacts(package)
            if name not in images
        ),
    )


def choices(document: Mapping[str, Any]) -> dict[str, Any]:
    """What a play can choose: flavours with levels, aspects, external CPs and inputs, and the survey made from them."""
    head = load_head(document)
    return {
        "sol001_release": head.sol001_release,
        "default_flavour": head.default_flavour,
        "flavours": [_flavour(flavour, document) for flavour in head.flavours.values()],
        "survey_spec": survey_spec(head),
    }


def _flavour(flavour: FlavourInfo, document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": flavour.id,
        "description": flavour.description,
        "vdu_ids": list(flavour.vdu_ids),
        "levels": list(flavour.level_ids),
        "default_level": flavour.default_level,
        "aspects": [{"id": aspect, "max_scale_level": level} for aspect, level in flavour.aspects.items()],
        "ext_cp_ids": list(flavour.ext_cp_ids),
        "inputs": [
            {
                "name": each.name,
                "type": each.type,
                "description": each.description,
                "required": each.required,
                "default": to_plain(each.default),
                "valid_values": list(each.valid_values),
            }
            for each in flavour.inputs
        ],
        "topology": _topology(flavour.id, document["flavours"][flavour.id]),
    }


def _topology(id_: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """The flavour with the defaults of its inputs, as far as it can be counted with them; else empty."""
    try:
        return flavour_view(_model(id_, record))
    except ManoError:
        return {}


def _images(document: Mapping[str, Any]) -> Iterator[SwImage]:
    """The software images of all flavours, as far as defaults of the inputs say which they are."""
    for id_, record in document["flavours"].items():
        flavour = _model(id_, record)
        images = [vdu.sw_image for vdu in flavour.vdus.values()] + [s.sw_image for s in flavour.storages.values()]
        yield from (image for image in images if image is not None)


def _model(id_: str, record: Mapping[str, Any]) -> Flavour:
    if "model" in record:
        return from_plain(Flavour, record["model"])
    defaults = {name: raw.get("default") for name, raw in record["inputs"].items()}
    return build_flavour(id_, record["description"], fill(record["topology"], defaults))


def _image_info(image: SwImage, head: Vnfd, package: Package, created: str) -> VnfPackageSoftwareImageInfo:
    path = image.file or ""
    given = Checksum(image.checksum_algorithm.upper(), image.checksum_hash) if image.checksum_hash else None
    return VnfPackageSoftwareImageInfo(
        id=image.id,
        name=image.name,
        provider=head.provider,
        version=image.version,
        checksum=given or Checksum("SHA-256", package.digest(path, "SHA-256")),
        container_format=image.container_format.upper(),
        disk_format=image.disk_format.upper(),
        created_at=created,
        min_disk=image.min_disk,
        min_ram=image.min_ram,
        size=package.size(path),
        image_path=path,
    )


def _artifacts(package: Package) -> Iterator[str]:
    """Files that are neither the packaging nor the descriptor."""
    entry = read_entry(package)
    descriptor = PurePosixPath(entry.definitions).parent
    for name in package.names:
        path = PurePosixPath(name)
        is_descriptor = path.parent == descriptor and path.suffix.lower() in {".yaml", ".yml"}
        if name not in (META_FILE, entry.manifest) and not is_descriptor:
            yield name
