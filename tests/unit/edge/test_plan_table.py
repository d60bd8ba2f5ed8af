"""The filter that shows a plan."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.nfv.mano.plugins.filter.plan_table import FilterModule
from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Plan, PlannedOperation, Step

PLAN_TABLE = FilterModule().filters()["plan_table"]


def table(*operations: PlannedOperation) -> Any:
    return PLAN_TABLE(Plan(operations).as_dict())


def test_steps_stand_in_columns_and_losses_are_named() -> None:
    steps = (
        Step("delete", "vnfc", "fw-1", "fw", "scale in", "local disk of fw-1"),
        Step("create", "virtual_link", "mgmt", None, "part of the VNF"),
    )
    params = {"type": "SCALE_IN", "number_of_steps": 1, "additional_params": {"secret": 1}}
    assert table(PlannedOperation("SCALE", params, steps, None, None)) == [
        "SCALE type=SCALE_IN number_of_steps=1",
        "  delete  vnfc          fw-1  scale in  LOST FOR GOOD: local disk of fw-1",
        "  create  virtual_link  mgmt  part of the VNF",
    ]


def test_an_operation_without_steps_is_one_line() -> None:
    assert table(PlannedOperation("MODIFY_INFO", {}, (), None, None)) == ["MODIFY_INFO"]


def test_an_empty_plan() -> None:
    assert table() == ["nothing to do"]


@pytest.mark.parametrize("value", [None, "plan", {"digest": "x"}, []])
def test_what_is_no_plan(value: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="takes the `plan` of a result"):
        PLAN_TABLE(value)
