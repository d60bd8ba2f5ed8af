# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The descriptor's head: what identifies the VNF, and what each flavour offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour, FlavourInfo, Input, Vnfd
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.report import Place, Report, clause_of
from ansible_collections.nfv.mano.plugins.module_utils.descriptor.template import VNF

_IDENTITY = ("descriptor_id", "descriptor_version", "provider", "product_name", "software_version")


def build_head(
    properties: Mapping[str, Any],
    release: str,
    flavours: Mapping[str, FlavourInfo],
    default: str | None,
    place: Place,
    report: Report,
) -> Vnfd:
    """The head; what SOL001 requires of the VNF's identity and is not there is an error (6.8.1)."""
    words = {name: _text(properties.get(name)) for name in _IDENTITY}
    for name, word in words.items():
        if not word:
            report.error(
                "missing-identity", f"The VNF has no {name}.", place, clause_of(VNF), f"Give the VNF node a {name}."
            )
    vnfm_info = properties.get("vnfm_info")
    if not vnfm_info:
        report.warning("missing-property", "The VNF has no vnfm_info.", place, clause_of(VNF))
    return Vnfd(
        **words,
        vnfm_info=tuple(_text(item) for item in vnfm_info) if isinstance(vnfm_info, list) else (),
        sol001_release=release,
        flavours=flavours,
        product_info_name=_text(properties.get("product_info_name")),
        product_info_description=_text(properties.get("product_info_description")),
        default_flavour=next(iter(flavours)) if len(flavours) == 1 else default if default in flavours else None,
    )


def _text(value: Any) -> str:
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def flavour_info(flavour: Flavour, inputs: tuple[Input, ...]) -> FlavourInfo:
    """What can be told of a flavour without the play's inputs."""
    return FlavourInfo(
        id=flavour.id,
        description=flavour.description,
        vdu_ids=tuple(flavour.vdus),
        level_ids=tuple(flavour.levels),
        default_level=flavour.default_level,
        aspects={aspect.id: aspect.max_scale_level for aspect in flavour.aspects.values()},
        ext_cp_ids=(*(cp.id for cp in flavour.cps.values() if cp.virtual_link is None), *flavour.ext_cps),
        inputs=inputs,
    )
