# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packages onboarded, changed, removed and listed (SOL005 9.3 without the upload: it is one step here)."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.lcm.context import Context
from ansible_collections.nfv.mano.plugins.module_utils.lcm.package_info import choices, package_info
from ansible_collections.nfv.mano.plugins.module_utils.lcm.package_reading import Reading, read
from ansible_collections.nfv.mano.plugins.module_utils.package.archive import Package
from ansible_collections.nfv.mano.plugins.module_utils.package.source import open_package
from ansible_collections.nfv.mano.plugins.module_utils.plan.derive import merge_patch
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import to_plain
from ansible_collections.nfv.mano.plugins.module_utils.sol.finding import Finding
from ansible_collections.nfv.mano.plugins.module_utils.sol.vnf_pkg_info import IN_USE, NOT_IN_USE
from ansible_collections.nfv.mano.plugins.module_utils.store import instances, packages
from ansible_collections.nfv.mano.plugins.module_utils.store.engine import now
from ansible_collections.nfv.mano.plugins.module_utils.store.packages import PackageRow


@dataclass(frozen=True, slots=True)
class PackageOptions:
    """What a play says of a package beside its source; None: leave alone."""

    vnfd_id: str | None = None
    operational_state: str | None = None  # ENABLED | DISABLED
    user_defined_data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PackageChange:
    """What became of a package: `package` for the result (empty: there is none), the states around it for the diff."""

    changed: bool
    package: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def onboard(ctx: Context, src: str, options: PackageOptions, check: bool) -> PackageChange:
    """Onboard what `src` names, a file, a folder or a URL; the same content again only changes the record.

    Raises what the reader refuses, package_exists for other content under a known VNFD id, vnfd_id_mismatch.
    """
    with open_package(src, allow_url=True) as package:
        known = _same_content(ctx, package)
        if known is not None:
            _check_id(known.vnfd_id, options, package.source)
            findings = tuple(Finding(**finding) for finding in known.document.get("findings", ()))
            return replace(_updated(ctx, known, options, check), findings=findings)
        ctx.report(f"{package.source}: reading the package")
        reading = read(package)
        _check_id(reading.head.descriptor_id, options, package.source)
        _check_new(ctx, reading, package.source)
        return _added(ctx, package, reading, options, check)


def set_state(ctx: Context, vnfd_id: str, options: PackageOptions, check: bool) -> PackageChange:
    """Change the record of an onboarded package; raises package_unknown."""
    row = packages.get(ctx.store, ctx.tenant, vnfd_id=vnfd_id)
    if row is None:
        raise ManoError(
            "package_unknown",
            f"No package with vnfd_id '{vnfd_id}' is onboarded in tenant '{ctx.tenant}'; onboard it with src.",
            resource=vnfd_id,
        )
    return _updated(ctx, row, options, check)


def remove(ctx: Context, vnfd_id: str, check: bool) -> PackageChange:
    """Remove a package and its content; raises package_in_use while VNF instances are made from it."""
    row = packages.get(ctx.store, ctx.tenant, vnfd_id=vnfd_id)
    if row is None:
        return PackageChange(False)
    users = [user.name for user in instances.listing(ctx.store, ctx.tenant, package_id=row.id)]
    if users:
        raise ManoError(
            "package_in_use",
            f"Package {vnfd_id} can't be removed: VNF instance(s) {', '.join(users)} are made from it.",
            resource=vnfd_id,
        )
    if not check:
        packages.remove(ctx.store, row.id)
        ctx.artifacts.remove(row.content_url)
    return PackageChange(True, before=dict(row.info))


def vnfd_id_of(ctx: Context, src: str) -> str:
    """The descriptor id of what `src` names; raises what the reader refuses."""
    with open_package(src, allow_url=True) as package:
        known = _same_content(ctx, package)
        if known is not None:
            return known.vnfd_id
        return read(package).head.descriptor_id


def list_packages(ctx: Context, vnfd_id: str | None = None, id_: str | None = None) -> list[dict[str, Any]]:
    """The packages that match, by VNFD id: VnfPkgInfo, and what can be chosen in each."""
    used = {row.package_id for row in instances.listing(ctx.store, ctx.tenant)}
    return [{**_told(row.info, row.id in used), **choices(row.document)} for row in _rows(ctx, vnfd_id, id_)]


def _rows(ctx: Context, vnfd_id: str | None, id_: str | None) -> Iterator[PackageRow]:
    for listed in packages.listing(ctx.store, ctx.tenant):
        if vnfd_id in (None, listed.vnfd_id) and id_ in (None, listed.id):
            # The listing leaves the compiled descriptors out.
            row = packages.get(ctx.store, ctx.tenant, id=listed.id)
            if row is not None:
                yield row


def _same_content(ctx: Context, package: Package) -> PackageRow | None:
    """The tenant's package with exactly these files, however they are packed."""
    digest = package.content_sha256
    found = next((row for row in packages.listing(ctx.store, ctx.tenant) if row.content_sha256 == digest), None)
    return packages.get(ctx.store, ctx.tenant, id=found.id) if found is not None else None


def _check_id(vnfd_id: str, options: PackageOptions, source: str) -> None:
    if options.vnfd_id not in (None, vnfd_id):
        raise ManoError(
            "vnfd_id_mismatch",
            f"Package {source} has the descriptor id {vnfd_id}, not {options.vnfd_id}; correct src or vnfd_id.",
            resource=vnfd_id,
        )


def _check_new(ctx: Context, reading: Reading, source: str) -> None:
    vnfd_id = reading.head.descriptor_id
    if packages.get(ctx.store, ctx.tenant, vnfd_id=vnfd_id) is not None:
        raise ManoError(
            "package_exists",
            f"Package {source} is not the package that is onboarded with vnfd_id {vnfd_id}: their content differs. "
            "Give the new one a descriptor_id of its own, or remove the old one first.",
            resource=vnfd_id,
        )


def _added(ctx: Context, package: Package, reading: Reading, options: PackageOptions, check: bool) -> PackageChange:
    created = now()
    info = package_info(str(uuid.uuid4()), reading.head, reading.document, package, created)
    plain = _with_options(to_plain(info), options)
    if not check:
        ctx.report(f"{package.source}: storing the package")
        url = f"packages/{info.id}.csar"
        with _archive(package) as stream:
            stored = ctx.artifacts.put(stream, url)
        plain["checksum"] = {"algorithm": "SHA-256", "hash": stored.sha256}
        document = {**reading.document, "findings": [finding.as_dict() for finding in reading.findings]}
        row = PackageRow(
            id=info.id,
            tenant=ctx.tenant,
            vnfd_id=reading.head.descriptor_id,
            info=plain,
            content_url=stored.url,
            content_sha256=package.content_sha256,
            created_at=created,
            document=document,
        )
        _keep(ctx, row)
    return PackageChange(True, plain, reading.findings, {}, plain)


def _keep(ctx: Context, row: PackageRow) -> None:
    """Add the row; content that no row speaks of must not stay."""
    try:
        packages.add(ctx.store, row)
    except ManoError:
        ctx.artifacts.remove(row.content_url)
        raise


@contextmanager
def _archive(package: Package) -> Iterator[BinaryIO]:
    """The package as one file: the CSAR that it came as, or a folder packed."""
    from ansible_collections.nfv.mano.plugins.module_utils.package.write import write_package

    if package.open_archive is not None:
        with package.open_archive() as stream:
            yield stream
        return
    with tempfile.TemporaryFile() as stream:
        write_package(package, stream)
        stream.seek(0)
        yield stream


def _updated(ctx: Context, row: PackageRow, options: PackageOptions, check: bool) -> PackageChange:
    before = dict(row.info)
    after = _with_options(before, options)
    if after != before and not check:
        packages.update_info(ctx.store, row.id, after)
    used = bool(instances.listing(ctx.store, ctx.tenant, package_id=row.id))
    return PackageChange(after != before, _told(after, used), (), before, after)


def _with_options(info: Mapping[str, Any], options: PackageOptions) -> dict[str, Any]:
    changed = dict(info)
    if options.operational_state is not None:
        changed["operational_state"] = options.operational_state
    if options.user_defined_data is not None:
        changed["user_defined_data"] = merge_patch(changed.get("user_defined_data", {}), options.user_defined_data)
    return changed


def _told(info: Mapping[str, Any], used: bool) -> dict[str, Any]:
    return {**info, "usage_state": IN_USE if used else NOT_IN_USE}
