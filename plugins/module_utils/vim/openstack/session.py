# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A connection to one OpenStack region: plain JSON over keystoneauth, with time limits, retries and errors told in our
words.

Endpoints come from the token's catalogue without version discovery, and answers stay JSON: a list call then costs 2 ms
of CPU where openstacksdk's proxies take 7 to 30. openstacksdk reads the configuration, so every way of clouds.yaml and
OS_* to log in works here.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.vim.openstack.faults import fault_text, http_error

try:
    from keystoneauth1 import exceptions as ksa
    from openstack import config as os_config
    from openstack.exceptions import ConfigException
except ImportError:
    pass  # named by deps.require() at the edge

if TYPE_CHECKING:
    from requests import Response

CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 30.0
BACKOFF = (0.2, 0.5, 1.0, 2.0)  # seconds before each further try of a request that may be repeated
LONGEST_TRYING = 30.0  # seconds after which it is not tried again: a service that hangs must not hang us for minutes
RETRY_STATUS = frozenset({500, 502, 503, 504})
NOVA_VERSION = "2.61"  # of 2018: a flavour's extra specs are in the list, and its name is in the server

_VERSION_PATH = {"network": "/v2.0", "image": "/v2"}
"""Services whose catalogue entry has no version in its path."""

_ONLY_READS = frozenset({"GET", "HEAD"})


class Cloud:
    """One region as one project sees it. Threads may share it."""

    def __init__(self, region: Any, name: str) -> None:
        self._region = region
        self._session = region.get_session()
        self.name = name
        self._endpoints: dict[str, str] = {}
        self._logged_in = False

    def login(self) -> None:
        """Get a token, once; raises vim_unauthorized, vim_unreachable, cloud_invalid."""
        if not self._logged_in:
            try:
                self._guarded(self._session.get_token, "identity", repeat=True)
            except ManoError:
                raise
            except Exception as error:  # noqa: BLE001  (keystoneauth raises bare Exceptions for incomplete entries)
                raise _invalid(self.name, error) from None
            self._logged_in = True

    @property
    def project_id(self) -> str:
        """The project that the credentials are scoped to."""
        return str(self._guarded(self._session.get_project_id, "identity", repeat=True))

    @property
    def is_admin(self) -> bool:
        """Whether the token has the role `admin`: a plain tenant may not make flavours."""
        access = self._guarded(lambda: self._session.auth.get_access(self._session), "identity", repeat=True)
        return "admin" in access.role_names

    def get(self, service: str, path: str, **params: Any) -> dict[str, Any]:
        """The JSON of a GET."""
        return dict(self.request("GET", service, path, params=params).json())

    def find(self, service: str, path: str, **params: Any) -> dict[str, Any] | None:
        """The JSON of a GET, or None when there is no such thing (404)."""
        response = self.request("GET", service, path, params=params, accept=(404,))
        return None if response.status_code == 404 else dict(response.json())

    def listed(self, service: str, path: str, key: str, **params: Any) -> list[dict[str, Any]]:
        """All entries of a list, page after page."""
        found: list[dict[str, Any]] = []
        page = self.get(service, path, **params)
        while True:
            found += page[key]
            link = _next_page(page, key)
            if link is None or not page[key]:
                return found
            page = self.get(service, path, **(params | link))

    def request(  # noqa: PLR0913  (one place where every request passes)
        self,
        method: str,
        service: str,
        path: str,
        *,
        accept: Collection[int] = (),
        repeat: bool | None = None,
        json: Any = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        data: Any = None,
        timeout: float = READ_TIMEOUT,
    ) -> Response:
        """Send one request. Statuses >= 400 that `accept` does not name raise.

        `repeat`: it may be sent again after a lost connection or a 5xx; by default only reads are.
        """
        self.login()
        repeat = method in _ONLY_READS if repeat is None else repeat
        options: dict[str, Any] = {"json": json} if json is not None else {}
        options |= {"params": params} if params else {}
        options |= {"data": data} if data is not None else {}

        def send() -> Response:
            response: Response = self._session.request(
                self._endpoint(service) + path,
                method,
                raise_exc=False,
                headers=_versions(service) | dict(headers or {}),
                timeout=(CONNECT_TIMEOUT, timeout),
                **options,
            )
            return response

        response: Response = self._guarded(send, service, repeat=repeat)
        if response.status_code >= 400 and response.status_code not in accept:
            raise http_error(self.name, service, f"{method} {path}", response.status_code, fault_text(response))
        return response

    def has(self, service: str) -> bool:
        """Whether the catalogue has the service; Cinder is missing from some clouds."""
        self.login()
        return self._find_endpoint(service) is not None

    def _endpoint(self, service: str) -> str:
        url = self._find_endpoint(service)
        if url is None:
            region = self._region.get_region_name(service)
            raise ManoError(
                "vim_error",
                f"Cloud '{self.name}' has no {service} service in region '{region}'; name another region with "
                "`region_name`.",
                resource=self.name,
            )
        return url

    def _find_endpoint(self, service: str) -> str | None:
        if service not in self._endpoints:
            url = self._region.get_endpoint(service) or self._catalogued(service)
            if url is None:
                return None
            version = "" if re.search(r"/v\d(\.\d)?($|/)", url) else _VERSION_PATH.get(service, "")
            self._endpoints[service] = url.rstrip("/") + version
        return self._endpoints[service]

    def _catalogued(self, service: str) -> str | None:
        region = self._region
        try:
            url = self._session.get_endpoint(
                service_type=service,
                interface=region.get_interface(service),
                region_name=region.get_region_name(service),
                skip_discovery=True,
            )
        except ksa.CatalogException:
            return None
        return str(url) if url else None

    def _guarded(self, send: Callable[[], Any], service: str, *, repeat: bool) -> Any:
        """Call `send` with retries; turn what keystoneauth raises into ManoError."""
        waits = list(BACKOFF) if repeat else []
        began = time.monotonic()
        while True:
            try:
                answer = send()
                if not waits or getattr(answer, "status_code", 200) not in RETRY_STATUS:
                    return answer
            except (ksa.ConnectionError, ksa.HttpServerError, ksa.DiscoveryFailure) as error:
                if not waits or time.monotonic() - began > LONGEST_TRYING:
                    raise self._unreachable(service, error) from None
            except ksa.ClientException as error:
                raise self._refused(error) from None
            time.sleep(waits.pop(0))

    def _unreachable(self, service: str, error: Exception) -> ManoError:
        right = " and that auth_url in clouds.yaml is right" if service == "identity" else ""
        return ManoError(
            "vim_unreachable",
            f"The {service} service of cloud '{self.name}' does not answer; see that it is up{right}, then run the "
            "task again.",
            resource=self.name,
            vim_message=str(error)[:500],
        )

    def _refused(self, error: Exception) -> ManoError:
        if isinstance(error, ksa.Unauthorized):
            return ManoError(
                "vim_unauthorized",
                f"Cloud '{self.name}' refuses the credentials of its clouds.yaml entry; correct them there.",
                resource=self.name,
                vim_message=str(error)[:500],
            )
        return ManoError(
            "vim_error",
            f"Logging in to cloud '{self.name}' failed: {error}",
            resource=self.name,
            vim_message=str(error)[:500],
        )


def connect(cloud: str | None = None, region_name: str | None = None) -> Cloud:
    """The cloud of a clouds.yaml entry; no name: OS_CLOUD, the OS_* variables, or the only entry there is.

    Sends nothing yet. Raises cloud_not_found, cloud_invalid.
    """
    logging.getLogger("keystoneauth").addHandler(logging.NullHandler())  # our errors say it; no line of its own
    try:
        found = os_config.OpenStackConfig()
        names = [name for name in found.get_cloud_names() if name != "defaults"]  # what openstacksdk puts for no file
        name = cloud or os.environ.get("OS_CLOUD") or _only(names)
        if name not in names:
            raise _no_cloud(name, names)
        options: dict[str, Any] = {"region_name": region_name} if region_name else {}
        return Cloud(found.get_one(cloud=name, **options), name)
    except (ConfigException, ksa.ClientException) as error:
        raise _invalid(cloud or os.environ.get("OS_CLOUD") or "", error) from None


def _invalid(name: str, error: Exception) -> ManoError:
    reason = str(error).strip().rstrip(".") or type(error).__name__
    return ManoError(
        "cloud_invalid", f"The clouds.yaml entry '{name}' can't be used: {reason}; correct it.", resource=name
    )


def _only(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    raise ManoError(
        "cloud_not_found",
        f"No cloud is named, and clouds.yaml has {len(names)} ({', '.join(sorted(names)) or 'none'}); name one with "
        "`cloud` or OS_CLOUD.",
    )


def _no_cloud(name: str, names: list[str]) -> ManoError:
    return ManoError(
        "cloud_not_found",
        f"clouds.yaml has no entry '{name}' (it has: {', '.join(sorted(names)) or 'none'}); add it, or set "
        "OS_CLIENT_CONFIG_FILE to the file that has it.",
        resource=name,
    )


def _versions(service: str) -> dict[str, str]:
    return {"OpenStack-API-Version": f"compute {NOVA_VERSION}"} if service == "compute" else {}


def _next_page(page: Mapping[str, Any], key: str) -> dict[str, str] | None:
    """The query that gets the page after `page`, or None on the last."""
    from urllib.parse import parse_qsl, urlsplit

    links = page.get(f"{key}_links", ())
    url = next((link["href"] for link in links if link.get("rel") == "next"), page.get("next"))
    return dict(parse_qsl(urlsplit(url).query)) if url else None
