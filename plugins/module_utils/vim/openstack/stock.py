# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images and flavours: made, verified and removed; each can be done again at any point."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO
from urllib.parse import quote

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.job import Job, patiently, wait_for
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.names import DIGEST_KEY, INSTANCE_KEY

CHUNK = 1 << 16  # some web servers in front of Glance refuse larger pieces
UPLOAD_TIMEOUT = 600.0


def upload_image(job: Job) -> dict[str, Any]:
    """Upload an image under the id that the plan chose, checking its digest on the way.

    Raises image_checksum_mismatch and leaves nothing. The data go straight from the package to Glance, a piece at a
    time. What a process that died has uploaded is verified against the package before it is used.
    """
    id_, digest = job.write.target, job.write.args["digest"]
    image = patiently(job, lambda: _described(job))
    if image["status"] == "saving":  # of a process that died; Glance puts it back to queued or finishes it
        wait_for(job, f"image {id_}", lambda: _image(job)["status"] != "saving")
        image = _image(job)
    if image["status"] == "active" and (not digest or DIGEST_KEY in image):
        return {}
    _check(job, _found(job, image) if image["status"] == "active" else _sent(job))
    if digest:
        patch = [{"op": "add", "path": f"/{DIGEST_KEY}", "value": digest}]
        headers = {"Content-Type": "application/openstack-images-v2.1-json-patch"}
        job.cloud.request("PATCH", "image", f"/images/{id_}", json=patch, headers=headers, repeat=True)
    wait_for(job, f"image {id_}", lambda: _image(job)["status"] == "active")
    return {}


def _sent(job: Job) -> str:
    """Send the package's file; returns the digest of what was sent."""
    args = job.write.args
    reader = _Reader(args["digest"].partition(":")[0])
    with job.artifacts(args["file"]) as stream:
        job.report(f"{job.ref.name}: uploading image {args['name']}")
        job.cloud.request(
            "PUT",
            "image",
            f"/images/{job.write.target}/file",
            data=reader.of(stream),
            headers={"Content-Type": "application/octet-stream"},
            timeout=UPLOAD_TIMEOUT,
        )
    return reader.digest()


def _found(job: Job, image: Mapping[str, Any]) -> str:
    """The digest of the package's file if the image has the same content, else Glance's own digest of the image."""
    algorithm = job.write.args["digest"].partition(":")[0]
    kind = str(image.get("os_hash_algo") or "sha512")
    ours, theirs = _Reader(algorithm), hashlib.new(kind)
    with job.artifacts(job.write.args["file"]) as stream:
        for chunk in ours.of(stream):
            theirs.update(chunk)
    same = theirs.hexdigest() == image.get("os_hash_value")
    return ours.digest() if same else f"{kind}:{image.get('os_hash_value')}"


def _check(job: Job, digest: str) -> None:
    args = job.write.args
    if args["digest"] and digest != args["digest"]:
        delete_image(job)
        raise ManoError(
            "image_checksum_mismatch",
            f"The package's file {args['file']} has {digest}, its descriptor says {args['digest']}; "
            "have the package corrected. The image was removed again.",
            resource=args["file"],
        )


def claim_image(job: Job) -> dict[str, Any]:
    """Tag an image that another instance uploaded as used by this one too, whichever store that one is in."""
    job.cloud.request("PUT", "image", _tag_path(job), repeat=True)
    return {}


def delete_image(job: Job) -> dict[str, Any]:
    """Delete an image of ours unless another instance has claimed it; fine when it is gone."""
    path = f"/images/{job.write.target}"
    image = job.cloud.find("image", path)
    users = {tag for tag in (image or {}).get("tags", ()) if tag.startswith(f"{INSTANCE_KEY}=")}
    if users - {_tag(job)}:
        job.cloud.request("DELETE", "image", _tag_path(job), accept=(404,), repeat=True)
        return {}
    wait_for(
        job,
        f"image {job.write.target} to be free",
        lambda: job.cloud.request("DELETE", "image", path, accept=(404, 409), repeat=True).status_code != 409,
    )
    return {}


def _tag(job: Job) -> str:
    return f"{INSTANCE_KEY}={job.ref.instance_id}"


def _tag_path(job: Job) -> str:
    return f"/images/{job.write.target}/tags/{quote(_tag(job), safe='')}"


def create_flavor(job: Job) -> dict[str, Any]:
    """Make a flavour under its name as id; raises no_fitting_flavour when the VIM forbids it."""
    name, args = job.write.target, job.write.args
    flavor = {"id": name, "name": name, "vcpus": args["vcpus"], "ram": args["ram"], "disk": args["disk"]}
    answer = job.cloud.request("POST", "compute", "/flavors", json={"flavor": flavor}, accept=(403, 409), repeat=True)
    if answer.status_code == 403:
        raise ManoError(
            "no_fitting_flavour",
            f"VDU '{args['vdu_id']}' needs a flavour with {args['vcpus']} vCPU, {args['ram']} MiB RAM and "
            f"{args['disk']} GiB disk, and this user may not make one; have an admin make it.",
            resource=args["vdu_id"],
        )
    if args["specs"]:
        body = {"extra_specs": dict(args["specs"])}
        job.cloud.request("POST", "compute", f"/flavors/{name}/os-extra_specs", json=body, repeat=True)
    return {}


def delete_flavor(job: Job) -> dict[str, Any]:
    """Delete a flavour of ours; fine when it is gone."""
    job.cloud.request("DELETE", "compute", f"/flavors/{job.write.target}", accept=(404,), repeat=True)
    return {}


def _described(job: Job) -> Mapping[str, Any]:
    """The image's record, made now unless an earlier try did. It gets its digest once the data have been verified."""
    args = job.write.args
    body = {
        "id": job.write.target,
        "name": args["name"],
        "disk_format": args["disk_format"],
        "container_format": args["container_format"],
        "min_disk": args["min_disk"],
        "min_ram": args["min_ram"],
        "visibility": "private",
        "tags": ["nfv-mano", _tag(job)],
    }
    answer = job.cloud.request("POST", "image", "/images", json=body, accept=(409,), repeat=True)
    if answer.status_code != 409:
        return dict(answer.json())
    found = job.cloud.find("image", f"/images/{job.write.target}")
    if found is None:  # Glance never gives an id out again
        raise ManoError(
            "image_missing",
            f"Image {job.write.target} ({args['name']}) was deleted since it was planned; roll the operation "
            "back and run the task again.",
            resource=args["name"],
        )
    return found


def _image(job: Job) -> dict[str, Any]:
    return job.cloud.get("image", f"/images/{job.write.target}")


class _Reader:
    """Hands a stream on in chunks and hashes it on the way."""

    def __init__(self, algorithm: str) -> None:
        self.algorithm = algorithm
        self._hash = hashlib.new(algorithm.replace("-", "") or "sha256")

    def of(self, stream: BinaryIO) -> Iterator[bytes]:
        """The stream's chunks."""
        while chunk := stream.read(CHUNK):
            self._hash.update(chunk)
            yield chunk

    def digest(self) -> str:
        """`<algorithm>:<hex>` of what was read."""
        return f"{self.algorithm}:{self._hash.hexdigest()}"
