# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scene as an SVG document: the same scene gives the same bytes. Nothing in it is fetched, run or linked to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ansible_collections.nfv.mano.plugins.module_utils.picture.layout import (
    HEAD,
    LINE,
    SMALL,
    STACK,
    TEXT,
    TITLE,
    Bar,
    Layout,
    PlacedBox,
    PlacedFrame,
    flag,
    layout,
)
from ansible_collections.nfv.mano.plugins.module_utils.picture.layout import SIGN as SIGN_WIDTH
from ansible_collections.nfv.mano.plugins.module_utils.picture.scene import OK, Port, Scene, Volume
from ansible_collections.nfv.mano.plugins.module_utils.picture.style import COLOUR, HUES, sign, stylesheet
from ansible_collections.nfv.mano.plugins.module_utils.picture.text import escape, fit, width


def render(scene: Scene) -> str:
    """The picture of a scene: one SVG document that ends in a newline."""
    places = layout(scene)
    size = f'width="{places.width:g}" height="{places.height:g}" viewBox="0 0 {places.width:g} {places.height:g}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{escape(scene.title)}">',
            f"<title>{escape(scene.title)}</title>",
            f"<desc>{escape(scene.description)}</desc>",
            stylesheet(),
            *_ground(scene, places),
            *(line for frame in places.frames for line in _frame(frame)),
            *(line for box in places.boxes for line in _links(box, places)),
            *(line for net_bar in places.bars for line in _bar(net_bar)),
            *(line for box in places.boxes for line in _dots(box, places)),
            *(line for box in places.boxes for line in _box(box, places)),
            "</svg>\n",
        ]
    )


def _text(kind: str, x: float, y: float, text: str, colour: str = "ink", anchor: str = "") -> str:
    where = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text class="m-{kind} m-f-{colour}" x="{x:g}" y="{y:g}"{where}>{escape(text)}</text>'


def _rect(x: float, y: float, wide: float, high: float, classes: str, radius: float = 8) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="{radius:g}" class="{classes}"/>'


def _ground(scene: Scene, places: Layout) -> Iterator[str]:
    """The card, the frame of the VNF, and in its upper left what the picture is of."""
    yield _rect(0.5, 0.5, places.width - 1, places.height - 1, "m-f-card m-s-edge", 10)
    wide, high = places.right - places.left, places.bottom - places.top
    yield _rect(places.left, places.top, wide, high, "m-f-vnf m-s-edge", 12)
    x, y = places.left + 16, places.top + 28
    room = _room(places) - 16
    yield _text("h", x, y, fit(scene.title, room, TITLE))
    for number, remark in enumerate(scene.remarks, start=1):
        at = y + 2 + number * LINE
        indent = SIGN_WIDTH if remark.status else 0
        if remark.status:
            yield sign(remark.status, x + 7, at - 4)
        colour = COLOUR.get(remark.status, "odd") if remark.status else "soft"
        yield _text("s", x + indent, at, fit(remark.text, room - indent, SMALL), colour)


def _room(places: Layout) -> float:
    """The width of the column of the boxes, from the frame's left side to the first internal network."""
    first = min((net_bar.x for net_bar in places.bars if not net_bar.network.external), default=places.right)
    return first - places.left - 16


def _frame(frame: PlacedFrame) -> Iterator[str]:
    yield _rect(frame.x, frame.y, frame.width, frame.height, "m-dash m-s-soft", 10)
    yield _text("s", frame.x + 12, frame.y + 15, fit(frame.label, frame.width - 24, SMALL), "soft")


def _bar(net_bar: Bar) -> Iterator[str]:
    """A bar over the lines that pass under it, with its name at its top. A network of others is hollow."""
    network, hue = net_bar.network, f"n{net_bar.hue % HUES}"
    ground = "card" if network.external else "vnf"
    lost = " m-lost" if network.status not in ("", OK) else ""
    high = net_bar.bottom - net_bar.top
    yield _rect(net_bar.x - 7, net_bar.top + 18, 14, high - 14, f"m-f-{ground}", 0)
    if network.external:
        yield _rect(net_bar.x - 4, net_bar.top + 4, 8, high, f"m-f-card m-s-{hue} m-line{lost}", 4)
    else:
        fill = f"m-f-vnf m-s-{hue} m-line{lost}" if lost else f"m-f-{hue}"
        yield _rect(net_bar.x - 3.5, net_bar.top + 4, 7, high, fill, 3.5)
    x, y = net_bar.x + 12, net_bar.top + 16
    if network.status:
        yield sign(network.status, x + 7, y - 4)
        x += SIGN_WIDTH
    name, detail = flag(network)
    yield _text("b", x, y, name, hue)
    yield _text("s", x + width(f"{name} ", TEXT), y, detail, "soft")


def _links(placed: PlacedBox, places: Layout) -> Iterator[str]:
    """A line from each port to its network."""
    bars = {net_bar.network.id: net_bar for net_bar in places.bars}
    for port, y in zip(placed.box.ports, placed.port_rows, strict=True):
        net_bar = bars.get(port.network)
        if net_bar is not None:
            bad = port.status not in ("", OK)
            look = f"m-s-{COLOUR.get(port.status, 'odd')} m-lost" if bad else f"m-s-n{net_bar.hue % HUES}"
            yield f'<path d="M{_edge(placed, net_bar):g},{y:g}H{net_bar.x:g}" class="m-line {look}"/>'


def _edge(placed: PlacedBox, net_bar: Bar) -> float:
    return placed.x if net_bar.network.external else placed.x + placed.width


def _dots(placed: PlacedBox, places: Layout) -> Iterator[str]:
    """Where a line meets its bar: other lines pass under it."""
    bars = {net_bar.network.id: net_bar for net_bar in places.bars}
    for port, y in zip(placed.box.ports, placed.port_rows, strict=True):
        net_bar = bars.get(port.network)
        if net_bar is not None:
            hue = f"n{net_bar.hue % HUES}"
            fill = hue if port.status in ("", OK) else "card"
            yield f'<circle cx="{net_bar.x:g}" cy="{y:g}" r="6" class="m-f-{fill} m-s-{hue} m-line"/>'


def _box(placed: PlacedBox, places: Layout) -> Iterator[str]:
    box, x, y = placed.box, placed.x, placed.y
    bad = box.status not in ("", OK)
    edge = f"m-s-{COLOUR.get(box.status, 'odd')} m-line m-lost" if bad else "m-s-edge"
    yield f"<g><title>{escape(' '.join(part for part in (box.title, box.note, box.status) if part))}</title>"
    if box.stacked:
        yield _rect(x + STACK, y - STACK, placed.width, placed.height, "m-f-box m-s-edge")
        yield _rect(x + STACK / 2, y - STACK / 2, placed.width, placed.height, "m-f-box m-s-edge")
    yield _rect(x, y, placed.width, placed.height, f"m-f-box {edge}")
    right = x + placed.width - 12
    if box.status:
        yield _text("s", right, y + 20, box.status, COLOUR.get(box.status, "odd"), "end")
        right -= width(box.status, SMALL) + 12
        yield sign(box.status, right, y + 16)
        right -= 12
    yield _text("s", right, y + 20, box.note, "soft", "end") if box.note else ""
    room = right - x - 12 - width(box.note, SMALL)
    yield _text("b", x + 12, y + 20, fit(box.title, room, TEXT))
    for number, line in enumerate([line for line in box.lines if line]):
        yield _text("s", x + 12, y + HEAD + 11 + number * LINE, fit(line, placed.width - 24, SMALL), "soft")
    yield from _port_rows(placed, places)
    for volume, row in zip(box.volumes, placed.volume_rows, strict=True):
        yield from _volume(placed, volume, row)
    yield "</g>"


def _port_rows(placed: PlacedBox, places: Layout) -> Iterator[str]:
    """The connectors at the edge, each with its label on that side."""
    bars: Mapping[str, Bar] = {net_bar.network.id: net_bar for net_bar in places.bars}
    for port, y in zip(placed.box.ports, placed.port_rows, strict=True):
        net_bar = bars.get(port.network)
        at_left = net_bar is not None and net_bar.network.external
        hue = f"n{net_bar.hue % HUES}" if net_bar is not None else "edge"
        edge = placed.x if at_left else placed.x + placed.width
        yield _rect(edge - 5, y - 5, 10, 10, f"m-f-{hue} m-s-{hue}", 2)
        if port.label:
            yield from _port_label(placed, port, y, at_left)


def _port_label(placed: PlacedBox, port: Port, y: float, at_left: bool) -> Iterator[str]:
    bad = port.status not in ("", OK)
    colour = COLOUR.get(port.status, "odd") if bad else "ink"
    told = f"{port.label} · {port.status}" if bad else port.label
    x = placed.x + 14 if at_left else placed.x + placed.width - 14
    indent = SIGN_WIDTH if bad else 0
    if bad:
        yield sign(port.status, x + 7 if at_left else x - 7, y)
    text = fit(told, placed.width - 40, TEXT)
    yield _text("t", x + indent if at_left else x - indent, y + 4.5, text, colour, "" if at_left else "end")


def _volume(placed: PlacedBox, volume: Volume, y: float) -> Iterator[str]:
    bad = volume.status not in ("", OK)
    colour = COLOUR.get(volume.status, "odd") if bad else "soft"
    x = placed.x + 12
    drum = f"M{x:g},{y - 5:g}v10a7,2.6 0 0 0 14,0v-10a7,2.6 0 0 0 -14,0a7,2.6 0 0 0 14,0"
    yield f'<path d="{drum}" class="m-none m-s-{colour}" stroke-width="1.5"/>'
    if bad:
        yield sign(volume.status, x + 28, y)
    told = f"{volume.label} · {volume.status}" if bad else volume.label
    indent = SIGN_WIDTH + 2 if bad else 0
    text = fit(told, placed.width - 40 - indent, TEXT)
    yield _text("t", x + 22 + indent, y + 4.5, text, colour if bad else "ink")
