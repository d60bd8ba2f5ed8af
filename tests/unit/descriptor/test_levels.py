# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The arithmetic of levels and aspects."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.descriptor.descriptors import INPUTS, compile_edge

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.bind import bind
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.levels import (
    MOST_INSTANCES,
    scale_levels_at,
    step_sum,
    vdu_count,
    vdu_counts,
)
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour, InstantiationLevel
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError


def _flavour() -> Flavour:
    return bind(compile_edge().document, "full", INPUTS)


FLAVOUR = _flavour()
SMALL = bind(compile_edge().document, "small", {})


def test_scale_levels() -> None:
    assert scale_levels_at(FLAVOUR, None) == {"capacity": 0, "resilience": 0}
    assert scale_levels_at(FLAVOUR, "more") == {"capacity": 2, "resilience": 1}
    assert scale_levels_at(SMALL, None) == {}


@pytest.mark.parametrize(
    ("level", "scale", "router", "controller"),
    [
        (None, {}, 1, 1),
        ("least", {}, 1, 1),
        ("more", {}, 5, 2),
        ("least", {"capacity": 1}, 2, 1),
        ("least", {"capacity": 2}, 4, 1),
        ("least", {"capacity": 3}, 7, 1),
        ("least", {"resilience": 2}, 3, 3),
        ("least", {"capacity": 3, "resilience": 2}, 9, 3),
        ("more", {"capacity": 0}, 2, 2),
        ("more", {"capacity": 0, "resilience": 0}, 1, 1),
        ("more", {"resilience": 2}, 6, 3),
    ],
)
def test_counts(level: str | None, scale: dict[str, int], router: int, controller: int) -> None:
    assert vdu_counts(FLAVOUR, level, scale) == {"router": router, "controller": controller}


def test_without_levels_the_initial_delta_counts_and_without_one_the_profile() -> None:
    without = replace(FLAVOUR, levels={}, default_level=None, initial_delta={"router": 2})
    assert vdu_counts(without, None, {"capacity": 1}) == {"router": 3, "controller": 1}
    assert vdu_counts(SMALL, None, {}) == {"box": 1}


@pytest.mark.parametrize(
    ("code", "level", "scale"),
    [
        ("level_unknown", "most", {}),
        ("aspect_unknown", "least", {"height": 1}),
        ("scale_out_of_range", "least", {"capacity": 4}),
        ("scale_out_of_range", "least", {"capacity": -1}),
    ],
)
def test_what_is_not_there(code: str, level: str, scale: dict[str, int]) -> None:
    with pytest.raises(ManoError) as error:
        vdu_count(FLAVOUR, "router", level, scale)
    assert error.value.error_code == code
    assert "full" in error.value.message


def test_the_message_names_the_bounds() -> None:
    with pytest.raises(ManoError, match="from 0 to 3; 4 is outside"):
        vdu_count(FLAVOUR, "router", None, {"capacity": 4})


def test_no_default_level_asks_for_one() -> None:
    with pytest.raises(ManoError, match=r"set instantiation_level_id to one of least, more\."):
        vdu_count(replace(FLAVOUR, default_level=None), "router", None, {})


def _with_max(most: int) -> Flavour:
    return replace(FLAVOUR, vdus={**FLAVOUR.vdus, "router": replace(FLAVOUR.vdus["router"], max_instances=most)})


def test_more_than_the_profile_allows() -> None:
    with pytest.raises(ManoError) as error:
        vdu_count(_with_max(5), "router", "least", {"capacity": 3})
    assert error.value.error_code == "vdu_count_out_of_range"
    assert "would have 7 instances; it may have 0 to 5" in error.value.message


def test_a_profile_that_the_own_levels_break_does_not_bind() -> None:
    assert vdu_count(_with_max(2), "router", "more", {}) == 5
    assert vdu_count(_with_max(2), "router", "least", {"capacity": 3}) == 7


def test_below_nothing() -> None:
    level = InstantiationLevel("more", "", {"router": 1, "controller": 1}, {"capacity": 3, "resilience": 0})
    with pytest.raises(ManoError, match="would have -5"):
        vdu_count(replace(FLAVOUR, levels={"more": level}), "router", "more", {"capacity": 0})


def test_absurd_numbers() -> None:
    level = InstantiationLevel("more", "", {"router": MOST_INSTANCES + 1}, {})
    with pytest.raises(ManoError, match="would have 10001"):
        vdu_count(replace(FLAVOUR, levels={"more": level}), "router", "more", {})


SCALES = st.fixed_dictionaries({"capacity": st.integers(0, 3), "resilience": st.integers(0, 2)})


@given(SCALES, SCALES)
def test_where_one_starts_makes_no_difference_in_a_consistent_descriptor(
    scale: dict[str, int], other: dict[str, int]
) -> None:
    """Levels agree with the deltas, so a scale level means the same count from either of them, and steps add up."""
    assert vdu_counts(FLAVOUR, "least", scale) == vdu_counts(FLAVOUR, "more", scale)
    there, back = vdu_counts(FLAVOUR, "least", other), vdu_counts(FLAVOUR, "least", scale)
    higher = all(other[aspect] >= scale[aspect] for aspect in scale)
    assert not higher or all(there[vdu] >= back[vdu] for vdu in back)


@given(st.lists(st.integers(-5, 5), min_size=2, max_size=6), st.integers(0, 6))
def test_each_step_has_its_own_delta(amounts: list[int], level: int) -> None:
    names = tuple(f"d{number}" for number in range(len(amounts)))
    assert step_sum(names, dict(zip(names, amounts, strict=True)), level) == sum(amounts[:level])
