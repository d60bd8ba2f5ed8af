# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The package's own types against the catalogue: what its copies of SOL001's types change, and what they lead to."""

from __future__ import annotations

from collections.abc import Mapping

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.catalogue import releases
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.registry import OwnType, Registry
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import listed, shown
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.typedef import TypeDef, meaning, read_type


def check_own_types(registry: Registry) -> None:
    """Tell, of each type in use that the package defines, whether it changes SOL001 or is derived from nothing."""
    for kind, name in list(registry.used()):
        own = registry.own.get((kind, name))
        if own is None:
            continue
        canonical = releases.raw_type(registry.release, kind, name)
        if canonical is None:
            _parent(registry, kind, name, own)
        elif isinstance(own.raw, Mapping):
            _differences(registry, read_type(kind, name, canonical), read_type(kind, name, own.raw), own)


def _parent(registry: Registry, kind: str, name: str, own: OwnType) -> None:
    parent = own.raw.get("derived_from") if isinstance(own.raw, Mapping) else None
    if isinstance(parent, str) and registry.get(kind, parent) is None and "." in parent:
        message = f"The {kind} type {shown(name)} is derived from {shown(parent)}, which is not defined."
        registry.report.error("unknown-type", message, own.place / "derived_from")


def _differences(registry: Registry, canonical: TypeDef, copy: TypeDef, own: OwnType) -> None:
    added = copy.properties.keys() - canonical.properties.keys()
    if added:
        message = f"The package's copy of {shown(copy.name)} adds {listed(added)} to SOL001 {registry.release}."
        registry.report.info("type-extended", message, own.place / "properties")
    gone = canonical.properties.keys() - copy.properties.keys()
    changed = {
        name
        for name in canonical.properties.keys() & copy.properties.keys()
        if meaning(canonical.properties[name]) != meaning(copy.properties[name])
    }
    if gone or changed:
        message = (
            f"The package's copy of {shown(copy.name)} changes {listed(gone | changed)}; what "
            f"SOL001 {registry.release} says counts."
        )
        registry.report.warning("type-changed", message, own.place / "properties")
