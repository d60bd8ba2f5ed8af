# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the functions of a template can ask: its nodes and its inputs, some fed by the node that it substitutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.functions import BadFunctionError, Evaluator
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.registry import Registry
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import Place, Report
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.template import Item, Template
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.typedef import PropertyDef


@dataclass(frozen=True, slots=True)
class TemplateScope:
    """`fed` are the values of inputs that are known already; the play may set the other ones."""

    template: Template
    registry: Registry
    inputs: Mapping[str, PropertyDef]
    fed: Mapping[str, Any]

    def input(self, name: str) -> Any:
        """The value of an input, or the call itself when only the play knows it."""
        if name in self.fed:
            return self.fed[name]
        if name in self.inputs:
            return {"get_input": name}
        raise LookupError(name)

    def property(self, node: str, path: tuple[str | int, ...]) -> Any:
        """A property of a node, of one of its capabilities, or of what a requirement of it leads to."""
        item = self.template.nodes.get(node)
        if item is None:
            raise LookupError(node)
        first, *rest = path
        try:
            return _step(self._own(item, "properties", item.type, "node", str(first)), rest)
        except LookupError:
            return self._beyond(item, str(first), rest)

    def _own(self, item: Item, section: str, type_name: str, kind: str, name: str) -> Any:
        given = item.table(section).get(name)
        if given is not None:
            return given
        definition = self.registry.properties(kind, type_name).get(name)
        if definition is None or not definition.has_default:
            raise LookupError(name)
        return definition.default

    def _beyond(self, item: Item, name: str, path: list[str | int]) -> Any:
        if not path:
            raise LookupError(name)
        capability = item.table("capabilities").get(name)
        if isinstance(capability, dict):
            return _step(capability.get("properties"), path)
        requirements = item.raw.get("requirements")
        for requirement in requirements if isinstance(requirements, list) else ():
            target = requirement.get(name) if isinstance(requirement, dict) else None
            if isinstance(target, dict):
                target = target.get("node")
            if isinstance(target, str) and target != item.name:
                return {"get_property": [target, *path]}
        raise LookupError(name)


def _step(value: Any, path: list[str | int]) -> Any:
    for step in path:
        if isinstance(value, dict):
            value = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
        else:
            raise KeyError(step)
    return value


def evaluated(evaluator: Evaluator, value: Any, node: str | None, place: Place, report: Report, severity: str) -> Any:
    """The value with its functions worked out, entry by entry so that one bad function spoils one entry."""
    if not isinstance(value, dict) or not value:
        return value
    found = {}
    for key, item in value.items():
        try:
            found[key] = evaluator.evaluate(item, node)
        except BadFunctionError as error:
            report.add(severity, "function", f"{key} {error}.", place / key, "TOSCA 4")
    return found
