# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Command lines and environment of the OpenStack services."""

from __future__ import annotations

import os
from pathlib import Path

from sandbox.paths import COMPUTE_HOSTS, DRIVERS, Sandbox
from sandbox.process import MARK

APIS = {
    "keystone": "keystone.wsgi.api",
    "glance": "glance.wsgi.api",
    "placement": "placement.wsgi.api",
    "nova": "nova.wsgi.osapi_compute",
    "neutron": "neutron.wsgi.api",
    "cinder": "cinder.wsgi.api",
    "heat": "heat.wsgi.api",
}


def environment(sandbox: Sandbox) -> dict[str, str]:
    """What every process gets: nothing of the caller's Python, OpenStack or proxy settings."""
    dropped = ("OS_", "PYTHON", "PIP_", "UV_", "VIRTUAL_ENV", "ANSIBLE_", "MAKE")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(dropped) and not k.lower().endswith("_proxy")}
    etc, data = sandbox.etc, sandbox.var / "ovs"
    return kept | {
        "PATH": f"{sandbox.bin}:/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin:/sbin:/bin",
        "HOME": str(sandbox.tmp),
        "TMPDIR": str(sandbox.tmp),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(DRIVERS),
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": "2",  # threads that each keep freed memory of their own add up
        "SPT_NOENV": "1",  # setproctitle keeps off the environment, where process.MARK stands
        MARK: f"{sandbox.state}|up",
        "MANO_SANDBOX_FAULTS": str(sandbox.faults),
        "MANO_SANDBOX_OVSDB": sandbox.ovsdb,
        "MANO_SANDBOX_NAMESPACE": sandbox.switch_namespace if sandbox.namespaces else "",
        "OS_KEYSTONE_CONFIG_FILES": f"{etc}/keystone/keystone.conf",
        "OS_GLANCE_CONFIG_DIR": f"{etc}/glance",
        "OS_PLACEMENT_CONFIG_DIR": f"{etc}/placement",
        "OS_NOVA_CONFIG_DIR": f"{etc}/nova",
        # The first file is taken as the paste file.
        "OS_NOVA_CONFIG_FILES": f"{sandbox.venv}/etc/nova/api-paste.ini;nova.conf",
        "OS_NEUTRON_CONFIG_DIR": f"{etc}/neutron",
        "OS_NEUTRON_CONFIG_FILES": "neutron.conf",
        "OVS_RUNDIR": str(sandbox.run),
        "OVS_LOGDIR": str(sandbox.log),
        "OVS_DBDIR": str(data),
        "OVN_RUNDIR": str(sandbox.run),
        "OVN_LOGDIR": str(sandbox.log),
        "OVN_DBDIR": str(data),
    }


def config_file(sandbox: Sandbox, service: str) -> str:
    """The option that names a service's configuration."""
    name = "glance-api" if service == "glance" else service
    return f"--config-file={sandbox.etc}/{service}/{name}.conf"


def api_command(sandbox: Sandbox, service: str) -> list[str | Path]:
    """One uwsgi process without a master.

    Without `Connection: close` and `--post-buffering` uwsgi drops connections that clients mean to use again.
    """
    words: list[str | Path] = [
        sandbox.bin / "uwsgi", "--http-socket", f"127.0.0.1:{sandbox.port(service)}",
        "--module", f"{APIS[service]}:application", "--virtualenv", sandbox.venv,
        "--threads", "6", "--enable-threads", "--need-app", "--die-on-term", "--listen", "100",
        "--buffer-size", "65535", "--post-buffering", "65536", "--add-header", "Connection: close",
        "--disable-logging", "--log-5xx", "--log-date",
    ]  # fmt: skip
    if service in ("cinder", "heat"):  # they read no environment
        words += ["--pyargv", config_file(sandbox, service)]
    return words


def daemon_commands(sandbox: Sandbox) -> dict[str, list[str | Path]]:
    """Name -> command line of the services that have no port."""

    def plain(name: str, service: str) -> list[str | Path]:
        return [sandbox.bin / name, config_file(sandbox, service)]

    launcher: list[str | Path] = [sandbox.bin / "python", DRIVERS / "sandbox_computes.py"]
    return {
        "nova-conductor": plain("nova-conductor", "nova"),
        "nova-scheduler": plain("nova-scheduler", "nova"),
        "nova-compute": [*launcher, sandbox.var / "nova", *COMPUTE_HOSTS, "--", config_file(sandbox, "nova")],
        "cinder-scheduler": plain("cinder-scheduler", "cinder"),
        "cinder-volume": plain("cinder-volume", "cinder"),
        "heat-engine": plain("heat-engine", "heat"),
    }


def names() -> tuple[str, ...]:
    """Every process that a healthy sandbox has."""
    base = ("mariadb", "epmd", "rabbitmq", "memcached", "ovsdb", "ovs-vswitchd", "ovn-northd", "ovn-controller")
    daemons = (
        "nova-conductor", "nova-scheduler", "nova-compute", "cinder-scheduler", "cinder-volume", "heat-engine",
    )  # fmt: skip
    return (*base, *(f"{service}-api" for service in APIS), *daemons)
