# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a package and an instance look like, and that the pictures of the documentation are those that are drawn now."""

from __future__ import annotations

import copy
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.nfv.mano.plugins.filter.topology_svg import topology_svg
from ansible_collections.nfv.mano.plugins.module_utils.picture.instance_scene import instance_scene
from ansible_collections.nfv.mano.plugins.module_utils.picture.package_scene import package_scene

TOP = Path(__file__).resolve().parents[3]
DRIFTED = json.loads((Path(__file__).parent / "fw1_drifted.json").read_text())


def _tool() -> Any:
    spec = importlib.util.spec_from_file_location("pictures", TOP / "tools/pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    return dict(_tool().sample())


@pytest.fixture
def drifted() -> dict[str, Any]:
    return copy.deepcopy(DRIFTED)


def test_pictures_of_the_documentation_are_those_that_are_drawn_now() -> None:
    drawn = _tool().pictures()
    assert set(drawn) == {path.name for path in (TOP / "docs/images").glob("*.svg")}
    for name, content in drawn.items():
        assert (TOP / "docs/images" / name).read_text(encoding="utf-8") == content, "run: make pictures"


def test_a_package_is_told_vdu_by_vdu(sample: dict[str, Any]) -> None:
    scene = package_scene(sample)
    assert [(box.title, box.note, box.stacked) for box in scene.boxes] == [
        ("fw", "× 1 (1 to 3)", True),
        ("mgr", "× 1", False),
    ]
    assert [port.label for port in scene.boxes[0].ports] == ["fw_untrusted", "fw_traffic", "fw_mgmt"]
    assert [(n.name, n.external) for n in scene.networks] == [
        ("mgmt", False),
        ("traffic", False),
        ("network for fw_untrusted", True),
        ("network for mgr_oam", True),
    ]
    assert [frame.label for frame in scene.frames] == ["firewalls_apart: anti-affinity, nfvi_node"]
    assert "scales throughput 0 to 2" in [remark.text for remark in scene.remarks]


def test_a_level_counts_its_vnfcs(sample: dict[str, Any]) -> None:
    assert [box.note for box in package_scene(sample, "standard", "large").boxes] == ["× 3 (1 to 3)", "× 1"]


def test_an_external_cp_of_an_internal_network_is_a_router(sample: dict[str, Any]) -> None:
    package = copy.deepcopy(sample)
    package["flavours"][0]["topology"]["ext_cps"] = {"edge": {"virtual_link": "traffic"}}
    router = package_scene(package).boxes[-1]
    assert (router.title, router.note) == ("edge", "router")
    assert [port.network for port in router.ports] == ["outside edge", "inside traffic"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"flavour_id": "gold"}, "no deployment flavour gold"),
        ({"instantiation_level_id": "huge"}, "no instantiation level"),
    ],
)
def test_what_a_package_does_not_have(sample: dict[str, Any], options: dict[str, str], message: str) -> None:
    with pytest.raises(AnsibleFilterError, match=message):
        topology_svg(sample, **options)


def test_several_flavours_and_no_default(sample: dict[str, Any]) -> None:
    package = {**sample, "default_flavour": None}
    with pytest.raises(AnsibleFilterError, match="set flavour_id"):
        topology_svg(package)
    assert topology_svg(package, flavour_id="standard") == topology_svg(sample)


def test_a_flavour_whose_inputs_have_no_values(sample: dict[str, Any]) -> None:
    package = copy.deepcopy(sample)
    package["flavours"][0]["topology"] = {}
    with pytest.raises(AnsibleFilterError, match="without values for its inputs"):
        topology_svg(package)


def test_an_instance_is_told_vnfc_by_vnfc(drifted: dict[str, Any]) -> None:
    scene = instance_scene(drifted)
    assert [(box.title, box.status) for box in scene.boxes] == [
        ("fw-0", "ok"),
        ("fw-1", "missing"),
        ("fw-2", "ok"),
        ("mgr-0", "ok"),
    ]
    assert "1 difference" in [remark.text for remark in scene.remarks]
    assert scene.frames[0].members == {"fw-0", "fw-1", "fw-2"}
    assert {(n.name, n.detail) for n in scene.networks if n.external} == {
        ("oam", "external mgmt-net"),
        ("untrusted", "external internet"),
    }
    assert scene.boxes[0].ports[0].label == "fw_untrusted · 198.51.100.120"


def test_what_nobody_looked_at_has_no_status(drifted: dict[str, Any]) -> None:
    del drifted["drift"]
    scene = instance_scene(drifted)
    assert {box.status for box in scene.boxes} == {""}
    assert "as recorded; the VIM was not asked" in [remark.text for remark in scene.remarks]


def test_what_is_not_part_of_it_is_told_beside_it(drifted: dict[str, Any]) -> None:
    drifted["drift"] = [
        {"kind": "vnfc", "id": "fw-9", "vdu_id": None, "what": "unknown", "detail": "it is not part of this VNF"},
        {"kind": "stack", "id": "fw1", "vdu_id": None, "what": "failed", "detail": "no valid host"},
    ]
    scene = instance_scene(drifted)
    assert {box.status for box in scene.boxes} == {"ok"}
    told = [(remark.text, remark.status) for remark in scene.remarks]
    assert ("not part of it: vnfc fw-9", "changed") in told
    assert ("stack failed: no valid host", "failed") in told


def test_vnfcs_are_in_the_order_of_their_numbers(drifted: dict[str, Any]) -> None:
    vnfc = drifted["topology"]["vnfcs"].pop("fw-2")
    drifted["topology"]["vnfcs"]["fw-10"] = vnfc
    assert [box.title for box in instance_scene(drifted).boxes] == ["fw-0", "fw-1", "fw-10", "mgr-0"]


def test_one_network_for_two_links_is_one_bar(drifted: dict[str, Any]) -> None:
    drifted["topology"]["external_networks"] = {"oam": "internet", "untrusted": "internet"}
    (outside,) = [network for network in instance_scene(drifted).networks if network.external]
    assert outside.name == "oam, untrusted"


@pytest.mark.parametrize("subject", [5, None, "text", [], {}, {"flavours": 1}, {"topology": {"vnfcs": 3}}])
def test_what_is_neither_is_refused_in_words(subject: Any) -> None:
    with pytest.raises(AnsibleFilterError, match=r"nfv\.mano\.topology_svg"):
        topology_svg(subject)


def test_options_of_packages_are_not_for_instances(drifted: dict[str, Any]) -> None:
    with pytest.raises(AnsibleFilterError, match="for packages"):
        topology_svg(drifted, flavour_id="standard")


def test_nothing_is_drawn_of_what_is_not_instantiated(drifted: dict[str, Any]) -> None:
    drifted["topology"] = {}
    with pytest.raises(AnsibleFilterError, match="not instantiated"):
        topology_svg(drifted)
