# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Frozen dataclasses to plain JSON-able data and back, and plain keys to the camelCase of the ETSI bodies.

The plan of each class (its fields, their types, what may be left out) is worked out once a process.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError

T = TypeVar("T")
Decoder = Callable[[Any], Any]

FREE_MAPS = frozenset(
    {
        "access_info",
        "additional_params",
        "extensions",
        "extra",
        "interface_info",
        "metadata",
        "user_defined_data",
        "user_metadata",
        "vnf_configurable_properties",
    }
)
"""Maps of SOL003 whose content belongs to the user (KeyValuePairs): their keys are nobody's to rename."""


def to_plain(obj: Any) -> Any:
    """Dicts, lists and scalars of a dataclass or of a container of them; keys stay snake_case.

    A field is left out when it is None or empty and would come back so by itself. Maps of the user keep every key.
    """
    if isinstance(obj, (str, int, float, bool)) or obj is None:
        return obj
    if isinstance(obj, Mapping):
        return {key: to_plain(value) for key, value in obj.items()}
    if isinstance(obj, (tuple, list)):
        return [to_plain(value) for value in obj]
    if is_dataclass(obj) and not isinstance(obj, type):
        plain = {}
        for name, default in _fields_out(type(obj)):
            value = getattr(obj, name)
            if value is not default and (value or value != default):
                plain[name] = to_plain(value)
        return plain
    raise TypeError(f"{type(obj).__name__} is no plain data")


@functools.cache
def _fields_out(cls: type) -> tuple[tuple[str, Any], ...]:
    """(name, the None or empty container that need not be written) of each field."""
    plan = []
    for field in fields(cls):
        default = _default(field)
        nothing = default is None or (isinstance(default, (tuple, Mapping)) and not default)
        plan.append((field.name, default if nothing else None if default is MISSING else MISSING))
    return tuple(plan)


def _default(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def from_plain(cls: type[T], data: Mapping[str, Any]) -> T:
    """Rebuild `cls` and everything in it from what `to_plain` gave; keys that the class does not know are passed over.

    Raises ManoError record_invalid when a field that must be there is missing or has the wrong shape.
    """
    hashable: Any = cls
    rebuilt: T = _record(hashable)(data)
    return rebuilt


def prepare(*classes: type) -> None:
    """Work out now, not at first use, what `from_plain` needs for these classes and all that they hold."""
    waiting, known = list(classes), set(classes)
    while waiting:
        cls = waiting.pop()
        _fields_in(cls)
        for hint in get_type_hints(cls).values():
            found = {part for part in _parts(hint) if isinstance(part, type) and is_dataclass(part)} - known
            known |= found
            waiting += found


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    for arg in get_args(hint):
        yield from _parts(arg)


@functools.cache
def _record(cls: Any) -> Decoder:
    """The decoder of one dataclass. Its fields are looked at when it first runs, so that a class may hold itself."""

    def decode(data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise ManoError(
                "record_invalid", f"A {cls.__name__} is recorded as {type(data).__name__}, not as a map of its fields."
            )
        values = {}
        for name, nullable, required, decoder in _fields_in(cls):
            value = data.get(name)
            if value is not None:
                values[name] = decoder(value) if decoder else value
            elif nullable and (required or name in data):
                values[name] = None
            elif required:
                raise ManoError("record_invalid", f"The recorded {cls.__name__} has no {name}.")
        return cls(**values)

    return decode


@functools.cache
def _fields_in(cls: type) -> tuple[tuple[str, bool, bool, Decoder | None], ...]:
    """(name, may be None, has no default, decoder) of each field; null where None is no value means the default."""
    hints = get_type_hints(cls)
    plan = []
    for field in fields(cls):
        hint = hints[field.name]
        nullable = hint is Any or type(None) in get_args(hint)
        plan.append((field.name, nullable, _default(field) is MISSING, _decoder(hint)))
    return tuple(plan)


@functools.cache
def _decoder(hint: Any) -> Decoder | None:
    """What turns plain data into a value of the type `hint`; None: plain data is what it takes."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _optional(hint, args)
    if origin is tuple:
        return _tuple(args)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(_decoder(args[1]))
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    if hint is Any or hint in (str, int, float, bool):
        return None
    raise TypeError(f"no plain form is known for {hint}")


def _optional(hint: Any, args: tuple[Any, ...]) -> Decoder | None:
    present = [arg for arg in args if arg is not NoneType]
    if len(present) != 1:
        raise TypeError(f"no plain form is known for {hint}")
    inner = _decoder(present[0])
    return inner and (lambda value: None if value is None else inner(value))


def _tuple(args: tuple[Any, ...]) -> Decoder:
    if len(args) == 2 and args[1] is Ellipsis:
        item = _decoder(args[0])
        return (lambda values: tuple(item(value) for value in values)) if item else tuple
    items = tuple(_decoder(arg) for arg in args)
    return lambda values: tuple(item(value) if item else value for item, value in zip(items, values, strict=True))


def _mapping(value: Decoder | None) -> Decoder:
    return (lambda data: {key: value(item) for key, item in data.items()}) if value else dict


def camel(obj: Any) -> Any:
    """The same plain data with keys as ETSI writes them (`vnfd_id` -> `vnfdId`); `FREE_MAPS` are left alone.

    The keys of a `cp_config` map are the user's too (SOL003 4.4.1.10), what they lead to is not.
    """
    if isinstance(obj, Mapping):
        return {_camel_key(key): _camel_value(key, value) for key, value in obj.items()}
    if isinstance(obj, (list, tuple)):
        return [camel(value) for value in obj]
    return obj


def _camel_value(key: str, value: Any) -> Any:
    if key in FREE_MAPS:
        return value
    if key == "cp_config" and isinstance(value, Mapping):
        return {name: camel(config) for name, config in value.items()}
    return camel(value)


@functools.cache
def _camel_key(key: str) -> str:
    head, *tail = key.lstrip("_").split("_")
    return key[: len(key) - len(key.lstrip("_"))] + head + "".join(word[:1].upper() + word[1:] for word in tail)
