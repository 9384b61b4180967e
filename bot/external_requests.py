"""What our cases are called in other city systems that number them themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.backends import Elsewhere, Taken
from bot.models import ExternalRequest

NUMBERS_ITSELF = "open311"
"""The way of hearing of cases whose systems give them numbers of their own."""

FIRST_LOOK = timedelta(minutes=1)
"""After filing, until we ask how the case stands."""

MOST_UPDATES = 200
"""Ids of updates that a case keeps in mind: more than a window of theirs holds."""


def expect(session: Session, case_id: int, department: str) -> None:
    """Note that a case is about to be filed there; in the caller's transaction."""
    if _of(session, case_id, department) is None:
        session.add(ExternalRequest(service_request_id=case_id, backend=department, seen={}))


def known(session: Session, case_id: int, department: str) -> Elsewhere:
    """Return what is known of a case there."""
    row = _of(session, case_id, department)
    return (
        Elsewhere() if row is None else Elsewhere(state=row.state, external_id=row.external_id, token=row.token)
    )


def taken_ids(session: Session, department: str, since: datetime) -> frozenset[str]:
    """Return the numbers that our other cases have there, of those filed since a moment."""
    query = select(ExternalRequest.external_id).where(
        ExternalRequest.backend == department,
        ExternalRequest.external_id != "",
        ExternalRequest.filed_at >= since,
    )
    return frozenset(session.scalars(query))


def settle(
    session: Session, notice: Mapping[str, Any], department: str, taken: Taken | None, now: datetime
) -> None:
    """Note what became of a notice, by its payload, None: it was refused; in the transaction that closes it."""
    row = _of(session, notice["service_request"], department)
    if row is None:
        return
    if notice["event"] != "filed":
        remember(row, taken.update_id if taken else "")
    elif taken is None:
        row.state = "refused"
    else:
        row.state, row.external_id, row.token = "filed", taken.external_id, taken.token
        row.filed_at, row.poll_at = now, now + FIRST_LOOK


def remember(row: ExternalRequest, update_id: str) -> None:
    """Keep in mind an update of theirs that needs no second look."""
    if update_id:
        updates = [*row.seen.get("updates", ()), update_id]
        row.seen = row.seen | {"updates": updates[-MOST_UPDATES:]}


def _of(session: Session, case_id: int, department: str) -> ExternalRequest | None:
    query = select(ExternalRequest).where(
        ExternalRequest.service_request_id == case_id, ExternalRequest.backend == department
    )
    return session.scalars(query).first()
