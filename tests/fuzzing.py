"""Requests that nobody sends who means well, made for every route there is.

They are thrown by tests/test_fuzzing.py and scripts/fuzz.py. Half of them are nearly right (signed, signed in,
with the fields that the code reads): only those get far.
"""

from __future__ import annotations

import io
import json
import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

from besieged import (
    OPEN311_KEY,
    PUBLIC,
    TELEGRAM_SECRET,
    TWILIO_TOKEN,
    WORK_ORDER_KEY,
    City,
    as_it_was,
    catch_up,
    refresh,
)
from flask import Flask, got_request_exception
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from provider_stub import payloads
from twilio.request_validator import RequestValidator
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import run_wsgi_app

from bot.console.access import COOKIE
from bot.signing import sign
from webhooks.simulator.pictures import draw

Draw = Callable[[st.SearchStrategy[Any]], Any]

ROOT = Path(__file__).parent.parent
PICTURE = draw("pothole")
FILES = (b"", PICTURE, PICTURE[:900], b"GIF89a\xff\xff\xff\xff", b"\x89PNG\r\n\x1a\n" + b"\0" * 30)

ODD = (
    "", " ", "0", "-1", "1", "2", "9" * 30, "1" * 400, "1e400", "-1e-400", "nan", "inf", "0x10", "1_000",
    "+1", "1.5", "٣", "²", "１", "\0", "a\0b", "\ud800", "\udfff\ud800", "\ufeff", "\u2028", "\u202e",
    "\U0010ffff", "é", "a" * 5000, "%00", "%", "%ff", "'", '"', "' OR 1=1 --", "{{7*7}}", "${7*7}",
    "<script>", "../../etc/passwd", "\\", "//", "\r\n", "0001-01-01", "9999-12-31", "2026-02-30",
    "2026-06-01", "2026-06-01T12:00", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+14:00",
    "2026-06-01T12:00:00Z", "24:00", "-2026-06-01", "41.6", "-91.0", "91", "-181", "41.6,-91.0", "NaN,NaN",
    "true", "null", "[]", "{}", "None", "on", "en", "es", "xx", "sms", "streets", "completed", "need_info",
    "assigned", "under_review", "duplicate", "pothole_road_damage", "graffiti", "agent", "crew", "admin",
    "+15550142", "telegram:142", "SR-10001", "SR-10002", "sr10001", "SR-" + "9" * 40, "Pine St", "json",
    "csv", "xml",
)  # fmt: skip

NUMBERS = ("0", "2", "3", "4", "5", str(2**31), str(2**63 - 1), str(2**63), "9" * 30, "1" * 5000, "٣", "-1")

SIGNS_OUT = (b"/console/sign-out", b"/console/settings/staff", b"/console/account")
"""Where what is sent may end somebody's session."""

DEEP = (
    "[" * 100_000,
    '{"a":' * 3000 + "1" + "}" * 3000,
    '"\\ud800"',
    '{"a": 1e999}',
    "{" + '"a":1,' * 200 + '"a":2}',
)

HEADERS = (
    "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_AUTHORIZATION", "HTTP_COOKIE",
    "HTTP_HOST", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH", "HTTP_IF_RANGE", "HTTP_ORIGIN", "HTTP_RANGE",
    "HTTP_REFERER", "HTTP_SEC_FETCH_SITE", "HTTP_TRANSFER_ENCODING", "HTTP_USER_AGENT", "HTTP_X_CSRF_TOKEN",
    "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REQUESTED_WITH", "HTTP_X_TWILIO_SIGNATURE",
    "HTTP_X_TOWNLINE_TIMESTAMP", "HTTP_X_TOWNLINE_SIGNATURE", "HTTP_X_TWILIO_WEBHOOKS_SIGNATURE_SETTINGS",
    "HTTP_X_TELEGRAM_BOT_API_SECRET_TOKEN", "CONTENT_TYPE", "CONTENT_LENGTH",
)  # fmt: skip

ODD_HEADERS = (
    "*/*;q=nan", "text/html;q=1e999", "xx-" + "y" * 100, "Basic !!!", "Basic AAAA", "Digest x", "bytes=0-",
    "bytes=5-1", "bytes=-99999999999999999999", "Thu, 99 Foo 9999", '"' * 50, "W/", "evil.example:99999",
    "[::1", "a b", "chunked", "multipart/form-data", 'multipart/form-data; boundary="',
    "multipart/form-data; boundary=" + "x" * 300, "application/json; charset=utf-7",
    "text/plain; charset=nope", "application/x-www-form-urlencoded; charset=utf-16", "-1",
    "10000000000000000000", "0", "abc", f"{COOKIE}=x", f"{COOKIE}=\xff\xfe", "a=b; ; =; c",
    "townline_oidc=eyJ.x.y",
)  # fmt: skip


READ = (
    r'(?:form|args|values|files|parameters)(?:\.get|\.getlist)?[(\[][^)"]*"(\w+)"',
    r'(?:field|given|moment|count)\((?:\w+, )?"(\w+)"',
    r'name="(\w+)"',
)
"""How our code and forms name what they read."""


def field_names() -> tuple[str, ...]:
    """Return the names of parameters that our own code and forms read."""
    names = set[str]()
    for path in (ROOT / "bot").rglob("*"):
        if path.suffix in (".py", ".html"):
            text = path.read_text(encoding="utf-8")
            names.update(*(re.findall(pattern, text) for pattern in READ))
    return tuple(
        sorted(names | {"attribute[items]", "attribute[]", "attribute[x", "text_en", "outbox", "bodySHA256"})
    )


@dataclass(frozen=True)
class Shot:
    """One request as it reaches the server."""

    method: str
    path: bytes
    query: bytes
    headers: Mapping[str, str]
    body: bytes
    role: str = ""

    def __str__(self) -> str:
        head = (
            f"{self.method} {quote_from_bytes(self.path, safe='/')}?{quote_from_bytes(self.query, safe='=&%')}"
        )
        return f"{head} as {self.role or 'nobody'} {dict(self.headers)!r} {self.body[:300]!r}"


def environ(shot: Shot) -> dict[str, Any]:
    """Return the request as a WSGI server hands it on (PEP 3333: every string is latin-1)."""
    made = {
        "REQUEST_METHOD": shot.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": shot.path.decode("latin-1"),
        "QUERY_STRING": shot.query.decode("latin-1"),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": PUBLIC.partition("//")[2],
        "CONTENT_LENGTH": str(len(shot.body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(shot.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    made.update(
        {name: value.encode("utf-8", "surrogatepass").decode("latin-1") for name, value in shot.headers.items()}
    )
    return {name: value for name, value in made.items() if value != "\0absent"}


# Making them ----------------------------------------------------------------------------------------


def as_bytes(value: object) -> bytes:
    return str(value).encode("utf-8", "surrogatepass")


class Shots:
    """Makes requests for one deployment's routes."""

    def __init__(self, city: City) -> None:
        self.city = city
        names = field_names()
        mine = (*city.arguments.values(), city.tracking_token, city.photo_token, city.guest_token, "3", "7")
        text = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
        self.word = st.one_of(st.sampled_from(ODD), st.sampled_from(mine), text)
        self.name = st.one_of(st.sampled_from(names), st.sampled_from(names), st.sampled_from(names), self.word)
        self.pairs = st.lists(st.tuples(self.name, self.word), max_size=6)
        scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), self.word)
        self.json = st.recursive(
            scalars,
            lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(self.name, inner, max_size=3)),
            max_leaves=8,
        )
        self.rules = [rule for rule in city.app.url_map.iter_rules() if rule.endpoint != "static"]
        self.twilio = [payload["form"] for payload in payloads("twilio").values()]
        self.telegram = [payload["update"] for payload in payloads("telegram").values()]
        self.odd = st.integers(0, 9)

    def _nested(self, inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.one_of(st.lists(inner, max_size=3), st.dictionaries(self.name, inner, max_size=3))

    @property
    def strategy(self) -> st.SearchStrategy[Shot]:
        return st.composite(self._shot)()

    def _shot(self, draw: Draw) -> Shot:
        rule = draw(st.sampled_from(self.rules))
        path = self._path(draw, rule)
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        method = (
            draw(st.sampled_from(methods))
            if draw(self.odd)
            else draw(st.sampled_from(("POST", "HEAD", "OPTIONS", "PUT", "X")))
        )
        query = (
            self._encoded(draw(self.pairs)) if draw(self.odd) else as_bytes(draw(self.word)).replace(b" ", b"+")
        )
        headers, body, role = dict[str, str](), b"", ""
        if method == "POST":
            headers, body = self._body(draw, rule)
        if rule.endpoint.startswith("console.") and draw(self.odd):
            role = draw(st.sampled_from(("admin",) * 5 + tuple(self.city.staff)))
            headers["HTTP_COOKIE"] = f"{COOKIE}={self.city.staff[role][0]}"
        if method == "POST" and draw(self.odd):
            headers |= self._proof(rule, path, query, headers, body)
        if draw(self.odd) < 2:
            headers[draw(st.sampled_from(HEADERS))] = draw(st.one_of(st.sampled_from(ODD_HEADERS), self.word))
        if not draw(self.odd):
            headers["CONTENT_LENGTH"] = "\0absent"  # as waitress hands on a chunked body
        return Shot(method, path, query, headers, body, role)

    def _path(self, draw: Draw, rule: Rule) -> bytes:
        known = dict(self.city.arguments) | {
            "token": {"page": self.city.tracking_token, "photo": self.city.photo_token}.get(
                rule.endpoint.rpartition(".")[2], self.city.guest_token
            )
        }
        path = rule.rule
        for name in rule.arguments:
            odd = st.sampled_from(NUMBERS) if name.endswith("_id") else self.word
            value = known.get(name, "") if draw(self.odd) < 7 else draw(odd)
            path = re.sub(rf"<(?:[^<>]*:)?{name}>", lambda _, value=value: value, path)
        return as_bytes(path)

    @staticmethod
    def _encoded(pairs: Iterable[tuple[str, str]]) -> bytes:
        return urlencode([(as_bytes(name), as_bytes(value)) for name, value in pairs]).encode()

    def _body(self, draw: Draw, rule: Rule) -> tuple[dict[str, str], bytes]:
        if rule.endpoint.startswith("telegram.") and draw(self.odd):
            return {"CONTENT_TYPE": "application/json"}, self._dumped(
                self._mutated(draw, draw(st.sampled_from(self.telegram)))
            )
        if rule.endpoint.startswith("work_orders.") and draw(self.odd):
            return {"CONTENT_TYPE": "application/json"}, self._dumped(self._mutated(draw, self._report()))
        pairs = self._usual(draw, rule) + draw(self.pairs)
        kind = draw(self.odd)
        if kind < 5:
            return {"CONTENT_TYPE": "application/x-www-form-urlencoded"}, self._encoded(pairs)
        if kind < 7:
            return self._multipart(draw, pairs)
        if kind == 7:
            return {"CONTENT_TYPE": "application/json"}, self._dumped(draw(self.json))
        if kind == 8:
            return {"CONTENT_TYPE": "application/json"}, as_bytes(draw(st.sampled_from(DEEP)))
        return {"CONTENT_TYPE": draw(st.sampled_from(ODD_HEADERS))}, draw(st.binary(max_size=200))

    def _usual(self, draw: Draw, rule: Rule) -> list[tuple[str, str]]:
        """Return what a route is sent in earnest, so that what follows is looked at."""
        if rule.endpoint.startswith("twilio."):
            return list(
                self._mutated(
                    draw, {**draw(st.sampled_from(self.twilio)), "MessageSid": draw(self.word)}
                ).items()
            )
        if rule.endpoint.startswith("open311."):
            place = [("lat", "41.608297"), ("long", "-91.011005")]
            about = [("service_code", "graffiti"), ("service_request_id", self.city.number), ("update_id", "1")]
            when = [("status", "OPEN"), ("updated_datetime", "2026-06-01T12:00:00Z")]
            usual = [("api_key", OPEN311_KEY), *place, *about, *when]
            return [pair for pair in usual if draw(self.odd)]
        return []

    def _report(self) -> dict[str, Any]:
        about = {
            "update_id": "1",
            "service_request_id": self.city.number,
            "status": "scheduled",
            "note": "Soon",
        }
        return about | {"updated_datetime": datetime.now().astimezone().isoformat()}

    def _mutated(self, draw: Draw, value: Any) -> Any:
        """Return a payload with a few of its members replaced, dropped or added."""
        if isinstance(value, dict):
            changed = {name: self._mutated(draw, item) for name, item in value.items()}
            if changed and not draw(self.odd):
                changed.pop(draw(st.sampled_from(sorted(changed))))
            return changed
        if isinstance(value, list):
            return [self._mutated(draw, item) for item in value]
        if draw(st.integers(0, 14)):
            return value
        return draw(self.word) if isinstance(value, str) and draw(self.odd) > 2 else draw(self.json)

    @staticmethod
    def _dumped(value: Any) -> bytes:
        return as_bytes(json.dumps(value))

    def _multipart(self, draw: Draw, pairs: list[tuple[str, str]]) -> tuple[dict[str, str], bytes]:
        parts = [(b'"' + as_bytes(name) + b'"', as_bytes(value)) for name, value in pairs]
        name = as_bytes(draw(self.word)).replace(b'"', b"")
        parts.append((b'"photo"; filename="' + name + b'"', draw(st.sampled_from(FILES))))
        lead = b"--B\r\nContent-Disposition: form-data; name="
        body = b"".join(lead + head + b"\r\n\r\n" + content + b"\r\n" for head, content in parts)
        end = draw(st.sampled_from((b"--B--\r\n", b"--B--", b"", b"--B", b"--C--\r\n")))
        return {"CONTENT_TYPE": "multipart/form-data; boundary=B"}, body + end

    def _proof(
        self, rule: Rule, path: bytes, query: bytes, headers: Mapping[str, str], body: bytes
    ) -> dict[str, str]:
        """Return what proves that a request comes from whom the route is for."""
        if rule.endpoint.startswith("twilio."):
            return {"HTTP_X_TWILIO_SIGNATURE": self._twilio_signature(path, query, headers, body)}
        if rule.endpoint.startswith("telegram."):
            return {"HTTP_X_TELEGRAM_BOT_API_SECRET_TOKEN": TELEGRAM_SECRET}
        if rule.endpoint.startswith("work_orders."):
            signed = sign(WORK_ORDER_KEY, body, self.city.town.now())
            return {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in signed.items()}
        role = next(
            (role for role, (token, _) in self.city.staff.items() if token in headers.get("HTTP_COOKIE", "")),
            "",
        )
        return {"HTTP_X_CSRF_TOKEN": self.city.staff[role][1]} if role else {}

    def _twilio_signature(self, path: bytes, query: bytes, headers: Mapping[str, str], body: bytes) -> str:
        """Sign as Twilio would, over the form as the server reads it."""
        from flask import Request

        url = PUBLIC + path.decode("utf-8", "replace") + (f"?{query.decode('latin-1')}" if query else "")
        try:
            form = Request(environ(Shot("POST", path, query, headers, body))).form
            return str(RequestValidator(TWILIO_TOKEN).compute_signature(url, form))
        except Exception:  # noqa: BLE001  (there is nothing to sign in it)
            return "none"


# Throwing them --------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """What came of it: answers by status, and whatever broke, once for each place in the code."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: dict[str, str] = field(default_factory=dict)


class Range:
    """Throws requests at a deployment's door and keeps what broke."""

    def __init__(self, city: City, outcome: Outcome) -> None:
        self.city, self.outcome = city, outcome
        self._error = ""

    def throw(self, shot: Shot) -> int:
        """Send one request; returns the status."""
        self._error = ""
        try:
            _, status, _ = run_wsgi_app(self.city.app, environ(shot), buffered=True)
            code = int(status.split()[0])
        except Exception as error:  # noqa: BLE001  (it got past the framework: worse than a 500)
            self._note(error)
            code = 599
        self.outcome.statuses[code] += 1
        if shot.path.startswith(SIGNS_OUT) and shot.method == "POST":
            refresh(self.city)
        if code >= 500:
            where = self._error or f"{code} without a word: {self._route(shot)}"
            self.outcome.broken.setdefault(where, str(shot))
        return code

    def _route(self, shot: Shot) -> str:
        adapter = self.city.app.url_map.bind(PUBLIC.partition("//")[2])
        try:
            rule, _ = adapter.match(shot.path.decode(errors="replace"), shot.method, return_rule=True)
        except HTTPException as error:
            return error.name
        return f"{shot.method} {rule.rule}"

    def _note(self, error: BaseException, **_: Any) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if str(ROOT) in frame.filename and "/.venv/" not in frame.filename]
        where = "; ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in ours[-2:])
        self._error = f"{type(error).__name__}: {str(error)[:150]} ({where})"

    def _broke(self, sender: Flask, exception: BaseException, **_: Any) -> None:
        self._note(exception)

    def volley(self, count: int, number: int) -> None:
        """Throw `count` requests, made from the seed `number`; afterwards all is as it was before."""
        refresh(self.city)
        catch_up(self.city)
        shots = Shots(self.city).strategy

        @seed(number)
        @settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(shots)
        def run(shot: Shot) -> None:
            self.throw(shot)

        with as_it_was(self.city), self.noticing():
            run()

    @contextmanager
    def noticing(self) -> Iterator[Range]:
        """Note within what the framework turns into a 500."""
        got_request_exception.connect(self._broke, self.city.app)
        try:
            yield self
        finally:
            got_request_exception.disconnect(self._broke, self.city.app)
