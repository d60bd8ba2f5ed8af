# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manifest (SOL004 4.3.2, 5.3): who made the package, and what each of its files must be.

A stranger's manifest may use any letter case, indentation and order, so this reads what is meant and says what is odd.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ansible_collections.nfv.mano.plugins.module_utils.package.lines import Line, Record, lines
from ansible_collections.nfv.mano.plugins.module_utils.package.names import shown
from ansible_collections.nfv.mano.plugins.module_utils.sol.finding import Finding

_CLAUSE = "SOL004 4.3.2"
_SETS_CLAUSE = "SOL004 4.3.7"
_RECORD_KEYS: Mapping[str, str] = {
    "source": "source",
    "algorithm": "algorithm",
    "hash": "hash",
    "signature": "signature",
    "certificate": "certificate",
    "content-type": "content_type",
}
_REQUIRED: Mapping[str, tuple[str, ...]] = {
    "vnf": ("vnf_product_name", "vnf_provider_id", "vnf_package_version", "vnf_release_date_time"),
    "pnfd": ("pnfd_name", "pnfd_provider", "pnfd_archive_version", "pnfd_release_date_time"),
    "nsd": (
        "nsd_designer",
        "nsd_invariant_id",
        "nsd_name",
        "nsd_release_date_time",
        "nsd_file_structure_version",
    ),
}
_OPTIONAL = frozenset({"vnfd_id", "vnfm_info", "vnf_software_version", "compatible_specification_versions"})


@dataclass(frozen=True, slots=True)
class Manifest:
    """`artifact_sets` are the non-MANO artifact sets by tag; `cms` is the unverified signature block or empty."""

    file: str
    metadata: Mapping[str, str]
    records: tuple[Record, ...]
    artifact_sets: Mapping[str, tuple[Record, ...]]
    cms: str = ""
    cms_line: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _State:
    """What is known after the lines read so far."""

    file: str
    section: str = "records"
    tag: str = ""
    source_first: bool | None = None
    metadata: dict[str, Line] = field(default_factory=dict)
    record: dict[str, Line] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    sets: dict[str, list[Record]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def find(self, rule: str, severity: str, message: str, line: int, clause: str = _CLAUSE) -> None:
        """Note an oddity."""
        self.findings.append(Finding(rule, severity, message, self.file, line, 1 if line else 0, clause))


def read_manifest(text: str, file: str) -> Manifest:
    """What a manifest says. Never raises: what cannot be understood becomes a finding."""
    body, cms, cms_line = _cut_cms(text)
    state = _State(file)
    for line in lines(body):
        _take(line, state)
    _end_record(state)
    _check_metadata(state)
    if cms and not cms.rstrip().endswith("-----"):
        state.find("SOL004-manifest-cms", "error", "The signature block has no end line.", cms_line, "SOL004 5.1")
    return Manifest(
        file,
        {key: line.value for key, line in state.metadata.items()},
        tuple(state.records),
        {tag: tuple(records) for tag, records in state.sets.items()},
        cms,
        cms_line,
        tuple(state.findings),
    )


def _cut_cms(text: str) -> tuple[str, str, int]:
    """The text before the signature block, the block, and its line (0 without one)."""
    at = text.find("-----BEGIN ")
    if at < 0:
        return text, "", 0
    return text[:at], text[at:], text.count("\n", 0, at) + 1


def _take(line: Line, state: _State) -> None:
    if not line.text:
        if state.source_first is False:
            _end_record(state)
    elif not line.key:
        state.find(
            "SOL004-manifest-syntax", "warning", f"The line '{shown(line.text)}' is no 'key: value'.", line.number
        )
    elif line.key in _RECORD_KEYS:
        _take_record_key(line, state)
    elif line.key == "metadata" and not line.value:
        _end_record(state)
        state.section = "metadata"
    elif line.key == "non_mano_artifact_sets" and not line.value:
        _end_record(state)
        state.section = "sets"
    elif state.section == "sets" and not line.value:
        _end_record(state)
        state.tag = line.key
        state.sets.setdefault(line.key, [])
    elif state.section == "metadata":
        _take_metadata(line, state)
    else:
        state.find("SOL004-manifest-key", "warning", f"The key '{shown(line.key)}' is not known here.", line.number)


def _take_metadata(line: Line, state: _State) -> None:
    if line.key in state.metadata:
        first = state.metadata[line.key].number
        message = f"The key '{shown(line.key)}' stands twice, first in line {first}."
        state.find("SOL004-manifest-duplicate-key", "error", message, line.number)
    else:
        state.metadata[line.key] = line


def _take_record_key(line: Line, state: _State) -> None:
    """A key of a record. The first record shows whether records begin with Source or are parted in another way."""
    name = _RECORD_KEYS[line.key]
    if state.section == "metadata":
        state.section = "records"
    if state.source_first is None:
        state.source_first = name == "source"
    if name == "source" if state.source_first else name in state.record:
        _end_record(state)
    if name in state.record:
        first = state.record[name].number
        message = f"The key '{shown(line.key)}' stands twice for one file, first in line {first}."
        state.find("SOL004-manifest-duplicate-key", "error", message, line.number)
    else:
        state.record[name] = line


def _end_record(state: _State) -> None:
    record, state.record = state.record, {}
    if not record:
        return
    first = min(line.number for line in record.values())
    if not record.get("source") or not record["source"].value:
        state.find("SOL004-manifest-source", "error", "The entry has no Source: it names no file.", first)
        return
    found = Record(file=state.file, line=first, **{name: line.value for name, line in record.items()})
    if state.section != "sets":
        state.records.append(found)
    elif state.tag:
        state.sets[state.tag].append(found)
    else:
        message = f"The file '{shown(found.source)}' stands in no named set."
        state.find("SOL004-manifest-set", "warning", message, first, _SETS_CLAUSE)


def _check_metadata(state: _State) -> None:
    """The keys that SOL004 4.3.2 (VNF, PNF) or SOL007 4.3.2 (NSD) asks for."""
    kinds = [kind for kind in ("pnfd", "nsd") if any(key.startswith(f"{kind}_") for key in state.metadata)]
    kind = kinds[0] if kinds else "vnf"
    clause = "SOL007 4.3.2" if kind == "nsd" else _CLAUSE
    line = min((line.number for line in state.metadata.values()), default=1)
    for key in _REQUIRED[kind]:
        if key not in state.metadata:
            state.find("SOL004-manifest-metadata", "warning", f"The metadata lack '{key}'.", line, clause)
    for key, found in state.metadata.items():
        if key not in _REQUIRED[kind] and key not in _OPTIONAL:
            message = f"The metadata key '{shown(key)}' is not known."
            state.find("SOL004-manifest-metadata", "warning", message, found.number, clause)
        elif not found.value:
            message = f"The metadata key '{shown(key)}' has no value."
            state.find("SOL004-manifest-metadata", "warning", message, found.number, clause)
