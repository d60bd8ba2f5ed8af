# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every entry into the life-cycle engine needs: the store, the tenant, the artifact store, and where progress
goes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from ansible_collections.nfv.mano.plugins.module_utils.store.artifacts import ArtifactStore, default_artifacts_url
from ansible_collections.nfv.mano.plugins.module_utils.store.engine import Store, default_url, open_store


@dataclass(frozen=True, slots=True)
class Context:
    """`report` takes one line of progress at a time."""

    store: Store
    tenant: str
    artifacts: ArtifactStore
    report: Callable[[str], None]


def open_context(
    store_url: str | None, tenant: str | None, report: Callable[[str], None], *, reading: bool = False
) -> Context:
    """Open the store that the play names, else the environment, else the user's own.

    With `reading` (check mode, *_info) nothing is made or migrated; where no store is, an empty one stands in.
    Raises store_url_invalid, store_unreachable, store_locked, store_too_new.
    """
    url = store_url or os.environ.get("NFV_MANO_STORE") or default_url()
    artifacts_url = os.environ.get("NFV_MANO_ARTIFACTS") or default_artifacts_url(url)
    return Context(
        store=open_store(url, create=not reading),
        tenant=tenant or os.environ.get("NFV_MANO_TENANT") or "default",
        artifacts=ArtifactStore(artifacts_url),
        report=report,
    )
