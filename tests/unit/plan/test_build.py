# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a flavour and a deployment to the topology."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.plan.samples import FLAVOUR, GIB, OUTSIDE, deployed, image, shaped, vdu

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import (
    BootData,
    Flavour,
    PlacementRule,
    VirtualBlockStorage,
)
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.build import build_topology
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology, Vnfc
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import (
    CpConfig,
    Deployment,
    ExtManagedVirtualLink,
    ExtVirtualLink,
    FixedAddress,
    VimAssets,
)


def built(flavour: Flavour = FLAVOUR, **fields: object) -> Topology:
    return build_topology(flavour, replace(deployed(), **fields))  # type: ignore[arg-type]


def vnfc(topology: Topology, id_: str) -> Vnfc:
    return next(v for v in topology.vnfcs if v.id == id_)


def refused(flavour: Flavour = FLAVOUR, **fields: object) -> ManoError:
    with pytest.raises(ManoError) as caught:
        built(flavour, **fields)
    return caught.value


def outside(*configs: CpConfig) -> dict[str, object]:
    return {"ext_virtual_links": (ExtVirtualLink("out", "public", {"fw_out": configs}),)}


def test_vnfcs_are_counted_by_uneven_steps_and_named_by_index() -> None:
    names = [[v.id for v in built(scale_levels={"throughput": n}).vnfcs if v.vdu.id == "fw"] for n in range(4)]
    assert names == [
        ["fw-0"],
        ["fw-0", "fw-1"],
        ["fw-0", "fw-1", "fw-2", "fw-3"],
        ["fw-0", "fw-1", "fw-2", "fw-3", "fw-4"],
    ]


def test_nics_come_in_the_descriptors_order() -> None:
    ports = vnfc(built(), "fw-0").ports
    assert [p.id for p in ports] == ["fw-0-fw_mgmt", "fw-0-fw_out", "fw-0-fw_in"]
    assert [(p.virtual_link, p.network) for p in ports] == [("mgmt", None), (None, "public"), ("inner", None)]


def test_the_order_of_a_documents_keys_makes_no_difference() -> None:
    turned = shaped(
        vdus=dict(reversed(FLAVOUR.vdus.items())),
        cps=dict(reversed(FLAVOUR.cps.items())),
        virtual_links=dict(reversed(FLAVOUR.virtual_links.items())),
        security_group_rules=tuple(reversed(FLAVOUR.security_group_rules)),
    )
    assert built(turned) == built()


def test_a_storage_with_an_image_is_booted_from_and_comes_first() -> None:
    assert [(s.id, s.boot) for s in vnfc(built(), "mgr-0").storages] == [("mgr-0-root", True), ("mgr-0-data", False)]
    assert [(s.id, s.boot) for s in vnfc(built(), "fw-0").storages] == [("fw-0-log", False)]


def test_boot_order_chooses_among_storages_with_images() -> None:
    storages = FLAVOUR.storages | {"data": VirtualBlockStorage("data", 5 * GIB, sw_image=image("other"))}
    ordered = replace(FLAVOUR.vdus["mgr"], boot_order=("root", "data"))
    flavour = shaped(storages=storages, vdus=FLAVOUR.vdus | {"mgr": ordered})
    assert vnfc(built(flavour), "mgr-0").storages[0].id == "mgr-0-root"


def test_each_instance_takes_its_own_cp_config_and_the_rest_the_shared_one() -> None:
    own = CpConfig("1", fixed_addresses=(FixedAddress("10.0.0.5"),))
    topology = built(scale_levels={"throughput": 2}, **outside(CpConfig("", security_groups=("sg",)), own))
    configs = [v.ports[1].config for v in topology.vnfcs if v.vdu.id == "fw"]
    assert [c.key for c in configs] == ["", "1", "", ""]


def test_keys_of_the_plays_own_are_dealt_in_order() -> None:
    def keys(*given: str) -> list[str]:
        topology = built(scale_levels={"throughput": 2}, **outside(*(CpConfig(key) for key in given)))
        return [v.ports[1].config.key for v in topology.vnfcs if v.vdu.id == "fw"]

    assert keys("only") == ["only"] * 4
    assert keys("cp10", "cp9") == ["cp9", "cp10", "", ""]
    assert keys("b", "a", "1", "") == ["a", "1", "b", ""]
    assert keys("7") == [""] * 4


@pytest.mark.parametrize(
    "shared",
    [
        CpConfig(fixed_addresses=(FixedAddress("10.0.0.5"),)),
        CpConfig(mac_address="fa:16:3e:00:00:01"),
        CpConfig(link_port_id="p"),
    ],
)
def test_one_address_is_not_given_to_two_instances(shared: CpConfig) -> None:
    assert vnfc(built(**outside(shared)), "fw-0").ports[1].config == shared
    assert refused(scale_levels={"throughput": 1}, **outside(shared)).error_code == "cp_config_conflict"
    one_left = outside(shared, CpConfig("0"))
    assert vnfc(built(scale_levels={"throughput": 1}, **one_left), "fw-1").ports[1].config == shared


def test_an_external_cp_without_a_network_is_named_with_the_option_to_set() -> None:
    error = refused(ext_virtual_links=())
    assert (error.error_code, error.resource) == ("ext_virtual_link_missing", "fw_out")
    assert "ext_virtual_links" in error.message


@pytest.mark.parametrize(
    ("links", "code", "words"),
    [
        ((*OUTSIDE, ExtVirtualLink("x", "n", {"nope": ()})), "ext_cp_unknown", "fw_out"),
        ((*OUTSIDE, ExtVirtualLink("x", "n", {"fw_in": ()})), "ext_cp_unknown", "ext_managed_virtual_links"),
        ((*OUTSIDE, ExtVirtualLink("x", "n", {"fw_out": ()})), "ext_cp_conflict", "both out and x"),
        ((*OUTSIDE, ExtVirtualLink("out", "n", {"mgmt_ext": ()})), "ext_virtual_link_conflict", "same id"),
    ],
)
def test_external_links_that_do_not_fit(links: tuple[ExtVirtualLink, ...], code: str, words: str) -> None:
    error = refused(ext_virtual_links=links)
    assert error.error_code == code
    assert words in error.message


def test_a_managed_link_replaces_the_internal_one() -> None:
    topology = built(ext_managed_virtual_links=(ExtManagedVirtualLink("m", "inner", "net-7"),))
    port = vnfc(topology, "fw-0").ports[2]
    assert (port.virtual_link, port.network, port.ext_managed_virtual_link_id) == (None, "net-7", "m")
    assert [link.id for link in topology.virtual_links] == ["mgmt"]
    assert topology.external_networks == {"m": "net-7", "out": "public"}


def test_managed_links_that_do_not_fit() -> None:
    unknown = refused(ext_managed_virtual_links=(ExtManagedVirtualLink("m", "nope", "n"),))
    assert (unknown.error_code, unknown.resource) == ("virtual_link_unknown", "nope")
    twice = tuple(ExtManagedVirtualLink(i, "inner", i) for i in "ab")
    assert refused(ext_managed_virtual_links=twice).error_code == "ext_virtual_link_conflict"


def test_a_vnf_ext_cp_opens_its_link_when_the_play_names_a_network() -> None:
    links = (*OUTSIDE, ExtVirtualLink("admin", "admin-net", {"mgmt_ext": ()}))
    [opened] = built(ext_virtual_links=links).ext_cps
    assert (opened.id, opened.virtual_link, opened.network) == ("mgmt_ext", "mgmt", "admin-net")
    assert built().ext_cps == ()
    managed = (ExtManagedVirtualLink("m", "mgmt", "n"),)
    assert refused(ext_virtual_links=links, ext_managed_virtual_links=managed).error_code == "ext_cp_conflict"


def test_security_rules_reach_the_ports_behind_their_targets() -> None:
    rules = {p.id: p.security_group_rules for v in built().vnfcs for p in v.ports}
    assert rules == {
        "fw-0-fw_mgmt": ("ssh",),
        "fw-0-fw_out": ("web",),
        "fw-0-fw_in": (),
        "mgr-0-mgr_mgmt": ("ssh",),
    }


def test_vim_assets_for_what_is_not_there_are_refused() -> None:
    error = refused(vim_assets=VimAssets(compute_resource_flavours={"fv": "m1"}))
    assert (error.error_code, error.resource) == ("vim_asset_unknown", "fv")
    assert refused(vim_assets=VimAssets(software_images={"lag": "i"})).error_code == "vim_asset_unknown"
    given = VimAssets({"fw": "m1"}, {"root": "i"})
    assert built(vim_assets=given).vim_assets == given


def test_only_parameters_that_boot_data_names_are_part_of_the_topology() -> None:
    params = {"domain": "example.org", "unused": 1}
    assert built(additional_params=params).additional_params == {"domain": "example.org"}
    from_file = replace(FLAVOUR.vdus["mgr"], boot_data=BootData(source_path="boot.sh"))
    flavour = shaped(vdus=FLAVOUR.vdus | {"mgr": from_file})
    values = built(flavour, additional_params={"a": True, "b": None, "c": [1, "é"], "d": "x"}).additional_params
    assert values == {"a": "true", "b": "", "c": '[1, "é"]', "d": "x"}


def test_zones_of_the_grant_are_kept() -> None:
    assert [v.zone for v in built(zones={"fw-0": "az2"}).vnfcs] == ["az2", None]


def test_ids_that_would_clash_are_refused() -> None:
    clashing = {"a": vdu("a", storages=("0-s",)), "a-0": vdu("a-0", storages=("s",))}
    flavour = shaped(
        vdus=clashing,
        storages={"0-s": VirtualBlockStorage("0-s", 1), "s": VirtualBlockStorage("s", 1)},
        cps={},
        levels={},
        default_level=None,
        aspects={},
        deltas=(),
        initial_delta={"a": 1, "a-0": 1},
        placement_rules=(),
    )
    with pytest.raises(ManoError) as caught:
        build_topology(flavour, Deployment("v", "default", None, {}))
    assert (caught.value.error_code, caught.value.resource) == ("id_conflict", "a-0-0-s")


def rule(id_: str, anti: bool, *targets: str, **fields: object) -> PlacementRule:
    return PlacementRule(id_, anti=anti, scope=str(fields.pop("scope", "nfvi_node")), targets=targets, **fields)  # type: ignore[arg-type]


def groups(*rules: PlacementRule, **fields: object) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    topology = built(shaped(placement_rules=rules), **fields)
    return {g.id: g.policy for g in topology.server_groups}, {v.id: v.server_groups for v in topology.vnfcs}


def test_a_server_group_for_each_rule_of_scope_node() -> None:
    policies, members = groups(rule("apart", True, "fw"), rule("near", False, "mgr"))
    assert policies == {"apart": "anti-affinity", "near": "affinity"}
    assert members == {"fw-0": ("apart",), "mgr-0": ("near",)}


def test_overlapping_rules_of_one_kind_become_one_group() -> None:
    policies, members = groups(rule("b", True, "fw"), rule("a", True, "fw", "mgr"), rule("c", True, "mgr"))
    assert policies == {"a": "anti-affinity"}
    assert members == {"fw-0": ("a",), "mgr-0": ("a",)}


def test_groups_of_one_policy_get_names_of_their_own() -> None:
    both = [rule("p", True, v, from_group=f"g-{v}", members_apart=True) for v in ("fw", "mgr")]
    assert set(groups(*both)[0]) == {"p-g-fw", "p-g-mgr"}


def test_affinity_and_anti_affinity_on_one_server_conflict() -> None:
    with pytest.raises(ManoError) as caught:
        groups(rule("near", False, "fw", "mgr"), rule("apart", True, "fw"))
    assert caught.value.error_code == "placement_conflict"
    assert all(word in caught.value.message for word in ("fw", "near", "apart"))


def test_a_rule_about_a_single_server_is_left_out() -> None:
    single = replace(FLAVOUR.vdus["mgr"], max_instances=1)
    levels = {"one": FLAVOUR.levels["one"]}
    flavour = shaped(
        vdus=FLAVOUR.vdus | {"mgr": single},
        levels=levels,
        placement_rules=(rule("near", False, "fw", "mgr"), rule("apart", True, "mgr")),
    )
    assert {g.id for g in built(flavour).server_groups} == {"near"}


def test_a_group_does_not_depend_on_how_many_there_are() -> None:
    """A server keeps its group for life, so one that is alone now is in it already."""
    assert [groups(rule("apart", True, "fw"), scale_levels={"throughput": n})[0] for n in (0, 2)] == [
        {"apart": "anti-affinity"}
    ] * 2


def test_other_targets_and_scopes_make_no_server_group() -> None:
    assert groups(rule("links", True, "mgmt", "inner"), rule("zones", True, "fw", scope="zone"))[0] == {}


def test_apart_over_several_vims_cannot_be_kept_on_one() -> None:
    far = rule("far", True, "fw", scope="nfvi_pop")
    assert groups(far)[0] == {}
    with pytest.raises(ManoError) as caught:
        groups(far, scale_levels={"throughput": 1})
    assert caught.value.error_code == "placement_conflict"
    assert groups(rule("near", False, "fw", scope="nfvi_pop"), scale_levels={"throughput": 1})[0] == {}
