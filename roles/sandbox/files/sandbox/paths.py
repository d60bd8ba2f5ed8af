# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where one sandbox keeps its things, and the numbers that keep it apart from the others on the machine.

A sandbox is its state folder. Its *slot* (0 to 255) is taken once, when the folder is made, and gives every name that
the whole machine can see: ports, addresses, network namespaces. So two sandboxes run side by side.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.errors import SandboxError

FILES = Path(__file__).resolve().parents[1]
CHECKOUT = FILES.parents[2]
DRIVERS = FILES / "drivers"

REGION = "RegionOne"
CHASSIS = "sandbox"  # the one OVN chassis: ports of every compute host are bound to it
COMPUTE_HOSTS = ("sim1", "sim2", "sim3")

PORTS = (
    "keystone", "glance", "placement", "nova", "neutron", "cinder", "heat",
    "mysql", "amqp", "amqp_dist", "epmd", "memcached",
)  # fmt: skip
_PORT_BASE, _PORT_STEP, _SLOTS = 20000, 20, 256
_LONGEST_SOCKET_FOLDER = 60  # a unix socket's path has 107 bytes at most; OVS adds names of up to 40


@dataclass(frozen=True, slots=True)
class Sandbox:
    """One sandbox. `namespaces`: guests are network namespaces; else OVS is a dummy that needs no privilege."""

    state: Path
    run: Path
    cache: Path
    slot: int
    password: str
    namespaces: bool

    @property
    def etc(self) -> Path:
        """Configuration files."""
        return self.state / "etc"

    @property
    def log(self) -> Path:
        """One log file a process."""
        return self.state / "log"

    @property
    def var(self) -> Path:
        """Data of the services."""
        return self.state / "var"

    @property
    def tmp(self) -> Path:
        """TMPDIR of the services: neutron keeps marks of its start there."""
        return self.state / "tmp"

    @property
    def venv(self) -> Path:
        """The services' own virtual environment."""
        return self.cache / "venv"

    @property
    def bin(self) -> Path:
        """The programs of that environment."""
        return self.venv / "bin"

    @property
    def env_file(self) -> Path:
        """What a shell sources; there only while the sandbox is healthy."""
        return self.state / "env"

    @property
    def clouds(self) -> Path:
        """The clouds.yaml that `env_file` names."""
        return self.state / "clouds.yaml"

    @property
    def faults(self) -> Path:
        """Faults on demand, read by the compute driver."""
        return self.state / "faults.json"

    @property
    def ovsdb(self) -> str:
        """The one OVSDB server: switch, northbound and southbound databases."""
        return f"unix:{self.run}/db.sock"

    @property
    def mysql_socket(self) -> Path:
        """MariaDB's unix socket."""
        return self.run / "mysql.sock"

    @property
    def switch_namespace(self) -> str:
        """The network namespace of the virtual switch; guests are `<this>-<first 8 of the server's uuid>`."""
        return f"mano{self.slot}"

    @property
    def external_net(self) -> str:
        """First three bytes of the external network: RFC 2544's range, which no real network uses."""
        return f"198.18.{self.slot}"

    @property
    def link_net(self) -> str:
        """First three bytes of the link between the machine and the switch's namespace."""
        return f"198.19.{self.slot}"

    def port(self, name: str) -> int:
        """The TCP port on 127.0.0.1 of one of PORTS."""
        return _PORT_BASE + self.slot * _PORT_STEP + PORTS.index(name)

    def url(self, name: str) -> str:
        """The base URL of an API."""
        return f"http://127.0.0.1:{self.port(name)}"

    def done(self, step: str) -> Path:
        """The mark of a step that is done once in the life of the state."""
        return self.state / "done" / step


def state_folder(wish: str | None) -> Path:
    """The state folder: `wish`, else MANO_SANDBOX, else .sandbox; relative ones stand in the checkout."""
    return (CHECKOUT / (wish or os.environ.get("MANO_SANDBOX") or ".sandbox")).resolve()


def load(state: Path) -> Sandbox | None:
    """The sandbox in this folder, None when there is none yet."""
    with suppress(FileNotFoundError):
        return _sandbox(state, json.loads((state / "sandbox.json").read_text()))
    return None


def create(state: Path, *, namespaces: bool) -> Sandbox:
    """Take a free slot and write it down. MANO_SANDBOX_CACHE names a cache to share with another sandbox."""
    state.mkdir(parents=True, exist_ok=True)
    kept = {
        "slot": _free_slot(state),
        "password": secrets.token_urlsafe(18),
        "namespaces": namespaces,
        "cache": os.environ.get("MANO_SANDBOX_CACHE", ""),
    }
    part = state / "sandbox.json.part"
    part.touch(mode=0o600)
    part.write_text(json.dumps(kept))
    part.rename(state / "sandbox.json")
    return _sandbox(state, kept)


def _sandbox(state: Path, kept: dict[str, Any]) -> Sandbox:
    cache = CHECKOUT / (kept["cache"] or state / "cache")
    return Sandbox(state, _run_folder(state), cache, kept["slot"], kept["password"], kept["namespaces"])


def _run_folder(state: Path) -> Path:
    """The folder of sockets: in the state, or a short one elsewhere when the state's path is long."""
    if len(bytes(state / "run")) <= _LONGEST_SOCKET_FOLDER:
        return state / "run"
    mark = hashlib.sha256(bytes(state)).hexdigest()[:10]
    return Path("/run" if os.geteuid() == 0 else "/tmp") / f"mano-sandbox-{os.geteuid()}-{mark}"


def _free_slot(state: Path) -> int:
    first = int(hashlib.sha256(bytes(state)).hexdigest(), 16) % _SLOTS
    for slot in ((first + n) % _SLOTS for n in range(_SLOTS)):
        base = _PORT_BASE + slot * _PORT_STEP
        if all(_free_port(base + n) for n in range(len(PORTS))):
            return slot
    raise SandboxError(f"No free block of {len(PORTS)} ports from {_PORT_BASE} on: end what listens there.")


def _free_port(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
