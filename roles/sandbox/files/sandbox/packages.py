# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian packages and the services' virtual environment: installed when missing."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sandbox import process
from sandbox.errors import SandboxError
from sandbox.paths import FILES, Sandbox
from sandbox.services import environment

_PATH = f"{os.environ.get('PATH', '')}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"
_PROGRAMS = {
    "mariadbd": "mariadb-server",
    "mariadb-dump": "mariadb-client",
    "rabbitmq-server": "rabbitmq-server",
    "epmd": "erlang-base",
    "memcached": "memcached",
    "ovs-vswitchd": "openvswitch-switch",
    "ovn-northd": "ovn-central",
    "ovn-controller": "ovn-host",
    "qemu-img": "qemu-utils",
    "ip": "iproute2",
}


def install_os_packages(say: Callable[[str], None]) -> None:
    """Install the Debian packages whose programs are not there, as root or through sudo; no service is started."""
    missing = sorted(package for program, package in _PROGRAMS.items() if not shutil.which(program, path=_PATH))
    if not shutil.which("uv") and importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    if not missing:
        return
    if not shutil.which("apt-get"):
        raise SandboxError(f"These Debian packages (or the like) are missing: {' '.join(missing)}. Install them, then try again.")
    say(f"installing Debian packages: {' '.join(missing)}")
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    done = subprocess.run(
        [*sudo, "sh", str(FILES / "install-os-packages.sh"), *missing],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SandboxError(f"apt-get could not install {' '.join(missing)}: {done.stdout[-1500:]}")


def make_venv(sandbox: Sandbox, say: Callable[[str], None]) -> None:
    """Install the pinned releases, unless exactly these are installed."""
    pins = [FILES / "requirements.txt", FILES / "constraints.txt"]
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in pins)).hexdigest()
    mark = sandbox.venv / "installed"
    if mark.exists() and mark.read_text() == wanted:
        return
    say("installing the OpenStack services from PyPI")
    env = environment(sandbox) | {k: v for k, v in os.environ.items() if k.startswith(("PIP_", "UV_")) or "proxy" in k.lower()}
    env.setdefault("UV_CACHE_DIR", str(sandbox.cache / "uv"))
    env.pop("PYTHONPATH", None)
    uv, log = _uv(sandbox, env), sandbox.log / "venv.log"
    mark.unlink(missing_ok=True)
    process.run([uv, "venv", "-q", "--allow-existing", "--python", _python(), sandbox.venv], env, log=log)
    process.run(
        [uv, "pip", "install", "--python", sandbox.bin / "python", "-r", pins[0], "-c", pins[1]], env, log=log, timeout=1800,
    )  # fmt: skip
    mark.write_text(wanted)


def _python() -> str:
    """The system's Python when it fits (the same whoever calls), else the one that runs this."""
    for name in ("/usr/bin/python3", sys.executable):
        seen = subprocess.run([name, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=False)
        if seen.returncode == 0 and (3, 11) <= tuple(map(int, seen.stdout.split())) <= (3, 13):
            return name
    raise SandboxError("The OpenStack services need Python 3.11, 3.12 or 3.13: install one, then try again.")


def _uv(sandbox: Sandbox, env: dict[str, str]) -> Path:
    """The installer: the one on PATH, else one of our own. (A pyenv shim is on PATH even when it leads nowhere.)"""
    own = sandbox.cache / "uv-tool"
    for found in (shutil.which("uv"), own / "bin/uv"):
        if found and Path(found).exists() and not subprocess.run([found, "--version"], capture_output=True, check=False).returncode:
            return Path(found)
    shutil.rmtree(own, ignore_errors=True)
    process.run([_python(), "-m", "venv", own], env, log=sandbox.log / "venv.log")
    process.run([own / "bin/python", "-m", "pip", "install", "-q", "uv>=0.5,<1"], env, log=sandbox.log / "venv.log")
    return own / "bin/uv"
