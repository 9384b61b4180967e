"""A proxy before the real Open311 server that breaks one thing on purpose."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from bot.open311.documents import MIME_TYPES, write

BASE = "/open311/v2"

NAMES = {
    "/discovery": "discovery",
    "/services/": "service_definition",
    "/services": "services",
    "/servicerequestupdates": "service_request_updates",
}

Values = dict[str, Any]


@dataclass(frozen=True)
class Broken:
    """What to break, where the path (with its format) matches.

    `asked` changes the query or the fields before the real server reads them, `said` the document,
    whatever format was asked for, `sent` the answer as it goes out. `form` limits it to one format.
    """

    path: str = "."
    asked: Callable[[Values], Values] | None = None
    said: Callable[[Any], Any] | None = None
    sent: Callable[[Response], None] | None = None
    form: str = ""
    method: str = "GET"
    queried: str = ""

    def touches(self, path: str, form: str, request: Request) -> bool:
        fits = self.form in ("", form) and self.method == request.method
        return fits and bool(re.search(self.path, path)) and self.queried in request.query_string.decode()


@dataclass
class Proxy:
    """The WSGI application; `app` and `broken` are set from outside. `paths` is what was asked."""

    app: Flask | None = None
    broken: tuple[Broken, ...] = ()
    paths: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        path = request.path.removeprefix(BASE)
        self.paths.append(f"{request.method} {path}")
        assert self.app is not None
        if self.broken:
            return self._answer(request, path)(environ, start_response)
        return self.app(environ, start_response)

    def _answer(self, request: Request, path: str) -> Response:
        stem, _, form = path.rpartition(".")
        touching = [each for each in self.broken if each.touches(path, form, request)]
        lists = request.values.to_dict(flat=False)
        values: Values = {key: each[0] if len(each) == 1 else each for key, each in lists.items()}
        for each in touching:
            values = each.asked(values) if each.asked else values
        if not any(each.said for each in touching) or form not in MIME_TYPES:
            response = self._real(request.method, stem, form, values)
        else:
            plain = self._real(request.method, stem, "json", values)
            document = json.loads(plain.data)
            for each in touching:
                document = each.said(document) if each.said else document
            response = _written(stem, form, document, plain.status_code)
        for each in touching:
            if each.sent:
                each.sent(response)
        return response

    def _real(self, method: str, stem: str, form: str, values: Values) -> Response:
        client = Client(self.app, Response)
        where = f"{BASE}{stem}{'.' if stem else ''}{form}"
        key = "data" if method == "POST" else "query_string"
        given: Mapping[str, Any] = {key: values}
        got = client.open(where, method=method, **given)
        return Response(got.data, got.status_code, content_type=got.headers["Content-Type"])


def _written(stem: str, form: str, document: Any, status: int) -> Response:
    found = (name for begin, name in NAMES.items() if stem.startswith(begin))
    name = "errors" if status >= 400 else next(found, "service_requests")
    return Response(write(name, document, form), status, content_type=MIME_TYPES[form])


NOW = datetime.now(UTC).replace(microsecond=0)


# Ways to break a document ------------------------------------------------------------------------------


def put(where: str, value: Any) -> Callable[[Any], Any]:
    """Return what sets the field at `where` ("attributes.code") in every entry."""
    step, _, rest = where.partition(".")

    def changed(document: Any) -> Any:
        if isinstance(document, list):
            return [changed(each) for each in document]
        if not isinstance(document, dict):
            return document
        return document | {step: put(rest, value)(document.get(step)) if rest else value}

    return changed


def without(*names: str) -> Callable[[Any], Any]:
    """Return what takes fields out of every entry."""

    def changed(document: Any) -> Any:
        if isinstance(document, list):
            return [changed(each) for each in document]
        return {key: value for key, value in document.items() if key not in names}

    return changed


def body(change: Callable[[bytes], bytes]) -> Callable[[Response], None]:
    """Return what changes the bytes of an answer."""

    def changed(response: Response) -> None:
        response.data = change(response.data)

    return changed


def mime(text: str) -> Callable[[Response], None]:
    """Return what sets the content type."""

    def changed(response: Response) -> None:
        response.headers["Content-Type"] = text

    return changed


def status(code: int) -> Callable[[Response], None]:
    """Return what sets the status."""

    def changed(response: Response) -> None:
        response.status_code = code

    return changed


def drop(*names: str) -> Callable[[Values], Values]:
    """Return what keeps parameters from the real server."""
    return lambda values: {key: value for key, value in values.items() if key not in names}
