# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any picture at all: well-formed, self-contained, the same twice, and with nothing on top of anything else."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.nfv.mano.plugins.module_utils.picture.layout import Layout, layout
from ansible_collections.nfv.mano.plugins.module_utils.picture.scene import (
    Box,
    Frame,
    Network,
    Port,
    Remark,
    Scene,
    Volume,
)
from ansible_collections.nfv.mano.plugins.module_utils.picture.svg import render
from ansible_collections.nfv.mano.plugins.module_utils.picture.text import EM

HOSTILE = "</text><script>alert(1)</script>&amp;\"' \x00\x1b\u202e\ud800\ufffe ]]> <!-- "
TEXTS = st.one_of(st.text(max_size=60), st.just(HOSTILE), st.just("x" * 1000), st.just("名" * 50))
STATUS = st.sampled_from(["", "ok", "missing", "failed", "stopped", "detached", "changed", "never heard of"])
NUMBERS = st.integers(0, 7)
SVG = "{http://www.w3.org/2000/svg}"


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    networks = tuple(
        Network(f"n{i}", draw(TEXTS), draw(TEXTS), draw(st.booleans()), draw(STATUS)) for i in range(draw(NUMBERS))
    )
    ports = st.builds(Port, TEXTS, st.sampled_from([n.id for n in networks] + ["gone"]), STATUS)
    boxes = tuple(
        Box(
            f"b{i}",
            draw(TEXTS),
            draw(st.sampled_from(["", "× 2 (1 to 3)"])),
            tuple(draw(st.lists(TEXTS, max_size=2))),
            tuple(draw(st.lists(ports, max_size=5))),
            tuple(draw(st.lists(st.builds(Volume, TEXTS, STATUS), max_size=2))),
            draw(STATUS),
            draw(st.booleans()),
        )
        for i in range(draw(NUMBERS))
    )
    members = st.frozensets(st.sampled_from([*(b.id for b in boxes), "gone"]))
    frames = tuple(draw(st.lists(st.builds(Frame, TEXTS, members), max_size=4)))
    remarks = tuple(draw(st.lists(st.builds(Remark, TEXTS, STATUS), max_size=3)))
    return Scene(draw(TEXTS), remarks, networks, boxes, frames, draw(TEXTS))


@settings(max_examples=60, deadline=None)
@given(scenes())
def test_well_formed_harmless_and_the_same_twice(scene: Scene) -> None:
    drawn = render(scene)
    assert drawn == render(scene)
    root = ET.fromstring(drawn.encode())
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        *("svg", "title", "desc", "style", "g", "rect", "path", "circle", "text"),
    }
    for element in root.iter():
        assert not [name for name in element.attrib if name.startswith("on") or "href" in name]
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    assert root.attrib["role"] == "img"
    style = root.findtext(f"{SVG}style") or ""
    assert "url(" not in style
    assert "@import" not in style


@settings(max_examples=60, deadline=None)
@given(scenes())
def test_texts_stay_in_the_picture_and_off_each_other(scene: Scene) -> None:
    root = ET.fromstring(render(scene).encode())
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    size = {"m-h": 17, "m-s": 12}
    spans: list[tuple[float, float, float]] = []
    for text in root.iter(f"{SVG}text"):
        points = size.get(text.attrib["class"].split()[0], 13)
        reach = len(re.sub(r"[^\x20-\x7e]", "xx", text.text or "")) * points * EM
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        start = x - reach if text.attrib.get("text-anchor") == "end" else x
        if (text.text or "").isascii() and text.text:
            assert start >= 0, text.text
            assert start + reach <= wide + 1, text.text
            assert 0 < y < high
            spans.append((y, start, start + reach))
    for (y, start, end), (other_y, other_start, other_end) in itertools.combinations(spans, 2):
        assert abs(y - other_y) >= 10 or end <= other_start + 1 or other_end <= start + 1


def _check_places(places: Layout) -> None:
    for one, other in itertools.pairwise(places.boxes):
        assert one.y + one.height < other.y
    for frame in places.frames:
        inside = [box for box in places.boxes if frame.y < box.y < frame.y + frame.height]
        assert inside
        for box in inside:
            assert frame.x < box.x
            assert box.x + box.width < frame.x + frame.width
            assert box.y + box.height < frame.y + frame.height
    for one, other in itertools.combinations(places.frames, 2):
        assert (one.x, one.y) != (other.x, other.y)
    bars = [net_bar.x for net_bar in places.bars]
    assert len(bars) == len(set(bars))
    for net_bar in places.bars:
        assert net_bar.x < places.left if net_bar.network.external else places.left < net_bar.x < places.right
        assert net_bar.bottom < places.bottom
    assert all(places.top < box.y and box.y + box.height < places.bottom for box in places.boxes)


@settings(max_examples=80, deadline=None)
@given(scenes())
def test_boxes_frames_and_bars_have_places_of_their_own(scene: Scene) -> None:
    _check_places(layout(scene))


def test_framed_boxes_stand_together() -> None:
    boxes = tuple(Box(name, name) for name in "abcd")
    frames = (Frame("a and c", frozenset("ac")), Frame("b and d", frozenset("bd")))
    places = layout(Scene("s", (), (), boxes, frames, ""))
    assert [box.box.id for box in places.boxes] == ["a", "c", "b", "d"]
    assert [frame.label for frame in places.frames] == ["a and c", "b and d"]


def test_a_frame_in_several_parts_says_so() -> None:
    boxes = tuple(Box(name, name) for name in "abc")
    every_two = tuple(Frame(f"{a}{b}", frozenset({a, b})) for a, b in itertools.combinations("abc", 2))
    labels = [frame.label for frame in layout(Scene("s", (), (), boxes, every_two, "")).frames]
    assert sorted(label for label in labels if "parts" in label) != []
    assert {label.split()[-1] for label in labels} == {"ab", "ac", "bc"}


def test_a_bar_is_only_as_long_as_its_use() -> None:
    boxes = (Box("a", "a", ports=(Port("p", "n"),)), Box("b", "b", ports=(Port("q", "m"),)))
    places = layout(Scene("s", (), (Network("n", "n"), Network("m", "m")), boxes, (), ""))
    ends = {net_bar.network.id: net_bar.bottom for net_bar in places.bars}
    assert ends == {"n": places.boxes[0].port_rows[0], "m": places.boxes[1].port_rows[0]}


def test_no_status_is_told_by_colour_alone() -> None:
    for status in ("missing", "failed", "stopped", "detached", "changed"):
        scene = Scene(
            "s",
            (),
            (Network("n", "net", status=status),),
            (Box("b", "box", ports=(Port("port", "n", status),), volumes=(Volume("disk", status),), status=status),),
            (),
            "",
        )
        root = ET.fromstring(render(scene))
        told = [text.text or "" for text in root.iter(f"{SVG}text")]
        assert [text for text in told if status in text] == [status, f"port · {status}", f"disk · {status}"]
        plain = ET.fromstring(render(Scene("s", (), (Network("n", "net"),), (), (), "")))
        assert len(list(root.iter(f"{SVG}path"))) > len(list(plain.iter(f"{SVG}path")))
