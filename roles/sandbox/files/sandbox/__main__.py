# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python3 -m sandbox`: see cli.py."""

import sys

from sandbox.cli import main

sys.exit(main(sys.argv[1:]))
