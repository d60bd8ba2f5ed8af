"""The way from a task of a play to `run` and back, with a probe in the place of a module of the collection."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from plays import Stage, stage

PROBE = """
from types import SimpleNamespace
import os
from ansible.plugins.action import ActionBase
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.plugin_utils.runner import run_task


def run(params, check, report):
    report(f"{params['name']}: 1/2 begun")
    report(f"{params['name']}: 2/2 ended")
    if params["how"] == "refuse":
        raise ManoError("refused", "No.", resource="thing")
    if params["how"] == "break":
        raise KeyError("oops")
    types = [type(params["data"]).__module__, type(params["name"]).__module__]
    return {"changed": not check, "zone": os.environ.get("PROBE_ZONE"), "params": params, "types": types}


PROBE = SimpleNamespace(
    SPEC={
        "name": {"type": "str", "required": True},
        "how": {"type": "str", "choices": ["work", "refuse", "break"], "default": "work"},
        "count": {"type": "int", "default": 1},
        "data": {"type": "dict"},
        "src": {"type": "path"},
    },
    RULES={},
    NEEDS=(),
    run=run,
)


class ActionModule(ActionBase):
    _supports_async = True

    def run(self, tmp=None, task_vars=None):
        return super().run(tmp, task_vars) | run_task(self, PROBE, task_vars or {}, paths=("src",))
"""

MODULE = """
from ansible.module_utils.basic import AnsibleModule

module = AnsibleModule({name: {"type": "raw"} for name in ("name", "how", "count", "data", "src")})
module.exit_json(as_module=True, src=module.params["src"])
"""


@pytest.fixture
def probe(tmp_path: Path) -> Stage:
    for folder, text in (("action_plugins", PROBE), ("library", MODULE)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "probe.py").write_text(text)
    return stage(tmp_path)


def test_a_local_task_runs_in_the_controllers_process_and_tells_its_progress(probe: Stage) -> None:
    played = probe.play(
        {
            "probe": {"name": "a{{ 1 }}", "data": {"x": ["{{ 'y' }}"], 2: None}},
            "environment": {"PROBE_ZONE": "az{{ 1 }}"},
        },
        {"probe": {"name": "b"}},
    )
    first, second = played.results
    assert first["changed"]
    assert first["params"] == {"name": "a1", "how": "work", "count": 1, "data": {"x": ["y"], "2": None}, "src": None}
    assert first["types"] == ["builtins", "builtins"]
    assert first["zone"] == "az1"
    assert second["zone"] is None
    lines = [
        line.rpartition(" (")[0] for line in played.output.splitlines() if re.search(r"[12]/2 .* \([0-9.]+ s\)$", line)
    ]
    assert lines == ["a1: 1/2 begun", "a1: 2/2 ended", "b: 1/2 begun", "b: 2/2 ended"]


def test_check_mode_arrives(probe: Stage) -> None:
    assert not probe.play({"probe": {"name": "a"}}, check=True).results[0]["changed"]


def test_no_log_hides_the_progress(probe: Stage) -> None:
    assert "begun" not in probe.play({"probe": {"name": "a"}, "no_log": True}).output


def test_failures_have_a_code_and_a_bug_says_that_it_is_one(probe: Stage) -> None:
    refused, broken = probe.play(
        {"probe": {"name": "a", "how": "refuse"}}, {"probe": {"name": "a", "how": "break"}}
    ).results
    assert refused["failed"]
    assert (refused["error_code"], refused["msg"], refused["resource"]) == ("refused", "No.", "thing")
    assert broken["failed"]
    assert broken["error_code"] == "internal_error"
    assert "KeyError: 'oops'" in broken["msg"]


def test_wrong_options_are_told_all_at_once(probe: Stage) -> None:
    (result,) = probe.play({"probe": {"count": "many", "how": "well", "naem": 1}}).results
    assert result["error_code"] == "invalid_options"
    for part in ("name", "count", "unable to convert to int", "how must be one of", "there is no option naem"):
        assert part in result["msg"]
    assert "\n" not in result["msg"]


@pytest.mark.parametrize("keywords", [{"become": True}, {"async": 20, "poll": 1}])
def test_what_is_to_run_elsewhere_runs_as_the_module(probe: Stage, keywords: dict[str, Any]) -> None:
    (result,) = probe.play({"probe": {"name": "a"}, **keywords}).results
    assert result["as_module"]


def test_options_are_checked_before_the_module_is_sent(probe: Stage) -> None:
    (result,) = probe.play({"probe": {"naem": "a"}, "async": 20, "poll": 1}).results
    assert result["error_code"] == "invalid_options"


def test_a_relative_path_is_looked_for_beside_the_play(probe: Stage) -> None:
    (probe.folder / "files").mkdir()
    (probe.folder / "files" / "a.csar").touch()
    found, remote, unknown, url = probe.play(
        {"probe": {"name": "a", "src": "a.csar"}},
        {"probe": {"name": "a", "src": "a.csar"}, "async": 20, "poll": 1},
        {"probe": {"name": "a", "src": "b.csar"}},
        {"probe": {"name": "a", "src": "https://example.com/a.csar"}},
    ).results
    assert found["params"]["src"] == str(probe.folder / "files" / "a.csar")
    assert remote["src"] == str(probe.folder / "files" / "a.csar")
    assert unknown["params"]["src"] == "b.csar"
    assert url["params"]["src"] == "https://example.com/a.csar"


def test_a_callback_that_prints_json_keeps_stdout_to_itself(probe: Stage) -> None:
    (probe.folder / "callback_plugins").mkdir()
    (probe.folder / "callback_plugins" / "my_json.py").write_text(
        "from ansible.plugins.callback.default import CallbackModule as Base\n\n"
        'DOCUMENTATION = """\nname: my_json\ntype: stdout\nshort_description: x\n'
        'extends_documentation_fragment: [default_callback]\n"""\n\n\n'
        "class CallbackModule(Base):\n"
        '    CALLBACK_VERSION = 2.0\n    CALLBACK_TYPE = "stdout"\n    CALLBACK_NAME = "my_json"\n'
    )
    probe.play({"probe": {"name": "a"}})
    done = subprocess.run(
        ["ansible-playbook", "play-0.yml"],
        env=probe.env | {"ANSIBLE_STDOUT_CALLBACK": "my_json", "ANSIBLE_CALLBACK_PLUGINS": "callback_plugins"},
        cwd=probe.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "begun" not in done.stdout
    assert "a: 1/2 begun" in done.stderr
