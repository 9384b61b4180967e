"""Real HTTP on 127.0.0.1: the simulator's servers, and the way from it to the app."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class WebhookFailed(Exception):
    """The app did not take a webhook; `status` is its last answer, None when there was no answer."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status


class _Quiet(WSGIRequestHandler):
    """Logs nothing: request lines hold tokens and phone numbers."""

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


class LoopbackServer:
    """One WSGI application on one port of 127.0.0.1; port 0 takes a free one."""

    def __init__(self, app: WSGIApplication, port: int = 0) -> None:
        self._app = app
        self._port = port
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen, and answer from a thread of its own."""
        self._server = make_server("127.0.0.1", self._port, self._app, threaded=True, request_handler=_Quiet)
        self._port = self._server.port  # kept, so that a restart comes back at the same address
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the port; requests being answered may finish."""
        if self._server and self._thread:
            stopping = threading.Thread(target=self._server.shutdown)
            stopping.start()
            self._wake()
            stopping.join()
            self._thread.join()
            self._server.server_close()

    def _wake(self) -> None:
        """Call, so that the server looks whether it is to stop before its time to look comes round."""
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self._port), timeout=1).close()

    @property
    def url(self) -> str:
        """The server's base URL, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"


class AppAddress:
    """Where the app is known to be (`public`), and where on this machine it listens (`private`).

    Providers sign and call the public address. A test has no tunnel, so calls to the public address
    are made to the private one, with the public Host header, as a tunnel would.
    """

    def __init__(self, private: str, public: str = "") -> None:
        self.private = private.rstrip("/")
        self._public = public.rstrip("/")
        self._local = threading.local()

    @property
    def public(self) -> str:
        """The base URL the app is configured with."""
        return self._public or self.private

    def call(self, method: str, url: str, *, timeout: tuple[float, float], **request: Any) -> requests.Response:
        """Make a request to a URL of the app; `request` goes to `requests`, timeouts are in seconds.

        Raises `requests.RequestException`, also when the URL is not on this machine: the simulator
        calls nothing else.
        """
        headers = request.pop("headers", {})
        if self._public and url.startswith(self._public):
            headers = headers | {"Host": urlsplit(self._public).netloc}
            url = self.private + url[len(self._public) :]
        if urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"):
            raise requests.exceptions.InvalidURL("Not an address on this machine.")
        return self._session.request(method, url, headers=headers, timeout=timeout, **request)

    @property
    def _session(self) -> requests.Session:
        """This thread's own, whose connections are kept."""
        if not hasattr(self._local, "session"):
            session = self._local.session = requests.Session()
            session.trust_env = False  # no proxy stands between two ports of one machine
            session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        found: requests.Session = self._local.session
        return found
