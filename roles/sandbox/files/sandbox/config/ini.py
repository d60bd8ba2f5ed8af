# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the configuration of several services has in common."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sandbox.paths import REGION, Sandbox

Section = Mapping[str, str | int | Path]
Sections = Mapping[str, Section]


def render(sections: Sections) -> str:
    """The text of an oslo.config file."""
    lines = []
    for name, options in sections.items():
        lines.append(f"[{name}]")
        lines.extend(f"{key} = {value}".rstrip() for key, value in options.items())
    return "\n".join(lines) + "\n"


def transport(sandbox: Sandbox) -> str:
    """The RabbitMQ URL."""
    return f"rabbit://sandbox:{sandbox.password}@127.0.0.1:{sandbox.port('amqp')}/"


def database_url(sandbox: Sandbox, name: str) -> str:
    """The SQLAlchemy URL of a service's database."""
    return f"mysql+pymysql://sandbox:{sandbox.password}@127.0.0.1:{sandbox.port('mysql')}/{name}?charset=utf8mb4"


def database(sandbox: Sandbox, name: str) -> Section:
    """A [database] section."""
    return {
        "connection": database_url(sandbox, name),
        "max_pool_size": 5,
        "max_overflow": 40,
        "connection_recycle_time": 280,
    }


def user(sandbox: Sandbox, name: str) -> Section:
    """How a service user logs in, without saying to what."""
    return {
        "auth_type": "password",
        "auth_url": f"{sandbox.url('keystone')}/v3",
        "username": name,
        "password": sandbox.password,
        "user_domain_name": "Default",
    }


def credentials(sandbox: Sandbox, name: str) -> Section:
    """How a service user logs in to the project `service`."""
    return {
        **user(sandbox, name),
        "region_name": REGION,
        "project_name": "service",
        "project_domain_name": "Default",
    }


def authtoken(sandbox: Sandbox, name: str) -> Section:
    """A [keystone_authtoken] section."""
    return {
        "www_authenticate_uri": f"{sandbox.url('keystone')}/v3",
        "memcached_servers": f"127.0.0.1:{sandbox.port('memcached')}",
        "service_token_roles_required": "true",
        "service_token_roles": "service",
        **credentials(sandbox, name),
    }


def service_user(sandbox: Sandbox, name: str) -> Section:
    """A [service_user] section: without the service token a volume cannot be detached."""
    return {"send_service_user_token": "true", **credentials(sandbox, name)}


def privsep(sandbox: Sandbox, service: str) -> Section:
    """A privsep section whose helper starts without sudo and keeps no capability: an ordinary user has none to keep."""
    config = sandbox.etc / service / f"{service}.conf"
    return {"helper_command": f"{sandbox.bin}/privsep-helper --config-file {config}", "capabilities": ""}


def messaging(sandbox: Sandbox, service: str) -> Sections:
    """Sections of everything that speaks on RabbitMQ and takes locks."""
    return {
        "oslo_concurrency": {"lock_path": sandbox.var / service / "lock"},
        "oslo_messaging_rabbit": {"rabbit_quorum_queue": "false", "heartbeat_in_pthread": "false"},
        "oslo_messaging_notifications": {"driver": "noop"},
    }
