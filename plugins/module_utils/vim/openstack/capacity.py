# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a topology takes, and what the project has left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from typing import Any, TypeAlias

from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.flavours import need_of
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.hot import gib
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.hot_network import subnets_of
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.session import Cloud
from ansible_collections.nfv.mano.plugins.module_utils.vim.port import Capacity, Need

_NOVA = {
    "instances": ("maxTotalInstances", "totalInstancesUsed"),
    "cores": ("maxTotalCores", "totalCoresUsed"),
    "ram_mib": ("maxTotalRAMSize", "totalRAMUsed"),
    "server_groups": ("maxServerGroups", "totalServerGroupsUsed"),
}
_CINDER = {
    "volumes": ("maxTotalVolumes", "totalVolumesUsed"),
    "volume_gib": ("maxTotalVolumeGigabytes", "totalGigabytesUsed"),
}
_NEUTRON = {"ports": "port", "networks": "network", "subnets": "subnet", "security_groups": "security_group"}

Quota: TypeAlias = "dict[str, tuple[int | None, int | None]]"
"""Field of Need -> (limit, None = unlimited; use, None = unknown)."""


def need(topology: Topology, existing: Topology | None) -> Need:
    """What `topology` takes beyond `existing`."""
    now, then = _sum(topology), _sum(existing) if existing else Need()
    return Need(**{f.name: max(0, getattr(now, f.name) - getattr(then, f.name)) for f in fields(Need)})


def _sum(topology: Topology) -> Need:
    needs = [need_of(vnfc) for vnfc in topology.vnfcs]
    volumes = [storage for vnfc in topology.vnfcs for storage in vnfc.storages]
    ports = [port for vnfc in topology.vnfcs for port in vnfc.ports if not port.config.link_port_id]
    return Need(
        instances=len(needs),
        cores=sum(n.vcpus for n in needs),
        ram_mib=sum(n.ram for n in needs),
        ports=len(ports),
        networks=len(topology.virtual_links),
        subnets=sum(len(subnets) for subnets in subnets_of(topology.virtual_links).values()),
        security_groups=len({tuple(sorted(p.security_group_rules)) for p in ports if p.security_group_rules}),
        server_groups=len(topology.server_groups),
        volumes=len(volumes),
        volume_gib=sum(gib(v.storage.size) for v in volumes),
    )


def capacity(cloud: Cloud) -> Capacity:
    """What is left of each quota, and the zones in which servers can be made."""
    quota, zones = _asked(cloud)
    left = {
        key: None if limit is None or used is None else max(0, limit - used) for key, (limit, used) in quota.items()
    }
    return Capacity(left=left, zones=zones)


def status(cloud: Cloud) -> dict[str, Any]:
    """Capabilities, zones, quota and use; raises when a service does not answer."""
    quota, zones = _asked(cloud)
    build = cloud.get("orchestration", "/build_info")
    return {
        "project_id": cloud.project_id,
        "zones": list(zones),
        "quota": {key: {"limit": limit, "used": used} for key, (limit, used) in sorted(quota.items())},
        "capabilities": {"orchestration": (build.get("engine") or {}).get("revision"), "volumes": "volumes" in quota},
    }


def _asked(cloud: Cloud) -> tuple[Quota, tuple[str, ...]]:
    cloud.login()
    calls: tuple[Callable[[], Any], ...] = (
        lambda: cloud.get("compute", "/limits")["limits"]["absolute"],
        lambda: _volume_limits(cloud),
        lambda: _network_quota(cloud),
        lambda: cloud.get("compute", "/os-availability-zone")["availabilityZoneInfo"],
    )
    with ThreadPoolExecutor(max_workers=len(calls)) as pool:
        nova, cinder, neutron, zones = [f.result() for f in [pool.submit(call) for call in calls]]
    quota: Quota = {key: _limits(nova, *pair) for key, pair in _NOVA.items()}
    quota |= {key: _limits(cinder, *pair) for key, pair in _CINDER.items()} if cinder else {}
    return quota | neutron, tuple(sorted(z["zoneName"] for z in zones if z["zoneState"]["available"]))


def _limits(absolute: Mapping[str, Any], limit: str, used: str) -> tuple[int | None, int | None]:
    return _limit(absolute.get(limit)), absolute.get(used)


def _limit(value: Any) -> int | None:
    return None if value is None or value < 0 else int(value)


def _volume_limits(cloud: Cloud) -> Mapping[str, Any] | None:
    """Cinder's limits; None where there is no Cinder."""
    if not cloud.has("block-storage"):
        return None
    return dict(cloud.get("block-storage", "/limits")["limits"]["absolute"])


def _network_quota(cloud: Cloud) -> Quota:
    """Neutron's quotas with their use; where a tenant may not read the use, without."""
    path = f"/quotas/{cloud.project_id}"
    details = cloud.request("GET", "network", f"{path}/details", accept=(403, 404))
    if details.status_code < 400:
        found = details.json()["quota"]
        return {
            key: (_limit(found[name]["limit"]), found[name]["used"] + found[name].get("reserved", 0))
            for key, name in _NEUTRON.items()
            if name in found
        }
    plain = cloud.request("GET", "network", path, accept=(403, 404))
    limits = plain.json()["quota"] if plain.status_code < 400 else {}
    return {key: (_limit(limits.get(name)), None) for key, name in _NEUTRON.items()}
