# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold of the files as a whole, and no linter knows."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import yaml

from ansible_collections.nfv.mano.plugins.module_utils import deps

TOP = Path(__file__).resolve().parents[3]
MODULES = sorted(path.stem for path in (TOP / "plugins/modules").glob("*.py"))


def test_action_group_names_every_module() -> None:
    runtime = yaml.safe_load((TOP / "meta/runtime.yml").read_text())
    assert runtime["action_groups"]["mano"] == MODULES


def test_every_module_has_its_fast_path() -> None:
    assert sorted(path.stem for path in (TOP / "plugins/action").glob("*.py")) == MODULES


def test_what_is_missing_is_asked_for_as_execution_environments_install_it() -> None:
    assert set(deps.REQUIREMENTS.values()) <= set((TOP / "meta/ee-requirements.txt").read_text().splitlines())


def test_sanity_ignores_nothing() -> None:
    assert list((TOP / "tests/sanity").glob("ignore*")) == []


def test_every_playbook_has_its_role() -> None:
    """Each operation is both; `demo` alone tells a story over several."""
    roles = {path.name for path in (TOP / "roles").iterdir()}
    playbooks = {path.stem for path in (TOP / "playbooks").glob("*.yml")}
    assert playbooks - {"demo", "sandbox"} == roles - {"sandbox"}


@pytest.mark.parametrize("path", sorted((TOP / "plugins").rglob("*.py")), ids=lambda path: str(path.relative_to(TOP)))
def test_plugin_files_say_their_licence_and_postpone_annotations(path: Path) -> None:
    text = path.read_text()
    assert "# SPDX-License-Identifier: GPL-3.0-or-later\n" in text.split('"""')[0]
    imported = [node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom)]
    assert not text.strip() or [node.module for node in imported][:1] == ["__future__"]
