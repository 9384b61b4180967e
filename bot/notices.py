"""What a department is told of a case, read from the database when it is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot import external_requests, photos
from bot.backends import BackendError, Elsewhere, Notice
from bot.entries import Entry
from bot.models import Photo, ServiceRequest
from bot.town import Town
from dialogues.prompts import answers

LOOKED_BACK = timedelta(days=90)
"""How far back a case may be looked for in another system's list (GeoReport v2: 90 days)."""

WITHOUT_PICTURES = frozenset({"status", "due_soon", "overdue"})
"""Events that say nothing new of what is to be seen there."""

_PICTURES = (
    select(Photo.token)
    .where(Photo.service_request_id == bindparam("case"), Photo.state == "kept")
    .order_by(Photo.id)
)
_CASE = select(ServiceRequest.__table__, _PICTURES.exists().label("shows")).where(
    ServiceRequest.id == bindparam("case")
)
"""Built once: every notice asks them, and for columns."""


def notice_of(town: Town, entry: Entry, code: str) -> Notice:
    """Return the notice to a department that an outbox entry stands for, with the case as it is now.

    Raises `BackendError` where the department no longer hears in this way.
    """
    department = town.config.departments.get(code)
    if department is None or entry.kind not in department.ways:
        raise BackendError(f"{code} no longer hears of cases by {entry.kind}: config.yml", retryable=False)
    event, base = entry.payload["event"], town.config.settings.public_base_url.rstrip("/")
    with town.database.read() as session:
        which = {"case": entry.payload["service_request"]}
        case = session.connection().execute(_CASE, which).one()
        shows = case.shows and event not in WITHOUT_PICTURES
        kept = _read(town, session.scalars(_PICTURES, which).all()) if shows else []
        service = town.city.services.get(case.service_code)
        return Notice(
            outbox_id=str(entry.id),
            event=event,
            service_request_id=case.service_request_id,
            service_code=case.service_code,
            service_name=service.service_name if service else case.service_code,
            department=department.name,
            recipient=department.recipient(entry.kind, code),
            address_string=case.address_string,
            lat=case.lat,
            long=case.long,
            precision=case.precision,
            description=case.description,
            attributes=case.attributes,
            answers=answers(service, case.attributes) if service else (),
            priority=case.priority,
            status=case.status,
            status_notes=case.status_notes,
            requested_datetime=case.requested_datetime,
            updated_datetime=case.updated_datetime,
            expected_datetime=case.expected_datetime,
            note=entry.payload.get("note", ""),
            photos=tuple((f"{case.service_request_id}-{n}.jpg", jpeg) for n, (_, jpeg) in enumerate(kept, 1)),
            photo_urls=tuple(f"{base}/photos/{token}.jpg" for token, _ in kept),
            location_confirmed=case.location_confirmed,
            media_url=case.media_url,
            case_url=f"{base}/r/{case.token}",
            created_at=entry.created_at,
            elsewhere=_elsewhere(session, entry, code),
            in_doubt_since=entry.first_tried_at if entry.unknown else None,
            taken_ids=_taken_ids(session, entry, code),
        )


def _elsewhere(session: Session, entry: Entry, code: str) -> Elsewhere:
    """Return what is known of the case in a department's system, where that numbers its cases itself."""
    if entry.kind != external_requests.NUMBERS_ITSELF:
        return Elsewhere()
    return external_requests.known(session, entry.payload["service_request"], code)


def _taken_ids(session: Session, entry: Entry, code: str) -> frozenset[str]:
    """Return the numbers that other cases have at a department's system: what is looked for has another."""
    if entry.kind != external_requests.NUMBERS_ITSELF or entry.payload["event"] != "filed":
        return frozenset()
    return external_requests.taken_ids(session, code, entry.created_at - LOOKED_BACK)


def _read(town: Town, tokens: Sequence[str]) -> list[tuple[str, bytes]]:
    """Return the kept pictures whose files are still there."""
    found = ((token, photos.read(town.config.photos, token)) for token in tokens)
    return [(token, jpeg) for token, jpeg in found if jpeg is not None]
