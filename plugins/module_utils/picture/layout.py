# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where everything on a picture goes, in pixels.

The VNF is one frame. In it the boxes stand one below the other, and the internal networks are upright bars at their
right; external networks are bars at the left of the frame. A port is a row of its box, and a level line from there to
its bar. Each bar has its name on a row of its own at its top, so names have room whatever they say, and a picture of a
hundred VNFCs is only longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ansible_collections.nfv.mano.plugins.module_utils.picture.ordering import Run, ordered, runs
from ansible_collections.nfv.mano.plugins.module_utils.picture.scene import Box, Network, Scene
from ansible_collections.nfv.mano.plugins.module_utils.picture.text import fit, width

MARGIN = 24.0
BAR_STEP = 34.0
FLAG_ROW = 22.0
PAD = 16.0
HEAD = 30.0
LINE = 17.0
ROW = 22.0
BOX_GAP = 14.0
FRAME_LABEL = 20.0
LANE = 9.0
SIGN = 20.0
STACK = 6.0
TITLE, TEXT, SMALL = 17.0, 13.0, 12.0
NARROWEST, WIDEST = 260.0, 460.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A network: a bar at `x` from `top`, where its name stands, to `bottom`. `hue` counts the bars."""

    network: Network
    x: float
    top: float
    bottom: float
    hue: int


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box with the middle of each of its rows; ports first, then volumes."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    port_rows: tuple[float, ...]
    volume_rows: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PlacedFrame:
    """A dashed frame; its label stands in its upper left corner."""

    label: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """All of it. The VNF's own frame is `left`, `top`, `right`, `bottom`."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    bars: tuple[Bar, ...]
    boxes: tuple[PlacedBox, ...]
    frames: tuple[PlacedFrame, ...]


def layout(scene: Scene) -> Layout:
    """The places of everything in the scene."""
    boxes = ordered(scene.boxes, scene.frames)
    groups = runs(boxes, scene.frames)
    lanes = max((run.lane + 1 for run in groups), default=0)
    outside = _by_use(scene, external=True)
    inside = _by_use(scene, external=False)
    left = MARGIN + (len(outside) * BAR_STEP + 6 if outside else 0)
    top = MARGIN + len(outside) * FLAG_ROW + (8 if outside else 0)
    box_width = _box_width(scene)
    box_x = left + PAD + 8 + lanes * LANE
    first_row = top + 12 + max(len(inside) * FLAG_ROW, 24 + LINE * len(scene.remarks)) + 10
    placed, frames, end = _stack(boxes, groups, lanes, box_x, box_width, first_row)
    bars_x = box_x + box_width + lanes * LANE + BAR_STEP
    bars = (
        *_bars(outside, MARGIN + 8, MARGIN, 0, placed),
        *_bars(inside, bars_x, top + 12, len(outside), placed),
    )
    right = max(
        [box_x + box_width + lanes * LANE + PAD + 8, *(_flag_end(net_bar) + PAD for net_bar in bars[len(outside) :])]
    )
    far = max([right, *(_flag_end(net_bar) for net_bar in bars)])
    return Layout(far + MARGIN, end + MARGIN, left, top, right, end, bars, placed, frames)


def _by_use(scene: Scene, *, external: bool) -> tuple[Network, ...]:
    """From left to right; the most used nearest to the boxes, so that few lines pass under a bar."""
    ports = [port.network for box in scene.boxes for port in box.ports]
    networks = [network for network in scene.networks if network.external is external]
    return tuple(sorted(networks, key=lambda n: (ports.count(n.id) * (1 if external else -1), n.id)))


def _bars(networks: Sequence[Network], x: float, top: float, hue: int, boxes: Iterable[PlacedBox]) -> tuple[Bar, ...]:
    """The bars, each down to the last port that hangs on it."""
    rows = [(port.network, row) for box in boxes for port, row in zip(box.box.ports, box.port_rows, strict=True)]
    made = []
    for number, network in enumerate(networks):
        start = top + number * FLAG_ROW
        last = max((row for id_, row in rows if id_ == network.id), default=start + FLAG_ROW)
        made.append(Bar(network, x + number * BAR_STEP, start, last, hue + number))
    return tuple(made)


def flag(network: Network) -> tuple[str, str]:
    """What stands at the top of a network's bar: its name in TEXT, its detail in SMALL; each cut to its room."""
    return fit(network.name, 240, TEXT), fit(network.detail, 360, SMALL)


def _flag_end(net_bar: Bar) -> float:
    """Where the text at the top of a bar ends."""
    name, detail = flag(net_bar.network)
    return net_bar.x + 12 + (SIGN if net_bar.network.status else 0) + width(f"{name} ", TEXT) + width(detail, SMALL)


def _box_width(scene: Scene) -> float:
    """As wide as the widest text in any box, within bounds; the rest is cut."""
    texts = [SIGN + width(remark.text, SMALL) for remark in scene.remarks]
    texts += [width(scene.title, TITLE), *(width(frame.label, SMALL) + 24 for frame in scene.frames)]
    for box in scene.boxes:
        texts.append(width(box.title, TEXT) + width(f"{box.note}  {box.status}", SMALL) + SIGN + 32)
        texts += [width(line, SMALL) + 24 for line in box.lines]
        texts += [width(f"{port.label} {_told(port.status)}", TEXT) + 40 for port in box.ports]
        texts += [width(f"{volume.label} {_told(volume.status)}", TEXT) + 60 for volume in box.volumes]
    return min(max(NARROWEST, *texts), WIDEST)


def _told(status: str) -> str:
    return "" if status in {"", "ok"} else status


def _stack(
    boxes: Sequence[Box], groups: Sequence[Run], lanes: int, x: float, box_width: float, y: float
) -> tuple[tuple[PlacedBox, ...], tuple[PlacedFrame, ...], float]:
    """The boxes below each other with their frames around them; the last number is where the VNF's frame ends."""
    placed, frames, tops = [], [], {}
    for number, box in enumerate(boxes):
        for run in groups:
            if run.first == number:
                tops[run] = y
                y += FRAME_LABEL
        y += STACK if box.stacked else 0
        made = _placed(box, x, y, box_width)
        placed.append(made)
        y += made.height
        for run in reversed(groups):
            if run.last == number:
                y += LANE
                reach = (lanes - run.lane) * LANE
                frames.append(PlacedFrame(run.label, x - reach, tops[run], box_width + 2 * reach, y - tops[run]))
        y += BOX_GAP
    return tuple(placed), tuple(frames), y - BOX_GAP + PAD


def _placed(box: Box, x: float, y: float, box_width: float) -> PlacedBox:
    """A box at its place. Ports without a label, those of a router, are on the row of the title."""
    at = y + HEAD + LINE * len([line for line in box.lines if line])
    rows: list[float] = []
    for port in box.ports:
        if port.label:
            rows.append(at + ROW / 2)
            at += ROW
        else:
            rows.append(y + HEAD / 2)
    volumes = tuple(at + ROW * (number + 0.5) for number in range(len(box.volumes)))
    at += ROW * len(box.volumes)
    plain = at == y + HEAD
    return PlacedBox(box, x, y, box_width, at - y + (0 if plain else 6), tuple(rows), volumes)
