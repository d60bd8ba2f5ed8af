# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The OpenStack driver: a `Vim` of one cloud and region."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import Observation
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import assets as assets_
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import capacity as capacity_
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack import power, stack, stock
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.job import Job
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.observe import observe
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.session import Cloud, connect
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.writes import writes
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import (
    ArtifactReader,
    Assets,
    Capacity,
    InstanceRef,
    Need,
    Report,
    Write,
)

PERFORMERS: Mapping[str, Callable[[Job], Mapping[str, Any]]] = {
    "stack.apply": stack.apply,
    "stack.delete": stack.delete,
    "server.start": power.start,
    "server.stop": power.stop,
    "server.shut_down": power.shut_down,
    "image.upload": stock.upload_image,
    "image.claim": stock.claim_image,
    "image.delete": stock.delete_image,
    "flavor.create": stock.create_flavor,
    "flavor.delete": stock.delete_flavor,
}


class OpenStack:
    """See `Vim` for what each method promises."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def status(self) -> Mapping[str, Any]:
        """Zones, quota and use; raises when a service that we need does not answer."""
        return capacity_.status(self._cloud)

    def observe(self, ref: InstanceRef, topology: Topology | None) -> Observation:
        """The instance as it is."""
        return observe(self._cloud, ref, topology)

    def resolve(self, topology: Topology, known: Assets | None) -> Assets:
        """Flavours, images and networks."""
        return assets_.resolve(self._cloud, topology, known)

    def need(self, topology: Topology, existing: Topology | None) -> Need:
        """What is needed beyond what is there."""
        return capacity_.need(topology, existing)

    def capacity(self) -> Capacity:
        """What is left."""
        return capacity_.capacity(self._cloud)

    def writes(
        self,
        before: Topology | None,
        after: Topology | None,
        observation: Observation,
        replace: tuple[tuple[str, str], ...] = (),
        start: tuple[str, ...] = (),
        grace: int = 0,
    ) -> tuple[Write, ...]:
        """The writes from what is observed to `after`."""
        return writes(before, after, observation, replace, start, grace)

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
        """Make one write."""
        if write.action not in PERFORMERS:
            raise ManoError("internal_error", f"The OpenStack driver knows no write '{write.action}'.")
        return PERFORMERS[write.action](Job(self._cloud, write, ref, topology, assets, artifacts, report, deadline))


def connect_vim(access: Mapping[str, Any]) -> OpenStack:
    """The driver for a VIM's reference {cloud, region_name}; sends nothing yet.

    Raises cloud_not_found, cloud_invalid.
    """
    return OpenStack(connect(access.get("cloud"), access.get("region_name")))
