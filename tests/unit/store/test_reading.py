# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who only reads leaves the bytes of an SQLite store as they are, the write-ahead log too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ansible_collections.nfv.mano.plugins.module_utils.store.engine import close, open_store, reading

WRITER = """
import os, sys
from ansible_collections.nfv.mano.plugins.module_utils.store.engine import open_store
open_store(sys.argv[1])
os._exit(0)
"""


def test_a_log_that_a_dead_process_left_is_read_and_stays(tmp_path: Path) -> None:
    file = tmp_path / "odd name %#.sqlite"
    url = f"sqlite:///{file}"
    writer = [sys.executable, "-c", WRITER, url]
    subprocess.run(writer, check=True, env={"PYTHONPATH": str(Path(__file__).parents[3] / ".venv/collections")})
    log = next(tmp_path.glob("*-wal"))
    before = {path.name: path.read_bytes() for path in (next(tmp_path.glob("*.sqlite")), log)}
    assert before[log.name]

    store = open_store(url, create=False)
    with reading(store) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
    close(store)

    assert {name: (tmp_path / name).read_bytes() for name in before} == before
