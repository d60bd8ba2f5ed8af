# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every service template that a descriptor is made of, found by following imports inside the package only."""

from __future__ import annotations

import posixpath
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import (
    TEMPLATES,
    Document,
    Place,
    Positions,
    Report,
    shown,
)
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.sol.finding import Finding

ETSI_FILE = re.compile(
    r"(?:^|/)etsi_nfv_sol001_(?:common|vnfd|nsd|pnfd)(?:_[0-9]+_[0-9]+_[0-9]+)?_types\.ya?ml$", re.IGNORECASE
)
"""The names of SOL001's own type files, with and without a version in them (SOL001 5.3)."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_MOST_FILES = 200

LoadYaml = Callable[[str, str], tuple[Any, Positions]]
"""Takes text and the file's name; gives plain data and where it stands. Raises ManoError with findings."""


class Files(Protocol):
    """What of a package is read here."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every file."""

    def __contains__(self, name: object) -> bool:
        """Whether there is that file."""

    def read_text(self, name: str) -> str:
        """A file as text. Raises ManoError."""


@dataclass(slots=True)
class Loaded:
    """The files of a descriptor, the entry first, and what SOL001 imports were met by the catalogue."""

    documents: list[Document] = field(default_factory=list)
    etsi_imports: list[str] = field(default_factory=list)


def load_documents(files: Files, entry: str, load_yaml: LoadYaml, report: Report) -> Loaded:
    """The entry file and everything that it imports, each once, breadth first.

    A file that cannot be read becomes findings, so that all of them are told at once.
    """
    loaded = Loaded()
    queue = deque([entry])
    known = {entry}
    while queue:
        file = queue.popleft()
        document = _read(files, file, load_yaml, report)
        if document is None:
            continue
        loaded.documents.append(document)
        for name in _imported(files, document, loaded, report):
            if name not in known and len(known) < _MOST_FILES:
                known.add(name)
                queue.append(name)
    return loaded


def read_beside(files: Files, entry: str, loaded: Loaded, load_yaml: LoadYaml, report: Report) -> list[Document]:
    """The YAML files in the entry's folder that nothing imports. Those that are no service templates are passed
    over.
    """
    folder = posixpath.dirname(entry)
    known = {document.file for document in loaded.documents}
    found = []
    for name in [name for name in files.names if posixpath.dirname(name) == folder and name not in known][:_MOST_FILES]:
        if name.lower().endswith((".yaml", ".yml")):
            document = _read(files, name, load_yaml, Report())
            if document is not None and "tosca_definitions_version" in document.value:
                report.info(
                    "template-not-imported",
                    f"No file imports {shown(name)}; its flavours are read all the same.",
                    Place(document),
                    TEMPLATES,
                )
                found.append(document)
    return found


def _read(files: Files, file: str, load_yaml: LoadYaml, report: Report) -> Document | None:
    try:
        value, positions = load_yaml(files.read_text(file), file)
    except ManoError as error:
        _tell(error, file, report)
        return None
    document = Document(file, value, positions)
    if isinstance(value, dict):
        return document
    report.error(
        "not-a-template", f"File {shown(file)} is no TOSCA service template: it is not a map.", Place(document)
    )
    return None


def _tell(error: ManoError, file: str, report: Report) -> None:
    findings = error.findings or ({"rule": "SOL001-file-unreadable", "message": error.message, "file": file},)
    for found in findings:
        report.take(
            Finding(
                rule=str(found.get("rule", "SOL001-file-unreadable")),
                severity="error",
                message=str(found.get("message", error.message)),
                file=str(found.get("file", file)),
                line=int(found.get("line", 0)),
                column=int(found.get("column", 0)),
                clause=str(found.get("clause", "")),
            )
        )


def _imported(files: Files, document: Document, loaded: Loaded, report: Report) -> Iterator[str]:
    """Names of files in the package that the document's `imports` lead to."""
    imports = document.value.get("imports")
    place = Place(document, ("imports",))
    if isinstance(imports, dict):
        imports = [{name: value} for name, value in imports.items()]
    if imports is not None and not isinstance(imports, list):
        report.error("import", "The imports are neither a list nor a map.", place)
        return
    for index, item in enumerate(imports or []):
        target = _target(item)
        if target is None:
            report.error("import", "This import names no file.", place / index)
            continue
        name = _resolve(files, document, target, place / index, loaded, report)
        if name is not None:
            yield name


def _target(item: object) -> str | None:
    """The file that an import names: `file`, `{file: …}`, `{name: file}` or `{name: {file: …}}` (TOSCA 3.6.8)."""
    if isinstance(item, dict):
        if "file" in item:
            item = item["file"]
        elif len(item) == 1:
            (inner,) = item.values()
            item = inner.get("file") if isinstance(inner, dict) else inner
    return item if isinstance(item, str) and item else None


def _resolve(files: Files, document: Document, target: str, place: Place, loaded: Loaded, report: Report) -> str | None:
    if _URL.match(target):
        _url(target, place, loaded, report)
        return None
    for folder in (posixpath.dirname(document.file), ""):
        name = posixpath.normpath(posixpath.join(folder, target))
        if name in files:
            if ETSI_FILE.search(name):
                loaded.etsi_imports.append(name)
            return name
    if (
        posixpath.isabs(target)
        or posixpath.normpath(posixpath.join(posixpath.dirname(document.file), target))[:2] == ".."
    ):
        what = f"The import {shown(target)} leads out of the package. Put the file into the package."
        report.error("import-outside", what, place)
    elif ETSI_FILE.search(target):
        loaded.etsi_imports.append(target)
        report.warning(
            "import-missing", f"The package lacks {shown(target)}; SOL001's types are taken from the catalogue.", place
        )
    else:
        report.error("import-missing", f"The package holds no file {shown(target)}, which is imported here.", place)
    return None


def _url(target: str, place: Place, loaded: Loaded, report: Report) -> None:
    if target.lower().startswith(("http://", "https://")) and ETSI_FILE.search(target.partition("?")[0]):
        loaded.etsi_imports.append(target)
        report.info("import-catalogue", f"{shown(target)} is not fetched: the catalogue has SOL001's types.", place)
        return
    report.error(
        "import-url",
        f"The import {shown(target)} is a URL, which is never fetched. Put the file into the package.",
        place,
    )
