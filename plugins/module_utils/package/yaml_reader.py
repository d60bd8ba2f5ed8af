# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML from strangers: strict, bounded, plain data, and where in the file each thing stands.

Scalars read as in YAML 1.1 (`yes` is true, `0644` is 420, `1.0` a float, `0.5.2` text), since that is what the packages
in the field were tested with, save for its traps: dates, sexagesimal numbers (`12:30`, a MAC address of digits), `=`
and numbers that are not finite stay text. A key of a mapping is always the text that stands in the file: names in TOSCA
are strings, and so are JSON's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.limits import DEFAULT_LIMITS, Limits
from ansible_collections.nfv.mano.plugins.module_utils.package.names import shown
from ansible_collections.nfv.mano.plugins.module_utils.sol.finding import Finding

_TAG = "tag:yaml.org,2002:"
_WORDS: Mapping[str, bool | None] = (
    {spelt: True for word in ("yes", "true", "on") for spelt in (word, word.title(), word.upper())}
    | {spelt: False for word in ("no", "false", "off") for spelt in (word, word.title(), word.upper())}
    | dict.fromkeys(("", "~", "null", "Null", "NULL"))
)
_INT = re.compile(r"[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*)")
_FLOAT = re.compile(r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?")
_SURROGATE = re.compile("[\ud800-\udfff]")
"""libyaml refuses their escapes, the parser in Python does not."""
_NUMERIC = frozenset("-+.0123456789")
_MAX_NUMERAL = 100
_MAX_TAG_DIRECTIVES = 16
"""libyaml compares each with all before it."""
_TAGGED: Mapping[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "null": (type(None),),
}
_MERGE = object()
_RULES: Mapping[str, str] = {
    code: f"YAML-{code.removeprefix('yaml_').replace('_', '-')}"
    for code in ("yaml_invalid", "yaml_duplicate_key", "yaml_tag", "yaml_bomb", "yaml_too_deep", "yaml_too_large")
}


@dataclass(frozen=True, slots=True)
class Positions:
    """Where things stand in a loaded file: line and column, both from 1."""

    root: Any
    _marks: Mapping[int, Any]

    def at(self, path: Sequence[str | int]) -> tuple[int, int]:
        """The key or item that a path of keys and indices leads to, or the nearest one above it that is there."""
        node, found = self.root, (1, 1)
        for step in path:
            try:
                mark = self._marks[id(node)][step]
                node = node[step]
            except (KeyError, IndexError, TypeError):
                break
            found = (mark.line + 1, mark.column + 1)
        return found


def load_yaml(text: str, file: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Any, Positions]:
    """The one document in `text` as plain dicts, lists and scalars, with the positions. No document: None.

    Aliased parts are shared objects: copy before changing. Raises ManoError yaml_invalid, yaml_duplicate_key, yaml_tag,
    yaml_bomb, yaml_too_deep, yaml_too_large, each with one finding that says where.
    """
    if len(text) > limits.max_yaml_size:
        raise _refusal("yaml_too_large", f"is larger than the {limits.max_yaml_size} bytes allowed", file)
    if text.count("%TAG") > _MAX_TAG_DIRECTIVES:
        raise _refusal("yaml_tag", "declares tags, which no TOSCA file needs", file)
    builder = _Builder(file, limits)
    for kind, event in _events(text, file):
        builder.take(kind, event)
    return builder.root, Positions(builder.root, builder.marks)


def _events(text: str, file: str) -> Iterator[tuple[str, Any]]:
    import yaml

    try:
        parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        while (event := parser.get_event()) is not None:
            yield type(event).__name__, event
    except yaml.MarkedYAMLError as error:
        what = f"is not valid YAML: {error.problem or error.context}"
        raise _refusal("yaml_invalid", what, file, error.problem_mark) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise _refusal("yaml_invalid", "holds characters that YAML does not allow", file) from error


class _Frame:
    """A mapping or sequence that is not closed yet."""

    __slots__ = ("anchor", "before", "container", "key", "marks", "merges")

    def __init__(self, container: Any, marks: Any, anchor: str | None, before: int) -> None:
        self.container, self.marks, self.anchor, self.before = container, marks, anchor, before
        self.key: Any = None
        self.merges: list[tuple[Any, Any]] = []


class _Builder:
    """Builds the document from parser events, without recursion, counting what it would take to expand it."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.root: Any = None
        self.marks: dict[int, Any] = {}
        self._file, self._limits = file, limits
        self._frames: list[_Frame] = []
        self._anchors: dict[str, tuple[Any, int] | None] = {}
        self._nodes = self._documents = 0

    def take(self, kind: str, event: Any) -> None:
        """One parser event."""
        if kind == "ScalarEvent":
            self._scalar(event)
        elif kind == "MappingStartEvent":
            self._open({}, {}, "map", event)
        elif kind == "SequenceStartEvent":
            self._open([], [], "seq", event)
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            self._close()
        elif kind == "AliasEvent":
            self._alias(event)
        elif kind == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                raise self._refuse("yaml_invalid", "holds more than one YAML document", event)

    def _scalar(self, event: Any) -> None:
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.key is None and isinstance(frame.container, dict):
            self._key(frame, event)
            return
        text = self._text(event)
        weight = 1 + (len(text) >> 10)
        try:
            value = _plain(text) if event.implicit[0] and event.tag is None else _tagged(text, event.tag)
        except ValueError as error:
            what = f"has the tag '{shown(event.tag)}', which is not allowed on this value"
            raise self._refuse("yaml_tag", what, event) from error
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, weight)
        self._put(value, weight, event)

    def _text(self, event: Any) -> str:
        text: str = event.value
        if not text.isascii() and _SURROGATE.search(text):
            raise self._refuse("yaml_invalid", "escapes half a character", event)
        return text

    def _key(self, frame: _Frame, event: Any) -> None:
        text = self._text(event)
        if event.tag not in {None, "!", f"{_TAG}str"}:
            raise self._refuse("yaml_tag", f"has the tag '{shown(event.tag)}' on a key", event)
        if event.anchor is not None:
            self._anchors[event.anchor] = (text, 1)
        if text == "<<" and event.implicit[0]:
            frame.key = _MERGE
            return
        if text in frame.marks:
            first = frame.marks[text].line + 1
            what = f"has the key '{shown(text)}' twice in one mapping, first in line {first}"
            raise self._refuse("yaml_duplicate_key", what, event)
        self._count(len(text) >> 10, event)
        frame.key = text
        frame.marks[text] = event.start_mark

    def _open(self, container: Any, marks: Any, kind: str, event: Any) -> None:
        if event.tag not in {None, "!", _TAG + kind}:
            raise self._refuse("yaml_tag", f"has the tag '{shown(event.tag)}', which is not allowed", event)
        if len(self._frames) >= self._limits.max_yaml_depth:
            raise self._refuse("yaml_too_deep", f"is nested more than {self._limits.max_yaml_depth} levels deep", event)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        before = self._nodes
        self._put(container, 1, event)
        self.marks[id(container)] = marks
        self._frames.append(_Frame(container, marks, event.anchor, before))

    def _close(self) -> None:
        frame = self._frames.pop()
        if frame.merges:
            self._merge(frame)
        if frame.anchor is not None:
            self._anchors[frame.anchor] = (frame.container, self._nodes - frame.before)

    def _merge(self, frame: _Frame) -> None:
        """The merge keys `<<`: own keys win over merged ones, earlier merged ones over later ones."""
        own, own_marks = dict(frame.container), dict(frame.marks)
        frame.container.clear()
        for source, event in self._merge_sources(frame):
            self._count(len(source), event)
            for key, value in source.items():
                frame.container.setdefault(key, value)
                frame.marks.setdefault(key, self.marks[id(source)][key])
        frame.container.update(own)
        frame.marks.update(own_marks)

    def _alias(self, event: Any) -> None:
        known = self._anchors.get(event.anchor, ())
        if known is None:
            raise self._refuse("yaml_bomb", f"has the alias '*{shown(event.anchor)}' in its own value", event)
        if not known:
            raise self._refuse("yaml_invalid", f"has the alias '*{shown(event.anchor)}' without an anchor", event)
        value, weight = known
        self._put(value, weight, event)

    def _put(self, value: Any, weight: int, event: Any) -> None:
        self._count(weight, event)
        if not self._frames:
            self.root = value
            return
        frame = self._frames[-1]
        if isinstance(frame.container, list):
            frame.container.append(value)
            frame.marks.append(event.start_mark)
        elif frame.key is None:
            raise self._refuse("yaml_invalid", "has a key that is not plain text", event)
        elif frame.key is _MERGE:
            frame.merges.append((value, event))
            frame.key = None
        else:
            frame.container[frame.key] = value
            frame.key = None

    def _count(self, weight: int, event: Any) -> None:
        self._nodes += weight
        most = self._limits.max_yaml_nodes
        if self._nodes > most:
            raise self._refuse("yaml_bomb", f"grows beyond {most} values when its aliases are expanded", event)

    def _merge_sources(self, frame: _Frame) -> Iterator[tuple[dict[str, Any], Any]]:
        for value, event in frame.merges:
            for source in value if isinstance(value, list) else [value]:
                if not isinstance(source, dict):
                    raise self._refuse("yaml_invalid", "merges ('<<') something that is not a mapping", event)
                yield source, event

    def _refuse(self, code: str, what: str, event: Any) -> ManoError:
        return _refusal(code, what, self._file, event.start_mark)


def _plain(text: str) -> Any:
    """What an untagged plain scalar stands for."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC or len(text) > _MAX_NUMERAL:
        return text
    number: float | None = None
    if _INT.fullmatch(text):
        number = _integer(text)
    elif _FLOAT.fullmatch(text):
        number = float(text.replace("_", ""))
    return text if number is None or not math.isfinite(number) else number


def _integer(text: str) -> int | None:
    digits = text.replace("_", "")
    sign = -1 if digits[0] == "-" else 1
    digits = digits.lstrip("+-")
    base = {"0b": 2, "0x": 16}.get(digits[:2], 8 if digits[0] == "0" else 10)
    try:
        return sign * int(digits[2:] if base in {2, 16} else digits, base)
    except ValueError:
        return None


def _tagged(text: str, tag: str | None) -> Any:
    """A quoted or tagged scalar. Raises ValueError for a foreign tag and for a value that doesn't fit."""
    if tag in {None, "!", f"{_TAG}str"}:
        return text
    value = _plain(text)
    if type(value) not in _TAGGED.get(str(tag).removeprefix(_TAG), ()):
        raise ValueError(tag)
    return float(value) if tag == f"{_TAG}float" else value


def _refusal(code: str, what: str, file: str, mark: Any = None) -> ManoError:
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    where = f" (line {line}, column {column})" if mark is not None else ""
    finding = Finding(_RULES[code], "error", f"The file {what}.", shown(file), line, column)
    return ManoError(code, f"File '{shown(file)}' {what}{where}.", findings=(finding.as_dict(),))
