# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a package begins: TOSCA-Metadata/TOSCA.meta, or the one YAML at the root (SOL004 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ansible_collections.nfv.mano.plugins.module_utils.package.archive import Package
from ansible_collections.nfv.mano.plugins.module_utils.package.lines import (
    Line,
    Record,
    lines,
    local_name,
    read_listing,
)
from ansible_collections.nfv.mano.plugins.module_utils.package.names import shown
from ansible_collections.nfv.mano.plugins.module_utils.sol.finding import Finding

META_FILE = "TOSCA-Metadata/TOSCA.meta"

_FIELDS: Mapping[str, str] = {
    "entry-definitions": "definitions",
    "entry-manifest": "manifest",
    "entry-change-log": "change_log",
    "entry-tests": "tests",
    "entry-licenses": "licenses",
    "entry-certificate": "certificate",
    "created-by": "created_by",
    "other-definitions": "other_definitions",
    "tosca-meta-file-version": "meta_version",
    "tosca-meta-version": "meta_version",
    "csar-version": "csar_version",
}
"""The names of block 0, where `ETSI-` may stand before each (SOL004 2.5.1 had them without)."""

_RECORD_FIELDS: Mapping[str, str] = {
    "name": "source",
    "source": "source",
    "content-type": "content_type",
    "algorithm": "algorithm",
    "hash": "hash",
    "signature": "signature",
    "certificate": "certificate",
}
_REQUIRED = ("meta_version", "csar_version", "created_by", "manifest", "change_log")
_NAMES: Mapping[str, str] = {
    "definitions": "Entry-Definitions",
    "manifest": "ETSI-Entry-Manifest",
    "change_log": "ETSI-Entry-Change-Log",
    "tests": "ETSI-Entry-Tests",
    "licenses": "ETSI-Entry-Licenses",
    "certificate": "ETSI-Entry-Certificate",
    "created_by": "Created-By",
    "meta_version": "TOSCA-Meta-File-Version",
    "csar_version": "CSAR-Version",
}
_PATHS = ("definitions", "manifest", "change_log", "tests", "licenses", "certificate")
_WITH_META = "SOL004 4.1.2"
_WITHOUT_META = "SOL004 4.1.3"


@dataclass(frozen=True, slots=True)
class Entry:
    """Names of members (a folder for tests and licenses), empty when the package has none.

    `file` is what says so. `definitions` is empty only together with a finding of severity error.
    """

    file: str
    definitions: str = ""
    manifest: str = ""
    change_log: str = ""
    tests: str = ""
    licenses: str = ""
    certificate: str = ""
    created_by: str = ""
    other_definitions: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_entry(package: Package) -> Entry:
    """The package's entry points. Raises ManoError only when TOSCA.meta cannot be read (`read_listing`)."""
    if META_FILE in package:
        return _from_meta(package)
    return _from_root(package)


def _from_root(package: Package) -> Entry:
    """The form without TOSCA.meta: one YAML at the root, everything else by fixed names beside it."""
    root = [name for name in package.names if "/" not in name]
    templates = [name for name in root if PurePosixPath(name).suffix.lower() in {".yaml", ".yml"}]
    if len(templates) != 1:
        what = (
            f"{len(templates)} YAML files at the root ({', '.join(templates)})"
            if templates
            else "no YAML file at the root"
        )
        finding = _finding(
            "SOL004-entry-definitions",
            "error",
            f"The package has no {META_FILE} and {what}; one is needed to tell where the descriptor begins.",
            0,
            file="",
            clause=_WITHOUT_META,
            fix=f"Add {META_FILE} with Entry-Definitions.",
        )
        return Entry("", findings=(finding,))
    template = templates[0]
    stem = PurePosixPath(template).stem
    named = {
        field: name for field, name in (("manifest", f"{stem}.mf"), ("certificate", f"{stem}.cert")) if name in package
    }
    named |= {"change_log": "ChangeLog.txt"} if "ChangeLog.txt" in package else {}
    named |= {field: name for field, name in (("tests", "Tests"), ("licenses", "Licenses")) if name in package.folders}
    findings: list[Finding] = []
    if "manifest" not in named:
        message = f"The package has no manifest; '{stem}.mf' is expected beside '{template}'."
        findings.append(_finding("SOL004-manifest-missing", "warning", message, 0, file=template, clause=_WITHOUT_META))
    return _entry(template, named | {"definitions": template}, (), (), findings)


def _from_meta(package: Package) -> Entry:
    block: dict[str, Line] = {}
    records: list[dict[str, Line]] = []
    findings: list[Finding] = []
    for line in _unfolded(read_listing(package, META_FILE), findings):
        if line.key == "name":
            records.append({"source": line})
            continue
        fields, target = (_RECORD_FIELDS, records[-1]) if records else (_FIELDS, block)
        _take(line, fields, target, findings)
    values = {field: line.value for field, line in block.items()}
    paths = {field: _path(package, field, block[field], findings) for field in _PATHS if values.get(field)}
    _require(values, findings)
    paths["created_by"] = values.get("created_by", "")
    others = _other_definitions(package, block.get("other_definitions"), findings)
    return _entry(META_FILE, paths, others, tuple(_record(found) for found in records), findings)


def _entry(
    file: str, named: Mapping[str, str], others: tuple[str, ...], records: tuple[Record, ...], findings: list[Finding]
) -> Entry:
    return Entry(
        file,
        definitions=named.get("definitions", ""),
        manifest=named.get("manifest", ""),
        change_log=named.get("change_log", ""),
        tests=named.get("tests", ""),
        licenses=named.get("licenses", ""),
        certificate=named.get("certificate", ""),
        created_by=named.get("created_by", ""),
        other_definitions=others,
        records=records,
        findings=tuple(findings),
    )


def _unfolded(text: str, findings: list[Finding]) -> Iterable[Line]:
    """Lines with a key; one that is indented and has none goes on with the value before it."""
    held: Line | None = None
    for line in lines(text):
        if line.indented and line.text and not line.key and held is not None:
            held = Line(held.number, held.indented, held.key, held.value + line.text, held.text)
            continue
        if held is not None:
            yield held
            held = None
        if line.key:
            held = line
        elif line.text:
            message = f"The line '{shown(line.text)}' is no 'key: value'."
            findings.append(_finding("SOL004-meta-syntax", "warning", message, line.number))
    if held is not None:
        yield held


def _take(line: Line, fields: Mapping[str, str], target: dict[str, Line], findings: list[Finding]) -> None:
    field = fields.get(line.key.removeprefix("etsi-"))
    if field is None:
        message = f"The key '{shown(line.key)}' is not known."
        findings.append(_finding("SOL004-meta-key", "warning", message, line.number))
    elif field in target:
        message = f"The key '{shown(line.key)}' stands twice, first in line {target[field].number}."
        findings.append(
            _finding("SOL004-meta-duplicate-key", "error", message, line.number, fix="Keep one of the two.")
        )
    else:
        target[field] = line


def _path(package: Package, field: str, line: Line, findings: list[Finding]) -> str:
    """The member that an entry names; empty, with a finding, when it is not there."""
    name = local_name(line.value)
    if name is not None and (name in package or (field in {"tests", "licenses"} and name in package.folders)):
        return name
    message = f"{_NAMES[field]} names '{shown(line.value)}', which is not in the package."
    findings.append(_finding("SOL004-entry-missing", "error", message, line.number, fix="Name a file of the package."))
    return ""


def _require(values: Mapping[str, str], findings: list[Finding]) -> None:
    if not values.get("definitions"):
        message = "Entry-Definitions is missing: nothing says where the descriptor begins."
        findings.append(_finding("SOL004-entry-definitions", "error", message, 1))
    for field in _REQUIRED:
        if not values.get(field):
            rule = "SOL004-manifest-missing" if field == "manifest" else "SOL004-meta-incomplete"
            findings.append(_finding(rule, "warning", f"{_NAMES[field]} is missing.", 1))


def _other_definitions(package: Package, line: Line | None, findings: list[Finding]) -> tuple[str, ...]:
    if line is None:
        return ()
    names = [local_name(part.strip(" \"'")) for part in line.value.split(",")]
    for name in names:
        if name is None or name not in package:
            message = f"Other-Definitions names '{shown(str(name))}', which is not in the package."
            findings.append(_finding("SOL004-entry-missing", "error", message, line.number))
    return tuple(name for name in names if name is not None and name in package)


def _record(found: Mapping[str, Line]) -> Record:
    return Record(file=META_FILE, line=found["source"].number, **{field: line.value for field, line in found.items()})


def _finding(
    rule: str,
    severity: str,
    message: str,
    line: int,
    *,
    file: str = META_FILE,
    clause: str = _WITH_META,
    fix: str | None = None,
) -> Finding:
    return Finding(rule, severity, message, file, line, 1 if line else 0, clause, fix)
