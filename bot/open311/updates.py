"""mySociety's service-request-updates extension: which changes there were, and other systems' own.

Of what is posted, words that change nothing, that ask for a case to be opened again, or that come with a
person's name are a resident's: kept for staff, never published.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from bot import cases, extended, outbox
from bot.cases import Repeated, UnknownCase
from bot.models import StatusUpdate
from bot.open311.parameters import count, given, moment
from bot.open311.publishing import OWN_WORDS, local
from bot.open311.queries import LAST_PAGE, LONGEST_SPAN, MOST
from bot.open311.refusals import Refused
from bot.town import Town

REQUIRED = ("service_request_id", "update_id", "status", "updated_datetime")
PERSONS = ("email", "phone", "first_name", "last_name")
AHEAD = timedelta(minutes=5)
"""How far another system's clock may be ahead of ours."""

COMMENT = {"OPEN": extended.UNCHANGED}
"""A comment comes with the status that the case has at its writer's, which may be behind ours: only REOPEN, or
work under way, opens a case again."""

LONGEST_ID = 200  # characters


def listed(town: Town, parameters: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the updates from `start_date` to `end_date`, the oldest first; raises `Refused`."""
    start, end = _window(parameters, town.now())
    size = count(parameters, "page_size", default=MOST, most=MOST)
    page = count(parameters, "page", default=1, most=LAST_PAGE)
    query = (
        select(StatusUpdate)
        .where(StatusUpdate.updated_datetime >= start, StatusUpdate.updated_datetime <= end)
        .options(joinedload(StatusUpdate.service_request))
        .order_by(StatusUpdate.updated_datetime, StatusUpdate.id)
    )
    with town.database.read() as session:
        return [
            _published(update, town) for update in session.scalars(query.limit(size).offset((page - 1) * size))
        ]


def _window(parameters: Mapping[str, str], now: datetime) -> tuple[datetime, datetime]:
    start, end = moment(parameters, "start_date"), moment(parameters, "end_date")
    end = end or (min(start + LONGEST_SPAN, now) if start else now)
    start = start or end - LONGEST_SPAN
    if end - start > LONGEST_SPAN:
        raise Refused(400, f"start_date and end_date may span {LONGEST_SPAN.days} days at most")
    return start, end


def _published(update: StatusUpdate, town: Town) -> dict[str, Any]:
    shown = town.config.file.open311.publish_descriptions or update.author not in OWN_WORDS
    return {
        "update_id": str(update.id),
        "service_request_id": update.service_request.service_request_id,
        "status": extended.published(update.status, update.reason),
        "updated_datetime": local(update.updated_datetime, town.config),
        "description": (update.status_notes or None) if shown else None,
        "media_url": None,
    }


def take(town: Town, form: Mapping[str, str], client: str) -> str:
    """Carry out what `client` (the name of its key) posted; returns our id of the update. Raises `Refused`."""
    for field in REQUIRED:
        if not given(form, field) or len(given(form, field)) > LONGEST_ID:
            raise Refused(400, f"Bad request: {field}")
    status, at = extended.spelled(given(form, "status")), moment(form, "updated_datetime")
    if status not in extended.KNOWN:
        raise Refused(400, f"Bad request: status has to be one of {', '.join(sorted(extended.KNOWN))}")
    now = town.now()
    if at is None or at > now + AHEAD:
        raise Refused(400, "Bad request: updated_datetime is in the future")
    update = extended.Update(
        update_id=f"{client}:{given(form, 'update_id')}",
        status=COMMENT.get(status, status),
        words=given(form, "description"),
        at=min(at, now),
        author=client,
        by_resident=any(given(form, field) for field in PERSONS),
    )
    number = given(form, "service_request_id")
    try:
        extended.take(town, number, update)
    except UnknownCase:
        raise Refused(404, f"there is no service request {number}") from None
    except (Repeated, IntegrityError):  # of two at once, the later finds it taken
        raise Refused(400, "already exists") from None
    return _kept(town, number, update)


def _kept(town: Town, number: str, update: extended.Update) -> str:
    """Return the id under which an update is published, and ring for who is to hear of it."""
    with town.database.read() as session:
        case = cases.by_number(session, number)
        query = select(StatusUpdate.id).where(
            StatusUpdate.service_request_id == case.id, StatusUpdate.update_id == update.update_id
        )
        found = session.scalars(query).one()
        outbox.ring_for(town, session)
    return str(found)
