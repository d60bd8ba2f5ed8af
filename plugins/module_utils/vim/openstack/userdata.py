# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Boot data to Nova user data. Pure: what a package says is copied and `${name}` replaced, never run through a template
engine.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping

from ansible_collections.nfv.mano.plugins.module_utils.descriptor.model import BootData
from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.plan.topology import Topology

LIMIT = 65535
"""What Nova takes, counted in base64."""

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_.-]*)\}")


def substitute(text: str, values: Mapping[str, str]) -> str:
    """Replace `${name}` for every name that has a value; anything else that looks like it (shell code) stays."""
    return _VARIABLE.sub(lambda m: values.get(m.group(1), m.group()), text)


def sources(topology: Topology) -> tuple[str, ...]:
    """Files of the package that the boot data of these VDUs are read from."""
    boots = (vnfc.vdu.boot_data for vnfc in topology.vnfcs)
    return tuple(sorted({boot.source_path for boot in boots if boot is not None and boot.source_path}))


def text_of(path: str, data: bytes) -> str:
    """A file of the package as text, which is all that a template can carry; raises boot_data_invalid."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise ManoError(
            "boot_data_invalid",
            f"The boot data file {path} is no UTF-8 text; give a script or a cloud-config that fetches what is binary.",
            resource=path,
        ) from None


def user_data(
    vdu_id: str, boot: BootData, additional_params: Mapping[str, str], files: Mapping[str, str]
) -> str | None:
    """The user data of a VDU, or None. `files`: texts of `sources`. Raises boot_data_too_large.

    With a destination_path the content becomes a file in the guest: Nova no longer injects files, so cloud-init writes
    it.
    """
    content = boot.content if boot.content is not None else files.get(boot.source_path or "")
    if content is None:
        return None
    text = substitute(content, {**boot.variables, **additional_params})
    if boot.destination_path:
        text = _write_file(boot.destination_path, text)
    if len(base64.b64encode(text.encode())) > LIMIT:
        raise ManoError(
            "boot_data_too_large",
            f"The boot data of VDU '{vdu_id}' has {len(text.encode())} bytes; Nova takes 49151. Shorten it, or fetch "
            "the rest at boot.",
            resource=vdu_id,
        )
    return text


def _write_file(path: str, text: str) -> str:
    entry = {"path": path, "encoding": "b64", "content": base64.b64encode(text.encode()).decode()}
    return "#cloud-config\n" + json.dumps({"write_files": [entry]}) + "\n"
