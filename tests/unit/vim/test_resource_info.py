# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was seen, told as SOL003's InstantiatedVnfInfo."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from topologies import CpConfig, ExtCpLink, FixedAddress, cp, port, storage, topology, vnfc

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour
from ansible_collections.nfv.mano.plugins.module_utils.lcm.resource_info import instantiated_vnf_info
from ansible_collections.nfv.mano.plugins.module_utils.plan.observation import NOTHING, Observation, Observed
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import (
    Deployment,
    ExtManagedVirtualLink,
    ExtVirtualLink,
)
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import camel, to_plain

FLAVOUR = Flavour(
    id="simple",
    description="",
    vdus={},
    storages={},
    cps={},
    ext_cps={},
    virtual_links={},
    aspects={},
    deltas=(),
    initial_delta={},
    levels={},
    default_level=None,
)
DEPLOYMENT = Deployment(
    "vnfd",
    "simple",
    None,
    {"edge": 1, "core": 0},
    ext_virtual_links=(ExtVirtualLink("ext-1", "oam"),),
    ext_managed_virtual_links=(ExtManagedVirtualLink("managed-1", "backbone", "their-net"),),
)


def whole() -> Topology:
    fixed = CpConfig(fixed_addresses=(FixedAddress("10.0.0.9"),))
    one = vnfc(0)
    ports = (
        port(one.id, cp()),
        port(one.id, cp("oam", 1, None), "oam", config=fixed),
        port(
            one.id,
            cp("bone", 2, "backbone"),
            "their-net",
            ext_virtual_link_id=None,
            ext_managed_virtual_link_id="managed-1",
        ),
    )
    return topology(
        vnfcs=(replace(one, ports=ports, storages=(storage(one.id),)),),
        ext_cps=(ExtCpLink("outside", "internal", "public", "ext-1"),),
        external_networks={"ext-1": "oam", "managed-1": "their-net"},
    )


def seen_port(id_: str, network: str, *addresses: str) -> Observed:
    ips = [{"ip_address": a, "subnet_id": f"subnet-{network}"} for a in addresses]
    attributes = {"mac_address": "fa:16:3e:00:00:01", "ip_addresses": ips, "network_id": network, "device_id": "s"}
    return Observed("link_port", id_, f"port-{id_}", "OS::Neutron::Port", attributes=attributes)


def seen(status: str = "ok") -> Observation:
    attributes = {"flavor": "m1.tiny", "zone": "sim", "host": None}
    found = [
        Observed("vnfc", "fw-0", "server-1", "OS::Nova::Server", status, attributes=attributes),
        seen_port("fw-0-mgmt", "net-1", "192.168.0.3", "fd00::3"),
        seen_port("fw-0-oam", "net-oam", "10.0.0.9", "10.0.0.10"),
        seen_port("fw-0-bone", "net-theirs", "10.1.0.4"),
        Observed("virtual_storage", "fw-0-data", "volume-1", "OS::Cinder::Volume"),
        Observed("virtual_link", "internal", "net-1", "OS::Neutron::Net"),
    ]
    return Observation(True, "complete", resources={(o.kind, o.id): o for o in found})


def info(observation: Observation) -> dict[str, Any]:
    found: dict[str, Any] = camel(to_plain(instantiated_vnf_info(FLAVOUR, DEPLOYMENT, whole(), observation, "vim-1")))
    return found


def test_every_resource_is_told_under_the_topologys_id() -> None:
    found = info(seen())
    (server,) = found["vnfcResourceInfo"]
    assert (server["id"], server["vduId"], server["storageResourceIds"]) == ("fw-0", "fw", ["fw-0-data"])
    assert server["computeResource"] == {
        "vimConnectionId": "vim-1",
        "resourceId": "server-1",
        "vimLevelResourceType": "OS::Nova::Server",
    }
    assert server["metadata"] == {"flavor": "m1.tiny", "zone": "sim"}
    assert [c["cpdId"] for c in server["vnfcCpInfo"]] == ["mgmt", "oam", "bone"]
    assert [s["id"] for s in found["virtualStorageResourceInfo"]] == ["fw-0-data"]
    assert found["vnfState"] == "STARTED"
    assert found["scaleStatus"] == [{"aspectId": "core", "scaleLevel": 0}, {"aspectId": "edge", "scaleLevel": 1}]


def test_each_link_has_its_own_ports() -> None:
    found = info(seen())
    (internal,) = found["virtualLinkResourceInfo"]
    assert [p["resourceHandle"]["resourceId"] for p in internal["vnfLinkPorts"]] == ["port-fw-0-mgmt"]
    (external,) = found["extVirtualLinkInfo"]
    assert external["resourceHandle"]["resourceId"] == "net-oam"
    assert [p["id"] for p in external["extLinkPorts"]] == ["fw-0-oam"]
    (managed,) = found["extManagedVirtualLinkInfo"]
    assert (managed["vnfVirtualLinkDescId"], managed["networkResource"]["resourceId"]) == ("backbone", "net-theirs")
    assert [p["id"] for p in managed["vnfLinkPorts"]] == ["fw-0-bone"]


def test_references_between_cps_lead_somewhere() -> None:
    found = info(seen())
    ext = {c["id"]: c for c in found["extCpInfo"]}
    cps = {c["id"]: c for v in found["vnfcResourceInfo"] for c in v["vnfcCpInfo"]}
    link_ports = {p["id"] for link in found["virtualLinkResourceInfo"] for p in link["vnfLinkPorts"]}
    link_ports |= {p["id"] for link in found["extManagedVirtualLinkInfo"] for p in link["vnfLinkPorts"]}
    assert {c["vnfExtCpId"] for c in cps.values() if "vnfExtCpId" in c} == {"fw-0-oam"}
    assert {c["vnfLinkPortId"] for c in cps.values() if "vnfLinkPortId" in c} == link_ports
    assert ext["fw-0-oam"]["associatedVnfcCpId"] in cps
    assert ext["outside"]["associatedVnfVirtualLinkId"] == "internal"


def test_addresses_are_told_by_subnet_and_a_given_one_is_not_dynamic() -> None:
    (server,) = info(seen())["vnfcResourceInfo"]
    addresses = [c["cpProtocolInfo"][0]["ipOverEthernet"]["ipAddresses"] for c in server["vnfcCpInfo"]]
    assert [(a["type"], a["isDynamic"], a["addresses"]) for a in addresses[0]] == [
        ("IPV4", True, ["192.168.0.3"]),
        ("IPV6", True, ["fd00::3"]),
    ]
    assert [(a["isDynamic"], a["addresses"]) for a in addresses[1]] == [(False, ["10.0.0.9"]), (True, ["10.0.0.10"])]


def test_what_was_not_seen_is_left_out_and_all_stopped_is_stopped() -> None:
    found = info(NOTHING)
    assert not found.get("vnfcResourceInfo")
    assert found["extVirtualLinkInfo"][0]["resourceHandle"]["resourceId"] == "oam"
    assert info(seen("stopped"))["vnfState"] == "STOPPED"


SCHEMA = Path(__file__).parents[4] / "shared/schemas/vnfInstance.schema.json"


@pytest.mark.skipif(not SCHEMA.exists(), reason="the ETSI schemas are not beside the checkout")
@pytest.mark.parametrize("observation", [seen(), NOTHING], ids=["all", "nothing"])
def test_it_is_what_the_etsi_schema_wants(observation: Observation) -> None:
    schema = json.loads(SCHEMA.read_text())["properties"]["instantiatedVnfInfo"]
    jsonschema.validate(info(observation), schema)
