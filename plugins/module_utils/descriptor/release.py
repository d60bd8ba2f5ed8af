# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which release of SOL001 a descriptor was written for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.catalogue import releases
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.load import ETSI_FILE, Loaded
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.registry import OwnType, Registry
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import Document, Place, Report
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.typedef import meaning, read_type
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.values import fits

_VERSION = re.compile(r"(?<![0-9.])([2-9])[._]([0-9]{1,2})[._]([0-9]{1,2})(?![0-9.])")
_FIRST_OF_TOSCA_1_3 = "3.3.1"
_LAST_OF_TOSCA_1_2 = "2.7.1"

OwnTypes = dict[tuple[str, str], OwnType]


def release_of(loaded: Loaded, own: OwnTypes, report: Report) -> str:
    """The catalogue's release that reads this descriptor best.

    Asked in turn: the names of the imported SOL001 files, what the package's copies of them say of themselves, what
    types these define, and the TOSCA version with the types that the templates use.
    """
    stated = _stated(loaded)
    if stated is None:
        return _by_content(loaded.documents, own)
    release = releases.nearest(stated)
    if release != stated:
        report.warning(
            "release-unknown",
            f"The descriptor is written for SOL001 {stated}, which the catalogue does not have; "
            f"it is read as {release}.",
            Place(loaded.documents[0] if loaded.documents else None, ("imports",)),
        )
    return release


def _stated(loaded: Loaded) -> str | None:
    """The version that a file name or URL, or a copy's own metadata, gives."""
    for name in loaded.etsi_imports:
        found = _version(name)
        if found:
            return found
    for document in loaded.documents:
        metadata = document.value.get("metadata")
        texts = [document.value.get("description")]
        if isinstance(metadata, dict):
            texts.insert(0, metadata.get("template_version"))
        if ETSI_FILE.search(document.file) or _etsi_author(metadata):
            found = next((version for text in texts if isinstance(text, str) and (version := _version(text))), None)
            if found:
                return found
    return None


def _etsi_author(metadata: object) -> bool:
    return isinstance(metadata, dict) and str(metadata.get("template_name", "")).startswith("etsi_nfv_sol001")


def _version(text: str) -> str | None:
    match = _VERSION.search(text)
    return ".".join(str(int(part)) for part in match.groups()) if match else None


def _by_content(documents: list[Document], own: OwnTypes) -> str:
    """The release whose types are most like those that the package defines or, without such, uses."""
    candidates = _by_tosca_version(documents)
    copies = {key: found.raw for key, found in own.items() if ".nfv." in key[1]}
    uses = [use for document in documents for use in _uses(document)]
    return max(reversed(candidates), key=lambda release: (_same(release, copies), _known(release, uses)))


def _by_tosca_version(documents: list[Document]) -> list[str]:
    """TOSCA 1.2 and before: releases up to 2.x; TOSCA 1.3: from 3.3.1 on (SOL001 5.1)."""
    versions = [document.value.get("tosca_definitions_version") for document in documents]
    if "tosca_simple_yaml_1_3" in versions:
        return [release for release in releases.RELEASES if release >= _FIRST_OF_TOSCA_1_3]
    return [release for release in releases.RELEASES if release <= _LAST_OF_TOSCA_1_2]


def _same(release: str, copies: Mapping[tuple[str, str], Any]) -> int:
    """How many properties of the package's copies of SOL001's types are defined as in the release, less those that
    are not.
    """
    points = 0
    for (kind, name), raw in copies.items():
        canonical = releases.raw_type(release, kind, name)
        known = read_type(kind, name, canonical).properties if canonical else {}
        given = read_type(kind, name, raw).properties
        points += sum(1 if meaning(given[p]) == meaning(known[p]) else -1 for p in given.keys() & known.keys())
        points -= len(given.keys() ^ known.keys())
    return points


def _known(release: str, uses: Iterable[tuple[str, str, Mapping[str, Any]]]) -> int:
    """How many of the types in use the release has, and of their properties, in the shape that they are given in."""
    registry = Registry(release, {}, Report())
    points = 0
    for kind, name, given in uses:
        known = registry.properties(kind, name)
        present = releases.raw_type(release, kind, name) is not None
        points += present + sum(p in known and fits(value, known[p]) for p, value in given.items())
    return points


def _uses(document: Document) -> Iterable[tuple[str, str, Mapping[str, Any]]]:
    """(kind, type name, properties given) of each node template and policy."""
    topology = document.value.get("topology_template")
    if not isinstance(topology, dict):
        return
    nodes = topology.get("node_templates")
    policies = topology.get("policies")
    items = list(policies.values()) if isinstance(policies, dict) else []
    for item in policies if isinstance(policies, list) else []:
        items.extend(item.values() if isinstance(item, dict) else ())
    for kind, templates in (("node", nodes.values() if isinstance(nodes, dict) else ()), ("policy", items)):
        for template in templates:
            name = template.get("type") if isinstance(template, dict) else None
            if isinstance(name, str) and ".nfv." in name:
                properties = template.get("properties")
                yield kind, name, properties if isinstance(properties, dict) else {}
