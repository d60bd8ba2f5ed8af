# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Colours, and the signs that say the same without them.

The picture brings its own background, light or dark as the reader's screen is, so it stands on any page. Classes carry
a prefix, since a picture may be put inline into a page that has classes of its own.
"""

from __future__ import annotations

HUES = 6
LIGHT = {
    "card": "#ffffff",
    "vnf": "#f6f8fa",
    "box": "#ffffff",
    "edge": "#8c959f",
    "ink": "#1f2328",
    "soft": "#57606a",
    "good": "#1a7f37",
    "bad": "#cf222e",
    "odd": "#9a6700",
    "n0": "#0969da",
    "n1": "#8250df",
    "n2": "#0f766e",
    "n3": "#bf3989",
    "n4": "#7d4e00",
    "n5": "#4b5563",
}
DARK = {
    "card": "#0d1117",
    "vnf": "#161b22",
    "box": "#0d1117",
    "edge": "#6e7681",
    "ink": "#e6edf3",
    "soft": "#9ea7b3",
    "good": "#3fb950",
    "bad": "#ff7b72",
    "odd": "#e3b341",
    "n0": "#58a6ff",
    "n1": "#bc8cff",
    "n2": "#39c5cf",
    "n3": "#f778ba",
    "n4": "#e0b070",
    "n5": "#b1bac4",
}

FONT = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"

COLOUR = {
    "ok": "good",
    "missing": "bad",
    "failed": "bad",
    "stopped": "odd",
    "detached": "odd",
    "changed": "odd",
}
"""Status -> colour; one that is not known is `odd`."""

SIGN = {
    "ok": ('<circle r="7" class="m-f-{c}"/>', '<path d="M-3.2,0.2L-0.9,2.6L3.4,-2.4" class="m-mark"/>'),
    "missing": ('<circle r="7" class="m-f-{c}"/>', '<path d="M-2.7,-2.7L2.7,2.7M2.7,-2.7L-2.7,2.7" class="m-mark"/>'),
    "failed": ('<path d="M0,-7.5L8,6.5H-8Z" class="m-f-{c}"/>', '<path d="M0,-2.8V1.6M0,3.9V4.1" class="m-mark"/>'),
    "stopped": (
        '<rect x="-7" y="-7" width="14" height="14" rx="3" class="m-f-{c}"/>',
        '<path d="M-2.2,-3V3M2.2,-3V3" class="m-mark"/>',
    ),
}
ODD_SIGN = ('<path d="M0,-8L8,0L0,8L-8,0Z" class="m-f-{c}"/>', '<path d="M0,-3.6V0.8M0,3.3V3.5" class="m-mark"/>')


def sign(status: str, x: float, y: float) -> str:
    """The sign of a status with its middle at x, y."""
    colour = COLOUR.get(status, "odd")
    drawn = "".join(SIGN.get(status, ODD_SIGN)).format(c=colour)
    return f'<g transform="translate({x:g},{y:g})">{drawn}</g>'


def stylesheet() -> str:
    """The picture's <style>."""
    dark = "".join(_colours(DARK))
    return f"<style>{_SHAPES}{''.join(_colours(LIGHT))}@media (prefers-color-scheme:dark){{{dark}}}</style>"


def _colours(palette: dict[str, str]) -> list[str]:
    named = [f".m-f-{name}{{fill:{value}}}.m-s-{name}{{stroke:{value}}}" for name, value in palette.items()]
    return [*named, f".m-mark{{stroke:{palette['box']}}}"]


_SHAPES = (
    f".m-t,.m-b,.m-h,.m-s{{font-family:{FONT}}}"
    ".m-t,.m-b{font-size:13px}.m-s{font-size:12px}.m-h{font-size:17px}.m-b,.m-h{font-weight:600}"
    ".m-mark{fill:none;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}"
    ".m-line{stroke-width:2}.m-lost{stroke-dasharray:5 4}"
    ".m-dash{stroke-dasharray:7 5;fill:none;stroke-width:1.5}"
    ".m-none{fill:none}"
)
