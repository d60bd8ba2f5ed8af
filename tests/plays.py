# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real plays for tests: tasks as dicts in, results as dicts out, one ansible-playbook process each."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Played:
    """One finished play: its results in the order of the tasks, and what it printed."""

    results: list[dict[str, Any]]
    output: str
    returncode: int


@dataclass(frozen=True)
class Stage:
    """Where plays run: a folder of their own, a store, and the environment of the VIM."""

    folder: Path
    store: str
    env: dict[str, str]

    def start(self, tasks: list[dict[str, Any]], *, check: bool = False) -> tuple[subprocess.Popen[str], Path]:
        """Begin a play in a process group of its own; returns the process and where its results will be."""
        number = len(list(self.folder.glob("play-*.yml")))
        results = self.folder / f"results-{number}.json"
        named = [{"register": f"mano_r{i}", "ignore_errors": True} | task for i, task in enumerate(tasks)]
        told = "[" + ", ".join(f"mano_r{i} | default({{}})" for i in range(len(tasks))) + "]"
        keep = {
            "ansible.builtin.copy": {"content": "{{ " + told + " | to_json }}", "dest": str(results)},
            "check_mode": False,
        }
        play = {"hosts": "localhost", "gather_facts": False, "tasks": [*named, keep]}
        book = self.folder / f"play-{number}.yml"
        book.write_text(yaml.safe_dump([play], sort_keys=False))
        process = subprocess.Popen(
            ["ansible-playbook", str(book), *(["--check"] if check else [])],
            env=self.env | {"NFV_MANO_STORE": self.store},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        return process, results

    def play(self, *tasks: dict[str, Any], check: bool = False) -> Played:
        """Run the tasks as one play; a failing task is a result, a broken play is an error here."""
        process, results = self.start(list(tasks), check=check)
        output, _rest = process.communicate(timeout=900)
        assert results.exists(), output
        return Played(json.loads(results.read_text()), output, process.returncode)

    def task(self, module: str, *, check: bool = False, **options: Any) -> dict[str, Any]:
        """The result of one task of `nfv.mano.<module>`."""
        return self.play({f"nfv.mano.{module}": options}, check=check).results[0]


def stage(folder: Path, store: str | None = None) -> Stage:
    """A stage in `folder`, with its own SQLite store unless another is named."""
    folder.mkdir(parents=True, exist_ok=True)
    env = dict(os.environ) | {
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_LOCALHOST_WARNING": "False",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "False",
    }
    return Stage(folder, store or f"sqlite:///{folder}/mano.sqlite", env)


def passed(result: dict[str, Any]) -> dict[str, Any]:
    """The result, which must not be a failure."""
    assert not result.get("failed"), json.dumps(result, indent=1, default=str)[:4000]
    return result
