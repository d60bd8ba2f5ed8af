# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways not to reach a cloud: each is told with its code, and no secret is in what is told."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from openstack.config import OpenStackConfig

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.session import Cloud, connect

SECRET = "a-secret-that-nobody-may-see"


@pytest.fixture
def entries(api: Cloud, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Writes a clouds.yaml with the cloud of these tests as `one`, changed, and forgets OS_CLOUD."""
    source = OpenStackConfig().config_filename
    whole = yaml.safe_load(Path(source).read_text())["clouds"][api.name]
    monkeypatch.delenv("OS_CLOUD")

    def write(change: Callable[[dict[str, Any]], object], *others: str) -> None:
        entry = copy.deepcopy(whole)
        change(entry)
        path = tmp_path / "clouds.yaml"
        path.write_text(yaml.safe_dump({"clouds": {"one": entry} | dict.fromkeys(others, entry)}))
        monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(path))

    return write


def unchanged(entry: dict[str, Any]) -> None:
    assert entry["auth"]


def test_by_name_by_environment_and_as_the_only_one(
    entries: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    entries(unchanged)
    connect().login()
    entries(unchanged, "two")
    connect("two").login()
    monkeypatch.setenv("OS_CLOUD", "two")
    assert connect().name == "two"


@pytest.mark.parametrize("name", ["three", None])
def test_no_such_entry_or_no_telling_which(entries: Callable[..., None], name: str | None) -> None:
    entries(unchanged, "two")
    with pytest.raises(ManoError) as caught:
        connect(name)
    assert caught.value.error_code == "cloud_not_found"
    assert "one, two" in caught.value.message


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda e: e["auth"].update(password=SECRET), "vim_unauthorized"),
        (lambda e: e["auth"].update(project_name="nobody's"), "vim_unauthorized"),
        (lambda e: e["auth"].pop("password"), "cloud_invalid"),
        (lambda e: e["auth"].pop("auth_url"), "cloud_invalid"),
        (lambda e: e.update(auth_type="nonesuch"), "cloud_invalid"),
        (lambda e: e["auth"].update(auth_url="http://127.0.0.1:9/v3", password=SECRET), "vim_unreachable"),
        (lambda e: e["auth"].update(auth_url="http://no-such-host.invalid/v3"), "vim_unreachable"),
    ],
    ids=["password", "project", "no password", "no auth_url", "auth_type", "port", "host"],
)
def test_an_entry_that_does_not_work(
    entries: Callable[..., None], change: Callable[[dict[str, Any]], object], code: str
) -> None:
    entries(change)
    with pytest.raises(ManoError) as caught:
        connect("one").login()
    assert caught.value.error_code == code
    assert SECRET not in str(caught.value.result())


def test_a_file_that_is_no_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "clouds.yaml"
    path.write_text(f"clouds: [one\n  password: {SECRET}")
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(path))
    with pytest.raises(ManoError) as caught:
        connect("one")
    assert caught.value.error_code in {"cloud_not_found", "cloud_invalid"}
    assert SECRET not in str(caught.value.result())


def test_another_region(entries: Callable[..., None]) -> None:
    entries(unchanged)
    with pytest.raises(ManoError) as caught:
        connect("one", "Mars")
    assert caught.value.error_code == "cloud_invalid"
    assert "Mars" in caught.value.message


def test_a_service_that_the_cloud_does_not_have(api: Cloud) -> None:
    assert api.has("compute")
    assert not api.has("no-such-service")
    with pytest.raises(ManoError) as caught:
        api.get("no-such-service", "/")
    assert caught.value.error_code == "vim_error"
    assert "no-such-service" in caught.value.message


def test_the_tenant_is_no_admin(api: Cloud) -> None:
    assert not api.is_admin
    assert os.environ["OS_CLOUD"] == api.name
