# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
name: topology_svg
short_description: Draw a VNF package or a VNF instance
version_added: 0.1.0
description:
  - Turns an entry of RV(nfv.mano.vnf_package_info#module:vnf_packages) or of
    RV(nfv.mano.vnf_instance_info#module:vnf_instances) into a picture, an SVG document of its own.
  - A package is drawn VDU by VDU, with the number of VNFCs at one instantiation level and what it can scale between.
  - An instance is drawn VNFC by VNFC. When it was observed, what the VIM has lost or changed is marked.
  - Equal input gives an equal picture. The picture refers to nothing outside of it and fits light and dark pages.
options:
  _input:
    description: The package or the instance.
    type: dict
    required: true
  flavour_id:
    description: The deployment flavour to draw. When unset, the package's default one. Not for instances.
    type: str
  instantiation_level_id:
    description: The level whose VNFCs are counted. When unset, the flavour's default one. Not for instances.
    type: str
author:
  - The nfv.mano contributors (@nfv)
"""

EXAMPLES = r"""
- name: What is in the package?
  nfv.mano.vnf_package_info:
    vnfd_id: 9f0c4e5a-6c53-4b8c-9b57-2a3a6a1f7d10
  register: found

- name: Draw it at its largest
  ansible.builtin.copy:
    content: "{{ found.vnf_packages[0] | nfv.mano.topology_svg(instantiation_level_id='large') }}"
    dest: firewall.svg
    mode: "0644"

- name: How is fw1?
  nfv.mano.vnf_instance_info:
    name: fw1
    observe: true
  register: fw1

- name: Draw it
  ansible.builtin.copy:
    content: "{{ fw1.vnf_instances[0] | nfv.mano.topology_svg }}"
    dest: fw1.svg
    mode: "0644"
"""

RETURN = r"""
_value:
  description: The SVG document.
  type: str
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.picture.instance_scene import instance_scene
from ansible_collections.nfv.mano.plugins.module_utils.picture.package_scene import package_scene
from ansible_collections.nfv.mano.plugins.module_utils.picture.scene import Scene
from ansible_collections.nfv.mano.plugins.module_utils.picture.svg import render


def topology_svg(subject: Any, flavour_id: str | None = None, instantiation_level_id: str | None = None) -> str:
    """The picture; raises AnsibleFilterError for what can't be drawn."""
    try:
        # A copy without the tags of Ansible's own types.
        return render(_scene(json.loads(json.dumps(subject, default=str)), flavour_id, instantiation_level_id))
    except ManoError as error:
        raise AnsibleFilterError(f"nfv.mano.topology_svg: {error.message}") from None
    except (AttributeError, KeyError, TypeError, ValueError):
        raise AnsibleFilterError(
            "nfv.mano.topology_svg takes an entry of the vnf_packages of nfv.mano.vnf_package_info or of the "
            "vnf_instances of nfv.mano.vnf_instance_info, unchanged."
        ) from None


def _scene(subject: Mapping[str, Any], flavour_id: str | None, level_id: str | None) -> Scene:
    if "flavours" in subject:
        return package_scene(subject, flavour_id, level_id)
    if flavour_id or level_id:
        raise ManoError(
            "picture_impossible", "flavour_id and instantiation_level_id are for packages, not for instances."
        )
    return instance_scene(subject)


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Name to function."""
        return {"topology_svg": topology_svg}
