# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/parts.py TARGET... [-- TARGET...]   Run these targets of the Makefile, all of them whatever fails, and sum up.

Those after -- run beside the others where there is more than one core. What a target prints goes to the terminal and to
.cache/logs/TARGET.log. What it says that it LEFT OUT is told again in the summary. The last line counts the targets.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

LOGS = Path(".cache/logs")


@dataclass(frozen=True, slots=True)
class Part:
    """One target that ran: its exit code, its wall time in seconds and what it could not do on this machine."""

    target: str
    code: int
    seconds: float
    left_out: tuple[str, ...]

    def lines(self) -> list[str]:
        """Its part of the summary."""
        verdict = "ok" if self.code == 0 else f"FAILED, see {LOGS}/{self.target}.log"
        return [f"  {self.target:<16}{self.seconds:7.1f} s  {verdict}", *(f"    {line}" for line in self.left_out)]


def run(target: str, mark: bytes = b"") -> Part:
    """Run one target to its end; `mark` stands before its lines on the terminal."""
    print(f"\n=== make {target}", flush=True)
    start = time.monotonic()
    make = os.environ.get("MAKE", "make")
    left_out = []
    with (LOGS / f"{target}.log").open("wb") as log:
        process = subprocess.Popen(
            [make, target], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.buffer.write(mark + line)
            sys.stdout.buffer.flush()
            log.write(line)
            if line.startswith(b"LEFT OUT"):
                left_out.append(line.decode(errors="replace").rstrip())
        code = process.wait()
    return Part(target, code, time.monotonic() - start, tuple(left_out))


def lane(targets: list[str], mark: bytes = b"") -> list[Part]:
    """Run targets one after the other."""
    return [run(target, mark) for target in targets]


def main(words: list[str]) -> int:
    """Run all targets; 1 when any failed."""
    LOGS.mkdir(parents=True, exist_ok=True)
    split = words.index("--") if "--" in words else len(words)
    targets, beside = words[:split], words[split + 1 :]
    if (os.cpu_count() or 1) > 1:
        with ThreadPoolExecutor(max_workers=1) as pool:
            other = pool.submit(lane, beside, b"| ")
            parts = lane(targets) + other.result()
    else:
        parts = lane([*targets, *beside])
    failed = sum(part.code != 0 for part in parts)
    print("\n=== summary")
    for part in parts:
        print("\n".join(part.lines()))
    print(f"{len(parts) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
