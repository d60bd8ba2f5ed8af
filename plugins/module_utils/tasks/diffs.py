# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The `diff` of a result: two states as text, for Ansible's --diff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

try:
    import yaml
except ImportError:
    pass  # named by deps.require() at the edge


def diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """Both as sorted YAML; what is empty is the empty text."""
    text = _yaml(before)
    return {"before": text, "after": text if before == after else _yaml(after)}


def _yaml(value: Mapping[str, Any]) -> str:
    if not value:
        return ""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(dict(value), Dumper=dumper, sort_keys=True, default_flow_style=False, allow_unicode=True)
    return text
