# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
name: plan_table
short_description: Show a plan as lines of text
version_added: 0.1.0
description:
  - Turns the RV(nfv.mano.vnf_instance#module:plan) of a result into lines for people, one for each operation and one
    for
    each step, with columns for action, kind and id, the reason, and what would be lost for good.
options:
  _input:
    description: The C(plan) of a result.
    type: dict
    required: true
author:
  - The nfv.mano contributors (@nfv)
"""

EXAMPLES = r"""
- name: Show what would be done
  ansible.builtin.debug:
    msg: "{{ preview.plan | nfv.mano.plan_table }}"
"""

RETURN = r"""
_value:
  description: The lines.
  type: list
  elements: str
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError


def plan_table(plan: Any) -> list[str]:
    """The lines; raises AnsibleFilterError for what is no plan."""
    if not isinstance(plan, Mapping) or "operations" not in plan:
        raise AnsibleFilterError(
            "nfv.mano.plan_table takes the `plan` of a result of nfv.mano.vnf_instance, vnf_scale or vnf_heal."
        )
    lines = [line for operation in plan["operations"] for line in _operation(operation)]
    return lines or ["nothing to do"]


def _operation(operation: Mapping[str, Any]) -> Iterator[str]:
    params = operation["params"].items()
    yield " ".join(
        [operation["operation"], *(f"{key}={value}" for key, value in params if isinstance(value, (str, int, float)))]
    )
    steps = operation["steps"]
    widths = [max((len(str(step[key])) for step in steps), default=0) for key in ("action", "kind", "id")]
    for step in steps:
        cells = [str(step[key]).ljust(width) for key, width in zip(("action", "kind", "id"), widths, strict=True)]
        loss = f"  LOST FOR GOOD: {step['data_loss']}" if step.get("data_loss") else ""
        yield f"  {'  '.join(cells)}  {step['reason']}{loss}"


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Name to function."""
        return {"plan_table": plan_table}
