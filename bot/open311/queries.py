"""GET requests: which cases are asked for.

`service_request_id` overrides all other filters. A range of requested_datetime spans 90 days at most,
the last 90 by default; who asks for what was updated since some moment means older cases, too, and gets no
default range.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, selectinload

from bot.models import Conversation, ServiceRequest
from bot.open311.catalog import service_of
from bot.open311.parameters import count, listed, moment
from bot.open311.refusals import Refused
from bot.statuses import CLOSED
from dialogues.types import City

LONGEST_SPAN = timedelta(days=90)
MOST = 1000
"""Cases of one answer: GeoReport v2 says 90 days or the first 1000, whichever is smaller."""

LAST_PAGE = 1_000_000


def query_of(parameters: Mapping[str, str], city: City, now: datetime) -> Select[Any]:
    """Return the query for the cases that are asked for, the latest first; raises `Refused`."""
    latest = select(ServiceRequest).order_by(ServiceRequest.requested_datetime.desc(), ServiceRequest.id.desc())
    latest = latest.options(selectinload(ServiceRequest.updates), selectinload(ServiceRequest.photos))
    if numbers := listed(parameters, "service_request_id"):
        if len(numbers) > MOST:
            raise Refused(400, f"service_request_id may list {MOST} at most")
        return latest.where(ServiceRequest.service_request_id.in_([each.upper() for each in numbers]))
    size = count(parameters, "page_size", default=MOST, most=MOST)
    page = count(parameters, "page", default=1, most=LAST_PAGE)
    wanted = [*_kinds(parameters, city), *_requested(parameters, now), *_updated(parameters)]
    return latest.where(*wanted).limit(size).offset((page - 1) * size)


def _kinds(parameters: Mapping[str, str], city: City) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if codes := listed(parameters, "service_code"):
        wanted.append(ServiceRequest.service_code.in_([service_of(city, code).service_code for code in codes]))
    statuses = set(listed(parameters, "status"))
    if statuses - {"open", "closed"}:
        raise Refused(400, "status has to be open, closed or both: open,closed")
    if len(statuses) == 1:
        closed = ServiceRequest.status.in_(sorted(CLOSED))
        wanted.append(closed if "closed" in statuses else ~closed)
    return wanted


def _requested(parameters: Mapping[str, str], now: datetime) -> list[ColumnElement[bool]]:
    start, end = moment(parameters, "start_date"), moment(parameters, "end_date")
    if start is None and end is None and _updated(parameters):
        return []
    if start is None:
        end = end or now
        start = end - LONGEST_SPAN
    end = end or start + LONGEST_SPAN
    if start > end:
        raise Refused(400, "start_date is after end_date")
    if end - start > LONGEST_SPAN:
        raise Refused(400, f"start_date and end_date may span {LONGEST_SPAN.days} days at most")
    return [ServiceRequest.requested_datetime >= start, ServiceRequest.requested_datetime <= end]


def _updated(parameters: Mapping[str, str]) -> list[ColumnElement[bool]]:
    after, before = moment(parameters, "updated_after"), moment(parameters, "updated_before")
    wanted: list[ColumnElement[bool]] = []
    if after is not None:
        wanted.append(ServiceRequest.updated_datetime >= after)
    if before is not None:
        wanted.append(ServiceRequest.updated_datetime <= before)
    return wanted


def channels_of(session: Session, cases: Sequence[ServiceRequest]) -> Mapping[int, str]:
    """Return the channel of each conversation that a case came from, by the conversation's id."""
    ids = {case.conversation_id for case in cases if case.conversation_id is not None}
    query = select(Conversation.id, Conversation.channel).where(Conversation.id.in_(ids))
    return {row.id: row.channel for row in session.execute(query)}
