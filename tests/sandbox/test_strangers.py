# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packages that strangers made, through their whole life. Their images are placeholders, so the play names one of the
VIM's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cloud import ids as cloud_ids
from cloud import lose_server, owned
from openstack.connection import Connection
from plays import Stage, passed

CORPUS = Path(__file__).parents[3] / "shared/corpus/tacker"

CASES: dict[str, dict[str, Any]] = {
    "v1-vnflcm1": {"software_images": {"VirtualStorage": "tiny"}},
    "v1-vnflcm2": {"software_images": {"VDU1": "tiny"}},
    "v1-vnflcm4": {"software_images": {"VDU1": "tiny", "VirtualStorage": "tiny"}},
}


def external_links(name: str, cloud: Connection, external: Any) -> list[dict[str, Any]]:
    """vnflcm4 has an external CP that wants a whole NIC, which this VIM does not have: it is given a port of the play's
    own.
    """
    if name != "v1-vnflcm4":
        return []
    port = cloud.network.create_port(network_id=external.id, name="given-port")
    config = {"0": {"link_port_id": port.id}}
    return [{"id": "ext", "resource_id": external.id, "ext_cps": [{"cpd_id": "CP1", "cp_config": config}]}]


@pytest.mark.skipif(not CORPUS.exists(), reason="the packages of others are not beside the checkout")
@pytest.mark.parametrize("name", sorted(CASES))
def test_life_of_a_stranger(stage: Stage, cloud: Connection, external: Any, name: str) -> None:
    scaled = "VDU2" if name == "v1-vnflcm4" else "VDU1"
    known = cloud_ids(cloud)
    links = external_links(name, cloud, external)
    package = passed(stage.task("vnf_package", src=str(CORPUS / f"{name}.csar")))["vnf_package"]
    wish = {"name": "vnf", "vnfd_id": package["vnfd_id"], "vim_assets": CASES[name], "ext_virtual_links": links}
    _made, again = map(passed, stage.play(*[{"nfv.mano.vnf_instance": wish}] * 2).results)
    assert not again["changed"]
    count = len(list(cloud.compute.servers()))
    passed(stage.task("vnf_scale", name="vnf", aspect_id="worker_instance", type="SCALE_OUT"))
    assert len(list(cloud.compute.servers())) == count + 1
    lose_server(cloud, f"{scaled}-1")
    healed = passed(stage.task("vnf_instance", name="vnf"))
    assert [o["operation"] for o in healed["operations"]] == ["HEAL"]
    passed(stage.task("vnf_scale", name="vnf", aspect_id="worker_instance", type="SCALE_IN"))
    assert len(list(cloud.compute.servers())) == count
    end = {"nfv.mano.vnf_instance": {"name": "vnf", "state": "absent"}}
    assert all(passed(r)["changed"] for r in stage.play({"nfv.mano.vnf_heal": {"name": "vnf"}}, end).results)
    assert owned(cloud, known) == ({"ports": ["given-port"]} if links else {})
