# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""RabbitMQ with a port mapper, a node name and a folder of its own; memcached beside it."""

from __future__ import annotations

import os
import socket

from sandbox import process
from sandbox.paths import Sandbox
from sandbox.services import environment


def start_epmd(sandbox: Sandbox) -> None:
    """Start Erlang's port mapper."""
    argv = ["epmd", "-port", str(sandbox.port("epmd")), "-address", "127.0.0.1"]
    process.spawn(sandbox, "epmd", argv, _environment(sandbox))


def start(sandbox: Sandbox) -> None:
    """Start the broker and wait until it listens."""
    folder = sandbox.var / "rabbitmq"
    folder.mkdir(exist_ok=True)
    (folder / "plugins").write_text("[].\n")
    (folder / "rabbitmq.conf").write_text(
        "vm_memory_high_watermark.relative = 0.2\nlog.file.level = warning\n"
        f"default_user = sandbox\ndefault_pass = {sandbox.password}\n"
    )
    pid = process.spawn(sandbox, "rabbitmq", ["/usr/lib/rabbitmq/bin/rabbitmq-server"], _environment(sandbox))
    process.wait("RabbitMQ", lambda: _listens(sandbox.port("amqp")), needs={f"{sandbox.log}/rabbitmq.log": pid})


def start_memcached(sandbox: Sandbox) -> None:
    """Start the cache in which the APIs share checked tokens."""
    user = ["-u", "root"] if os.geteuid() == 0 else []
    port = str(sandbox.port("memcached"))
    argv = ["memcached", "-l", "127.0.0.1", "-p", port, "-m", "32", "-U", "0", "-t", "1", *user]
    process.spawn(sandbox, "memcached", argv, environment(sandbox))


def _environment(sandbox: Sandbox) -> dict[str, str]:
    folder = sandbox.var / "rabbitmq"
    return environment(sandbox) | {
        "HOME": str(folder),
        "RABBITMQ_NODENAME": f"mano{sandbox.slot}@localhost",
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(sandbox.log),
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(sandbox.port("amqp")),
        "RABBITMQ_DIST_PORT": str(sandbox.port("amqp_dist")),
        "ERL_EPMD_PORT": str(sandbox.port("epmd")),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        # No busy waiting of idle schedulers: there are few cores.
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1} "
        "+S 2:2 +A 16 +sbwt none +sbwtdcpu none +sbwtdio none",
    }


def _listens(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), 1):
        return True
