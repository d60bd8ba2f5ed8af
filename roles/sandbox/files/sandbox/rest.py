# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small client of the OpenStack APIs: what start-up needs, without importing an SDK for a second and a half."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from sandbox.errors import SandboxError
from sandbox.paths import Sandbox

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class Client:
    """An administrator's session."""

    sandbox: Sandbox
    token: str
    project: str

    def call(self, method: str, service: str, path: str, body: object = None, *, version: str = "") -> Any:
        """One request; the decoded answer, {} when it is empty. Raises SandboxError for a status of 400 and more."""
        headers = {"X-Auth-Token": self.token}
        if version:
            headers["OpenStack-API-Version"] = version
        return send(self.sandbox, method, service, path, body, headers)[0]

    def get(self, service: str, path: str, key: str, *, version: str = "") -> Any:
        """One field of the answer to a GET."""
        return self.call("GET", service, path, version=version)[key]


def login(sandbox: Sandbox) -> Client:
    """Log in as admin."""
    user = {"name": "admin", "domain": {"id": "default"}, "password": sandbox.password}
    body = {
        "auth": {
            "identity": {"methods": ["password"], "password": {"user": user}},
            "scope": {"project": {"name": "admin", "domain": {"id": "default"}}},
        }
    }
    answer, headers = send(sandbox, "POST", "keystone", "/v3/auth/tokens", body, {})
    return Client(sandbox, headers["X-Subject-Token"], answer["token"]["project"]["id"])


def send(
    sandbox: Sandbox, method: str, service: str, path: str, body: object, headers: dict[str, str]
) -> tuple[Any, dict[str, str]]:
    """One request; `body` is sent as it is when it is bytes, else as JSON."""
    data, kind = (body, "application/octet-stream") if isinstance(body, bytes) else (None, "application/json")
    if body is not None and data is None:
        data = json.dumps(body).encode()
    fields = {"Content-Type": kind, "Accept": "application/json", **headers}
    request = urllib.request.Request(sandbox.url(service) + path, data, fields, method=method)
    try:
        with _opener.open(request, timeout=60) as answer:
            content = answer.read()
            return json.loads(content) if content else {}, dict(answer.headers)
    except urllib.error.HTTPError as error:
        detail = error.read().decode(errors="replace")[:500]
        raise SandboxError(f"{method} {service}{path} answered {error.code}: {detail}") from error
    except (OSError, http.client.HTTPException) as error:
        raise SandboxError(f"{method} {service}{path} was not answered: {error}") from error


def answers(sandbox: Sandbox, service: str) -> bool:
    """Whether an API answers at all."""
    path = "/v3" if service == "keystone" else "/"
    try:
        with _opener.open(sandbox.url(service) + path, timeout=30) as answer:
            return bool(answer.status)
    except urllib.error.HTTPError as error:
        return error.code < 500
    except (OSError, http.client.HTTPException):
        return False
