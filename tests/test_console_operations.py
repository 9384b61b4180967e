"""Operations: how every part is, what waits, what failed in words, and trying it again."""

from __future__ import annotations

import logging
import re
from dataclasses import replace

import pytest
from servers import PHONE, Office, OpenOffice
from sqlalchemy import select
from staff_desk import Browser, signed_in

from bot import queues
from bot.bench.deployment import free_port
from bot.database import Database
from bot.models import Message, OutboxEntry, Quarantined
from bot.staff_tables import AuditEntry
from nlu.rasa_engine import RasaInterpreter, RasaServer
from nlu.spacy_engine import SpacyInterpreter
from webhooks.twilio import explain

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def office(open_office: OpenOffice, sqlite: Database) -> Office:
    return open_office(sqlite)


@pytest.fixture
def admin(office: Office) -> Browser:
    return signed_in(office, "admin", "ana")


def given_up(office: Office, error: str = "Twilio: the carrier failed") -> int:
    """Have an answer to a resident be given up; returns the outbox entry."""
    office.says("hello")
    office.simulator.settle()
    with office.town.database.read() as session:
        assert session.scalars(select(Message.id)).first()
    office.bell.answer(office.town, 5)
    office.simulator.settle()  # its receipt is in
    with office.town.database.write.begin() as session:
        entry = session.scalars(select(OutboxEntry).order_by(OutboxEntry.id)).first()
        assert entry is not None
        entry.done_at, entry.outcome, entry.error, entry.attempts = office.clock.now, "failed", error, 3
        entry.unknown = False
        message = session.get_one(Message, entry.message_id)
        message.state, message.error_code, message.external_id = "failed", "30008", None
        return entry.id


def the_entry(office: Office, entry_id: int) -> OutboxEntry:
    with office.town.database.read() as session:
        return session.get_one(OutboxEntry, entry_id)


def test_a_well_office_says_so(office: Office, admin: Browser) -> None:
    page = admin.open("/operations")
    for words in ("SQLite, in a file", "spacy hears", "Nothing was given up.", "Townline "):
        assert words in page
    assert 'class="tag alarm"' not in page
    assert re.search(r"Messages unread</th><td>0</td>", page)


def test_what_waits_is_counted(office: Office, admin: Browser) -> None:
    office.says("hello")
    office.simulator.settle()
    office.clock.pass_by(15 * 60)
    with office.town.database.write.begin() as session:
        session.add(Quarantined(channel="sms", external_id="x", raw={}, created_at=office.clock.now))
    page = admin.open("/operations")
    assert re.search(r"Messages unread</th><td>1</td><td>15 min <span[^>]*>long", page)
    assert re.search(r"Payloads nobody could read</th><td>1</td>", page)


def test_what_is_held_back_on_purpose_does_not_wait(office: Office) -> None:
    given_up(office)
    with office.town.database.write.begin() as session:
        session.add(
            OutboxEntry(
                destination="conversation:1",
                kind="push",
                created_at=office.clock.now,
                due_at=office.clock.now.replace(year=2027),
            )
        )
    with office.town.database.read() as session:
        waiting = {each.name: each.waiting for each in queues.queues(session, office.clock.now)}
    assert waiting["push"] == 0


def test_a_failed_delivery_is_shown_in_words_and_tried_again(
    office: Office, admin: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    entry_id = given_up(office)
    sent = len(office.heard())
    page = admin.open("/operations")
    assert "Twilio: the carrier failed" in page
    assert "Answers to residents" in page
    assert re.search(r"Resident [A-Z2-9]{5}, sms", page)
    assert PHONE not in page
    assert PHONE.removeprefix("+1") not in caplog.text
    assert admin.post(f"/operations/retry/{entry_id}").status_code == 303
    entry = the_entry(office, entry_id)
    assert (entry.done_at, entry.outcome, entry.error) == (None, "", "")
    office.bustle()
    assert the_entry(office, entry_id).outcome == "sent"
    assert len(office.heard()) == sent + 1
    assert "Nothing was given up." in admin.open("/operations")
    with office.town.database.read() as session:
        entry_of = session.scalars(select(AuditEntry).where(AuditEntry.action == "delivery_retried")).one()
    assert (entry_of.subject, entry_of.detail) == (f"outbox:{entry_id}", {"kind": "reply"})


@pytest.mark.parametrize("wanted", ["sent", "none"])
def test_what_did_not_fail_is_not_sent_twice(office: Office, admin: Browser, wanted: str) -> None:
    entry_id = given_up(office)
    admin.post(f"/operations/retry/{entry_id}")
    office.bustle()
    sent = len(office.heard())
    answer = admin.post(f"/operations/retry/{entry_id if wanted == 'sent' else 999}")
    assert answer.status_code == 409
    assert "not among the failed ones any more" in answer.text
    office.bustle()
    assert len(office.heard()) == sent


def test_what_the_provider_could_not_deliver_is_said_in_words(office: Office, admin: Browser) -> None:
    office.says("hello")
    office.bustle()
    with office.town.database.write.begin() as session:
        for message in session.scalars(select(Message).where(Message.author == "bot")):
            message.state, message.error_code = "undelivered", "30006"
    page = admin.open("/operations")
    assert "the number cannot get texts" in page
    assert "(code 30006)" in page


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("30006", "the number cannot get texts"),
        ("21610", "the resident has opted out"),
        ("", "could not deliver"),
    ],
)
def test_codes_have_words(code: str, words: str) -> None:
    assert words in explain(code)


def test_an_error_is_text(office: Office, admin: Browser) -> None:
    given_up(office, HOSTILE)
    assert HOSTILE not in admin.open("/operations")


def test_what_is_down_says_what_to_do(
    open_office: OpenOffice, sqlite: Database, interpreter: SpacyInterpreter
) -> None:
    down = f"redis://127.0.0.1:{free_port()}"
    office = open_office(sqlite)
    town = office.town
    object.__setattr__(
        town.config, "settings", replace(town.config.settings, redis_url=down, nlu_engine="rasa")
    )
    server = RasaServer(f"http://127.0.0.1:{free_port()}", interpreter.labels)
    page = signed_in(office, "admin").open("/operations")
    assert "Redis does not answer: check REDIS_URL" in page
    from bot.console.operations import _ear

    rasa = replace(town, interpreter=RasaInterpreter(server, interpreter))
    rasa.interpreter.understand("a pothole at 500 Main St")
    assert _ear(rasa).level == "wrong"


def test_providers_are_asked_on_demand(office: Office, admin: Browser) -> None:
    page = admin.open("/operations?providers=1")
    assert "accepts us" in page
    assert "Mail server" in page
