# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is broken, what repairs it, and what is left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from unit.plan.samples import deployed, flavour_for, healthy, lines, planned, recorded

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Plan
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import Observation, Observed
from ansible_collections.nfv.mano.plugins.module_utils.plan.steps import replacements, starts
from ansible_collections.nfv.mano.plugins.module_utils.plan.target import topology_for
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import (
    CpConfig,
    ExtVirtualLink,
    FixedAddress,
    HealRequest,
)

DEPLOYMENT = deployed(scale={"throughput": 1})
RUNNING = recorded(DEPLOYMENT)


def seen(**changed: Observed | None) -> Observation:
    return healthy(topology_for(DEPLOYMENT, flavour_for), **changed)


def one(kind: str, id_: str, status: str = "ok", reason: str = "", **attributes: Any) -> dict[str, Observed]:
    return {id_: Observed(kind, id_, f"vim-{kind}-{id_}", kind, status, reason, attributes)}


def told(plan_: Plan) -> list[tuple[str, str, str]]:
    return [(d.kind, d.id, d.what) for d in plan_.drift]


def repaired(observation: Observation, **wished: Any) -> Plan:
    return planned(RUNNING, observation, **wished)


def test_a_missing_server_is_made_again_and_keeps_the_rest() -> None:
    made = repaired(seen(**{"fw-1": None}))
    assert told(made) == [("vnfc", "fw-1", "missing")]
    [heal] = made.operations
    assert (heal.operation, heal.params) == ("HEAL", {"vnfc_instance_id": ["fw-1"], "cause": "drift"})
    assert (heal.before, heal.after) == (DEPLOYMENT, DEPLOYMENT)
    [step] = heal.steps
    assert (step.action, step.id, step.reason, step.data_loss) == ("create", "fw-1", "server is gone", None)
    assert replacements(heal) == (("vnfc", "fw-1"),)


def test_a_failed_server_is_replaced_and_its_disk_named() -> None:
    made = repaired(seen(**one("vnfc", "fw-1", "failed", "instance 1e9f crashed at 10:04")))
    [step] = made.operations[0].steps
    assert (step.action, step.data_loss) == ("replace", "local disk of fw-1, 1 GiB")
    assert "1e9f" not in step.reason
    assert "1e9f" in made.drift[0].detail


def test_a_stopped_server_is_started() -> None:
    made = repaired(seen(**one("vnfc", "fw-1", "stopped", "SHUTOFF")))
    assert lines(made) == ["start vnfc fw-1"]
    assert starts(made.operations[0]) == ("fw-1",)
    assert replacements(made.operations[0]) == ()


def test_a_server_that_boots_from_a_volume_loses_nothing() -> None:
    [step] = repaired(seen(**one("vnfc", "mgr-0", "failed"))).operations[0].steps
    assert (step.action, step.data_loss) == ("replace", None)


def test_a_missing_volume_takes_its_server_along() -> None:
    made = repaired(seen(**{"fw-0-log": None}))
    assert lines(made) == ["create virtual_storage fw-0-log", "replace vnfc fw-0"]
    assert [s.data_loss for s in made.operations[0].steps] == [None, "local disk of fw-0, 1 GiB"]
    assert "fw-0-log" in made.operations[0].steps[1].reason


def test_a_failed_volume_names_what_is_on_it() -> None:
    made = repaired(seen(**one("virtual_storage", "fw-0-log", "failed")))
    assert [s.data_loss for s in made.operations[0].steps] == ["volume fw-0-log, 3 GiB", "local disk of fw-0, 1 GiB"]


def test_a_missing_port_takes_its_server_along() -> None:
    assert lines(repaired(seen(**{"mgr-0-mgr_mgmt": None}))) == [
        "create link_port mgr-0-mgr_mgmt",
        "replace vnfc mgr-0",
    ]


def test_a_missing_network_takes_its_ports_and_their_servers_along() -> None:
    made = repaired(seen(inner=None))
    assert lines(made) == [
        "create virtual_link inner",
        "replace link_port fw-0-fw_in",
        "replace link_port fw-1-fw_in",
        "replace vnfc fw-0",
        "replace vnfc fw-1",
    ]
    assert replacements(made.operations[0])[0] == ("virtual_link", "inner")


@pytest.mark.parametrize(
    "detached",
    [one("link_port", "fw-1-fw_in", device_id=None), one("virtual_storage", "fw-1-log", attached_to="vim-vnfc-fw-0")],
)
def test_what_is_detached_comes_back_with_its_server(detached: dict[str, Observed]) -> None:
    made = repaired(seen(**detached))
    assert [d.what for d in made.drift] == ["detached"]
    assert lines(made) == ["replace vnfc fw-1"]


def test_a_stopped_server_with_a_detached_port_is_replaced() -> None:
    both = one("link_port", "fw-1-fw_in", device_id=None) | one("vnfc", "fw-1", "stopped")
    assert lines(repaired(seen(**both))) == ["replace vnfc fw-1"]


def test_an_attribute_that_the_driver_does_not_know_is_no_drift() -> None:
    assert not repaired(seen(**one("link_port", "fw-1-fw_in"))).drift


def fixed(*seen_addresses: str) -> Plan:
    config = CpConfig("0", fixed_addresses=(FixedAddress("2001:DB8::5"), FixedAddress(None, "sub")))
    links = (ExtVirtualLink("out", "public", {"fw_out": (config,)}),)
    deployment = deployed(ext_virtual_links=links)
    addresses = [{"ip_address": a} for a in seen_addresses]
    port = one("link_port", "fw-0-fw_out", device_id="vim-vnfc-fw-0", ip_addresses=addresses)
    observation = healthy(topology_for(deployment, flavour_for), **port)
    return planned(recorded(deployment), observation, ext_virtual_links=links)


def test_a_fixed_address_that_is_gone_is_brought_back() -> None:
    made = fixed("2001:db8::6")
    assert [(d.what, d.detail) for d in made.drift] == [("changed", "it no longer has 2001:DB8::5")]
    assert lines(made) == ["replace link_port fw-0-fw_out", "replace vnfc fw-0"]
    assert not fixed("2001:db8:0::5", "10.0.0.9").drift


def test_another_flavour_is_told_and_left() -> None:
    record = replace(RUNNING, compute_flavours={"fw-0": "flavor-of-fw", "fw-1": "", "mgr-0": "small"})
    made = planned(record, seen())
    assert told(made) == [("vnfc", "mgr-0", "changed")]
    assert "vnf_heal" in made.drift[0].detail
    assert not made.changes


@pytest.mark.parametrize(
    ("stranger", "loss"),
    [
        (one("vnfc", "fw-7"), "local disk of fw-7"),
        (one("virtual_storage", "fw-7-log", size=3), "volume fw-7-log, 3 GiB"),
        (one("link_port", "fw-7-fw_in"), None),
    ],
)
def test_a_stranger_is_removed(stranger: dict[str, Observed], loss: str | None) -> None:
    made = repaired(seen(**stranger))
    assert [(d.id, d.what) for d in made.drift] == [(next(iter(stranger)), "unknown")]
    [step] = made.operations[0].steps
    assert (step.action, step.data_loss) == ("delete", loss)
    assert replacements(made.operations[0]) == ()


def test_a_failed_stack_with_sound_resources_is_updated() -> None:
    made = repaired(replace(seen(), state="failed", reason="a1b2: timed out"))
    assert told(made) == [("stack", "vnf1", "failed")]
    assert lines(made) == ["update stack vnf1"]
    assert replacements(made.operations[0]) == ()


def test_everything_gone_is_made_again() -> None:
    made = repaired(Observation(exists=False, state="absent"))
    assert {line.split()[0] for line in lines(made)} == {"create"}
    assert len(lines(made)) == len(seen().resources)


def test_what_the_vim_is_busy_with_is_no_drift() -> None:
    assert not repaired(seen(**one("vnfc", "fw-1", "busy"))).drift
    assert not repaired(replace(seen(**{"fw-1": None}), state="busy")).drift


def test_report_tells_and_ignore_does_not_look() -> None:
    broken = seen(**{"fw-1": None})
    reported = repaired(broken, drift="report")
    assert (told(reported), reported.changes) == ([("vnfc", "fw-1", "missing")], False)
    ignored = repaired(broken, drift="ignore")
    assert (ignored.drift, ignored.changes) == ((), False)


def test_what_scales_away_is_not_healed_first() -> None:
    made = repaired(seen(**{"fw-1": None, "fw-1-log": None}), scale={"throughput": 0})
    assert [o.operation for o in made.operations] == ["SCALE"]
    losses = [s.data_loss for s in made.operations[0].steps]
    assert losses == [None] * 5
    assert [d.what for d in made.drift] == ["missing", "missing"]


# vnf_heal


def healed(observation: Observation | None = None, **request: Any) -> Plan:
    return planned(RUNNING, observation, heal=HealRequest(**request))


def test_heal_of_one_vnfc_replaces_its_server_only() -> None:
    made = healed(vnfc_instance_ids=("fw-1",), cause="alarm 7")
    assert made.operations[0].params == {"vnfc_instance_id": ["fw-1"], "cause": "alarm 7"}
    [step] = made.operations[0].steps
    assert (step.action, step.id, step.reason) == ("replace", "fw-1", "alarm 7")
    assert step.data_loss == "local disk of fw-1, 1 GiB"


def test_heal_with_all_replaces_the_storage_too() -> None:
    made = healed(vnfc_instance_ids=("fw-1",), all=True)
    assert made.operations[0].params == {"vnfc_instance_id": ["fw-1"], "additional_params": {"all": True}}
    assert lines(made) == ["replace virtual_storage fw-1-log", "replace vnfc fw-1"]
    assert made.operations[0].steps[0].data_loss == "volume fw-1-log, 3 GiB"


def test_heal_of_the_whole_vnf() -> None:
    assert lines(healed()) == ["replace vnfc fw-0", "replace vnfc fw-1", "replace vnfc mgr-0"]
    assert len(lines(healed(all=True))) == 7


def test_heal_leaves_what_it_was_not_asked_about() -> None:
    broken = seen(**{"mgr-0": None, "fw-0-log": None, "fw-1-fw_in": None})
    made = healed(broken, vnfc_instance_ids=("fw-1",))
    assert lines(made) == ["create link_port fw-1-fw_in", "replace vnfc fw-1"]
    assert len(made.drift) == 3


def test_heal_of_a_missing_server_loses_nothing_more() -> None:
    [step] = healed(seen(**{"fw-1": None}), vnfc_instance_ids=("fw-1",)).operations[0].steps
    assert (step.action, step.data_loss) == ("create", None)


def test_heal_of_an_unknown_vnfc() -> None:
    with pytest.raises(ManoError) as caught:
        healed(vnfc_instance_ids=("fw-9",))
    assert (caught.value.error_code, caught.value.resource) == ("vnfc_unknown", "fw-9")
    assert "fw-0, fw-1, mgr-0" in caught.value.message
