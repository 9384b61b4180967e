"""The way from the simulator to the app: real HTTP to this machine, by connections that are kept."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse
from urllib.parse import urljoin, urlsplit

from urllib3.util import wait_for_read

_LOCAL = ("127.0.0.1", "localhost", "::1")
_MOST_REDIRECTS = 30
_ANY_ENCODING = 32 + zlib.MAX_WBITS  # gzip or deflate, as the first bytes say


class WebhookFailed(Exception):
    """The app did not take a webhook; `status` is its last answer, None when there was no answer."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status


class CallFailed(Exception):
    """The app could not be called, or gave no answer."""


class ReadTimeout(CallFailed):
    """The app took the call and did not answer in time."""


@dataclass(frozen=True)
class Answer:
    """What the app answered."""

    status: int
    headers: HTTPMessage
    content: bytes = field(repr=False)


class AppAddress:
    """Where the app is known to be (`public`), and where on this machine it listens (`private`).

    Providers sign and call the public address. A test has no tunnel, so calls to the public address
    are made to the private one, with the public Host header, as a tunnel would.
    """

    def __init__(self, private: str, public: str = "") -> None:
        self.private = private.rstrip("/")
        self._public = public.rstrip("/")
        self._idle: dict[tuple[str, int], list[HTTPConnection]] = {}  # the one used last is the last

    @property
    def public(self) -> str:
        """The base URL the app is configured with."""
        return self._public or self.private

    def call(
        self,
        method: str,
        url: str,
        *,
        timeout: tuple[float, float],
        headers: Mapping[str, str],
        body: str | None = None,
        follow: bool = True,
    ) -> Answer:
        """Make a request to a URL of the app; timeouts are in seconds, to connect and to read.

        Redirects are followed, or with `follow` false returned; 301 to 303 lose the body. Raises `CallFailed`,
        also when the URL is not on this machine: the simulator calls nothing else.
        """
        for _ in range(_MOST_REDIRECTS):
            answer = self._ask(method, url, timeout, headers, body)
            location = answer.headers.get("Location") if 301 <= answer.status <= 308 else None
            if not (follow and location):
                return answer
            url = urljoin(url, location)
            if answer.status <= 303 and method != "HEAD":
                method, body = "GET", None
                headers = {name: value for name, value in headers.items() if name != "Content-Type"}
        raise CallFailed("The redirects do not end.")

    def close(self) -> None:
        """Close the connections that are kept; another call opens its own."""
        for idle in list(self._idle.values()):
            while idle:
                idle.pop().close()

    def _ask(
        self, method: str, url: str, timeout: tuple[float, float], headers: Mapping[str, str], body: str | None
    ) -> Answer:
        if self._public and url.startswith(self._public):
            headers = {**headers, "Host": urlsplit(self._public).netloc}
            url = self.private + url[len(self._public) :]
        try:
            parts = urlsplit(url)
            if parts.scheme != "http" or parts.hostname not in _LOCAL:
                raise CallFailed("Not an address on this machine.")
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection = self._connection(parts.hostname, parts.port or 80, timeout[0])
            connection.sock.settimeout(timeout[1])
        except (OSError, ValueError) as error:
            raise CallFailed(str(error)) from error
        try:
            connection.request(method, target, body, dict(headers))
            answer = _read(connection.getresponse())
        except (OSError, ValueError, HTTPException, zlib.error) as error:
            connection.close()
            kind = ReadTimeout if isinstance(error, TimeoutError) else CallFailed
            raise kind(str(error)) from error
        if connection.sock:  # the app keeps it, too
            self._idle[connection.host, connection.port].append(connection)
        return answer

    def _connection(self, host: str, port: int, timeout: float) -> HTTPConnection:
        """Return a connection that is open: a kept one, unless the app has closed it since."""
        idle = self._idle.setdefault((host, port), [])
        with suppress(IndexError):  # other threads take of them, too
            while connection := idle.pop():
                if not wait_for_read(connection.sock, timeout=0):
                    return connection
                connection.close()
        connection = HTTPConnection(host, port, timeout)
        connection.connect()
        return connection


def _read(response: HTTPResponse) -> Answer:
    content = response.read()
    if response.headers.get("Content-Encoding") in ("gzip", "deflate"):
        content = zlib.decompress(content, _ANY_ENCODING)
    return Answer(response.status, response.headers, content)
