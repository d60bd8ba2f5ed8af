# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetches a package from the URL that the play named: one host, bounded, into a file without a name."""

from __future__ import annotations

import base64
import http.client
import os
import urllib.error
import urllib.parse
import urllib.request
from typing import IO, Any, BinaryIO

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.limits import Limits
from ansible_collections.nfv.mano.plugins.module_utils.package.names import shown
from ansible_collections.nfv.mano.plugins.module_utils.package.spool import spooled

_SILENCE = 60.0
"""Seconds that a server may say nothing."""


def redacted(url: str) -> str:
    """A URL without what may be secret in it: credentials, query, fragment."""
    try:
        parts = urllib.parse.urlsplit(url)
        return shown(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}")
    except ValueError:
        return "(malformed URL)"


def download(url: str, limits: Limits) -> BinaryIO:
    """The bytes at an http(s) URL in a temporary file without a name.

    Redirects are followed on the same scheme, host and port only. Raises ManoError url_refused, download_failed,
    package_too_large.
    """
    request = _request(url)
    opener = urllib.request.build_opener(_SameOrigin)
    try:
        with opener.open(request, timeout=_SILENCE) as response:
            declared = response.headers.get("Content-Length", "")
            stream = spooled(response, limits.max_total_size, redacted(url))
    except urllib.error.HTTPError as error:
        error.close()
        raise _failed(url, f"the server answered {error.code} {shown(str(error.reason))}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _failed(url, shown(str(getattr(error, "reason", None) or type(error).__name__))) from None
    size = os.fstat(stream.fileno()).st_size
    if declared.isdecimal() and size != int(declared):
        stream.close()
        raise _failed(url, f"the server sent {size} of {declared} bytes")
    return stream


def _request(url: str) -> urllib.request.Request:
    refused = ManoError("url_refused", f"Package {redacted(url)} is not an http or https URL. Give one, or a file.")
    try:
        parts = urllib.parse.urlsplit(url)
    except ValueError:
        raise refused from None
    if not parts.hostname or parts.scheme.lower() not in {"http", "https"}:
        raise refused
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="")
    request = urllib.request.Request(bare.geturl())  # noqa: S310 - the scheme is checked above
    if parts.username is not None:
        pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
        request.add_unredirected_header("Authorization", f"Basic {base64.b64encode(pair.encode()).decode()}")
    return request


class _SameOrigin(urllib.request.HTTPRedirectHandler):
    """Keeps a redirect from leading elsewhere, into the controller's own network for one."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        here, there = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        if (here.scheme, here.netloc) != (there.scheme, there.netloc):
            fp.close()
            raise ManoError(
                "url_refused",
                f"Package {redacted(req.full_url)} is redirected to another server, {redacted(newurl)}. "
                "Name that URL in 'src'.",
            )
        again = super().redirect_request(req, fp, code, msg, headers, newurl)
        if again is not None and (credentials := req.unredirected_hdrs.get("Authorization")):
            again.add_unredirected_header("Authorization", credentials)
        return again


def _failed(url: str, why: str) -> ManoError:
    return ManoError("download_failed", f"Package {redacted(url)} cannot be fetched: {why}.")
