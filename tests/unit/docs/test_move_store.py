# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The script of docs/operations.md that moves a store, run as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ansible_collections.nfv.mano.plugins.module_utils.store import engine, packages, vims
from ansible_collections.nfv.mano.plugins.module_utils.store.packages import PackageRow
from ansible_collections.nfv.mano.plugins.module_utils.store.vims import VimRow

TOP = Path(__file__).resolve().parents[3]


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new.sqlite'}"
    return str(request.getfixturevalue("new_postgresql_url")())


def test_the_store_is_moved_whole(tmp_path: Path, target: str) -> None:
    source = f"sqlite:///{tmp_path / 'old.sqlite'}"
    package = PackageRow(
        "p", "default", "fw", {"id": "p", "name": "ü"}, "fw.csar", "00" * 32, "2026-11-21T07:34:00Z", {"head": {}}
    )
    vim = VimRow("v", "default", "edge-1", "openstack", {"cloud": "lab"}, ("zone-a",), True)
    old = engine.open_store(source)
    packages.add(old, package)
    vims.put(old, vim)
    engine.close(old)

    (script,) = re.findall(r"^```python\n(.*?)^```", (TOP / "docs/operations.md").read_text(), re.DOTALL | re.MULTILINE)
    env = os.environ | {"PYTHONPATH": str(TOP / ".venv/collections")}
    command = [sys.executable, "-c", script, source, target]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    assert "mano_packages 1\nmano_vims 1\n" in done.stdout

    new = engine.open_store(target)
    assert packages.get(new, "default", id="p") == package
    assert vims.get(new, "default", name="edge-1") == vim
    engine.close(new)
