"""Open311 as servers really speak it: requests that end in time, answers read whatever their shape.

Every answer becomes a list of flat entries whose values are text, be it XML or JSON, wrapped or not.
"""

from __future__ import annotations

import json
import re
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat
from zoneinfo import ZoneInfo

import requests
from urllib3.exceptions import HTTPError, NewConnectionError

from bot.backends import BackendError

CONNECT, READ, ALTOGETHER = 4.0, 8.0, 10.0
"""Seconds to connect, between two bytes, and for a whole answer: a claim on the outbox lasts 60, and
looking for a case and posting it have to fit into it."""

LARGEST = 5_000_000
"""Bytes of an answer, unpacked. A list of 1000 requests has about 1 MB."""

HEADERS = {"User-Agent": "Townline", "Accept-Encoding": "identity", "Accept": "*/*"}
"""No compression: servers are known to send a deflate that nobody can unpack (Alexandria's)."""

WRAPPERS = (
    "data",
    "services",
    "service_requests",
    "requests",
    "service_request_updates",
    "errors",
    "endpoints",
)

Entry = Mapping[str, str]
Fields = Sequence[tuple[str, str]]


class Refusal(BackendError):
    """An answer that is none: `status` is HTTP's, 0 where none came.

    `said` is what the server wrote of it: it may quote what we sent, so it is never logged.
    """

    def __init__(
        self,
        reason: str,
        *,
        status: int = 0,
        said: str = "",
        retryable: bool = True,
        unknown: bool = False,
        operator: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(
            reason, retryable=retryable, unknown=unknown, operator=operator, retry_after=retry_after
        )
        self.status = status
        self.said = said


def get(url: str, item: str, parameters: Mapping[str, str]) -> list[Entry]:
    """Return the entries called `item` (in XML); raises `Refusal`."""
    given = {name: value for name, value in parameters.items() if value}
    return _asked("GET", url, item, params=given)


def post(url: str, item: str, fields: Fields) -> list[Entry]:
    """Post a form and return the answer's entries; raises `Refusal`, `unknown` where it may have been taken."""
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    return _asked("POST", url, item, data=[each for each in fields if each[1]], headers=headers)


def _asked(
    method: str, url: str, item: str, *, headers: Mapping[str, str] | None = None, **sent: Any
) -> list[Entry]:
    doubt = method == "POST"  # whether a silence may mean that it was done
    until = time.monotonic() + ALTOGETHER
    try:
        with requests.request(
            method,
            url,
            headers={**HEADERS, **(headers or {})},
            timeout=(CONNECT, READ),
            allow_redirects=False,
            stream=True,
            **sent,
        ) as answer:
            body = _body(answer, until)
    except (requests.RequestException, HTTPError) as error:
        kind = type(error).__name__
        raise Refusal(f"Open311: no answer ({kind})", unknown=doubt and not _never_sent(error)) from None
    except ValueError as error:
        raise Refusal(f"Open311: {error}", unknown=doubt) from None
    return _read(answer, body, item, doubt)


def _never_sent(error: Exception) -> bool:
    """Tell whether nobody was there to take anything."""
    cause = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, requests.exceptions.ConnectTimeout) or isinstance(cause, NewConnectionError)


def _body(answer: requests.Response, until: float) -> bytes:
    """Return the body, unpacked; raises `ValueError` on one that is too large, or too slow."""
    body = bytearray()
    while chunk := answer.raw.read1(65536):
        body += chunk
        if len(body) > LARGEST:
            raise ValueError("an answer of more than 5 MB")
        if time.monotonic() > until:
            raise ValueError("an answer that takes too long")
    return _unpacked(bytes(body), answer.headers.get("Content-Encoding", "").strip().casefold())


def _unpacked(body: bytes, encoding: str) -> bytes:
    """Undo what we did not ask for: gzip, deflate with or without its frame; or what only says that it is."""
    if encoding not in ("gzip", "x-gzip", "deflate"):
        return body
    for window in (47, -15):  # zlib's or gzip's frame; none
        unpacker = zlib.decompressobj(window)
        try:
            plain = unpacker.decompress(body, LARGEST + 1)
        except zlib.error:
            continue
        if len(plain) > LARGEST:
            raise ValueError("an answer of more than 5 MB")
        return plain
    return body


def _read(answer: requests.Response, body: bytes, item: str, doubt: bool) -> list[Entry]:
    status = answer.status_code
    if 300 <= status < 400:
        reason = f"Open311: leads elsewhere (HTTP {status}), which is not followed: write its true address"
        raise Refusal(reason, status=status, operator=True)
    if not 200 <= status < 300:
        raise _refusal(answer, body, doubt)
    try:
        return entries(body, item)
    except ValueError as error:
        raise Refusal(f"Open311: the answer is {error}", status=status, unknown=doubt) from None


def _refusal(answer: requests.Response, body: bytes, doubt: bool) -> Refusal:
    status = answer.status_code
    try:
        said = " ".join(filter(None, (each.get("description", "") for each in entries(body, "error"))))
    except ValueError:
        said = ""
    final = 400 <= status < 500 and status not in (408, 425, 429)
    return Refusal(
        f"Open311: HTTP {status}",
        status=status,
        said=said,
        retryable=not final,
        operator=final,
        unknown=doubt and (status >= 500 or status == 408),
        retry_after=_seconds(answer.headers.get("Retry-After", "")),
    )


def _seconds(written: str) -> float | None:
    """Return what a Retry-After asks for, in seconds, an hour at most."""
    return min(float(written), 3600.0) if re.fullmatch(r"\d{1,6}", written) else None


# Reading --------------------------------------------------------------------------------------------


def entries(body: bytes, item: str) -> list[Entry]:
    """Return the entries of a body, told by what it begins with; raises `ValueError` saying what it is instead.

    An empty body has none.
    """
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return []
    if start[:14].lower().startswith((b"<!doctype html", b"<html")):
        raise ValueError("a web page")
    return _from_xml(start, item) if start.startswith(b"<") else _from_json(start, item)


def _from_xml(body: bytes, item: str) -> list[Entry]:
    """Read XML without any DTD: no entity is declared, so none can grow or fetch anything. (Python's own expat
    does it; what defusedxml adds to it is that same refusal.)"""
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(body, True)
        root = builder.close()
    except (expat.ExpatError, AssertionError, LookupError):
        raise ValueError("no XML that can be read") from None
    return [
        {_local(field.tag): (field.text or "").strip() for field in element}
        for element in root.iter()
        if _local(element.tag) == item
    ]


def _no_doctype(*_: object) -> None:
    raise ValueError("XML with a DTD, which Open311 has not")


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _from_json(body: bytes, item: str) -> list[Entry]:
    try:
        document = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise ValueError("neither XML nor JSON") from None
    return [{str(key): _text(value) for key, value in each.items()} for each in _items(document, item)]


def _items(found: Any, item: str) -> Iterator[Mapping[str, Any]]:
    """Yield the objects that are meant, from whatever they are wrapped in."""
    if isinstance(found, list):
        yield from (each for each in found if isinstance(each, Mapping))
    elif isinstance(found, Mapping):
        names = (*WRAPPERS, item, f"{item}s", "service_definition")
        inner = next((found[name] for name in names if isinstance(found.get(name), list | Mapping)), None)
        if inner is None:
            yield found
        else:
            yield from _items(inner, item)


def _text(value: Any) -> str:
    """Return a value as XML would have it; an object by its name (FixMyStreet's agency_responsible)."""
    if value is None or isinstance(value, list):
        return ""
    if isinstance(value, Mapping):
        return _text(value.get("name"))
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def moment(text: str, zone: ZoneInfo) -> datetime | None:
    """Return a moment in UTC; one without its zone (Chicago's) is the city's; None where it is no moment."""
    try:
        found = datetime.fromisoformat(text.strip())
        return (found.replace(tzinfo=zone) if found.tzinfo is None else found).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
