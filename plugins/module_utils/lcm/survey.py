# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A package as a survey of AWX: the questions to ask before one of its VNFs is instantiated. Pure.

The answers are variables of the role `instantiate`; `mano_level_ASPECT` and `mano_param_INPUT` stand for one aspect and
one input.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import FlavourInfo, Input, Vnfd

Question = dict[str, Any]

KINDS = {"integer": "integer", "float": "float", "boolean": "multiplechoice"}
"""TOSCA type -> type of the question; any other scalar is text."""

NOT_ASKED = ("list", "map")
"""A survey's answer is one line of text, which cannot hold these."""


def survey_spec(vnfd: Vnfd) -> dict[str, Any]:
    """The `survey_spec` of a job template: name, description, and the questions."""
    return {
        "name": f"{vnfd.product_name} {vnfd.software_version}",
        "description": f"Instantiate a VNF of package {vnfd.descriptor_id}",
        "spec": list(_questions(vnfd)),
    }


def _questions(vnfd: Vnfd) -> Iterator[Question]:
    flavours = list(vnfd.flavours.values())
    first = vnfd.flavours.get(vnfd.default_flavour or "", flavours[0] if len(flavours) == 1 else None)
    yield _question("mano_name", "Name of the VNF instance", required=True)
    if len(flavours) > 1:
        told = "; ".join(f"{f.id}: {f.description}" for f in flavours)
        yield _choice("mano_flavour_id", "Deployment flavour", [f.id for f in flavours], vnfd.default_flavour, told)
    levels = list(dict.fromkeys(level for f in flavours for level in f.level_ids))
    if len(levels) > 1:
        told = "; ".join(f"{f.id}: {', '.join(f.level_ids)}" for f in flavours) if len(flavours) > 1 else ""
        yield _choice("mano_instantiation_level_id", "Size", levels, first.default_level if first else None, told)
    for aspect, highest in _aspects(flavours).items():
        told = f"0 to {highest}; without an answer, what the size says"
        yield _question(f"mano_level_{aspect}", f"Scale level of {aspect}", told, type="integer", min=0, max=highest)
    inputs = {each.name: each for flavour in flavours for each in flavour.inputs}
    yield from (_input(each) for each in inputs.values() if each.type not in NOT_ASKED)


def _aspects(flavours: list[FlavourInfo]) -> Mapping[str, int]:
    highest: dict[str, int] = {}
    for flavour in flavours:
        for aspect, level in flavour.aspects.items():
            highest[aspect] = max(level, highest.get(aspect, 0))
    return highest


def _input(each: Input) -> Question:
    name, asked = f"mano_param_{each.name}", each.required and each.default is None
    kind = KINDS.get(each.type, "text")
    values = [str(_text(value)) for value in each.valid_values] or (["true", "false"] if each.type == "boolean" else [])
    if values:
        return _choice(name, each.name, values, _text(each.default), each.description, asked)
    default = each.default if kind in {"integer", "float"} else _text(each.default)
    given = {} if default is None else {"default": default}
    return _question(name, each.name, each.description, required=asked, type=kind, **given)


def _choice(
    variable: str, name: str, choices: list[str], default: str | None, description: str = "", required: bool = False
) -> Question:
    given = {"default": default} if default in choices else {}
    return _question(variable, name, description, required=required, type="multiplechoice", choices=choices, **given)


def _question(variable: str, name: str, description: str = "", **more: Any) -> Question:
    return {
        "variable": variable,
        "question_name": name,
        "question_description": description,
        "required": False,
        "type": "text",
        **more,
    }


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
