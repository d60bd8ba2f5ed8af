"""Packages in the store: onboarded once, changed, removed, and told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.lcm import packages
from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context, open_context
from ansible_collections.nfv.mano.plugins.module_utils.lcm.converge import Options, converge
from ansible_collections.nfv.mano.plugins.module_utils.lcm.packages import PackageOptions
from ansible_collections.nfv.mano.plugins.module_utils.package.write import pack_folder
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Wish
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import camel
from ansible_collections.nfv.mano.plugins.module_utils.store import instances
from ansible_collections.nfv.mano.plugins.module_utils.store.instances import InstanceRow

TOP = Path(__file__).parents[3]
SAMPLE = TOP / "docs/samples/firewall"
VNFD = "9f0c4e5a-6c53-4b8c-9b57-2a3a6a1f7d10"
SCHEMA = TOP.parent / "shared/schemas/vnfPkgInfo.schema.json"
NOTHING = PackageOptions()


@pytest.fixture
def ctx(tmp_path: Path) -> Context:
    return open_context(f"sqlite:///{tmp_path}/mano.sqlite", "t", lambda _line: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(SAMPLE, tmp_path / "firewall")


def files(ctx: Context) -> list[Path]:
    """What the artifact store holds."""
    root = Path(ctx.artifacts.url)
    return sorted(path for path in root.rglob("*") if path.is_file()) if root.exists() else []


def in_use(ctx: Context, package_id: str) -> None:
    """An instance made from the package."""
    row = InstanceRow("i", "t", "fw1", {"id": "i"}, None, {}, {"id": "v"}, package_id, None, "2026-11-21T08:00:00Z")
    instances.insert(ctx.store, row)


def refusal(code: str, *args: Any) -> str:
    """The message with which onboarding is refused."""
    with pytest.raises(ManoError) as caught:
        packages.onboard(*args)
    assert caught.value.error_code == code
    return caught.value.message


def test_onboarding_twice_changes_once(ctx: Context) -> None:
    first = packages.onboard(ctx, str(SAMPLE), NOTHING, False)
    assert first.changed
    assert first.package["vnfd_id"] == VNFD
    assert first.package["onboarding_state"] == "ONBOARDED"
    again = packages.onboard(ctx, str(SAMPLE), NOTHING, False)
    assert not again.changed
    assert again.package == first.package
    assert again.findings == first.findings != ()
    assert len(files(ctx)) == 1


def test_an_archive_of_the_folder_is_the_same_package(ctx: Context, tmp_path: Path) -> None:
    packages.onboard(ctx, str(SAMPLE), NOTHING, False)
    pack_folder(SAMPLE, tmp_path / "firewall.csar")
    assert not packages.onboard(ctx, str(tmp_path / "firewall.csar"), NOTHING, False).changed


def test_check_mode_tells_the_same_and_keeps_nothing(ctx: Context) -> None:
    planned = packages.onboard(ctx, str(SAMPLE), NOTHING, True)
    assert planned.changed
    assert planned.package["vnf_product_name"] == "Firewall"
    assert packages.list_packages(ctx) == []
    assert files(ctx) == []


def test_other_content_under_the_same_id_is_refused(ctx: Context, folder: Path) -> None:
    packages.onboard(ctx, str(SAMPLE), NOTHING, False)
    (folder / "more.txt").write_text("more")
    assert VNFD in refusal("package_exists", ctx, str(folder), NOTHING, False)
    assert len(files(ctx)) == 1


def test_the_id_that_the_play_expects(ctx: Context) -> None:
    for _turn in range(2):
        refusal("vnfd_id_mismatch", ctx, str(SAMPLE), PackageOptions(vnfd_id="other"), False)
        packages.onboard(ctx, str(SAMPLE), PackageOptions(vnfd_id=VNFD), False)


def test_a_refused_package_is_told_by_its_first_error_and_leaves_nothing(ctx: Context, folder: Path) -> None:
    with (folder / "Files/boot/fw.sh").open("a") as script:
        script.write("true\n")
    message = refusal("digest_mismatch", ctx, str(folder), NOTHING, False)
    assert "Files/boot/fw.sh" in message
    assert packages.list_packages(ctx) == []
    assert files(ctx) == []


def test_state_and_data_are_changed_and_merged(ctx: Context) -> None:
    wanted = PackageOptions(operational_state="DISABLED", user_defined_data={"a": 1, "b": {"c": 2}})
    packages.onboard(ctx, str(SAMPLE), wanted, False)
    change = packages.set_state(ctx, VNFD, PackageOptions(user_defined_data={"a": None, "b": {"d": 3}}), False)
    assert change.changed
    assert change.package["operational_state"] == "DISABLED"
    assert change.package["user_defined_data"] == {"b": {"c": 2, "d": 3}}
    assert not packages.set_state(ctx, VNFD, PackageOptions(operational_state="DISABLED"), False).changed
    assert packages.set_state(ctx, VNFD, PackageOptions(operational_state="ENABLED"), True).changed
    assert packages.list_packages(ctx)[0]["operational_state"] == "DISABLED"


def test_an_unknown_package_cannot_be_changed(ctx: Context) -> None:
    with pytest.raises(ManoError) as caught:
        packages.set_state(ctx, "nix", PackageOptions(operational_state="ENABLED"), False)
    assert caught.value.error_code == "package_unknown"


def test_no_further_vnf_is_made_from_a_disabled_package(ctx: Context) -> None:
    packages.onboard(ctx, str(SAMPLE), PackageOptions(operational_state="DISABLED"), False)
    wish = Wish(name="fw1", state="not_instantiated", vnfd_id=VNFD)
    with pytest.raises(ManoError) as caught:
        converge(ctx, wish, None, Options(check=True))
    assert caught.value.error_code == "package_disabled"
    packages.set_state(ctx, VNFD, PackageOptions(operational_state="ENABLED"), False)
    assert converge(ctx, wish, None, Options()).changed
    packages.set_state(ctx, VNFD, PackageOptions(operational_state="DISABLED"), False)
    assert not converge(ctx, wish, None, Options()).changed
    assert converge(ctx, Wish(name="fw1", state="absent"), None, Options()).changed


def test_removing_by_id_and_by_source(ctx: Context, folder: Path) -> None:
    packages.onboard(ctx, str(SAMPLE), NOTHING, False)
    (folder / "more.txt").write_text("more")
    assert packages.vnfd_id_of(ctx, str(SAMPLE)) == packages.vnfd_id_of(ctx, str(folder)) == VNFD
    assert packages.remove(ctx, VNFD, True).changed
    assert len(packages.list_packages(ctx)) == 1
    assert packages.remove(ctx, VNFD, False).changed
    assert packages.list_packages(ctx) == []
    assert files(ctx) == []
    assert not packages.remove(ctx, VNFD, False).changed


@pytest.mark.parametrize("check", [False, True])
def test_a_package_in_use_stays(ctx: Context, check: bool) -> None:
    onboarded = packages.onboard(ctx, str(SAMPLE), NOTHING, False).package
    assert onboarded["usage_state"] == "NOT_IN_USE"
    in_use(ctx, onboarded["id"])
    assert packages.list_packages(ctx)[0]["usage_state"] == "IN_USE"
    assert packages.onboard(ctx, str(SAMPLE), NOTHING, False).package["usage_state"] == "IN_USE"
    with pytest.raises(ManoError) as caught:
        packages.remove(ctx, VNFD, check)
    assert caught.value.error_code == "package_in_use"
    assert "fw1" in caught.value.message
    assert len(files(ctx)) == 1


def test_tenants_do_not_see_each_other(ctx: Context, tmp_path: Path) -> None:
    packages.onboard(ctx, str(SAMPLE), NOTHING, False)
    other = open_context(f"sqlite:///{tmp_path}/mano.sqlite", "u", lambda _line: None)
    assert packages.list_packages(other) == []
    assert packages.onboard(other, str(SAMPLE), NOTHING, False).changed
    packages.remove(other, VNFD, False)
    assert len(packages.list_packages(ctx)) == 1


def test_what_can_be_chosen(ctx: Context) -> None:
    onboarded = packages.onboard(ctx, str(SAMPLE), NOTHING, False).package
    (told,) = packages.list_packages(ctx, VNFD, onboarded["id"])
    (flavour,) = told["flavours"]
    assert told["default_flavour"] == flavour["id"] == "standard"
    assert flavour["levels"] == ["small", "large"]
    assert flavour["aspects"] == [{"id": "throughput", "max_scale_level": 2}]
    assert sorted(flavour["ext_cp_ids"]) == ["fw_untrusted", "mgr_oam"]
    assert {each["name"]: each["default"] for each in flavour["inputs"]}["log_level"] == "info"
    assert "mano_level_throughput" in {question["variable"] for question in told["survey_spec"]["spec"]}
    json.dumps(told)
    assert packages.list_packages(ctx, "nix", None) == packages.list_packages(ctx, VNFD, "nix") == []


@pytest.mark.skipif(not SCHEMA.exists(), reason="the ETSI schemas are not beside the checkout")
def test_the_record_is_a_vnf_pkg_info(ctx: Context) -> None:
    onboarded = packages.onboard(ctx, str(SAMPLE), NOTHING, False).package
    assert list(Draft7Validator(json.loads(SCHEMA.read_text())).iter_errors(camel(onboarded))) == []
