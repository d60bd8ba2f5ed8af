# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real OpenStack on loopback, without container and without systemd.

Everything here runs on the standard library of Python 3.11 or newer: it makes the virtual environment that the services
need.
"""
