"""Asks a server that is not ours: one question at a time, each once, in bounded time and size.

A redirect or a discovery document could send us to another host. It is followed to the open internet; to a
private address only where the user allowed it, so that a server out there can't have us probe what is in here.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests

from webhooks.media import is_public

AGENT = "townline-open311-check"
MOST_BYTES = 20_000_000
MOST_REDIRECTS = 3
CHUNK = 65_536

Form = Mapping[str, str | tuple[str, ...]]
"""A form's fields; a tuple is sent as the field several times."""


class Unreachable(Exception):
    """The server gave no answer that can be judged; the message says why, and what to do."""


@dataclass(frozen=True)
class Answer:
    """What came back. `asked` is the method and the path with its query, for people; it never has a key."""

    asked: str
    status: int
    content_type: str
    body: bytes

    @property
    def mime(self) -> str:
        """The media type alone, in lower case."""
        return self.content_type.partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body, whatever its encoding is worth."""
        return self.body.decode("utf-8", errors="replace")


class Asker:
    """Asks one server. `timeout` is in seconds, for each answer; `count` is how often it asked."""

    def __init__(self, start: str, *, timeout: float = 20.0, private: bool = False) -> None:
        self._host = urlsplit(start).hostname
        self._timeout = timeout
        self._private = private
        self._session = requests.Session()
        self._session.headers["User-Agent"] = AGENT
        if _is_loopback(self._host or ""):
            self._session.trust_env = False  # no proxy stands between two ports of one machine
        self._answers: dict[str, Answer | Unreachable] = {}
        self.count = 0

    def get(self, url: str, parameters: Mapping[str, str] | None = None) -> Answer:
        """Return what is at a URL, from memory if it was asked before; raises `Unreachable`, so too."""
        full = requests.Request("GET", url, params=parameters).prepare().url or url
        if full not in self._answers:
            try:
                self._answers[full] = self._follow(full)
            except Unreachable as error:
                self._answers[full] = error
        found = self._answers[full]
        if isinstance(found, Unreachable):
            raise found
        return found

    def forget(self) -> None:
        """Ask anew from here on."""
        self._answers.clear()

    def post(self, url: str, fields: Form) -> Answer:
        """Post a form; redirects are not followed. Raises `Unreachable`."""
        self.allow(url)
        return self._ask("POST", url, fields)[0]

    def allow(self, url: str) -> None:
        """Make sure that we may ask at this URL; raises `Unreachable`."""
        target = urlsplit(url)
        if target.scheme not in ("http", "https") or not target.hostname:
            raise Unreachable(f"{url} is no http(s) URL.")
        if self._private or target.hostname == self._host:
            return
        try:
            found = socket.getaddrinfo(target.hostname, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise Unreachable(f"{target.hostname}, which the server names, can't be found.") from None
        if not all(is_public(str(entry[4][0])) for entry in found):
            raise Unreachable(
                f"the server sends us to {target.hostname}, a private address. If that is meant, add --private."
            )

    def _follow(self, url: str) -> Answer:
        path = _shown(url)
        for _ in range(MOST_REDIRECTS + 1):
            self.allow(url)
            answer, onward = self._ask("GET", url)
            if not onward:
                return Answer(f"GET {path}", answer.status, answer.content_type, answer.body)
            url = urljoin(url, onward)
        raise Unreachable(f"{path} redirects more than {MOST_REDIRECTS} times.")

    def _ask(self, method: str, url: str, fields: Form | None = None) -> tuple[Answer, str]:
        """Return the answer, and where a redirect leads."""
        self.count += 1
        asked, deadline = f"{method} {_shown(url)}", time.monotonic() + self._timeout
        try:
            with self._session.request(
                method, url, data=fields, timeout=self._timeout, allow_redirects=False, stream=True
            ) as got:
                body = _body(got, deadline, asked)
                onward = got.headers.get("Location", "") if got.is_redirect else ""
                return Answer(asked, got.status_code, got.headers.get("Content-Type", ""), body), onward
        except (requests.RequestException, ValueError) as error:
            raise Unreachable(f"{asked}: no answer ({type(error).__name__}).") from None


def _body(got: requests.Response, deadline: float, asked: str) -> bytes:
    body = bytearray()
    for chunk in got.iter_content(CHUNK):
        body += chunk
        if len(body) > MOST_BYTES:
            raise Unreachable(f"{asked}: the answer has more than {MOST_BYTES // 1_000_000} MB.")
        if time.monotonic() > deadline:
            raise Unreachable(f"{asked}: the answer did not end in time; give it longer with --timeout.")
    return bytes(body)


def _shown(url: str) -> str:
    """Return a URL's path and query."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
