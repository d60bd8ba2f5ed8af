# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second sandbox beside the first: started through kill -9 and by two at once, ended with guests in it, and gone."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import openstack
from sandbox_tenant import CLI, STATE, Cloud, cli, until

pytest_plugins = ["sandbox_tenant"]


def test_a_second_sandbox_lives_and_leaves_nothing(box: Cloud, tmp_path: Path) -> None:
    state = tmp_path / "/".join(["deep"] * 20)  # too long a path for unix sockets
    env = {"MANO_SANDBOX": str(state), "MANO_SANDBOX_CACHE": str(STATE / "cache")}
    try:
        _kill_a_start(env)
        _start_twice_at_once(env)
        made = json.loads((state / "sandbox.json").read_text())
        slot = made["slot"]
        server = _boot(state)
        assert (f"mano{slot}-{server[:8]}" in _namespaces()) == made["namespaces"]
        assert len(_marked(state)) > 20
    finally:
        cli("down", env=env)
    assert _marked(state) == []
    assert [name for name in _namespaces() if name.split("-")[0] == f"mano{slot}"] == []
    assert [link.name for link in Path("/sys/class/net").iterdir() if link.name.startswith(f"mano{slot}")] == []
    assert str(state) not in Path("/proc/mounts").read_text()
    cli("down", "--wipe", "--caches", env=env)
    assert not state.exists()
    assert cli("status").returncode == 0
    assert box.tenant.network.find_network(box.network.id)


def _kill_a_start(env: dict[str, str]) -> None:
    with subprocess.Popen([str(CLI), "up"], env={**os.environ, **env}, stdout=subprocess.PIPE, text=True) as start:
        assert start.stdout is not None
        assert any("mariadb" in line for line in start.stdout)
        start.kill()
    assert start.returncode == -9
    assert cli("status", check=False, env=env).returncode == 3


def _start_twice_at_once(env: dict[str, str]) -> None:
    def start() -> subprocess.Popen[str]:
        return subprocess.Popen([str(CLI), "up"], env={**os.environ, **env}, stdout=subprocess.PIPE, text=True)

    with start() as one, start() as other:
        said = [one.communicate()[0], other.communicate()[0]]
    assert (one.returncode, other.returncode) == (0, 0), said
    assert sorted("was up already" in text for text in said) == [False, True], said


def _boot(state: Path) -> str:
    config = openstack.config.OpenStackConfig(config_files=[str(state / "clouds.yaml")], load_envvars=False)
    cloud = openstack.connection.Connection(config=config.get_one("sandbox"))
    network = cloud.network.create_network(name="beside")
    cloud.network.create_subnet(network_id=network.id, ip_version=4, cidr="10.9.0.0/24")
    image, flavor = cloud.image.find_image("tiny").id, cloud.compute.find_flavor("m1.tiny").id
    server = cloud.compute.create_server(
        name="beside", image_id=image, flavor_id=flavor, networks=[{"uuid": network.id}]
    )
    assert cloud.compute.wait_for_server(server, interval=0.3).status == "ACTIVE"
    port = next(iter(cloud.network.ports(device_id=server.id)))
    assert until("the port is up", lambda: cloud.network.get_port(port).status == "ACTIVE")
    return str(server.id)


def _namespaces() -> list[str]:
    folder = Path("/run/netns")
    return [path.name for path in folder.iterdir()] if folder.exists() else []


def _marked(state: Path) -> list[str]:
    """The processes that carry the sandbox's mark."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"MANO_SANDBOX_PROCESS={state}|".encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found
