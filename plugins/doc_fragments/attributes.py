# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation that modules share: attributes."""

from __future__ import annotations


class ModuleDocFragment:
    """What `extends_documentation_fragment: nfv.mano.attributes` brings."""

    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and returns the same plan as a real run, without writing anything anywhere.
    support: full
  diff_mode:
    description: Will return the states before and after as text when they differ.
    support: full
  async:
    description: Supports being used with the C(async) keyword. The work is then done by the module, without lines of
      progress.
    support: full
  delegation:
    description: Can be used in conjunction with C(delegate_to). The host needs the Python packages of the collection.
    support: full
  action_group:
    description: Is part of the action group C(nfv.mano.mano), for C(module_defaults).
    support: full
    membership:
      - nfv.mano.mano
  platform:
    description: Where the task can run.
    support: full
    platforms: posix
"""

    INFO = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode). This module only reads.
    support: full
  diff_mode:
    description: Will return the states before and after as text when they differ.
    support: N/A
    details: This module changes nothing.
  async:
    description: Supports being used with the C(async) keyword. The work is then done by the module, without lines of
      progress.
    support: full
  delegation:
    description: Can be used in conjunction with C(delegate_to). The host needs the Python packages of the collection.
    support: full
  action_group:
    description: Is part of the action group C(nfv.mano.mano), for C(module_defaults).
    support: full
    membership:
      - nfv.mano.mano
  platform:
    description: Where the task can run.
    support: full
    platforms: posix
"""
