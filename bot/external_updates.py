"""Other city systems are asked what became of our cases there: seldom, in batches, never while somebody waits.

New cases are asked of every few minutes, old ones every few hours. Where a system lists updates, one request
tells of all its cases; each window overlaps the one before, since clocks differ and updates come late.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bot import extended, external_requests
from bot.backends.open311 import Change, Open311, Standing
from bot.backends.open311_wire import Refusal
from bot.cases import Repeated
from bot.models import ExternalRequest, ServiceRequest
from bot.statuses import CLOSED
from bot.town import Town

log = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)
"""How long cases that are being asked of are left alone."""

OVERLAP = timedelta(hours=2)
"""As FixMyStreet has it (Open311/GetServiceRequestUpdates.pm)."""

EVERY = timedelta(minutes=5)
"""Between two requests for updates."""

BY_AGE: Sequence[tuple[timedelta, timedelta]] = (
    (timedelta(hours=1), timedelta(minutes=5)),
    (timedelta(days=1), timedelta(minutes=30)),
    (timedelta(days=7), timedelta(hours=2)),
    (timedelta(days=365), timedelta(hours=6)),
)
"""Up to which age a case is asked of how often; beyond the last, no more."""

AFTER_CLOSING = timedelta(days=15)
"""A closed case is asked of as long as a resident may have it reopened, and a day."""

BACK_OFF = tuple(timedelta(minutes=each) for each in (1, 2, 5, 15, 30, 60, 180, 360))
"""Between tries of what brings nothing: a token without a number, a system that is down. The last repeats."""

MOST_AT_ONCE, BATCH, MOST_SINGLE = 200, 50, 10
"""Cases of one job, of one request, and requests for one case each."""


def due(town: Town) -> Sequence[str]:
    """Return the departments whose systems are to be asked by now."""
    query = select(ExternalRequest.backend).where(ExternalRequest.poll_at <= town.now())
    with town.database.read() as session:
        return session.scalars(query.distinct()).all()


def poll(town: Town, department: str) -> None:
    """Ask a department's system of every case that is due, and carry out what became of them."""
    rows, backend = _claim(town, department), town.backends.get("open311")
    if not isinstance(backend, Open311) or department not in backend.servers:
        return _schedule(town, {row.id: None for row in rows})  # it no longer hears in this way
    asked = rows
    try:
        numbered = [row for row in rows if row.external_id]
        for row in rows:
            if not row.external_id:
                asked = [row]
                _ask_number(town, backend, row)
        if numbered:
            asked = numbered
            _ask(town, backend, department, numbered)
    except Refusal as error:
        log.warning("%s could not be asked what became of our cases: %s", department, error.reason)
        _put_off(town, asked)


def _claim(town: Town, department: str) -> Sequence[ExternalRequest]:
    """Return the cases that are due, postponed so that nobody else asks of them."""
    now = town.now()
    query = (
        select(ExternalRequest)
        .where(ExternalRequest.backend == department, ExternalRequest.poll_at <= now)
        .order_by(ExternalRequest.poll_at)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    with town.database.write.begin() as session:
        rows = session.scalars(query).all()
        for row in rows:
            row.poll_at = now + CLAIM
        session.flush()
        session.expunge_all()
    return rows


def _ask_number(town: Town, backend: Open311, row: ExternalRequest) -> None:
    try:
        number = backend.number_of(row.backend, row.token)
    except Refusal as error:
        if error.status == 0:
            raise  # nobody is there: the others need not be tried
        number = ""
    if not number:
        return _put_off(town, [row])
    with town.database.write.begin() as session:
        kept = session.get_one(ExternalRequest, row.id)
        kept.external_id, kept.tries = number, 0
        kept.poll_at = town.now() + external_requests.FIRST_LOOK


def _ask(town: Town, backend: Open311, department: str, rows: Sequence[ExternalRequest]) -> None:
    now = town.now()
    if backend.has_updates(department):
        start = min(row.polled_at or row.filed_at or now for row in rows) - OVERLAP
        changes = backend.changes(department, start, now)
        if changes is not None:
            _carry_out(town, department, changes)
            return _asked(town, rows, now, listed=True)
        log.warning("%s lists no updates: write updates: false in config.yml", department)
    for at in range(0, len(rows), BATCH):
        batch = rows[at : at + BATCH]
        found = _standings(backend, department, [row.external_id for row in batch])
        for row in batch:
            if row.external_id in found:
                _compare(town, row, found[row.external_id])
        _asked(town, batch, now, listed=False)


# Updates --------------------------------------------------------------------------------------------


def _carry_out(town: Town, department: str, changes: Iterable[Change]) -> None:
    """Carry out what is new in a list of updates, oldest first: one that was seen is not looked at again."""
    changes = list(changes)
    rows = _rows(town, department, {change.external_id for change in changes})
    for change in changes:
        row = rows.get(change.external_id)
        if row is None or change.update_id in row.seen.get("updates", ()):
            continue
        update = extended.Update(
            update_id=f"{department}:{change.update_id}",
            status=change.status,
            words=change.words,
            at=min(change.at, town.now()),
            author=department,
            trusted=True,
        )
        _take(town, row, update)
        with town.database.write.begin() as session:
            kept = session.get_one(ExternalRequest, row.id)
            external_requests.remember(kept, change.update_id)
            row.seen = kept.seen


def _rows(town: Town, department: str, numbers: set[str]) -> Mapping[str, ExternalRequest]:
    query = select(ExternalRequest).where(
        ExternalRequest.backend == department, ExternalRequest.external_id.in_(sorted(numbers))
    )
    with town.database.read() as session:
        query = query.options(joinedload(ExternalRequest.service_request))
        return {row.external_id: row for row in session.scalars(query)}


def _take(town: Town, row: ExternalRequest, update: extended.Update) -> None:
    with town.database.read() as session:
        number = session.get_one(ServiceRequest, row.service_request_id).service_request_id
    if not update.words and extended.changes_nothing(town, number, update):
        return
    with suppress(Repeated):  # a worker may have died between this and keeping it in mind
        extended.take(town, number, update)


# Standings, for systems that list no updates --------------------------------------------------------


def _standings(backend: Open311, department: str, numbers: Sequence[str]) -> dict[str, Standing]:
    """Return how cases stand; those that a batch left out, some at a time, are asked of one by one."""
    found: dict[str, Standing] = {}
    if len(numbers) > 1:
        try:
            found = backend.standings(department, numbers)
        except Refusal as error:
            if error.retryable:
                raise  # not that it can't take a list: it can't answer
    for number in [each for each in numbers if each not in found][:MOST_SINGLE]:
        try:
            found |= backend.standings(department, [number])
        except Refusal as error:
            if error.status != 404:
                raise
    return found


def _compare(town: Town, row: ExternalRequest, standing: Standing) -> None:
    """Carry out what differs from the last look: it came about since then, whatever time they give it."""
    was_closed, notes = row.seen.get("closed", False), row.seen.get("notes", "")
    if (standing.closed, standing.notes) == (was_closed, notes):
        return
    status = extended.UNCHANGED
    if standing.closed != was_closed:
        status = "CLOSED" if standing.closed else "REOPEN"
    since, now = row.polled_at or row.filed_at or town.now(), town.now()
    words = standing.notes if standing.notes != notes or standing.closed else ""
    update = extended.Update(
        update_id=None,
        status=status,
        words=words,
        at=max(since, min(standing.at or now, now)),
        author=row.backend,
        trusted=True,
    )
    _take(town, row, update)
    with town.database.write.begin() as session:
        kept = session.get_one(ExternalRequest, row.id)
        kept.seen = kept.seen | {"closed": standing.closed, "notes": standing.notes}


# When next ------------------------------------------------------------------------------------------


def _asked(town: Town, rows: Sequence[ExternalRequest], now: datetime, *, listed: bool) -> None:
    """Note that all is known up to `now`, and when to ask again."""
    with town.database.write.begin() as session:
        for row in rows:
            kept = session.get_one(ExternalRequest, row.id)
            case = session.get_one(ServiceRequest, row.service_request_id)
            kept.polled_at, kept.tries = now, 0
            wait = _wait(case, now - (kept.filed_at or now), now)
            kept.poll_at = None if wait is None else now + (EVERY if listed else wait)


def _wait(case: ServiceRequest, age: timedelta, now: datetime) -> timedelta | None:
    """Return until when a case may be left alone; None: for good."""
    if case.status in CLOSED and now - case.status_datetime > AFTER_CLOSING:
        return None
    return next((wait for limit, wait in BY_AGE if age < limit), None)


def _put_off(town: Town, rows: Sequence[ExternalRequest]) -> None:
    now = town.now()
    with town.database.write.begin() as session:
        for row in rows:
            kept = session.get_one(ExternalRequest, row.id)
            kept.poll_at = now + BACK_OFF[min(kept.tries, len(BACK_OFF) - 1)]
            kept.tries += 1


def _schedule(town: Town, when: Mapping[int, datetime | None]) -> None:
    with town.database.write.begin() as session:
        for row_id, moment in when.items():
            session.get_one(ExternalRequest, row_id).poll_at = moment
