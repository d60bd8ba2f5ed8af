# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One VNF's whole life through plays: every operation planned, done once, and a second run that changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cloud import listing, lose_server
from jsonschema import Draft7Validator
from openstack.connection import Connection
from plays import Stage, passed

from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import camel

SCHEMAS = Path(__file__).parents[3] / "shared/schemas"


def state_of(stage: Stage, cloud: Connection) -> dict[str, str]:
    """Everything listed on the VIM and every byte of the store."""
    stored = {path.name: path.read_bytes().hex() for path in stage.folder.glob("mano.sqlite") if path.is_file()}
    return listing(cloud) | stored


def settled(stage: Stage, cloud: Connection, **options: Any) -> dict[str, Any]:
    """Check mode first (writes nothing, plans the same), then the change, then a second run that changes nothing."""
    before = state_of(stage, cloud)
    planned = passed(stage.task("vnf_instance", check=True, **options))
    assert state_of(stage, cloud) == before
    approved = {"nfv.mano.vnf_instance": options | {"expected_plan_digest": planned["plan"]["digest"]}}
    done, again = map(passed, stage.play(approved, {"nfv.mano.vnf_instance": options}).results)
    assert done["changed"]
    assert done["plan"] == planned["plan"]
    assert not again["changed"]
    assert again["plan"]["operations"] == []
    return done


def operations(result: dict[str, Any]) -> list[str]:
    """The names of the operations that ran."""
    assert [o["operation"] for o in result["operations"]] == [o["operation"] for o in result["plan"]["operations"]]
    assert all(o["operation_state"] == "COMPLETED" for o in result["operations"])
    return [o["operation"] for o in result["operations"]]


def servers(cloud: Connection) -> list[str]:
    """The names of the VNF's servers."""
    return sorted(server.name for server in cloud.compute.servers() if server.name.startswith("fw1-"))


def test_whole_life(stage: Stage, cloud: Connection, firewall: dict[str, Any]) -> None:
    assert operations(settled(stage, cloud, **firewall)) == ["INSTANTIATE"]
    assert servers(cloud) == ["fw1-fw-0", "fw1-mgr-0"]

    out = settled(stage, cloud, **firewall, scale={"throughput": 2})
    assert operations(out) == ["SCALE"]
    assert servers(cloud) == ["fw1-fw-0", "fw1-fw-1", "fw1-fw-2", "fw1-mgr-0"]
    kept = {server.name: server.id for server in cloud.compute.servers()}

    inward = settled(stage, cloud, **firewall, scale={"throughput": 1})
    assert [s["id"] for s in inward["plan"]["operations"][0]["steps"] if s["kind"] == "vnfc"] == ["fw-2"]
    assert all(server.id == kept[server.name] for server in cloud.compute.servers())

    assert operations(settled(stage, cloud, name="fw1", instantiation_level_id="large")) in (
        ["SCALE"],
        ["SCALE_TO_LEVEL"],
    )
    assert operations(settled(stage, cloud, name="fw1", metadata={"site": "lab"})) == ["MODIFY_INFO"]

    addresses = {port.name: port.fixed_ips for port in cloud.network.ports() if "fw-1" in port.name}
    lose_server(cloud, "fw1-fw-1")
    drift = passed(stage.task("vnf_instance_info", name="fw1", observe=True))["vnf_instances"][0]["drift"]
    assert [(d["kind"], d["id"], d["what"]) for d in drift] == [("vnfc", "fw-1", "missing")]
    healed = settled(stage, cloud, name="fw1")
    assert operations(healed) == ["HEAL"]
    assert {port.name: port.fixed_ips for port in cloud.network.ports() if "fw-1" in port.name} == addresses

    gone = settled(stage, cloud, name="fw1", state="not_instantiated")
    assert operations(gone) == ["TERMINATE"]
    assert any("log_disk" in (step["data_loss"] or "") for step in gone["plan"]["operations"][0]["steps"])
    assert servers(cloud) == []


@pytest.mark.skipif(not SCHEMAS.exists(), reason="the ETSI schemas are not beside the checkout")
def test_results_are_valid_against_the_etsi_schemas(stage: Stage, firewall: dict[str, Any]) -> None:
    done = passed(stage.task("vnf_instance", **firewall))
    package = passed(stage.task("vnf_package_info", vnfd_id=firewall["vnfd_id"]))["vnf_packages"][0]
    occurrences = passed(stage.task("lcm_operation_info", vnf_instance="fw1"))["operations"]
    for body, schema in (
        (done["vnf_instance"], "vnfInstance"),
        (package, "vnfPkgInfo"),
        *((occurrence, "vnfLcmOpOcc") for occurrence in occurrences),
    ):
        rules = json.loads((SCHEMAS / f"{schema}.schema.json").read_text())
        assert [error.message for error in Draft7Validator(rules).iter_errors(camel(body))] == []


def test_imperative_scale_and_heal(stage: Stage, cloud: Connection, firewall: dict[str, Any]) -> None:
    passed(stage.task("vnf_instance", **firewall))
    passed(stage.task("vnf_scale", name="fw1", aspect_id="throughput", type="SCALE_OUT"))
    assert servers(cloud) == ["fw1-fw-0", "fw1-fw-1", "fw1-mgr-0"]
    ids = {server.name: server.id for server in cloud.compute.servers()}
    volume = next(v.id for v in cloud.block_storage.volumes())
    healed = passed(stage.task("vnf_heal", name="fw1", vnfc_instance_ids=["mgr-0"], cause="it answers no more"))
    assert operations(healed) == ["HEAL"]
    now = {server.name: server.id for server in cloud.compute.servers()}
    assert {name for name in ids if now[name] != ids[name]} == {"fw1-mgr-0"}
    assert next(v.id for v in cloud.block_storage.volumes()) == volume
    passed(stage.task("vnf_heal", name="fw1", vnfc_instance_ids=["mgr-0"], all=True))
    assert next(v.id for v in cloud.block_storage.volumes()) != volume
    passed(stage.task("vnf_scale", name="fw1", aspect_id="throughput", type="SCALE_IN"))
    assert servers(cloud) == ["fw1-fw-0", "fw1-mgr-0"]


def test_a_graceful_end_stops_the_guests_first(stage: Stage, firewall: dict[str, Any]) -> None:
    passed(stage.task("vnf_instance", **firewall))
    gone = passed(stage.task("vnf_instance", name="fw1", state="not_instantiated", graceful_timeout=30))
    (told,) = passed(stage.task("lcm_operation_info", id=gone["operations"][0]["id"]))["operations"]
    assert [step["action"] for step in told["steps"]][:2] == ["server.shut_down", "stack.delete"]
