"""Finding cases: a search as it stands in the address bar, a page of what it finds, and how many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from bot import contacts
from bot.base import UTCDateTime
from bot.models import Conversation, Follower, ServiceRequest, StatusUpdate
from bot.routing import PRIORITIES
from bot.staff_tables import Note
from bot.statuses import CLOSED, STATUSES
from bot.town import Town

PAGE = 50
MOST_WORDS = 8
NEVER = literal(datetime(9999, 1, 1, tzinfo=UTC), UTCDateTime())
"""Where a case without a deadline is sorted."""

KINDS: Mapping[str, frozenset[str]] = {
    "open": frozenset(STATUSES) - CLOSED,
    "closed": CLOSED,
    "all": frozenset(STATUSES),
}
SORTS = ("newest", "due")


@dataclass(frozen=True, kw_only=True)
class CaseSearch:
    """What is looked for; what is empty doesn't matter. Days are the city's, `until` is included.

    `contacts` are a resident's ids, one a channel: whose cases, without saying who.
    """

    words: str = ""
    status: str = "open"
    service: str = ""
    department: str = ""
    priority: str = ""
    overdue: bool = False
    since: date | None = None
    until: date | None = None
    contacts: tuple[int, ...] = ()
    sort: str = "newest"
    timezone: str
    now: datetime

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """Yield what a case has to meet, all of it."""
        yield from map(_says, self.words.split()[:MOST_WORDS])
        if self.status != "all":
            yield ServiceRequest.status.in_(sorted(KINDS.get(self.status, {self.status})))
        for column, wanted in (
            (ServiceRequest.service_code, self.service),
            (ServiceRequest.department, self.department),
            (ServiceRequest.priority, self.priority),
        ):
            if wanted:
                yield column == wanted
        if self.overdue:
            yield _overdue(self.now)
        yield from self._days()
        if self.contacts:
            yield _of(self.contacts)

    def _days(self) -> Iterator[ColumnElement[bool]]:
        zone = ZoneInfo(self.timezone)
        if self.since:
            yield ServiceRequest.requested_datetime >= datetime.combine(self.since, time(), zone)
        if self.until:
            end = self.until + timedelta(days=1)
            yield ServiceRequest.requested_datetime < datetime.combine(end, time(), zone)

    def query(self) -> dict[str, str]:
        """Return the search as it stands in an address."""
        given = {
            "q": self.words,
            "status": self.status,
            "service": self.service,
            "department": self.department,
            "priority": self.priority,
            "overdue": "1" if self.overdue else "",
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "contact": ",".join(map(str, self.contacts)),
            "sort": self.sort,
        }
        return {name: value for name, value in given.items() if value}


def read(given: Mapping[str, str], town: Town) -> CaseSearch:
    """Return the search that an address asks for; what nobody knows in it is as if it weren't there.

    Words and a resident are looked for among all cases, the rest among the open ones.
    """
    words = " ".join(given.get("q", "").replace("\0", "").split())[:200]
    contacts = tuple(
        each for text in given.get("contact", "").split(",")[:5] if (each := _id(text)) is not None
    )
    usual = "all" if words or contacts else "open"
    return CaseSearch(
        words=words,
        status=_known(given.get("status", ""), (*KINDS, *STATUSES)) or usual,
        service=_known(given.get("service", ""), town.city.services),
        department=_known(given.get("department", ""), town.city.departments),
        priority=_known(given.get("priority", ""), PRIORITIES),
        overdue=given.get("overdue", "") == "1",
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
        contacts=contacts,
        sort=_known(given.get("sort", ""), SORTS) or SORTS[0],
        timezone=town.city.timezone,
        now=town.now(),
    )


def _known(value: str, known: Sequence[str] | Mapping[str, object]) -> str:
    return value if value in known else ""


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None  # with room for a zone's hours on either side


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def _says(word: str) -> ColumnElement[bool]:
    """Tell whether a case has a word: in its number, place, description, history or the staff's notes."""
    own = (ServiceRequest.service_request_id, ServiceRequest.address_string, ServiceRequest.description)
    history = select(StatusUpdate.id).where(
        StatusUpdate.service_request_id == ServiceRequest.id,
        StatusUpdate.status_notes.icontains(word, autoescape=True),
    )
    notes = select(Note.id).where(
        Note.service_request_id == ServiceRequest.id, Note.text.icontains(word, autoescape=True)
    )
    said = [column.icontains(word, autoescape=True) for column in own]
    return or_(*said, exists(history), exists(notes))


def _of(contacts: Sequence[int]) -> ColumnElement[bool]:
    followed = (
        select(Follower.id)
        .join(Conversation, Conversation.id == Follower.conversation_id)
        .where(Follower.service_request_id == ServiceRequest.id, Conversation.contact_id.in_(contacts))
    )
    return or_(ServiceRequest.contact_id.in_(contacts), exists(followed))


def _overdue(now: datetime) -> ColumnElement[bool]:
    return and_(
        ServiceRequest.status.in_(sorted(KINDS["open"])),
        ServiceRequest.expected_datetime.is_not(None),
        ServiceRequest.expected_datetime < now,
    )


# What is found --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """A page of cases; `following` is where the next one begins, "" after the last."""

    cases: Sequence[ServiceRequest]
    following: str


@dataclass(frozen=True)
class Counts:
    """How many cases a search finds, on all of its pages."""

    total: int
    open: int
    overdue: int


def page(session: Session, search: CaseSearch, after: str = "") -> Found:
    """Return the cases of a search from `after` on, which an earlier page's `following` said."""
    query = select(ServiceRequest).where(*search.conditions())
    if search.sort == "due":
        due = func.coalesce(ServiceRequest.expected_datetime, NEVER)
        query = query.order_by(due, ServiceRequest.id)
        if position := _position(after):
            moment = literal(position[0], UTCDateTime())
            query = query.where(or_(due > moment, and_(due == moment, ServiceRequest.id > position[1])))
    else:
        query = query.order_by(ServiceRequest.id.desc())
        if (last := _id(after)) is not None:
            query = query.where(ServiceRequest.id < last)
    cases = session.scalars(query.limit(PAGE + 1)).all()
    return Found(cases[:PAGE], _after(cases[PAGE - 1], search.sort) if len(cases) > PAGE else "")


def _after(last: ServiceRequest, sort: str) -> str:
    if sort == "newest":
        return str(last.id)
    due = last.expected_datetime or datetime(9999, 1, 1, tzinfo=UTC)
    return f"{due.isoformat()}~{last.id}"


def _position(after: str) -> tuple[datetime, int] | None:
    moment, _, number = after.partition("~")
    try:
        at, last = datetime.fromisoformat(moment), _id(number)
    except ValueError:
        return None
    return (at, last) if at.tzinfo and last is not None else None


def count(session: Session, search: CaseSearch) -> Counts:
    """Return how many cases a search finds."""
    is_open = ServiceRequest.status.in_(sorted(KINDS["open"]))
    query = select(
        func.count(ServiceRequest.id),
        func.coalesce(func.sum(case((is_open, 1), else_=0)), 0),
        func.coalesce(func.sum(case((_overdue(search.now), 1), else_=0)), 0),
    )
    total, opened, late = session.execute(query.where(*search.conditions())).one()
    return Counts(total, int(opened), int(late))


def by_phone(session: Session, phone: str) -> Sequence[int]:
    """Return the ids of the residents whose number ends with these digits; none for fewer than seven."""
    digits = "".join(each for each in phone if each.isascii() and each.isdecimal())
    return contacts.ending_with(session, digits)
