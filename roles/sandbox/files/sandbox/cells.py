# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nova's cells and host records, written by SQL: three nova-manage commands would take five seconds each."""

from __future__ import annotations

import time

from sandbox import mariadb, process
from sandbox.config.ini import database_url, transport
from sandbox.paths import COMPUTE_HOSTS, Sandbox


def create(sandbox: Sandbox) -> None:
    """cell0 and cell1, as `nova-manage cell_v2` would write them."""
    cell0, cell1 = (database_url(sandbox, name) for name in ("nova_cell0", "nova"))
    mariadb.query(
        sandbox,
        "insert ignore into cell_mappings "
        "(uuid, name, transport_url, database_connection, disabled, created_at) values "
        f"('00000000-0000-0000-0000-000000000000', 'cell0', 'none:///', '{cell0}', 0, now()), "
        f"('11111111-1111-4111-8111-111111111111', 'cell1', '{transport(sandbox)}', '{cell1}', 0, now());",
        "nova_api",
    )


def forget_conductor(sandbox: Sandbox) -> None:
    """Drop the conductor's record of an earlier start, which would pass for a sign of life."""
    mariadb.query(sandbox, "delete from services where `binary`='nova-conductor'", "nova")


def wait_for_conductor(sandbox: Sandbox, pid: int) -> None:
    """The conductor has to be there before nova-compute asks it: that waits ten seconds for each lost question."""
    count = "select count(*) from services where `binary`='nova-conductor'"
    process.wait(
        "nova-conductor's record", lambda: mariadb.query(sandbox, count, "nova") != "0",
        timeout=120, needs={f"{sandbox.log}/nova-conductor.log": pid},
    )  # fmt: skip


def map_hosts(sandbox: Sandbox, since: float, pid: int) -> None:
    """Wait until every compute host, started at `since` (epoch seconds), has reported; tell the API where they are."""
    moment = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(since))
    count = (
        "select count(distinct host) from compute_nodes where deleted=0 and "
        f"ifnull(updated_at, created_at) >= '{moment}'"
    )  # fmt: skip
    process.wait(
        "the compute hosts' records", lambda: int(mariadb.query(sandbox, count, "nova")) >= len(COMPUTE_HOSTS),
        timeout=120, every=0.3, needs={f"{sandbox.log}/nova-compute.log": pid},
    )  # fmt: skip
    mariadb.query(
        sandbox,
        "".join(
            "insert ignore into host_mappings (created_at, cell_id, host) "
            f"select now(), id, '{host}' from cell_mappings where name='cell1';"
            for host in COMPUTE_HOSTS
        ),
        "nova_api",
    )
