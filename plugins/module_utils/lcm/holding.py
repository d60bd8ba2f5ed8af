# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holding an instance: the lease of one operation, renewed while the operation runs."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context
from ansible_collections.nfv.mano.plugins.module_utils.store import leases
from ansible_collections.nfv.mano.plugins.module_utils.store.leases import Lease
from ansible_collections.nfv.mano.plugins.module_utils.store.processes import Parent, is_gone, parent

TTL_SECONDS = 60
ORPHAN_CHECK_SECONDS = 0.5


def lease_key(tenant: str, name: str) -> str:
    """The key under which operations on one VNF instance exclude each other."""
    return f"vnf/{tenant}/{name}"


@contextmanager
def held(ctx: Context, name: str) -> Iterator[Lease]:
    """Hold the instance `name` for the block; raises instance_locked, which says who holds it.

    A daemon thread renews the lease. It also ends this process when its parent has died: a play that was killed must
    not leave a worker behind that goes on changing the VIM while the next play takes over.
    """
    lease = leases.acquire(ctx.store, lease_key(ctx.tenant, name), leases.this_process(), TTL_SECONDS)
    stop = threading.Event()
    keeper = threading.Thread(target=_keep, args=(ctx, lease, stop, parent()), daemon=True, name="nfv.mano lease")
    keeper.start()
    try:
        yield lease
    finally:
        stop.set()
        keeper.join(timeout=TTL_SECONDS)
        _release(ctx, lease)


def _keep(ctx: Context, lease: Lease, stop: threading.Event, principal: Parent) -> None:
    waited = 0.0
    while not stop.wait(ORPHAN_CHECK_SECONDS):
        if is_gone(principal.pid, principal.started):
            os._exit(1)
        waited += ORPHAN_CHECK_SECONDS
        if waited >= TTL_SECONDS / 4:
            waited = 0.0
            try:
                leases.renew(ctx.store, lease, TTL_SECONDS)
            except ManoError as error:
                # A store that is away for a moment is tried again; a lost lease is found by the next journal write.
                if error.error_code == "lease_lost":
                    return


def _release(ctx: Context, lease: Lease) -> None:
    """A lease that can't be given back now runs out by itself, so this must not hide the operation's own outcome."""
    try:
        leases.release(ctx.store, lease)
    except ManoError:
        ctx.report(f"the lease on {lease.key} could not be released; it runs out in {TTL_SECONDS} s")
