# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds a package to what its manifest and its TOSCA.meta say of each file (SOL004 5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePosixPath

from ansible_collections.nfv.mano.plugins.module_utils.package.archive import ALGORITHMS, Package
from ansible_collections.nfv.mano.plugins.module_utils.package.lines import Record, is_uri, local_name, read_listing
from ansible_collections.nfv.mano.plugins.module_utils.package.manifest import Manifest, read_manifest
from ansible_collections.nfv.mano.plugins.module_utils.package.meta import META_FILE, Entry, read_entry
from ansible_collections.nfv.mano.plugins.module_utils.package.names import shown
from ansible_collections.nfv.mano.plugins.module_utils.sol.finding import Finding

_LIST = "SOL004 4.3.2"
_DIGEST = "SOL004 5.3"
_SIGNATURE = "SOL004 5.1"
_MOST_FINDINGS = 1000
_SIGNATURE_SUFFIXES = frozenset({".cms", ".p7s", ".sig"})
_HEX_DIGITS = {"SHA-224": 56, "SHA-256": 64, "SHA-384": 96, "SHA-512": 128}


def check(package: Package) -> tuple[Finding, ...]:
    """Everything that is wrong or odd with the package as an archive; an error means that it must not be onboarded.

    Reads every member once. Raises ManoError when the archive cannot be trusted (zip_bomb, corrupt_zip) or a text
    in it cannot be read (not_utf8, text_too_large, listing_too_long).
    """
    entry = read_entry(package)
    manifest = _manifest(package, entry)
    records = (*(manifest.records if manifest else ()), *entry.records)
    found = [
        *entry.findings,
        *(manifest.findings if manifest else ()),
        *chain.from_iterable(_check_record(package, record) for record in records),
        *_contradictions(records),
        *(_check_coverage(package, entry, manifest) if manifest else ()),
        *_check_signature(package, entry, manifest),
    ]
    _read_all(package)
    return _bounded(found)


def _manifest(package: Package, entry: Entry) -> Manifest | None:
    return read_manifest(read_listing(package, entry.manifest), entry.manifest) if entry.manifest else None


def _bounded(findings: list[Finding]) -> tuple[Finding, ...]:
    """A hostile package may be wrong a hundred thousand times: the worst of it is enough."""
    if len(findings) <= _MOST_FINDINGS:
        return tuple(findings)
    worst = sorted(findings, key=lambda found: ("error", "warning", "info").index(found.severity))
    more = len(findings) - _MOST_FINDINGS
    return (*worst[:_MOST_FINDINGS], Finding("SOL004-more", "info", f"There are {more} more findings."))


def _check_record(package: Package, record: Record) -> Iterator[Finding]:
    name = local_name(record.source)
    if is_uri(record.source):
        yield _uri(record)
    elif name is None:
        yield _of(record, "SOL004-source-outside", "error", "leads out of the package", _LIST)
    elif name not in package and name not in package.folders:
        yield _of(record, "SOL004-file-missing", "error", "is listed and not in the package", _LIST)
    yield from _check_digest(package, record, name)


def _uri(record: Record) -> Finding:
    if record.source.lower().startswith(("http://", "https://")):
        what = "lies outside the package; it is not fetched and its digest not checked"
        return _of(record, "SOL004-source-external", "warning", what, _LIST)
    return _of(record, "SOL004-source-outside", "error", "is a URI of a kind that no package may name", _LIST)


def _check_digest(package: Package, record: Record, name: str | None) -> Iterator[Finding]:
    """Algorithm and Hash come together, are well formed, and match the file when it is there."""
    if bool(record.algorithm) != bool(record.hash):
        lacks, has = ("Algorithm", "Hash") if record.hash else ("Hash", "Algorithm")
        yield _of(record, "SOL004-digest-incomplete", "error", f"has {has} and no {lacks}", _DIGEST)
        return
    if not record.hash:
        return
    algorithm = algorithm_name(record.algorithm)
    if algorithm is None:
        known = ", ".join(ALGORITHMS)
        what = f"has a digest of the unknown or unsafe algorithm '{shown(record.algorithm)}' (known: {known})"
        yield _of(record, "SOL004-digest-algorithm", "error", what, _DIGEST)
    elif not re.fullmatch(f"[0-9a-fA-F]{{{_HEX_DIGITS[algorithm]}}}", record.hash):
        what = f"has a digest that is not the {_HEX_DIGITS[algorithm]} hexadecimal digits of {algorithm}"
        yield _of(record, "SOL004-digest-malformed", "error", what, _DIGEST)
    elif name is not None and name in package and package.digest(name, algorithm) != record.hash.lower():
        yield _of(record, "SOL004-digest-mismatch", "error", f"does not have the listed {algorithm} digest", _DIGEST)


def algorithm_name(written: str) -> str | None:
    """The name in `ALGORITHMS` of an algorithm as written (`sha256`, `SHA_512`, `SHA-256`); None when it is not one."""
    match = re.fullmatch(r"sha[-_ ]?(?:2[-_ ])?(224|256|384|512)", written.strip(), re.IGNORECASE)
    return f"SHA-{match[1]}" if match else None


def _contradictions(records: Iterable[Record]) -> Iterator[Finding]:
    """Two entries for one file with different digests of one algorithm: no file can satisfy both."""
    seen: dict[tuple[str | None, str | None], Record] = {}
    for record in records:
        if not record.hash:
            continue
        first = seen.setdefault((local_name(record.source), algorithm_name(record.algorithm)), record)
        if first.hash.lower() != record.hash.lower():
            what = f"is listed with another digest in {first.file} line {first.line}"
            yield _of(record, "SOL004-digest-contradiction", "error", what, _DIGEST)


def _check_coverage(package: Package, entry: Entry, manifest: Manifest) -> Iterator[Finding]:
    """The manifest is to list every file, save those that carry the security itself."""
    in_sets = list(chain.from_iterable(manifest.artifact_sets.values()))
    for record in in_sets:
        name = local_name(record.source)
        if not is_uri(record.source) and (name is None or (name not in package and name not in package.folders)):
            what = "is listed in a non-MANO artifact set and not in the package"
            yield _of(record, "SOL004-file-missing", "error", what, "SOL004 4.3.7")
    listed = {local_name(record.source) for record in (*manifest.records, *in_sets)}
    exempt = {entry.manifest, entry.certificate, META_FILE, *_signature_files(package)}
    for record in manifest.records:
        exempt |= {local_name(record.signature) or "", local_name(record.certificate) or ""}
    for name in package.names:
        if name in listed or name in exempt:
            continue
        yield Finding(
            "SOL004-file-unlisted",
            "warning",
            f"The file '{shown(name)}' is not listed in the manifest {entry.manifest}.",
            name,
            clause=_LIST,
            fix="List it with Source, Algorithm and Hash.",
        )


def _check_signature(package: Package, entry: Entry, manifest: Manifest | None) -> Iterator[Finding]:
    """Notices signatures; whether they hold is not judged here."""
    where = entry.manifest or entry.file
    signatures = list(_signature_files(package))
    if manifest and manifest.cms:
        signatures.append(entry.manifest)
    if package.outer is not None:
        signatures += [f"{name} beside the CSAR" for name in _signature_files(package.outer)]
    if signatures:
        names = ", ".join(shown(name) for name in signatures[:10])
        message = f"The package carries signatures ({names}); they are not verified."
        yield Finding(
            "SOL004-signature-unverified",
            "info",
            message,
            where,
            manifest.cms_line if manifest else 0,
            clause=_SIGNATURE,
        )
        return
    message = "The package is not signed: nothing shows who made it."
    yield Finding("SOL004-unsigned", "warning", message, where, clause=_SIGNATURE, fix="Sign it (option 1 or 2).")
    if entry.certificate:
        message = f"There is a certificate ('{shown(entry.certificate)}') and no signature that it could belong to."
        yield Finding("SOL004-signature-missing", "warning", message, where, clause=_SIGNATURE)


def _signature_files(package: Package) -> Iterator[str]:
    return (name for name in package.names if PurePosixPath(name).suffix.lower() in _SIGNATURE_SUFFIXES)


def _read_all(package: Package) -> None:
    """Hold every member to its declared size and CRC, listed or not."""
    for name in package.names:
        package.digest(name, "SHA-256")


def _of(record: Record, rule: str, severity: str, what: str, clause: str) -> Finding:
    return Finding(rule, severity, f"The file '{shown(record.source)}' {what}.", record.file, record.line, 1, clause)
