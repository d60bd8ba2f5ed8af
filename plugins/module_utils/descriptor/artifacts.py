# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Artifacts of node templates, with their files found inside the package."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.catalogue.releases import RELEASES, raw_type
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.checker import Checker, Context
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.functions import Evaluator
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.load import Files
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import Place, clause_of, shown
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.scope import evaluated
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.template import Item
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.typedef import read_type

SW_IMAGE = "tosca.artifacts.nfv.SwImage"
_IMAGE_PROPERTIES = read_type("artifact", SW_IMAGE, raw_type(RELEASES[-1], "artifact", SW_IMAGE)).properties
"""Before 3.3.1 the artifact type had none; packages of that time give them all the same."""
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


@dataclass(frozen=True, slots=True)
class Artifacts:
    """Reads artifacts with the package's files at hand."""

    files: Files

    def find(self, base: str, target: str) -> str | None:
        """The package's name for a file that a template in `base` names: relative to that template, else to the
        root.
        """
        for folder in (posixpath.dirname(base), ""):
            name = posixpath.normpath(posixpath.join(folder, target))
            if name in self.files:
                return name
        return None

    def of(self, item: Item, evaluator: Evaluator, checker: Checker) -> dict[str, Any]:
        """`{name: {"type", "file", "properties"}}` of the artifacts that are software images."""
        found = {}
        for name, raw in item.table("artifacts").items():
            place = item.place / "artifacts" / name
            table = {"file": raw} if isinstance(raw, str) else raw
            if not isinstance(table, dict):
                checker.report.error("not-a-map", f"The artifact {shown(name)} is neither a file nor a map.", place)
                continue
            type_name = table.get("type", "tosca.artifacts.File")
            if not isinstance(type_name, str) or checker.registry.get("artifact", type_name) is None:
                message = f"The artifact {shown(name)} is of the unknown type {shown(type_name)}."
                checker.report.warning("unknown-type", message, place / "type")
                continue
            if checker.registry.is_a("artifact", type_name, SW_IMAGE):
                found[name] = self._image(item, name, table, type_name, evaluator, checker)
        return found

    def _image(
        self, item: Item, name: str, table: dict[str, Any], type_name: str, evaluator: Evaluator, checker: Checker
    ) -> dict[str, Any]:
        place = item.place / "artifacts" / name
        raw = table.get("properties")
        properties: dict[str, Any] = {}
        known = checker.registry.properties("artifact", type_name) or _IMAGE_PROPERTIES
        if isinstance(raw, dict):
            given = evaluated(evaluator, raw, item.name, place / "properties", checker.report, "error")
            properties = checker.table(given, known, place / "properties", Context(type_name, "error"))
        elif raw is not None:
            checker.report.error("not-a-map", f"The properties of the artifact {shown(name)} are not a map.", place)
        elif not item.table("properties").get("sw_image_data"):
            message = f"The image {shown(name)} of {shown(item.name)} has no properties and there is no sw_image_data."
            checker.report.warning("missing-property", message, place, clause_of(SW_IMAGE))
        return {"type": type_name, "file": self._file(table.get("file"), place, checker), "properties": properties}

    def _file(self, target: object, place: Place, checker: Checker) -> str | None:
        if not isinstance(target, str) or not target:
            checker.report.warning("image-file", "The image names no file; the VIM must have it.", place)
            return None
        if _URL.match(target):
            message = f"The image {shown(target)} is a URL, which is not fetched; the VIM must have the image."
            checker.report.warning("image-file", message, place / "file")
            return None
        found = self.find(place.file, target)
        if found is None:
            message = f"The package holds no file {shown(target)}; the VIM must have the image."
            checker.report.warning("image-file", message, place / "file")
        return found
