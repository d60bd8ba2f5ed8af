# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`nfv.mano.vnf_instance_info` in the controller's own process."""

from __future__ import annotations

from typing import Any

from ansible.plugins.action import ActionBase

from ansible_collections.nfv.mano.plugins.module_utils.tasks import vnf_instance_info
from ansible_collections.nfv.mano.plugins.plugin_utils.preload import preload
from ansible_collections.nfv.mano.plugins.plugin_utils.runner import run_task

preload(vnf_instance_info.NEEDS)


class ActionModule(ActionBase):
    """What Ansible looks for; the work is done in `run_task`."""

    _supports_async = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """The task's result."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        return result | run_task(self, vnf_instance_info, task_vars or {})
