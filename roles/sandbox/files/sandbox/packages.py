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
from sandbox.lock import locked
from sandbox.paths import FILES, Sandbox

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
        raise SandboxError(f"Install these Debian packages (or the like), then try again: {' '.join(missing)}")
    say(f"installing Debian packages: {' '.join(missing)}")
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    done = subprocess.run(
        [*sudo, "sh", str(FILES / "install-os-packages.sh"), *missing],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SandboxError(f"apt-get could not install {' '.join(missing)}: {done.stdout[-1500:]}")


def make_venv(sandbox: Sandbox, say: Callable[[str], None]) -> None:
    """Install the pinned releases, unless exactly these are installed. Sandboxes may share the cache with it."""
    pins = [FILES / "requirements.txt", FILES / "constraints.txt"]
    # Its scripts name the folder that they were made in.
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in pins) + bytes(sandbox.venv)).hexdigest()
    mark = sandbox.venv / "installed"
    with locked(sandbox.cache, lambda: say("waiting for another sandbox to install the OpenStack services")):
        if mark.exists() and mark.read_text() == wanted:
            return
        say("installing the OpenStack services from PyPI")
        shutil.rmtree(sandbox.venv, ignore_errors=True)
        _install(sandbox, pins)
        mark.write_text(wanted)


def _install(sandbox: Sandbox, pins: list[Path]) -> None:
    # Proxies and indexes are the caller's.
    env = {"UV_CACHE_DIR": str(sandbox.cache / "uv")} | dict(os.environ) | {process.MARK: f"{sandbox.state}|up"}
    uv, log = _uv(sandbox, env), sandbox.log / "venv.log"
    process.run([uv, "venv", "-q", "--python", _python(), sandbox.venv], env, log=log)
    python = sandbox.bin / "python"
    process.run([uv, "pip", "install", "--python", python, "-r", pins[0], "-c", pins[1]], env, log=log, timeout=1800)


def _python() -> str:
    """The system's Python when it fits (the same whoever calls), else the one that runs this."""
    test = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
    for name in ("/usr/bin/python3", sys.executable):
        if _succeeds(name, "-c", test):
            return name
    raise SandboxError("The OpenStack services need Python 3.11, 3.12 or 3.13: install one, then try again.")


def _uv(sandbox: Sandbox, env: dict[str, str]) -> Path:
    """The installer: the one on PATH, else one of our own. (A pyenv shim is on PATH even when it leads nowhere.)"""
    own = sandbox.cache / "uv-tool"
    for found in (shutil.which("uv"), own / "bin/uv"):
        if found and _succeeds(found, "--version"):
            return Path(found)
    shutil.rmtree(own, ignore_errors=True)
    process.run([_python(), "-m", "venv", own], env, log=sandbox.log / "venv.log")
    process.run([own / "bin/python", "-m", "pip", "install", "-q", "uv>=0.5,<1"], env, log=sandbox.log / "venv.log")
    return own / "bin/uv"


def _succeeds(*argv: str | Path) -> bool:
    try:
        return subprocess.run(argv, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
