# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A guest is a network namespace whose interfaces are ports of the virtual switch, with the addresses of neutron.

Without privileges there is no namespace: the ports exist in the (dummy) switch alone, enough to turn them ACTIVE.
"""

from __future__ import annotations

import os
import subprocess
import time

from nova import exception

OVSDB = os.environ["MANO_SANDBOX_OVSDB"]
SWITCH = os.environ.get("MANO_SANDBOX_NAMESPACE", "")  # the switch's namespace; empty without privileges


def plug(instance, vifs):
    """Give the guest these interfaces; those it has are set up again."""
    guest = _guest(instance)
    if SWITCH and vifs and _run("ip", "netns", "add", guest, check=False).returncode == 0:
        _run("ip", "-n", guest, "link", "set", "lo", "up")
    for vif in vifs:
        if vif.get("type") == "ovs":
            _add_port(instance, vif)
            if SWITCH:
                _move_in(guest, vif)


def unplug(vifs):
    """Take these interfaces away."""
    for vif in vifs or []:
        _vsctl("--if-exists", "del-port", "br-int", _device(vif), check=False)


def remove(instance, vifs):
    """Take the guest away."""
    unplug(vifs)
    if SWITCH:
        pids = _run("ip", "netns", "pids", _guest(instance), check=False).stdout.split()
        if pids:  # what a test started inside
            _run("kill", "-KILL", *pids, check=False)
        _run("ip", "netns", "del", _guest(instance), check=False)


def switch_off(instance):
    """Its links go down, so that it answers no more; `plug` brings them back."""
    if SWITCH:
        lines = _run("ip", "-n", _guest(instance), "-o", "link", check=False).stdout.splitlines()
        for name in (line.split(": ")[1].split("@")[0] for line in lines):
            if name.startswith("tap"):
                _run("ip", "-n", _guest(instance), "link", "set", name, "down", check=False)


def _guest(instance):
    return f"{SWITCH}-{instance.uuid[:8]}"


def _device(vif):
    return vif.get("devname") or f"tap{vif['id'][:11]}"


def _add_port(instance, vif):
    device = _device(vif)
    _vsctl(
        "--may-exist", "add-port", "br-int", device, "--",
        "set", "Interface", device, "type=internal", f"external_ids:iface-id={vif['id']}",
        f'external_ids:attached-mac="{vif["address"]}"', "external_ids:iface-status=active",
        f"external_ids:vm-id={instance.uuid}",
    )  # fmt: skip


def _move_in(guest, vif):
    """Move the interface from the switch's namespace to the guest's and set its addresses and routes."""
    device = _device(vif)
    if _run("ip", "-n", guest, "link", "show", "dev", device, check=False).returncode:
        end = time.monotonic() + 10  # the switch makes it after ovs-vsctl has returned
        move = ("ip", "-n", SWITCH, "link", "set", device, "netns", guest)
        while _run(*move, check=False).returncode and time.monotonic() < end:
            time.sleep(0.02)
    done = _run("ip", "-n", guest, "-force", "-batch", "-", check=False, stdin="\n".join(_setup(vif, device)) + "\n")
    if done.returncode and "File exists" not in done.stderr:
        raise exception.NovaException(f"{guest}: {done.stderr.strip()}")


def _setup(vif, device):
    mtu = vif["network"].get("meta", {}).get("mtu") or 1442
    commands = [f"link set {device} address {vif['address']} mtu {mtu}"]
    routes = []
    for subnet in vif["network"]["subnets"]:
        length = subnet["cidr"].split("/")[1]
        commands += [f"addr replace {ip['address']}/{length} dev {device}" for ip in subnet.get("ips", [])]
        gateway = (subnet.get("gateway") or {}).get("address")
        if gateway and subnet.get("ips"):
            everything = "::/0" if ":" in gateway else "0.0.0.0/0"  # a line of a batch takes no -6
            routes.append(f"route append {everything} via {gateway} dev {device}")
    return [*commands, f"link set {device} up", *routes]


def _vsctl(*words, check=True):
    return _run("ovs-vsctl", f"--db={OVSDB}", "--timeout=10", *words, check=check)


def _run(*argv, check=True, stdin=None):
    done = subprocess.run(argv, capture_output=True, text=True, timeout=30, check=False, input=stdin)
    if check and done.returncode:
        raise exception.NovaException(f"{' '.join(argv)}: {done.stderr.strip()}")
    return done
