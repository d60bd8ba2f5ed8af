# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start what is not running, in the order that the services need, and wait until all is healthy.

Each step asks the world, not a record, whether it is done: so a start that was killed at any point is simply run again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from sandbox import (
    catalog,
    cells,
    config,
    faults,
    health,
    mariadb,
    ovn,
    packages,
    process,
    rabbitmq,
    schema,
    seed,
    shell,
)
from sandbox.errors import SandboxError
from sandbox.graph import Task, run_graph
from sandbox.paths import Sandbox
from sandbox.rest import answers
from sandbox.services import APIS, api_command, daemon_commands, environment

_FOLDERS = (
    "cinder/conversion", "cinder/coordination", "cinder/volumes", "glance/cache", "glance/images", "glance/staging",
    "glance/tasks", "keystone", "ovs",
    *(f"{service}/lock" for service in ("cinder", "glance", "heat", "neutron", "nova")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Start:
    """What one start knows: the processes that ran already, and when it began."""

    sandbox: Sandbox
    have: dict[str, list[int]]
    began: float

    def once(self, name: str, start: Callable[[Sandbox], None], *needs: str, heavy: bool = False) -> Task:
        """A task that starts a process unless it runs."""
        return Task(name, (lambda: None) if name in self.have else partial(start, self.sandbox), needs, heavy)

    def daemon(self, name: str) -> int:
        """The pid of a service without a port, started when it does not run."""
        if name in self.have:
            return self.have[name][0]
        return process.spawn(self.sandbox, name, daemon_commands(self.sandbox)[name], environment(self.sandbox))


def up(sandbox: Sandbox, say: Callable[[str], None]) -> bool:
    """Bring the sandbox up. False when there was nothing to do."""
    faults.thaw_all(sandbox)
    if sandbox.env_file.exists() and health.quick(sandbox):
        return False
    sandbox.env_file.unlink(missing_ok=True)
    process.kill(sandbox, ["up"])  # commands of a start that was killed
    _folders(sandbox)
    have = process.running(sandbox)
    if not have:  # never under the feet of running services
        packages.make_venv(sandbox, say)
    config.write(sandbox)
    if "ovs-vswitchd" not in have:  # the guests' interfaces went with it; nova-compute makes them anew at its start
        process.kill(sandbox, ["nova-compute"])
        have.pop("nova-compute", None)
    start = _Start(sandbox, have, time.time())
    slots = (os.cpu_count() or 2) + 1
    run_graph([*_base(start), *_databases(start), *_apis(start), *_daemons(start), *_finish(start)], slots,
              lambda name, seconds: say(f"{name} ({seconds:.1f} s)") if seconds > 0.05 else None)  # fmt: skip
    shell.write(sandbox)
    return True


def _folders(sandbox: Sandbox) -> None:
    for folder in (sandbox.run, sandbox.tmp, sandbox.etc, sandbox.log, sandbox.cache, sandbox.done("")):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if sandbox.run.stat().st_uid != os.geteuid():
        raise SandboxError(f"{sandbox.run} belongs to another user: remove it.")
    for name in _FOLDERS:
        (sandbox.var / name).mkdir(parents=True, exist_ok=True)


def _base(start: _Start) -> Iterator[Task]:
    yield start.once("mariadb", mariadb.start, heavy=True)
    yield start.once("epmd", rabbitmq.start_epmd)
    yield start.once("rabbitmq", rabbitmq.start, "epmd", heavy=True)
    yield start.once("memcached", rabbitmq.start_memcached)
    yield start.once("ovsdb", ovn.start_databases)
    yield start.once("ovs-vswitchd", ovn.start_switch, "ovsdb")
    yield start.once("ovn-northd", ovn.start_northd, "ovsdb")
    yield start.once("ovn-controller", ovn.start_controller, "ovs-vswitchd", "ovn-northd")


def _databases(start: _Start) -> Iterator[Task]:
    box = start.sandbox
    # Without a dump the main schema of nova is migrated after that of its API, and copied to cell 0.
    copied = schema.cached(box, "nova")
    for name in ("keystone", "neutron", "nova_api", "nova", "cinder", "heat", "glance", "placement"):
        needs = ("mariadb", "db-nova_api") if name == "nova" and not copied else ("mariadb",)
        yield Task(f"db-{name}", partial(schema.load, box, name), needs, heavy=name != "keystone")
    after = ("mariadb",) if copied else ("db-nova",)
    yield Task("db-nova_cell0", partial(schema.load, box, "nova_cell0"), after, heavy=copied)
    yield Task("cells", partial(cells.create, box), ("db-nova_api",))
    yield Task("bootstrap", partial(catalog.bootstrap, box), ("db-keystone",))
    yield Task("catalog", partial(catalog.fill, box), ("keystone-api",))


def _apis(start: _Start) -> Iterator[Task]:
    nova = ("db-nova", "db-nova_cell0", "cells")
    needs = {
        "keystone": ("bootstrap",),
        "placement": ("db-placement", "memcached"),
        "glance": ("db-glance", "memcached"),
        "nova": (*nova, "memcached", "rabbitmq"),
        "neutron": ("db-neutron", "memcached", "rabbitmq", "ovn-controller"),
        "cinder": ("db-cinder", "memcached", "rabbitmq"),
        "heat": ("db-heat", "memcached", "rabbitmq"),
    }
    for service in APIS:
        # Conductor and compute wait for the first two, so these never queue.
        heavy = service not in ("keystone", "placement")
        yield start.once(f"{service}-api", partial(_start_api, service=service), *needs[service], heavy=heavy)


def _start_api(sandbox: Sandbox, service: str) -> None:
    name = f"{service}-api"
    if service == "neutron":  # marks of its "first worker", named after a parent pid that comes again
        for mark in sandbox.tmp.glob("neutron_*"):
            mark.unlink()
    pid = process.spawn(sandbox, name, api_command(sandbox, service), environment(sandbox))
    log = f"{sandbox.log}/{name}.log"
    process.wait(name, lambda: answers(sandbox, service), timeout=180, every=0.2, needs={log: pid})


def _daemons(start: _Start) -> Iterator[Task]:
    nova = ("db-nova", "db-nova_cell0", "cells", "rabbitmq")
    needs = {
        # At its start a 401 from keystone and a refused connection to placement are fatal to nova.
        "nova-scheduler": (*nova, "catalog", "placement-api"),
        "cinder-scheduler": ("db-cinder", "rabbitmq"),
        "cinder-volume": ("db-cinder", "rabbitmq"),
        "heat-engine": ("db-heat", "rabbitmq"),
    }
    for name, before in needs.items():
        yield Task(name, partial(_discard, partial(start.daemon, name)), before)
    yield Task("nova-conductor", partial(_start_conductor, start), (*nova, "catalog", "placement-api"))
    yield Task("nova-compute", partial(_start_compute, start), ("nova-conductor", "ovn-controller"))


def _start_conductor(start: _Start) -> None:
    if "nova-conductor" not in start.have:
        cells.forget_conductor(start.sandbox)
    cells.wait_for_conductor(start.sandbox, start.daemon("nova-conductor"))


def _start_compute(start: _Start) -> None:
    since = 0.0 if "nova-compute" in start.have else time.time()
    cells.map_hosts(start.sandbox, since, start.daemon("nova-compute"))


def _finish(start: _Start) -> Iterator[Task]:
    apis = tuple(f"{service}-api" for service in APIS)
    daemons = tuple(daemon_commands(start.sandbox))
    yield Task("healthy", partial(health.wait, start.sandbox), (*apis, *daemons, "catalog"))
    yield Task("seed", partial(seed.plant, start.sandbox), ("healthy",))


def _discard(start: Callable[[], object]) -> None:
    start()
