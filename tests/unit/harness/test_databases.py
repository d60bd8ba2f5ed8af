# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The databases that the store's tests stand on: real, private, empty."""

from __future__ import annotations

import sqlalchemy as sa


def test_each_database_is_empty_and_takes_unicode(store_url: str) -> None:
    engine = sa.create_engine(store_url)
    assert sa.inspect(engine).get_table_names() == []
    table = sa.Table("probe", sa.MetaData(), sa.Column("text", sa.String(20)))
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(table.insert().values(text="α€𝄞"))
    with engine.connect() as connection:
        assert connection.execute(sa.select(table.c.text)).scalar_one() == "α€𝄞"
    engine.dispose()


def test_a_second_database_is_another_one(new_postgresql_url, new_mariadb_url) -> None:  # type: ignore[no-untyped-def]
    for new_url in (new_postgresql_url, new_mariadb_url):
        assert new_url() != new_url()
