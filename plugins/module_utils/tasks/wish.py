# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of `vnf_instance`, `vnf_scale` and `vnf_heal` as a `Wish`. Pure; raises invalid_options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.nfv.mano.plugins.module_utils.plan.wish import HealRequest, VimAssets, Wish
from ansible_collections.nfv.mano.plugins.module_utils.tasks import links
from ansible_collections.nfv.mano.plugins.module_utils.tasks.shapes import invalid, mapping, text, texts, whole

COPIED = (
    "state",
    "vnfd_id",
    "flavour_id",
    "instantiation_level_id",
    "keep_scale",
    "additional_params",
    "extensions",
    "vnf_configurable_properties",
    "metadata",
    "description",
    "drift",
    "termination",
)
"""Options that are fields of the wish, name and value."""


def instance_wish(params: Mapping[str, Any]) -> Wish:
    """The desired state of `vnf_instance`; an option that is None is left alone."""
    ext, managed, scale = params["ext_virtual_links"], params["ext_managed_virtual_links"], params["scale"]
    return Wish(
        name=instance_name(params),
        **{key: params[key] for key in COPIED},
        scale=None
        if scale is None
        else {aspect: whole(level, f"scale.{aspect}") for aspect, level in mapping(scale, "scale").items()},
        ext_virtual_links=None if ext is None else links.ext_virtual_links(ext),
        ext_managed_virtual_links=None if managed is None else links.ext_managed_virtual_links(managed),
        vim_assets=_vim_assets(params["vim_assets"]),
        graceful_timeout=whole(params["graceful_timeout"], "graceful_timeout"),
    )


def scale_wish(params: Mapping[str, Any]) -> Wish:
    """The relative scaling of `vnf_scale` (SOL003 5.5.2.5 ScaleVnfRequest). It scales, and repairs nothing."""
    steps: int = params["number_of_steps"]
    if steps < 1:
        raise invalid("number_of_steps", f"must be 1 or more, not {steps}")
    signed = steps if params["type"] == "SCALE_OUT" else -steps
    return Wish(name=instance_name(params), scale_steps=(params["aspect_id"], signed), drift="report")


def heal_wish(params: Mapping[str, Any]) -> Wish:
    """The imperative heal of `vnf_heal` (SOL003 5.5.2.9 HealVnfRequest)."""
    ids = tuple(text(item, f"vnfc_instance_ids[{n}]") for n, item in enumerate(params["vnfc_instance_ids"] or ()))
    request = HealRequest(vnfc_instance_ids=ids, cause=params["cause"] or "", all=params["all"])
    return Wish(name=instance_name(params), heal=request, drift="report")


def instance_name(params: Mapping[str, Any]) -> str:
    """The name of the instance. It names a stack and servers: no blank at an end, no line break, 128 characters."""
    name: str = params["name"]
    if not name or name != name.strip() or not name.isprintable() or len(name) > 128:
        raise invalid("name", f"must be 1 to 128 printable characters with no blank at either end, not {name!r}")
    return name


def _vim_assets(value: Mapping[str, Any] | None) -> VimAssets | None:
    if value is None:
        return None
    return VimAssets(
        compute_resource_flavours=texts(value.get("compute_resource_flavours"), "vim_assets.compute_resource_flavours"),
        software_images=texts(value.get("software_images"), "vim_assets.software_images"),
    )
