# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that users of a healthy sandbox read: `env`, to be sourced, and clouds.yaml."""

from __future__ import annotations

import shlex
from pathlib import Path

from sandbox.paths import CHECKOUT, REGION, Sandbox

_CLOUDS = {"sandbox": "tenant", "sandbox-other": "other", "sandbox-admin": "admin"}


def write(sandbox: Sandbox) -> None:
    """Write both; `env` last and at once, since it says that the sandbox is healthy."""
    _write(sandbox.clouds, "clouds:\n" + "".join(_cloud(sandbox, *names) for names in _CLOUDS.items()))
    _write(sandbox.env_file, _env(sandbox))


def _cloud(sandbox: Sandbox, cloud: str, user: str) -> str:
    return f"""  {cloud}:
    region_name: {REGION}
    identity_api_version: 3
    auth:
      auth_url: {sandbox.url("keystone")}/v3
      username: {user}
      password: {sandbox.password}
      project_name: {user}
      user_domain_name: Default
      project_domain_name: Default
"""


def _env(sandbox: Sandbox) -> str:
    lines = [
        "# Source this to work with the sandbox: `. .sandbox/env`. It is here only while the sandbox is healthy.",
        f"export OS_CLIENT_CONFIG_FILE={shlex.quote(str(sandbox.clouds))}",
        "export OS_CLOUD=sandbox",
        'export no_proxy="127.0.0.1,localhost${no_proxy:+,$no_proxy}"',
    ]
    if (CHECKOUT / "Makefile").exists():  # else it is an installed collection, which Ansible finds by itself
        lines += [
            f'export PATH={shlex.quote(str(CHECKOUT / ".venv/bin"))}:"$PATH"',
            f"export ANSIBLE_COLLECTIONS_PATH={shlex.quote(str(CHECKOUT / '.venv/collections'))}",
        ]
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    part.write_text(text)
    part.rename(path)
