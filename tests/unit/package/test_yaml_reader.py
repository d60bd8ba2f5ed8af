# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML as packages use it, where it is strict, and where things stand."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest
import yaml

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.limits import MIB, Limits
from ansible_collections.nfv.mano.plugins.module_utils.package.yaml_reader import load_yaml

pytestmark = pytest.mark.usefixtures("no_network")


def value(text: str) -> Any:
    return load_yaml(text, "a.yaml")[0]


def refusal(text: str, limits: Limits | None = None) -> ManoError:
    with pytest.raises(ManoError) as found:
        load_yaml(text, "a.yaml", limits or Limits())
    (finding,) = found.value.findings
    assert finding["severity"] == "error"
    assert finding["file"] == "a.yaml"
    assert f"line {finding['line']}, column {finding['column']}" in found.value.message or finding["line"] == 1
    return found.value


SCALARS: dict[str, Any] = {
    "yes": True,
    "Off": False,
    "true": True,
    "y": "y",
    "~": None,
    "null": None,
    "": None,
    "1": 1,
    "-17": -17,
    "1_000": 1000,
    "0x1F": 31,
    "0b101": 5,
    "0644": 420,
    "08": "08",
    "0x_": "0x_",
    "0b_": "0b_",
    "1.0": 1.0,
    "-.5": -0.5,
    "1.5e+3": 1500.0,
    "1e3": "1e3",
    "0.5.2": "0.5.2",
    "+": "+",
    ".": ".",
    "2016-10-14": "2016-10-14",
    "2026-01-01T00:00:00Z": "2026-01-01T00:00:00Z",
    "12:30": "12:30",
    "52:54:00:12:34:56": "52:54:00:12:34:56",
    "190:20:30.15": "190:20:30.15",
    ".inf": ".inf",
    "-.inf": "-.inf",
    ".nan": ".nan",
    "9.9e+999": "9.9e+999",
    "=": "=",
    "<<": "<<",
    "'1'": "1",
    '"yes"': "yes",
    "|\n  1\n": "1\n",
    "!!str 1": "1",
    "! 1": "1",
    "!!int '1'": 1,
    "!!float 1": 1.0,
    "!!bool 'no'": False,
    "!!null ''": None,
    "9" * 101: "9" * 101,
}


@pytest.mark.parametrize("text", SCALARS)
def test_scalars(text: str) -> None:
    found = value(f"[{text}]" if text and not text.startswith("|") else f"- {text}")
    assert found == [SCALARS[text]]
    assert type(found[0]) is type(SCALARS[text])


def test_keys_are_the_text_that_stands_there() -> None:
    assert value("1: a\nyes: b\n~: c\n1.0: d\n") == {"1": "a", "yes": "b", "~": "c", "1.0": "d"}


def test_no_document_is_none() -> None:
    assert value("") is None
    assert value("# nothing\n") is None


def test_merge_keys() -> None:
    text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  y: 3\n  <<: [*a, *b]\nd:\n  <<: *b\n"
    assert value(text)["c"] == {"x": 1, "y": 3, "z": 2}
    assert value(text)["d"] == {"y": 2, "z": 2}
    assert value('"<<": text') == {"<<": "text"}


def test_aliases_stand_for_their_anchor() -> None:
    assert value("a: &x [1, &y two]\nb: *x\nc: *y\n") == {"a": [1, "two"], "b": [1, "two"], "c": "two"}


def test_positions() -> None:
    text = "top:\n  list:\n    - one\n    - two: 2\n  base: &b\n    inner: 1\n  use:\n    <<: *b\n    own: 2\n"
    _rest, positions = load_yaml(text, "a.yaml")
    assert positions.at(()) == (1, 1)
    assert positions.at(("top", "list")) == (2, 3)
    assert positions.at(("top", "list", 1)) == (4, 7)
    assert positions.at(("top", "list", 1, "two")) == (4, 7)
    assert positions.at(("top", "use", "own")) == (9, 5)
    assert positions.at(("top", "use", "inner")) == (6, 5)
    assert positions.at(("top", "use", "missing", "deeper")) == (7, 3)
    assert positions.at(("top", "list", 7)) == (2, 3)
    assert positions.at(("top", "list", 0, 0)) == (3, 7)


INVALID: dict[str, tuple[str, str, int]] = {
    "duplicate key": ("a: 1\nb: 2\na: 3\n", "yaml_duplicate_key", 3),
    "duplicate key, spelt otherwise": ("1: a\n'1': b\n", "yaml_duplicate_key", 2),
    "duplicate key in a flow": ("x: {a: 1, a: 2}\n", "yaml_duplicate_key", 1),
    "two documents": ("--- a\n--- b\n", "yaml_invalid", 2),
    "no YAML": ("a: [1, 2\nb: 3\n", "yaml_invalid", 2),
    "tab": ("a:\n\tb: 1\n", "yaml_invalid", 2),
    "key of a list": ("? [a]\n: b\n", "yaml_invalid", 1),
    "key by alias": ("a: &k x\n*k : b\n", "yaml_invalid", 2),
    "alias of nothing": ("a: *b\n", "yaml_invalid", 1),
    "merge of text": ("a:\n  <<: b\n", "yaml_invalid", 2),
    "merge of a list of text": ("<<: [b]\n", "yaml_invalid", 1),
    "python object": ("a: !!python/object/apply:os.system ['id']\n", "yaml_tag", 1),
    "python name": ("a: !!python/name:os.system\n", "yaml_tag", 1),
    "own tag": ("a:\n  b: !vault secret\n", "yaml_tag", 2),
    "set": ("!!set {a, b}", "yaml_tag", 1),
    "binary": ("a: !!binary aGk=\n", "yaml_tag", 1),
    "tag that does not fit": ("a: !!int text\n", "yaml_tag", 1),
    "tag of another kind": ("a: !!map [1]\n", "yaml_tag", 1),
    "tagged key": ("!!int 1: a\n", "yaml_tag", 1),
    "control characters": ("a: \x00\n", "yaml_invalid", 1),
    "half a character": ("a: \ud800\n", "yaml_invalid", 1),
    "itself": ("a: &a [*a]\n", "yaml_bomb", 1),
    "merged into itself": ("a: &a\n  <<: *a\n", "yaml_bomb", 2),
}


@pytest.mark.parametrize("case", INVALID)
def test_is_refused(case: str) -> None:
    text, code, line = INVALID[case]
    error = refusal(text)
    assert error.error_code == code
    assert error.findings[0]["line"] == line
    assert error.message.isprintable()


def laughs(levels: int) -> str:
    """Every level holds the one before nine times."""
    head = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    return head + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, levels))


def merges(levels: int) -> str:
    head = "a0: &a0 {" + ", ".join(f"k{n}: v" for n in range(1000)) + "}\n"
    return head + "".join(f"a{n}: &a{n} {{<<: *a{n - 1}}}\n" for n in range(1, levels))


def nested_merges(keys: int, depth: int) -> str:
    inner = ", ".join(f"k{n}: v" for n in range(keys))
    return "{<<: " * depth + "{" + inner + "}" + "}" * depth


BOMBS = {
    "merges within merges": (lambda: nested_merges(30_000, 90), "yaml_bomb"),
    "long key over and over": (lambda: f"a: &a {{? {'x' * MIB} : 1}}\nb: [{', '.join(['*a'] * 500)}]\n", "yaml_bomb"),
    "laughs": (lambda: laughs(9), "yaml_bomb"),
    "merges": (lambda: merges(2000), "yaml_bomb"),
    "long scalar over and over": (lambda: f"a: &a {'x' * MIB}\nb: [{', '.join(['*a'] * 500)}]\n", "yaml_bomb"),
    "many values": (lambda: "- a\n" * 300_000, "yaml_bomb"),
    "deep flow": (lambda: "[" * 20_000 + "]" * 20_000, "yaml_too_deep"),
    "deep maps": (lambda: "{a: " * 20_000 + "}" * 20_000, "yaml_too_deep"),
    "deep block": (lambda: "- " * 20_000 + "a", "yaml_too_deep"),
    "deep indentation": (lambda: "".join(f"{' ' * n}a:\n" for n in range(2000)), "yaml_too_deep"),
    "huge scalar": (lambda: f"a: {'x' * (5 * MIB)}", "yaml_too_large"),
    "tag directives": (lambda: "".join(f"%TAG !t{n}! tag:x,2002:\n" for n in range(150_000)) + "--- a\n", "yaml_tag"),
}


@pytest.mark.parametrize("case", BOMBS)
def test_bombs_are_refused_in_bounded_memory(case: str) -> None:
    make, code = BOMBS[case]
    text = make()
    tracemalloc.start()
    error = refusal(text)
    _size, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.error_code == code
    # 100,000 values with their positions are the most that is ever held.
    assert peak < 48 * MIB


@pytest.mark.parametrize(
    "text", ['"\\ud800"', '{"\\udfff": 1}', '"\\U00110000"', '"\\UFFFFFFFF"', "%YAML 1." + "1" * 5000 + "\n--- a"]
)
@pytest.mark.parametrize("with_libyaml", [True, False])
def test_both_parsers_refuse_what_is_no_text(text: str, with_libyaml: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not with_libyaml:
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert refusal(text).error_code == "yaml_invalid"


def test_what_is_just_allowed_passes() -> None:
    assert value("[" * 100 + "]" * 100)
    assert len(value("- a\n" * 99_999)) == 99_999
    assert value(laughs(5))
