# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The edge on a real VIM: registration, playbooks with a survey's variables, the module in the background, progress."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import yaml
from openstack.connection import Connection
from plays import Stage, passed

SAMPLE = Path(__file__).parents[2] / "docs/samples/firewall"


def run_playbook(stage: Stage, name: str, **variables: Any) -> tuple[dict[str, Any], str]:
    """The artifacts (set_stats) of `nfv.mano.<name>`, and what it printed."""
    done = subprocess.run(
        ["ansible-playbook", f"nfv.mano.{name}", "-e", json.dumps({"mano_store": stage.store, **variables})],
        env=stage.env | {"ANSIBLE_SHOW_CUSTOM_STATS": "1"},
        cwd=stage.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    stats = done.stdout.partition("RUN: ")[2]
    return json.loads(stats) if stats else {}, done.stdout


def test_a_vim_is_registered_by_reference(stage: Stage, firewall: dict[str, Any]) -> None:
    cloud = os.environ["OS_CLOUD"]
    planned, none, made, same, mars, nowhere, seen = stage.play(
        {"nfv.mano.vim": {"name": "edge", "cloud": cloud}, "check_mode": True},
        {"nfv.mano.vim_info": {"name": "edge"}},
        {"nfv.mano.vim": {"name": "edge", "cloud": cloud, "default": True}},
        {"nfv.mano.vim": {"name": "edge", "zones": []}},
        {"nfv.mano.vim": {"name": "edge", "zones": ["mars"]}},
        {"nfv.mano.vim": {"name": "other", "cloud": "no such cloud"}},
        {"nfv.mano.vim_info": {}},
    ).results
    assert planned["changed"]
    assert none["vims"] == []
    assert passed(made)["changed"]
    assert made["vim"]["access_info"] == {"cloud": cloud}
    assert made["vim"]["status"]["quota"]["instances"]["limit"]
    assert not passed(same)["changed"]
    assert mars["error_code"] == "zone_unknown"
    assert nowhere["error_code"] == "cloud_not_found"
    assert [(vim["name"], vim["reachable"]) for vim in seen["vims"]] == [("edge", True)]

    vnfd_id = firewall["vnfd_id"]
    played = stage.play(
        {"nfv.mano.vnf_package": {"vnfd_id": vnfd_id, "operational_state": "disabled"}},
        {"nfv.mano.vnf_instance": firewall},
        {"nfv.mano.vnf_package": {"vnfd_id": vnfd_id, "operational_state": "enabled"}},
        {"nfv.mano.vnf_instance": firewall | {"vim": "edge"}},
        {"nfv.mano.vim": {"name": "edge", "state": "absent"}},
        {"nfv.mano.vnf_package": {"vnfd_id": vnfd_id, "state": "absent"}},
        {"nfv.mano.vnf_instance": {"name": "fw1", "state": "absent"}},
        {"nfv.mano.vim": {"name": "edge", "state": "absent"}},
        {"nfv.mano.vim": {"name": "edge", "state": "absent"}},
    ).results
    disabled, done, kept, in_use, removed, again = (played[n] for n in (1, 3, 4, 5, 7, 8))
    assert disabled["error_code"] == "package_disabled"
    assert passed(done)["vnf_instance"]["vim_connection_info"][0]["id"] == made["vim"]["id"]
    assert (kept["error_code"], in_use["error_code"]) == ("vim_in_use", "package_in_use")
    assert passed(removed)["changed"]
    assert not passed(again)["changed"]


def test_without_a_registered_vim_the_environment_names_it(stage: Stage) -> None:
    (vim,) = passed(stage.task("vim_info"))["vims"]
    assert (vim["name"], vim["reachable"]) == (os.environ["OS_CLOUD"], True)


def test_a_vim_that_does_not_answer_is_told_and_others_are_shown(stage: Stage, tmp_path: Path) -> None:
    clouds = yaml.safe_load(Path(os.environ["OS_CLIENT_CONFIG_FILE"]).read_text())
    good = clouds["clouds"][os.environ["OS_CLOUD"]]
    wrong = {**good, "auth": {**good["auth"], "password": "not the password"}}
    away = {**good, "auth": {**good["auth"], "auth_url": "http://127.0.0.1:1/v3"}}
    file = tmp_path / "clouds.yaml"
    file.write_text(yaml.safe_dump({"clouds": {"good": good, "wrong": wrong, "away": away}}))
    there = Stage(stage.folder, stage.store, stage.env | {"OS_CLIENT_CONFIG_FILE": str(file)})
    refused, silent = there.play({"nfv.mano.vim": {"name": "wrong"}}, {"nfv.mano.vim": {"name": "away"}}).results
    assert (refused["error_code"], silent["error_code"]) == ("vim_unauthorized", "vim_unreachable")
    file.write_text(yaml.safe_dump({"clouds": {"good": good, "wrong": good, "away": good}}))
    for result in there.play(*({"nfv.mano.vim": {"name": name}} for name in ("good", "wrong", "away"))).results:
        passed(result)
    file.write_text(yaml.safe_dump({"clouds": {"good": good, "wrong": wrong, "away": away}}))
    seen = passed(there.task("vim_info"))["vims"]
    told = {vim["name"]: vim.get("error_code") for vim in seen}
    assert told == {"away": "vim_unreachable", "good": None, "wrong": "vim_unauthorized"}
    assert "not the password" not in json.dumps(seen)


def test_playbooks_take_a_surveys_answers_and_hand_on_ids(
    stage: Stage, cloud: Connection, firewall: dict[str, Any]
) -> None:
    stats, _rest = run_playbook(stage, "onboard", mano_package_src=str(SAMPLE))
    assert stats["mano_vnfd_id"] == firewall["vnfd_id"]
    made, output = run_playbook(
        stage,
        "instantiate",
        mano_name="fw1",
        mano_vnfd_id=stats["mano_vnfd_id"],
        mano_level_throughput="1",
        mano_param_log_level="debug",
        mano_ext_virtual_links=firewall["ext_virtual_links"],
    )
    assert sorted(made) == ["mano_operation_ids", "mano_plan_digest", "mano_vnf_instance_id"]
    assert any(line.startswith("fw1: INSTANTIATE ") and line.endswith(" s)") for line in output.splitlines())
    assert {server.name for server in cloud.compute.servers()} == {"fw1-fw-0", "fw1-fw-1", "fw1-mgr-0"}
    (operation,) = passed(stage.task("lcm_operation_info", id=made["mano_operation_ids"][0]))["operations"]
    assert operation["operation_params"]["additional_params"] == {"log_level": "debug"}
    assert [step["state"] for step in operation["steps"]] == ["done"] * len(operation["steps"])
    assert all(step["seconds"] >= 0 for step in operation["steps"])

    again, _rest = run_playbook(stage, "instantiate", mano_name="fw1", mano_level_throughput="1")
    assert again["mano_operation_ids"] == []
    run_playbook(stage, "scale", mano_name="fw1", mano_aspect_id="throughput", mano_scale_type="SCALE_IN")
    assert {server.name for server in cloud.compute.servers()} == {"fw1-fw-0", "fw1-mgr-0"}
    before = {server.name: server.id for server in cloud.compute.servers()}
    run_playbook(stage, "heal", mano_name="fw1", mano_vnfc_instance_ids=["fw-0"], mano_cause="test")
    after = {server.name: server.id for server in cloud.compute.servers()}
    assert [name for name in before if after[name] != before[name]] == ["fw1-fw-0"]
    run_playbook(stage, "terminate", mano_name="fw1", mano_keep_record=True)
    (left,) = passed(stage.task("vnf_instance_info"))["vnf_instances"]
    assert left["instantiation_state"] == "NOT_INSTANTIATED"
    run_playbook(stage, "terminate", mano_name="fw1")
    assert passed(stage.task("vnf_instance_info"))["vnf_instances"] == []


def test_the_module_does_it_in_the_background(stage: Stage, cloud: Connection, firewall: dict[str, Any]) -> None:
    (done,) = stage.play({"nfv.mano.vnf_instance": firewall, "async": 600, "poll": 2}).results
    assert passed(done)["changed"]
    assert done["operations"][0]["operation_state"] == "COMPLETED"
    observed = passed(stage.task("vnf_instance_info", observe=True))["vnf_instances"]
    assert [instance["drift"] for instance in observed] == [[]]
    assert observed[0]["id"] == done["vnf_instance"]["id"]
    (recorded,) = passed(stage.task("vnf_instance_info", id=done["vnf_instance"]["id"]))["vnf_instances"]
    assert {key: recorded[key] for key in done["vnf_instance"]} == done["vnf_instance"]
    assert {server.name for server in cloud.compute.servers()} == {"fw1-fw-0", "fw1-mgr-0"}
