# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packages of others: every verdict on their descriptors, as far as it is the descriptor's to give."""

from __future__ import annotations

import json
from typing import Any

import pytest
from unit.descriptor.descriptors import ROOT

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.bind import bind, load_head
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.compile import Compilation, compile_vnfd
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.levels import scale_levels_at, vdu_counts
from ansible_collections.nfv.mano.plugins.module_utils.package.meta import read_entry
from ansible_collections.nfv.mano.plugins.module_utils.package.source import open_package
from ansible_collections.nfv.mano.plugins.module_utils.package.yaml_reader import load_yaml

CORPUS = ROOT.parent / "shared/corpus"
INDEX = json.loads((CORPUS / "index.json").read_text()) if CORPUS.exists() else []
TACKER = {entry["file"].removeprefix("tacker/"): entry for entry in INDEX if entry["file"].startswith("tacker/")}
OF_THE_DESCRIPTOR = {
    "reject: VduInstantiationLevels without InstantiationLevels": "levels-undefined",
    "reject: default_level is not a defined level": "default-level",
    "reject: no deployment flavour": "no-flavour",
}
"""The other rejections are the manifest's."""

pytestmark = pytest.mark.skipif(not INDEX, reason="the packages of others are not here")


def _compile(name: str) -> Compilation:
    with open_package(CORPUS / "tacker" / name) as package:
        return compile_vnfd(package, read_entry(package).definitions, load_yaml)


@pytest.mark.parametrize("name", sorted(TACKER))
def test_verdict(name: str) -> None:
    entry: dict[str, Any] = TACKER[name]
    compilation = _compile(name)
    rules = {f.rule.removeprefix("SOL001-") for f in compilation.findings if f.severity == "error"}
    wanted = OF_THE_DESCRIPTOR.get(entry["expect"])
    assert compilation.accepted == (wanted is None), compilation.findings
    assert wanted is None or wanted in rules
    if not compilation.accepted:
        return
    head = load_head(compilation.document)
    assert sorted(head.flavours) == sorted(entry["flavours"])
    assert [head.sol001_release] == entry["sol001"]
    infos = head.flavours.values()
    assert {vdu for info in infos for vdu in info.vdu_ids} == set(entry["vdus"])
    assert {f"{name}<={most}" for info in infos for name, most in info.aspects.items()} == set(entry["aspects"])
    assert {level for info in infos for level in info.level_ids} == set(entry["levels"])
    for flavour_id in head.flavours:
        assert bind(compilation.document, flavour_id, {}).id == flavour_id


@pytest.mark.parametrize(
    ("name", "scaled", "counts"),
    [
        ("v1-vnflcm1.csar", "VDU1", [1, 2, 3]),
        ("v1-vnflcm2.csar", "VDU1", [1, 2, 3]),
        ("v1-vnflcm4.csar", "VDU2", [1, 2, 3]),
        ("v2__getting_started__conf.csar", "VDU1", [1, 2, 3]),
    ],
)
def test_scaling(name: str, scaled: str, counts: list[int]) -> None:
    document = _compile(name).document
    flavour = bind(document, "simple", {})
    (aspect,) = flavour.aspects
    assert scale_levels_at(flavour, None) == {aspect: 0}
    assert [vdu_counts(flavour, None, {aspect: level})[scaled] for level in (0, 1, 2)] == counts


def test_statements_that_contradict_each_other() -> None:
    """vnflcm1 counts VDU1 at instantiation_level_2 as 3 and as 1; its aspects make it 3."""
    compilation = _compile("v1-vnflcm1.csar")
    assert "SOL001-levels-contradict" in {f.rule for f in compilation.findings}
    flavour = bind(compilation.document, "simple", {})
    assert vdu_counts(flavour, "instantiation_level_2", {}) == {"VDU1": 3}
    image = flavour.storages["VirtualStorage"].sw_image
    assert image is not None
    assert image.file == "Files/images/cirros-0.5.2-x86_64-disk.img"
    assert (image.min_disk, image.size, image.min_ram) == (2 * 10**9, 10**9, 256 * 10**6)
