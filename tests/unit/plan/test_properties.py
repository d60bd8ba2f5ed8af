# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for every descriptor, wish and fault, not only for those that came to mind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.plan.samples import (
    FLAVOUR,
    GIB,
    deployed,
    healthy,
    image,
    planned,
    recorded,
    shaped,
    wish,
)

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import (
    Flavour,
    InstantiationLevel,
    ScalingAspect,
    VduDelta,
    VirtualBlockStorage,
)
from ansible_collections.nfv.mano.plugins.module_utils.plan.build import build_topology
from ansible_collections.nfv.mano.plugins.module_utils.plan.derive import merge_patch, plan
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Plan, PlannedOperation
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import Observation
from ansible_collections.nfv.mano.plugins.module_utils.plan.resources import resources
from ansible_collections.nfv.mano.plugins.module_utils.plan.steps import replacements, starts
from ansible_collections.nfv.mano.plugins.module_utils.plan.target import Record, topology_for
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology_text import topology_view
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Wish

SHORT = settings(max_examples=60, deadline=None, derandomize=True)

values = st.none() | st.integers(0, 2) | st.sampled_from(["a", "b"])
maps = st.dictionaries(st.sampled_from("kl"), values | st.dictionaries(st.sampled_from("mn"), values), max_size=2)


@st.composite
def flavours(draw: st.DrawFn) -> Flavour:
    """The firewall with steps of any size, a second aspect on both VDUs, and levels anywhere on the way."""
    amounts = draw(st.tuples(*[st.integers(0, 2)] * 4))
    aspects = {
        "throughput": ScalingAspect("throughput", "", "", 3, ("s1", "s2", "s3")),
        "users": ScalingAspect("users", "", "", 2, ("u",)),
    }
    deltas = (
        *(VduDelta("throughput", "fw", f"s{n}", amounts[n - 1]) for n in (1, 2, 3)),
        VduDelta("users", "fw", "u", amounts[3]),
        VduDelta("users", "mgr", "u", 1),
    )
    scales = [{"throughput": draw(st.integers(0, 3)), "users": draw(st.integers(0, 2))} for _turn in "ab"]
    levels = {}
    for name, scale in zip("ab", scales, strict=True):
        fw = 1 + sum(amounts[: scale["throughput"]]) + amounts[3] * scale["users"]
        levels[name] = InstantiationLevel(name, "", {"fw": fw, "mgr": scale["users"] + draw(st.integers(0, 1))}, scale)
    vdus = {k: replace(v, max_instances=30) for k, v in FLAVOUR.vdus.items()}
    storages = FLAVOUR.storages | {"log": VirtualBlockStorage("log", GIB, draw(st.booleans()), draw(images))}
    return shaped(vdus=vdus, storages=storages, aspects=aspects, deltas=deltas, levels=levels, default_level="a")


images = st.none() | st.just(image("log-image"))


def sizes() -> st.SearchStrategy[dict[str, Any]]:
    scale = st.fixed_dictionaries({}, optional={"throughput": st.integers(0, 3), "users": st.integers(0, 2)})
    return st.fixed_dictionaries(
        {},
        optional={
            "instantiation_level_id": st.sampled_from("ab"),
            "scale": scale,
            "keep_scale": st.booleans(),
            "metadata": maps,
            "extensions": maps,
            "description": st.sampled_from(["", "x"]),
            "additional_params": st.dictionaries(st.just("unused"), st.integers(0, 1)),
        },
    )


def applied(made: Plan, record: Record | None, asked: Wish) -> Record | None:
    """What the engine records after the plan."""
    if made.remove_record:
        return None
    if made.create_record:
        record = Record("vnf1", asked.vnfd_id or "", description=asked.description, metadata=asked.metadata or {})
    for operation in made.operations:
        assert record is not None
        record = recorded_after(record, operation)
    return record


def recorded_after(record: Record, operation: PlannedOperation) -> Record:
    body = operation.params
    return replace(
        record,
        deployment=operation.after,
        vnfd_id=body.get("vnfd_id", record.vnfd_id),
        description=body.get("vnf_instance_description", record.description),
        **{
            name: merge_patch(getattr(record, name), body.get(name, {}))
            for name in ("metadata", "extensions", "vnf_configurable_properties")
        },
    )


def running(record: Record | None, flavour: Flavour) -> Observation | None:
    return healthy(topology_for(record.deployment, lambda _d: flavour)) if record else None


@SHORT
@given(
    flavours(), st.lists(sizes() | st.just({"state": "not_instantiated"}) | st.just({"state": "absent"}), max_size=4)
)
def test_the_second_run_of_any_wish_changes_nothing(flavour: Flavour, wishes: list[dict[str, Any]]) -> None:
    record: Record | None = None
    for asked in (wish(**w) for w in wishes):
        made = plan(asked, record, lambda _d: flavour, running(record, flavour))
        record = applied(made, record, asked)
        again = plan(asked, record, lambda _d: flavour, running(record, flavour))
        assert not again.changes, again.as_dict()
        assert not again.drift


@SHORT
@given(flavours(), sizes(), sizes())
def test_steps_are_the_difference_of_the_topologies(
    flavour: Flavour, first: dict[str, Any], then: dict[str, Any]
) -> None:
    record = applied(plan(wish(**first), None, lambda _d: flavour, None), None, wish(**first))
    for operation in plan(wish(**then), record, lambda _d: flavour, running(record, flavour)).operations:
        before, after = (resources(topology_for(d, lambda _d: flavour)) for d in (operation.before, operation.after))
        if operation.operation == "MODIFY_INFO":
            assert before.keys() == after.keys()
            continue
        assert {(s.kind, s.id) for s in operation.steps if s.action == "create"} == after.keys() - before.keys()
        assert {(s.kind, s.id) for s in operation.steps if s.action == "delete"} == before.keys() - after.keys()
        assert {s.action for s in operation.steps} <= {"create", "delete"}
        names_every_loss(operation, {**before, **after})


def names_every_loss(operation: PlannedOperation, known: dict[tuple[str, str], Any]) -> None:
    """Deletion and replacement destroy data; a volume always holds some, a server unless it boots from a volume."""
    for step in operation.steps:
        destroys = step.action in {"delete", "replace"} and known[step.kind, step.id].data is not None
        assert (step.data_loss is not None) == destroys, step
        if destroys:
            assert step.id in (step.data_loss or "")


@SHORT
@given(flavours(), sizes())
def test_scaling_in_takes_the_newest(flavour: Flavour, size: dict[str, Any]) -> None:
    made = plan(wish(**size), None, lambda _d: flavour, None)
    after = made.operations[0].after
    assert after is not None
    smaller = dict.fromkeys(flavour.aspects, 0)
    less = plan(wish(scale=smaller), recorded(after), lambda _d: flavour, None)
    gone = [s for o in less.operations for s in o.steps if s.kind == "vnfc"]
    if not less.operations:
        return
    then = less.operations[0].after
    assert then is not None
    left = {v.id for v in build_topology(flavour, then).vnfcs}
    for step in gone:
        kept = [int(id_.rsplit("-", 1)[1]) for id_ in left if id_.rsplit("-", 1)[0] == step.vdu_id]
        assert all(n < int(step.id.rsplit("-", 1)[1]) for n in kept)


FAULTS = st.sampled_from(["missing", "gone", "failed", "stopped", "busy"])
BROKEN_DEPLOYMENT = deployed(scale={"throughput": 1})
BROKEN_TOPOLOGY = build_topology(FLAVOUR, BROKEN_DEPLOYMENT)
KEYS = sorted(resources(BROKEN_TOPOLOGY))


def broken(faults: dict[tuple[str, str], str]) -> Observation:
    seen = dict(healthy(BROKEN_TOPOLOGY).resources)
    for key, fault in faults.items():
        if fault == "gone":
            del seen[key]
        else:
            seen[key] = replace(seen[key], status=fault)
    return Observation(True, "complete", resources=seen)


def after_heal(observation: Observation, operation: PlannedOperation) -> Observation:
    """What the VIM shows once a driver has done the steps of a HEAL, and no more."""
    sound = healthy(BROKEN_TOPOLOGY).resources
    anew = {*replacements(operation), *(("vnfc", id_) for id_ in starts(operation))}
    return replace(observation, resources={**observation.resources, **{key: sound[key] for key in anew}})


@SHORT
@given(st.dictionaries(st.sampled_from(KEYS), FAULTS, max_size=4))
def test_a_heal_repairs_all_and_touches_only_what_hangs_on_the_broken(faults: dict[tuple[str, str], str]) -> None:
    record, seen = recorded(BROKEN_DEPLOYMENT), broken(faults)
    made = planned(record, seen)
    known = resources(BROKEN_TOPOLOGY)
    real = {k for k, f in faults.items() if f in {"missing", "gone", "failed"} or (f == "stopped" and k[0] == "vnfc")}
    assert {(d.kind, d.id) for d in made.drift} == real
    touched = {(s.kind, s.id) for o in made.operations for s in o.steps}
    assert real <= touched
    for key in touched - real:
        assert touched & set(known[key].needs), key
    for operation in made.operations:
        for step in operation.steps:
            destroys = step.action == "replace" and known[step.kind, step.id].data is not None
            assert (step.data_loss is not None) == destroys
        again = planned(record, after_heal(seen, operation))
        assert not again.changes
        assert not again.drift


@SHORT
@given(sizes().filter(lambda s: "instantiation_level_id" not in s and "users" not in s.get("scale", {})))
def test_the_order_of_keys_and_resources_is_no_part_of_the_digest(size: dict[str, Any]) -> None:
    turned = {k: dict(reversed(v.items())) if isinstance(v, dict) else v for k, v in reversed(size.items())}
    seen = broken({("vnfc", "fw-0"): "gone"})
    other = replace(seen, resources=dict(reversed(seen.resources.items())))
    record = recorded(BROKEN_DEPLOYMENT)
    assert planned(record, seen, **size).digest == planned(record, other, **turned).digest
    assert planned(**size).digest == planned(**turned).digest


def test_a_digest_is_the_same_in_every_process() -> None:
    """Hashing of strings differs from process to process; a digest must not."""
    program = (
        "from unit.plan.samples import *\n"
        "print(planned(metadata={'a': 1, 'b': 2}, scale={'throughput': 3}).digest)\n"
        "print(planned(recorded(deployed()), state='absent').digest)\n"
    )
    tests = Path(__file__).parents[2]
    paths = os.pathsep.join([str(tests), *sys.path])
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert answers.pop().count("sha256:") == 2


def test_the_digest_covers_parameters_steps_losses_and_the_record() -> None:
    running_ = recorded(deployed())
    plans = [
        planned(running_),
        planned(running_, metadata={"a": 1}),
        planned(running_, metadata={"a": 2}),
        planned(running_, state="not_instantiated"),
        planned(running_, state="absent"),
        planned(running_, Observation(False, "absent"), state="absent"),
        planned(recorded(), state="absent"),
        planned(state="not_instantiated"),
    ]
    assert len({p.digest for p in plans}) == len(plans)


@SHORT
@given(flavours(), sizes())
def test_the_view_is_plain_sorted_and_the_same_for_the_same_topology(flavour: Flavour, size: dict[str, Any]) -> None:
    after = plan(wish(**size), None, lambda _d: flavour, None).operations[0].after
    assert after is not None
    view = topology_view(build_topology(flavour, after))
    assert yaml.safe_load(yaml.safe_dump(view)) == view
    assert json.dumps(view) == json.dumps(view, sort_keys=True)


def test_the_view_tells_no_parameter_values() -> None:
    after = deployed(additional_params={"domain": "s3cret"})
    assert "s3cret" not in json.dumps(topology_view(build_topology(FLAVOUR, after)))
    assert topology_view(None) == {}
