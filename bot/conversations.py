"""receive(): keep what came in. take_turns(): answer it, one turn, one transaction."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from bot import contacts, outbox, telling
from bot.database import AWAY
from bot.effects import carry_out, wait_for_person
from bot.hearing import hear
from bot.models import Contact, Conversation, Message, Photo, Quarantined
from bot.town import Town
from dialogues.manager import take_turn
from dialogues.pauses import give_up
from dialogues.rendering import render
from dialogues.state import dump, restore
from dialogues.types import (
    Alert,
    HandOff,
    Heard,
    Say,
    State,
    Turn,
)
from webhooks.channel import Inbound, StoreUnavailable

log = logging.getLogger(__name__)

MOST_FAILURES = 3
"""After as many broken turns a person takes over: a resident is never left in silence."""

LONGEST_WAIT = timedelta(seconds=4)
"""However fast messages keep coming, the oldest waits no longer for its brothers."""


def receive(town: Town, inbound: Inbound) -> None:
    """Store what a provider delivered, once, and ring. Raises `StoreUnavailable` when it can't be stored."""
    try:
        conversation_id = _store(town, inbound)
    except AWAY as error:
        raise StoreUnavailable from error
    if conversation_id is not None:
        town.bell.ring("take_turns", str(conversation_id), after=_settle_seconds(town, inbound.album))
        if inbound.kind in ("opt_out", "opt_in"):
            town.bell.ring("deliver", outbox.destination_of(conversation_id))


def _store(town: Town, inbound: Inbound) -> int | None:
    """Return the conversation to be answered; None for a redelivery and for what nobody can read."""
    for _ in range(3):  # two first messages of a newcomer race for the contact's row
        try:
            with town.database.write.begin() as session:
                if inbound.kind == "unreadable":
                    session.add(_quarantined(inbound, town.now()))
                    return None
                return _keep(town, session, inbound)
        except IntegrityError:
            if _known(town, inbound):
                return None
    raise StoreUnavailable


def _known(town: Town, inbound: Inbound) -> bool:
    table = Quarantined if inbound.kind == "unreadable" else Message
    with town.database.read() as session:
        query = select(table.id).where(
            table.channel == inbound.channel, table.external_id == inbound.external_id
        )
        return session.scalars(query).first() is not None


def _quarantined(inbound: Inbound, now: datetime) -> Quarantined:
    return Quarantined(
        channel=inbound.channel, external_id=inbound.external_id, raw=dict(inbound.raw), created_at=now
    )


def _keep(town: Town, session: Session, inbound: Inbound) -> int:
    now = town.now()
    contact = _contact(session, inbound, now)
    conversation = _conversation(session, contact, inbound, now)
    silent = inbound.answered or inbound.kind in ("opt_out", "opt_in")
    message = Message(
        conversation_id=conversation.id,
        channel=inbound.channel,
        external_id=inbound.external_id,
        author="resident",
        kind=inbound.kind,
        text=inbound.text.replace("\x00", ""),
        inbound={
            "pin": [inbound.pin.lat, inbound.pin.long, inbound.pin.label] if inbound.pin else None,
            "choice": inbound.choice,
            "message_ref": inbound.message_ref,
            "corrects": inbound.corrects,
            "quotes": inbound.quotes,
            "album": inbound.album,
        },
        raw=dict(inbound.raw),
        created_at=now,
        read_at=now if silent else None,
        state="received",
    )
    session.add(message)
    session.flush()
    for media in inbound.media:
        session.add(Photo(message_id=message.id, channel=inbound.channel, ref=media.ref))
    if inbound.kind in ("opt_out", "opt_in"):
        _opt(town, session, conversation, contact, inbound)
    return conversation.id


def _contact(session: Session, inbound: Inbound, now: datetime) -> Contact:
    contact = contacts.at(session, inbound.sender)
    if contact is None:
        contact = Contact(address=inbound.sender, created_at=now)
        session.add(contact)
        session.flush()
    elif contact.unreachable_at is not None and inbound.kind != "opt_out":
        contact.unreachable_at = None  # whoever writes can be reached
    contact.erased_at = None  # who writes again after DELETE MY DATA starts afresh
    return contact


def _conversation(session: Session, contact: Contact, inbound: Inbound, now: datetime) -> Conversation:
    query = select(Conversation).where(
        Conversation.contact_id == contact.id, Conversation.channel == inbound.channel
    )
    conversation = session.scalars(query).first()
    if conversation is None:
        conversation = Conversation(
            contact_id=contact.id, channel=inbound.channel, our_address=inbound.recipient, touched_at=now
        )
        session.add(conversation)
        session.flush()
    return conversation


def _opt(town: Town, session: Session, conversation: Conversation, contact: Contact, inbound: Inbound) -> None:
    """Note the resident's will; answer only where neither provider nor carrier has."""
    contact.opted_out_at = town.now() if inbound.kind == "opt_out" else None
    if inbound.answered:
        return
    say = Say(sentence="opted_out" if inbound.kind == "opt_out" else "opted_in")
    rendered = render(say, town.city, channel=conversation.channel, language=contact.language)
    outbox.post(session, conversation, rendered, now=town.now())


def take_turns(town: Town, conversation_id: int) -> None:
    """Answer every unread message of a conversation, oldest first; what is quick together, at once."""
    while True:
        conversation, batch = _unread(town, conversation_id)
        if not batch:
            return
        if (wait := _unsettled(town, batch)) > 0:
            town.bell.ring("take_turns", str(conversation_id), after=wait)
            return
        try:
            heard = hear(town, conversation, batch)
            _turn(town, conversation, batch, heard)
        except StaleDataError:
            continue  # somebody answered while we were hearing or deciding: look again
        except AWAY:
            raise  # the database is away: nothing can be noted; the sweeper rings again
        except Exception as error:  # noqa: BLE001  (whatever it is, the resident gets an answer)
            if not _stumble(town, conversation_id, batch, error):
                return
        town.bell.ring("deliver", outbox.destination_of(conversation_id))
        with town.database.read() as session:
            outbox.ring_for(town, session)


def _unread(town: Town, conversation_id: int) -> tuple[Conversation, Sequence[Message]]:
    with town.database.read() as session:
        conversation = session.get_one(Conversation, conversation_id)
        query = select(Message).where(Message.conversation_id == conversation_id, Message.read_at.is_(None))
        batch = session.scalars(query.order_by(Message.id).options(selectinload(Message.photos))).all()
    stumbled = any(message.failures for message in batch)
    return conversation, batch[:1] if stumbled else batch


def _settle_seconds(town: Town, album: str) -> float:
    timing = town.config.file.conversation
    return timing.settle_album_seconds if album else timing.settle_seconds


def _unsettled(town: Town, batch: Sequence[Message]) -> float:
    """Return how many seconds to wait for more of the same; 0 when it is time to answer."""
    now, oldest, newest = town.now(), batch[0], batch[-1]
    if oldest.failures:
        return 0.0
    settled = newest.created_at + timedelta(seconds=_settle_seconds(town, newest.inbound["album"]))
    return (min(settled, oldest.created_at + LONGEST_WAIT) - now).total_seconds()


def _turn(town: Town, known: Conversation, batch: Sequence[Message], heard: Heard) -> None:
    """Decide and carry out: all of it or none."""
    with town.database.write.begin() as session:
        conversation = session.get_one(Conversation, known.id)
        ids = [message.id for message in batch]
        query = select(Message).where(Message.id.in_(ids), Message.read_at.is_(None))
        messages = session.scalars(query).all()
        if conversation.version != known.version or len(messages) != len(batch):
            raise StaleDataError
        state = restore(conversation.state)
        muted = conversation.owner != "bot"
        turn = _only_alarms(state, heard) if muted else take_turn(state, heard, town.city)
        outbox.withdraw_prompts(session, conversation.id, town.now())
        carry_out(town, session, conversation, turn.effects)
        _move(conversation, turn.state, town.now())
        for message in messages:
            message.read_at = heard.at


def _move(conversation: Conversation, state: State, now: datetime) -> None:
    conversation.state = dump(state)
    conversation.touched_at = now
    flag_modified(conversation, "touched_at")  # raises the version, even where the clock stood still
    if conversation.waiting_reason == "incomplete" and state.kept is None:
        conversation.waiting_since, conversation.waiting_reason = None, ""
    if state.draft is None:
        conversation.draft_since = None
    elif conversation.draft_since is None:
        conversation.draft_since = now


def _only_alarms(state: State, heard: Heard) -> Turn:
    """While an agent owns the thread the bot is mute, except for emergencies."""
    if any(utterance.emergency == "911" for utterance in heard.utterances):
        return Turn(state=state, effects=(Say(sentence="emergency"), Alert(kind="emergency")))
    return Turn(state=state)


def _stumble(town: Town, conversation_id: int, batch: Sequence[Message], error: Exception) -> bool:
    """Note a broken turn. Returns True when it was the last straw and a person has been called."""
    kind, where = type(error).__name__, traceback.extract_tb(error.__traceback__)[-1]
    # The error's own words may quote the resident: the log gets its kind and its place.
    log.error("turn failed in conversation %s: %s in %s:%s", conversation_id, kind, where.name, where.lineno)
    with town.database.write.begin() as session:
        conversation = session.get_one(Conversation, conversation_id)
        poisoned = False
        for message in session.scalars(select(Message).where(Message.id.in_([each.id for each in batch]))):
            message.failures += 1
            if message.failures >= MOST_FAILURES:
                poisoned = True
                message.set_aside_at = message.read_at = town.now()
        if poisoned:
            carry_out(town, session, conversation, [HandOff(reason="error"), Say(sentence="hand_off_error")])
            conversation.touched_at = town.now()
    if not poisoned:
        town.bell.ring("take_turns", str(conversation_id), after=2.0 ** max(each.failures for each in batch))
    return poisoned


def give_up_drafts(town: Town) -> int:
    """Turn reports left half-way into items for a person; returns how many."""
    stale = town.now() - timedelta(hours=town.config.file.conversation.incomplete_after_hours)
    with town.database.write.begin() as session:
        query = select(Conversation).where(
            Conversation.draft_since.is_not(None),
            Conversation.touched_at < stale,
            Conversation.waiting_since.is_(None),
            Conversation.owner == "bot",
        )
        conversations = session.scalars(query).all()
        for conversation in conversations:
            _give_up(town, session, conversation)
    for conversation in conversations:
        town.bell.ring("deliver", outbox.destination_of(conversation.id))
    return len(conversations)


def _give_up(town: Town, session: Session, conversation: Conversation) -> None:
    """Put a report aside for people and tell the resident what was kept of it, if anything was told at all."""
    state, say = give_up(restore(conversation.state), town.city)
    conversation.state, conversation.draft_since = dump(state), None
    if say is None:
        return
    wait_for_person(conversation, "incomplete", town.now())
    telling.push(town, session, conversation, say, author="bot")


def answering(town: Town) -> list[int]:
    """Return the conversations with unread messages."""
    with town.database.read() as session:
        query = select(Message.conversation_id).where(Message.read_at.is_(None)).distinct()
        return list(session.scalars(query))
