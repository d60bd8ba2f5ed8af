# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the VNF's own node in the top template feeds into the inputs of a flavour's template (SOL001 annex A).

The node that is substituted lends its properties to the template that stands in for it: an input of the same name as
a property has the property's value and is none of the play's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.checker import Checker, Context, plain
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.flavours import selector, vnf_type
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.functions import Evaluator
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.registry import Registry
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import Report
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.scope import TemplateScope, evaluated
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.template import Item, Template
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.typedef import PropertyDef


@dataclass(frozen=True, slots=True)
class Feed:
    """The VNF node's properties, evaluated in the top template; what depends on an input of the play is left out."""

    properties: Mapping[str, Any]
    definitions: Mapping[str, PropertyDef]
    selector: str | None
    default_flavour: str | None

    def values(self, flavour_id: str, template: Template) -> dict[str, Any]:
        """Input name -> value for a flavour's template."""
        own = template.vnf.table("properties") if template.vnf else {}
        fed = {
            name: self.properties[name] if name in self.properties else own.get(name, plain(definition.default))
            for name, definition in self.definitions.items()
            if name in template.inputs
        }
        fed = {name: value for name, value in fed.items() if value != {"get_input": name}}
        fed["flavour_id"] = flavour_id
        if self.selector:
            fed[self.selector] = flavour_id
        return fed

    def description(self, flavour_id: str, template: Template) -> str:
        """The flavour's description: the VNF node's in its own template, else in the top, else the template's."""
        own = template.vnf.table("properties").get("flavour_description") if template.vnf else None
        for value in (own, self.properties.get("flavour_description"), template.description):
            if isinstance(value, str) and value:
                return value
        return flavour_id


NO_FEED = Feed({}, {}, None, None)
"""What a descriptor without a VNF node feeds."""


def read_feed(vnf: Item, top: Template, registry: Registry, report: Report) -> Feed:
    """The VNF node's properties with their functions worked out; every finding about them is a warning but
    identity's.
    """
    chooser = selector(top)
    scope = TemplateScope(top, registry, top.inputs, {})
    evaluator = Evaluator(scope)
    place = vnf.place / "properties"
    given = evaluated(evaluator, vnf.table("properties"), vnf.name, place, report, "warning")
    definitions = registry.properties("node", vnf.type)
    checked = Checker(registry, report).table(given, definitions, place, Context(vnf.type, "warning"), partial=True)
    default = top.inputs[chooser].default if chooser else given.get("flavour_id")
    return Feed(
        properties={**{name: value for name, value in given.items() if value is not None}, **checked},
        definitions=definitions,
        selector=chooser,
        default_flavour=default if isinstance(default, str) else None,
    )


def head_properties(feed: Feed, template: Template, registry: Registry) -> dict[str, Any]:
    """What identifies the VNF: the top's node, else the flavour's node, else the defaults of its type."""
    vnf, known = template.vnf, registry.properties("node", vnf_type(template))
    defaults = {name: plain(definition.default) for name, definition in known.items() if definition.has_default}
    own = vnf.table("properties") if vnf else {}
    return (
        defaults
        | {k: v for k, v in own.items() if v is not None}
        | {k: v for k, v in feed.properties.items() if v is not None}
    )
