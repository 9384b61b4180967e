"""What somebody tries who means harm, at every door: docs/security.md says what is promised."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from besieged import (
    OPEN311_KEY,
    PUBLIC,
    TELEGRAM_SECRET,
    TWILIO_TOKEN,
    WORK_ORDER_KEY,
    City,
    as_it_was,
    besieged,
    refresh,
)
from fuzzing import Shot, environ
from PIL import Image
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator
from werkzeug.routing import Rule
from werkzeug.test import run_wsgi_app

from bot import request_limits
from bot.config import Config
from bot.console.access import COOKIE
from bot.models import Message, ServiceRequest, StatusUpdate
from bot.photos import NotAPhoto, develop
from bot.places.geocoder import Places
from bot.signing import SIGNATURE, TIMESTAMP, sign
from nlu.interpreter import Interpreter
from webhooks.channel import FetchError
from webhooks.media import download
from webhooks.simulator.pictures import draw

ROOT = Path(__file__).parent.parent
MARK = "xss"
PAYLOAD = (
    f"""'"></textarea></title></script><{MARK} {MARK}=1 onload=alert(1)><img src={MARK}: onerror=alert(1)>"""
)
SAID = {
    "text": f"pothole {PAYLOAD}",
    "address": f"500 Main St {PAYLOAD}",
    "name": PAYLOAD,
    "note": f"Seen {PAYLOAD}",
}
EVIL = "evil.example"


@pytest.fixture(scope="module")
def city(
    config: Config,
    city_database: Path,
    interpreter: Interpreter,
    city_places: Places,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[City]:
    """A deployment in which whatever residents say is an attack."""
    folder = tmp_path_factory.mktemp("city")
    with besieged(config, city_database, folder, interpreter, city_places, said=SAID) as city:
        report(city, description=PAYLOAD, first_name=PAYLOAD, media_url="https://x.example/'\"><xss>")
        yield city


def report(city: City, **fields: str) -> Any:
    place = {"lat": "41.608297", "long": "-91.011005", "address_string": f"732 Pine St {PAYLOAD}"[:250]}
    form = {"api_key": OPEN311_KEY, "service_code": "graffiti"} | place | fields
    answer = city.client().post("/open311/v2/requests.json", data=form, base_url=PUBLIC)
    assert answer.status_code == 200, answer.text
    return answer


def address(city: City, rule: Rule) -> str:
    """Return a route's address, with what is there in its gaps."""
    tokens = {"page": city.tracking_token, "photo": city.photo_token}
    known = dict(city.arguments) | {"token": tokens.get(rule.endpoint.rpartition(".")[2], city.guest_token)}
    path = rule.rule
    for name in rule.arguments:
        path = re.sub(rf"<(?:[^<>]*:)?{name}>", known[name], path)
    return path


def pages(city: City) -> Iterator[tuple[str, str]]:
    """Yield every page that can be opened: its address, and who opens it."""
    for rule in city.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint.endswith("static"):
            continue
        yield address(city, rule), "admin" if rule.endpoint.startswith("console.") else ""


# Forged and repeated --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/webhooks/twilio", "/webhooks/twilio/status"])
@pytest.mark.parametrize("signature", [None, "", "forged", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "\xe9"])
def test_a_forged_twilio_webhook_changes_nothing(path: str, signature: str | None, city: City) -> None:
    headers = {} if signature is None else {"X-Twilio-Signature": signature}
    form = {
        "MessageSid": "SM1",
        "From": "+15550142",
        "To": "+15550100",
        "Body": "hi",
        "MessageStatus": "failed",
    }
    assert city.client().post(path, data=form, headers=headers, base_url=PUBLIC).status_code == 403


@pytest.mark.parametrize("secret", [None, "", TELEGRAM_SECRET[:-1], f"{TELEGRAM_SECRET}x", "x"])
def test_a_forged_telegram_update_changes_nothing(secret: str | None, city: City) -> None:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    answer = city.client().post("/webhooks/telegram", json={"update_id": 1}, headers=headers, base_url=PUBLIC)
    assert answer.status_code == 403


def test_a_repeated_telegram_update_is_kept_once(city: City) -> None:
    message = {"message_id": 7, "date": 1790000000, "chat": {"id": 7, "type": "private"}, "text": "hello"}
    update = {"update_id": 77, "message": message | {"from": {"id": 7, "is_bot": False, "first_name": "Pat"}}}
    headers = {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET}
    with as_it_was(city):
        for _ in range(3):
            answer = city.client().post("/webhooks/telegram", json=update, headers=headers, base_url=PUBLIC)
            assert answer.status_code == 200
        with city.town.database.read() as session:
            query = select(func.count(Message.id)).where(Message.channel == "telegram", Message.text == "hello")
            assert session.scalar(query) == 1


def work_order(city: City, body: bytes, **headers: str) -> int:
    return int(city.client().post("/hooks/status", data=body, headers=headers, base_url=PUBLIC).status_code)


def test_a_work_order_is_taken_once_while_fresh_and_as_it_was_signed(city: City) -> None:
    now = city.town.now()
    about = {"update_id": "1", "service_request_id": city.number, "status": "on_site"}
    body = json.dumps(about | {"updated_datetime": now.isoformat()}).encode()
    signed, stale = sign(WORK_ORDER_KEY, body, now), sign(WORK_ORDER_KEY, body, now - timedelta(minutes=6))
    with as_it_was(city):
        assert work_order(city, body, **stale) == 401
        assert work_order(city, body + b" ", **signed) == 401
        assert work_order(city, body, **{**signed, TIMESTAMP: str(int(signed[TIMESTAMP]) + 1)}) == 401
        assert work_order(city, body, **{TIMESTAMP: signed[TIMESTAMP], SIGNATURE: "sha256=" + "0" * 64}) == 401
        assert [work_order(city, body, **signed) for _ in range(3)] == [200, 200, 200]
        with city.town.database.read() as session:
            query = select(func.count(StatusUpdate.id)).where(StatusUpdate.status == "on_site")
            assert session.scalar(query) == 1


# Hosts, redirects, frames ---------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded"])
def test_no_page_names_a_host_that_the_request_made_up(header: str, city: City) -> None:
    value = f"host={EVIL}" if header == "Forwarded" else EVIL
    for path, role in pages(city):
        if header == "Host" and role:
            continue  # the cookie is for our host only
        answer = city.get(path, role, headers={header: value})
        assert EVIL not in answer.text if answer.mimetype != "image/jpeg" else True, path
        assert EVIL not in str(answer.headers), path


@pytest.mark.parametrize(
    "wanted",
    [f"//{EVIL}", f"https://{EVIL}", f"/\\{EVIL}", f"/console/\\{EVIL}", f"/console//{EVIL}",
     "javascript:alert(1)", f"/console/..//{EVIL}", f"https:/console/@{EVIL}", f"\t//{EVIL}", f"/%2f{EVIL}"],
)  # fmt: skip
def test_signing_in_leads_to_our_own_pages_only(wanted: str, city: City) -> None:
    refresh(city)
    answer = city.client("agent").get("/console/sign-in", query_string={"next": wanted}, base_url=PUBLIC)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/console/")


def test_no_page_can_be_framed_or_sniffed(city: City) -> None:
    for path, role in pages(city):
        answer = city.get(path, role)
        if answer.mimetype == "text/html" and "<html" in answer.text[:100]:
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path
            assert answer.headers["X-Content-Type-Options"] == "nosniff", path


def test_a_session_fixed_beforehand_opens_nothing(city: City) -> None:
    from bot.console import accounts

    with as_it_was(city):
        accounts.add(city.town, "victim", "agent", password="correct horse battery")
        client, host = city.app.test_client(), PUBLIC.partition("//")[2]
        client.set_cookie(COOKIE, "fixed", domain=host, path="/console", secure=True)
        form = {"name": "victim", "password": "correct horse battery"}
        answer = client.post("/console/sign-in", data=form, base_url=PUBLIC, headers={"Origin": PUBLIC})
        assert answer.status_code == 303
        given = client.get_cookie(COOKIE, domain=host, path="/console")
        assert given is not None
        assert given.value != "fixed"
        thief = city.app.test_client()
        thief.set_cookie(COOKIE, "fixed", domain=host, path="/console", secure=True)
        assert thief.get("/console/account", base_url=PUBLIC).status_code == 302


# What residents say, on every page ------------------------------------------------------------------


class Elements(HTMLParser):
    """Collects whatever of the payload became an element or an attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.came += [tag] * (MARK in tag)
        for name, value in attrs:
            bad = MARK in name or name.startswith("on") or (name in ("src", "href") and MARK in str(value))
            self.came += [f"{tag} {name}={value}"] * bad


def elements_of(html: str) -> list[str]:
    parser = Elements()
    parser.feed(html)
    return parser.came


def test_the_payload_is_one() -> None:
    assert len(elements_of(f'<p title="{PAYLOAD}">')) >= 2


def test_nothing_that_residents_say_becomes_part_of_a_page(city: City) -> None:
    refresh(city)
    seen = 0
    for path, role in pages(city):
        answer = city.get(path, role)
        assert answer.status_code < 500, path
        if answer.mimetype == "text/html":
            assert elements_of(answer.text) == [], path
            seen += "&lt;xss" in answer.text
        elif answer.mimetype in ("text/xml", "application/xml"):
            assert f"<{MARK}" not in answer.text, path
    assert seen >= 4  # the queue, the thread, the case, the crew's: it is there, as words


# Exports --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign_", ["=", "+", "-", "@", "\t=", "＝"])
def test_no_cell_of_an_export_begins_a_formula(sign_: str, city: City) -> None:
    refresh(city)
    with as_it_was(city):
        with city.town.database.write.begin() as session:
            for case in session.scalars(select(ServiceRequest)):
                case.address_string = case.description = case.status_notes = (
                    f'{sign_}HYPERLINK("https://x.example")'
                )
        answer = city.get("/console/cases/export.csv", "admin")
        assert answer.status_code == 200
        rows = list(csv.reader(io.StringIO(answer.text)))
        assert len(rows) > 1
        cells = [cell for row in rows for cell in row if "HYPERLINK" in cell]
        assert cells
        assert not [cell for cell in cells if cell.startswith(sign_)]


# Whose is it? ---------------------------------------------------------------------------------------


def test_a_crew_finds_no_case_of_another_department(city: City) -> None:
    refresh(city)
    assert city.get(f"/console/crew/{city.number}", "crew").status_code == 200
    assert city.get(f"/console/crew/{city.other_number}", "crew").status_code == 404
    answer = city.post(f"/console/crew/{city.other_number}/step", "crew", step="on_site")
    assert answer.status_code == 404


def test_who_is_nobody_opens_nothing_of_the_console(city: City) -> None:
    for rule in city.app.url_map.iter_rules():
        known = rule.endpoint.rpartition(".")[2] in (
            "sign_in",
            "code",
            "sign_out",
            "guest",
            "guest_step",
            "static",
        )
        if not rule.endpoint.startswith("console.") or known:
            continue
        path = rule.rule
        for name in rule.arguments:
            path = re.sub(rf"<(?:[^<>]*:)?{name}>", dict(city.arguments)[name], path)
        if "GET" in (rule.methods or ()):
            assert "/console/sign-in" in city.get(path).headers.get("Location", ""), path
        if "POST" in (rule.methods or ()):
            assert city.post(path).status_code == 401, path


def test_a_link_opens_its_one_case_whatever_the_form_names(city: City) -> None:
    with as_it_was(city):
        form = {"step": "on_site", "number": city.other_number, "service_request_id": city.other_number}
        assert city.post(f"/console/guest/{city.guest_token}/step", **form).status_code == 303
        with city.town.database.read() as session:
            query = select(ServiceRequest.service_request_id).where(ServiceRequest.status == "on_site")
            assert list(session.scalars(query)) == [city.number]


def test_a_photo_of_another_case_cannot_be_cleared_through_ones_own(city: City) -> None:
    refresh(city)
    path = f"/console/cases/{city.other_number}/photos/{city.photo_id}/clear"
    assert city.post(path, "agent").status_code == 404


@pytest.mark.parametrize("path", ["/r/{}", "/photos/{}.jpg", "/console/guest/{}", "/open311/v2/tokens/{}.json"])
def test_numbers_and_guesses_are_no_tokens(path: str, city: City) -> None:
    for guess in ("1", city.number, city.tracking_token[:-1], city.tracking_token + "x", "%", "..", "*"):
        assert city.get(path.format(guess)).status_code in (302, 404), guess


# Files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "017700000001", "127.1", "[::ffff:127.0.0.1]", "0"]
)
def test_no_spelling_of_this_machine_is_fetched_from(host: str) -> None:
    with pytest.raises(FetchError) as caught:
        download(f"https://{host}/latest", limit=1000, allow=("https://api.twilio.com",))
    assert caught.value.reason in ("refused", "unavailable")


def test_a_name_that_changes_its_mind_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: what was checked is what is connected to."""
    asked: list[object] = []

    def answer(host: object, port: object, *_: object, **__: object) -> list[tuple[Any, ...]]:
        asked.append(host)
        address = "203.0.113.7" if len(asked) > 1 else "10.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises(FetchError) as caught:
        download("https://media.example/file", limit=1000, allow=("https://api.twilio.com",))
    assert caught.value.reason == "refused"
    assert asked == ["media.example"]


def test_a_picture_that_is_also_a_page_keeps_nothing_but_its_pixels() -> None:
    page = b"<html><script>alert(document.domain)</script><?php system('id'); ?></html>"
    with_comment = io.BytesIO()
    Image.open(io.BytesIO(draw("pothole"))).save(with_comment, "JPEG", comment=page, exif=b"Exif\0\0" + page)
    for polyglot in (draw("pothole") + page, with_comment.getvalue() + b"PK\x03\x04" + page):
        jpeg = develop(polyglot, longest_side=640).jpeg
        assert jpeg.startswith(b"\xff\xd8\xff")
        assert b"script" not in jpeg
        assert b"php" not in jpeg
    for other in (page, b"GIF89a" + page, b"%PDF-1.7\n" + page, b"<svg xmlns='http://www.w3.org/2000/svg'/>"):
        with pytest.raises(NotAPhoto):
            develop(other, longest_side=640)


def test_a_picture_of_many_pixels_in_few_bytes_is_refused_unopened() -> None:
    bomb = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 200_000
    with pytest.raises(NotAPhoto) as caught:
        develop(bomb.getvalue(), longest_side=640)
    assert caught.value.problem == "too_big"


# Sizes ----------------------------------------------------------------------------------------------


def send(
    city: City, path: str, body: bytes, *, length: bool, kind: str = "application/x-www-form-urlencoded"
) -> int:
    """Post a body as a server hands it on, with its length or, sent in chunks, without."""
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000",
        "HTTP_HOST": "311.riverton.example", "SERVER_PROTOCOL": "HTTP/1.1", "CONTENT_TYPE": kind,
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }  # fmt: skip
    if length:
        environ["CONTENT_LENGTH"] = str(len(body))
    _, status, _ = run_wsgi_app(city.app, environ, buffered=True)
    return int(status.split()[0])


@pytest.mark.parametrize("length", [True, False], ids=["with its length", "in chunks"])
def test_no_route_parses_a_body_that_is_too_large(length: bool, city: City) -> None:
    photo = int(city.town.config.file.photos.max_megabytes * 1_000_000)
    for rule in city.app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        path = address(city, rule)
        takes_photo = rule.endpoint in request_limits.PHOTO_ROUTES
        most = photo + request_limits.BESIDE_PHOTO if takes_photo else request_limits.AREA
        assert send(city, path, b"a=" + b"x" * most, length=length) in (403, 413), (
            path
        )  # 403: the secret comes first
    assert send(city, "/console/sign-in", b"a=" + b"x" * request_limits.SMALL, length=length) == 413
    assert send(city, "/hooks/status", b"a=" + b"x" * request_limits.SMALL, length=length) == 413


def test_a_form_of_very_many_parts_is_refused(city: City) -> None:
    part = b'--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    body = part * (request_limits.MOST_PARTS + 1) + b"--B--\r\n"
    assert send(city, "/console/sign-in", body, length=True, kind="multipart/form-data; boundary=B") == 413


# Shapes ---------------------------------------------------------------------------------------------


def answered(city: City, shot: Shot) -> tuple[int, str]:
    """Return the status that a request is answered with, and the words."""
    body, status, _ = run_wsgi_app(city.app, environ(shot), buffered=True)
    return int(status.split()[0]), b"".join(body).decode()


@pytest.mark.parametrize("query", [b"\xed\xa0\x80", b"next=\xff"], ids=["half a pair", "no letter"])
def test_no_route_takes_an_address_that_is_no_utf_8(query: bytes, city: City) -> None:
    for rule in city.app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            status, words = answered(city, Shot(method, address(city, rule).encode(), query, {}, b""))
            assert (status, "UTF-8" in words) == (400, True), (method, rule.rule)


@pytest.mark.parametrize("query", ["é".encode(), b"%ED%A0%80", b"next=%FF"])
def test_an_address_with_any_other_letters_is_answered(query: bytes, city: City) -> None:
    path = f"/r/{city.tracking_token}".encode()
    assert answered(city, Shot("GET", path, query, {}, b""))[0] == 200
    assert answered(city, Shot("GET", b"/console/blocked", query, {}, b""))[0] == 302  # to sign in


PART = b'--B\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
HEAD = b"--B\r\nContent-Disposition: form-data"
KEY = PART % (b"api_key", OPEN311_KEY.encode())
MULTIPART = "multipart/form-data; boundary=B"
FORMS = {
    "a field without a name": (MULTIPART, KEY + HEAD + b"\r\n\r\n1\r\n--B--\r\n"),
    "a file without a name": (MULTIPART, KEY + HEAD + b'; filename="a.jpg"\r\n\r\n1\r\n--B--\r\n'),
    "a form cut off": (MULTIPART, KEY + HEAD),
    "a form without its boundary": ("multipart/form-data", KEY + b"--B--\r\n"),
    "a form that is no UTF-8": ("application/x-www-form-urlencoded", b"api_key=\xff"),
}


@pytest.mark.parametrize("form", sorted(FORMS))
def test_no_route_reads_half_a_form(form: str, city: City) -> None:
    refresh(city)
    token, csrf = city.staff["admin"]
    agent = {"HTTP_COOKIE": f"{COOKIE}={token}", "HTTP_X_CSRF_TOKEN": csrf}
    kind, body = FORMS[form]
    for path, proof in (
        ("/console/sign-in", {}),
        (f"/console/conversations/{city.conversation_id}/report", agent),
        (f"/console/conversations/{city.conversation_id}/note", agent),
        (f"/console/guest/{city.guest_token}/step", {}),
        (f"/console/cases/{city.number}/status", agent),
        ("/open311/v2/requests.json", {}),
        ("/open311/v2/requests.xml", {}),
        ("/open311/v2/servicerequestupdates.json", {}),
    ):
        shot = Shot("POST", path.encode(), b"", {"CONTENT_TYPE": kind} | proof, body)
        status, words = answered(city, shot)
        assert (status, "form" in words) == (400, True), path


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("path", ["/webhooks/twilio", "/webhooks/twilio/status"])
def test_half_a_form_from_twilio_is_refused_whatever_is_signed(path: str, form: str, city: City) -> None:
    kind, body = FORMS[form]
    signed = RequestValidator(TWILIO_TOKEN).compute_signature(PUBLIC + path, {})  # over nothing that was read
    shot = Shot("POST", path.encode(), b"", {"CONTENT_TYPE": kind, "HTTP_X_TWILIO_SIGNATURE": signed}, body)
    with city.town.database.read() as session:
        before = session.scalar(select(func.count(Message.id)))
    assert answered(city, shot)[0] == 400
    with city.town.database.read() as session:
        assert session.scalar(select(func.count(Message.id))) == before


# What docs/security.md says -------------------------------------------------------------------------


def test_every_test_that_a_promise_names_is_there() -> None:
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)\.py::(test_\w+)`", page))
    assert len(named) >= 30
    missing = []
    for module, name in sorted(named):
        tree = ast.parse((ROOT / "tests" / f"{module}.py").read_text("utf-8"))
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        missing += [] if name in functions else [f"{module}.py::{name}"]
    assert not missing
