"""The way from the simulator to the app: real HTTP to this machine, by connections that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, ReadTimeoutError

_LOCAL = ("127.0.0.1", "localhost", "::1")
_MOST_REDIRECTS = 30


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
    headers: Mapping[str, str]
    content: bytes = field(repr=False)


class AppAddress:
    """Where the app is known to be (`public`), and where on this machine it listens (`private`).

    Providers sign and call the public address. A test has no tunnel, so calls to the public address
    are made to the private one, with the public Host header, as a tunnel would.
    """

    def __init__(self, private: str, public: str = "") -> None:
        self.private = private.rstrip("/")
        self._public = public.rstrip("/")
        self._connections = urllib3.PoolManager(maxsize=64)

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
        self._connections.clear()

    def _ask(
        self, method: str, url: str, timeout: tuple[float, float], headers: Mapping[str, str], body: str | None
    ) -> Answer:
        if self._public and url.startswith(self._public):
            headers = {**headers, "Host": urlsplit(self._public).netloc}
            url = self.private + url[len(self._public) :]
        limits = urllib3.Timeout(connect=timeout[0], read=timeout[1])
        try:
            if urlsplit(url).hostname not in _LOCAL:
                raise CallFailed("Not an address on this machine.")
            found = self._connections.request(
                method, url, body=body, headers=headers, timeout=limits, retries=False, redirect=False
            )
        except ReadTimeoutError as error:
            raise ReadTimeout(str(error)) from error
        except (HTTPError, ValueError) as error:
            raise CallFailed(str(error)) from error
        return Answer(found.status, found.headers, found.data)
