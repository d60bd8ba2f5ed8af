# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation that modules share: store."""

from __future__ import annotations


class ModuleDocFragment:
    """What `extends_documentation_fragment: nfv.mano.store` brings."""

    DOCUMENTATION = r"""
options:
  store:
    description:
      - URL of the database that keeps packages, VIMs, instances and operations, as SQLAlchemy writes it, for example
        V(postgresql+psycopg://mano@db.example.com/mano) or V(mysql+pymysql://mano@db.example.com/mano).
      - When unset, the environment variable E(NFV_MANO_STORE) is used, and without that an SQLite file in the user's
        data directory.
      - Machines that share work, such as the nodes of AWX, need a store that they all reach. The package files lie
        beside an SQLite store; for other stores name a place for them in the environment variable
        E(NFV_MANO_ARTIFACTS).
    type: str
  tenant:
    description:
      - The tenant that owns what the task works on. Names are unique within a tenant, and nothing of another one is
        seen.
      - When unset, the environment variable E(NFV_MANO_TENANT) is used, and without that V(default).
    type: str
"""
