# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dataclasses to plain data and back, and the keys of ETSI bodies."""

from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from types import MappingProxyType, NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import (
    CpConfig,
    Deployment,
    ExtVirtualLink,
    FixedAddress,
    HealRequest,
    Wish,
)
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import camel, from_plain, to_plain
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Write

ROOMS = "ansible_collections.nfv.mano.plugins.module_utils"
MODELS = (
    "descriptor.model",
    "plan.wish",
    "plan.topology",
    "vim.port",
    "sol.vnf_instance",
    "sol.lcm_op_occ",
    "sol.vnf_pkg_info",
)


def _classes() -> list[type]:
    found: dict[str, type] = {}
    for name in MODELS:
        module = importlib.import_module(f"{ROOMS}.{name}")
        found |= {
            n: c
            for n, c in inspect.getmembers(module, inspect.isclass)
            if is_dataclass(c) and c.__module__ == module.__name__
        }
    return list(found.values())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("aB_é{", max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("ab_C", max_size=4), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_every_model_comes_back_from_json_as_it_was(data: st.DataObject) -> None:
    cls = data.draw(st.sampled_from(_classes()))
    value = data.draw(_instances(cls, depth=3))
    text = json.dumps(to_plain(value))
    assert from_plain(cls, json.loads(text)) == value


def _instances(cls: type, depth: int) -> st.SearchStrategy[Any]:
    """Values of a dataclass, bounded in depth since Write holds a Write."""
    hints = get_type_hints(cls)
    return st.builds(cls, **{f.name: _values(hints[f.name], depth) for f in fields(cls)})


def _values(hint: Any, depth: int) -> st.SearchStrategy[Any]:
    args: tuple[Any, ...] = get_args(hint)
    if type(None) in args:
        inner = next(arg for arg in args if arg is not NoneType)
        return st.none() if depth == 0 else st.none() | _values(inner, depth)
    if args:
        return _containers(get_origin(hint), args, depth)
    if is_dataclass(hint) and isinstance(hint, type):
        return _instances(hint, max(depth - 1, 0))
    return st.text("ab-0é", max_size=5) if hint is str else json_values if hint is Any else st.from_type(hint)


def _containers(origin: Any, args: tuple[Any, ...], depth: int) -> st.SearchStrategy[Any]:
    if issubclass(origin, Mapping):
        values = _values(args[1], max(depth - 1, 0))
        return st.dictionaries(st.text("ab", max_size=2), values, max_size=2 if depth else 0)
    if args[1:] == (Ellipsis,):
        return st.lists(_values(args[0], max(depth - 1, 0)), max_size=2 if depth else 0).map(tuple)
    return st.tuples(*(_values(arg, depth) for arg in args))


def test_what_is_none_or_empty_by_default_is_left_out_and_user_maps_are_whole() -> None:
    deployment = Deployment("fw", "simple", None, {}, additional_params=MappingProxyType({"a": None, "b": {}, "c": ()}))
    assert to_plain(deployment) == {
        "vnfd_id": "fw",
        "flavour_id": "simple",
        "scale_levels": {},
        "additional_params": {"a": None, "b": {}, "c": []},
        "vim_assets": {},
    }


def test_empty_is_not_none_where_none_means_leave_alone() -> None:
    assert to_plain(Wish("a", scale={}))["scale"] == {}
    assert from_plain(Wish, {"name": "a", "scale": {}}).scale == {}
    assert from_plain(Wish, {"name": "a"}).scale is None


def test_nested_types_are_rebuilt() -> None:
    link = ExtVirtualLink(
        "e", "net", {"cp": (CpConfig("0", None, None, (FixedAddress("192.0.2.1"),), (("192.0.2.9", None),)),)}
    )
    plain = to_plain(link)
    assert plain["ext_cps"]["cp"][0]["allowed_address_pairs"] == [["192.0.2.9", None]]
    rebuilt = from_plain(ExtVirtualLink, plain)
    assert rebuilt == link
    assert rebuilt.ext_cps["cp"][0].fixed_addresses[0] == FixedAddress("192.0.2.1")
    wish = Wish("a", scale_steps=("left", -1), heal=HealRequest(("fw-1",)))
    assert from_plain(Wish, to_plain(wish)) == wish


def test_a_class_may_hold_itself() -> None:
    write = Write("stack.apply", "vnf", args={"x": 1}, inverse=Write("stack.delete", "vnf", inverse=Write("noop", "x")))
    assert from_plain(Write, to_plain(write)) == write


def test_null_for_a_field_that_is_never_none_means_its_default() -> None:
    assert from_plain(CpConfig, {"fixed_addresses": None, "mac_address": None, "key": None}) == CpConfig()


@dataclass(frozen=True, slots=True)
class WithOtherDefaults:
    nothing: str | None = "x"
    some: tuple[int, ...] = (1,)
    flag: bool = True
    count: int = 7
    more: Mapping[str, int] = field(default_factory=lambda: {"a": 1})


def test_a_default_that_is_not_empty_does_not_come_back_for_what_was_emptied() -> None:
    emptied = WithOtherDefaults(None, (), False, 0, {})
    assert from_plain(WithOtherDefaults, to_plain(emptied)) == emptied


def test_keys_of_a_later_version_are_passed_over() -> None:
    assert from_plain(FixedAddress, {"ip_address": "192.0.2.1", "scope": "x"}) == FixedAddress("192.0.2.1")


@pytest.mark.parametrize(
    "data", [{"vnfd_id": "x"}, [], "text", {"vnfd_id": "x", "flavour_id": None, "scale_levels": {}}]
)
def test_a_record_without_what_it_needs_is_told_in_a_sentence(data: Any) -> None:
    with pytest.raises(ManoError) as caught:
        from_plain(Deployment, data)
    assert caught.value.error_code == "record_invalid"
    assert "Deployment" in caught.value.message


def test_what_is_no_data_is_refused() -> None:
    with pytest.raises(TypeError, match="object is no plain data"):
        to_plain({"a": object()})


def test_camel_renames_what_the_standard_named_and_nothing_else() -> None:
    body = {
        "vnfd_id": "x",
        "_links": {"vnf_instance": {"href": "/"}},
        "instantiated_vnf_info": {"vnfc_resource_info": [{"vdu_id": "a", "metadata": {"my_key": {"in_here": 1}}}]},
        "extensions": {"my_ext": 1},
        "ext_virtual_links": [{"ext_cps": [{"cp_config": {"my_cp": {"link_port_id": "p", "0_a": 1}}}]}],
    }
    assert camel(body) == {
        "vnfdId": "x",
        "_links": {"vnfInstance": {"href": "/"}},
        "instantiatedVnfInfo": {"vnfcResourceInfo": [{"vduId": "a", "metadata": {"my_key": {"in_here": 1}}}]},
        "extensions": {"my_ext": 1},
        "extVirtualLinks": [{"extCps": [{"cpConfig": {"my_cp": {"linkPortId": "p", "0A": 1}}}]}],
    }
