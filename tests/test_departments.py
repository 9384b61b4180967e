"""Departments hear at once, by all their ways, in order, however their systems behave; and of deadlines."""

from __future__ import annotations

import email
import email.policy
import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from provider_stub import Answer, Provider, Seen, provider
from servers import CHAT, PHONE, Office, OpenOffice
from sqlalchemy import event, select, text

from bot import cases, checkup, deadlines, jobs, notice_delivery, outbox, schema, service_requests
from bot.app import open_backends
from bot.backends import BackendError, Notice, staff_group, webhook
from bot.backends.email_page import page
from bot.backends.webhook import Endpoint, Webhook, retry_after
from bot.bench.deployment import free_port
from bot.config import Config, ConfigError
from bot.database import Database
from bot.departments import Alerts, Department
from bot.models import OutboxEntry, ServiceRequest
from bot.signing import SIGNATURE, TIMESTAMP
from bot.stage import by_mail_only
from dialogues.types import Draft, Place
from webhooks.simulator import Fault
from webhooks.simulator.pictures import draw

GROUP, SECRET = -4711, "a-secret-of-the-streets-department"
NOON = datetime(2026, 6, 2, 12, 0, tzinfo=UTC)
POTHOLE = "pothole at 500 main st"

NOTICE = Notice(
    outbox_id="7",
    event="filed",
    service_request_id="SR-10001",
    service_name="Pothole or road damage",
    service_code="pothole_road_damage",
    department="Streets",
    recipient="streets",
    address_string="500 Main St",
    lat=41.661234,
    long=-91.534567,
    precision="address",
    description="A huge pothole.",
    answers=(("Which part of the street?", "Bike lane"),),
    attributes={"lane": "bike"},
    priority="normal",
    requested_datetime=NOON,
    expected_datetime=NOON + timedelta(days=7),
    note="",
    photos=(),
    case_url="https://311.riverton.example/r/token",
)


@pytest.fixture
def roads() -> Iterator[Provider]:
    """The streets department's own system."""
    with provider(lambda seen: Answer(204)) as stub:
        yield stub


def hearing(office: Office, **ways: Any) -> Office:
    """Have the streets department hear in these ways."""
    config = office.town.config
    departments = {**config.departments, "streets": Department(name="Streets", **ways)}
    config = replace(config, departments=departments, environ={"ROADS_SECRET": SECRET})
    return replace(office, town=replace(office.town, config=config, backends=open_backends(config)))


def by_webhook(roads: Provider) -> dict[str, str]:
    return {"url": f"{roads.url}/hook", "secret": "${ROADS_SECRET}"}


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database, roads: Provider) -> Office:
    """An office whose streets department hears by mail, by its own system and in a Telegram group."""
    office = open_office(sqlite)
    office.simulator.telegram(GROUP, "Hello, crew.")  # so that there is a group; the bot keeps out of it
    return hearing(office, email="streets@riverton.example", webhook=by_webhook(roads), telegram=str(GROUP))


def report(office: Office, text: str = POTHOLE, by: str | int = PHONE, photos: int = 0) -> None:
    """Report and file, with pictures."""
    if photos:
        assert isinstance(by, str)
        office.simulator.sms(by, text, [draw("pothole")] * photos)
    else:
        office.says(text, by=by)
    office.bustle()
    office.says("yes", by=by)
    office.bustle()


def mails(office: Office) -> list[EmailMessage]:
    folder = Path(office.town.config.settings.smtp_url.removeprefix("file://"))
    read = [path.read_bytes() for path in sorted(folder.glob("*.eml"))]
    return [email.message_from_bytes(content, EmailMessage, policy=email.policy.default) for content in read]


def subjects(office: Office) -> list[str]:
    return [re.split(r" SR-", mail["Subject"])[0] for mail in mails(office)]


def events(roads: Provider) -> list[str]:
    return [seen.json["event"] for seen in roads.seen]


def outcomes(office: Office) -> dict[str, list[str]]:
    """Return what became of the department's notices, by destination."""
    with office.town.database.read() as session:
        query = select(OutboxEntry).where(OutboxEntry.message_id.is_(None)).order_by(OutboxEntry.id)
        found: dict[str, list[str]] = {}
        for entry in session.scalars(query):
            found.setdefault(entry.destination, []).append(entry.outcome)
        return found


def stored(office: Office, number: str = "SR-10001") -> ServiceRequest:
    with office.town.database.read() as session:
        return cases.by_number(session, number)


# By all its ways -----------------------------------------------------------------------------------


def test_a_department_hears_by_all_its_ways(desk: Office, roads: Provider) -> None:
    report(desk)
    assert outcomes(desk) == {
        "department:streets:email": ["sent"],
        "department:streets:webhook": ["sent"],
        "department:streets:telegram": ["sent"],
    }
    assert subjects(desk) == ["New"]
    assert events(roads) == ["filed"]
    assert [words.splitlines()[0] for words in desk.heard(GROUP)] == ["New SR-10001: Pothole or road damage"]


def test_one_way_that_is_down_holds_up_no_other_and_hears_all_of_it_later_in_order(
    desk: Office, roads: Provider
) -> None:
    roads.answer = lambda seen: Answer(503)
    report(desk)
    report(desk, "pothole at 12 elm st", by="+15550143")
    desk.bustle(24 * 3600)
    assert subjects(desk) == ["New", "New"]
    assert len(desk.heard(GROUP)) == 2
    roads.seen.clear()
    roads.answer = lambda seen: Answer(200)
    desk.bustle(3600)
    assert [seen.json["service_request"]["service_request_id"] for seen in roads.seen] == [
        "SR-10001",
        "SR-10002",
    ]


def file(office: Office, *doors: str) -> None:
    """File cases that other systems took; nobody has rung for their notices yet."""
    with office.town.database.write.begin() as session:
        for number, door in enumerate(doors, start=1):
            place = Place(address_string=door, lat=41.66, long=-91.53)
            draft = Draft(service_code="pothole_road_damage", description=POTHOLE, place=place)
            service_requests.file(office.town, session, draft, f"SR-1000{number}")


def open_entries(office: Office, kind: str) -> list[tuple[int, bool]]:
    """Return of a kind's entries that are not done yet how often each was tried, and whether it is in doubt."""
    query = select(OutboxEntry.attempts, OutboxEntry.unknown).where(
        OutboxEntry.kind == kind, OutboxEntry.done_at.is_(None)
    )
    with office.town.database.read() as session:
        return [(attempts, unknown) for attempts, unknown in session.execute(query.order_by(OutboxEntry.id))]


def test_several_notices_are_claimed_and_closed_together_and_told_in_order(
    desk: Office, roads: Provider
) -> None:
    file(desk, "1 Main St", "2 Main St", "3 Main St")
    claimed: list[list[tuple[int, bool]]] = []

    def answer(_: Seen) -> Answer:
        claimed.append(open_entries(desk, "webhook"))
        return Answer(204)

    roads.answer = answer
    notice_delivery.deliver(desk.town, "department:streets:webhook")
    assert claimed == [[(1, True)] * 3] * 3
    told = [seen.json["service_request"]["service_request_id"] for seen in roads.seen]
    assert told == ["SR-10001", "SR-10002", "SR-10003"]
    assert open_entries(desk, "webhook") == []


def test_what_is_claimed_behind_a_notice_that_has_to_wait_is_given_back_untried(
    desk: Office, roads: Provider
) -> None:
    file(desk, "1 Main St", "2 Main St", "3 Main St")
    roads.answer = lambda seen: Answer(204 if len(roads.seen) == 1 else 503)
    notice_delivery.deliver(desk.town, "department:streets:webhook")
    assert outcomes(desk)["department:streets:webhook"] == ["sent", "", ""]
    assert open_entries(desk, "webhook") == [(1, False), (0, False)]
    assert len(roads.seen) == 2
    notice_delivery.deliver(desk.town, "department:streets:webhook")
    assert len(roads.seen) == 2  # the third does not overtake the second
    roads.answer = lambda seen: Answer(204)
    desk.bustle(60)
    assert outcomes(desk)["department:streets:webhook"] == ["sent"] * 3


def test_what_breaks_among_several_that_are_closed_costs_the_others_nothing(
    desk: Office, roads: Provider
) -> None:
    file(desk, "1 Main St", "2 Main St")
    with desk.town.database.engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER refused BEFORE UPDATE OF done_at ON outbox WHEN new.kind = 'webhook' "
                "AND new.id = (SELECT min(id) FROM outbox WHERE kind = 'webhook') "
                "BEGIN SELECT RAISE(ABORT, 'refused'); END"
            )
        )
    notice_delivery.deliver(desk.town, "department:streets:webhook")
    assert len(roads.seen) == 2
    assert outcomes(desk)["department:streets:webhook"] == ["", "sent"]
    assert open_entries(desk, "webhook") == [(1, True)]  # in doubt: it is told again


def test_two_that_tell_a_department_at_once_tell_it_once(desk: Office, roads: Provider) -> None:
    file(desk, "1 Main St", "2 Main St")
    overtaken: list[bool] = []

    def overtake(_: Any, __: Any, statement: str, *___: Any) -> None:
        """Between the look and the claim, another worker tells all of it."""
        if "FROM outbox" in statement and not overtaken:
            overtaken.append(True)
            notice_delivery.deliver(desk.town, "department:streets:webhook")

    event.listen(desk.town.database.asking, "after_cursor_execute", overtake)
    notice_delivery.deliver(desk.town, "department:streets:webhook")
    assert len(roads.seen) == 2
    assert outcomes(desk)["department:streets:webhook"] == ["sent", "sent"]


def test_what_waited_before_there_were_several_ways_is_still_delivered_and_first(
    config: Config, desk: Office
) -> None:
    database = desk.town.database
    report(desk)
    alembic = AlembicConfig()
    alembic.set_main_option("script_location", str(schema.MIGRATIONS))
    alembic.set_main_option("path_separator", "os")
    with database.engine.begin() as connection:
        alembic.attributes["connection"] = connection
        command.downgrade(alembic, "0007")
        columns = "destination, kind, payload, is_prompt, created_at, due_at, attempts, unknown, outcome, error"
        connection.execute(
            text(
                f"INSERT INTO outbox ({columns}) SELECT 'department:streets', 'email', payload, is_prompt, "
                "created_at, created_at, 0, false, '', '' FROM outbox WHERE kind = 'email'"
            )
        )
        command.upgrade(alembic, "head")
    with database.write.begin() as session:
        case = cases.by_number(session, "SR-10001")
        service_requests.notify_department(desk.town, session, case, "added", note="More.")
        outbox.ring_for(desk.town, session)
    desk.bustle()
    assert subjects(desk) == ["New", "New", "More on"]
    assert set(outcomes(desk)) == {f"department:streets:{way}" for way in ("email", "webhook", "telegram")}


def test_a_way_that_is_no_longer_there_blocks_nothing(desk: Office, caplog: pytest.LogCaptureFixture) -> None:
    desk.simulator.telegram_faults.put(Fault(refuse=429, retry_after=30), GROUP)
    report(desk)
    without = hearing(desk, email="streets@riverton.example")
    without.bustle(60)
    assert outcomes(desk)["department:streets:telegram"] == ["failed"]
    assert "streets no longer hears of cases by telegram" in caplog.text


def test_a_case_of_a_department_that_is_gone_breaks_nothing(desk: Office) -> None:
    report(desk)
    with desk.town.database.write.begin() as session:
        cases.by_number(session, "SR-10001").department = "roads"
    service_requests.update_status(desk.town, "SR-10001", "assigned")
    assert stored(desk).status == "assigned"


# E-mail --------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """The words, the tags and the links of a page."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def shown(notice: Notice) -> Page:
    return Page(page(notice, ZoneInfo("America/Chicago")))


def test_a_mail_has_a_page_with_the_link_and_the_pictures_beside_it(desk: Office) -> None:
    report(desk, photos=2)
    (mail,) = mails(desk)
    html, plain = mail.get_body(("html",)), mail.get_body(("plain",))
    assert html is not None
    assert plain is not None
    found, link = Page(html.get_content()), f"https://311.riverton.example/r/{stored(desk).token}"
    assert found.links == [link]
    assert link in plain.get_content()
    assert {"500 Main St", "2 pictures are attached."} <= set(found.words)
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["image/jpeg", "image/jpeg"]


HOSTILE = '<script>alert(1)</script><img src="https://spy.example/x">" onload="x'


@pytest.mark.parametrize(
    "field", ["description", "note", "address_string", "media_url", "service_name", "case_url"]
)
def test_no_words_of_a_resident_become_markup(field: str) -> None:
    plain, found = shown(replace(NOTICE, **{field: "word"})), shown(replace(NOTICE, **{field: HOSTILE}))  # type: ignore[arg-type]
    assert found.tags == plain.tags
    assert HOSTILE in "".join(found.words) or HOSTILE in found.links


def test_answers_do_not_either() -> None:
    found = shown(replace(NOTICE, answers=((HOSTILE, HOSTILE),)))
    assert found.words.count(HOSTILE) == 2


@pytest.mark.parametrize(
    ("event", "headline"),
    [
        ("filed", "New SR-10001"),
        ("added", "More on SR-10001"),
        ("reopened", "Reopened SR-10001"),
        ("closed", "Closed SR-10001"),
        ("due_soon", "Due soon SR-10001"),
        ("overdue", "Overdue SR-10001"),
    ],
)
def test_a_page_says_first_what_it_is(event: str, headline: str) -> None:
    for urgent, priority in (("", "normal"), ("URGENT: ", "urgent")):
        words = shown(replace(NOTICE, event=event, priority=priority)).words
        assert f"{urgent}{headline}: Pothole or road damage" in words


def test_a_page_is_dark_on_light_whatever_the_reader_prefers() -> None:
    written = page(NOTICE, ZoneInfo("America/Chicago"))
    assert 'name="color-scheme" content="light"' in written
    assert "<style" not in written  # mail programs throw it away


# Late pictures --------------------------------------------------------------------------------------


def test_pictures_that_come_after_filing_are_sent_on_once_when_all_are_there(
    desk: Office, roads: Provider
) -> None:
    desk.simulator.twilio_delivery.media_misses = 5  # two pictures: both missed twice, one a third time
    desk.simulator.sms(PHONE, POTHOLE, [draw("pothole"), draw("pothole")])
    desk.bustle(0)
    desk.says("yes")
    desk.bustle(1)
    assert [len(list(mail.iter_attachments())) for mail in mails(desk)] == [0]
    desk.bustle(3600)
    assert subjects(desk) == ["New", "More on"]
    assert [len(list(mail.iter_attachments())) for mail in mails(desk)] == [0, 2]
    assert events(roads) == ["filed", "added"]
    assert len(roads.seen[1].json["service_request"]["extended_attributes"]["photos"]) == 2


def test_a_picture_that_never_comes_is_no_news(desk: Office) -> None:
    desk.simulator.twilio_delivery.media_misses = 100
    report(desk, photos=1)
    desk.bustle(24 * 3600)
    assert subjects(desk) == ["New"]


def test_pictures_that_were_there_are_sent_once(desk: Office) -> None:
    desk.simulator.twilio_delivery.media_misses = 1
    desk.simulator.sms(PHONE, POTHOLE, [draw("pothole")])
    desk.bustle(60)
    desk.says("yes")
    desk.bustle(60)
    assert subjects(desk) == ["New"]
    assert len(list(mails(desk)[0].iter_attachments())) == 1


# The webhook ---------------------------------------------------------------------------------------


def test_a_webhook_gets_the_case_in_open311s_words(desk: Office, roads: Provider) -> None:
    report(desk, photos=1)
    (seen,) = roads.seen
    case, told = stored(desk), seen.json["service_request"]
    assert seen.path == "/hook"
    assert seen.headers["Content-Type"] == "application/json; charset=utf-8"
    assert (seen.json["event"], seen.headers["X-Townline-Event"]) == ("filed", "filed")
    assert told["service_request_id"] == "SR-10001"
    assert (told["service_code"], told["agency_responsible"]) == ("pothole_road_damage", "Streets")
    assert (told["status"], told["extended_attributes"]["detailed_status"]) == ("open", "received")
    assert (told["address"], told["lat"], told["long"]) == ("500 Main St", case.lat, case.long)
    assert datetime.fromisoformat(told["expected_datetime"]) == case.expected_datetime
    assert told["media_url"].startswith("https://311.riverton.example/photos/")
    assert told["extended_attributes"]["page"] == f"https://311.riverton.example/r/{case.token}"
    assert PHONE not in seen.body.decode()


def documented(language: str) -> list[str]:
    """Return the examples in the docs."""
    docs = (Path(__file__).parent.parent / "docs" / "departments.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", docs, re.MULTILINE | re.DOTALL)


def test_a_webhook_is_signed_as_the_docs_say(desk: Office, roads: Provider) -> None:
    report(desk)
    (seen,) = roads.seen
    names: dict[str, Any] = {"hmac": hmac, "hashlib": hashlib, "time": time}
    (example,) = documented("python")
    exec(example, names)
    genuine, headers = names["genuine"], dict(seen.headers.items())
    assert genuine(SECRET, headers, seen.body)
    assert not genuine(SECRET, headers, seen.body.replace(b"500 Main", b"900 Main"))
    assert not genuine("another secret", headers, seen.body)
    assert not genuine(SECRET, headers | {TIMESTAMP: str(int(headers[TIMESTAMP]) - 301)}, seen.body)
    assert headers[SIGNATURE].startswith("sha256=")


def test_the_docs_show_what_is_posted() -> None:
    def shape(value: Any) -> Any:
        return {name: shape(each) for name, each in value.items()} if isinstance(value, dict) else None

    (example,) = documented("json")
    assert shape(json.loads(example)) == shape(webhook.document(NOTICE))


def test_a_repeated_delivery_can_be_told_by_its_id(desk: Office, roads: Provider) -> None:
    answers = [Answer(500), Answer(200)]
    roads.answer = lambda seen: answers.pop(0)
    report(desk)
    desk.bustle(60)
    first, second = roads.seen
    assert first.json["delivery_id"] == second.json["delivery_id"] == first.headers["X-Townline-Delivery"]
    assert first.body == second.body


def test_a_webhook_hears_of_every_change_of_status(desk: Office, roads: Provider) -> None:
    report(desk)
    service_requests.update_status(desk.town, "SR-10001", "completed", "Filled by crew 7.")
    desk.bustle()
    desk.says("not fixed")
    desk.bustle(3600)
    assert events(roads)[:2] == ["filed", "status"]
    told = roads.seen[1].json
    assert (told["note"], told["service_request"]["status"]) == ("Filled by crew 7.", "closed")
    assert told["service_request"]["extended_attributes"]["detailed_status"] == "completed"
    assert "Changed" not in subjects(desk)  # people have made the change


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_taken(desk: Office, roads: Provider, status: int) -> None:
    roads.answer = lambda seen: Answer(status)
    report(desk)
    assert outcomes(desk)["department:streets:webhook"] == ["sent"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422])
def test_refused_for_good_and_the_operator_told(
    desk: Office, roads: Provider, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    roads.answer = lambda seen: Answer(status if len(roads.seen) == 1 else 200)
    report(desk)
    report(desk, by="+15550143")
    assert outcomes(desk)["department:streets:webhook"] == ["failed", "sent"]
    assert f"needs the operator: the webhook answered HTTP {status}" in caplog.text
    found = [each.text for each in checkup.findings(desk.town.config) if each.setting == "outbox"]
    assert found == [f"1 not sent: the webhook answered HTTP {status}"]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 301, 307])
def test_tried_again(desk: Office, roads: Provider, status: int) -> None:
    roads.answer = lambda seen: Answer(
        status if len(roads.seen) < 3 else 200, headers={"Location": "/elsewhere"}
    )
    report(desk)
    desk.bustle(600)
    assert outcomes(desk)["department:streets:webhook"] == ["sent"]
    assert [seen.path for seen in roads.seen] == ["/hook"] * 3


def test_a_redirect_is_for_the_operator_to_mend(
    desk: Office, roads: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    roads.answer = lambda seen: Answer(302, headers={"Location": "/elsewhere"})
    report(desk)
    assert "needs the operator: the webhook leads elsewhere (HTTP 302)" in caplog.text


def test_a_system_is_left_alone_as_long_as_it_asks_for(desk: Office, roads: Provider) -> None:
    roads.answer = lambda seen: Answer(429, headers={"Retry-After": "7000"})
    report(desk)
    desk.bustle(6900)
    assert len(roads.seen) == 1
    roads.answer = lambda seen: Answer(200)
    desk.bustle(200)
    assert outcomes(desk)["department:streets:webhook"] == ["sent"]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("-5", 0.0),
        ("1e9", 6 * 3600.0),
        ("Tue, 02 Jun 2026 12:10:00 GMT", 600.0),
        ("Tue, 02 Jun 2026 11:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("nan", None),
        ("Tue, 02 Jun 2026 12:10:00 -0000", None),
    ],
)
def test_how_long_a_system_wants_to_be_left_alone(written: str, seconds: float | None) -> None:
    assert retry_after(written, NOON) == seconds


def at(url: str) -> Webhook:
    return Webhook(endpoints={"streets": Endpoint(url=url, secret=SECRET)})


def test_a_system_that_is_not_there_is_tried_again() -> None:
    with pytest.raises(BackendError) as refusal:
        at(f"http://127.0.0.1:{free_port()}/").deliver(NOTICE)
    assert (refusal.value.retryable, refusal.value.operator) == (True, False)


def test_an_endless_answer_is_not_read(roads: Provider) -> None:
    roads.answer = lambda seen: Answer(200, b"ok", drip=True, length=False)
    at(roads.url).deliver(NOTICE)
    roads.released.set()


def test_a_secret_is_in_no_log() -> None:
    assert SECRET not in repr(at("http://127.0.0.1/"))


# The staff group -----------------------------------------------------------------------------------


def test_a_group_gets_what_where_and_until_when(desk: Office) -> None:
    report(desk)
    (words,) = desk.heard(GROUP)
    assert words.splitlines()[:3] == [
        "New SR-10001: Pothole or road damage",
        "500 Main St",
        f"Due {stored(desk).expected_datetime.astimezone(ZoneInfo('America/Chicago')):%a %b %d, %Y %H:%M}",  # type: ignore[union-attr]
    ]
    assert POTHOLE in words
    assert words.endswith(f"https://311.riverton.example/r/{stored(desk).token}")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_group_sees_the_pictures(desk: Office, count: int) -> None:
    report(desk, photos=count)
    entries = [entry for entry in desk.simulator.thread(GROUP) if entry.author == "bot"]
    assert [len(entry.photos) for entry in entries] == [1] * count
    assert [bool(entry.text) for entry in entries] == [True] + [False] * (count - 1)


def test_a_picture_that_telegram_can_not_fetch_does_not_keep_the_case_from_the_group(desk: Office) -> None:
    report(desk)  # the simulator fetches from the app, whose folder we empty below
    desk.simulator.sms(PHONE, "pothole at 700 main st", [draw("pothole")])
    desk.bustle()
    desk.simulator.webhook_base_url = f"http://127.0.0.1:{free_port()}"
    with desk.town.database.write.begin() as session:
        case = cases.by_number(session, "SR-10001")
        service_requests._attach(session, case, ("1",))
        service_requests.notify_department(desk.town, session, case, "added", note="Look.")
        outbox.ring_for(desk.town, session)
    desk.bustle()
    entry = desk.simulator.thread(GROUP)[-1]
    assert entry.text.startswith("More on SR-10001")
    assert not entry.photos
    assert outcomes(desk)["department:streets:telegram"] == ["sent", "sent"]


def test_a_group_that_has_become_a_supergroup_hears_and_the_operator_is_told(
    desk: Office, caplog: pytest.LogCaptureFixture
) -> None:
    moved = -100_4711
    desk.simulator.migrate(GROUP, moved)
    report(desk)
    assert len(desk.heard(moved)) == 1
    assert f"the Telegram group of Streets has become a supergroup: write telegram: '{moved}'" in caplog.text
    found = {each.setting: each.text for each in checkup.findings(desk.town.config)}
    assert f'write telegram: "{moved}" in config.yml' in found["streets, telegram"]


def test_a_group_is_written_to_no_sooner_than_telegram_allows(desk: Office) -> None:
    desk.simulator.telegram_faults.put(Fault(refuse=429, retry_after=40, times=1), GROUP)
    report(desk)
    desk.bustle(20)
    assert desk.heard(GROUP) == []
    desk.bustle(30)
    assert len(desk.heard(GROUP)) == 1


def test_a_groups_limit_holds_up_no_resident_but_the_bots_holds_up_groups(desk: Office) -> None:
    desk.simulator.telegram_faults.put(Fault(refuse=429, retry_after=40, times=1), GROUP)
    report(desk, by=CHAT)
    assert "SR-10001" in desk.heard(CHAT)[-1]
    desk.bustle(60)
    desk.simulator.telegram_faults.put(Fault(refuse=429, retry_after=90, times=1), CHAT)
    desk.says("hello", by=CHAT)
    with desk.town.database.write.begin() as session:
        case = cases.by_number(session, "SR-10001")
        service_requests.notify_department(desk.town, session, case, "added", note="More.")
    desk.bustle(5)
    with desk.town.database.read() as session:
        outbox.ring_for(desk.town, session)
    desk.bustle(60)
    assert len(desk.heard(GROUP)) == 1
    desk.bustle(60)
    assert len(desk.heard(GROUP)) == 2


@pytest.mark.parametrize("code", [403, 401])
def test_a_group_that_can_not_be_written_to_hears_all_of_it_once_that_is_mended(
    desk: Office, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    desk.simulator.telegram_faults.put(Fault(refuse=code, times=3), GROUP)
    report(desk)
    assert "needs the operator: Telegram" in caplog.text
    desk.bustle(3600)
    assert len(desk.heard(GROUP)) == 1


def test_a_long_story_fits_a_caption() -> None:
    long = replace(
        NOTICE, description="very " * 800, address_string="the " * 500, answers=(("Why?", "x" * 100),) * 3
    )
    written = staff_group.written(long, ZoneInfo("America/Chicago"))
    assert len(written) <= 1024
    assert written.endswith(NOTICE.case_url)


# Config and check-up --------------------------------------------------------------------------------


def test_the_check_up_asks_every_way(desk: Office, roads: Provider) -> None:
    found = {each.setting: (each.level, each.text) for each in checkup.findings(desk.town.config)}
    assert found["SMTP_URL"][0] == "ok"
    assert found["streets, webhook"][0] == found["streets, telegram"][0] == "ok"
    assert events(roads) == ["ping"]
    roads.answer = lambda seen: Answer(401)
    desk.simulator.telegram_faults.put(Fault(refuse=403), GROUP)
    found = {each.setting: (each.level, each.text) for each in checkup.findings(desk.town.config)}
    assert found["streets, webhook"][0] == found["streets, telegram"][0] == "wrong"
    assert "HTTP 401" in found["streets, webhook"][1]
    assert "is it a member there" in found["streets, telegram"][1]


@pytest.mark.parametrize(
    ("environ", "reason"),
    [({}, "ROADS_SECRET is not set in the environment"), ({"ROADS_SECRET": "short"}, "20 characters or more")],
)
def test_a_webhook_without_a_good_secret_is_refused_at_the_start(
    desk: Office, environ: dict[str, str], reason: str
) -> None:
    config = replace(desk.town.config, environ=environ)
    with pytest.raises(ConfigError, match=reason):
        open_backends(config)
    (found,) = [each for each in checkup.findings(config) if each.setting == "departments"]
    assert (found.level, reason in found.text) == ("wrong", True)


def test_a_group_without_a_bot_is_refused_at_the_start(desk: Office) -> None:
    config = replace(desk.town.config, settings=replace(desk.town.config.settings, telegram_bot_token=""))
    with pytest.raises(ConfigError, match="TELEGRAM_BOT_TOKEN"):
        open_backends(config)


def test_what_is_only_played_reaches_no_city_system(desk: Office) -> None:
    played = by_mail_only(desk.town.config.departments)
    assert {department.ways for department in played.values()} == {("email",)}
    assert played.keys() == desk.town.config.departments.keys()
    assert by_mail_only({"roads": Department(name="Roads", telegram=str(GROUP))})["roads"].ways == ("email",)


# Deadlines -----------------------------------------------------------------------------------------


def filed(office: Office, **columns: Any) -> Office:
    """File a pothole at noon that is due in 8 hours."""
    report(office)
    change(office, requested_datetime=NOON, expected_datetime=NOON + timedelta(hours=8), **columns)
    return office


def change(office: Office, **columns: Any) -> None:
    with office.town.database.write.begin() as session:
        case = cases.by_number(session, "SR-10001")
        for name, value in columns.items():
            setattr(case, name, value)


def alerts(office: Office, *hours: float) -> list[str]:
    """Sweep at these hours after noon; returns what the department was told since it was filed."""
    for hour in hours:
        office.clock.now = NOON + timedelta(hours=hour)
        jobs.sweep(office.town)
        office.bustle(0)
    with office.town.database.read() as session:
        query = select(OutboxEntry).where(OutboxEntry.kind == "email").order_by(OutboxEntry.id)
        return [entry.payload["event"] for entry in session.scalars(query)][1:]


@pytest.fixture
def watched(office: Office) -> Office:
    """A case due in 8 hours, on both kinds of database."""
    return filed(office)


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ((1, 5.9), []),
        ((6,), ["due_soon"]),
        ((6, 6.5, 7.9), ["due_soon"]),
        ((6.1, 8), ["due_soon", "overdue"]),
        ((6.1, 8, 9, 30, 300), ["due_soon", "overdue"]),
        ((9, 10), ["overdue"]),
    ],
)
def test_a_department_is_told_once_that_a_deadline_nears_and_once_that_it_has_passed(
    watched: Office, hours: tuple[float, ...], told: list[str]
) -> None:
    assert alerts(watched, *hours) == told


@pytest.mark.parametrize("status", ["completed", "no_action", "referred", "duplicate", "need_info"])
def test_where_nothing_is_due_from_it_a_department_is_left_in_peace(watched: Office, status: str) -> None:
    change(watched, status=status)
    assert alerts(watched, 7, 9) == []


def test_what_was_waited_for_is_due_again_once_it_is_there(watched: Office) -> None:
    change(watched, status="need_info")
    assert alerts(watched, 9) == []
    change(watched, status="under_review")
    assert alerts(watched, 10) == ["overdue"]


def test_a_deadline_that_moves_is_told_of_anew(watched: Office) -> None:
    assert alerts(watched, 7, 9) == ["due_soon", "overdue"]
    change(watched, expected_datetime=NOON + timedelta(hours=40))
    assert alerts(watched, 10, 29, 31, 41, 42) == ["due_soon", "overdue"] * 2


def test_a_case_that_is_reopened_is_told_of_anew(watched: Office) -> None:
    assert alerts(watched, 7) == ["due_soon"]
    service_requests.update_status(watched.town, "SR-10001", "completed", "Filled.")
    service_requests.update_status(watched.town, "SR-10001", "reopened", "It sank.")
    assert alerts(watched, 7.5, 7.6, 9) == ["due_soon", "due_soon", "overdue"]


def test_a_case_without_a_deadline_has_none_to_be_told_of(watched: Office) -> None:
    change(watched, expected_datetime=None)
    assert alerts(watched, 900) == []


@pytest.mark.parametrize(
    ("before", "hours", "told"), [("50%", 4, ["due_soon"]), ("0%", 7.9, []), ("10%", 7, [])]
)
def test_a_city_says_when_a_deadline_is_near(
    watched: Office, before: str, hours: float, told: list[str]
) -> None:
    file = watched.town.config.file.model_copy(update={"alerts": Alerts(before=before)})
    town = replace(watched.town, config=replace(watched.town.config, file=file))
    assert alerts(replace(watched, town=town), hours) == told


def test_sweeps_at_once_tell_once(watched: Office) -> None:
    watched.clock.now = NOON + timedelta(hours=9)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(deadlines.alert, [watched.town] * 4))
    assert alerts(watched, 9.1) == ["overdue"]


def test_alerts_go_by_all_ways(desk: Office, roads: Provider) -> None:
    filed(desk)
    alerts(desk, 7)
    assert subjects(desk) == ["New", "Due soon"]
    assert events(roads) == ["filed", "due_soon"]
    assert desk.heard(GROUP)[-1].startswith("Due soon SR-10001")
