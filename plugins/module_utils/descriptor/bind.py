# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stored document, a flavour and the play's inputs become the flavour's model. Nothing is parsed here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import Flavour, Vnfd
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.sol.codec import from_plain


def load_head(document: Mapping[str, Any]) -> Vnfd:
    """The head of a compiled document. Raises ManoError record_invalid."""
    return from_plain(Vnfd, document["head"])


def bind(document: Mapping[str, Any], flavour_id: str, inputs: Mapping[str, Any]) -> Flavour:
    """The flavour with its inputs bound; what `inputs` holds beside the flavour's inputs is passed over.

    Raises ManoError flavour_unknown, input_missing, input_invalid.
    """
    flavours: Mapping[str, Any] = document["flavours"]
    record = flavours.get(flavour_id)
    if record is None:
        known = ", ".join(sorted(flavours)) or "none"
        raise ManoError(
            "flavour_unknown", f"The VNFD has no flavour {flavour_id}; it has {known}.", resource=flavour_id
        )
    if not record["inputs"]:
        return from_plain(Flavour, record["model"])
    return _with_inputs(record, flavour_id, inputs)


def _with_inputs(record: Mapping[str, Any], flavour_id: str, inputs: Mapping[str, Any]) -> Flavour:
    from ansible_collections.nfv.mano.plugins.module_utils.descriptor.inputs import values_for

    values = values_for(flavour_id, inputs, record["inputs"])
    if "model" in record:
        return from_plain(Flavour, record["model"])
    from ansible_collections.nfv.mano.plugins.module_utils.descriptor.build import build_flavour
    from ansible_collections.nfv.mano.plugins.module_utils.descriptor.functions import fill

    return build_flavour(flavour_id, record["description"], fill(record["topology"], values))
