"""Deadlines that near or pass: a case's department is told, once each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, extract, or_, select, update

from bot import outbox
from bot.models import ServiceRequest
from bot.service_requests import notify_department
from bot.statuses import STILL_OPEN
from bot.town import Town

AWAITED = sorted(STILL_OPEN - {"need_info"})
"""Something is due from the department: it is not done, nor is the resident's answer awaited."""

MOST_AT_ONCE = 200
"""Cases that one sweep tells of; the next one goes on."""


def alert(town: Town) -> None:
    """Tell departments of the deadlines that near and of those that have passed.

    A deadline that was told of is remembered: one that moves is told of anew, and so is a reopened case's.
    """
    now = town.now()
    with town.database.read() as session:
        passed, nearing = _passed(now), _nearing(now, town.config.file.alerts.share)
        query = select(ServiceRequest.id, passed).where(_watched(), or_(passed, nearing))
        found = session.execute(query.order_by(ServiceRequest.expected_datetime).limit(MOST_AT_ONCE)).all()
    departments = {_tell(town, case_id, overdue=bool(overdue), now=now) for case_id, overdue in found}
    for code in departments - {""}:
        outbox.ring_department(town, code)


def _tell(town: Town, case_id: int, *, overdue: bool, now: datetime) -> str:
    """Post the alert unless another sweep has; returns the department, or ""."""
    share = town.config.file.alerts.share
    column = ServiceRequest.alerted_of if overdue else ServiceRequest.warned_of
    condition = _passed(now) if overdue else _nearing(now, share)
    with town.database.write.begin() as session:
        told = session.execute(
            update(ServiceRequest)
            .where(ServiceRequest.id == case_id, _watched(), condition)
            .values({column: ServiceRequest.expected_datetime})
            .execution_options(synchronize_session=False)
        )
        if told.rowcount != 1:  # type: ignore[attr-defined]
            return ""
        case = session.get_one(ServiceRequest, case_id)
        notify_department(town, session, case, "overdue" if overdue else "due_soon")
        return case.department


def _watched() -> ColumnElement[bool]:
    return and_(ServiceRequest.status.in_(AWAITED), ServiceRequest.expected_datetime.is_not(None))


def _passed(now: datetime) -> ColumnElement[bool]:
    due = ServiceRequest.expected_datetime
    return and_(due <= now, ServiceRequest.alerted_of.is_distinct_from(due))


def _nearing(now: datetime, share: float) -> ColumnElement[bool]:
    """Tell which deadlines are to come, with at most that share of their case's time left."""
    due = ServiceRequest.expected_datetime
    end, begin = extract("epoch", due), extract("epoch", ServiceRequest.requested_datetime)
    left = end - int(now.timestamp())
    return and_(due > now, left <= share * (end - begin), ServiceRequest.warned_of.is_distinct_from(due))
