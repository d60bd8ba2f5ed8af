# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trouble on the VIM, made with the sandbox's faults: each is told with its reason, and a rerun gets over it."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flaky_proxy import proxy
from openstack.config import OpenStackConfig
from sandbox_tenant import cli
from topologies import GIB, ServerGroup, VimAssets, storage, topology, vnfc

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.driver import OpenStack
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.session import Cloud

TINY = VimAssets(software_images={"fw": "tiny"})


@pytest.fixture(autouse=True)
def _no_fault_is_left() -> Iterator[None]:
    yield
    cli("clear")


def plain(count: int = 1, **values: Any) -> Topology:
    return topology(count, vim_assets=TINY, **values)


def test_a_server_that_fails_is_named_with_novas_reason_and_the_rerun_makes_it(vnf: Any) -> None:
    cli("fault", "spawn", "--match", vnf.ref.name, "--count", "1", "--error", "disk is on fire")
    with pytest.raises(ManoError) as caught:
        vnf.become(plain(2))
    assert caught.value.error_code == "vim_error"
    assert "VNFC 'fw-" in caught.value.message
    assert "disk is on fire" in (caught.value.vim_message or "")
    failed = vnf.vim.observe(vnf.ref, plain(2))
    assert failed.state == "failed"
    assert "failed" in {o.status for o in failed.resources.values()}
    vnf.become(plain(2))
    assert vnf.statuses() == {}


def test_a_failed_server_with_a_boot_volume_is_made_anew_on_the_same_volume(vnf: Any) -> None:
    root = storage("fw-0", "root", boot=True)
    of = plain(vnfcs=(replace(vnfc(0), storages=(root,)),))
    cli("fault", "spawn", "--match", vnf.ref.name, "--count", "1", "--error", "no luck")
    with pytest.raises(ManoError):
        vnf.become(of)
    volume = vnf.vim.observe(vnf.ref, of).resources["virtual_storage", "fw-0-root"].resource_id
    vnf.become(of)
    assert vnf.statuses() == {}
    assert vnf.id("virtual_storage", "fw-0-root") == volume


def apart(count: int) -> Topology:
    """VNFCs of a group that may not share a host."""
    vnfcs = tuple(replace(vnfc(i), server_groups=("apart",)) for i in range(count))
    return plain(vnfcs=vnfcs, server_groups=(ServerGroup("apart", "anti-affinity"),))


def test_servers_of_a_group_get_a_host_each_however_nova_lets_them_race(vnf: Any) -> None:
    """Each of the sandbox's three hosts takes one: two that end on the same must find another one."""
    for _turn in range(3):
        vnf.become(apart(3))
        assert vnf.statuses() == {}
        vnf.become(apart(1))


def test_a_server_of_a_group_that_every_host_refused_is_tried_once_more(vnf: Any) -> None:
    cli("fault", "place", "--match", f"{vnf.ref.name}-fw-1", "--count", "3", "--error", "somebody was faster")
    vnf.become(apart(2))
    assert vnf.statuses() == {}
    assert [line for line in vnf.lines if "one after the other" in line]
    vnf.become(apart(2))
    assert vnf.statuses() == {}


def test_a_server_that_every_host_refuses_is_not_tried_for_ever(vnf: Any) -> None:
    cli("fault", "place", "--match", f"{vnf.ref.name}-fw-1", "--error", "no room")
    with pytest.raises(ManoError) as caught:
        vnf.become(apart(2))
    assert "VNFC 'fw-1'" in caught.value.message
    assert "maximum number of retries" in (caught.value.vim_message or "")


@pytest.mark.parametrize(
    ("flavour", "size", "code"), [("m1.nofit", GIB, "no_valid_host"), (None, 1 << 60, "quota_exceeded")]
)
def test_what_does_not_fit(vnf: Any, flavour: str | None, size: int, code: str) -> None:
    given = {"fw": flavour} if flavour else {}
    vnfcs = (replace(vnfc(0), storages=(storage("fw-0", size=size),)),)
    of = plain(vnfcs=vnfcs)
    with pytest.raises(ManoError) as caught:
        vnf.become(replace(of, vim_assets=replace(of.vim_assets, compute_resource_flavours=given)))
    assert caught.value.error_code == code
    assert "fw-0" in caught.value.message


def test_what_is_deleted_between_plan_and_write_is_told(vnf: Any) -> None:
    of = plain()
    vnf.assets = replace(vnf.vim.resolve(of, None), images={"fw": str(uuid.uuid4())})
    with pytest.raises(ManoError) as caught:
        vnf.perform(vnf.vim.writes(None, of, vnf.seen)[0], None, of)
    assert caught.value.error_code == "image_missing"


def test_a_delete_that_fails_once_is_tried_again(vnf: Any) -> None:
    vnf.become(plain())
    cli("fault", "destroy", "--match", vnf.ref.name, "--count", "1", "--error", "will not die")
    assert not vnf.become(None).exists


@pytest.fixture
def flaky(vnf: Any, api: Cloud) -> Iterator[Any]:
    """The VNF's driver with Heat behind a proxy that fails when told to."""
    api.login()
    base, _rest, path = api._endpoint("orchestration").partition("/v1/")
    with proxy(base) as made:
        region = OpenStackConfig().get_one(cloud=api.name, orchestration_endpoint_override=f"{made.url}/v1/{path}")
        whole_vim, vnf.vim = vnf.vim, OpenStack(Cloud(region, api.name))
        yield made
        vnf.vim = whole_vim


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_an_answer_that_is_lost_changes_nothing(vnf: Any, flaky: Any, method: str) -> None:
    """The service did it, the driver never heard of it: a POST is found by its name, the others are sent again."""
    if method != "POST":
        vnf.become(plain(1))
    flaky.lose.append(method)
    if method == "DELETE":
        assert not vnf.become(None).exists
    else:
        vnf.become(plain(1 if method == "PATCH" else 2), *([("vnfc", "fw-0")] if method == "PATCH" else []))
        assert vnf.statuses() == {}
    assert flaky.lose == []


def test_a_heat_that_goes_away_for_a_while_is_waited_for(vnf: Any, flaky: Any) -> None:
    timers = [threading.Timer(2, flaky.away.set), threading.Timer(10, flaky.away.clear)]
    for timer in timers:
        timer.start()
    vnf.become(plain(2))
    assert vnf.statuses() == {}
    assert any("does not answer" in line for line in vnf.lines)


def test_a_heat_that_stays_away_is_told_as_that(vnf: Any, flaky: Any) -> None:
    flaky.away.set()
    with pytest.raises(ManoError) as caught:
        vnf.look()
    assert caught.value.error_code == "vim_unreachable"
    assert "orchestration" in caught.value.message
