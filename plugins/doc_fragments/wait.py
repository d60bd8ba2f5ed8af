# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation that modules share: wait."""

from __future__ import annotations


class ModuleDocFragment:
    """What `extends_documentation_fragment: nfv.mano.wait` brings."""

    DOCUMENTATION = r"""
options:
  wait_timeout:
    description:
      - Seconds to wait for the VIM.
      - There is no option not to wait, since nothing would finish the work in the background. Use Ansible's C(async)
        and C(poll) for that. A task that runs out of time leaves its operation open, and the same task, run again,
        goes on with it.
    type: int
    default: 1800
"""
