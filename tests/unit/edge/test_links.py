"""ext_virtual_links and ext_managed_virtual_links: SOL003 in, values out, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import (
    CpConfig,
    ExtManagedVirtualLink,
    ExtVirtualLink,
    FixedAddress,
)
from ansible_collections.nfv.mano.plugins.module_utils.tasks import links


def with_layer(**ip_over_ethernet: Any) -> list[dict[str, Any]]:
    """One link with one CP, whose VNFC 0 has these addresses."""
    layer = {"layer_protocol": "IP_OVER_ETHERNET", "ip_over_ethernet": ip_over_ethernet}
    config = {"0": {"cp_protocol_data": [layer]}}
    return [{"id": "oam", "resource_id": "net", "ext_cps": [{"cpd_id": "cp", "cp_config": config}]}]


def config_of(value: Any) -> CpConfig:
    (link,) = links.ext_virtual_links(value)
    ((config,),) = link.ext_cps.values()
    return config


def test_the_short_form_is_the_cpd_id() -> None:
    assert links.ext_virtual_links([{"id": "oam", "resource_id": "net", "ext_cps": ["a", "b"]}]) == (
        ExtVirtualLink("oam", "net", {"a": (CpConfig(),), "b": (CpConfig(),)}),
    )


def test_a_cp_without_config_is_the_same_as_its_short_form() -> None:
    long = links.ext_virtual_links([{"id": "oam", "resource_id": "net", "ext_cps": [{"cpd_id": "a"}]}])
    assert long == links.ext_virtual_links([{"id": "oam", "resource_id": "net", "ext_cps": ["a"]}])


def test_addresses_of_one_vnfc() -> None:
    config = config_of(
        with_layer(
            mac_address="FA:16:3E:00:00:01",
            ip_addresses=[
                {"type": "IPV4", "fixed_addresses": ["192.0.2.10", "192.0.2.11"], "subnet_id": "v4"},
                {"type": "IPV6", "num_dynamic_addresses": 2, "subnet_id": "v6"},
            ],
            allowed_address_pairs=[
                {"ip_address": "198.51.100.0/24"},
                {"ip_address": "192.0.2.99", "mac_address": "00:00:5e:00:01:01"},
            ],
            security_groups=["web"],
        )
    )
    assert config == CpConfig(
        key="0",
        mac_address="fa:16:3e:00:00:01",
        fixed_addresses=(
            FixedAddress("192.0.2.10", "v4"),
            FixedAddress("192.0.2.11", "v4"),
            FixedAddress(None, "v6"),
            FixedAddress(None, "v6"),
        ),
        allowed_address_pairs=(("198.51.100.0/24", None), ("192.0.2.99", "00:00:5e:00:01:01")),
        security_groups=("web",),
    )


def test_one_dynamic_address_without_a_subnet_asks_for_nothing_special() -> None:
    assert config_of(with_layer(ip_addresses=[{"type": "IPV4", "num_dynamic_addresses": 1}])).fixed_addresses == ()


def test_a_link_port_is_found_by_its_ext_link_port_id() -> None:
    value = [
        {
            "id": "oam",
            "resource_id": "net",
            "ext_cps": [
                {"cpd_id": "cp", "cp_config": {"0": {"link_port_id": "p1"}, 1: {"link_port_id": "vim-port-2"}}}
            ],
            "ext_link_ports": [{"id": "p1", "resource_handle": {"resource_id": "vim-port-1"}}],
        }
    ]
    (link,) = links.ext_virtual_links(value)
    assert [(c.key, c.link_port_id) for c in link.ext_cps["cp"]] == [("0", "vim-port-1"), ("1", "vim-port-2")]


def test_instances_of_one_cp_may_go_to_different_links() -> None:
    value = [
        {"id": name, "resource_id": name, "ext_cps": [{"cpd_id": "cp", "cp_config": {str(n): {}}}]}
        for n, name in enumerate(("a", "b"))
    ]
    assert [next(iter(link.ext_cps["cp"])).key for link in links.ext_virtual_links(value)] == ["0", "1"]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (
            [{"id": "a", "resource_id": "n", "ext_cps": "cp"}],
            "ext_virtual_links[0].ext_cps must be a list, not a string",
        ),
        (
            [{"id": "a", "resource_id": "n", "ext_cps": [7]}],
            "ext_virtual_links[0].ext_cps[0] must be a map, not a number",
        ),
        (
            [{"id": "a", "resource_id": "n", "ext_cps": [{"cpd": "x"}]}],
            "ext_cps[0] has unknown key(s) cpd; it takes cpd_id, cp_config",
        ),
        ([{"id": "a", "resource_id": "n", "ext_cps": [{"cp_config": {}}]}], "ext_cps[0] lacks cpd_id"),
        ([{"id": "a", "resource_id": ""}], "ext_virtual_links[0].resource_id must not be empty"),
        ([{"id": "a", "resource_id": "n"}, {"id": "a", "resource_id": "m"}], "ext_virtual_links names a twice"),
        ([{"id": "a", "resource_id": "n", "ext_cps": ["x", "x"]}], "ext_cps names x twice"),
        (with_layer(mac_address="fa:16"), "ip_over_ethernet.mac_address must be a MAC address"),
        (with_layer(ip_addresses=[{"fixed_addresses": ["192.0.2.300"]}]), "must be an IP address, not 192.0.2.300"),
        (with_layer(ip_addresses=[{"type": "IPV6", "fixed_addresses": ["192.0.2.3"]}]), "which is not an IPV6 address"),
        (with_layer(ip_addresses=[{"type": "IPX"}]), "type must be IPV4 or IPV6, not IPX"),
        (with_layer(ip_addresses=[{"address_range": {}}]), "has unknown key(s) address_range"),
        (with_layer(ip_addresses=[{"num_dynamic_addresses": 2}]), "needs a subnet_id"),
        (with_layer(ip_addresses=[{"num_dynamic_addresses": "two"}]), "must be a whole number from 0, not 'two'"),
        (with_layer(ip_addresses=[{"num_dynamic_addresses": 1, "fixed_addresses": ["192.0.2.1"]}]), "not both"),
        (with_layer(allowed_address_pairs=[{"mac_address": "00:00:5e:00:01:01"}]), "lacks ip_address"),
        (
            with_layer(allowed_address_pairs=[{"ip_address": "any"}]),
            "must be an IP address or a range in CIDR form, not any",
        ),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(value: Any, says: str) -> None:
    with pytest.raises(ManoError) as caught:
        links.ext_virtual_links(value)
    assert caught.value.error_code == "invalid_options"
    assert says in caught.value.message


def test_a_port_that_is_there_takes_no_addresses() -> None:
    config = {"0": {"link_port_id": "p", "cp_protocol_data": [{"layer_protocol": "IP_OVER_ETHERNET"}]}}
    with pytest.raises(ManoError, match="not both"):
        links.ext_virtual_links([{"id": "a", "resource_id": "n", "ext_cps": [{"cpd_id": "cp", "cp_config": config}]}])


def test_another_layer_protocol_is_refused() -> None:
    config = {"0": {"cp_protocol_data": [{"layer_protocol": "IP_FOR_VIRTUAL_CP"}]}}
    with pytest.raises(ManoError, match="must be IP_OVER_ETHERNET, not IP_FOR_VIRTUAL_CP"):
        links.ext_virtual_links([{"id": "a", "resource_id": "n", "ext_cps": [{"cpd_id": "cp", "cp_config": config}]}])


def test_ext_managed_virtual_links() -> None:
    value = [{"id": "m", "vnf_virtual_link_desc_id": "mgmt", "resource_id": "net"}]
    assert links.ext_managed_virtual_links(value) == (ExtManagedVirtualLink("m", "mgmt", "net"),)
    with pytest.raises(ManoError, match="ext_managed_virtual_links names mgmt twice"):
        links.ext_managed_virtual_links([*value, {**value[0], "id": "other"}])
