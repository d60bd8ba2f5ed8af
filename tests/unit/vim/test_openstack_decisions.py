# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flavours, needs, writes and reasons: the driver's decisions that need no cloud."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from topologies import GIB, IMAGE, MIB, REF, Compute, CpConfig, cp, port, storage, topology, vdu, vnfc, with_volume

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import NOTHING, Observation, Observed
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import flavours, images, names
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.capacity import need
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.failures import template_error
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.faults import http_error, reason_error
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.flavours import FlavourNeed
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.seen import seen
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.writes import writes
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Write


def flavour(id_: str, vcpus: int, ram: int, disk: int, **specs: str) -> dict[str, Any]:
    named = {key.replace("__", ":"): value for key, value in specs.items()}
    return {"id": id_, "name": id_, "vcpus": vcpus, "ram": ram, "disk": disk, "extra_specs": named}


NEED = FlavourNeed("fw", 2, 1024, 10)
SHELF = [
    flavour("huge", 64, 65536, 500),
    flavour("small", 1, 512, 5),
    flavour("fits", 2, 2048, 10),
    flavour("pinned", 2, 1024, 10, hw__cpu_policy="dedicated"),
]


def never() -> bool:
    return False


def test_the_exact_flavour_wins_then_the_smallest_that_fits() -> None:
    assert flavours.choose(SHELF, NEED, never).id == "fits"
    assert flavours.choose([*SHELF, flavour("exact", 2, 1024, 10)], NEED, never).id == "exact"


def test_extra_specs_are_had_when_asked_for_and_only_then() -> None:
    asked = replace(NEED, specs={"hw:cpu_policy": "dedicated"})
    assert flavours.choose(SHELF, asked, never).id == "pinned"
    assert flavours.choose([SHELF[3]], NEED, never).id == "pinned"  # better than nothing
    assert flavours.choose([flavour("f", 2, 1024, 10, note="x"), SHELF[3]], NEED, never).id == "f"


def test_a_disabled_flavour_is_not_taken() -> None:
    with pytest.raises(ManoError) as caught:
        flavours.choose([flavour("f", 2, 1024, 10) | {"OS-FLV-DISABLED:disabled": True}], NEED, never)
    assert caught.value.error_code == "no_fitting_flavour"
    assert "2 vCPU, 1024 MiB RAM, 10 GiB disk" in caught.value.message


def test_an_admin_gets_a_flavour_made_and_removed_again() -> None:
    choice = flavours.choose(SHELF[:2][1:], replace(NEED, specs={"hw:mem_page_size": "large"}), lambda: True)
    (made,) = choice.missing
    assert (made.action, made.target) == ("flavor.create", choice.id)
    assert made.inverse is not None
    assert (made.inverse.action, made.inverse.target) == ("flavor.delete", choice.id)
    assert choice.disposal == (made.inverse,)
    assert made.args["specs"] == {"hw:mem_page_size": "large"}
    again = flavours.choose([], replace(NEED, vdu_id="other", specs={"hw:mem_page_size": "large"}), lambda: True)
    assert again.id == choice.id
    kept = flavours.choose([flavour(choice.id, 2, 1024, 10, hw__mem_page_size="large")], NEED, never)
    assert kept.disposal == choice.disposal


@given(
    st.lists(
        st.builds(flavour, st.uuids().map(str), st.integers(1, 8), st.integers(64, 4096), st.integers(0, 40)),
        max_size=8,
    ),
    st.builds(FlavourNeed, st.just("fw"), st.integers(1, 8), st.integers(64, 4096), st.integers(0, 40)),
)
def test_what_is_chosen_always_fits_and_nothing_smaller_does(shelf: list[dict[str, Any]], wanted: FlavourNeed) -> None:
    fitting = [f for f in shelf if f["vcpus"] >= wanted.vcpus and f["ram"] >= wanted.ram and f["disk"] >= wanted.disk]
    if not fitting:
        with pytest.raises(ManoError):
            flavours.choose(shelf, wanted, never)
        return
    best = next(f for f in shelf if f["id"] == flavours.choose(shelf, wanted, never).id)
    assert best in fitting
    if not any((f["vcpus"], f["ram"], f["disk"]) == (wanted.vcpus, wanted.ram, wanted.disk) for f in fitting):
        assert (best["vcpus"], best["ram"], best["disk"]) == min((f["vcpus"], f["ram"], f["disk"]) for f in fitting)


def test_the_disk_is_the_largest_of_descriptor_and_image_and_none_when_booting_from_a_volume() -> None:
    compute = Compute(1, 65 * MIB + 1, local_storage=(GIB, GIB // 2), cpu_pinning_policy="static", numa_enabled=True)
    big = vdu(compute=compute, sw_image=replace(IMAGE, min_disk=3 * GIB))
    assert flavours.need_of(vnfc(0, big)) == FlavourNeed(
        "fw", 1, 66, 3, {"hw:cpu_policy": "dedicated", "hw:numa_nodes": "1"}
    )
    assert flavours.need_of(vnfc(0)).disk == 1
    booting = replace(vnfc(0), storages=(storage("fw-0", boot=True),))
    assert flavours.need_of(booting).disk == 0


def test_a_boot_volume_needs_the_image_in_its_servers_place() -> None:
    own = storage("fw-0", "root", boot=True, sw_image=IMAGE)
    assert list(images.wanted(topology(vnfcs=(replace(vnfc(0), storages=(own,)),)))) == ["root"]
    bare = storage("fw-0", "root", boot=True)
    assert list(images.wanted(topology(vnfcs=(replace(vnfc(0), storages=(bare,)),)))) == ["fw"]
    with pytest.raises(ManoError) as caught:
        images.wanted(topology(vnfcs=(vnfc(0, vdu(sw_image=None)),)))
    assert caught.value.error_code == "image_missing"


def test_an_uploaded_image_asks_for_no_more_than_the_vdu_has() -> None:
    greedy = replace(IMAGE, min_ram=GIB, min_disk=9 * GIB, checksum_algorithm="sha-256", checksum_hash="AB")
    own = storage("fw-0", "root", 2 * GIB, boot=True, sw_image=greedy)
    of = topology(vnfcs=(replace(vnfc(0, vdu(sw_image=None)), storages=(own,)),))
    assert images.key_of(greedy) == "sha-256:ab"
    assert images.room(of, "sha-256:ab") == (64 * MIB, 2 * GIB)


def test_need_counts_what_is_new() -> None:
    assert {k: v for k, v in asdict(need(with_volume(3), with_volume(1))).items() if v} == {
        "instances": 2,
        "cores": 2,
        "ram_mib": 128,
        "ports": 2,
        "volumes": 2,
        "volume_gib": 2,
    }
    first = need(with_volume(1), None)
    assert (first.networks, first.subnets, first.security_groups, first.server_groups) == (1, 1, 1, 1)
    assert need(with_volume(1), with_volume(3)) == need(with_volume(1), with_volume(1))


def observation(*found: Observed, state: str = "complete") -> Observation:
    return Observation(True, state, resources={(o.kind, o.id): o for o in found})


def server(id_: str = "fw-0", status: str = "ok") -> Observed:
    return Observed("vnfc", id_, f"server-of-{id_}", names.SERVER, status)


def test_the_first_write_makes_the_stack_and_its_inverse_deletes_it() -> None:
    (made,) = writes(None, topology(), NOTHING)
    assert (made.action, made.topology, made.inverse) == ("stack.apply", "after", Write("stack.delete", "stack"))
    assert writes(topology(), None, NOTHING) == (Write("stack.delete", "stack"),)


def test_a_change_goes_back_to_the_topology_before() -> None:
    (made,) = writes(topology(1), topology(2), observation(server()))
    assert made.inverse == Write("stack.apply", "stack", "before")
    assert not made.args


def test_a_port_or_volume_made_anew_takes_its_server_along() -> None:
    of = with_volume(2)
    (made,) = writes(of, of, observation(server("fw-1")), (("virtual_storage", "fw-1-data"),))
    assert made.args == {"replace": [["virtual_storage", "fw-1-data", None], ["vnfc", "fw-1", "server-of-fw-1"]]}


def test_a_port_of_the_play_is_never_made_anew() -> None:
    mine = port("fw-0", cp(), "oam", config=CpConfig(link_port_id="p"))
    of = topology(vnfcs=(vnfc(0, ports=(mine,)),))
    (made,) = writes(of, of, observation(server()), (("link_port", mine.id),))
    assert made.args == {"replace": [["vnfc", "fw-0", "server-of-fw-0"]]}


def test_starting_needs_no_stack_unless_something_else_is_to_do() -> None:
    of = topology(2)
    stopped = observation(server("fw-0", "stopped"), server("fw-1"))
    start = Write("server.start", "fw-0", args={"server_id": "server-of-fw-0"})
    assert writes(of, of, stopped, (), ("fw-0",)) == (start,)
    both = writes(of, of, stopped, (("vnfc", "fw-1"),), ("fw-0",))
    assert [w.action for w in both] == ["stack.apply", "server.start"]
    assert [w.action for w in writes(of, of, stopped, (("vnfc", "fw-0"),), ("fw-0",))] == ["stack.apply"]


def nova(id_: str = "fw-0", status: str = "ACTIVE", **values: Any) -> dict[str, Any]:
    return {"id": f"uuid-{id_}", "name": id_, "status": status, "metadata": {names.VNFC_KEY: id_}, **values}


def neutron(id_: str = "fw-0-mgmt") -> dict[str, Any]:
    return {
        "id": f"uuid-{id_}",
        "nfv_mano_id": id_,
        "mac_address": "fa:16:3e:00:00:01",
        "fixed_ips": [{"ip_address": "10.0.0.3", "subnet_id": "s"}],
        "network_id": "n",
        "device_id": "uuid-fw-0",
    }


NET = {"id": "uuid-net", "nfv_mano_id": "internal", "name": "fw-internal", "subnets": ["s"]}


def listed(*servers: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {"vnfc": list(servers), "link_port": [neutron()], "virtual_link": [NET]}


def test_what_is_all_there_needs_no_second_look() -> None:
    found, odd = seen(listed(nova()), topology())
    assert not odd
    assert {(o.kind, o.id, o.status) for o in found} == {
        ("vnfc", "fw-0", "ok"),
        ("link_port", "fw-0-mgmt", "ok"),
        ("virtual_link", "internal", "ok"),
    }


@pytest.mark.parametrize(
    "servers",
    [(), (nova(), nova()), (nova(status="ERROR"),), (nova(), nova("fw-7"))],
    ids=["none", "two", "error", "stranger"],
)
def test_what_is_odd_is_looked_at_again(servers: tuple[dict[str, Any], ...]) -> None:
    assert seen(listed(*servers), topology())[1]


@pytest.mark.parametrize(
    ("status", "expected"),
    [("ACTIVE", "ok"), ("SHUTOFF", "stopped"), ("BUILD", "busy"), ("ERROR", "failed"), ("DELETED", "missing")],
)
def test_a_servers_status(status: str, expected: str) -> None:
    found, _odd = seen({"vnfc": [nova(status=status)]}, None)
    assert [o.status for o in found] == [expected]


def test_a_port_of_the_play_is_seen_under_the_topologys_id_or_missed() -> None:
    mine = port("fw-0", cp("ext", 1, None), "oam", config=CpConfig(link_port_id="uuid-own"))
    of = topology(vnfcs=(vnfc(0, ports=(port("fw-0", cp()), mine)),))
    own = neutron() | {"id": "uuid-own"}
    found, odd = seen(listed(nova()) | {"given_port": [own]}, of)
    assert not odd
    assert {o.id: o.resource_id for o in found if o.kind == "link_port"}["fw-0-ext"] == "uuid-own"
    found, _odd = seen(listed(nova()), of)
    assert {o.id: o.status for o in found}["fw-0-ext"] == "missing"


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        (
            'ResourceInError: resources.fw-0: Went to ERROR due to "Message: No valid host was found. , Code: 5"',
            "no_valid_host",
            "VNFC 'fw-0': No valid host was found; ",
        ),
        (
            "OverLimit: resources.x: VolumeSizeExceedsAvailableQuota: Requested 9G (HTTP 413) (Request-ID: req-1)",
            "quota_exceeded",
            "Requested 9G; ",
        ),
        (
            "Forbidden: resources.fw-0: Quota exceeded for instances: Requested 1",
            "quota_exceeded",
            "Quota exceeded for",
        ),
        (
            "NotFound: resources.p: Network 123 could not be found.",
            "network_missing",
            "Network 123 could not be found; ",
        ),
        ("Image 7 is not active.", "image_missing", ""),
        ("No Flavor matching {'name': 'x'}. (HTTP 404)", "no_fitting_flavour", "No Flavor matching {'name': 'x'}; "),
        ("the disk is on fire", "vim_error", "the disk is on fire; "),
        ("", "vim_error", "gives no reason"),
    ],
)
def test_a_reason_is_told_with_its_code(text: str, code: str, sentence: str) -> None:
    error = reason_error("VNFC 'fw-0'", text)
    assert error.error_code == code
    assert sentence in error.message
    assert error.vim_message == (text or None)


@pytest.mark.parametrize(
    ("status", "text", "code"),
    [
        (401, "x", "vim_unauthorized"),
        (403, "Policy doesn't allow it", "vim_forbidden"),
        (403, "Quota exceeded for cores", "quota_exceeded"),
        (409, "Quota exceeded for resources: ['port'].", "quota_exceeded"),
        (413, "too much", "quota_exceeded"),
        (503, "", "vim_unreachable"),
        (500, "", "vim_error"),
        (404, "not there", "vim_error"),
    ],
)
def test_an_http_answer_is_told_with_its_code(status: int, text: str, code: str) -> None:
    error = http_error("lab", "network", "POST /ports", status, text)
    assert error.error_code == code
    assert "POST /ports" in error.message


def test_a_refused_template_names_the_resource() -> None:
    text = "Property error: : resources.fw-0.properties.image: : Error validating value 'x': No images matching {}."
    error = template_error(REF, text)
    assert (error.error_code, error.resource) == ("image_missing", "'fw-0' of VNF 'fw one'")
    assert template_error(REF, "The template is too large").error_code == "vim_error"
