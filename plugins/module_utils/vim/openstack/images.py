# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images: found in Glance by their digest, or to be uploaded from the package.

The descriptor gives SHA-224/256/384/512, Glance computes one of its own choice (SHA-512 by default). Equal algorithms
are compared directly. Otherwise an image is recognised by the property that our own upload, which verified the digest,
has left; a property is a weak proof, so it counts only on images that the project owns or that an admin made public,
never on shared or community ones.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import SwImage
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Step
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology, Vnfc
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.names import DIGEST_KEY
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.session import Cloud
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Write

GIB = 1 << 30
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class ImageChoice:
    """An image's id, and what has to be made for it."""

    id: str
    missing: tuple[Write, ...] = ()
    disposal: tuple[Write, ...] = ()
    steps: tuple[Step, ...] = ()


def wanted(topology: Topology) -> dict[str, SwImage | None]:
    """VDU or storage id -> its image; None where only the play names one.

    A VDU that boots from a volume needs none for itself, but its boot volume does.
    """
    found: dict[str, SwImage | None] = {}
    given = topology.vim_assets.software_images
    for vnfc in topology.vnfcs:
        boot = next((s for s in vnfc.storages if s.boot), None)
        if boot is None or (boot.storage.sw_image is None and boot.storage.id not in given):
            _want(found, vnfc.vdu.id, vnfc.vdu.sw_image, given)
        for storage in vnfc.storages:
            if storage.storage.sw_image is not None or storage.storage.id in given:
                found[storage.storage.id] = storage.storage.sw_image
    return found


def _want(found: dict[str, SwImage | None], vdu_id: str, image: SwImage | None, given: Mapping[str, str]) -> None:
    if image is None and vdu_id not in given:
        raise ManoError(
            "image_missing",
            f"VDU '{vdu_id}' has no sw_image and no storage to boot from; name an image in vim_assets.software_images.",
            resource=vdu_id,
        )
    found[vdu_id] = image


def digest_of(image: SwImage) -> str:
    """`sha-256:<hex>`, or "" when the descriptor gives no checksum."""
    return f"{image.checksum_algorithm}:{image.checksum_hash.lower()}" if image.checksum_hash else ""


def named(cloud: Cloud, name: str, for_id: str) -> str:
    """The id of the image that the play names; raises image_missing, image_ambiguous."""
    if _is_uuid(name):
        one = cloud.find("image", f"/images/{name}")
        found = [one] if one else []
    else:
        value = f'in:"{name}"' if "," in name or ":" in name else name  # Glance reads `in:a,b` as a list
        found = cloud.listed("image", "/images", "images", name=value, status="active")
    if not found:
        raise ManoError(
            "image_missing",
            f"'{for_id}': the VIM has no image '{name}' that this project may use; upload it, or name another in "
            "vim_assets.software_images.",
            resource=for_id,
        )
    if len(found) > 1:
        ids = ", ".join(sorted(str(i["id"]) for i in found))
        raise ManoError(
            "image_ambiguous",
            f"'{for_id}': image '{name}' may be any of {ids}; name the one by its id.",
            resource=for_id,
        )
    return str(found[0]["id"])


def key_of(image: SwImage) -> str:
    """What makes two of a package's images the same: the digest, or without one the file."""
    return digest_of(image) or f"{image.name}/{image.version}/{image.file}"


def room(topology: Topology, key: str) -> tuple[int, int | None]:
    """(memory, volume size or None) in bytes of the smallest that uses the image `key`.

    Glance's min_ram and min_disk must not ask for more: the VDU's own needs are what counts.
    """
    users = [v for v in topology.vnfcs if _uses(v, key)]
    volumes = [s.storage.size for v in users for s in v.storages if s.storage.sw_image or s.boot]
    return min((v.vdu.compute.virtual_mem_size for v in users), default=0), min(volumes, default=None)


def _uses(vnfc: Vnfc, key: str) -> bool:
    images = [vnfc.vdu.sw_image, *(s.storage.sw_image for s in vnfc.storages)]
    return any(image is not None and key_of(image) == key for image in images)


def choose(cloud: Cloud, image: SwImage, for_id: str, room_: tuple[int, int | None]) -> ImageChoice:
    """The image with the descriptor's digest, else one to be uploaded; `room_`: see `room`. Raises image_missing."""
    found = find_by_digest(cloud, image)
    if found is not None:
        ours = found["owner"] == cloud.project_id and found.get(DIGEST_KEY) == digest_of(image)
        if not ours:
            return ImageChoice(str(found["id"]))
        release = _release(str(found["id"]))
        return ImageChoice(release.target, (Write("image.claim", release.target, inverse=release),), (release,))
    if image.file is None:
        raise ManoError(
            "image_missing",
            f"'{for_id}': the package holds no file for image '{image.name}', and Glance has none with its checksum "
            f"{digest_of(image) or '(the descriptor gives none)'}; upload it, or name one in "
            "vim_assets.software_images.",
            resource=for_id,
        )
    id_ = str(uuid.uuid4())
    delete = _release(id_)
    upload = Write("image.upload", id_, args=_upload_args(image, *room_), inverse=delete)
    step = Step(
        "create", "sw_image", image.name, None, f"Glance has no image with digest {digest_of(image) or 'of this file'}"
    )
    return ImageChoice(id_, (upload,), (delete,), (step,))


def _release(id_: str) -> Write:
    return Write("image.delete", id_, args={"kind": "sw_image"})


def _upload_args(image: SwImage, memory: int, volume: int | None) -> dict[str, Any]:
    """What an upload needs, JSON-able. min_disk in GiB and min_ram in MiB, as Glance counts."""
    min_disk = image.min_disk if volume is None else min(image.min_disk, volume)
    return {
        "name": f"{image.name} {image.version}".strip(),
        "file": image.file,
        "digest": digest_of(image),
        "disk_format": image.disk_format or "raw",
        "container_format": image.container_format or "bare",
        "min_disk": -(-min_disk // GIB),
        "min_ram": min(image.min_ram, memory) // MIB,
    }


def find_by_digest(cloud: Cloud, image: SwImage) -> dict[str, Any] | None:
    """The oldest trustworthy active image with the descriptor's digest."""
    digest = digest_of(image)
    if not digest:
        return None
    found = cloud.listed("image", "/images", "images", **{DIGEST_KEY: digest, "status": "active"})
    if image.checksum_algorithm == "sha-512":
        found += cloud.listed("image", "/images", "images", os_hash_value=image.checksum_hash.lower(), status="active")
    trusted = [i for i in found if i["visibility"] == "public" or i["owner"] == cloud.project_id]
    formats = [i for i in trusted if not image.disk_format or i["disk_format"] == image.disk_format]
    return min(formats, key=lambda i: (i["created_at"], i["id"]), default=None)


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
