# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Topology to Heat template: servers, volumes and server groups. Pure and deterministic: equal input, equal text.

The stack is flat: each server, port and volume is a resource of its own, named for the VNFC, so that scaling and
healing touch just what the plan names. No parameters: what the template says is what is made.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import LinkPort, Storage, Topology, Vnfc
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import names
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.hot_network import network_resources
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.userdata import user_data
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Assets, InstanceRef

VERSION = "2018-08-31"
GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Hot:
    """A template and the files that it gets by `get_file` (user data, once for each VDU)."""

    template: Mapping[str, Any]
    files: Mapping[str, str]


def build(topology: Topology, assets: Assets, ref: InstanceRef, files: Mapping[str, str]) -> Hot:
    """The stack of a topology. `files`: what `userdata.sources` names, read. Raises boot_data_too_large."""
    texts: dict[str, str] = {}
    for vnfc in topology.vnfcs:
        boot = vnfc.vdu.boot_data
        text = user_data(vnfc.vdu.id, boot, topology.additional_params, files) if boot else None
        if text is not None:
            texts[_file(vnfc)] = text
    resources = {
        **network_resources(topology, assets, ref),
        **{f"{names.safe(group.id)}.group": _group(group.id, group.policy, ref) for group in topology.server_groups},
    }
    for vnfc in topology.vnfcs:
        for storage in vnfc.storages:
            resources[names.resource_name("virtual_storage", storage.id)] = _volume(storage, vnfc, assets, ref)
        resources[names.resource_name("vnfc", vnfc.id)] = _server(
            vnfc, assets, ref, _file(vnfc) if _file(vnfc) in texts else None
        )
    template = {
        "heat_template_version": VERSION,
        "description": f"VNF {ref.instance_id}, made by nfv.mano",
        "resources": dict(sorted(resources.items())),
    }
    return Hot(template, texts)


def strict_groups(template: Mapping[str, Any]) -> dict[str, list[str]]:
    """Server group that Nova may refuse a host for -> its servers, in order; names of resources."""
    found: dict[str, list[str]] = {}
    for name, resource in template["resources"].items():
        hints = resource.get("properties", {}).get("scheduler_hints", {})
        group = hints.get("group", {}).get("get_resource")
        if group and not template["resources"][group]["properties"]["policies"][0].startswith("soft-"):
            found.setdefault(group, []).append(name)
    return found


def one_after_the_other(hot: Hot) -> Hot:
    """The same stack; of each strict server group one server is built at a time.

    Nova picks the hosts of servers that are asked for at once without seeing the others of the group, and each may then
    find another one on every host that it was given. One at a time sees where the others are.
    """
    waits = {
        later: earlier
        for servers in strict_groups(hot.template).values()
        for earlier, later in itertools.pairwise(servers)
    }
    resources = {
        name: {**resource, "depends_on": [waits[name]]} if name in waits else resource
        for name, resource in hot.template["resources"].items()
    }
    return Hot({**hot.template, "resources": resources}, hot.files)


def _file(vnfc: Vnfc) -> str:
    return f"user_data/{names.safe(vnfc.vdu.id)}"


def _group(id_: str, policy: str, ref: InstanceRef) -> dict[str, Any]:
    name = names.display(f"{ref.name}-{id_}")
    return {"type": "OS::Nova::ServerGroup", "properties": {"name": name, "policies": [policy]}}


def gib(size: int) -> int:
    """Bytes as the whole GiB that hold them; at least 1."""
    return max(1, -(-size // GIB))


def _volume(storage: Storage, vnfc: Vnfc, assets: Assets, ref: InstanceRef) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "name": names.server_name(ref, storage.id),
        "size": gib(storage.storage.size),
        "metadata": names.owner(ref, vnfc.vdu.id, vnfc.id, storage.id),
    }
    image = assets.images.get(storage.storage.id) or (assets.images.get(vnfc.vdu.id) if storage.boot else None)
    if image:
        properties["image"] = image
    if "volume_type" in storage.storage.requirements:
        properties["volume_type"] = storage.storage.requirements["volume_type"]
    return {"type": names.VOLUME, "properties": properties}


def _server(vnfc: Vnfc, assets: Assets, ref: InstanceRef, file: str | None) -> dict[str, Any]:
    boot = vnfc.vdu.boot_data
    properties: dict[str, Any] = {
        "name": names.server_name(ref, vnfc.id),
        "flavor": assets.flavours[vnfc.vdu.id],
        "networks": [{"port": port_of(port)} for port in vnfc.ports],
        "metadata": (dict(boot.key_values) if boot else {}) | names.owner(ref, vnfc.vdu.id, vnfc.id),
        "user_data_format": "RAW",
    }
    if not any(s.boot for s in vnfc.storages):
        properties["image"] = assets.images[vnfc.vdu.id]
    if vnfc.storages:
        properties["block_device_mapping_v2"] = [_attached(s) for s in vnfc.storages]
    if vnfc.zone:
        properties["availability_zone"] = vnfc.zone
    if vnfc.server_groups:
        properties["scheduler_hints"] = {"group": {"get_resource": f"{names.safe(vnfc.server_groups[0])}.group"}}
    if file:
        properties["user_data"] = {"get_file": file}
    if boot:
        properties |= _boot_properties(boot.vim_properties)
    return {"type": names.SERVER, "properties": properties}


def _boot_properties(given: Mapping[str, str]) -> dict[str, Any]:
    """The VIM's own boot properties that a descriptor may ask for."""
    properties: dict[str, Any] = {}
    if "config_drive" in given:
        properties["config_drive"] = str(given["config_drive"]).lower() in {"true", "yes", "1"}
    if given.get("key_name"):
        properties["key_name"] = given["key_name"]
    return properties


def port_of(port: LinkPort) -> Any:
    """The port in a server's networks: one that the play owns, or ours."""
    return port.config.link_port_id or {"get_resource": names.resource_name("link_port", port.id)}


def _attached(storage: Storage) -> dict[str, Any]:
    """Volumes outlive their server, so that healing it keeps the data."""
    return {
        "volume_id": {"get_resource": names.resource_name("virtual_storage", storage.id)},
        "boot_index": 0 if storage.boot else -1,
        "delete_on_termination": False,
    }
