"""What residents say of finished work: kept on the case, and counted for the dashboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from case_desk import case, report
from servers import Office
from sqlalchemy import select
from staff_desk import signed_in
from talks import CITY

from bot import service_requests
from bot.console import satisfaction
from bot.console.figures import Period
from bot.console.satisfaction import Satisfaction
from bot.models import Conversation, Follower, ServiceRequest, StatusUpdate
from dialogues.manager import take_turn
from dialogues.types import (
    AddToRequest,
    Draft,
    Heard,
    OpenRequest,
    Reopen,
    Say,
    State,
    Turn,
    Utterance,
    Verdict,
)

NOW = datetime(2026, 6, 10, 15, tzinfo=UTC)
DAY = timedelta(days=1)
ZONE = ZoneInfo("America/Chicago")


def closed(number: str = "SR-10001", days: float = 1, status: str = "completed") -> OpenRequest:
    return OpenRequest(
        service_request_id=number,
        service_code="graffiti",
        address_string="500 Main St",
        status=status,
        requested_datetime=NOW - timedelta(days=days) - DAY,
        status_datetime=NOW - timedelta(days=days),
        closed=status == "completed",
    )


def turn(said: Utterance, *known: OpenRequest, quiet: float = 2, state: State | None = None) -> Turn:
    heard = Heard(at=NOW, utterances=(said,), contact_requests=known, quiet_for=timedelta(days=quiet))
    return take_turn(state or State(), heard, CITY)


def verdicts(found: Turn) -> list[tuple[str, str]]:
    return [(each.service_request_id, each.verdict) for each in found.effects if isinstance(each, Verdict)]


THANKS = Utterance(text="thank you", intent="thanks")
# The model hears "not fixed" in it: the mood, by rule, knows better.
FIXED = Utterance(text="it's fixed now", intent="not_fixed", mood="content")
VENT = Utterance(text="what a joke", intent="out_of_scope", mood="upset")
NOT_FIXED = Utterance(text="not fixed", intent="not_fixed")


@pytest.mark.parametrize(
    ("said", "verdict"),
    [(THANKS, "content"), (FIXED, "content"), (VENT, "complained"), (NOT_FIXED, "not_fixed")],
    ids=["thanks", "fixed", "vent", "not_fixed"],
)
def test_the_first_word_after_the_closing_is_a_verdict(said: Utterance, verdict: str) -> None:
    older = () if said is NOT_FIXED else (closed("SR-10001", days=3),)  # of two it is asked which
    assert verdicts(turn(said, closed("SR-10002"), *older)) == [("SR-10002", verdict)]


def test_who_says_that_it_is_fixed_reopens_nothing() -> None:
    found = turn(FIXED, closed())
    assert not any(isinstance(each, Reopen) for each in found.effects)
    assert [each.sentence for each in found.effects if isinstance(each, Say)] == ["glad"]


@pytest.mark.parametrize("said", [THANKS, VENT], ids=["thanks", "vent"])
def test_thanks_and_anger_later_may_be_about_anything(said: Utterance) -> None:
    assert verdicts(turn(said, closed(), quiet=0.01)) == []
    assert len(verdicts(turn(replace(said, quoted="SR-10001"), closed(), quiet=0.01))) == 1
    assert verdicts(turn(said, closed(), state=State(draft=Draft(description="x")))) == []


@pytest.mark.parametrize(
    "known",
    [(), (closed(days=20),), (closed(status="assigned"),), (closed(status="no_action"),)],
    ids=["none", "long_ago", "open", "no_work"],
)
def test_without_finished_work_there_is_nothing_to_judge(known: tuple[OpenRequest, ...]) -> None:
    for said in (THANKS, VENT):
        assert verdicts(turn(said, *known)) == []


def test_too_late_to_reopen_is_still_a_verdict() -> None:
    assert verdicts(turn(NOT_FIXED, closed(days=20))) == [("SR-10001", "not_fixed")]


def test_the_case_that_is_named_is_meant() -> None:
    cases = (closed("SR-10001", days=2), closed("SR-10002", days=1))
    assert verdicts(turn(replace(FIXED, text="SR-10001 is fixed"), *cases)) == [("SR-10001", "content")]


@pytest.mark.parametrize("status", ["completed", "no_action", "referred"])
def test_that_it_is_fixed_reopens_nothing_however_late_it_is_said(status: str) -> None:
    found = turn(FIXED, replace(closed(days=40), status=status))
    assert not any(isinstance(each, Reopen) for each in found.effects)
    assert verdicts(found) == ([("SR-10001", "content")] if status == "completed" else [])


def test_where_a_crew_asked_last_it_is_the_answer() -> None:
    found = turn(FIXED, closed(days=3), closed("SR-10002", status="need_info"))
    assert verdicts(found) == []
    assert [each.service_request_id for each in found.effects if isinstance(each, AddToRequest)] == ["SR-10002"]
    assert verdicts(turn(FIXED, closed(), closed("SR-10002", status="need_info", days=3))) != []


# On the case, on both databases ---------------------------------------------------------------------


def finish(office: Office, number: str) -> None:
    office.clock.now += timedelta(hours=2)
    service_requests.update_status(office.town, number, "completed", reason="repaired")
    office.bustle()
    office.clock.now += timedelta(hours=1)


def says(office: Office, words: str) -> str:
    office.says(words)
    office.bustle()
    return office.heard()[-1]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("It's fixed, thanks", "You're welcome!"),
        ("its fixed now", "Good to hear!"),
        ("ya quedó arreglado", "¡Qué bueno!"),
    ],
)
def test_it_is_fixed_stays_closed_and_is_kept(office: Office, words: str, answer: str) -> None:
    number = report(office).service_request_id
    finish(office, number)
    before = len(office.heard())
    assert says(office, words).startswith(answer)
    assert len(office.heard()) == before + 1
    found = case(office, number)
    assert (found.status, found.verdict) == ("completed", "content")
    assert found.verdict_datetime is not None


def test_the_last_word_counts(office: Office) -> None:
    number = report(office).service_request_id
    finish(office, number)
    says(office, "thanks!")
    assert case(office, number).verdict == "content"
    says(office, "not fixed")
    assert (case(office, number).verdict, case(office, number).status) == ("not_fixed", "reopened")
    finish(office, number)
    says(office, "this is a joke, useless")
    assert case(office, number).verdict == "complained"


# Counted by hand ------------------------------------------------------------------------------------

TODAY = datetime(2026, 6, 10, 18, tzinfo=UTC)
WEEK = Period(TODAY.date() - 6 * DAY, TODAY.date(), ZONE)

# Days ago closed as completed; the verdict, and days ago it was given; who follows it by text.
CASES = (
    (1, "content", 0.5, "follows"),
    (2, "content", 1, "follows"),
    (2, "not_fixed", 1, "follows"),
    (3, "complained", 2, "follows"),
    (3, "", None, "follows"),
    (4, "", None, "follows"),
    (4, "", None, "nobody"),  # by another system: nobody to answer
    (4, "", None, "muted"),
    (4, "content", 3, "nobody"),  # who answered has been erased since
    (9, "content", 8, "follows"),  # of the week before
    (5, "not_fixed", 20, "follows"),  # said of an earlier closing
)


def put(office: Office, department: str = "streets") -> None:
    """Write the cases of the table; each also has a word of its resident's after it was closed."""
    report(office)
    with office.town.database.write.begin() as session:
        thread = session.scalars(select(Conversation)).one()
        for number, (days, verdict, said, who) in enumerate(CASES, start=1):
            at = TODAY - days * DAY
            row = ServiceRequest(
                service_request_id=f"SR-2{number:04}",
                service_code="graffiti",
                address_string="500 Main St",
                precision="address",
                status="completed",
                status_datetime=at,
                department=department if number != 1 else "parks",
                requested_datetime=at - DAY,
                updated_datetime=at,
                verdict=verdict,
                verdict_datetime=None if said is None else TODAY - said * DAY,
            )
            session.add(row)
            session.flush()
            for status, author, when in (("completed", "kim", at), ("completed", "resident", at + DAY / 9)):
                session.add(
                    StatusUpdate(service_request_id=row.id, status=status, author=author, updated_datetime=when)
                )
            if who != "nobody":
                muted = at if who == "muted" else None
                session.add(
                    Follower(
                        service_request_id=row.id,
                        conversation_id=thread.id,
                        created_at=at - DAY,
                        muted_at=muted,
                    )
                )


def test_satisfaction_counted_by_hand(office: Office) -> None:
    put(office)
    with office.town.database.read() as session:
        found = satisfaction.of(session, WEEK)
        parks = satisfaction.of(session, replace(WEEK, department="parks"))
        never = satisfaction.of(session, Period(TODAY.date() + DAY, TODAY.date() + 2 * DAY, ZONE))
    assert found == Satisfaction(told=8, content=3, not_fixed=1, complained=1)
    assert (found.answered, found.silent) == (5, 3)
    assert (found.answer_rate, found.content_rate) == (5 / 8, 3 / 5)
    assert parks == Satisfaction(told=1, content=1)
    assert (never, never.answer_rate, never.content_rate) == (Satisfaction(), None, None)


def test_the_dashboard_and_the_week_say_of_how_many(office: Office) -> None:
    put(office)
    office.clock.now = TODAY
    mine = signed_in(office, "manager")
    page = " ".join(mine.open("/dashboard?from=2026-06-04&to=2026-06-10").split())
    assert "<b>60%</b> of those who answered are content: 3 of 5. 3 others of the 8 cases" in page
    assert '<th scope="row">Said NOT FIXED</th><td><b>1</b></td>' in page
    empty = mine.open("/dashboard?from=2025-01-01&to=2025-01-02")
    assert "No case that a resident follows was closed as done." in empty
    week = " ".join(mine.open("/dashboard/week?of=2026-06-10").split())
    assert "Content, of those who answered" in week
