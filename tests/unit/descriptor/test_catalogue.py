# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The type catalogue says what SOL001 says."""

from __future__ import annotations

import json

import pytest
from unit.descriptor.descriptors import ROOT

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.catalogue import releases
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.registry import Registry
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import Report

FACTS = ROOT.parent / "shared/sol001/facts.json"


@pytest.mark.skipif(not FACTS.exists(), reason="the table of SOL001's facts is not here")
@pytest.mark.parametrize("release", releases.RELEASES)
def test_equals_the_table_of_facts(release: str) -> None:
    facts = json.loads(FACTS.read_text())[release]
    wanted = {
        (section.removesuffix("_types"), name): {key: value for key, value in raw.items() if value != []}
        for section, types in facts.items()
        if section.endswith("_types")
        for name, raw in types.items()
    }
    known = {key for key in releases.names(release) if ".nfv." in key[1]}
    assert known == wanted.keys()
    assert {key: releases.raw_type(release, *key) for key in known} == wanted


@pytest.mark.parametrize("release", releases.RELEASES)
def test_every_type_that_a_type_names_is_there(release: str) -> None:
    registry = Registry(release, {}, Report())
    for kind, name in releases.names(release):
        chain = registry.chain(kind, name)
        root = chain[-1]
        assert root.parent is None or (kind == "data" and root.parent in {"string", "map", "list"}), (kind, name)
        for definition in registry.properties(kind, name).values():
            for each in (definition, definition.entry):
                if each is not None and each.type.startswith("tosca."):
                    assert registry.get("data", each.type), (name, each.type)
        for capability in registry.capabilities(name).values() if kind == "node" else ():
            assert registry.get("capability", capability), (name, capability)


@pytest.mark.parametrize(
    ("version", "read_as"),
    [("2.5.1", "2.5.1"), ("2.8.1", "2.7.1"), ("3.5.1", "3.3.1"), ("5.1.1", "3.3.1"), ("2.4.1", "2.5.1")],
)
def test_a_version_without_a_table_is_read_as_the_one_before(version: str, read_as: str) -> None:
    assert releases.nearest(version) == read_as


def test_what_a_release_changes() -> None:
    def boot_data(release: str) -> str:
        raw = releases.raw_type(release, "node", "tosca.nodes.nfv.Vdu.Compute")
        assert raw is not None
        return str(raw["properties"]["boot_data"]["type"])

    assert boot_data("2.6.1") == "string"
    assert boot_data("2.7.1") == "tosca.datatypes.nfv.BootData"
    assert releases.raw_type("2.6.1", "node", "tosca.nodes.nfv.VipCp") is None
    assert releases.raw_type("3.3.1", "data", "tosca.datatypes.nfv.ServiceAvailability") is None
