# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From stored packages to flavours, topologies and artifacts: each descriptor is read from the store once a task."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.bind import bind, load_head
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context
from ansible_collections.nfv.mano.plugins.module_utils.package.source import open_stream
from ansible_collections.nfv.mano.plugins.module_utils.plan.build import build_topology
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import Deployment
from ansible_collections.nfv.mano.plugins.module_utils.store import packages
from ansible_collections.nfv.mano.plugins.module_utils.store.packages import PackageRow


class Materials:
    """The packages that one task has read so far."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._packages: dict[str, PackageRow] = {}
        self._flavours: dict[str, Flavour] = {}

    def package(self, vnfd_id: str) -> PackageRow:
        """The onboarded package; raises package_unknown."""
        if vnfd_id not in self._packages:
            row = packages.get(self._ctx.store, self._ctx.tenant, vnfd_id=vnfd_id)
            if row is None:
                raise ManoError(
                    "package_unknown",
                    f"No package with vnfd_id '{vnfd_id}' is onboarded in tenant '{self._ctx.tenant}'; "
                    "onboard it with nfv.mano.vnf_package.",
                    resource=vnfd_id,
                )
            self._packages[vnfd_id] = row
        return self._packages[vnfd_id]

    def flavour_of(self, deployment: Deployment) -> Flavour:
        """The deployment's flavour, inputs bound; "" is the package's default one.

        Raises flavour_missing, flavour_unknown, input_missing, input_invalid.
        """
        inputs = deployment.additional_params
        flavour_id = deployment.flavour_id or self._default_flavour(deployment.vnfd_id)
        key = json.dumps([deployment.vnfd_id, flavour_id, inputs], sort_keys=True, default=str)
        if key not in self._flavours:
            self._flavours[key] = bind(self.package(deployment.vnfd_id).document, flavour_id, inputs)
        return self._flavours[key]

    def _default_flavour(self, vnfd_id: str) -> str:
        head = load_head(self.package(vnfd_id).document)
        if head.default_flavour is None:
            raise ManoError(
                "flavour_missing",
                f"Package {vnfd_id} has several flavours ({', '.join(sorted(head.flavours))}); set flavour_id.",
                resource=vnfd_id,
            )
        return head.default_flavour

    def topology_of(self, deployment: Deployment | None) -> Topology | None:
        """The deployment's topology; None of None."""
        return None if deployment is None else build_topology(self.flavour_of(deployment), deployment)

    @contextmanager
    def artifact(self, vnfd_id: str, path: str) -> Iterator[BinaryIO]:
        """One file of the package as a stream, read with the bounds of the package reader; raises artifact_missing."""
        url = self.package(vnfd_id).content_url
        with self._ctx.artifacts.open(url) as stored, open_stream(stored, url) as content, content.open(path) as stream:
            yield stream
