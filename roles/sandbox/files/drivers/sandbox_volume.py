# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cinder's NFS driver on a local folder: real sparse files, snapshots and copies; no NFS, no mount, no root."""

from __future__ import annotations

from pathlib import Path

from cinder import utils
from cinder.volume.drivers import nfs, remotefs

# The files are our own: what cinder would run through sudo runs as it is.
utils.get_root_helper = lambda: "env"


class FolderDriver(nfs.NfsDriver):
    """The share's mount point is a plain folder."""

    def do_setup(self, context):
        """As the parent's, without its search for the mount program."""
        remotefs.RemoteFSSnapDriverDistributed.do_setup(self, context)
        self.shares = {}
        self.set_nas_security_options(self._is_voldb_empty_at_startup)
        self._check_snapshot_support(setup_checking=True)

    def _ensure_share_mounted(self, nfs_share):
        Path(self._get_mount_point_for_share(nfs_share)).mkdir(parents=True, exist_ok=True)
