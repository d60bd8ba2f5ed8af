# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables as queries see them: names and types of the columns.

Keys, lengths and indexes are the business of `migrations`; a test holds the two together. Documents (JSON) carry the
ETSI resources; columns carry what is looked up. Ids are UUIDs; names are unique in a tenant.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

try:
    import sqlalchemy as sa
except ImportError:
    pass  # named by deps.require() at the edge

COLUMNS = {
    "packages": "id tenant vnfd_id info:json document:json content_url content_sha256 created_at",
    "vims": "id tenant name type access:json zones:json default:bool",
    "instances": (
        "id tenant name vnf_instance:json deployment:json assets:json vim:json package_id vim_id stack_id updated_at"
    ),
    "operations": (
        "id instance_id tenant operation state occ:json before:json after:json detail:json started_at changed_at"
    ),
    "journal": "operation_id seq:int write:json inverse:json state result:json started_at finished_at",
    "leases": "key fence:int holder:json operation_id expires:float",
}
"""Table (its name in the database begins with mano_) -> columns with their types, text where none is given.

The history (operations, journal) outlives its instance. The row of a lease stays when it is given back, so that its
fence only grows; `expires` is in seconds since 1970, by the clock of the database.
"""


@dataclass(frozen=True, slots=True)
class Tables:
    """All of them."""

    packages: sa.TableClause
    vims: sa.TableClause
    instances: sa.TableClause
    operations: sa.TableClause
    journal: sa.TableClause
    leases: sa.TableClause


@functools.cache
def tables() -> Tables:
    """The tables for SQLAlchemy, made once a process; a full `sa.Table` would take ten times as long."""
    types = {
        "": sa.String(),
        "json": sa.JSON(none_as_null=True),
        "bool": sa.Boolean(),
        "int": sa.Integer(),
        "float": sa.Double(),
    }
    made = {}
    for table, columns in COLUMNS.items():
        named = (column.partition(":") for column in columns.split())
        made[table] = sa.table(f"mano_{table}", *(sa.column(name, types[kind]) for name, _rest, kind in named))
    return Tables(**made)
