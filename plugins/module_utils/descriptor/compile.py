# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A package's VNFD compiled to one JSON document: read once when the package is onboarded, then only bound.

The document holds the head and, for each flavour, its inputs and either the finished model or, where an input has a
say, the resolved topology with `{"get_input": name}` left in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.artifacts import Artifacts
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.build import build_flavour
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.checks import FlavourChecks, too_large
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.copies import check_own_types
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.feed import NO_FEED, Feed, head_properties, read_feed
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.flavours import (
    FlavourTemplate,
    flavour_templates,
    may_be_flavour,
    vnf_of,
)
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.functions import Evaluator, deferred, fill
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.head import build_head, flavour_info
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.inputs import check_default, model_input, user_inputs
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.load import (
    Files,
    LoadYaml,
    load_documents,
    read_beside,
)
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import FlavourInfo
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.registry import Registry
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.release import release_of
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import TEMPLATES, Place, Report, shown
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.scope import TemplateScope
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.template import Template, own_types, read_template
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.topology import Resolver
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.typedef import PropertyDef
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import to_plain
from ansible_collections.nfv.mano.plugins.module_utils.sol.finding import Finding

FORMAT = 1
"""Of the document; a reader of another format has to compile the package again."""


@dataclass(frozen=True, slots=True)
class Compilation:
    """What came of a package: the document to store, empty when an error rejects the package, and all findings."""

    document: dict[str, Any]
    findings: tuple[Finding, ...]

    @property
    def accepted(self) -> bool:
        """Whether there is no error among the findings."""
        return not any(finding.severity == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the compilation of each flavour needs."""

    top: Template
    registry: Registry
    report: Report
    artifacts: Artifacts
    feed: Feed


def compile_vnfd(files: Files, entry: str, load_yaml: LoadYaml) -> Compilation:
    """Compile the VNFD whose top template is the file `entry` (TOSCA.meta's Entry-Definitions) of an open package.

    Never raises for what the package holds: that becomes findings.
    """
    report = Report()
    document = _document(files, entry, load_yaml, report)
    return Compilation(document if document and not report.failed else {}, tuple(report.findings))


def _document(files: Files, entry: str, load_yaml: LoadYaml, report: Report) -> dict[str, Any] | None:
    loaded = load_documents(files, entry, load_yaml, report)
    if not loaded.documents or loaded.documents[0].file != entry:
        if not report.failed:
            report.error("no-template", f"The package's entry {entry} is no service template.", Place(None))
        return None
    own = own_types(loaded.documents, report)
    registry = Registry(release_of(loaded, own, report), own, report)
    templates = [t for d in loaded.documents if (t := read_template(d, registry, report)) is not None]
    if not any(may_be_flavour(t) for t in templates):
        beside = read_beside(files, entry, loaded, load_yaml, report)
        templates += [t for d in beside if (t := read_template(d, registry, report)) is not None]
    if not templates:
        report.error("no-template", "No file has a topology_template.", Place(loaded.documents[0]), TEMPLATES)
        return None
    document = _compiled(templates, registry, report, Artifacts(files))
    check_own_types(registry)
    return document


def _compiled(
    templates: Sequence[Template], registry: Registry, report: Report, artifacts: Artifacts
) -> dict[str, Any] | None:
    top = templates[0]
    found = flavour_templates(templates, top, registry, report)
    if not found:
        report.error(
            "no-flavour",
            "The descriptor has no deployment flavour.",
            top.place,
            TEMPLATES,
            "Give it one with a flavour_id.",
        )
    vnf = vnf_of(templates, top, registry, report)
    feed = read_feed(vnf, top, registry, report) if vnf else NO_FEED
    reading = _Reading(top, registry, report, artifacts, feed)
    infos: dict[str, FlavourInfo] = {}
    flavours: dict[str, Any] = {}
    for each in found:
        compiled = _flavour(each, reading)
        if compiled is not None:
            infos[each.id], flavours[each.id] = compiled
    if vnf is None:
        return None
    properties = head_properties(feed, found[0].template if found else top, registry)
    default = feed.default_flavour if feed.default_flavour in infos else None
    head = build_head(properties, registry.release, infos, default, vnf.place, report)
    return {"format": FORMAT, "head": to_plain(head), "flavours": flavours}


def _flavour(each: FlavourTemplate, reading: _Reading) -> tuple[FlavourInfo, dict[str, Any]] | None:
    """(info, record) of one flavour, None when an error stands in the way."""
    template, report = each.template, reading.report
    fed = reading.feed.values(each.id, template)
    scope = TemplateScope(template, reading.registry, {**reading.top.inputs, **template.inputs}, fed)
    evaluator = Evaluator(scope)
    errors = report.errors
    topology = Resolver(template, reading.registry, report, reading.artifacts, evaluator).topology()
    used = evaluator.inputs_used
    inputs = user_inputs(template, reading.top, fed, used, report)
    for name, definition in inputs.items():
        check_default(name, definition, template, report)
    if report.errors > errors:
        return None
    models = tuple(model_input(name, definition, name in used) for name, definition in inputs.items())
    large = too_large(topology)
    if large:
        report.error("too-large", f"Flavour {shown(each.id)} {large}, which is more than is worked on.", template.place)
        return None
    try:
        filled = fill(topology, {each.name: each.default for each in models})
        flavour = build_flavour(each.id, reading.feed.description(each.id, template), filled)
    except ManoError as error:
        report.error("value", error.message, template.place)
        return None
    FlavourChecks(flavour, filled, template, report).run()
    record: dict[str, Any] = {"inputs": {m.name: _recorded(inputs[m.name], m.required, m.default) for m in models}}
    if deferred(topology):
        record |= {"description": flavour.description, "topology": topology}
    else:
        record["model"] = to_plain(flavour)
    return flavour_info(flavour, models), record


def _recorded(definition: PropertyDef, required: bool, default: Any) -> dict[str, Any]:
    """An input as the document keeps it, in TOSCA's own shape."""
    raw: dict[str, Any] = {"type": definition.type, "required": required}
    if default is not None:
        raw["default"] = default
    if definition.constraints:
        raw["constraints"] = [{clause: argument} for clause, argument in definition.constraints]
    if definition.entry is not None:
        raw["entry_schema"] = _recorded(definition.entry, True, None)
    return raw
