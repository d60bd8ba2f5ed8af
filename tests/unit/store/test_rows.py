# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packages, VIMs, instances and operations: what is put in comes out, for its tenant only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.store import (
    engine,
    instances,
    leases,
    operations,
    packages,
    vims,
)


@pytest.fixture
def lease(store: engine.Store) -> leases.Lease:
    return leases.acquire(store, "vnf/default/fw-1", leases.this_process())


def test_a_package_comes_back_whole_and_is_listed_without_its_document(store: engine.Store, rows: Any) -> None:
    package = rows.package()
    packages.add(store, package)
    assert packages.get(store, "default", vnfd_id="fw") == package
    assert packages.get(store, "default", id=package.id) == package
    assert packages.listing(store, "default") == (replace(package, document={}),)
    packages.update_info(store, package.id, {"operational_state": "DISABLED"})
    assert packages.get(store, "default", vnfd_id="fw") == replace(package, info={"operational_state": "DISABLED"})
    packages.remove(store, package.id)
    assert packages.get(store, "default", vnfd_id="fw") is None
    with pytest.raises(ManoError, match="no longer in the store"):
        packages.update_info(store, package.id, {})


def test_a_large_document_comes_back_whole(store: engine.Store, rows: Any) -> None:
    package = rows.package(document={"nodes": ["é" * 1000] * 2000})
    packages.add(store, package)
    assert packages.get(store, "default", vnfd_id="fw") == package


def test_a_vnfd_is_onboarded_once_in_a_tenant(store: engine.Store, rows: Any) -> None:
    packages.add(store, rows.package())
    packages.add(store, rows.package(tenant="other"))
    with pytest.raises(ManoError, match="already has a package of VNFD fw") as caught:
        packages.add(store, rows.package())
    assert caught.value.error_code == "package_exists"


def test_a_package_in_use_stays(store: engine.Store, rows: Any) -> None:
    package = rows.package()
    packages.add(store, package)
    instances.insert(store, rows.instance(package))
    with pytest.raises(ManoError, match="fw-1") as caught:
        packages.remove(store, package.id)
    assert caught.value.error_code == "package_in_use"
    assert packages.get(store, "default", id=package.id) == package


def test_an_instance_cannot_be_made_from_a_package_that_is_gone_or_another_tenants(
    store: engine.Store, rows: Any
) -> None:
    package = rows.package()
    with pytest.raises(ManoError) as caught:
        instances.insert(store, rows.instance(package))
    assert caught.value.error_code == "package_not_found"
    packages.add(store, package)
    with pytest.raises(ManoError) as caught:
        instances.insert(store, rows.instance(package, tenant="other"))
    assert caught.value.error_code == "package_not_found"


def test_a_vim_is_registered_and_rewritten_under_its_name(store: engine.Store, rows: Any) -> None:
    vim = rows.vim()
    vims.put(store, vim)
    assert vims.get(store, "default", name="berlin") == vim
    assert vims.get(store, "default", id=vim.id) == vim
    vims.put(store, replace(vim, id="ignored", access={"cloud": "tenant"}, zones=()))
    assert vims.listing(store, "default") == (replace(vim, access={"cloud": "tenant"}, zones=()),)
    vims.remove(store, vim.id)
    assert vims.listing(store, "default") == ()


def test_a_tenant_has_one_default_vim(store: engine.Store, rows: Any) -> None:
    for tenant in ("default", "other"):
        vims.put(store, rows.vim(tenant, "a", default=True))
    vims.put(store, rows.vim(name="b"))
    assert vims.get(store, "default", default=True).name == "a"  # type: ignore[union-attr]
    vims.put(store, rows.vim(name="b", default=True))
    assert [(vim.name, vim.default) for vim in vims.listing(store, "default")] == [("a", False), ("b", True)]
    assert vims.get(store, "other", default=True).name == "a"  # type: ignore[union-attr]


def test_an_instance_comes_back_as_it_was(store: engine.Store, rows: Any, lease: leases.Lease) -> None:
    package = rows.package()
    packages.add(store, package)
    instance = rows.instance(package)
    instances.insert(store, instance)
    assert instances.get(store, "default", name="fw-1") == instance
    after = replace(instance, deployment={"scale_levels": {}}, stack_id="s1", assets={"images": {"fw": "i"}})
    instances.update(store, after, lease)
    assert instances.get(store, "default", id=instance.id) == after
    instances.update(store, replace(after, deployment=None), lease)
    assert instances.get(store, "default", id=instance.id) == replace(after, deployment=None)
    instances.remove(store, instance.id, lease)
    assert instances.get(store, "default", name="fw-1") is None
    with pytest.raises(ManoError, match="no longer in the store"):
        instances.update(store, after, lease)


def test_instances_are_listed_by_package_and_by_vim(store: engine.Store, rows: Any) -> None:
    one, two = rows.package(), rows.package(vnfd_id="lb")
    packages.add(store, one)
    packages.add(store, two)
    instances.insert(store, rows.instance(two, "b", vim={"id": "v2"}))
    instances.insert(store, rows.instance(one, "c"))
    instances.insert(store, rows.instance(one, "a", vim={}))

    def names(**which: str) -> list[str]:
        return [row.name for row in instances.listing(store, "default", **which)]

    assert names() == ["a", "b", "c"]
    assert names(package_id=one.id) == ["a", "c"]
    assert names(vim_id="v2") == ["b"]
    assert names(package_id=one.id, vim_id="v2") == []


def test_names_differ_when_one_byte_does(store: engine.Store, rows: Any) -> None:
    package = rows.package()
    packages.add(store, package)
    for name in ("fw", "FW", "fw ", "fẃ"):
        instances.insert(store, rows.instance(package, name))
    assert {row.name for row in instances.listing(store, "default")} == {"fw", "FW", "fw ", "fẃ"}
    assert instances.get(store, "default", name="fw ").name == "fw "  # type: ignore[union-attr]


def test_of_many_who_make_the_same_name_at_once_one_wins(
    store: engine.Store, shared_url: str, rows: Any, race: Callable[..., Any]
) -> None:
    package = rows.package()
    packages.add(store, package)
    engine.close(store)

    def make(_number: int) -> str:
        instances.insert(engine.open_store(shared_url), rows.instance(package))
        return "made"

    outcomes = race(4, make)
    assert outcomes.count("made") == 1
    assert {code for code, _rest in (o for o in outcomes if o != "made")} == {"instance_exists"}
    assert len(instances.listing(store, "default")) == 1


def test_operations_are_found_by_instance_and_state(store: engine.Store, rows: Any, lease: leases.Lease) -> None:
    package = rows.package()
    packages.add(store, package)
    instance = rows.instance(package)
    other = rows.instance(package, "fw-2")
    done = rows.operation(instance, state="COMPLETED", started_at="2026-11-21T06:00:00Z")
    elsewhere = rows.operation(other, state="FAILED_TEMP", started_at="2026-11-21T07:00:00Z")
    now = rows.operation(instance)
    for row in (now, elsewhere, done):
        operations.insert(store, row, lease)
    assert operations.listing(store, "default") == (done, elsewhere, now)
    assert operations.listing(store, "default", instance_id=instance.id) == (done, now)
    assert operations.listing(store, "default", state="FAILED_TEMP") == (elsewhere,)
    assert operations.get(store, "default", now.id) == now
    assert operations.unfinished(store, instance.id) == now


@pytest.mark.parametrize("state", ["STARTING", "PROCESSING", "ROLLING_BACK", "FAILED_TEMP"])
def test_an_open_operation_keeps_its_instance_until_it_ends(
    store: engine.Store, rows: Any, lease: leases.Lease, state: str
) -> None:
    instance = rows.instance(rows.package())
    operation = rows.operation(instance, state=state)
    operations.insert(store, operation, lease)
    assert operations.unfinished(store, instance.id) == operation
    for end in ("COMPLETED", "FAILED", "ROLLED_BACK"):
        operations.update(store, replace(operation, state=end), lease)
        assert operations.unfinished(store, instance.id) is None


def test_an_operation_that_was_never_recorded_cannot_be_rewritten(
    store: engine.Store, rows: Any, lease: leases.Lease
) -> None:
    with pytest.raises(ManoError) as caught:
        operations.update(store, rows.operation(rows.instance(rows.package())), lease)
    assert caught.value.error_code == "operation_not_found"


def test_a_tenant_sees_nothing_of_another_even_by_id(store: engine.Store, rows: Any, lease: leases.Lease) -> None:
    package, vim = rows.package(), rows.vim(default=True)
    instance = rows.instance(package)
    operation = rows.operation(instance)
    packages.add(store, package)
    vims.put(store, vim)
    instances.insert(store, instance)
    operations.insert(store, operation, lease)
    assert packages.get(store, "other", vnfd_id="fw") is packages.get(store, "other", id=package.id) is None
    assert vims.get(store, "other", name="berlin") is vims.get(store, "other", id=vim.id) is None
    assert vims.get(store, "other", default=True) is None
    assert instances.get(store, "other", name="fw-1") is instances.get(store, "other", id=instance.id) is None
    assert operations.get(store, "other", operation.id) is None
    for listed in (packages.listing, vims.listing, instances.listing, operations.listing):
        assert listed(store, "other") == ()
    with pytest.raises(ManoError):
        instances.update(store, replace(instance, tenant="other"), lease)
    with pytest.raises(ManoError):
        operations.update(store, replace(operation, tenant="other"), lease)
    assert instances.get(store, "default", id=instance.id) == instance
    assert operations.get(store, "default", operation.id) == operation


def test_a_transaction_is_all_or_nothing(store: engine.Store, rows: Any, lease: leases.Lease) -> None:
    package = rows.package()
    packages.add(store, package)
    instance = rows.instance(package)
    operation = rows.operation(instance)

    def die_half_way() -> None:
        with engine.transaction(store) as connection:
            instances.insert(store, instance, conn=connection)
            operations.insert(store, operation, lease, conn=connection)
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        die_half_way()
    assert instances.get(store, "default", name="fw-1") is None
    assert operations.listing(store, "default") == ()
    with engine.transaction(store) as connection:
        instances.insert(store, instance, conn=connection)
        operations.insert(store, operation, lease, conn=connection)
    assert instances.get(store, "default", name="fw-1") == instance
    assert operations.unfinished(store, instance.id) == operation
