# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is granted, where it goes, and why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import PlacementRule
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.grant.grant import GrantRequest, Room, grant

ZONES = ("az1", "az2", "az3")


def vnfcs(**counts: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"{vdu}-{n}", vdu) for vdu, count in counts.items() for n in range(count))


def apart(*targets: str, scope: str = "zone", each: bool = True) -> PlacementRule:
    return PlacementRule("apart", anti=True, scope=scope, targets=targets, members_apart=each)


def together(*targets: str, scope: str = "zone") -> PlacementRule:
    return PlacementRule("together", anti=False, scope=scope, targets=targets)


def placed(
    these: tuple[tuple[str, str], ...], *rules: PlacementRule, room: Room | None = None, **fields: Any
) -> Mapping[str, str]:
    request = GrantRequest(need={}, vnfcs=these, rules=rules, **fields)
    return grant(request, room or Room({}, ZONES)).zones


def refused(*args: Any, **fields: Any) -> ManoError:
    with pytest.raises(ManoError) as caught:
        placed(*args, **fields)
    return caught.value


def test_every_shortfall_is_named_at_once() -> None:
    request = GrantRequest(need={"instances": 2, "cores": 8, "ram_mib": 512, "volumes": 1, "ports": 3}, vnfcs=())
    left = {"instances": 2, "cores": 4, "ram_mib": None, "volumes": -1}
    with pytest.raises(ManoError) as caught:
        grant(request, Room(left))
    assert (caught.value.error_code, caught.value.resource) == ("quota_exceeded", "cores")
    assert "8 cores needed, 4 left; 1 volumes needed, 0 left" in caught.value.message


def test_nothing_needed_is_granted_even_when_the_quota_is_overdrawn() -> None:
    assert grant(GrantRequest({"cores": 0}, ()), Room({"cores": -3})).zones == {}


def test_without_a_zone_rule_the_vim_chooses() -> None:
    assert placed(vnfcs(a=3), apart("a", scope="nfvi_node"), together("a", scope="nfvi_node")) == {}


def test_apart_goes_to_a_zone_each() -> None:
    assert placed(vnfcs(a=3), apart("a")) == {"a-0": "az1", "a-1": "az2", "a-2": "az3"}


def test_too_few_zones() -> None:
    error = refused(vnfcs(a=4), apart("a"))
    assert (error.error_code, error.resource) == ("no_zone_left", "a-3")
    assert "3 zones" in error.message
    assert refused(vnfcs(a=2), apart("a"), room=Room({})).error_code == "no_zone_left"


def test_together_goes_to_one_zone() -> None:
    assert set(placed(vnfcs(a=2, b=2), together("a", "b")).values()) == {"az1"}


def test_one_host_is_one_zone() -> None:
    zones = placed(vnfcs(a=1, b=1, c=1), together("a", "b", scope="nfvi_node"), apart("b", "c"))
    assert zones["b-0"] != zones["c-0"]
    room = Room({}, ZONES, allowed=("az2", "az3"))
    zones = placed(vnfcs(a=2, b=2), together("a", "b", scope="nfvi_node"), room=room)
    assert set(zones.values()) == {"az2"}


def test_a_group_kept_apart_may_share_zones_within_a_vdu() -> None:
    zones = placed(vnfcs(a=5, b=5, c=1), apart("a", "b", "c", each=False))
    assert {zones["a-0"], zones["b-0"], zones["c-0"]} == set(ZONES)
    assert all(zones[f"{v}-{n}"] == zones[f"{v}-0"] for v in "ab" for n in range(5))


def test_rules_that_contradict_each_other() -> None:
    error = refused(vnfcs(a=2), apart("a"), together("a"))
    assert error.error_code == "placement_conflict"
    assert all(word in error.message for word in ("a-0", "a-1", "apart"))


def test_recorded_zones_stay_and_new_vnfcs_keep_away_from_them() -> None:
    zones = placed(vnfcs(a=3), apart("a"), recorded={"a-0": "az3", "a-1": "az1"}, existing=frozenset({"a-0", "a-1"}))
    assert zones == {"a-0": "az3", "a-1": "az1", "a-2": "az2"}


def test_a_recorded_zone_that_is_no_longer_offered_stays() -> None:
    assert placed(vnfcs(a=2), together("a"), recorded={"a-0": "old"}) == {"a-0": "old", "a-1": "old"}


def test_recorded_zones_of_those_that_are_gone_are_dropped() -> None:
    assert placed(vnfcs(a=1), recorded={"a-0": "az1", "a-7": "az2"}) == {"a-0": "az1"}


def test_a_server_that_runs_without_a_recorded_zone_is_not_moved() -> None:
    assert placed(vnfcs(a=2), apart("a"), existing=frozenset({"a-0"})) == {"a-1": "az1"}


def test_named_zones_take_every_vnfc_in_turn() -> None:
    room = Room({}, ZONES, allowed=("az3", "az1"))
    assert placed(vnfcs(a=3), room=room) == {"a-0": "az3", "a-1": "az1", "a-2": "az3"}
    assert refused(vnfcs(a=3), apart("a"), room=room).error_code == "no_zone_left"


def test_a_named_zone_that_the_vim_does_not_have() -> None:
    error = refused(vnfcs(a=1), room=Room({}, ZONES, allowed=("az1", "az9")))
    assert (error.error_code, error.resource) == ("zone_unknown", "az9")


def test_many_vnfcs_without_a_way_end_soon() -> None:
    """Three zones, each VDU away from the others: there is no way for the fourth VDU, however long one tries."""
    error = refused(vnfcs(a=6, b=6, c=6, d=6), apart("a", "b", "c", "d", each=False))
    assert error.error_code == "no_zone_left"


rules = st.lists(
    st.builds(
        PlacementRule,
        id=st.just("r"),
        anti=st.booleans(),
        scope=st.sampled_from(["zone", "nfvi_node"]),
        targets=st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True).map(tuple),
        members_apart=st.booleans(),
    ),
    max_size=3,
)
counts = st.fixed_dictionaries({}, optional={vdu: st.integers(1, 2) for vdu in "abc"})


def kept(rule: PlacementRule, these: Sequence[tuple[str, str]], zones: Mapping[str, str]) -> bool:
    pairs = [(x, y) for x, y in combinations(these, 2) if x[1] in rule.targets and y[1] in rule.targets]
    if not rule.anti:
        return all(zones[x[0]] == zones[y[0]] for x, y in pairs)
    if rule.scope != "zone":
        return True
    return all(zones[x[0]] != zones[y[0]] for x, y in pairs if rule.members_apart or x[1] != y[1])


@settings(max_examples=150, deadline=None, derandomize=True)
@given(counts, rules, st.integers(1, 3))
def test_zones_are_found_exactly_when_there_is_a_way(
    how_many: dict[str, int], given_rules: list[PlacementRule], zone_count: int
) -> None:
    these, zones = vnfcs(**how_many), ZONES[:zone_count]
    ways = (dict(zip([v for v, _rest in these], way, strict=True)) for way in product(zones, repeat=len(these)))
    possible = any(all(kept(rule, these, way) for rule in given_rules) for way in ways)
    room = Room({}, zones, allowed=zones)
    if not possible:
        assert refused(these, *given_rules, room=room).error_code in {"no_zone_left", "placement_conflict"}
        return
    found = placed(these, *given_rules, room=room)
    assert set(found) == {v for v, _rest in these}
    assert all(kept(rule, these, found) for rule in given_rules)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(counts, counts, rules)
def test_a_second_grant_moves_nothing(
    first: dict[str, int], more: dict[str, int], given_rules: list[PlacementRule]
) -> None:
    before = vnfcs(**first)
    try:
        zones = placed(before, *given_rules)
    except ManoError:
        assume(False)
        raise
    assert placed(before, *given_rules, recorded=zones, existing=frozenset(v for v, _rest in before)) == zones
    grown = vnfcs(**{vdu: first.get(vdu, 0) + more.get(vdu, 0) for vdu in {**first, **more}})
    try:
        later = placed(grown, *given_rules, recorded=zones, existing=frozenset(v for v, _rest in before))
    except ManoError:
        return
    assert zones.items() <= later.items()
