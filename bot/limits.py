"""How much one sender, one place and one service may ask of us before a person has a look; who is blocked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Float,
    Integer,
    Select,
    String,
    bindparam,
    false,
    func,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from bot import contacts, service_requests, storms
from bot.effects import carry_out, wait_for_person
from bot.hearing import Unread
from bot.models import Contact, Conversation, Message, Photo, ServiceRequest
from bot.rows import ONE, fixed, rows
from bot.statuses import STATUSES
from bot.town import Town
from dialogues.types import Alert, Draft, Effect, FileRequest, HandOff, Say
from nlu import emergencies

Standing = Literal["", "often", "blocked"]
"""How a sender stands: as anybody, over a limit, or blocked by staff."""

TOLD_AGAIN_AFTER = timedelta(hours=1)
"""Who goes on writing too much is told what happens no more often."""

SAME_PLACE = 0.00025
"""Degrees around a point that count as one place: some 25 m to the north and south."""

GRAVE = frozenset({"911", "likely"})


# Senders --------------------------------------------------------------------------------------------


def _more_than(most: str, since: str) -> ColumnElement[bool]:
    """Tell by when the first that is one too many came: how many came since, no plan can know beforehand."""
    theirs = aliased(Message)
    came = (theirs.conversation_id == Conversation.id) & (theirs.author == "resident")
    latest = select(theirs.created_at).where(came).correlate(Conversation).order_by(theirs.id.desc())
    first_too_many = latest.limit(ONE).offset(bindparam(most, type_=Integer)).scalar_subquery()
    return func.coalesce(first_too_many > bindparam(since), false())


WRITES_TOO_MUCH = _more_than("most_a_minute", "minute") | _more_than("most_an_hour", "hour")
"""Whether more came in than `spans` allow, for a query of conversations."""


def spans(town: Town) -> Mapping[str, datetime | int]:
    """Return what `WRITES_TOO_MUCH` goes by now."""
    rules, now = town.config.file.limits, town.now()
    since = {"minute": now - timedelta(minutes=1), "hour": now - timedelta(hours=1)}
    return {"most_a_minute": rules.messages_per_minute, "most_an_hour": rules.messages_per_hour, **since}


def standing(conversation: Conversation, *, too_much: bool) -> Standing:
    """Return how the sender of a thread stands who writes too much or not."""
    if conversation.contact.blocked_at is not None:
        return "blocked"
    return "often" if too_much else ""


def tells_of_danger(town: Town, batch: Sequence[Unread]) -> bool:
    """Tell whether any text is of danger: by the phrases, which are quick; of the latest also by the model."""
    texts = list(dict.fromkeys(message.text for message in reversed(batch)))
    if any(emergencies.check(text) in GRAVE for text in texts):
        return True
    latest = texts[: town.config.file.limits.messages_per_turn]
    return any(town.interpreter.understand(text).emergency in GRAVE for text in latest)


def put_by(
    town: Town,
    session: Session,
    conversation: Conversation,
    batch: Sequence[Unread],
    stands: Standing,
    *,
    grave: bool,
) -> None:
    """Answer a sender who is over a limit, or blocked, for all messages at once; in the caller's transaction.

    `grave`: one of them tells of danger, which gets the 911 line whatever the sender's standing.
    """
    effects: list[Effect] = [Say(sentence="emergency")] if grave else []
    if stands == "often":
        effects += [Alert(kind="emergency")] if grave else []
        effects += _tell_once(town, conversation)
    carry_out(town, session, conversation, effects)
    session.execute(
        update(Photo)
        .where(Photo.message_id.in_([message.id for message in batch]), Photo.state == "pending")
        .values(state="refused", problem="too_many", due_at=None)
    )


def _tell_once(town: Town, conversation: Conversation) -> Iterator[Effect]:
    """Call a person and say so, once in a while; while a person has the thread, they see it anyway."""
    now, told = town.now(), conversation.limited_at
    if conversation.owner != "bot" or (told is not None and now - told < TOLD_AGAIN_AFTER):
        return
    conversation.limited_at = now
    wait_for_person(conversation, "too_many", now)
    yield Say(sentence="too_many")


# Cases ----------------------------------------------------------------------------------------------


INSTEAD: Sequence[Effect] = (HandOff(reason="many_alike"), Say(sentence="hand_off_many"))
"""What follows where a report is one too many: a person decides."""


def held_up(
    town: Town, session: Session, turns: Iterable[tuple[Conversation, Sequence[Effect]]]
) -> Collection[int]:
    """Return the conversations in whose turns a report is one too many, by what was filed before them all."""
    reports = [
        (conversation, effect)
        for conversation, effects in turns
        for effect in effects
        if isinstance(effect, FileRequest)
    ]
    if not reports:
        return frozenset()
    alike = _alike(town, session, [(conversation, each.draft) for conversation, each in reports])
    full = {conversation.id for conversation, each in reports if _is_full(town, session, each)}
    return alike | full


def _alike(town: Town, session: Session, reports: Sequence[tuple[Conversation, Draft]]) -> set[int]:
    """Return the conversations that report once more what as many reported as may of one sender or place."""
    rules, asked = town.config.file.limits, []
    kinds = {"sender": rules.cases_of_one_sender, "place": rules.cases_at_one_place}
    limited = {f"most_{kind}": most - 1 for kind, most in kinds.items() if most is not None}
    if not limited:
        return set()
    for of, (conversation, draft) in enumerate(reports):
        assert draft.place is not None
        lat, long, address = draft.place.lat, draft.place.long, draft.place.address_string
        where = [lat, long, None] if lat is not None and long is not None else [None, None, address]
        asked.append([of, conversation.contact_id, draft.service_code, *where])
    since = town.now() - timedelta(hours=rules.window_hours)
    question = _reached(tuple(kind for kind, most in kinds.items() if most is not None))
    found = session.connection().execute(question, {"reports": asked, "since": since, **limited})
    return {reports[of][0].id for of, *reached in found if any(reached)}


_ASKED = rows(
    "reports",
    of=Integer(),
    contact=BigInteger(),
    service=String(),
    lat=Float(),
    long=Float(),
    address=String(),
)


@cache
def _reached(kinds: Sequence[str]) -> Select[Any]:
    """Return the question whether so many cases like each report were filed `since`, a column for each kind.

    At a place are those around the point, or those of the service in the same words.
    """
    given, since = _ASKED.c, ServiceRequest.requested_datetime > bindparam("since")
    alike: dict[str, Sequence[Sequence[ColumnElement[bool]]]] = {
        "sender": [[ServiceRequest.contact_id == given.contact]],
        "place": [
            [
                ServiceRequest.status.in_(fixed(*STATUSES)),  # all of them: by the index of status and point
                ServiceRequest.lat.between(given.lat - SAME_PLACE, given.lat + SAME_PLACE),
                ServiceRequest.long.between(given.long - SAME_PLACE, given.long + SAME_PLACE),
            ],
            [
                given.address.is_not(None),
                ServiceRequest.service_code == given.service,
                ServiceRequest.address_string == given.address,
            ],
        ],
    }

    def reached(kind: str, one: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
        latest = select(ServiceRequest.id).where(*one, since).correlate(_ASKED).limit(ONE)
        return latest.offset(bindparam(f"most_{kind}", type_=Integer)).scalar_subquery().is_not(None)

    return select(given.of, *(reached(kind, one) for kind in kinds for one in alike[kind]))


_OF_SERVICE = select(func.count()).where(
    ServiceRequest.service_code == bindparam("service"), ServiceRequest.requested_datetime > bindparam("since")
)


def _is_full(town: Town, session: Session, report: FileRequest) -> bool:
    """Tell whether as many cases of a service were filed as may; in a storm many are to be expected.

    They are counted again when there may be as many by the case's number, which counts all that were filed.
    """
    rules, service = town.config.file.limits, report.draft.service_code
    number = service_requests.ordinal(town, report.service_request_id)
    most = rules.cases_of_one_service
    if most is None or storms.lasts(session, town.now()) or number < town.room.get(service, 0):
        return False
    since = town.now() - timedelta(hours=rules.window_hours)
    count = session.connection().scalar(_OF_SERVICE, {"service": service, "since": since}) or 0
    town.room[service] = number + most - count
    return count >= most


# The block list -------------------------------------------------------------------------------------


class Unknown(Exception):
    """Nobody has this address; the message says how to write one."""


Also = Callable[[Session, Contact], object]
"""What is to be written down with a change, in its transaction."""


def block(town: Town, address: str, also: Also, *, blocked: bool = True) -> None:
    """Answer an address no more, or again; one that has never written may be blocked, too.

    `address` is "+15550100", "whatsapp:+15550100" or "telegram:42". Raises `Unknown`.
    """
    scheme, _, rest = address.strip().rpartition(":")
    scheme = scheme or "tel"
    if scheme not in ("tel", "whatsapp", "telegram") or not rest.lstrip("+").isdecimal():
        raise Unknown("Write it as +15550100, whatsapp:+15550100 or telegram:42.")
    with town.database.write.begin() as session:
        contact = contacts.at(session, f"{scheme}:{rest}")
        if contact is None and not blocked:
            raise Unknown("Nobody with that address has written, and nobody has blocked it.")
        if contact is None:
            contact = Contact(address=f"{scheme}:{rest}", created_at=town.now())
            session.add(contact)
            session.flush()
        _set(contact, town.now() if blocked else None)
        also(session, contact)


def block_thread(town: Town, conversation_id: int, also: Also, *, blocked: bool = True) -> None:
    """Answer the sender of a thread no more, or again. Raises `NoResultFound` where there is no such thread."""
    with town.database.write.begin() as session:
        contact = session.get_one(Conversation, conversation_id).contact
        _set(contact, town.now() if blocked else None)
        also(session, contact)


def _set(contact: Contact, at: datetime | None) -> None:
    contact.blocked_at = contact.blocked_at or at if at else None


def blocked(session: Session) -> Sequence[tuple[Contact, int | None]]:
    """Return who is blocked, each with the number of their latest thread; the latest first."""
    thread = select(func.max(Conversation.id)).where(Conversation.contact_id == Contact.id).scalar_subquery()
    query = select(Contact, thread).where(Contact.blocked_at.is_not(None))
    return [(contact, number) for contact, number in session.execute(query.order_by(Contact.blocked_at.desc()))]
