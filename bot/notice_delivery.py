"""Tells departments: claims what is for one of them, delivers with no transaction open, closes what was told.

At least once, as in `delivery`; each backend's own way lets a department tell what comes again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from itertools import takewhile

from sqlalchemy import Integer, bindparam, select, update
from sqlalchemy.orm import Session

from bot import external_requests, fault_points, meters
from bot.backends import BackendError
from bot.database import AWAY
from bot.delivery import CLAIM, CLOSE, OPEN, broken, claim, close_each, closed, put_back
from bot.entries import Closing, Entry
from bot.external_requests import NUMBERS_ITSELF
from bot.models import OutboxEntry
from bot.notices import notice_of
from bot.outbox import ENTRY, HERE, way_of
from bot.town import Town

log = logging.getLogger(__name__)

TOGETHER = {"email": 8, "webhook": 8}
"""How many notices of a kind are claimed and closed together, of those that a department knows again by their
id should a crash repeat them; of any other, one."""

LONGEST = timedelta(seconds=20)
"""For which a claim of several is worked on: it runs out in a minute, and one notice may take as long."""

_FIRST = select(*ENTRY).where(HERE, *OPEN).order_by(OutboxEntry.id).limit(bindparam("most", type_=Integer))
_GIVE_BACK = (
    update(OutboxEntry)
    .where(OutboxEntry.id == bindparam("entry"))
    .values(due_at=bindparam("now"), attempts=bindparam("tries"), unknown=bindparam("doubt"))
)
"""Built once: every notice asks these."""


def deliver(town: Town, destination: str) -> None:
    """Tell a department everything that is due by one way, oldest first, until one has to wait."""
    code, kind = way_of(destination)
    while (entries := _claim(town, destination, TOGETHER.get(kind, 1))) and _tell(town, code, entries):
        pass


def _claim(town: Town, destination: str, most: int) -> Sequence[Entry]:
    """Return the oldest open entries, postponed so that nobody else takes them: all that are due, or none."""
    now = town.now()
    found = town.database.ask(_FIRST, {"goes_to": destination, "now": now, "most": most})
    due = list(takewhile(lambda entry: entry.due_at <= now, (Entry(*list(row)) for row in found)))
    if not due:
        return ()
    with town.database.engine.begin() as connection:
        if connection.execute(CLAIM, [claim(entry, now) for entry in due]).rowcount != len(due):
            connection.rollback()  # somebody else is at it, and goes on until there is no more
            return ()
    fault_points.reached("notice.claimed")
    return [entry.claimed(now) for entry in due]


def _tell(town: Town, code: str, entries: Sequence[Entry]) -> bool:
    """Tell what was claimed, and close what was told; False: one has to wait, and so do those behind it."""
    until, told, waits = town.now() + LONGEST, list[Closing](), False
    for entry in entries:
        if told and town.now() > until:
            break
        closing = _told(town, code, entry)
        if waits := closing is None:
            break
        told.append(closing)
    if told:
        fault_points.reached("notice.told")
        close_each(town, told, _close)
    if behind := entries[len(told) + waits :]:
        _give_back(town, behind)
    return not waits


def _told(town: Town, code: str, entry: Entry) -> Closing | None:
    """Tell one notice; None: it has to wait, and was put back."""
    try:
        with meters.step("deliver"):
            notice = notice_of(town, entry, code)
            taken = town.backends[entry.kind].deliver(notice)
    except BackendError as error:
        return _refused(town, entry, error)
    except AWAY:
        raise  # nothing can be noted: the claim runs out
    except Exception as error:  # noqa: BLE001  (whatever it is, the entries behind it must go)
        return broken(town, entry, error)
    return Closing(entry, "sent", taken=taken)


def _refused(town: Town, entry: Entry, error: BackendError) -> Closing | None:
    meters.refused(entry.kind)
    needed = error.operator or not error.retryable
    call = "needs the operator" if needed else "not delivered"
    log.log(logging.ERROR if needed else logging.WARNING, "outbox %s %s: %s", entry.id, call, error.reason)
    if not error.retryable:
        return Closing(entry, "failed", error=error.reason)
    put_back(town, entry, error.reason, after=error.retry_after, unknown=error.unknown)
    return None


def _close(town: Town, told: Sequence[Closing]) -> None:
    """Close entries in one transaction."""
    now = town.now()
    with town.database.engine.begin() as connection:
        connection.execute(CLOSE, [closed(each, now) for each in told])
        for each in told:
            if each.entry.kind == NUMBERS_ITSELF:
                code, _ = way_of(each.entry.destination)
                with Session(connection) as session:
                    external_requests.settle(session, each.entry.payload, code, each.taken, now)
                    session.flush()
    for each in told:
        log.info("outbox %s: %s", each.entry.id, each.outcome)


def _give_back(town: Town, entries: Sequence[Entry]) -> None:
    """Let entries stand as they did before they were claimed: nothing was tried."""
    stood = [
        {"entry": entry.id, "now": town.now(), "tries": entry.attempts - 1, "doubt": entry.unknown}
        for entry in entries
    ]
    town.database.change(_GIVE_BACK, stood)
