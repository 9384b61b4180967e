"""The dashboard's numbers, against a recount in plain Python of the same made-up cases, on both databases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from made_up_cases import fill
from servers import Office
from sqlalchemy import select

from bot import jobs, ownership
from bot.console import charts, figures
from bot.console.figures import Period, Spread, spread
from bot.models import Contact, Conversation, Message, Misreading, ServiceRequest, StatusUpdate
from bot.statuses import CLOSED

ZONE = ZoneInfo("America/Chicago")
PERIODS = (
    Period(date(2026, 4, 1), date(2026, 6, 1), ZONE),
    Period(date(2026, 5, 11), date(2026, 5, 17), ZONE),
    Period(date(2026, 2, 20), date(2026, 3, 20), ZONE, "streets"),  # the clocks go forward within
    Period(date(2030, 1, 1), date(2030, 1, 1), ZONE),
)


@dataclass
class Books:
    """All rows, read whole."""

    cases: list[ServiceRequest]
    updates: dict[int, list[StatusUpdate]]
    messages: dict[int, list[Message]]
    threads: list[Conversation]
    misreadings: list[Misreading]


def books(office: Office) -> Books:
    updates, messages = defaultdict(list), defaultdict(list)
    with office.town.database.read() as session:
        for update in session.scalars(select(StatusUpdate)):
            updates[update.service_request_id].append(update)
        for message in session.scalars(select(Message)):
            messages[message.conversation_id].append(message)
        return Books(
            list(session.scalars(select(ServiceRequest))),
            updates,
            messages,
            list(session.scalars(select(Conversation))),
            list(session.scalars(select(Misreading))),
        )


def within(period: Period, at: datetime | None) -> bool:
    return at is not None and period.first <= at.astimezone(ZONE).date() <= period.last


def middle(seconds: Iterable[float]) -> Spread:
    found = sorted(seconds)
    if not found:
        return Spread()
    half = len(found) // 2
    median = found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2
    at_least = next(value for n, value in enumerate(found, start=1) if n * 10 >= len(found) * 9)
    return Spread(len(found), median, at_least)


@pytest.fixture
def full(office: Office) -> Office:
    fill(office.town, 400)
    return office


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: str(period.first))
def test_performance_is_what_a_recount_says(full: Office, period: Period) -> None:
    now = full.clock.now
    known = books(full)
    with full.town.database.read() as session:
        found = figures.performance(session, period, now)
    mine = [case for case in known.cases if period.department in ("", case.department)]
    for code in {case.department for case in mine} | {""}:
        if code and code not in found:
            assert not any(case.department == code and case.status not in CLOSED for case in mine)
            continue
        cases, each = [case for case in mine if code in ("", case.department)], found[code]
        running = [case for case in cases if case.status not in CLOSED]
        assert each.open == len(running)
        assert each.overdue == sum(case.expected_datetime < now for case in running)
        assert each.reported == sum(within(period, case.requested_datetime) for case in cases)
        assert each.first_response == middle(first_responses(known, cases, period))
        assert each.closing == middle(
            (case.status_datetime - case.requested_datetime).total_seconds()
            for case in cases
            if case.status in CLOSED and within(period, case.status_datetime)
        )
        closed = {case.id: at for case in cases if (at := closing(known, case, period))}
        assert each.closed == len(closed)
        assert each.reopened == sum(
            any(u.status == "reopened" and u.updated_datetime >= at for u in known.updates[number])
            for number, at in closed.items()
        )
    assert set(found) - {""} <= {case.department for case in mine}
    assert period.first.year == 2030 or found[""].closed > 0


def first_responses(known: Books, cases: list[ServiceRequest], period: Period) -> Iterable[float]:
    for case in cases:
        answers = [
            update.updated_datetime
            for update in known.updates[case.id]
            if update.author not in ("bot", "resident") and update.status != "received"
        ]
        if answers and within(period, min(answers)):
            yield (min(answers) - case.requested_datetime).total_seconds()


def closing(known: Books, case: ServiceRequest, period: Period) -> datetime | None:
    times = [
        update.updated_datetime
        for update in known.updates[case.id]
        if update.status in CLOSED and update.author != "resident" and within(period, update.updated_datetime)
    ]
    return min(times, default=None)


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: str(period.first))
def test_volume_is_what_a_recount_says(full: Office, period: Period) -> None:
    with full.town.database.read() as session:
        found = figures.volume(session, period)
    counted = Counter(
        (case.service_code, (day := case.requested_datetime.astimezone(ZONE).date()) - timedelta(day.weekday()))
        for case in books(full).cases
        if within(period, case.requested_datetime) and period.department in ("", case.department)
    )
    told = {
        (code, monday): count
        for code, counts in found.items()
        for monday, count in zip(period.weeks, counts, strict=True)
        if count
    }
    assert told == counted
    assert [sum(counts) for counts in found.values()] == sorted(map(sum, found.values()), reverse=True)


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: str(period.first))
def test_the_bots_quality_is_what_a_recount_says(full: Office, period: Period) -> None:
    known = books(full)
    with full.town.database.read() as session:
        found = figures.quality(session, period)
    mine = [case for case in known.cases if case.conversation_id and within(period, case.requested_datetime)]
    led_to = {case.id: [m for m in known.messages[case.conversation_id or 0] if led(m, case)] for case in mine}
    assert found.filed == len(mine)
    assert found.without_person == sum(all(m.author != "agent" for m in said) for said in led_to.values())
    assert found.turns == middle(sum(m.author == "resident" for m in said) for said in led_to.values())
    wrote = {
        number
        for number, said in known.messages.items()
        if any(m.author == "agent" and within(period, m.created_at) for m in said)
    }
    called = {thread.id for thread in known.threads if within(period, thread.handed_off_at)}
    assert found.handed_off == len(wrote | called)
    assert found.abandoned == sum(within(period, thread.abandoned_at) for thread in known.threads)
    unsure = [each for each in known.misreadings if within(period, each.created_at)]
    assert found.unsure == len(unsure)
    assert found.corrected == sum(each.meant not in ("", each.heard) for each in unsure)
    assert sum(count for _, _, count in found.confusions) <= found.corrected


def led(message: Message, case: ServiceRequest) -> bool:
    """Each made-up thread has one case."""
    ago = case.requested_datetime - message.created_at
    return timedelta(0) <= ago < timedelta(hours=24)


def test_reports_sent_together_are_one_filing(office: Office) -> None:
    office.says("there's a pothole at 500 Main St and a broken street light at 120 Main St")
    office.bustle()
    for _ in range(3):
        office.says("yes")
        office.bustle()
    with office.town.database.read() as session:
        filed = session.scalars(select(ServiceRequest)).all()
        today = office.clock.now.astimezone(ZONE).date()
        found = figures.quality(session, Period(today, today, ZONE))
    assert len(filed) == 2
    assert (found.filed, found.without_person) == (2, 2)
    assert found.turns.count == len({case.requested_datetime for case in filed})


DAY = Period(date(2026, 6, 1), date(2026, 6, 1), ZONE)
NOON = datetime(2026, 6, 1, 17, tzinfo=UTC)

# A thread a line: who wrote, and how many minutes before noon; when it was filed, handed off, given up.
THREADS: tuple[tuple[str, tuple[int, ...], int | None, int | None, int | None], ...] = (
    ("rrr", (9, 8, 7), 6, None, None),  # three messages to file
    ("rrar", (30, 29, 20, 19), 18, 28, None),  # three messages, and an agent wrote
    ("rrrrr", (60, 50, 40, 30, 20), 10, None, None),  # five messages
    ("r", (70,), None, 69, None),  # asked for a person, who has not written yet
    ("rr", (600, 599), None, None, 100),  # left half-way
    ("rra", (3000, 2999, 5), None, None, 2900),  # left half-way the day before yesterday; an agent wrote today
    ("rr", (3000, 2999), 2998, 2990, None),  # all of it before
)
MISREADINGS = (("tree", ""), ("tree", "tree"), ("tree", "noise"), ("tree", "noise"), ("noise", "graffiti"))


def test_the_bots_quality_counted_by_hand(office: Office) -> None:
    with office.town.database.write.begin() as session:
        for number, (authors, minutes, *moments) in enumerate(THREADS, start=1):
            filed, handed, left = (None if each is None else NOON - timedelta(minutes=each) for each in moments)
            contact = Contact(address=f"made-up:{number}", created_at=NOON)
            thread = Conversation(
                contact=contact, channel="sms", our_address="", touched_at=NOON,
                handed_off_at=handed, abandoned_at=left,
            )  # fmt: skip
            session.add(thread)
            session.flush()
            for author, ago in zip(authors, minutes, strict=True):
                name, at = {"r": "resident", "a": "agent"}[author], NOON - timedelta(minutes=ago)
                session.add(Message(conversation_id=thread.id, channel="sms", author=name, created_at=at))
            if filed:
                session.add(
                    ServiceRequest(
                        service_request_id=f"SR-{number}", service_code="noise", address_string="500 Main St",
                        precision="address", status_datetime=filed, department="streets",
                        requested_datetime=filed, updated_datetime=filed, conversation_id=thread.id,
                    )
                )  # fmt: skip
        for heard, meant in MISREADINGS:
            session.add(
                Misreading(text="x", language="en", heard=heard, meant=meant, confidence=0.4, created_at=NOON)
            )
    with office.town.database.read() as session:
        found = figures.quality(session, DAY)
    assert (found.filed, found.without_person, found.alone_rate) == (3, 2, 2 / 3)
    assert found.turns == Spread(3, 3, 5)
    assert found.handed_off == 3  # the second, the fourth, and the sixth
    assert found.abandoned == 1
    assert (found.unsure, found.corrected) == (5, 3)
    assert found.confusions == (("tree", "noise", 2), ("noise", "graffiti", 1))


def test_what_a_person_has_dealt_with_still_counts(office: Office) -> None:
    for words, by in (("agent", "+15550101"), ("pothole", "+15550102")):
        office.says(words, by=by)
        office.bustle(1)
    ownership.hand_back(office.town, 1)
    office.clock.now += timedelta(hours=25)
    jobs.sweep(office.town)
    ownership.attend(office.town, 2, 1)
    today = office.clock.now.astimezone(ZONE).date()
    with office.town.database.read() as session:
        found = figures.quality(session, Period(today - timedelta(days=1), today, ZONE))
    assert (found.handed_off, found.abandoned) == (1, 1)


def test_only_open_cases_that_have_a_place_are_on_the_map(full: Office) -> None:
    with full.town.database.read() as session:
        for code in ("", "streets"):
            found = figures.open_places(session, code)
            assert sorted(found) == sorted(
                (case.lat, case.long)
                for case in books(full).cases
                if case.lat is not None and case.status not in CLOSED and code in ("", case.department)
            )
            assert found


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], Spread()),
        ([5], Spread(1, 5, 5)),
        ([1, 2], Spread(2, 1.5, 2)),
        (range(1, 11), Spread(10, 5.5, 9)),
        ([100, *range(1, 100)], Spread(100, 50.5, 90)),
    ],
)
def test_median_and_90th_percentile(values: Iterable[float], expected: Spread) -> None:
    assert spread(values) == expected


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "–"), (0, "0 min"), (2700, "45 min"), (7200, "2.0 h"), (172800, "2.0 days")],
)
def test_how_long_in_words(seconds: float | None, words: str) -> None:
    assert charts.lasted(seconds) == words


@pytest.mark.parametrize("values", [(), (0,), (0, 0), (3, 0, 6), tuple(range(53))])
def test_columns_stay_on_their_drawing(values: tuple[int, ...]) -> None:
    drawn = charts.columns(values)
    assert len(drawn) == len(values)
    for column, value in zip(drawn, values, strict=True):
        assert 0 <= column.x <= column.x + column.width <= 100
        assert column.y + column.height == pytest.approx(100)
        assert column.height == pytest.approx(100 * value / (max(values) or 1), abs=0.01)
