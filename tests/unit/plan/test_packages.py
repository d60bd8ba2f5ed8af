# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole lives of real packages, planned: the sample and, where they stand beside the checkout, those of strangers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from unit.plan.samples import healthy

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.bind import bind
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.compile import compile_vnfd
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour
from ansible_collections.nfv.mano.plugins.module_utils.package.meta import read_entry
from ansible_collections.nfv.mano.plugins.module_utils.package.source import open_package
from ansible_collections.nfv.mano.plugins.module_utils.package.yaml_reader import load_yaml
from ansible_collections.nfv.mano.plugins.module_utils.plan.build import build_topology
from ansible_collections.nfv.mano.plugins.module_utils.plan.derive import plan
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import PlannedOperation
from ansible_collections.nfv.mano.plugins.module_utils.plan.resources import resources
from ansible_collections.nfv.mano.plugins.module_utils.plan.target import Record
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment, ExtVirtualLink, Wish

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT.parent / "shared" / "corpus"
SAMPLE = ROOT / "docs" / "samples" / "firewall"
PACKAGES = [SAMPLE, *sorted(CORPUS.glob("tacker/v1-vnflcm*.csar"))]


def flavours(package: Path) -> Mapping[str, Flavour]:
    with open_package(package) as content:
        document = compile_vnfd(content, read_entry(content).definitions, load_yaml).document
    return {id_: bind(document, id_, {}) for id_ in document["flavours"]}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: p.name)
def test_a_life(package: Path) -> None:
    found = flavours(package)
    assert found
    for flavour in found.values():
        # Other levels of strangers contradict their own deltas.
        live(flavour, list(flavour.levels) if package == SAMPLE else [flavour.default_level])


def live(flavour: Flavour, levels: Sequence[str | None]) -> None:
    """Instantiate, go to every scale level and back, and end: each in one operation, and a second run finds nothing."""

    def run(record: Record | None, **wished: Any) -> tuple[Record, PlannedOperation]:
        wish = Wish(name="vnf", vnfd_id="vnfd", flavour_id=flavour.id, ext_virtual_links=outside(flavour), **wished)
        seen = healthy(topology(record.deployment)) if record and record.deployment else None
        [operation] = plan(wish, record, lambda _d: flavour, seen).operations
        reached = Record("vnf", "vnfd", operation.after)
        if operation.after is not None:
            assert not plan(wish, reached, lambda _d: flavour, healthy(topology(operation.after))).changes
        return reached, operation

    def topology(deployment: Deployment | None) -> Topology:
        assert deployment is not None
        return build_topology(flavour, deployment)

    for level_id in levels:
        record, operation = run(None, instantiation_level_id=level_id)
        level = flavour.levels[level_id or ""]
        counts = {v: sum(n.vdu.id == v for n in topology(operation.after).vnfcs) for v in flavour.vdus}
        assert counts == level.vdu_instances
        for aspect in flavour.aspects.values():
            base = level.scale_levels.get(aspect.id, 0)
            for target in [n for n in range(aspect.max_scale_level + 1) if n != base]:
                out, scaled = run(record, scale={aspect.id: target})
                assert scaled.operation == "SCALE"
                back, _rest = run(out, scale={aspect.id: base})
                assert resources(topology(back.deployment)).keys() == resources(topology(record.deployment)).keys()
        _rest, ended = run(record, state="absent")
        assert ended.operation == "TERMINATE"


def outside(flavour: Flavour) -> tuple[ExtVirtualLink, ...]:
    cps = [cp.id for cp in flavour.cps.values() if cp.virtual_link is None]
    return (ExtVirtualLink("outside", "public", dict.fromkeys(cps, ())),) if cps else ()
