"""What managers ask of the cases and of the bot, counted in SQL that SQLite and PostgreSQL both know.

A *period* is the days from its first to its last by the city's clock. Performance counts what was done in the
period, whenever it was reported: counting reports of the period would leave out the slow ones.
"""

from __future__ import annotations

import math
import statistics
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from bot.models import Conversation, Message, Misreading, ServiceRequest, StatusUpdate
from bot.statuses import CLOSED

NOT_THE_CITY = ("resident", "bot")
"""Authors of history whose word is no answer of the city's."""

LONGEST_TALK = timedelta(hours=24)
"""Messages older than this are not counted to a report: a report left so long is given up."""


@dataclass(frozen=True)
class Period:
    """Days of the city's calendar, both ends included; `department` is a code, or "" for all."""

    first: date
    last: date
    zone: ZoneInfo
    department: str = ""

    @property
    def start(self) -> datetime:
        """The first moment, in UTC."""
        return _midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        """The first moment after it, in UTC."""
        return _midnight(self.last + timedelta(days=1), self.zone)

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays of the weeks that it touches."""
        monday = self.first - timedelta(days=self.first.weekday())
        return tuple(monday + timedelta(weeks=n) for n in range((self.last - monday).days // 7 + 1))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


@dataclass(frozen=True)
class Spread:
    """How long something took: how often it was done, and seconds; None where it was never done."""

    count: int = 0
    median: float | None = None
    p90: float | None = None


@dataclass(frozen=True, kw_only=True)
class Performance:
    """How a department, or the city, does. `open` and `overdue` are as of now, the rest is of the period."""

    open: int = 0
    overdue: int = 0
    reported: int = 0
    first_response: Spread = Spread()
    closing: Spread = Spread()
    closed: int = 0
    reopened: int = 0

    @property
    def reopen_rate(self) -> float | None:
        """The share of the cases closed in the period that were opened again since; None: none was closed."""
        return self.reopened / self.closed if self.closed else None


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How the bot does, city-wide. `turns` are residents' messages to file a report, median and p90.

    `handed_off` and `abandoned` count threads; where it happened to one again later, that time counts.
    """

    filed: int
    without_person: int
    turns: Spread
    handed_off: int
    abandoned: int
    unsure: int
    corrected: int
    confusions: tuple[tuple[str, str, int], ...]  # heard, meant, how often

    @property
    def alone_rate(self) -> float | None:
        """The share of reports filed without a person; None: none was filed."""
        return self.without_person / self.filed if self.filed else None


def spread(seconds: Iterable[float]) -> Spread:
    """Return count, median and 90th percentile (nearest rank)."""
    found = sorted(seconds)
    if not found:
        return Spread()
    return Spread(len(found), statistics.median(found), found[math.ceil(0.9 * len(found)) - 1])


# Departments ----------------------------------------------------------------------------------------


def performance(session: Session, period: Period, now: datetime) -> dict[str, Performance]:
    """Return how each department does that has or had any case, by code; the whole is under ""."""
    standing = _standing(session, period, now)
    reported, closings = _reported(session, period), _closings(session, period)
    first, last = _first_responses(session, period), _times_to_close(session, period)
    codes = sorted({*standing, *reported, *closings, *first, *last})
    parts = {
        code: Performance(
            open=standing.get(code, (0, 0))[0],
            overdue=standing.get(code, (0, 0))[1],
            reported=reported.get(code, 0),
            first_response=spread(first.get(code, ())),
            closing=spread(last.get(code, ())),
            closed=closings.get(code, (0, 0))[0],
            reopened=closings.get(code, (0, 0))[1],
        )
        for code in codes
    }
    whole = Performance(
        open=sum(each.open for each in parts.values()),
        overdue=sum(each.overdue for each in parts.values()),
        reported=sum(each.reported for each in parts.values()),
        first_response=spread(each for times in first.values() for each in times),
        closing=spread(each for times in last.values() for each in times),
        closed=sum(each.closed for each in parts.values()),
        reopened=sum(each.reopened for each in parts.values()),
    )
    return {"": whole, **parts}


def of_department(period: Period) -> tuple[ColumnElement[bool], ...]:
    return (ServiceRequest.department == period.department,) if period.department else ()


def _within(period: Period) -> tuple[ColumnElement[bool], ...]:
    """Return the condition of a report of the period."""
    asked = ServiceRequest.requested_datetime
    return asked >= period.start, asked < period.end, *of_department(period)


def _standing(session: Session, period: Period, now: datetime) -> dict[str, tuple[int, int]]:
    late = func.sum(case((ServiceRequest.expected_datetime < now, 1), else_=0))
    query = (
        select(ServiceRequest.department, func.count(), late)
        .where(ServiceRequest.status.not_in(CLOSED), *of_department(period))
        .group_by(ServiceRequest.department)
    )
    return {code: (count, int(overdue)) for code, count, overdue in session.execute(query)}


def _reported(session: Session, period: Period) -> dict[str, int]:
    query = select(ServiceRequest.department, func.count()).where(*_within(period))
    return {code: count for code, count in session.execute(query.group_by(ServiceRequest.department))}  # noqa: C416 - rows, not pairs


def _first_responses(session: Session, period: Period) -> dict[str, list[float]]:
    """Return the seconds to the city's first change of status, for the cases first answered in the period."""
    first = (
        select(StatusUpdate.service_request_id, func.min(StatusUpdate.updated_datetime).label("at"))
        .where(StatusUpdate.author.not_in(NOT_THE_CITY), StatusUpdate.status != "received")
        .group_by(StatusUpdate.service_request_id)
        .subquery()
    )
    query = (
        select(ServiceRequest.department, ServiceRequest.requested_datetime, first.c.at)
        .join(first, first.c.service_request_id == ServiceRequest.id)
        .where(first.c.at >= period.start, first.c.at < period.end, *of_department(period))
    )
    return _durations((code, begun, done) for code, begun, done in session.execute(query))


def _times_to_close(session: Session, period: Period) -> dict[str, list[float]]:
    """Return the seconds to the closing that still holds, for the cases so closed in the period."""
    query = select(
        ServiceRequest.department, ServiceRequest.requested_datetime, ServiceRequest.status_datetime
    ).where(
        ServiceRequest.status.in_(CLOSED),
        ServiceRequest.status_datetime >= period.start,
        ServiceRequest.status_datetime < period.end,
        *of_department(period),
    )
    return _durations((code, begun, done) for code, begun, done in session.execute(query))


def _durations(rows: Iterable[tuple[str, datetime, datetime]]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for code, begun, done in rows:
        found[code].append(max(0.0, (done - begun).total_seconds()))
    return found


def _closings(session: Session, period: Period) -> dict[str, tuple[int, int]]:
    """Return how many cases were closed in the period, and how many of them were opened again since."""
    closing = (
        select(StatusUpdate.service_request_id, func.min(StatusUpdate.updated_datetime).label("at"))
        .where(
            StatusUpdate.status.in_(CLOSED),
            StatusUpdate.author != "resident",  # what a resident adds to a closed case closes nothing
            StatusUpdate.updated_datetime >= period.start,
            StatusUpdate.updated_datetime < period.end,
        )
        .group_by(StatusUpdate.service_request_id)
        .subquery()
    )
    later = aliased(StatusUpdate)
    again = exists().where(
        later.service_request_id == closing.c.service_request_id,
        later.status == "reopened",
        later.updated_datetime >= closing.c.at,
    )
    each = (
        select(ServiceRequest.department.label("code"), case((again, 1), else_=0).label("again"))
        .join(closing, closing.c.service_request_id == ServiceRequest.id)
        .where(*of_department(period))
        .subquery()
    )
    query = select(each.c.code, func.count(), func.sum(each.c.again)).group_by(each.c.code)
    return {code: (count, int(reopened)) for code, count, reopened in session.execute(query)}


# Volume and places ----------------------------------------------------------------------------------


def volume(session: Session, period: Period) -> dict[str, tuple[int, ...]]:
    """Return how many reports there were by service code, one number for each of the period's weeks."""
    ends = [_midnight(monday + timedelta(weeks=1), period.zone) for monday in period.weeks]
    number = case(*[(ServiceRequest.requested_datetime < end, n) for n, end in enumerate(ends)], else_=0)
    each = (
        select(ServiceRequest.service_code.label("code"), number.label("week"))
        .where(*_within(period))
        .subquery()
    )
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(ends))
    query = select(each.c.code, each.c.week, func.count()).group_by(each.c.code, each.c.week)
    for code, week, count in session.execute(query):
        counts[code][week] = count
    return {code: tuple(weeks) for code, weeks in sorted(counts.items(), key=lambda item: -sum(item[1]))}


def open_places(session: Session, department: str = "") -> Sequence[tuple[float, float]]:
    """Return where the open cases are, in degrees (lat, long), save those that are not on the map."""
    query = select(ServiceRequest.lat, ServiceRequest.long).where(
        ServiceRequest.status.not_in(CLOSED), ServiceRequest.lat.is_not(None), ServiceRequest.long.is_not(None)
    )
    if department:
        query = query.where(ServiceRequest.department == department)
    return [(lat, long) for lat, long in session.execute(query) if lat is not None and long is not None]


# The bot --------------------------------------------------------------------------------------------


def quality(session: Session, period: Period) -> Quality:
    """Return how the bot did in the period, whatever the department."""
    filed = list(_filings(session, period))
    heard = _misreadings(session, period)
    corrected = {pair: count for pair, count in heard.items() if pair[1] and pair[0] != pair[1]}
    most = Counter(corrected).most_common(5)
    return Quality(
        filed=sum(each.cases for each in filed),
        without_person=sum(each.cases for each in filed if not each.agent),
        turns=spread(each.resident for each in filed),
        handed_off=_handed_off(session, period),
        abandoned=_abandoned(session, period),
        unsure=sum(heard.values()),
        corrected=sum(corrected.values()),
        confusions=tuple((pair[0], pair[1], count) for pair, count in most),
    )


@dataclass(frozen=True)
class _Filing:
    """Cases filed at once, and how many messages of each author led to them."""

    cases: int
    resident: int
    agent: int


def _filings(session: Session, period: Period) -> Iterator[_Filing]:
    spoken = _spoken(session, period)
    for conversation_id, times in _filed(session, period).items():
        said = spoken.get(conversation_id, {})
        since = times[0][0] - LONGEST_TALK
        for at, cases in times:
            since = max(since, at - LONGEST_TALK)
            if at >= period.start:
                resident, agent = (_between(said.get(each, ()), since, at) for each in ("resident", "agent"))
                yield _Filing(cases, resident, agent)
            since = at


def _filed(session: Session, period: Period) -> Mapping[int, list[tuple[datetime, int]]]:
    """Return when reports were filed in each thread, and how many at once, from a day before the period."""
    asked = ServiceRequest.requested_datetime
    query = (
        select(ServiceRequest.conversation_id, asked, func.count())
        .where(
            ServiceRequest.conversation_id.is_not(None),
            asked >= period.start - LONGEST_TALK,
            asked < period.end,
        )
        .group_by(ServiceRequest.conversation_id, asked)
        .order_by(asked)
    )
    found: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for conversation_id, at, count in session.execute(query):
        if conversation_id is not None:
            found[conversation_id].append((at, count))
    return found


def _spoken(session: Session, period: Period) -> Mapping[int, Mapping[str, list[datetime]]]:
    """Return when residents and agents wrote in each thread, in order."""
    query = (
        select(Message.conversation_id, Message.author, Message.created_at)
        .where(
            Message.author.in_(("resident", "agent")),
            Message.created_at >= period.start - LONGEST_TALK,
            Message.created_at < period.end,
        )
        .order_by(Message.created_at)
    )
    found: dict[int, dict[str, list[datetime]]] = defaultdict(lambda: defaultdict(list))
    for conversation_id, author, at in session.execute(query):
        found[conversation_id][author].append(at)
    return found


def _between(times: Sequence[datetime], after: datetime, until: datetime) -> int:
    return bisect_right(times, until) - bisect_right(times, after)


def _handed_off(session: Session, period: Period) -> int:
    """Return in how many threads a person wrote in the period, or to which one was called in it."""
    wrote = select(Message.conversation_id).where(
        Message.author == "agent", Message.created_at >= period.start, Message.created_at < period.end
    )
    called = select(Conversation.id).where(
        Conversation.handed_off_at >= period.start, Conversation.handed_off_at < period.end
    )
    return session.scalar(select(func.count()).select_from(wrote.union(called).subquery())) or 0


def _abandoned(session: Session, period: Period) -> int:
    """Return in how many threads a report was left half-way in the period, whatever became of it since."""
    query = select(func.count(Conversation.id)).where(
        Conversation.abandoned_at >= period.start, Conversation.abandoned_at < period.end
    )
    return session.scalar(query) or 0


def _misreadings(session: Session, period: Period) -> dict[tuple[str, str], int]:
    query = (
        select(Misreading.heard, Misreading.meant, func.count())
        .where(Misreading.created_at >= period.start, Misreading.created_at < period.end)
        .group_by(Misreading.heard, Misreading.meant)
    )
    return {(heard, meant): count for heard, meant, count in session.execute(query)}
