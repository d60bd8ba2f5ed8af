# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was seen on the VIM: one entry per resource of the instance, in the topology's own names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = ("vnfc", "link_port", "virtual_storage", "virtual_link")


@dataclass(frozen=True, slots=True)
class Observed:
    """One resource as the VIM shows it.

    status: ok | failed | missing | stopped | busy. `missing`: the VIM's own record names it, but it is gone.
    `attributes` has what the results and the drift check need: vnfc {flavor, image, host, zone, created_at}, link_port
    {mac_address, ip_addresses: [{ip_address, subnet_id}], network_id, device_id}, virtual_storage {size, attached_to},
    virtual_link {name, subnets: [id]}.
    """

    kind: str
    id: str
    resource_id: str
    vim_type: str
    status: str = "ok"
    reason: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Observation:
    """All of one instance.

    `exists`: its container (the Heat stack) is there; `state`: absent | complete | failed | busy.
    """

    exists: bool
    state: str
    reason: str = ""
    resources: Mapping[tuple[str, str], Observed] = field(default_factory=dict)  # (kind, id) -> Observed

    def get(self, kind: str, id_: str) -> Observed | None:
        """The resource, or None when the VIM has no record of it."""
        return self.resources.get((kind, id_))


NOTHING = Observation(exists=False, state="absent")
