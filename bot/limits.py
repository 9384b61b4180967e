"""How much one sender, one place and one service may ask of us before a person has a look; who is blocked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Float, Integer, Select, bindparam, func, select, update
from sqlalchemy.orm import Session, aliased

from bot import contacts, storms
from bot.effects import carry_out, wait_for_person
from bot.hearing import Unread
from bot.models import Contact, Conversation, Message, Photo, ServiceRequest
from bot.statuses import STATUSES
from bot.town import Town
from dialogues.types import Alert, Draft, Effect, FileRequest, HandOff, Say
from nlu import emergencies

Alike = Literal["sender", "point", "words", "service"]
"""In what cases are like a report: from whom, where on the map or in which words, of what service."""

Standing = Literal["", "often", "blocked"]
"""How a sender stands: as anybody, over a limit, or blocked by staff."""

TOLD_AGAIN_AFTER = timedelta(hours=1)
"""Who goes on writing too much is told what happens no more often."""

SAME_PLACE = 0.00025
"""Degrees around a point that count as one place: some 25 m to the north and south."""

GRAVE = frozenset({"911", "likely"})


# Senders --------------------------------------------------------------------------------------------


def _more_than(most: str, since: str) -> ColumnElement[bool]:
    theirs = aliased(Message)
    came = (theirs.conversation_id == Conversation.id) & (theirs.author == "resident")
    latest = select(theirs.id).where(came, theirs.created_at > bindparam(since)).correlate(Conversation)
    return latest.limit(1).offset(bindparam(most, type_=Integer)).exists()


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


def held_up(
    town: Town, session: Session, conversation: Conversation, effects: Iterable[Effect]
) -> tuple[Effect, ...]:
    """Return what follows instead where a report is one too many: a person decides. Nothing: all are taken."""
    drafts = [effect.draft for effect in effects if isinstance(effect, FileRequest)]
    if not any(_is_one_too_many(town, session, conversation, draft) for draft in drafts):
        return ()
    return HandOff(reason="many_alike"), Say(sentence="hand_off_many")


def _is_one_too_many(town: Town, session: Session, conversation: Conversation, draft: Draft) -> bool:
    rules, now, place = town.config.file.limits, town.now(), draft.place
    assert place is not None
    kinds: dict[Alike, int | None] = {
        "sender": rules.cases_of_one_sender,
        "words" if place.lat is None or place.long is None else "point": rules.cases_at_one_place,
        "service": rules.cases_of_one_service,
    }
    limits = {f"most_{kind}": most for kind, most in kinds.items() if most is not None}
    if not limits:
        return False
    report = {
        "now": now,
        "since": now - timedelta(hours=rules.window_hours),
        "contact": conversation.contact_id,
        "service": draft.service_code,
        "address": place.address_string,
        "lat": place.lat,
        "long": place.long,
    }
    question = _reached(tuple(kind for kind, most in kinds.items() if most is not None))
    return any(session.connection().execute(question, report | limits).one())


@cache
def _reached(kinds: Sequence[Alike]) -> Select[Any]:
    """Return the question whether so many cases like a report were filed `since`, one column for each kind.

    In a storm many of one service are to be expected.
    """
    lat, long = bindparam("lat", type_=Float), bindparam("long", type_=Float)
    same_service = ServiceRequest.service_code == bindparam("service")
    alike: dict[Alike, Sequence[ColumnElement[bool]]] = {
        "sender": [ServiceRequest.contact_id == bindparam("contact")],
        "service": [same_service, ~storms.LASTS],
        "words": [same_service, ServiceRequest.address_string == bindparam("address")],
        "point": [
            ServiceRequest.status.in_(STATUSES),  # all of them: by the index of status and point
            ServiceRequest.lat.between(lat - SAME_PLACE, lat + SAME_PLACE),
            ServiceRequest.long.between(long - SAME_PLACE, long + SAME_PLACE),
        ],
    }

    def reached(kind: Alike) -> ColumnElement[bool]:
        most = bindparam(f"most_{kind}", type_=Integer)
        since = ServiceRequest.requested_datetime > bindparam("since")
        found = select(ServiceRequest.id).where(*alike[kind], since).limit(most)
        return select(func.count() >= most).select_from(found.subquery()).scalar_subquery()

    columns: Sequence[ColumnElement[Any]] = [reached(kind) for kind in kinds]
    return select(*columns)


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
