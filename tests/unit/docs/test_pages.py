# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation against the code: error codes, options in plays, links."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from ansible_collections.nfv.mano.plugins.module_utils.sol.lcm_op_occ import TRANSITIONS

TOP = Path(__file__).resolve().parents[3]
PAGES = sorted([TOP / "README.md", TOP / "CONTRIBUTING.md", *(TOP / "docs").glob("*.md")])
MODULES = {path.stem for path in (TOP / "plugins/modules").glob("*.py")}


def _codes() -> Any:
    spec = importlib.util.spec_from_file_location("codes", Path(__file__).parent / "codes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _documented() -> list[str]:
    """The codes in the first column of the tables of docs/errors.md."""
    page = (TOP / "docs/errors.md").read_text().split("## The task", 1)[1]
    cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    return [code for cell in cells for code in re.findall(r"`([a-z0-9_]+)`", cell)]


def test_every_error_code_is_explained_and_every_explained_one_exists() -> None:
    codes = _codes()
    documented = _documented()
    assert len(documented) == len(set(documented))
    assert set(documented) == codes.raised() | codes.refusing()


def test_the_codes_are_really_found_in_the_code() -> None:
    """The search itself: a code of each kind of place."""
    codes = _codes()
    assert {"instance_locked", "no_valid_host", "store_locked", "vim_forbidden", "invalid_options"} <= codes.raised()
    assert {"digest_mismatch", "unknown_type", "yaml_bomb", "boot_file", "import_url"} <= codes.refusing()
    assert "file_unlisted" not in codes.refusing()


def _plays(page: Path) -> Iterator[Any]:
    for block in re.findall(r"^```yaml\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE):
        yield yaml.safe_load(block)


def _tasks(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for item in node:
            yield from _tasks(item)
    elif isinstance(node, dict):
        yield node
        for key in ("tasks", "block", "rescue", "always"):
            yield from _tasks(node.get(key, []))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_plays_on_a_page_use_options_that_exist(page: Path) -> None:
    for block in _plays(page):
        for task in _tasks(block):
            for name in task:
                if name.startswith("nfv.mano."):
                    module = name.removeprefix("nfv.mano.")
                    assert module in MODULES, name
                    spec = importlib.import_module(
                        f"ansible_collections.nfv.mano.plugins.module_utils.tasks.{module}"
                    ).SPEC
                    assert set(task[name] or {}) <= set(spec), task


def test_the_pages_have_plays() -> None:
    assert sum(1 for page in PAGES for block in _plays(page) for _task in _tasks(block)) > 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if "://" not in target:
            path, _rest, anchor = unquote(target).partition("#")
            aim = page.parent / path if path else page
            assert aim.exists(), target
            assert not anchor or anchor in _anchors(aim), target


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_name_no_file_that_is_not_there(page: Path) -> None:
    known = r"`((?:docs|plugins|roles|playbooks|tests|tools|meta|changelogs)/[\w./-]+\w)`"
    for name in re.findall(known, page.read_text()):
        assert "NNNN" in name or (TOP / name).exists(), name


def test_the_states_are_those_of_the_code() -> None:
    page = (TOP / "docs/architecture.md").read_text()
    drawn = {tuple(pair) for pair in re.findall(r"^    ([A-Z_]+) --> ([A-Z_]+)", page, re.MULTILINE)}
    assert drawn == {(state, after) for state, several in TRANSITIONS.items() for after in several}


def test_the_rooms_are_those_of_the_code() -> None:
    table = re.findall(r"^\| `([a-z_]+)` \|", (TOP / "docs/architecture.md").read_text(), re.MULTILINE)
    rooms = {path.name for path in (TOP / "plugins/module_utils").iterdir() if any(path.glob("*.py"))}
    assert set(table) == rooms


def test_the_front_page_names_what_there_is() -> None:
    page = (TOP / "README.md").read_text()
    filters = {path.stem for path in (TOP / "plugins/filter").glob("*.py")}
    roles = {path.name for path in (TOP / "roles").iterdir()}
    words = set(re.findall(r"`(?:nfv\.mano\.)?([a-z_]+)`", page))
    assert words >= MODULES | filters | roles
