"""A case's life: filed, followed by its department, told to the resident, reopened."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import outbox
from bot.models import Contact, Conversation, Photo, ReferenceNumber, ServiceRequest, StatusUpdate
from bot.town import Town
from dialogues.cases import REOPEN_WITHIN
from dialogues.prompts import describe
from dialogues.rendering import render
from dialogues.types import Draft, OpenRequest, Param, Place, Say

log = logging.getLogger(__name__)

CLOSED = frozenset({"completed", "no_action", "referred", "duplicate"})

# From each status, the ones it may change to. Closed cases open again by the resident or by staff.
WORKFLOW: dict[str, tuple[str, ...]] = {
    "received": ("under_review", "scheduled", "assigned", "on_site", "need_info", *sorted(CLOSED)),
    "under_review": ("scheduled", "assigned", "on_site", "need_info", *sorted(CLOSED)),
    "scheduled": ("under_review", "assigned", "on_site", "need_info", *sorted(CLOSED)),
    "assigned": ("under_review", "scheduled", "on_site", "need_info", *sorted(CLOSED)),
    "on_site": ("scheduled", "assigned", "need_info", *sorted(CLOSED)),
    "need_info": ("under_review", "scheduled", "assigned", "on_site", *sorted(CLOSED)),
    "reopened": ("under_review", "scheduled", "assigned", "on_site", "need_info", *sorted(CLOSED)),
    "completed": ("reopened",),
    "no_action": ("reopened",),
    "referred": ("reopened",),
    "duplicate": ("reopened",),
}

# The resident is told of these; the others show in STATUS.
TOLD = frozenset(
    {
        "scheduled",
        "assigned",
        "on_site",
        "need_info",
        "completed",
        "no_action",
        "referred",
        "duplicate",
        "reopened",
    }
)

LOOK_AGAIN_AFTER = timedelta(minutes=15)
"""After filing, until a place that was not found is looked for again (see `bot.locating`)."""

NEEDS_NOTE = frozenset({"no_action", "referred", "duplicate", "need_info"})


class NotAllowed(Exception):
    """A status change that the workflow or our word to the resident forbids; the message says what to do."""


def open311_status(status: str) -> str:
    """Return "open" or "closed": all that GeoReport v2 knows."""
    return "closed" if status in CLOSED else "open"


def reserve(town: Town) -> str:
    """Return a fresh public number, never given out before."""
    with town.database.write.begin() as session:
        taken = ReferenceNumber(taken_at=town.now())
        session.add(taken)
        session.flush()
        numbers = town.config.file.cases
        return f"{numbers.prefix}{numbers.first + taken.id - 1}"


def file(
    town: Town, session: Session, draft: Draft, number: str, conversation: Conversation | None = None
) -> ServiceRequest:
    """File a draft that was read back, tell its department and the resident; in the caller's transaction.

    Without a conversation it came from another system, and there is nobody to tell.
    """
    assert draft.place is not None
    now, found = town.now(), draft.place.lat is not None
    where_to = town.routing.route(draft, now)
    case = ServiceRequest(
        service_request_id=number,
        service_code=draft.service_code,
        description=draft.description,
        attributes=dict(draft.attributes),
        address_string=draft.place.address_string,
        lat=draft.place.lat,
        long=draft.place.long,
        precision=draft.place.precision,
        location_confirmed=found,
        locate_at=None if found else now + LOOK_AGAIN_AFTER,
        department=where_to.department,
        priority=where_to.priority,
        requested_datetime=now,
        updated_datetime=now,
        expected_datetime=where_to.due,
        contact_id=conversation.contact_id if conversation else None,
        conversation_id=conversation.id if conversation else None,
    )
    session.add(case)
    session.flush()
    _attach(session, case, draft.photos)
    _record(session, case, "received", "", author="bot")
    notify_department(town, session, case, "filed")
    sentence = "status_received" if found else "status_received_unfound"
    _tell(town, session, case, sentence, kind="reply", service=describe(draft, town.city))
    return case


def add(town: Town, session: Session, number: str, *, note: str, photos: tuple[str, ...]) -> None:
    """Add words and pictures to a case, and tell its department."""
    case = by_number(session, number)
    now = town.now()
    _attach(session, case, photos)
    if note:
        case.description = f"{case.description}\n{note}"[:4000]
    case.updated_datetime = now
    entry = StatusUpdate(
        service_request_id=case.id,
        status=case.status,
        status_notes=note,
        author="resident",
        updated_datetime=now,
    )
    session.add(entry)
    notify_department(town, session, case, "added", note=note or "A photo was added.")


def reopen(town: Town, session: Session, number: str, *, note: str, photos: tuple[str, ...]) -> None:
    """Open a closed case again because the resident says it is not done; the talk itself says so."""
    case = by_number(session, number)
    _attach(session, case, photos)
    _change(town, session, case, "reopened", note, author="resident")
    notify_department(town, session, case, "reopened", note=note)


def update_status(town: Town, number: str, status: str, note: str = "", author: str = "city") -> ServiceRequest:
    """Change a case's status and tell the resident in their thread.

    Raises `NotAllowed` on an unknown case, a change the workflow forbids, or a closing without a reason.
    """
    note = " ".join(note.split())
    with town.database.write.begin() as session:
        case = by_number(session, number)
        if status not in WORKFLOW:
            raise NotAllowed(f"{status!r} is no status. Known: {', '.join(WORKFLOW)}.")
        if status not in WORKFLOW[case.status]:
            may = ", ".join(WORKFLOW[case.status])
            raise NotAllowed(f"{number} is {case.status}; from there it can become: {may}.")
        if status in NEEDS_NOTE and not note:
            raise NotAllowed(f"Say why in a note: the resident is told. A bare {status!r} is not sent.")
        _change(town, session, case, status, note, author=author)
        notify_department(town, session, case, "status", note=note)
        if status in TOLD:
            _tell(town, session, case, f"status_{status}", kind="push")
    outbox.ring_department(town, case.department)
    if case.conversation_id is not None:
        town.bell.ring("deliver", outbox.destination_of(case.conversation_id))
    return case


def suggest_location(town: Town, number: str, place: Place | None) -> None:
    """Note a place that may be meant, for people to decide on, and tell the department; None: none was found.

    The case's own place stays what the resident wrote.
    """
    with town.database.write.begin() as session:
        case = by_number(session, number)
        case.locate_at = None
        if place is None or case.location_confirmed or case.status in CLOSED:
            return
        point = {"lat": place.lat, "long": place.long, "precision": place.precision}
        case.suggested_location = {"address_string": place.address_string, **point}
        case.updated_datetime = town.now()
        note = f"Suggested location: {place.address_string} ({place.lat:.6f}, {place.long:.6f})"
        _record(session, case, case.status, note, author="bot")
        notify_department(
            town, session, case, "added", note=f"{note}. Found on the map later; please confirm it."
        )


def photo_settled(town: Town, session: Session, photo: Photo) -> None:
    """Tell the department of pictures that came in after their case was filed: once, when none is awaited."""
    if photo.service_request_id is None:
        return
    # Locked: of two pictures that settle at once, the later must see the earlier.
    case = session.get_one(ServiceRequest, photo.service_request_id, with_for_update=True)
    states = session.execute(
        select(Photo.state, Photo.attempts).where(Photo.service_request_id == case.id)
    ).all()
    came_late = any(state == "kept" and attempts for state, attempts in states)
    if came_late and all(state != "pending" for state, _ in states):
        case.updated_datetime = town.now()
        notify_department(town, session, case, "added", note="A photo came in.")


def by_number(session: Session, number: str) -> ServiceRequest:
    """Return the case of that number, with or without the letters before it; raises `NotAllowed`."""
    query = select(ServiceRequest).where(ServiceRequest.service_request_id == number.strip().upper())
    case = session.scalars(query).first()
    if case is None:
        raise NotAllowed(f"There is no case {number}. `townline case list` shows them.")
    return case


def of_contact(session: Session, contact_id: int, most: int = 10) -> tuple[OpenRequest, ...]:
    """Return a contact's cases as the talk needs them, the latest first."""
    query = select(ServiceRequest).where(ServiceRequest.contact_id == contact_id)
    latest = query.order_by(ServiceRequest.requested_datetime.desc(), ServiceRequest.id.desc()).limit(most)
    return tuple(
        OpenRequest(
            service_request_id=case.service_request_id,
            service_code=case.service_code,
            address_string=case.address_string,
            status=case.status,
            status_notes=case.status_notes,
            requested_datetime=case.requested_datetime,
            updated_datetime=case.updated_datetime,
            expected_datetime=case.expected_datetime,
            closed=case.status in CLOSED,
        )
        for case in session.scalars(latest)
    )


def _change(town: Town, session: Session, case: ServiceRequest, status: str, note: str, *, author: str) -> None:
    case.status, case.status_notes, case.updated_datetime = status, note, town.now()
    if status == "reopened":
        case.warned_of = case.alerted_of = None  # its deadline counts anew
    _record(session, case, status, note, author=author)


def _record(session: Session, case: ServiceRequest, status: str, note: str, *, author: str) -> None:
    session.add(
        StatusUpdate(
            service_request_id=case.id,
            status=status,
            status_notes=note,
            author=author,
            updated_datetime=case.updated_datetime,
        )
    )


def _attach(session: Session, case: ServiceRequest, photos: tuple[str, ...]) -> None:
    for photo in session.scalars(select(Photo).where(Photo.id.in_([int(each) for each in photos]))):
        photo.service_request_id = case.id


def notify_department(town: Town, session: Session, case: ServiceRequest, event: str, note: str = "") -> None:
    """Tell a case's department of an event, by all its ways; in the caller's transaction."""
    payload = {"service_request": case.id, "event": event, "note": note}
    department = town.config.departments.get(case.department)
    if department is None:
        log.error(
            "no department %s in config.yml: nobody hears of %s", case.department, case.service_request_id
        )
        return
    for way in department.ways_for(event):
        outbox.notify(session, case.department, payload, backend=way, now=town.now())


def _tell(
    town: Town,
    session: Session,
    case: ServiceRequest,
    sentence: str,
    *,
    kind: str,
    service: Param | None = None,
) -> None:
    """Post a status to the thread the case came from."""
    conversation = session.get(Conversation, case.conversation_id) if case.conversation_id else None
    if conversation is None:
        return
    known = town.city.services.get(case.service_code)
    params: dict[str, Param] = {
        "number": case.service_request_id,
        "service": service or (known.service_name if known else case.service_code),
        "place": case.address_string,
        "department": town.city.departments.get(case.department, case.department),
        "note": _sentence(case.status_notes),
        "due": case.expected_datetime or case.requested_datetime,
        "until": case.updated_datetime + REOPEN_WITHIN,
    }
    say = Say(sentence=sentence, params=params)
    contact = session.get_one(Contact, conversation.contact_id)
    rendered = render(say, town.city, channel=conversation.channel, language=contact.language)
    if contact.opted_out_at is not None:
        hint = render(
            Say(sentence="start_hint"), town.city, channel=conversation.channel, language=contact.language
        )
        rendered = replace(rendered, text=f"{rendered.text}\n{hint.text}")
    outbox.post(session, conversation, rendered, now=town.now(), author="city", kind=kind)


def _sentence(note: str) -> str:
    """Return a note that can stand between sentences."""
    return note if not note or note[-1] in ".!?" else f"{note}."


def overdue(case: ServiceRequest, now: datetime) -> bool:
    """Tell whether an open case is past its deadline."""
    return case.status not in CLOSED and case.expected_datetime is not None and case.expected_datetime < now
