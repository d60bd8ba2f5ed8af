# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation that modules share: run."""

from __future__ import annotations


class ModuleDocFragment:
    """What `extends_documentation_fragment: nfv.mano.run` brings."""

    DOCUMENTATION = r"""
options:
  on_failure:
    description:
      - What becomes of an operation that fails. The task fails either way.
      - V(rollback) undoes what the operation did. A termination has no way back, and after a timeout or while the VIM
        does not answer nothing is undone; then it is as with V(leave).
      - V(leave) leaves it in the state FAILED_TEMP, with all that was made. The same task, run again, goes on with
        it; M(nfv.mano.lcm_operation) can retry it, roll it back or give it up.
    type: str
    choices: [rollback, leave]
    default: rollback
  expected_plan_digest:
    description:
      - The RV(plan.digest) that check mode gave. When the plan is another one by now, the task fails and does nothing.
      - A plan without operations is never refused, so that an approved play can be run a second time.
    type: str
"""
