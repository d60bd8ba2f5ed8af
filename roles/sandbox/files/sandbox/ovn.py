# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Open vSwitch and OVN, in a network namespace of the sandbox's own.

A userspace datapath owns a device named `ovs-netdev`, so one namespace can hold one switch only; and everything that a
switch or a guest leaves behind goes away with its namespace. The machine reaches the external network over a veth pair.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

from sandbox import process
from sandbox.errors import SandboxError
from sandbox.paths import CHASSIS, Sandbox
from sandbox.services import environment

_SCHEMAS = {
    "conf.db": "/usr/share/openvswitch/vswitch.ovsschema",
    "ovnnb_db.db": "/usr/share/ovn/ovn-nb.ovsschema",
    "ovnsb_db.db": "/usr/share/ovn/ovn-sb.ovsschema",
}


def namespaces_work() -> bool:
    """Whether this user may make network namespaces and devices in them: tried for real."""
    name, env = f"manotry{os.getpid()}", dict(os.environ)
    try:
        process.run(["ip", "netns", "add", name], env)
        process.run(["ip", "-n", name, "tuntap", "add", "dev", "try", "mode", "tap"], env)
    except (OSError, SandboxError):
        return False
    finally:
        with suppress(OSError, SandboxError):
            process.run(["ip", "netns", "del", name], env)
    return True


def start_databases(sandbox: Sandbox) -> None:
    """One OVSDB server for the switch, northbound and southbound databases."""
    env, folder = environment(sandbox), sandbox.var / "ovs"
    for name, schema in _SCHEMAS.items():
        if not (folder / name).exists():
            part = folder / f"{name}.part"
            part.unlink(missing_ok=True)
            process.run(["ovsdb-tool", "create", part, schema], env)
            part.rename(folder / name)
    (sandbox.run / "db.sock").unlink(missing_ok=True)
    pid = process.spawn(
        sandbox, "ovsdb",
        ["ovsdb-server", f"--remote=p{sandbox.ovsdb}", f"--unixctl={sandbox.run}/ovsdb.ctl", "-vconsole:warn",
         *(folder / name for name in _SCHEMAS)], env,
    )  # fmt: skip
    process.wait("OVSDB", (sandbox.run / "db.sock").exists, needs={f"{sandbox.log}/ovsdb.log": pid})
    process.run(_vsctl(sandbox) + _chassis(sandbox), env)
    for tool in ("ovn-nbctl", "ovn-sbctl"):
        process.run([tool, f"--db={sandbox.ovsdb}", "init"], env)


def start_switch(sandbox: Sandbox) -> None:
    """The switch itself, and the way from the machine to the external network."""
    env = environment(sandbox)
    words: list[str | Path] = [
        "ovs-vswitchd", sandbox.ovsdb, f"--unixctl={sandbox.run}/vswitchd.ctl", "-vconsole:warn",
    ]  # fmt: skip
    if not sandbox.namespaces:
        process.spawn(sandbox, "ovs-vswitchd", [*words, "--enable-dummy=override", "--disable-system"], env)
        return
    remove_namespaces(sandbox)
    name = sandbox.switch_namespace
    process.run(["ip", "netns", "add", name], env)
    process.run(["ip", "-n", name, "link", "set", "lo", "up"], env)
    pid = process.spawn(sandbox, "ovs-vswitchd", ["ip", "netns", "exec", name, *words], env)
    process.wait(
        "bridge br-ex", lambda: process.run(["ip", "-n", name, "link", "show", "dev", "br-ex"], env),
        needs={f"{sandbox.log}/ovs-vswitchd.log": pid},
    )  # fmt: skip
    _link_machine(sandbox, env)


def start_northd(sandbox: Sandbox) -> None:
    """The translator from the northbound to the southbound database."""
    db, control = sandbox.ovsdb, f"--unixctl={sandbox.run}/northd.ctl"
    argv = ["ovn-northd", f"--ovnnb-db={db}", f"--ovnsb-db={db}", control, "-vconsole:warn"]
    process.spawn(sandbox, "ovn-northd", argv, environment(sandbox))


def start_controller(sandbox: Sandbox) -> None:
    """The controller of the one chassis."""
    env, db = environment(sandbox), sandbox.ovsdb
    pid = process.spawn(sandbox, "ovn-controller", ["ovn-controller", db, "-vconsole:warn"], env)
    chassis = ["ovn-sbctl", f"--db={db}", "--bare", "list", "Chassis"]
    log = f"{sandbox.log}/ovn-controller.log"
    process.wait("the OVN chassis", lambda: CHASSIS in process.run(chassis, env), needs={log: pid})


def remove_namespaces(sandbox: Sandbox) -> None:
    """End what runs in the guests, then remove every namespace of this sandbox with all devices in it."""
    prefix, env = sandbox.switch_namespace, environment(sandbox)
    folder = Path("/run/netns")
    names = sorted(p.name for p in folder.glob(f"{prefix}*")) if folder.is_dir() else []
    for name in (n for n in names if n == prefix or n.startswith(f"{prefix}-")):
        with suppress(SandboxError):
            for pid in process.run(["ip", "netns", "pids", name], env).split():
                process.send(int(pid), signal.SIGKILL)
        with suppress(SandboxError):  # its kernel object ends later than its name
            process.run(["ip", "link", "del", f"{prefix}h"], env)
        process.run(["ip", "netns", "del", name], env)


def _vsctl(sandbox: Sandbox) -> list[str]:
    return ["ovs-vsctl", f"--db={sandbox.ovsdb}", "--no-wait"]


def _chassis(sandbox: Sandbox) -> list[str]:
    """ovs-vsctl's words that make this switch the chassis, with its two bridges."""
    options = {
        "system-id": CHASSIS,
        "hostname": CHASSIS,
        "ovn-remote": sandbox.ovsdb,
        "ovn-encap-type": "geneve",
        "ovn-encap-ip": "127.0.0.1",
        "ovn-bridge": "br-int",
        "ovn-bridge-datapath-type": "netdev",
        "ovn-bridge-mappings": "physnet1:br-ex",
        "ovn-cms-options": "enable-chassis-as-gw",
        "ovn-monitor-all": "true",
    }
    words = ["init"]
    for key, value in options.items():
        words += ["--", "set", "Open_vSwitch", ".", f'external_ids:{key}="{value}"']
    for bridge, fail_mode in (("br-int", "secure"), ("br-ex", "standalone")):
        words += ["--", "--may-exist", "add-br", bridge]
        words += ["--", "set", "Bridge", bridge, "datapath_type=netdev", f"fail_mode={fail_mode}"]
    return words


def _link_machine(sandbox: Sandbox, env: dict[str, str]) -> None:
    """Route the external network from the machine to br-ex, so that floating IPs answer from here."""
    name, link, ext = sandbox.switch_namespace, sandbox.link_net, sandbox.external_net
    outer, inner = f"{name}h", f"{name}n"
    process.run(["ip", "link", "add", outer, "type", "veth", "peer", "name", inner, "netns", name], env)
    inside = (f"addr add {ext}.1/24 dev br-ex", "link set br-ex up", f"addr add {link}.2/30 dev {inner}")
    process.run(["ip", "-n", name, "-batch", "-"], env, stdin="\n".join((*inside, f"link set {inner} up\n")))
    outside = f"addr add {link}.1/30 dev {outer}\nlink set {outer} up\nroute add {ext}.0/24 via {link}.2\n"
    process.run(["ip", "-batch", "-"], env, stdin=outside)
    process.run(["ip", "netns", "exec", name, "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward"], env)
