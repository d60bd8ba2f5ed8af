# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can't be done is refused in one clear sentence with its error_code, and leaves no trace in the store or on the
VIM.
"""

from __future__ import annotations

import sqlite3
import stat
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from cloud import admin, listing, quota
from openstack.connection import Connection
from plays import Stage, passed
from sample import SAMPLE
from sandbox_tool import sandbox


def refused(result: dict[str, Any], error_code: str) -> dict[str, Any]:
    """The failure, which must be the one expected and told plainly."""
    assert result.get("failed"), result
    assert result["error_code"] == error_code, result["msg"]
    assert "Traceback" not in result["msg"]
    assert result["msg"].rstrip().endswith((".", ")")), result["msg"]
    assert 20 < len(result["msg"]) < 1000
    return result


def csar(path: Path, change: Any) -> str:
    """The sample as a zip, with `change(files)` made to it first; files: name -> bytes."""
    files = {str(p.relative_to(SAMPLE)): p.read_bytes() for p in sorted(SAMPLE.rglob("*")) if p.is_file()}
    change(files)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return str(path)


def hostile(folder: Path) -> list[tuple[str, str]]:
    """(package, error_code): what strangers send."""
    definition = "Definitions/firewall_standard.yaml"

    def edited(name: str, old: str, new: str) -> Any:
        def change(files: dict[str, bytes]) -> None:
            text = files[name].decode()
            assert old in text
            files[name] = text.replace(old, new).encode()
            without_manifest(files)

        return change

    def replaced(files: dict[str, bytes]) -> None:
        files[definition] = bomb.encode()
        without_manifest(files)

    (folder / "plain.csar").write_text("this is no archive")
    bomb = (
        "a: &a ["
        + ", ".join(["x"] * 10)
        + "]\n"
        + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    )
    return [
        (str(folder / "plain.csar"), "not_a_zip"),
        (csar(folder / "slip.csar", lambda files: files.update({"../../etc/cron.d/x": b"x"})), "zip_slip"),
        (with_link(folder / "link.csar"), "zip_symlink"),
        (csar(folder / "bomb.csar", lambda files: files.update({"Files/zeros": bytes(200 << 20)})), "zip_bomb"),
        (csar(folder / "alias.csar", replaced), "yaml_bomb"),
        (
            csar(folder / "digest.csar", lambda files: files.update({"Files/boot/fw.sh": b"rm -rf /"})),
            "digest_mismatch",
        ),
        (
            csar(folder / "type.csar", edited(definition, "tosca.nodes.nfv.VduCp", "tosca.nodes.nfv.Teapot")),
            "unknown_type",
        ),
        (str(folder / "nowhere.csar"), "package_not_found"),
    ]


def without_manifest(files: dict[str, bytes]) -> None:
    """Take the digests away, so that what they protect can be changed."""
    files.pop("firewall.mf")
    meta = files["TOSCA-Metadata/TOSCA.meta"].decode()
    files["TOSCA-Metadata/TOSCA.meta"] = meta.replace("ETSI-Entry-Manifest: firewall.mf\n", "").encode()


def with_link(path: Path) -> str:
    """The sample with a member that is a symbolic link out of the package."""
    csar(path, lambda _files: None)
    entry = zipfile.ZipInfo("Files/passwd")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    return str(path)


def test_hostile_packages(stage: Stage, cloud: Connection, tmp_path: Path) -> None:
    cases = hostile(tmp_path)
    before = listing(cloud)
    played = stage.play(*({"nfv.mano.vnf_package": {"src": src}} for src, _code in cases))
    for result, (_src, code) in zip(played.results, cases, strict=True):
        refused(result, code)
    assert passed(stage.task("vnf_package_info"))["vnf_packages"] == []
    assert listing(cloud) == before


def test_wishes_that_cannot_be(stage: Stage, cloud: Connection, firewall: dict[str, Any]) -> None:
    links = firewall["ext_virtual_links"]
    cases: list[tuple[str, dict[str, Any]]] = [
        ("flavour_unknown", {"flavour_id": "deluxe"}),
        ("level_unknown", {"instantiation_level_id": "huge"}),
        ("aspect_unknown", {"scale": {"depth": 1}}),
        ("scale_out_of_range", {"scale": {"throughput": 3}}),
        ("vim_unknown", {"vim": "atlantis"}),
        ("package_unknown", {"vnfd_id": "00000000-0000-0000-0000-000000000000"}),
        ("image_missing", {"vim_assets": {"software_images": {"fw": "no-such-image"}}}),
        ("network_missing", {"ext_virtual_links": [{**links[0], "resource_id": "no-such-network"}, links[1]]}),
        ("ext_virtual_link_missing", {"ext_virtual_links": links[:1]}),
        ("input_invalid", {"additional_params": {"log_level": "shout"}}),
        ("no_fitting_flavour", {"vim_assets": {"compute_resource_flavours": {"fw": "no-such-flavor"}}}),
        ("invalid_options", {"wait_timeout": "soon"}),
        ("invalid_options", {"scale": "up"}),
        ("invalid_options", {"ext_virtual_links": 5}),
        ("invalid_options", {"state": "running"}),
    ]
    before = listing(cloud)
    played = stage.play(*({"nfv.mano.vnf_instance": firewall | options} for _code, options in cases))
    for result, (code, _options) in zip(played.results, cases, strict=True):
        refused(result, code)
    assert listing(cloud) == before
    assert passed(stage.task("vnf_instance_info"))["vnf_instances"] == []


def test_no_host_fits(stage: Stage, cloud: Connection, firewall: dict[str, Any]) -> None:
    before = listing(cloud)
    result = stage.task("vnf_instance", **firewall, vim_assets={"compute_resource_flavours": {"fw": "m1.nofit"}})
    refused(result, "no_valid_host")
    assert "fw-0" in result["msg"]
    assert result["vim_message"]
    assert "rolled back" in result["msg"]
    assert listing(cloud) == before
    assert passed(stage.task("vnf_instance_info"))["vnf_instances"] == []
    (occurrence,) = passed(stage.task("lcm_operation_info", id=result["operation_id"]))["operations"]
    assert occurrence["operation_state"] == "ROLLED_BACK"
    assert "no_valid_host" in occurrence["error"]["title"]


def test_failure_left_for_a_look(stage: Stage, cloud: Connection, firewall: dict[str, Any]) -> None:
    bad = firewall | {"vim_assets": {"compute_resource_flavours": {"fw": "m1.nofit"}}, "on_failure": "leave"}
    result = refused(stage.task("vnf_instance", **bad), "no_valid_host")
    open_id = result["operation_id"]
    (occurrence,) = passed(stage.task("lcm_operation_info", id=open_id))["operations"]
    assert occurrence["operation_state"] == "FAILED_TEMP"
    refused(stage.task("vnf_scale", name="fw1", aspect_id="throughput", type="SCALE_OUT"), "operation_open")
    back = passed(stage.task("lcm_operation", id=open_id, action="rollback"))
    assert back["changed"]
    assert not passed(stage.task("lcm_operation", id=open_id, action="rollback"))["changed"]
    refused(stage.task("lcm_operation", id=open_id, action="retry"), "operation_state_conflict")
    refused(stage.task("lcm_operation", id="no-such-operation", action="fail"), "operation_unknown")
    assert [server.name for server in cloud.compute.servers()] == []


def test_quota(stage: Stage, cloud: Connection, firewall: dict[str, Any]) -> None:
    before = listing(cloud)
    with quota(admin(), cloud.current_project_id, instances=1):
        result = refused(stage.task("vnf_instance", check=True, **firewall), "quota_exceeded")
        assert "2 servers needed" in result["msg"]
        refused(stage.task("vnf_instance", **firewall), "quota_exceeded")
    assert listing(cloud) == before


def test_bad_credentials(stage: Stage, tmp_path: Path) -> None:
    clouds = yaml.safe_load(Path(stage.env["OS_CLIENT_CONFIG_FILE"]).read_text())
    wrong = clouds["clouds"][stage.env["OS_CLOUD"]]
    wrong["auth"]["password"] = "s3cret-and-wrong"
    file = tmp_path / "clouds.yaml"
    file.write_text(yaml.safe_dump({"clouds": {"wrong": wrong}}))
    other = replace(stage, env=stage.env | {"OS_CLIENT_CONFIG_FILE": str(file), "OS_CLOUD": "wrong"})
    result = refused(other.task("vim", name="wrong", cloud="wrong"), "vim_unauthorized")
    assert "s3cret-and-wrong" not in str(result)
    refused(other.task("vim", name="wrong", cloud="no-such-entry"), "cloud_not_found")
    assert "wrong" not in [vim["name"] for vim in passed(stage.task("vim_info"))["vims"]]


def test_store_away(stage: Stage, firewall: dict[str, Any]) -> None:
    away = replace(stage, store="postgresql://mano:s3cret@127.0.0.1:1/mano")
    result = refused(away.task("vnf_instance", **firewall), "store_unreachable")
    assert "s3cret" not in str(result)
    refused(replace(stage, store="nonsense://").task("vnf_instance", **firewall), "store_url_invalid")
    with locked(stage.folder / "mano.sqlite"):
        refused(stage.task("vnf_instance", **firewall), "store_locked")


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program writes to the SQLite file and does not end."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def test_vim_gone_in_mid_operation(stage: Stage, cloud: Connection, firewall: dict[str, Any]) -> None:
    process, results = stage.start([{"nfv.mano.vnf_instance": firewall}])
    while not any(stack.name for stack in cloud.orchestration.stacks()):
        assert process.poll() is None
        time.sleep(0.2)
    sandbox("stop", "heat-api")
    try:
        process.communicate(timeout=300)
    finally:
        sandbox("start")
    result = refused(yaml.safe_load(results.read_text())[0], "vim_unreachable")
    assert "FAILED_TEMP" in result["msg"]
    assert "run the same task again" in result["msg"]
    again = passed(stage.task("vnf_instance", **firewall))
    assert [o["operation_state"] for o in again["operations"]] == ["COMPLETED"]
    assert again["operations"][0]["id"] == result["operation_id"]
    assert not passed(stage.task("vnf_instance", **firewall))["changed"]


def test_a_server_that_will_not_build_is_rolled_back_in_a_scale(
    stage: Stage, cloud: Connection, firewall: dict[str, Any]
) -> None:
    passed(stage.task("vnf_instance", **firewall))
    before = {server.name: server.id for server in cloud.compute.servers()}
    sandbox("fault", "spawn", "--match", "fw1-fw-1", "--count", "1", "--error", "disk on fire")
    result = stage.task("vnf_instance", name="fw1", scale={"throughput": 2})
    assert result["failed"]
    assert "disk on fire" in result["vim_message"]
    assert {server.name: server.id for server in cloud.compute.servers()} == before
    out = passed(stage.task("vnf_instance", name="fw1", scale={"throughput": 2}))
    assert [o["operation"] for o in out["operations"]] == ["SCALE"]


def test_two_tenants_do_not_see_each_other(stage: Stage, firewall: dict[str, Any]) -> None:
    other = replace(stage, env=stage.env | {"NFV_MANO_TENANT": "other"})
    assert passed(other.task("vnf_package_info"))["vnf_packages"] == []
    refused(other.task("vnf_instance", **firewall), "package_unknown")
