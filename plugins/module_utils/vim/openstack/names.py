# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names and owner marks: how our objects are called on OpenStack, and how a name leads back to the topology.

Owner marks cost no extra request: servers and volumes carry metadata, networks and ports a description that Neutron can
filter by (tags would take Heat one more request for each port).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ansible_collections.nfv.mano.plugins.module_utils.vim.port import InstanceRef

SERVER = "OS::Nova::Server"
PORT = "OS::Neutron::Port"
VOLUME = "OS::Cinder::Volume"
NETWORK = "OS::Neutron::Net"

KIND_OF_TYPE: Mapping[str, str] = {
    SERVER: "vnfc",
    PORT: "link_port",
    VOLUME: "virtual_storage",
    NETWORK: "virtual_link",
}
TYPE_OF_KIND: Mapping[str, str] = {kind: type_ for type_, kind in KIND_OF_TYPE.items()}

INSTANCE_KEY = "nfv-mano-instance"
TENANT_KEY = "nfv-mano-tenant"
VDU_KEY = "nfv-mano-vdu"
VNFC_KEY = "nfv-mano-vnfc"
ID_KEY = "nfv-mano-id"
DIGEST_KEY = "nfv_mano_digest"  # of images; Glance wants an identifier

_SUFFIX = {"link_port": ".port", "virtual_storage": ".volume", "virtual_link": ".net"}
_LIKE_A_VNFC = {
    "link_port": re.compile(r"-[0-9]+$"),
    "virtual_storage": re.compile(r"-[0-9]+$"),
    "virtual_link": re.compile(r"-[0-9]+(-|$)"),
}


def safe(text: str) -> str:
    """Text as a part of a Heat resource's name: letters, digits, _ and - stay; others become =XX. Can be undone by
    `unsafe`.
    """
    return re.sub(r"[^A-Za-z0-9_-]", lambda m: "".join(f"={b:02X}" for b in m.group().encode()), text)


def unsafe(text: str) -> str:
    """The inverse of `safe`."""
    return re.sub(
        r"(?:=[0-9A-F]{2})+", lambda m: bytes.fromhex(m.group().replace("=", "")).decode(errors="replace"), text
    )


def resource_name(kind: str, id_: str) -> str:
    """The Heat resource of one of the topology's resources: its id.

    Ids are unique within a kind only. One that could also be a VNFC's or a port's gets the suffix of its kind, which
    depends on the id alone, so that a resource never changes its name because of another.
    """
    like = _LIKE_A_VNFC.get(kind)
    return safe(id_) + (_SUFFIX[kind] if like and like.search(id_) else "")


def id_of(kind: str, name: str) -> str:
    """The topology's id of a Heat resource; the inverse of `resource_name`."""
    return unsafe(name.removesuffix(_SUFFIX.get(kind, "")))


def display(text: str) -> str:
    """A name for people, as Nova, Neutron and Cinder take it."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", text)[:255]


def stack_name(ref: InstanceRef) -> str:
    """The stack of an instance. It holds the id alone, since a name may be used again while the old stack is going."""
    return f"vnf-{ref.instance_id}"


def stack_path(ref: InstanceRef) -> str:
    """The stack's path; with its id Heat answers at once, without it Heat redirects."""
    return f"/stacks/{stack_name(ref)}" + (f"/{ref.stack_id}" if ref.stack_id else "")


def server_name(ref: InstanceRef, vnfc_id: str) -> str:
    """A server's name."""
    return display(f"{ref.name}-{vnfc_id}")


def prefixed(ref: InstanceRef, kind: str, id_: str) -> str:
    """A port's or network's name: the instance's, then its resource's; `id_of_name` leads back."""
    return f"{display(ref.name)}-{resource_name(kind, id_)}"[:255]


def id_of_name(ref: InstanceRef, kind: str, name: str) -> str:
    """The inverse of `prefixed`."""
    return id_of(kind, name.removeprefix(f"{display(ref.name)}-"))


def description(ref: InstanceRef) -> str:
    """The mark on networks, subnets, ports, routers and security groups."""
    return f"{INSTANCE_KEY} {ref.instance_id}"


def owner(ref: InstanceRef, vdu_id: str, vnfc_id: str, id_: str | None = None) -> dict[str, str]:
    """The mark on servers and volumes."""
    marks = {INSTANCE_KEY: ref.instance_id, TENANT_KEY: ref.tenant, VDU_KEY: vdu_id, VNFC_KEY: vnfc_id}
    if id_ is not None:
        marks[ID_KEY] = id_
    return {key: value[:255] for key, value in marks.items()}
