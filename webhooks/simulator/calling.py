"""The way from the simulator to the app: real HTTP to this machine, by connections that are kept."""

from __future__ import annotations

import gzip
import zlib
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPConnection, HTTPException
from urllib.parse import urljoin, urlsplit

from urllib3.util import wait_for_read

_LOCAL = ("127.0.0.1", "localhost", "::1")
_MOST_REDIRECTS = 30
_DECODED: Mapping[str, Callable[[bytes], bytes]] = {"gzip": gzip.decompress, "deflate": zlib.decompress}


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
    headers: Message
    content: bytes = field(repr=False)


class AppAddress:
    """Where the app is known to be (`public`), and where on this machine it listens (`private`).

    Providers sign and call the public address. A test has no tunnel, so calls to the public address
    are made to the private one, with the public Host header, as a tunnel would.
    """

    def __init__(self, private: str, public: str = "") -> None:
        self.private = private.rstrip("/")
        self._public = public.rstrip("/")
        # Plain ones: a pool that serves every need takes as long again for each call, and a crowd makes many.
        self._idle: defaultdict[str, deque[HTTPConnection]] = defaultdict(deque)

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
        for idle in self._idle.values():
            with suppress(IndexError):  # none is left
                while connection := idle.pop():
                    connection.close()

    def _ask(
        self, method: str, url: str, timeout: tuple[float, float], headers: Mapping[str, str], body: str | None
    ) -> Answer:
        if self._public and url.startswith(self._public):
            headers = {**headers, "Host": urlsplit(self._public).netloc}
            url = self.private + url[len(self._public) :]
        try:
            target = urlsplit(url)
        except ValueError as error:
            raise CallFailed(str(error)) from error
        if target.hostname not in _LOCAL:
            raise CallFailed("Not an address on this machine.")
        connection = self._connection(target.netloc, timeout)
        try:
            connection.request(
                method,
                target._replace(scheme="", netloc="", fragment="").geturl() or "/",
                body and body.encode(),
                headers,
            )
            response = connection.getresponse()
            decoded = _DECODED.get(response.headers.get("Content-Encoding", "").lower(), bytes)
            answer = Answer(response.status, response.headers, decoded(response.read()))
        except (OSError, HTTPException, ValueError, zlib.error) as error:
            connection.close()
            raise (ReadTimeout if isinstance(error, TimeoutError) else CallFailed)(str(error)) from error
        if connection.sock is not None:  # the app may have closed it with its answer
            self._idle[target.netloc].append(connection)
        return answer

    def _connection(self, netloc: str, timeout: tuple[float, float]) -> HTTPConnection:
        """Return a connection that nobody uses: one that was kept and is still open, or a new one."""
        with suppress(IndexError):  # none is left
            while connection := self._idle[netloc].pop():
                if not wait_for_read(connection.sock, 0.0):  # there is nothing to read but its end
                    connection.sock.settimeout(timeout[1])
                    return connection
                connection.close()
        try:
            connection = HTTPConnection(netloc, timeout=timeout[0])
            connection.connect()
        except (OSError, HTTPException) as error:
            raise CallFailed(str(error)) from error
        connection.sock.settimeout(timeout[1])
        return connection
