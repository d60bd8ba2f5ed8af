# Copyright: the nfv.mano contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetching a package over HTTP from a server of the test's own."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from unit.package.packages import sound_files, write_zip

from ansible_collections.nfv.mano.plugins.module_utils.errors import ManoError
from ansible_collections.nfv.mano.plugins.module_utils.package.limits import Limits
from ansible_collections.nfv.mano.plugins.module_utils.package.source import open_package

pytestmark = pytest.mark.usefixtures("nothing_left")


class Server(ThreadingHTTPServer):
    """`/vnf.csar` is the package; other paths misbehave as they are named."""

    package: bytes
    elsewhere: str
    seen: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.seen.append(self.path)
        path = self.path.partition("?")[0]
        if path in {"/moved", "/away", "/local", "/loop"}:
            target = {
                "/moved": "/vnf.csar",
                "/away": self.server.elsewhere,
                "/local": "file:///etc/passwd",
                "/loop": "/loop",
            }[path]
            self.send_response(302)
            self.send_header("Location", target)
            self.end_headers()
        elif path == "/secret" and self.headers["Authorization"] != f"Basic {base64.b64encode(b'me:p@ss').decode()}":
            self.send_error(401)
        elif path in {"/vnf.csar", "/secret", "/short", "/endless"}:
            self._give(path)
        else:
            self.send_error(404)

    def _give(self, path: str) -> None:
        self.send_response(200)
        if path != "/endless":
            self.send_header("Content-Length", str(len(self.server.package) + (path == "/short")))
        self.end_headers()
        self.wfile.write(self.server.package)
        try:
            while path == "/endless":
                self.wfile.write(bytes(65536))
        except OSError:
            pass

    def log_message(self, *_rest: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as one, Server(("127.0.0.1", 0), Handler) as other:
        one.package = other.package = write_zip(tmp_path / "a.csar", sound_files()).read_bytes()
        one.seen, other.seen = [], []
        one.elsewhere = f"{other.url}/vnf.csar"
        threads = [threading.Thread(target=each.serve_forever, kwargs={"poll_interval": 0.01}) for each in (one, other)]
        for thread in threads:
            thread.start()
        try:
            yield one
        finally:
            for each in (one, other):
                each.shutdown()
            for thread in threads:
                thread.join()
        assert other.seen == []


def refusal(url: str, limits: Limits | None = None) -> ManoError:
    with pytest.raises(ManoError) as found, open_package(url, limits or Limits(), allow_url=True):
        pass
    assert found.value.message.isprintable()
    return found.value


@pytest.mark.parametrize("path", ["/vnf.csar", "/moved", "/vnf.csar?token=secret#part"])
def test_a_url_is_read_as_a_file_is(server: Server, path: str, nothing_left: Path) -> None:
    with open_package(server.url + path, allow_url=True) as package:
        assert "Definitions/vnfd.yaml" in package
        assert package.read_text("ChangeLog.txt") == "1.0 first\n"
        assert "secret" not in package.source
        assert list(nothing_left.iterdir()) == []


def test_credentials_of_a_url_are_sent_and_not_shown(server: Server) -> None:
    url = server.url.replace("//", "//me:p%40ss@") + "/secret"
    with open_package(url, allow_url=True) as package:
        assert "Definitions/vnfd.yaml" in package
        assert "p%40ss" not in package.source
    error = refusal(url.replace("p%40ss", "wrong"))
    assert (error.error_code, "wrong" in error.message) == ("download_failed", False)
    assert "401" in error.message


@pytest.mark.parametrize("path", ["/away", "/local"])
def test_a_redirect_to_elsewhere_is_refused(server: Server, path: str) -> None:
    assert refusal(server.url + path).error_code in {"url_refused", "download_failed"}


@pytest.mark.parametrize("path", ["/gone", "/short", "/loop"])
def test_what_cannot_be_fetched(server: Server, path: str) -> None:
    assert refusal(server.url + path).error_code == "download_failed"


def test_nobody_listens(server: Server) -> None:
    with Server(("127.0.0.1", 0), Handler) as closed:
        url = closed.url
    assert refusal(f"{url}/vnf.csar").error_code == "download_failed"
    assert server.seen == []


def test_a_download_without_end_is_cut(server: Server) -> None:
    assert refusal(f"{server.url}/endless", Limits(max_total_size=2**22)).error_code == "package_too_large"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/a", "http://", "http://[::1", "https:///a", "gopher://x/y"]
)
def test_other_urls_are_refused(url: str) -> None:
    assert refusal(url).error_code == "url_refused"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:pw/a", "http://127.0.0.1:99999/a", "http://a b/c", "http://127.0.0.1/a\nb"]
)
def test_malformed_urls_are_refused(url: str) -> None:
    assert refusal(url).error_code in {"url_refused", "download_failed"}
