# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The resources are ETSI's: same names, same shapes, bodies that the ETSI schemas accept."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import jsonschema
import pytest

from ansible_collections.nfv.mano.plugins.module_utils.sol import lcm_op_occ as op
from ansible_collections.nfv.mano.plugins.module_utils.sol import vnf_instance as vnf
from ansible_collections.nfv.mano.plugins.module_utils.sol import vnf_pkg_info as pkg
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import camel, from_plain, to_plain

SCHEMAS = Path(__file__).resolve().parents[4] / "shared" / "schemas"
needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the ETSI schemas are not here")
TIME = "2026-11-21T07:34:00Z"
FREE = {"my_key": {"in_here": 1}}


def _handle(resource_id: str, kind: str = "OS::Nova::Server") -> vnf.ResourceHandle:
    return vnf.ResourceHandle("vim-1", resource_id, kind, "provider")


def _protocol() -> tuple[vnf.CpProtocolInfo, ...]:
    addresses = (
        vnf.IpAddresses("IPV4", ("192.0.2.5",), is_dynamic=True, subnet_id="s1"),
        vnf.IpAddresses("IPV6", address_range=vnf.AddressRange("2001:db8::1", "2001:db8::9")),
    )
    return (vnf.CpProtocolInfo(ip_over_ethernet=vnf.IpOverEthernetAddressInfo("fa:16:3e:00:00:01", addresses)),)


def _instantiated() -> vnf.InstantiatedVnfInfo:
    port = vnf.VnfLinkPortInfo("fw-0-right", _handle("p2"), "fw-0-right", vnf.VNFC_CP)
    return vnf.InstantiatedVnfInfo(
        flavour_id="simple",
        vnf_state=vnf.STARTED,
        scale_status=(vnf.ScaleInfo("left", 0),),
        ext_cp_info=(vnf.VnfExtCpInfo("fw-0-mgmt", "mgmt", _protocol(), "p1", FREE, "fw-0-mgmt", "right"),),
        ext_virtual_link_info=(
            vnf.ExtVirtualLinkInfo("e1", _handle("n1"), (vnf.ExtLinkPortInfo("p1", _handle("p1"), "fw-0-mgmt"),)),
        ),
        ext_managed_virtual_link_info=(vnf.ExtManagedVirtualLinkInfo("m1", "left", _handle("n2"), (port,)),),
        monitoring_parameters=(vnf.MonitoringParameter("cpu", "VcpuUsageMeanVnf.x", "CPU"),),
        localization_language="en",
        vnfc_resource_info=(
            vnf.VnfcResourceInfo(
                "fw-0",
                "fw",
                _handle("s1"),
                ("fw-0-disk",),
                "r1",
                (
                    vnf.VnfcCpInfo("fw-0-mgmt", "mgmt", "fw-0-mgmt", _protocol()),
                    vnf.VnfcCpInfo("fw-0-right", "right", None, _protocol(), "fw-0-right", FREE),
                ),
                FREE,
            ),
        ),
        virtual_link_resource_info=(vnf.VirtualLinkResourceInfo("right", "right", _handle("n3"), "r2", (port,), FREE),),
        virtual_storage_resource_info=(vnf.VirtualStorageResourceInfo("fw-0-disk", "disk", _handle("v1"), "r3", FREE),),
    )


def _instance() -> vnf.VnfInstance:
    return vnf.VnfInstance(
        id="6f1c",
        vnfd_id="d1",
        vnf_provider="Company",
        vnf_product_name="Firewall",
        vnf_software_version="1.0",
        vnfd_version="1.0",
        instantiation_state=vnf.INSTANTIATED,
        vnf_instance_name="fw-berlin",
        vnf_instance_description="first",
        vnf_configurable_properties=FREE,
        vim_connection_info=(vnf.VimConnectionInfo("vim-1", "OPENSTACK_V3", "v", FREE, FREE, FREE),),
        instantiated_vnf_info=_instantiated(),
        metadata=FREE,
        extensions=FREE,
    )


def _occurrence() -> op.VnfLcmOpOcc:
    modifications = op.VnfInfoModifications(
        "a", "b", FREE, FREE, FREE, _instance().vim_connection_info, "pkg", "d1", "Company", "Firewall", "1.0", "1.0"
    )
    return op.VnfLcmOpOcc(
        id="o1",
        operation_state=op.FAILED_TEMP,
        state_entered_time=TIME,
        start_time=TIME,
        vnf_instance_id="6f1c",
        operation="SCALE",
        operation_params={"type": "SCALE_OUT", "aspect_id": "left", "number_of_steps": 1},
        is_cancel_pending=True,
        cancel_mode="GRACEFUL",
        grant_id="g1",
        error=op.ProblemDetails(500, "No valid host was found.", "failed", "about:blank", "urn:x"),
        resource_changes=op.ResourceChanges(
            (op.AffectedVnfc("fw-1", "fw", op.ADDED, _handle("s2"), FREE, ("fw-1-mgmt",), ("d",), ("e",)),),
            (op.AffectedVirtualLink("right", "right", op.LINK_PORT_ADDED, _handle("n3"), FREE),),
            (op.AffectedVirtualStorage("fw-1-disk", "disk", op.ADDED, _handle("v2"), FREE),),
        ),
        changed_info=modifications,
        changed_ext_connectivity=_instantiated().ext_virtual_link_info,
    )


def _package() -> pkg.VnfPkgInfo:
    checksum = pkg.Checksum("SHA-256", "00ff")
    image = pkg.VnfPackageSoftwareImageInfo(
        "fw", "fw", "Company", "1.0", checksum, "BARE", "QCOW2", TIME, 1 << 30, 1 << 28, 5, "Files/fw.qcow2", FREE
    )
    artifact = pkg.VnfPackageArtifactInfo("Scripts/x.sh", checksum, FREE)
    return pkg.VnfPkgInfo(
        "p1",
        pkg.ONBOARDED,
        pkg.ENABLED,
        pkg.IN_USE,
        "d1",
        "Company",
        "Firewall",
        "1.0",
        "1.0",
        checksum,
        (image,),
        (artifact,),
        FREE,
    )


CASES = [
    pytest.param("vnfInstance", _instance(), id="VnfInstance"),
    pytest.param("vnfInstance", vnf.VnfInstance("i", "d", "p", "n", "s", "v"), id="VnfInstance, least"),
    pytest.param("vnfLcmOpOcc", _occurrence(), id="VnfLcmOpOcc"),
    pytest.param(
        "vnfLcmOpOcc", op.VnfLcmOpOcc("o", op.STARTING, TIME, TIME, "i", "TERMINATE", {}), id="VnfLcmOpOcc, least"
    ),
    pytest.param("vnfPkgInfo", _package(), id="VnfPkgInfo"),
    pytest.param("vnfPkgInfo", pkg.VnfPkgInfo("p", pkg.ONBOARDED, pkg.ENABLED, pkg.IN_USE), id="VnfPkgInfo, least"),
]


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


@needs_schemas
@pytest.mark.parametrize(("name", "resource"), CASES)
def test_the_body_is_valid_against_the_etsi_schema(name: str, resource: Any) -> None:
    jsonschema.validate(camel(to_plain(resource)), _schema(name))


@needs_schemas
@pytest.mark.parametrize(
    ("name", "cls"), [("vnfInstance", vnf.VnfInstance), ("vnfLcmOpOcc", op.VnfLcmOpOcc), ("vnfPkgInfo", pkg.VnfPkgInfo)]
)
def test_each_field_is_one_of_the_schema_and_the_other_way_round(name: str, cls: type) -> None:
    _compare(cls, _schema(name), cls.__name__)


def _compare(cls: type, schema: dict[str, Any], where: str) -> None:
    ours = {next(iter(camel({f.name: 0}))): f.name for f in fields(cls)}
    assert set(ours) == set(schema["properties"]) - {"_links"}, where
    hints = get_type_hints(cls)
    for key, name in ours.items():
        inner = _dataclass_in(hints[name])
        if inner:
            described = schema["properties"][key]
            _compare(inner, described.get("items", described), f"{where}.{name}")


def _dataclass_in(hint: Any) -> type | None:
    if is_dataclass(hint) and isinstance(hint, type):
        return hint
    return next((found for arg in get_args(hint) if (found := _dataclass_in(arg))), None)


@pytest.mark.parametrize(("name", "resource"), CASES)
def test_a_resource_comes_back_from_its_plain_form(name: str, resource: Any) -> None:
    assert from_plain(type(resource), json.loads(json.dumps(to_plain(resource)))) == resource, name
