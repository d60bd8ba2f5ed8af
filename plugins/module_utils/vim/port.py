# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The port to a VIM: what the life-cycle engine asks of a driver. Each VIM has one package that answers.

The engine never knows which VIM it is. A driver reads freely, but writes only in `perform`, one `Write` at a time, each
journalled by the engine before it is made; a driver must bear any write being made twice, since a process may die just
after it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ansible_collections.nfv.mano.plugins.module_utils.plan.model import Step
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import Observation
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology

ArtifactReader = Callable[[str], Any]
"""Path inside the package -> context manager that gives a binary file object; raises ManoError artifact_missing."""

Report = Callable[[str], None]
"""Takes one line of progress, e.g. "fw-1: server is building"."""


@dataclass(frozen=True, slots=True)
class InstanceRef:
    """How a driver finds an instance: all objects are named and tagged from these."""

    instance_id: str  # UUID
    name: str
    tenant: str
    stack_id: str | None = None  # what `created` of an earlier write said, when known (saves a redirect)


@dataclass(frozen=True, slots=True)
class Assets:
    """What a topology needs that is there already or has to be made first.

    `flavours` and `images` (VDU or storage id -> VIM id) are complete: what `missing` will make has its id already;
    `steps` tells the plan of it. `disposal`: the writes that remove what this collection made (found made earlier, or
    to be made now); the engine performs them once no other instance names the same one.
    """

    flavours: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, str] = field(default_factory=dict)
    networks: Mapping[str, str] = field(default_factory=dict)  # network as named in the topology -> VIM id
    missing: tuple[Write, ...] = ()
    steps: tuple[Step, ...] = ()
    disposal: tuple[Write, ...] = ()


@dataclass(frozen=True, slots=True)
class Write:
    """One write to the VIM, small and JSON-able, so that the journal can hold it and its inverse.

    `topology` says which topology the engine passes to `perform`: after | before | none. A removal in
    `Assets.disposal` has in `args` the `kind` of its step in the plan, and `shared` true where other instances of the
    same store may need the same: then the engine makes it only when none does.
    """

    action: str  # e.g. image.upload, flavor.create, stack.apply, stack.delete, server.start
    target: str  # the named thing
    topology: str = "none"
    args: Mapping[str, Any] = field(default_factory=dict)
    inverse: Write | None = None  # None: nothing to undo


@dataclass(frozen=True, slots=True)
class Need:
    """What a set of new resources takes, for the grant: counts, and bytes turned to the VIM's units by the driver."""

    instances: int = 0
    cores: int = 0
    ram_mib: int = 0
    ports: int = 0
    networks: int = 0
    subnets: int = 0
    security_groups: int = 0
    server_groups: int = 0
    volumes: int = 0
    volume_gib: int = 0


@dataclass(frozen=True, slots=True)
class Capacity:
    """What is left of each quota (None = unlimited or unknown) and the zones that the tenant may use."""

    left: Mapping[str, int | None]  # keys: the field names of Need
    zones: tuple[str, ...] = ()


class Vim(Protocol):
    """One connected VIM. Every method may raise ManoError (vim_unreachable, vim_unauthorized, vim_error, …)."""

    def status(self) -> Mapping[str, Any]:
        """Capabilities, zones, quota and use, for `vim` and `vim_info`; raises when the VIM does not answer."""

    def observe(self, ref: InstanceRef, topology: Topology | None) -> Observation:
        """The instance as it is: one list call per service. `topology` (when known) names what to expect."""

    def resolve(self, topology: Topology, known: Assets | None) -> Assets:
        """Find images, flavours and networks; raises image_missing, network_missing, no_fitting_flavour. Writes
        nothing.

        `known`: what was resolved for this instance before; it is kept as it is, so that a heal does not upgrade an
        image.
        """

    def need(self, topology: Topology, existing: Topology | None) -> Need:
        """What `topology` takes beyond `existing`."""

    def capacity(self) -> Capacity:
        """What is left, for the grant."""

    def writes(
        self,
        before: Topology | None,
        after: Topology | None,
        observation: Observation,
        replace: tuple[tuple[str, str], ...] = (),
        start: tuple[str, ...] = (),
        grace: int = 0,
    ) -> tuple[Write, ...]:
        """The writes, in order, that lead from what is observed to `after` (None: nothing left). Pure.

        `replace`: (kind, id) of resources to be made anew; `start`: VNFCs to be started. Assets are the engine's
        business (`Assets.missing` come first).
        `grace`: seconds that guests get to shut down before they are deleted, where `after` is None; 0: none.
        """

    def perform(
        self,
        write: Write,
        ref: InstanceRef,
        topology: Topology | None,
        assets: Assets,
        artifacts: ArtifactReader,
        report: Report,
        deadline: float,
    ) -> Mapping[str, Any]:
        """Make one write and wait until it has taken effect; returns what to journal (ids, VIM times).

        Repeating it is safe. `deadline` is a time.monotonic() value: past it raises operation_timeout. A VIM failure
        raises with the resource's own reason (no_valid_host, quota_exceeded, image_missing, vim_error, vim_unreachable,
        …).
        """
