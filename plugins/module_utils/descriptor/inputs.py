# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inputs: what a play may set in a flavour, and whether what it sets fits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.constraints import violation
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.functions import deferred
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Input
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import Report, listed, shown
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.template import Template
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.typedef import PropertyDef, read_property
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.values import SIMPLE, convert
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError


def user_inputs(
    template: Template, top: Template, fed: Collection[str], used: Collection[str], report: Report
) -> dict[str, PropertyDef]:
    """The inputs that the play may set: the flavour's own that nothing feeds, and those of the top that it leads to."""
    found = {name: definition for name, definition in template.inputs.items() if name not in fed}
    found |= {name: top.inputs[name] for name in used if name not in found and name in top.inputs}
    for name, definition in found.items():
        place = template.place / "inputs" / name
        if name not in used and definition.required and not definition.has_default:
            report.info("input-unused", f"Nothing uses the input {shown(name)}, so it need not be given.", place)
    return found


def model_input(name: str, definition: PropertyDef, used: bool) -> Input:
    """The model of an input. One that nothing uses need not be given."""
    default = None if deferred(definition.default) else definition.default
    valid = next((argument for clause, argument in definition.constraints if clause == "valid_values"), ())
    return Input(
        name=name,
        type=definition.type,
        description=definition.description,
        required=definition.required and default is None and used,
        default=default,
        valid_values=tuple(valid) if isinstance(valid, list) else (),
    )


def check_default(name: str, definition: PropertyDef, template: Template, report: Report) -> None:
    """Tell of a default that its own definition would refuse."""
    if definition.default is None or deferred(definition.default):
        return
    wrong = _wrong(definition.default, definition)
    if wrong:
        place = template.place / "inputs" / name / "default"
        report.error("input-default", f"The default of the input {shown(name)} {wrong}.", place, "TOSCA 3.6.14")


def values_for(flavour_id: str, inputs: Mapping[str, Any], recorded: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The value of every input: the play's, else the default. What is no input serves other ends (boot data) and is
    left.

    Raises ManoError input_missing and input_invalid.
    """
    missing = [name for name, raw in recorded.items() if raw.get("required") and inputs.get(name) is None]
    if missing:
        raise ManoError(
            "input_missing",
            f"Flavour {flavour_id} needs the input {listed(missing)}; set it in additional_params.",
            resource=missing[0],
        )
    values = {}
    for name, raw in recorded.items():
        value = inputs.get(name)
        if value is None:
            values[name] = raw.get("default")
            continue
        definition = read_property(raw)
        wrong = _wrong(value, definition)
        if wrong:
            raise ManoError(
                "input_invalid",
                f"The input {name} of flavour {flavour_id} {wrong}. Correct additional_params.",
                resource=name,
            )
        values[name] = convert(value, definition.type)[0] if definition.type in SIMPLE else value
    return values


def _wrong(value: Any, definition: PropertyDef, depth: int = 0) -> str | None:
    """What is wrong with a value, as the end of a sentence."""
    if definition.type in SIMPLE:
        converted, problem = convert(value, definition.type)
        if problem is not None and not problem.soft:
            return problem.message
        value = converted
    elif definition.type == "list" and not isinstance(value, list):
        return f"is {shown(value)}, not a list"
    elif definition.type not in {"list", *SIMPLE} and not isinstance(value, Mapping) and _is_map(definition.type):
        return f"is {shown(value)}, not a map"
    entry = definition.entry
    if entry is not None and depth < 10:
        for item in value.values() if isinstance(value, Mapping) else value:
            wrong = _wrong(item, entry, depth + 1)
            if wrong:
                return f"has an entry that {wrong}"
    broken = violation(value, definition.type, definition.constraints)
    return f"is {shown(value)}; it {broken}" if broken else None


def _is_map(type_name: str) -> bool:
    return type_name == "map" or type_name.startswith("tosca.datatypes.nfv.")
