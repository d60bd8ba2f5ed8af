# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of the boxes, so that what is framed together stands together, and the stretches that frames go around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ansible_collections.nfv.mano.plugins.module_utils.picture.scene import Box, Frame


@dataclass(frozen=True, slots=True)
class Run:
    """A frame around the boxes number `first` to `last`. Frames that share a box differ in `lane`; 0 is outermost."""

    label: str
    first: int
    last: int
    lane: int


def ordered(boxes: Sequence[Box], frames: Sequence[Frame]) -> tuple[Box, ...]:
    """The boxes with those of one frame next to each other, else as they came."""
    place = {box.id: number for number, box in enumerate(boxes)}
    for frame in (*frames, *reversed(frames)):
        # Frames that share a box form one cluster; both ways round carries a lower place through a chain of them.
        known = [id_ for id_ in frame.members if id_ in place]
        first = min((place[id_] for id_ in known), default=0)
        place |= dict.fromkeys(known, first)
    number = {box.id: count for count, box in enumerate(boxes)}
    inner = {box.id: sorted(index for index, frame in enumerate(frames) if box.id in frame.members) for box in boxes}
    return tuple(sorted(boxes, key=lambda box: (place[box.id], inner[box.id], number[box.id])))


def runs(boxes: Sequence[Box], frames: Sequence[Frame]) -> tuple[Run, ...]:
    """Each frame as stretches of boxes, outermost first. One in several parts says so in its label."""
    found = [(frame, stretch) for frame in frames for stretch in _stretches(boxes, frame)]
    found.sort(key=lambda item: (item[1][0] - item[1][1], item[1][0], item[0].label))
    made: list[Run] = []
    for frame, (first, last) in found:
        parts = sum(other is frame for other, _rest in found)
        taken = {run.lane for run in made if run.first <= last and first <= run.last}
        lane = next(lane for lane in range(len(made) + 1) if lane not in taken)
        label = frame.label if parts == 1 else f"(one of {parts} parts) {frame.label}"
        made.append(Run(label, first, last, lane))
    return tuple(sorted(made, key=lambda run: (run.lane, run.first)))


def _stretches(boxes: Sequence[Box], frame: Frame) -> list[tuple[int, int]]:
    """The stretches of consecutive members: (first, last)."""
    stretches: list[tuple[int, int]] = []
    for number, box in enumerate(boxes):
        if box.id not in frame.members:
            continue
        if stretches and stretches[-1][1] == number - 1:
            stretches[-1] = (stretches[-1][0], number)
        else:
            stretches.append((number, number))
    return stretches
