"""Fetches a file from a provider without being led astray: to other hosts, or to no end."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from urllib.parse import SplitResult, urljoin, urlsplit

import certifi
import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from webhooks.channel import FetchError

MAX_REDIRECTS = 3
_CHUNK = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

# What an answer means, and whether asking again may help.
_REFUSALS = {
    401: ("forbidden", False),
    403: ("forbidden", False),
    404: ("missing", True),  # Twilio's webhook can be ahead of its media store
    408: ("unavailable", True),
    413: ("too_big", False),
    429: ("unavailable", True),
}


def download(
    url: str,
    *,
    limit: int,
    allow: Collection[str],
    auth: tuple[str, str] | None = None,
    timeout: float = 20.0,
) -> bytes:
    """Return the body at `url`, at most `limit` bytes; raises `FetchError`.

    `allow` holds the provider's own origins, such as "https://api.twilio.com" or
    "https://*.twilio.com": only they are sent `auth`. Redirects may lead to any public host over
    https. An origin in `allow` on this machine is a simulator, and opens its host, any port, to
    plain http as well. `timeout` is in seconds, for the whole download. No proxy is used, since we
    could not see where it connects.
    """
    deadline = time.monotonic() + timeout
    for _ in range(MAX_REDIRECTS + 1):
        target = _checked(url, allow)
        headers = {"Host": target.netloc, "Accept-Encoding": "identity"}
        if auth and _is_own(target, allow):
            headers |= urllib3.make_headers(basic_auth=":".join(auth))
        with _get(target, _addresses(target, allow), headers, deadline) as response:
            if response.status not in _REDIRECTS:
                return _body(response, limit, deadline)
            url = urljoin(url, response.headers.get("Location", ""))
    raise FetchError("refused")


def _checked(url: str, allow: Collection[str]) -> SplitResult:
    """Return the parts of a URL we may ask for."""
    try:
        target = urlsplit(url)
        _ = target.port  # raises ValueError on a port that is none
    except ValueError:
        raise FetchError("refused") from None
    plain_http = target.scheme == "http" and _is_simulator(target.hostname, allow)
    if not target.hostname or target.username or not (target.scheme == "https" or plain_http):
        raise FetchError("refused")
    return target


def _port(target: SplitResult) -> int:
    return target.port or (443 if target.scheme == "https" else 80)


def _is_own(target: SplitResult, allow: Collection[str]) -> bool:
    """Say whether the target is one of the provider's own origins: scheme, host and port."""
    host = target.hostname or ""
    for origin in map(urlsplit, allow):
        own = origin.hostname or ""
        same_host = host.endswith(own[1:]) if own.startswith("*.") else host == own
        if same_host and (target.scheme, _port(target)) == (origin.scheme, _port(origin)):
            return True
    return False


def _is_simulator(host: str | None, allow: Collection[str]) -> bool:
    """Say whether the host is that of a provider configured to be on this machine."""
    return host in {name for origin in allow if _is_loopback(name := urlsplit(origin).hostname or "")}


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _addresses(target: SplitResult, allow: Collection[str]) -> list[str]:
    """Resolve the host; every address must be public, save a simulator's.

    We connect to these very addresses, so that a second look-up cannot answer differently.
    """
    try:
        found = socket.getaddrinfo(target.hostname, _port(target), type=socket.SOCK_STREAM)
    except UnicodeError:
        raise FetchError("refused") from None
    except OSError:
        raise FetchError("unavailable", retryable=True) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if _is_simulator(target.hostname, allow):
        trusted = all(_is_loopback(address) for address in addresses)
    else:
        trusted = all(is_public(address) for address in addresses)
    if not trusted:
        raise FetchError("refused")
    return addresses


def is_public(address: str) -> bool:
    """Say whether an IP address is out on the internet, also when it wraps an IPv4 address."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped:
            return is_public(str(wrapped))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


@contextmanager
def _get(
    target: SplitResult, addresses: list[str], headers: dict[str, str], deadline: float
) -> Iterator[urllib3.BaseHTTPResponse]:
    """Ask the first address that lets us connect; the answer's body is still unread."""
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    for address in addresses:
        with _pool(target, address, _remaining(deadline)) as pool:
            try:
                with pool.urlopen(
                    "GET", path, headers=headers, redirect=False, retries=False, preload_content=False
                ) as response:
                    yield response
            except (NewConnectionError, ConnectTimeoutError):
                continue
            except (HTTPError, OSError):
                raise FetchError("unavailable", retryable=True) from None
            return
    raise FetchError("unavailable", retryable=True)


def _pool(target: SplitResult, address: str, timeout: float) -> urllib3.HTTPConnectionPool:
    if target.scheme == "http":
        return urllib3.HTTPConnectionPool(address, _port(target), timeout=timeout)
    return urllib3.HTTPSConnectionPool(
        address,
        _port(target),
        timeout=timeout,
        ca_certs=certifi.where(),
        server_hostname=target.hostname,
        assert_hostname=target.hostname,
    )


def _remaining(deadline: float) -> float:
    """Return the seconds left; raises `FetchError` when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError("unavailable", retryable=True)
    return left


def _body(response: urllib3.BaseHTTPResponse, limit: int, deadline: float) -> bytes:
    """Read an answer that is not a redirect; a server that drips is cut off at the deadline."""
    if response.status >= 500:
        raise FetchError("unavailable", retryable=True)
    if response.status != 200:
        reason, retryable = _REFUSALS.get(response.status, ("missing", False))
        raise FetchError(reason, retryable=retryable)
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > limit:
        raise FetchError("too_big")
    body = bytearray()
    while chunk := response.read1(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > limit:
            raise FetchError("too_big")
        _remaining(deadline)
    return bytes(body)
