"""A case's life: filed, followed, moved on by its department, told to everyone who follows it, reopened."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import outbox, storms, telling
from bot.cases import NO_ANSWER, NotAllowed, ReasonMissing, Repeated, as_draft, by_number
from bot.models import Conversation, Follower, Photo, ReferenceNumber, ServiceRequest, StatusUpdate
from bot.rows import insert_all
from bot.statuses import CLOSED, CLOSED_ELSEWHERE, STATUSES
from bot.town import Town
from dialogues.prompts import describe
from dialogues.types import Draft, Place

log = logging.getLogger(__name__)

Also = Callable[[Session, ServiceRequest], object] | None

LOOK_AGAIN_AFTER = timedelta(minutes=15)
"""After filing, until a place that was not found is looked for again (see `bot.locating`)."""


def reserve(town: Town, many: int = 1) -> Sequence[str]:
    """Return fresh public numbers, never given out before."""
    taken: Sequence[int] = ()
    if many:
        with town.database.single.begin() as connection:
            taken = insert_all(connection, ReferenceNumber, [{"taken_at": town.now()}] * many)
    numbers = town.config.file.cases
    return [f"{numbers.prefix}{numbers.first + number - 1}" for number in taken]


def ordinal(town: Town, number: str) -> int:
    """Return a case's public number as one: later cases' are higher, and some are never filed."""
    return int(number.removeprefix(town.config.file.cases.prefix))


def file(
    town: Town, session: Session, draft: Draft, number: str, conversation: Conversation | None = None
) -> ServiceRequest:
    """File a draft that was read back, tell its department and the resident; in the caller's transaction.

    Without a conversation it came from another system, and there is nobody to tell.
    """
    assert draft.place is not None
    now, found = town.now(), draft.place.lat is not None
    where_to = town.routing.route(draft, now, storm=storms.lasts(session, now))
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
        status_datetime=now,
        expected_datetime=where_to.due,
        contact_id=conversation.contact_id if conversation else None,
        conversation_id=conversation.id if conversation else None,
    )
    session.add(case)
    session.flush()
    _attach(session, case, draft.photos)
    _record(session, case, author="bot")
    notify_department(town, session, case, "filed")
    if conversation is not None:
        ids = {"service_request_id": case.id, "conversation_id": conversation.id}
        outbox.later(session, Follower, **ids, created_at=now)
        sentence = "status_received" if found else "status_received_unfound"
        say = telling.about(town, case, sentence, service=describe(draft, town.city))
        telling.answer(town, session, case, conversation, say)
    return case


def follow(session: Session, case: ServiceRequest, conversation: Conversation, now: datetime) -> None:
    """Let a thread hear of a case from now on; one that muted it hears of it again."""
    follower = _follower(session, case, conversation.id)
    if follower is None:
        follower = Follower(service_request_id=case.id, conversation_id=conversation.id, created_at=now)
        session.add(follower)
    follower.muted_at = None


def join(
    town: Town,
    session: Session,
    number: str,
    conversation: Conversation,
    *,
    note: str,
    photos: tuple[str, ...],
) -> None:
    """Let one more resident follow a case they saw too, and add what they said and showed."""
    case = by_number(session, number)
    follow(session, case, conversation, town.now())
    session.flush()
    count = len(telling.followers(session, case))
    add(town, session, number, note=note, photos=photos, followers=count)


def mute(session: Session, number: str, conversation: Conversation, at: datetime | None) -> None:
    """Tell a thread no more of a case, but for what it asks; None: tell it again."""
    follower = _follower(session, by_number(session, number), conversation.id)
    if follower is not None:
        follower.muted_at = at


def _follower(session: Session, case: ServiceRequest, conversation_id: int) -> Follower | None:
    query = select(Follower).where(
        Follower.service_request_id == case.id, Follower.conversation_id == conversation_id
    )
    return session.scalars(query).first()


def add(
    town: Town, session: Session, number: str, *, note: str, photos: tuple[str, ...], followers: int = 0
) -> None:
    """Add a resident's words and pictures to a case, and tell its department; what was asked is answered.

    `followers` counts them where one more has just joined: the more see it, the sooner a crew should.
    """
    case = by_number(session, number)
    now = town.now()
    _attach(session, case, photos)
    if note:
        case.description = f"{case.description}\n{note}"[:4000]
    case.updated_datetime = now
    if case.status == "need_info":
        case.status, case.status_notes, case.status_datetime, case.answer_by = "under_review", "", now, None
    _record(session, case, note=note, author="resident")
    seen = f"Seen by {followers} residents. " if followers else ""
    notify_department(town, session, case, "added", note=f"{seen}{note}".strip() or "A photo was added.")


def reopen(
    town: Town,
    session: Session,
    number: str,
    *,
    note: str,
    photos: tuple[str, ...],
    conversation: Conversation | None = None,
) -> None:
    """Open a closed case again because a resident says it is not done, due anew.

    The talk itself says so to them; whoever else follows the case is told.
    """
    case = by_number(session, number)
    _attach(session, case, photos)
    _change(town, session, case, "reopened", note=note, author="resident")
    notify_department(town, session, case, "reopened", note=note)
    if conversation is not None:
        telling.tell(town, session, case, "status_reopened", but=conversation.id)


def update_status(
    town: Town,
    number: str,
    status: str,
    note: str = "",
    author: str = "city",
    *,
    reason: str = "",
    at: datetime | None = None,
    expected: datetime | None = None,
    update_id: str | None = None,
    original: str = "",
    also: Also = None,
) -> ServiceRequest:
    """Change a case's status and tell everyone who follows it.

    `reason` is a code of data/reasons.yml, said in each one's language; else `note` goes out as it is. `at` is
    when it happened, aware: what is older than the last change is kept in the history and changes nothing.
    `expected` moves the day it is due. `update_id` is the other system's own name of the update. `original` is
    the number of the case that a duplicate repeats: whoever follows the one follows the other from now on.
    `also` is done in the same transaction, once the change is made.

    Raises `UnknownCase`, `Repeated`, `ReasonMissing`, or `NotAllowed` on a change that the workflow forbids.
    """
    with town.database.write.begin() as session:
        case = by_number(session, number)
        session.refresh(case, with_for_update=True)  # of two changes at once, the later sees the earlier
        if update_id is not None and _is_known(session, case, update_id):
            raise Repeated(f"{number} has the update {update_id} already.")
        first = _original(session, case, original) if status == "duplicate" and original else None
        note = note or (f"Duplicate of {first.service_request_id}." if first else "")
        note = _worded(town, status, reason, " ".join(note.split()))
        if at is not None and at < case.status_datetime:
            _record(session, case, status=status, note=note, author=author, at=at, update_id=update_id)
            return case
        _check(case, status)
        case.expected_datetime = expected or case.expected_datetime
        _change(
            town, session, case, status, note=note, author=author, reason=reason, at=at, update_id=update_id
        )
        notify_department(town, session, case, "status", note=note)
        elsewhere = reason == CLOSED_ELSEWHERE
        if first is not None:
            telling.tell(town, session, case, "status_duplicate_of", original=first.service_request_id)
            _hand_over(session, case, first, town.now())
        elif STATUSES[status].told:
            telling.tell(town, session, case, f"status_{CLOSED_ELSEWHERE if elsewhere else status}")
        if also is not None:
            also(session, case)
    outbox.ring_department(town, case.department)
    with town.database.read() as session:
        telling.ring(town, session, case)
    return case


def note(
    town: Town, number: str, words: str, *, author: str, at: datetime, update_id: str | None = None
) -> None:
    """Write another system's words into a case's history as of `at`, aware; a resident's go to its department.
    Raises `UnknownCase` and `Repeated`."""
    with town.database.write.begin() as session:
        case = by_number(session, number)
        if update_id is not None and _is_known(session, case, update_id):
            raise Repeated(f"{number} has the update {update_id} already.")
        case.updated_datetime = town.now()
        _record(session, case, note=words, author=author, at=at, update_id=update_id)
        if author == "resident" and words:
            notify_department(town, session, case, "added", note=words)


def _original(session: Session, case: ServiceRequest, number: str) -> ServiceRequest:
    """Return the open case that another is a duplicate of; raises `NotAllowed`."""
    first = by_number(session, number)
    if first.id == case.id or first.status in CLOSED:
        raise NotAllowed(f"{first.service_request_id} can't be the original: name another case that is open.")
    return first


def _hand_over(session: Session, case: ServiceRequest, first: ServiceRequest, now: datetime) -> None:
    """Let everyone who follows a duplicate follow the original, save who has muted it."""
    for follower in telling.followers(session, case):
        if follower.muted_at is None and _follower(session, first, follower.conversation_id) is None:
            follow(session, first, follower.conversation, now)


def _worded(town: Town, status: str, reason: str, note: str) -> str:
    """Return what is to be said with a status; raises `ReasonMissing`, or `NotAllowed` where it fits none."""
    if status not in STATUSES:
        raise NotAllowed(f"{status!r} is no status. Known: {', '.join(STATUSES)}.")
    fitting = {code: known for code, known in town.city.reasons.items() if known.status == status}
    if reason and reason not in fitting:
        raise NotAllowed(f"{reason!r} is no reason for {status!r}. Known: {', '.join(fitting) or 'none'}.")
    if STATUSES[status].asks and not (reason or note):
        known = f", or give one of these reasons: {', '.join(fitting)}" if fitting else ""
        raise ReasonMissing(f"Say why in a note{known}. The resident is told; a bare {status!r} is not sent.")
    return note or (fitting[reason].text["en"] if reason else "")


def _check(case: ServiceRequest, status: str) -> None:
    if status not in STATUSES[case.status].may_become:
        may = ", ".join(STATUSES[case.status].may_become)
        raise NotAllowed(f"{case.service_request_id} is {case.status}; from there it can become: {may}.")


def _is_known(session: Session, case: ServiceRequest, update_id: str) -> bool:
    query = select(StatusUpdate.id).where(
        StatusUpdate.service_request_id == case.id, StatusUpdate.update_id == update_id
    )
    return session.scalars(query).first() is not None


def close_unanswered(town: Town) -> int:
    """Close the cases whose question to the resident waited too long, with a word; returns how many."""
    now = town.now()
    with town.database.write.begin() as session:
        query = select(ServiceRequest).where(ServiceRequest.answer_by < now)
        cases = session.scalars(query).all()
        for case in cases:
            note = town.city.reasons[NO_ANSWER].text["en"] if NO_ANSWER in town.city.reasons else ""
            _change(town, session, case, "no_action", note=note, author="bot", reason=NO_ANSWER)
            notify_department(town, session, case, "closed", note=note)
            telling.tell(town, session, case, "status_unanswered")
    with town.database.read() as session:
        for case in cases:
            telling.ring(town, session, case)
    return len(cases)


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
        _record(session, case, note=note, author="bot")
        notify_department(
            town, session, case, "added", note=f"{note}. Found on the map later; please confirm it."
        )


def _change(
    town: Town,
    session: Session,
    case: ServiceRequest,
    status: str,
    *,
    note: str,
    author: str,
    reason: str = "",
    at: datetime | None = None,
    update_id: str | None = None,
) -> None:
    now = town.now()
    case.status, case.status_notes, case.reason = status, note, reason
    case.status_datetime, case.updated_datetime = min(at or now, now), now
    waits = timedelta(days=town.config.file.conversation.answer_within_days)
    case.answer_by = now + waits if status == "need_info" else None
    if status == "reopened":
        case.warned_of = case.alerted_of = None  # its deadline counts anew
    if status == "reopened" and (case.expected_datetime is None or case.expected_datetime < now):
        case.expected_datetime = town.routing.route(as_draft(case), now).due
    _record(session, case, note=note, author=author, update_id=update_id)


def _record(
    session: Session,
    case: ServiceRequest,
    *,
    author: str,
    note: str = "",
    status: str = "",
    at: datetime | None = None,
    update_id: str | None = None,
) -> None:
    """Write a line of a case's history; without more, of how it stands now."""
    outbox.later(
        session,
        StatusUpdate,
        service_request_id=case.id,
        status=status or case.status,
        status_notes=note,
        reason="" if status else case.reason,
        author=author,
        updated_datetime=at or case.updated_datetime,
        update_id=update_id,
    )


def _attach(session: Session, case: ServiceRequest, photos: tuple[str, ...]) -> None:
    ids = [int(each) for each in photos]
    for photo in session.scalars(select(Photo).where(Photo.id.in_(ids))) if ids else ():
        photo.service_request_id = case.id


def notify_department(town: Town, session: Session, case: ServiceRequest, event: str, note: str = "") -> None:
    """Tell a case's department of an event, by all its ways; in the caller's transaction."""
    payload = {"service_request": case.id, "event": event, "note": note}
    department = town.config.departments.get(case.department)
    if department is None:
        number = case.service_request_id
        log.error("no department %s in config.yml: nobody hears of %s", case.department, number)
        return
    for way in department.ways_for(event):
        outbox.notify(session, case.department, payload, backend=way, now=town.now())


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


def overdue(case: ServiceRequest, now: datetime) -> bool:
    """Tell whether an open case is past its deadline."""
    return case.status not in CLOSED and case.expected_datetime is not None and case.expected_datetime < now
