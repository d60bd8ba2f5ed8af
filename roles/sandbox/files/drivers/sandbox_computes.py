# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several nova-compute hosts for little more than the price of one.

The imports take seconds and a hundred megabytes, so they are done once; then one process a host is forked off.
All end when one ends.

    python sandbox_computes.py STATE_FOLDER HOST... -- OPTION_OF_NOVA...
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path

import nova.virt
from nova.cmd import compute
from nova.network import neutron

# Nova loads compute drivers from its own package only.
nova.virt.__path__.append(str(Path(__file__).resolve().parent))

import nova.compute.manager  # noqa: E402
import nova.virt.sandbox_virt  # noqa: E402


def main() -> int:
    """Fork, then wait."""
    split = sys.argv.index("--")
    folder, hosts, options = Path(sys.argv[1]), sys.argv[2:split], sys.argv[split + 1 :]
    _bind_to_chassis()
    gc.freeze()
    children = {_fork(folder / host, host, options): host for host in hosts}

    def end(number: int, _frame: object) -> None:
        for pid in children:
            os.kill(pid, number)

    signal.signal(signal.SIGTERM, end)
    pid, code = os.wait()
    print(f"{children.pop(pid)} ended with {code}", file=sys.stderr, flush=True)
    end(signal.SIGTERM, None)
    return 1


def _fork(folder: Path, host: str, options: list[str]) -> int:
    pid = os.fork()
    if pid:
        return pid
    folder.mkdir(parents=True, exist_ok=True)
    # oslo.config looks into the environment before the files.
    os.environ["OS_DEFAULT__HOST"] = host
    os.environ["OS_DEFAULT__STATE_PATH"] = str(folder)
    sys.argv = ["nova-compute", *options]
    try:
        compute.main()
    finally:
        os._exit(1)
    raise AssertionError


def _bind_to_chassis() -> None:
    """A migration binds ports to its destination host; like at the start (driver), that is the one chassis here."""
    name = "_update_port_binding_for_instance"
    plain = getattr(neutron.API, name)

    def bind(self, context, instance, _host, *args, **kwargs):
        return plain(self, context, instance, nova.virt.sandbox_virt.CHASSIS, *args, **kwargs)

    setattr(neutron.API, name, bind)


if __name__ == "__main__":
    sys.exit(main())
