# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a descriptor's functions say: get_input, get_property, concat, token (TOSCA simple profile 1.3, 4).

Everything is worked out when the package is compiled, but what depends on an input that the play may set; that stays as
`{"get_input": name}` (inside concat and token too) and is filled in by `fill` when a flavour is bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError

FUNCTIONS = frozenset(
    {
        "concat",
        "get_artifact",
        "get_attribute",
        "get_input",
        "get_nodes_of_type",
        "get_operation_output",
        "get_property",
        "join",
        "token",
    }
)
_TEXT_FUNCTIONS = frozenset({"concat", "join", "token"})
_DEFERRABLE = _TEXT_FUNCTIONS | {"get_input"}
_LONGEST = 1 << 20
_MOST_MADE = 8 << 20
_MOST_CALLS = 200_000
_DEEPEST = 60


class Scope(Protocol):
    """What a function can ask of the template that it stands in."""

    def input(self, name: str) -> Any:
        """The input's value, or `{"get_input": name}` when only the play knows. Raises LookupError: no such input."""

    def property(self, node: str, path: tuple[str | int, ...]) -> Any:
        """A property of a node template (or of a capability of it), not worked out yet. Raises LookupError."""


class BadFunctionError(Exception):
    """A function that cannot be worked out; the message is a clause for a finding."""


class Evaluator:
    """Works out values in one scope, with bounds on how much a package can make of it."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.inputs_used: set[str] = set()
        self._calls = self._made = 0
        self._active: set[tuple[str, tuple[str | int, ...]]] = set()
        self._properties: dict[tuple[str, tuple[str | int, ...]], Any] = {}

    def evaluate(self, value: Any, self_node: str | None = None, depth: int = 0) -> Any:
        """`value` with every function worked out. Raises BadFunctionError."""
        self._calls += 1
        if self._calls > _MOST_CALLS or depth > _DEEPEST:
            raise BadFunctionError("takes too many steps to work out")
        if isinstance(value, dict):
            if is_function(value):
                return self._call(value, self_node, depth)
            return {key: self.evaluate(item, self_node, depth + 1) for key, item in value.items()}
        if isinstance(value, list):
            return [self.evaluate(item, self_node, depth + 1) for item in value]
        return value

    def _call(self, value: dict[str, Any], self_node: str | None, depth: int) -> Any:
        ((name, arguments),) = value.items()
        if name == "get_input":
            return self._get_input(arguments, self_node, depth)
        if name == "get_property":
            return self._get_property(arguments, self_node, depth)
        if name in _TEXT_FUNCTIONS:
            parts = self.evaluate(arguments, self_node, depth + 1)
            return {name: parts} if deferred(parts) else self._text(name, parts)
        raise BadFunctionError(f"uses {name}, whose answer is known only at run time")

    def _text(self, name: str, parts: Any) -> str:
        text = _text_function(name, parts)
        self._made += len(text)
        if self._made > _MOST_MADE:
            raise BadFunctionError(f"makes more than {_MOST_MADE} characters in all")
        return text

    def _get_input(self, arguments: Any, self_node: str | None, depth: int) -> Any:
        name, path = _first_and_rest(arguments, "get_input")
        try:
            value = self.scope.input(name)
        except LookupError:
            raise BadFunctionError(f"asks for the input {name!r}, which the template does not declare") from None
        if deferred(value):
            own = value == {"get_input": name}
            if own:
                self.inputs_used.add(name)
            else:
                value = self.evaluate(value, self_node, depth + 1)
            return {"get_input": [name, *path]} if path and own else value
        return _step_into(value, path)

    def _get_property(self, arguments: Any, self_node: str | None, depth: int) -> Any:
        node, path = _first_and_rest(arguments, "get_property")
        if node in {"SELF", "HOST", "SOURCE", "TARGET"}:
            if node != "SELF" or self_node is None:
                raise BadFunctionError(f"uses get_property of {node}, which has no meaning here")
            node = self_node
        if not path:
            raise BadFunctionError("uses get_property without naming a property")
        if (node, path) in self._active:
            raise BadFunctionError(f"needs itself to work out get_property {path[0]!r} of {node!r}")
        if (node, path) in self._properties:
            return self._properties[node, path]
        self._active.add((node, path))
        try:
            value = self.evaluate(self.scope.property(node, path), node, depth + 1)
            self._properties[node, path] = value
            return value
        except LookupError:
            raise BadFunctionError(f"asks for the property {path[-1]!r} of {node!r}, which is not there") from None
        finally:
            self._active.discard((node, path))


def is_function(value: Any) -> bool:
    """Whether a map is a function call; the key alone may also be that of a property (`token`)."""
    if not isinstance(value, dict) or len(value) != 1:
        return False
    ((name, arguments),) = value.items()
    return name in FUNCTIONS and isinstance(arguments, list if name in _TEXT_FUNCTIONS else (list, str))


def deferred(value: Any) -> bool:
    """Whether something in `value` waits for an input."""
    if isinstance(value, dict):
        return waits(value) or any(deferred(item) for item in value.values())
    return isinstance(value, list) and any(deferred(item) for item in value)


def waits(value: Any) -> bool:
    """Whether `value` itself is a call that waits for an input."""
    return is_function(value) and next(iter(value)) in _DEFERRABLE


def fill(value: Any, inputs: Mapping[str, Any]) -> Any:
    """`value` with the inputs filled in; an input without a value is None.

    Raises ManoError input_invalid when a part of an input is asked for that it does not have.
    """
    if isinstance(value, dict):
        if waits(value):
            return _filled_call(value, inputs)
        return {key: fill(item, inputs) for key, item in value.items()}
    if isinstance(value, list):
        return [fill(item, inputs) for item in value]
    return value


def _filled_call(value: dict[str, Any], inputs: Mapping[str, Any]) -> Any:
    ((function, arguments),) = value.items()
    try:
        if function == "get_input":
            name, path = _first_and_rest(arguments, function)
            return _step_into(inputs.get(name), path)
        return _text_function(function, fill(arguments, inputs))
    except BadFunctionError as error:
        raise ManoError("input_invalid", f"A value of the descriptor {error}. Check additional_params.") from error


def _first_and_rest(arguments: Any, function: str) -> tuple[str, tuple[str | int, ...]]:
    words = arguments if isinstance(arguments, list) else [arguments]
    if not words or not all(isinstance(word, (str, int)) for word in words) or not isinstance(words[0], str):
        raise BadFunctionError(f"uses {function} without plain names")
    return words[0], tuple(words[1:])


def _step_into(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            raise BadFunctionError(f"asks for {step!r} in a value that has none") from None
    return value


def _text_function(name: str, parts: Any) -> str:
    functions: dict[str, Callable[[list[Any]], str]] = {"concat": _concat, "join": _join, "token": _token}
    if not isinstance(parts, list):
        raise BadFunctionError(f"uses {name} without a list")
    text = functions[name](parts)
    if len(text) > _LONGEST:
        raise BadFunctionError(f"makes a text of more than {_LONGEST} characters with {name}")
    return text


def _concat(parts: list[Any]) -> str:
    return "".join(_text(part) for part in parts)


def _join(parts: list[Any]) -> str:
    if not parts or not isinstance(parts[0], list):
        raise BadFunctionError("uses join without a list of texts")
    return (_text(parts[1]) if len(parts) > 1 else "").join(_text(part) for part in parts[0])


def _token(parts: list[Any]) -> str:
    if len(parts) != 3 or not isinstance(parts[2], int) or not parts[1]:
        raise BadFunctionError("uses token without text, separator and index")
    pieces = _text(parts[0]).split(_text(parts[1]))
    if not 0 <= parts[2] < len(pieces):
        raise BadFunctionError(f"asks for part {parts[2]} of a text of {len(pieces)}")
    return pieces[parts[2]]


def _text(part: Any) -> str:
    if part is None:
        return ""
    if isinstance(part, bool):
        return "true" if part else "false"
    if isinstance(part, (str, int, float)):
        return str(part)
    raise BadFunctionError("joins something that is not a text or a number")
