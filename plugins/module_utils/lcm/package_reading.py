# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A package read whole: held to its manifest, its descriptor compiled, everything that was noticed in one list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.bind import load_head
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.compile import compile_vnfd
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Vnfd
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.archive import Package
from ansible_collections.nfv.mano.plugins.module_utils.package.meta import read_entry
from ansible_collections.nfv.mano.plugins.module_utils.package.verify import check
from ansible_collections.nfv.mano.plugins.module_utils.package.yaml_reader import load_yaml
from ansible_collections.nfv.mano.plugins.module_utils.sol.finding import Finding


@dataclass(frozen=True, slots=True)
class Reading:
    """An acceptable package: its compiled descriptor, the head of that, and findings without an error."""

    document: Mapping[str, Any]
    head: Vnfd
    findings: tuple[Finding, ...]


def read(package: Package) -> Reading:
    """Check and compile the package. Raises for an archive that can't be read on, and a refusal with all findings."""
    findings = check(package)
    entry = read_entry(package)
    document: Mapping[str, Any] = {}
    if entry.definitions:
        compiled = compile_vnfd(package, entry.definitions, load_yaml)
        findings, document = (*findings, *compiled.findings), compiled.document
    if not document or any(finding.severity == "error" for finding in findings):
        raise _refused(package.source, findings)
    return Reading(document, load_head(document), findings)


def _refused(source: str, findings: tuple[Finding, ...]) -> ManoError:
    """The failure of a package with errors. Its code is the first one's: digest_mismatch of SOL004-digest-mismatch.

    The reader's own rules keep their subject, so that YAML-bomb is yaml_bomb whoever finds it.
    """
    errors = [finding for finding in findings if finding.severity == "error"]
    first = errors[0]
    place = f" ({first.file}{f', line {first.line}' if first.line else ''})" if first.file else ""
    more = f" It has {len(errors) - 1} more error(s), listed in findings." if len(errors) > 1 else ""
    return ManoError(
        _code(first.rule),
        f"Package {source} is refused: {first.message}{place}{f' {first.fix}' if first.fix else ''}{more}",
        resource=source,
        findings=tuple(finding.as_dict() for finding in findings),
    )


def _code(rule: str) -> str:
    standard, _dash, name = rule.partition("-")
    return (name if standard.startswith("SOL") else rule).replace("-", "_").lower()
