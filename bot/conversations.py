"""receive(): keep what came in. take_turns(): answer it, one turn, one transaction."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from bot import contacts, fault_points, limits, meters, outbox, telling
from bot.database import AWAY
from bot.effects import carry_out, wait_for_person, watch
from bot.hearing import Unread, hear
from bot.journal import about, fault
from bot.models import Conversation, Message, Photo, Quarantined
from bot.town import Town
from dialogues.gist import gist
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
from dialogues.watching import WATCHED
from webhooks.channel import Inbound, StoreUnavailable

log = logging.getLogger(__name__)

MOST_FAILURES = 3
"""After as many broken turns a person takes over: a resident is never left in silence."""

LONGEST_WAIT = timedelta(seconds=4)
"""However fast messages keep coming, the oldest waits no longer for its brothers."""


_ADD = insert(Message).returning(Message.id)
_UNREAD = (
    select(
        Conversation,
        Message.id,
        Message.kind,
        Message.text,
        Message.inbound,
        Message.created_at,
        Message.failures,
        select(Photo.id).where(Photo.message_id == Message.id).exists().label("shows"),
        limits.WRITES_TOO_MUCH.label("too_much"),
        outbox.ASKS.label("asks"),
    )
    .join(Conversation, Conversation.id == Message.conversation_id)
    .where(Message.conversation_id == bindparam("conversation"), Message.read_at.is_(None))
    .order_by(Message.id)
)
_READ = (
    update(Message)
    .where(Message.id == bindparam("message"), Message.read_at.is_(None))
    .values(read_at=bindparam("at"), language=bindparam("spoken"), understood=bindparam("gist"))
)
"""Built once: every message and every turn asks them."""


def receive(town: Town, inbound: Inbound) -> None:
    """Store what a provider delivered, once, and ring. Raises `StoreUnavailable` when it can't be stored."""
    fault_points.reached("receive.before")
    try:
        with meters.step("receive"):
            conversation_id = _store(town, inbound)
    except AWAY as error:
        raise StoreUnavailable from error
    fault_points.reached("receive.after")
    if conversation_id is not None:
        with about(conversation_id):
            log.info("a message came in by %s", inbound.channel)
        town.bell.ring("take_turns", str(conversation_id), after=_settle_seconds(town, inbound.album))
        if inbound.kind in ("opt_out", "opt_in"):
            town.bell.ring("deliver", outbox.destination_of(conversation_id))


def _store(town: Town, inbound: Inbound) -> int | None:
    """Return the conversation to be answered; None for a redelivery and for what nobody can read."""
    for _ in range(3):  # two first messages of a newcomer race for the contact's row
        try:
            with town.database.engine.begin() as connection:
                if inbound.kind == "unreadable":
                    connection.execute(insert(Quarantined), _quarantined(inbound, town.now()))
                    return None
                return _keep(town, connection, inbound)
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


def _quarantined(inbound: Inbound, now: datetime) -> Mapping[str, Any]:
    known = {"channel": inbound.channel, "external_id": inbound.external_id}
    return {**known, "raw": dict(inbound.raw), "created_at": now}


def _keep(town: Town, connection: Connection, inbound: Inbound) -> int:
    now = town.now()
    conversation_id = contacts.thread_of(connection, inbound, now)
    silent = inbound.answered or inbound.kind in ("opt_out", "opt_in")
    message = {
        "conversation_id": conversation_id,
        "channel": inbound.channel,
        "external_id": inbound.external_id,
        "author": "resident",
        "kind": inbound.kind,
        "text": inbound.text.replace("\x00", ""),
        "inbound": {
            "pin": [inbound.pin.lat, inbound.pin.long, inbound.pin.label] if inbound.pin else None,
            "choice": inbound.choice,
            "message_ref": inbound.message_ref,
            "corrects": inbound.corrects,
            "quotes": inbound.quotes,
            "album": inbound.album,
        },
        "raw": dict(inbound.raw),
        "created_at": now,
        "read_at": now if silent else None,
        "state": "received",
    }
    message_id = connection.execute(_ADD, message).scalar_one()
    if inbound.media or inbound.kind in ("opt_out", "opt_in"):
        with Session(connection) as session:
            session.add_all(
                Photo(message_id=message_id, channel=inbound.channel, ref=it.ref) for it in inbound.media
            )
            if inbound.kind in ("opt_out", "opt_in"):
                _opt(town, session, session.get_one(Conversation, conversation_id), inbound)
            session.flush()
    return conversation_id


def _opt(town: Town, session: Session, conversation: Conversation, inbound: Inbound) -> None:
    """Note the resident's will; answer only where neither provider nor carrier has."""
    contact = conversation.contact
    contact.opted_out_at = town.now() if inbound.kind == "opt_out" else None
    if inbound.answered:
        return
    say = Say(sentence="opted_out" if inbound.kind == "opt_out" else "opted_in")
    rendered = render(say, town.city, channel=conversation.channel, language=contact.language)
    outbox.post(session, conversation, rendered, now=town.now())


def take_turns(town: Town, conversation_id: int) -> None:
    """Answer every unread message of a conversation, oldest first; what is quick together, at once.

    Of very many, some at a time: other conversations' come in between.
    """
    while True:
        if (settled := _settled(town, conversation_id)) is None:
            return
        batch, stands = settled.batch, settled.stands
        part = batch if stands else batch[: town.config.file.limits.messages_per_turn]
        try:
            posted = _answer(town, replace(settled, batch=part))
        except StaleDataError:
            meters.turn("overtaken")
            continue  # somebody answered while we were hearing or deciding: look again
        for destination in posted or ():
            town.bell.ring("deliver", destination)
        if stands or len(part) < len(batch):
            town.bell.ring("take_turns", str(conversation_id))
        if posted is None or not any(message.failures for message in batch):
            return  # whatever came in meanwhile has rung; only behind a stumbling block more may lie


def _answer(town: Town, settled: _Settled) -> Collection[str] | None:
    """Take one turn and return the destinations to ring for; None: it broke, and rings again later."""
    batch, conversation_id = settled.batch, settled.conversation.id
    try:
        if settled.stands:
            return _put_by(town, settled)
        with meters.step("hear"):
            heard = hear(town, settled.conversation, batch)
        fault_points.reached("hear")
        with meters.step("commit"):
            posted = _turn(town, settled, heard)
        fault_points.reached("commit.after")
        meters.turn("answered")
        log.info("a turn was taken: messages answered: %s", len(batch))
        return posted
    except (StaleDataError, *AWAY):
        raise  # AWAY: nothing can be noted; the sweeper rings again
    except Exception as error:  # noqa: BLE001  (whatever it is, the resident gets an answer)
        last_straw = _stumble(town, conversation_id, batch, error)
        return {outbox.destination_of(conversation_id)} if last_straw else None


@dataclass(frozen=True)
class _Settled:
    """What is to be answered now. `asks`: a question of ours may still wait to be sent."""

    conversation: Conversation
    batch: Sequence[Unread]
    stands: limits.Standing
    asks: bool


def _settled(town: Town, conversation_id: int) -> _Settled | None:
    """Return what is to be answered now; None, and a ring for later, where more of it may be coming."""
    whose = {"conversation": conversation_id, "goes_to": outbox.destination_of(conversation_id)}
    with town.database.read() as session:
        rows = session.execute(_UNREAD, {**whose, **limits.spans(town)}).all()
        batch = [_unread(session, row) for row in rows]
    if not rows:
        return None
    if (wait := _unsettled(town, batch)) > 0:
        town.bell.ring("take_turns", str(conversation_id), after=wait)
        return None
    conversation, stumbled = rows[0].Conversation, any(message.failures for message in batch)
    stands = limits.standing(conversation, too_much=rows[0].too_much)
    return _Settled(conversation, batch[:1] if stumbled else batch, stands, rows[0].asks)


def _unread(session: Session, row: Row[Any]) -> Unread:
    of_it = select(Photo.id).where(Photo.message_id == row.id).order_by(Photo.id)
    photos = session.scalars(of_it).all() if row.shows else ()
    return Unread(row.id, row.kind, row.text, row.inbound, row.created_at, row.failures, photos)


def _settle_seconds(town: Town, album: str) -> float:
    timing = town.config.file.conversation
    return timing.settle_album_seconds if album else timing.settle_seconds


def _unsettled(town: Town, batch: Sequence[Unread]) -> float:
    """Return how many seconds to wait for more of the same; 0 when it is time to answer."""
    now, oldest, newest = town.now(), batch[0], batch[-1]
    if oldest.failures:
        return 0.0
    settled = newest.created_at + timedelta(seconds=_settle_seconds(town, newest.inbound["album"]))
    return (min(settled, oldest.created_at + LONGEST_WAIT) - now).total_seconds()


def _turn(town: Town, settled: _Settled, heard: Heard) -> Collection[str]:
    """Decide and carry out: all of it or none. Returns the destinations to ring for.

    The conversation is as it was when it was heard. Raises `StaleDataError` where it has changed since.
    """
    conversation = settled.conversation
    with town.database.write.begin() as session:
        session.add(conversation)
        state = restore(conversation.state)
        muted = conversation.owner != "bot"
        with meters.step("turn"):
            turn = _only_alarms(state, heard) if muted else take_turn(state, heard, town.city)
        fault_points.reached("turn")
        if instead := limits.held_up(town, session, conversation, turn.effects):
            turn = replace(turn, state=replace(state, awaiting="", read_back=None), effects=instead)
        if settled.asks:  # seldom: most turns come after the question was sent
            outbox.withdraw_prompts(session, conversation.id, town.now())
        carry_out(town, session, conversation, turn.effects)
        _move(conversation, turn, town.now())
        session.flush()  # the thread first, as whoever answers in it does: two never wait for one another
        for message, said in zip(settled.batch, heard.utterances, strict=True):
            language = said.language or heard.language
            foreign = language not in ("", town.city.languages[0])
            _mark_read(session, message, heard.at, language, gist(said, state, town.city) if foreign else "")
        fault_points.reached("commit.before")
    return outbox.posted(session)


def _put_by(town: Town, settled: _Settled) -> Collection[str]:
    """Answer a sender who is over a limit, or blocked, without a turn of the talk; raises as `_turn` does."""
    conversation, batch = settled.conversation, settled.batch
    grave = limits.tells_of_danger(town, batch)
    with town.database.write.begin() as session:
        session.add(conversation)
        limits.put_by(town, session, conversation, batch, settled.stands, grave=grave)
        _move(conversation, Turn(state=restore(conversation.state)), town.now())
        session.flush()
        for message in batch:
            _mark_read(session, message, town.now())
    return outbox.posted(session)


def _mark_read(
    session: Session, message: Unread, at: datetime, language: str = "", understood: str = ""
) -> None:
    """Note that a message is answered, its language, and for staff what was made of it in another than the
    city's own; raises `StaleDataError` where somebody has answered it."""
    values = {"message": message.id, "at": at, "spoken": language, "gist": understood}
    if session.connection().execute(_READ, values).rowcount != 1:
        raise StaleDataError


def _move(conversation: Conversation, turn: Turn, now: datetime) -> None:
    state = turn.state
    conversation.state = dump(state)
    conversation.touched_at = now
    flag_modified(conversation, "touched_at")  # raises the version, even where the clock stood still
    if conversation.waiting_reason == "incomplete" and state.kept is None:
        conversation.waiting_since, conversation.waiting_reason = None, ""
    watch(conversation, turn.concern, now)
    if state.draft is None:
        conversation.draft_since = None
    elif conversation.draft_since is None:
        conversation.draft_since = now


def _only_alarms(state: State, heard: Heard) -> Turn:
    """While an agent owns the thread the bot is mute, except for emergencies."""
    if any(utterance.emergency == "911" for utterance in heard.utterances):
        return Turn(state=state, effects=(Say(sentence="emergency"), Alert(kind="emergency")))
    return Turn(state=state)


def _stumble(town: Town, conversation_id: int, batch: Sequence[Unread], error: Exception) -> bool:
    """Note a broken turn. Returns True when it was the last straw and a person has been called."""
    fault(log, error, "turn failed in conversation %s", conversation_id)
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
    meters.turn("set_aside" if poisoned else "failed")
    if not poisoned:
        town.bell.ring("take_turns", str(conversation_id), after=2.0 ** max(each.failures for each in batch))
    return poisoned


def give_up_drafts(town: Town) -> int:
    """Turn reports left half-way into items for a person; returns how many threads that is.

    Nor is a thread watched any more in which nothing was said for as long.
    """
    stale = town.now() - timedelta(hours=town.config.file.conversation.incomplete_after_hours)
    watched = Conversation.waiting_reason.in_(WATCHED)
    with town.database.write.begin() as session:
        query = select(Conversation).where(
            or_(Conversation.draft_since.is_not(None), watched),
            Conversation.touched_at < stale,
            or_(Conversation.waiting_since.is_(None), watched),
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
    watch(conversation, "", town.now())
    if conversation.draft_since is None:
        return
    state, say = give_up(restore(conversation.state), town.city)
    conversation.state, conversation.draft_since = dump(state), None
    if say is None:
        return
    conversation.abandoned_at = town.now()
    wait_for_person(conversation, "incomplete", town.now())
    telling.push(town, session, conversation, say, author="bot")


def answering(town: Town) -> list[int]:
    """Return the conversations with unread messages."""
    with town.database.read() as session:
        query = select(Message.conversation_id).where(Message.read_at.is_(None)).distinct()
        return list(session.scalars(query))
