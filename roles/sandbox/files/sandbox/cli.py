# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: up, down, status, and trouble on purpose."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sandbox import down, faults, ovn, packages, paths, status
from sandbox.errors import SandboxError
from sandbox.lock import locked
from sandbox.paths import Sandbox
from sandbox.up import up


def main(argv: list[str]) -> int:
    """Run one subcommand; the exit status."""
    args = _parser().parse_args(argv)
    state = paths.state_folder(args.state)
    try:
        return int(args.run(state, args) or 0)
    except SandboxError as error:
        print(f"sandbox: {error}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("sandbox: interrupted; run it again to go on", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mano-sandbox", description="A real OpenStack on loopback.")
    parser.add_argument("--state", help="its folder (default: $MANO_SANDBOX, else .sandbox of the checkout)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[Path, argparse.Namespace], int | None], text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(run=run)
        return made

    command("up", _up, "start what is not running and wait until all is healthy")
    wipe = command("down", _down, "end everything; the state and the caches stay")
    wipe.add_argument("--wipe", action="store_true", help="forget the state too: users, images, servers")
    wipe.add_argument("--caches", action="store_true", help="with --wipe, remove the caches as well")
    command("status", _status, "what runs, with its memory")
    for name, act in (("stop", faults.stop), ("freeze", faults.freeze), ("thaw", faults.thaw)):
        command(name, _on_service(act), (act.__doc__ or "").partition("\n")[0]).add_argument("name")
    command("start", _up, "the same as up").add_argument("name", nargs="?")
    fault = command("fault", _fault, "make the next operations of the compute hosts fail or take long")
    fault.add_argument("operation", choices=faults.OPERATIONS)
    fault.add_argument("--match", help="only servers with this text in their name")
    fault.add_argument("--count", type=int, help="so many times (default: until `clear`)")
    fault.add_argument("--error", help="fail with this text")
    fault.add_argument("--delay", type=float, help="take so many seconds longer")
    command("clear", _clear, "forget all faults")
    guest = command("exec", _exec, "run a command inside a guest's network namespace")
    guest.add_argument("server", help="the server's uuid")
    guest.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND")
    return parser


def _up(state: Path, args: argparse.Namespace) -> None:
    del args
    start = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - start:6.1f} s] {text}", flush=True)

    packages.install_os_packages(say)
    with locked(state, lambda: say("waiting for another start or stop of this sandbox")):
        sandbox = paths.load(state) or paths.create(state, namespaces=_privileged())
        news = up(sandbox, say)
    say(f"OpenStack {'is up' if news else 'was up already'}: . {sandbox.env_file}")


def _privileged() -> bool:
    """MANO_SANDBOX_PRIVILEGES=none|full, else what is found by trying."""
    wish = os.environ.get("MANO_SANDBOX_PRIVILEGES", "auto")
    if wish not in ("auto", "none", "full"):
        raise SandboxError(f"MANO_SANDBOX_PRIVILEGES is {wish!r}: say auto, none or full.")
    return ovn.namespaces_work() if wish == "auto" else wish == "full"


def _down(state: Path, args: argparse.Namespace) -> None:
    sandbox = paths.load(state)
    if sandbox is None:
        print(f"sandbox: there is none in {state}")
        return
    start = time.monotonic()
    with locked(state, lambda: print("sandbox: waiting for another start or stop")):
        ended = down.down(sandbox)
        print(f"[{time.monotonic() - start:6.1f} s] ended {len(ended)} services of {state}", flush=True)
        if args.wipe:
            down.wipe(sandbox, caches=args.caches)
            print(f"[{time.monotonic() - start:6.1f} s] removed its state{' and caches' if args.caches else ''}")


def _status(state: Path, args: argparse.Namespace) -> int:
    del args
    healthy, lines = status.lines(_existing(state))
    print("\n".join(lines))
    return 0 if healthy else 3


def _on_service(act: Callable[[Sandbox, str], None]) -> Callable[[Path, argparse.Namespace], None]:
    return lambda state, args: act(_existing(state), args.name)


def _fault(state: Path, args: argparse.Namespace) -> None:
    keys = ("operation", "match", "count", "error", "delay")
    faults.add(_existing(state), {key: getattr(args, key) for key in keys})


def _clear(state: Path, args: argparse.Namespace) -> None:
    del args
    faults.clear(_existing(state))


def _exec(state: Path, args: argparse.Namespace) -> int:
    sandbox = _existing(state)
    name = f"{sandbox.switch_namespace}-{args.server[:8]}"
    words = args.words[1:] if args.words[:1] == ["--"] else args.words
    program = shutil.which("ip", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or "ip"
    return subprocess.run([program, "netns", "exec", name, *words], check=False).returncode


def _existing(state: Path) -> Sandbox:
    sandbox = paths.load(state)
    if sandbox is None:
        raise SandboxError(f"There is no sandbox in {state}: `make sandbox` starts one.")
    return sandbox
