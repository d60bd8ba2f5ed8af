# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Side by side: the collection and the same template sent by openstacksdk, in turn, in one run.

Prints a Markdown table; `--write` puts it into docs/benchmarks.md. Needs a cloud (OS_CLOUD); `make bench` brings one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests/bench"), str(ROOT / ".venv/collections")]

import raw  # noqa: E402
import yaml  # noqa: E402
from cloud import connect, network  # noqa: E402
from sample import SAMPLE, SAMPLE_VNFD  # noqa: E402

from ansible_collections.nfv.mano.plugins.module_utils.tasks import vnf_heal, vnf_instance, vnf_package  # noqa: E402

AT_ONCE = 5
QUIET_TASKS = 20


def task(module: Any, **options: Any) -> dict[str, Any]:
    """One task as its action plugin runs it, with the defaults of its argument spec."""
    defaults = {name: spec.get("default") for name, spec in module.SPEC.items()}
    done: dict[str, Any] = module.run(defaults | options, False, lambda _line: None)
    return done


def seconds(do: Callable[[], Any]) -> float:
    """How long it takes, by the wall clock."""
    start = time.monotonic()
    do()
    return time.monotonic() - start


def wish(name: str, net: str) -> dict[str, Any]:
    """The sample VNF on one external network."""
    links = [
        {"id": "untrusted", "resource_id": net, "ext_cps": ["fw_untrusted"]},
        {"id": "oam", "resource_id": net, "ext_cps": ["mgr_oam"]},
    ]
    return {"name": name, "vnfd_id": SAMPLE_VNFD, "ext_virtual_links": links}


def one_round(cloud: Any, options: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Each operation once by the collection and once raw: operation -> (collection, raw) in seconds."""
    ours: dict[str, float] = {}
    theirs: dict[str, float] = {}
    name = options["name"]
    ours["instantiate"] = seconds(lambda: task(vnf_instance, **options))
    instance_id = task(vnf_instance, **options)["vnf_instance"]["id"]
    small = raw.template_of(cloud, instance_id)
    ours["scale"] = seconds(lambda: task(vnf_instance, name=name, scale={"throughput": 1}))
    large = raw.template_of(cloud, instance_id)
    ours["heal"] = seconds(lambda: task(vnf_heal, name=name, vnfc_instance_ids=["fw-1"]))
    ours["terminate"] = seconds(lambda: task(vnf_instance, name=name, state="not_instantiated"))
    theirs["instantiate"] = seconds(lambda: raw.create(cloud, "bench-raw", small))
    theirs["scale"] = seconds(lambda: raw.update(cloud, "bench-raw", large))
    theirs["heal"] = seconds(lambda: raw.update(cloud, "bench-raw", large, ("fw-1",)))
    theirs["terminate"] = seconds(lambda: raw.delete(cloud, "bench-raw"))
    return {operation: (ours[operation], theirs[operation]) for operation in ours}


def told(figures: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The figures of a round, shown at once: a benchmark takes minutes."""
    sys.stderr.write("  ".join(f"{name} {ours:.2f}/{theirs:.2f}" for name, (ours, theirs) in figures.items()) + "\n")
    return figures


def at_once(cloud: Any, net: str) -> tuple[float, float]:
    """Five instances at once, a process each: (collection, raw) in seconds."""
    wishes = [wish(f"bench-{n}", net) for n in range(AT_ONCE)]
    ours = seconds(lambda: _each(_instantiate, wishes))
    ids = [task(vnf_instance, **w)["vnf_instance"]["id"] for w in wishes]
    templates = [(f"bench-raw-{n}", raw.template_of(cloud, id_)) for n, id_ in enumerate(ids)]
    _each(_terminate, wishes)
    theirs = seconds(lambda: _each(_create, templates))
    _each(_delete, templates)
    return ours, theirs


def _each(do: Callable[[Any], Any], items: list[Any]) -> None:
    with multiprocessing.get_context("fork").Pool(len(items)) as pool:
        pool.map(do, items, chunksize=1)


def _instantiate(options: dict[str, Any]) -> None:
    task(vnf_instance, **options)


def _terminate(options: dict[str, Any]) -> None:
    task(vnf_instance, name=options["name"], state="absent")


def _create(item: tuple[str, raw.RawStack]) -> None:
    raw.create(connect(), *item)


def _delete(item: tuple[str, raw.RawStack]) -> None:
    raw.delete(connect(), item[0])


@dataclass(frozen=True)
class Quiet:
    """CPU in seconds of one task that changes nothing."""

    run: float  # its own code, called in one process
    play: float  # in a play, with Ansible's worker process and the loop that waits for it
    debug: float  # ansible.builtin.debug in such a play

    def lines(self) -> list[str]:
        """As Markdown."""
        run, play, debug = (f"{seconds * 1000:.0f} ms" for seconds in (self.run, self.play, self.debug))
        return [
            f"A task that changes nothing takes {run} of CPU in its own code. In a play, with Ansible's own share, it",
            f"takes {play}, where `ansible.builtin.debug` takes {debug}.",
        ]


def quiet(options: dict[str, Any], folder: Path) -> Quiet:
    """What a task costs that finds all as it should be."""
    task(vnf_instance, **options)
    start = time.process_time()
    for _turn in range(QUIET_TASKS):
        task(vnf_instance, **options)
    run = (time.process_time() - start) / QUIET_TASKS
    return Quiet(
        run, _task_cpu({"nfv.mano.vnf_instance": options}, folder), _task_cpu({"ansible.builtin.debug": {}}, folder)
    )


def _task_cpu(one: dict[str, Any], folder: Path) -> float:
    """The slope between a play of 1 and one of 21 such tasks."""
    return (_play_cpu(one, folder, QUIET_TASKS + 1) - _play_cpu(one, folder, 1)) / QUIET_TASKS


def _play_cpu(one: dict[str, Any], folder: Path, tasks: int) -> float:
    book = folder / f"quiet-{tasks}.yml"
    play = {"hosts": "localhost", "gather_facts": False, "tasks": [one] * tasks}
    book.write_text(yaml.safe_dump([play]))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["ansible-playbook", str(book)], check=True, stdout=subprocess.DEVNULL, cwd=folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def machine() -> str:
    """What it ran on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**3
    return f"{os.cpu_count()} cores, {memory} GiB, Linux {platform.release()}, Python {platform.python_version()}"


def report(rounds: list[dict[str, tuple[float, float]]], five: tuple[float, float], still: Quiet) -> str:
    """The page's figures as Markdown."""
    lines = [
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {machine()}, load {os.getloadavg()[1]:.1f},",
        f"by `make bench` (`{' '.join(['tests/bench/run.py', *sys.argv[1:]])}`), medians of {len(rounds)} rounds.",
        "",
        "| what | nfv.mano, s | openstacksdk, s | ratio |",
        "|---|---|---|---|",
    ]
    for operation in rounds[0]:
        ours = statistics.median(r[operation][0] for r in rounds)
        theirs = statistics.median(r[operation][1] for r in rounds)
        ratio = statistics.median(r[operation][0] / r[operation][1] for r in rounds)
        lines.append(f"| {operation} | {ours:.2f} | {theirs:.2f} | {ratio:.2f} |")
    lines.append(f"| {AT_ONCE} instances at once | {five[0]:.2f} | {five[1]:.2f} | {five[0] / five[1]:.2f} |")
    lines += ["", *still.lines()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run everything and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    arguments = parser.parse_args()
    cloud = connect()
    with tempfile.TemporaryDirectory() as name, network(cloud, "10.97.0.0/24") as net:
        folder = Path(name)
        os.environ["NFV_MANO_STORE"] = f"sqlite:///{folder}/mano.sqlite"
        task(vnf_package, src=str(SAMPLE))
        # A VNF that stays keeps the image, which would go with the last one, for the raw stacks.
        task(vnf_instance, **wish("bench-keeper", net.id))
        options = wish("bench", net.id)
        rounds = [told(one_round(cloud, options)) for _round in range(arguments.rounds)]
        five = at_once(cloud, net.id)
        task(vnf_instance, **options)
        still = quiet(options, folder)
        for left in ("bench", "bench-keeper"):
            task(vnf_instance, name=left, state="absent")
    text = report(rounds, five, still)
    sys.stdout.write(text)
    if arguments.write:
        page = ROOT / "docs/benchmarks.md"
        head = page.read_text().partition("<!-- figures -->")[0] if page.exists() else "# Benchmarks\n\n"
        page.write_text(f"{head}<!-- figures -->\n\n{text}")


if __name__ == "__main__":
    main()
