# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images and flavours: made, verified and removed; each can be done again at any point."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.job import Job, patiently, wait_for
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.names import DIGEST_KEY, INSTANCE_KEY

CHUNK = 1 << 16  # some web servers in front of Glance refuse larger pieces
UPLOAD_TIMEOUT = 600.0


def upload_image(job: Job) -> dict[str, Any]:
    """Upload an image under the id that the plan chose, checking its digest on the way.

    Raises image_checksum_mismatch and leaves nothing. The data go straight from the package to Glance, a mebibyte at a
    time.
    """
    id_, args = job.write.target, job.write.args
    image = patiently(job, lambda: _described(job))
    if image["status"] == "active":
        return {}
    if image["status"] == "saving":  # of a process that died; Glance puts it back to queued or finishes it
        wait_for(job, f"image {id_}", lambda: _status(job) != "saving")
        if _status(job) == "active":
            return {}
    reader = _Reader(job, args["digest"].partition(":")[0])
    with job.artifacts(args["file"]) as stream:
        job.report(f"{job.ref.name}: uploading image {args['name']}")
        job.cloud.request(
            "PUT",
            "image",
            f"/images/{id_}/file",
            data=reader.of(stream),
            headers={"Content-Type": "application/octet-stream"},
            timeout=UPLOAD_TIMEOUT,
        )
    if args["digest"] and reader.digest() != args["digest"]:
        delete_image(job)
        raise ManoError(
            "image_checksum_mismatch",
            f"The package's file {args['file']} has {reader.digest()}, its descriptor says {args['digest']}; "
            "have the package corrected. The image was removed again.",
            resource=args["file"],
        )
    if args["digest"]:
        patch = [{"op": "add", "path": f"/{DIGEST_KEY}", "value": args["digest"]}]
        headers = {"Content-Type": "application/openstack-images-v2.1-json-patch"}
        job.cloud.request("PATCH", "image", f"/images/{id_}", json=patch, headers=headers, repeat=True)
    wait_for(job, f"image {id_}", lambda: _status(job) == "active")
    return {}


def delete_image(job: Job) -> dict[str, Any]:
    """Delete an image of ours; fine when it is gone."""
    path = f"/images/{job.write.target}"
    wait_for(
        job,
        f"image {job.write.target} to be free",
        lambda: job.cloud.request("DELETE", "image", path, accept=(404, 409), repeat=True).status_code != 409,
    )
    return {}


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
        "tags": ["nfv-mano", f"{INSTANCE_KEY}={job.ref.instance_id}"],
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


def _status(job: Job) -> str:
    return str(job.cloud.get("image", f"/images/{job.write.target}")["status"])


class _Reader:
    """Hands a stream on in chunks and hashes it on the way."""

    def __init__(self, job: Job, algorithm: str) -> None:
        self._job = job
        self._algorithm = algorithm
        self._hash = hashlib.new(algorithm.replace("-", "") or "sha256")

    def of(self, stream: Any) -> Iterator[bytes]:
        """The stream's chunks."""
        while chunk := stream.read(CHUNK):
            self._hash.update(chunk)
            yield chunk

    def digest(self) -> str:
        """`<algorithm>:<hex>` of what was read."""
        return f"{self._algorithm}:{self._hash.hexdigest()}"
