# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""End everything, leaving no process, namespace, device or socket; `wipe` forgets the state too."""

from __future__ import annotations

import shutil
from contextlib import suppress

from sandbox import ovn, process
from sandbox.paths import Sandbox

_LAST = ("ovn-controller", "ovn-northd", "ovs-vswitchd", "ovsdb", "memcached", "rabbitmq", "epmd", "mariadb")
_STATE = ("env", "clouds.yaml", "faults.json", "faults.lock", "sandbox.json", "done", "etc", "log", "run", "tmp", "var")


def down(sandbox: Sandbox) -> list[str]:
    """The names of what was ended."""
    sandbox.env_file.unlink(missing_ok=True)
    names = list(process.running(sandbox))
    process.stop(sandbox, [name for name in names if name not in _LAST])
    process.stop(sandbox, [name for name in names if name in _LAST], grace=15)
    if sandbox.namespaces:
        ovn.remove_namespaces(sandbox)
    shutil.rmtree(sandbox.run, ignore_errors=True)
    return names


def wipe(sandbox: Sandbox, *, caches: bool) -> None:
    """Remove the state; the caches, which only save time at the next start, when asked to."""
    for name in (*_STATE, *(["cache"] if caches else [])):
        path = sandbox.state / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    if caches:
        (sandbox.state / "lock").unlink()
        with suppress(OSError):  # somebody keeps other things there
            sandbox.state.rmdir()
