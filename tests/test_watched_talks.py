"""Talks that people should keep an eye on: when a turn says so, and how that shows in the agents' queue."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from servers import PHONE, Office
from sqlalchemy import select
from staff_desk import signed_in
from talks import CITY

from bot import jobs, ownership
from bot.console.queue import queue
from bot.models import Conversation
from bot.queues import waiting_for_people
from dialogues.manager import take_turn
from dialogues.types import Concern, Draft, FileRequest, Heard, Place, State, Turn, Utterance

NOW = datetime(2026, 6, 1, 15, tzinfo=UTC)
MAIN = Place(address_string="500 Main St", lat=41.6, long=-91.0)
MUMBLE = Utterance(text="the blue thing hums", intent="inform", confidence=0.1)
VENT = Utterance(text="you people are useless", intent="out_of_scope", mood="upset")
GUESS = Utterance(text="it is broken", intent="report", services=(("tree", 0.4), ("noise", 0.3)))
REPORT = Utterance(text="graffiti", intent="report", services=(("graffiti", 0.9),), places=(MAIN,))
YES = Utterance(text="yes", intent="affirm", polarity="yes")


def turn(*said: Utterance, state: State | None = None) -> Turn:
    heard = Heard(at=NOW, utterances=said, references=("SR-10001",))
    return take_turn(state or State(), heard, CITY)


@pytest.mark.parametrize(
    ("said", "concern"),
    [
        ((MUMBLE,), "unsure"),
        ((MUMBLE, REPORT), ""),  # in one breath: what led on was understood
        ((GUESS,), "unsure"),
        ((VENT,), "angry"),
        ((VENT, MUMBLE), "angry"),
        ((replace(REPORT, mood="upset"),), "angry"),
        ((REPORT,), ""),
        ((Utterance(text="hi", intent="greet"),), ""),
        ((Utterance(text="how much", topic="cost"),), ""),
    ],
    ids=["mumble", "mumble_then_clear", "guess", "vent", "vent_first", "angry_report", "report", "hi", "asks"],
)
def test_what_a_turn_gives_cause_for(said: tuple[Utterance, ...], concern: Concern) -> None:
    assert turn(*said).concern == concern


def test_it_is_over_with_the_next_turn_that_is_calm_and_understood() -> None:
    lost = turn(MUMBLE)
    assert turn(MUMBLE, state=lost.state).concern == "unsure"  # the second time a person is offered
    assert turn(REPORT, state=lost.state).concern == ""
    picked = turn(GUESS)
    assert turn(Utterance(text="1", number=1), state=picked.state).concern == ""


def test_a_no_to_what_was_read_back_is_a_misunderstanding() -> None:
    read = turn(REPORT)
    assert turn(Utterance(text="no", intent="deny", polarity="no"), state=read.state).concern == "unsure"


def test_what_is_filed_needs_nobody_however_it_is_said() -> None:
    draft = Draft(service_code="graffiti", place=MAIN, asked=True, first_confidence=0.3)
    state = State(draft=draft, awaiting="confirm", read_back=draft)
    filed = turn(replace(YES, text="yes damn it", mood="upset"), state=state)
    assert any(isinstance(effect, FileRequest) for effect in filed.effects)
    assert filed.concern == ""


# In the queue, on both databases --------------------------------------------------------------------

LOST = "the one from before"


def say(office: Office, *texts: str, by: str = PHONE) -> None:
    for words in texts:
        office.says(words, by=by)
        office.bustle(1)


def why(office: Office) -> tuple[str, datetime | None]:
    with office.town.database.read() as session:
        row = session.scalars(select(Conversation).order_by(Conversation.id)).first()
        assert row is not None
        return row.waiting_reason, row.waiting_since


def test_a_thread_is_watched_until_it_goes_well(office: Office) -> None:
    begun = office.clock.now
    say(office, LOST)
    reason, since = why(office)
    assert (reason, since is not None and begun <= since <= begun + timedelta(seconds=2)) == ("unsure", True)
    office.clock.now += timedelta(minutes=5)
    say(office, LOST)
    assert why(office) == ("unsure", since)  # for as long as it lasts
    say(office, "you people are useless")
    assert why(office) == ("angry", since)
    with office.town.database.read() as session:
        found = queue(office.town, session)
        assert waiting_for_people(session) == 0
    assert ([row.reason for row in found.watched], found.waiting, found.of_bot) == (["angry"], [], [])
    say(office, "graffiti at 500 main st")
    assert why(office) == ("", None)


def test_the_angry_come_before_the_unsure_then_who_has_been_so_longest(office: Office) -> None:
    for number, words in enumerate([LOST, "this is bullshit", LOST, "fuck you"]):
        say(office, words, by=f"+1555010{number}")
        office.clock.now += timedelta(minutes=1)
    say(office, "agent", by="+15550104")
    with office.town.database.read() as session:
        found = queue(office.town, session)
    assert [row.id for row in found.watched] == [2, 4, 1, 3]
    assert [(row.id, row.reason) for row in found.waiting] == [(5, "asked")]


def test_who_asks_for_a_person_waits_from_then_on(office: Office) -> None:
    say(office, "you people are useless")
    office.clock.now += timedelta(minutes=9)
    asked = office.clock.now
    say(office, "agent")
    reason, since = why(office)
    assert reason == "asked"
    assert since is not None
    assert since >= asked
    say(office, "you are all idiots")  # whoever waits, waits: the reason stays
    assert why(office) == ("asked", since)


def test_an_emergency_is_not_talked_away(office: Office) -> None:
    say(office, "you people are useless", "my house is on fire", "useless")
    assert why(office)[0] == "emergency"
    say(office, "hello")
    assert why(office)[0] == "emergency"


def test_an_agent_sees_whom_to_watch_and_may_let_it_be(office: Office) -> None:
    say(office, "you people are useless")
    mine = signed_in(office, "agent")
    page = mine.open("/conversations")
    assert "To watch" in page
    assert '<span class="tag angry">Angry</span>' in page
    assert "The assistant has this conversation.</strong> To watch: angry." in mine.open("/conversations/1")
    mine.post("/conversations/1/attend")
    assert why(office) == ("", None)
    say(office, "you people are useless")  # again: it is worth another look
    assert why(office)[0] == "angry"
    ownership.take_over(office.town, 1, 1)
    say(office, "you people are useless")
    assert why(office) == ("", None)  # somebody has it
    ownership.hand_back(office.town, 1, 1)
    assert why(office) == ("", None)


def test_a_thread_gone_quiet_is_watched_no_more_and_its_report_goes_to_people(office: Office) -> None:
    say(office, "this is bullshit", by="+15550101")
    say(office, "pothole somewhere, this is bullshit", by="+15550102")
    office.clock.now += timedelta(hours=25)
    jobs.sweep(office.town)
    with office.town.database.read() as session:
        rows = session.scalars(select(Conversation).order_by(Conversation.id)).all()
    assert [(row.waiting_reason, row.waiting_since is None) for row in rows] == [
        ("", True),
        ("incomplete", False),
    ]
    assert [row.abandoned_at is None for row in rows] == [True, False]
