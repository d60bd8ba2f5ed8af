# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/pictures.py   Draw the pictures of docs/images anew, as the filter nfv.mano.topology_svg draws them.

`firewall.svg` is the sample package. `fw1-drifted.svg` is an instance of it that lost a server, from a result of
nfv.mano.vnf_instance_info that was kept for the tests. A test compares the files with what this would write.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ansible_collections.nfv.mano.plugins.module_utils.lcm.package_info import choices
from ansible_collections.nfv.mano.plugins.module_utils.lcm.package_reading import read
from ansible_collections.nfv.mano.plugins.module_utils.package.source import open_package
from ansible_collections.nfv.mano.plugins.module_utils.picture.instance_scene import instance_scene
from ansible_collections.nfv.mano.plugins.module_utils.picture.package_scene import package_scene
from ansible_collections.nfv.mano.plugins.module_utils.picture.svg import render

TOP = Path(__file__).resolve().parents[1]
IMAGES = TOP / "docs/images"
SAMPLE = TOP / "docs/samples/firewall"
DRIFTED = TOP / "tests/unit/picture/fw1_drifted.json"


def pictures() -> Mapping[str, str]:
    """File name -> content."""
    return {
        "firewall.svg": render(package_scene(sample())),
        "fw1-drifted.svg": render(instance_scene(json.loads(DRIFTED.read_text(encoding="utf-8")))),
    }


def sample() -> Mapping[str, object]:
    """The sample package as nfv.mano.vnf_package_info tells of it, as far as a picture needs that."""
    with open_package(str(SAMPLE), allow_url=False) as package:
        reading = read(package)
    head = reading.head
    return {
        "vnf_provider": head.provider,
        "vnf_product_name": head.product_name,
        "vnf_software_version": head.software_version,
        "vnfd_version": head.descriptor_version,
        **choices(reading.document),
    }


if __name__ == "__main__":
    for name, content in pictures().items():
        (IMAGES / name).write_text(content, encoding="utf-8")
