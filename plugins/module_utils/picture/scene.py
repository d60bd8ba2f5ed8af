# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is on a picture, before anything has a place: networks, boxes with their ports and volumes, and frames around
boxes.

A `status` is "" where nobody looked, else ok, or the `what` of a drift: missing, failed, stopped, detached, changed.
"""

from __future__ import annotations

from dataclasses import dataclass

OK = "ok"


@dataclass(frozen=True, slots=True)
class Network:
    """A bar. `external`: it is not the VNF's own, and is drawn outside of it."""

    id: str
    name: str
    detail: str = ""
    external: bool = False
    status: str = ""


@dataclass(frozen=True, slots=True)
class Port:
    """A connector of a box to the network with the id `network`."""

    label: str
    network: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Volume:
    """A disk of a box."""

    label: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A VNFC, a VDU (`stacked`: there may be several of it) or a router between networks.

    `note` stands at the right of the title, `lines` under it.
    """

    id: str
    title: str
    note: str = ""
    lines: tuple[str, ...] = ()
    ports: tuple[Port, ...] = ()
    volumes: tuple[Volume, ...] = ()
    status: str = ""
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A dashed frame around the boxes with the ids `members`."""

    label: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Remark:
    """A line under the picture's title."""

    text: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """The whole. `description` says in words what the picture shows, for those who don't see it."""

    title: str
    remarks: tuple[Remark, ...]
    networks: tuple[Network, ...]
    boxes: tuple[Box, ...]
    frames: tuple[Frame, ...]
    description: str
