"""How much one sender, one place and one service may ask: nothing is lost, danger gets through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

import pytest
from click.testing import CliRunner
from servers import KEYS, PHONE, Office, OpenOffice
from sqlalchemy import select
from staff_desk import browser, signed_in

from bot import conversations, jobs, limits, receiving, service_requests
from bot.database import Database
from bot.embedded import Timers
from bot.limit_rules import Limits
from bot.models import Contact, Conversation, Photo, ServiceRequest
from bot.staff_tables import AuditEntry
from bot.town import Job
from dialogues.types import Draft, FileRequest, Place
from nlu.interpreter import Interpreter, Understanding
from webhooks.channel import Inbound, Media

NEIGHBOUR = "+15550143"
_sids = count(1)


@dataclass
class Counted:
    """An ear that counts how often it was asked."""

    interpreter: Interpreter
    heard: int = 0

    def understand(self, text: str, language: str | None = None) -> Understanding:
        self.heard += 1
        return self.interpreter.understand(text, language)


@dataclass
class Patient:
    """The embedded loop's bell, answered when a test says so."""

    timers: Timers

    def ring(self, job: Job, subject: str, after: float = 0.0) -> None:
        self.timers.add(job, subject, after)


@pytest.fixture
def quiet(open_office: OpenOffice, sqlite: Database) -> Office:
    """An office with an ear that counts."""
    office = open_office(sqlite)
    return replace(office, town=replace(office.town, interpreter=Counted(office.town.interpreter)))


def with_limits(office: Office, **rules: int | None) -> Office:
    file = office.town.config.file
    file = file.model_copy(update={"limits": Limits(**(file.limits.model_dump() | rules))})
    return replace(office, town=replace(office.town, config=replace(office.town.config, file=file)))


def texts(office: Office, *said: str, by: str = PHONE, media: tuple[Media, ...] = ()) -> int:
    """Store what a resident texts; returns the thread's number."""
    for text in said:
        inbound = Inbound(
            channel="sms",
            external_id=f"SM{next(_sids):032}",
            sender=f"tel:{by}",
            recipient="tel:+15550100",
            text=text,
            media=media,
        )
        receiving.receive(office.town, inbound)
    return thread(office, by).id


def thread(office: Office, by: str = PHONE) -> Conversation:
    with office.town.database.read() as session:
        query = select(Conversation).join(Contact).where(Contact.address_hash == f"tel:{by}")
        return session.scalars(query).one()


def answers(office: Office, by: str = PHONE) -> list[str]:
    number = thread(office, by).id
    return [each.text for each in office.messages("bot") if each.conversation_id == number]


def unread(office: Office) -> int:
    return sum(each.read_at is None for each in office.messages("resident"))


# Senders --------------------------------------------------------------------------------------------


def test_a_thousand_messages_are_kept_told_once_and_few_are_heard(quiet: Office) -> None:
    here = texts(quiet, *(f"message {number}" for number in range(1000)))
    conversations.take_turns(quiet.town, here)
    assert (len(quiet.messages("resident")), unread(quiet)) == (1000, 0)
    most = quiet.town.config.file.limits.messages_per_turn
    assert quiet.town.interpreter.heard == most  # type: ignore[attr-defined]
    [told] = answers(quiet)
    assert "a person at Riverton 311 will read them" in told
    texts(quiet, "and one more")
    conversations.take_turns(quiet.town, here)
    assert answers(quiet) == [told]
    waits = thread(quiet)
    assert (waits.waiting_reason, waits.owner) == ("too_many", "bot")


def test_others_are_answered_in_between(quiet: Office) -> None:
    """What waits of a sender who wrote much is taken up behind what others rang for."""
    timers = Timers()
    quiet = with_limits(quiet, messages_per_turn=2)
    quiet = replace(quiet, town=replace(quiet.town, bell=Patient(timers)))
    flooded = texts(quiet, *["hello"] * 7)
    other = texts(quiet, "are you a robot?", by=NEIGHBOUR)
    order = []
    while ring := timers.next(0):
        if ring[0] == "take_turns":
            order.append(int(ring[1]))
            jobs.run(quiet.town, *ring)
    assert order[:3] == [flooded, other, flooded]
    assert unread(quiet) == 0


def test_who_has_calmed_down_is_answered_as_ever(quiet: Office) -> None:
    here = texts(quiet, *["hello"] * 40)
    conversations.take_turns(quiet.town, here)
    quiet.clock.now += timedelta(minutes=2)
    texts(quiet, "are you a robot?")
    conversations.take_turns(quiet.town, here)
    assert len(answers(quiet)) == 2
    assert quiet.town.interpreter.heard == 2  # type: ignore[attr-defined]


def test_the_hour_counts_too(quiet: Office) -> None:
    quiet = with_limits(quiet, messages_per_hour=12, messages_per_minute=5)
    for _ in range(4):
        here = texts(quiet, *["hello"] * 4)
        conversations.take_turns(quiet.town, here)
        quiet.clock.now += timedelta(minutes=5)
    assert thread(quiet).waiting_reason == "too_many"


@pytest.mark.parametrize("words", ["my house is on fire", "there is a gas leak in my building"])
def test_danger_gets_through_a_flood(words: str, quiet: Office) -> None:
    here = texts(quiet, *["spam"] * 99, words, *["spam"] * 99)
    conversations.take_turns(quiet.town, here)
    assert answers(quiet)[0].startswith("This may be an EMERGENCY. Call 911 now")
    assert thread(quiet).waiting_reason == "emergency"


def test_no_file_of_a_flood_is_fetched(quiet: Office) -> None:
    media = (Media(ref="https://api.twilio.com/file"),)
    here = texts(quiet, *["look"] * 40, media=media)
    conversations.take_turns(quiet.town, here)
    with quiet.town.database.read() as session:
        assert set(session.scalars(select(Photo.state))) == {"refused"}


# Cases ----------------------------------------------------------------------------------------------

MAIN = Place(address_string="500 Main St", lat=41.6, long=-91.0, precision="address")
ELM = Place(address_string="5 Elm St", lat=41.62, long=-91.02, precision="address")
UNKNOWN = Place(address_string="behind the old barn", precision="unconfirmed")


def one_more(office: Office, by: str, place: Place, code: str = "graffiti") -> bool:
    """File a report as the talk does; returns whether it was taken."""
    town, here = office.town, texts(office, "hi", by=by)
    draft, [number] = Draft(description="Paint", service_code=code, place=place), service_requests.reserve(town)
    with town.database.write.begin() as session:
        conversation = session.get_one(Conversation, here)
        effect = FileRequest(draft=draft, service_request_id=number)
        if limits.held_up(town, session, [(conversation, [effect])]):
            return False
        service_requests.file(town, session, draft, number, conversation)
    return True


@pytest.mark.parametrize("place", [MAIN, UNKNOWN], ids=["on the map", "unknown"])
def test_many_cases_at_one_place_go_to_a_person_whoever_sends_them(place: Place, quiet: Office) -> None:
    quiet = with_limits(quiet, cases_at_one_place=3)
    taken = [one_more(quiet, f"+1555010{number}", place) for number in range(5)]
    assert taken == [True, True, True, False, False]
    assert one_more(quiet, PHONE, ELM)
    quiet.clock.now += timedelta(hours=25)
    assert one_more(quiet, PHONE, place)


def test_many_cases_of_one_sender_go_to_a_person(quiet: Office) -> None:
    quiet = with_limits(quiet, cases_of_one_sender=2)
    places = [replace(MAIN, lat=41.6 + number / 100) for number in range(3)]
    assert [one_more(quiet, PHONE, place) for place in places] == [True, True, False]
    assert one_more(quiet, NEIGHBOUR, ELM)


def test_many_cases_of_one_service_go_to_a_person_but_in_a_storm(quiet: Office) -> None:
    from bot import storms

    quiet = with_limits(quiet, cases_of_one_service=2)
    places = [replace(MAIN, lat=41.6 + number / 100) for number in range(4)]
    taken = [one_more(quiet, f"+1555010{number}", place, "tree") for number, place in enumerate(places[:3])]
    assert taken == [True, True, False]
    assert one_more(quiet, PHONE, ELM, "litter_street_cleaning")
    storms.begin(quiet.town, None)
    assert one_more(quiet, PHONE, places[3], "tree")


def test_a_report_too_many_is_kept_for_the_person_who_gets_it(quiet: Office) -> None:
    quiet = with_limits(quiet, cases_of_one_sender=1)
    assert one_more(quiet, PHONE, ELM)
    for words in ("graffiti at 500 Main St", "yes"):
        conversations.take_turns(quiet.town, texts(quiet, words))
    assert answers(quiet)[-1].startswith("We have many reports like this already. A person at Riverton 311")
    waits = thread(quiet)
    assert (waits.owner, waits.waiting_reason) == ("agent", "many_alike")
    assert waits.state["draft"]["place"]["address_string"] == "500 Main St"
    with quiet.town.database.read() as session:
        assert len(session.scalars(select(ServiceRequest)).all()) == 1


# The block list -------------------------------------------------------------------------------------


def nothing(*_: object) -> None:
    """Write nothing down."""


def test_who_is_blocked_is_kept_unanswered_but_for_danger(quiet: Office) -> None:
    limits.block(quiet.town, PHONE, nothing)
    here = texts(quiet, "hello")
    conversations.take_turns(quiet.town, here)
    assert (answers(quiet), unread(quiet), thread(quiet).waiting_since) == ([], 0, None)
    texts(quiet, "my house is on fire")
    conversations.take_turns(quiet.town, here)
    assert [each[:30] for each in answers(quiet)] == ["This may be an EMERGENCY. Call"]
    assert thread(quiet).waiting_since is None
    limits.block(quiet.town, PHONE, nothing, blocked=False)
    texts(quiet, "are you a robot?")
    conversations.take_turns(quiet.town, here)
    assert len(answers(quiet)) == 2


@pytest.mark.parametrize("written", ["", "kim", "mailto:kim", "tel:", "fax:+15550142"])
def test_an_address_that_is_none_is_refused(written: str, quiet: Office) -> None:
    with pytest.raises(limits.Unknown, match="Write it as"):
        limits.block(quiet.town, written, nothing)


def test_blocking_from_the_command_line_is_written_down(quiet: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.cli import townline

    url = quiet.town.config.settings.database_url
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("TOWNLINE_ENCRYPTION_KEYS", KEYS)
    monkeypatch.setenv("TOWNLINE_CONFIG", str(quiet.town.config.config_file))
    here = texts(quiet, "hello")
    for command in (["add", PHONE], ["list", "--json"], ["remove", str(here)]):
        result = CliRunner().invoke(townline, ["block", *command])
        assert result.exit_code == 0, result.output
        assert PHONE not in result.output
    with quiet.town.database.read() as session:
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        assert list(actions) == ["blocked", "unblocked"]
        assert list(limits.blocked(session)) == []


def test_supervisors_block_from_the_thread(quiet: Office) -> None:
    here = texts(quiet, "hello")
    mine = signed_in(quiet, "supervisor")
    assert "Block</button>" in mine.open(f"/conversations/{here}")
    assert mine.post(f"/conversations/{here}/block").status_code == 303
    assert "Answer them again" in mine.open(f"/conversations/{here}")
    assert f"/conversations/{here}" in mine.open("/blocked")
    assert mine.post(f"/conversations/{here}/block", undo="yes").status_code == 303
    assert "Nobody is blocked" in mine.open("/blocked")
    assert signed_in(quiet, "agent").post(f"/conversations/{here}/block").status_code == 403
    assert browser(quiet).post(f"/conversations/{here}/block").status_code == 401
    with quiet.town.database.read() as session:
        query = select(AuditEntry.action).where(AuditEntry.action.in_(("blocked", "unblocked")))
        assert list(session.scalars(query)) == ["blocked", "unblocked"]
