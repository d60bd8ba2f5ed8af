# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Heat: one engine with convergence; a plain member may create stacks, trusts and scaling policies."""

from __future__ import annotations

import hashlib

from sandbox.config.ini import Section, Sections, authtoken, database, messaging, transport, user
from sandbox.paths import REGION, Sandbox


def sections(sandbox: Sandbox) -> Sections:
    """heat.conf. No [cache]: it would remember deleted flavors for an hour."""
    return {
        "DEFAULT": _default(sandbox),
        "paste_deploy": {"api_paste_config": sandbox.venv / "etc/heat/api-paste.ini"},
        "trustee": user(sandbox, "heat"),
        "clients": {"endpoint_type": "publicURL"},
        "clients_keystone": {"auth_uri": sandbox.url("keystone")},
        "database": database(sandbox, "heat"),
        "keystone_authtoken": authtoken(sandbox, "heat"),
        **messaging(sandbox, "heat"),
    }


def _default(sandbox: Sandbox) -> Section:
    etc = sandbox.venv / "etc/heat"
    return {
        "host": "sandbox",
        "transport_url": transport(sandbox),
        "num_engine_workers": 1,
        "convergence_engine": "true",
        "auth_encryption_key": hashlib.sha256(sandbox.password.encode()).hexdigest()[:32],
        "deferred_auth_method": "trusts",
        "trusts_delegated_roles": "",
        "stack_user_domain_name": "heat",
        "stack_domain_admin": "heat_domain_admin",
        "stack_domain_admin_password": sandbox.password,
        "region_name_for_services": REGION,
        # Servers are told these even when they never use them; heat-api-cfn itself is not started.
        "heat_metadata_server_url": sandbox.url("heat"),
        "heat_waitcondition_server_url": f"{sandbox.url('heat')}/v1/waitcondition",
        "environment_dir": etc / "environment.d",
        "template_dir": etc / "templates",
        "max_stacks_per_tenant": 500,
        "max_resources_per_stack": 2000,
        "action_retry_limit": 0,  # one failing server would otherwise take a minute and a half to say so
        "periodic_interval": 20,
        "rpc_response_timeout": 120,
    }
