"""take_turns(): answer what came in, all of a turn in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Integer,
    Row,
    String,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from bot import fault_points, limits, meters, outbox, telling
from bot.database import AWAY
from bot.effects import carry_out, wait_for_person, watch
from bot.hearing import GLANCE, Glance, Talk, Unread, hear
from bot.journal import about, fault
from bot.models import Conversation, Message, Photo
from bot.rows import any_row, rows
from bot.town import Town
from dialogues.gist import gist
from dialogues.manager import take_turn
from dialogues.pauses import give_up
from dialogues.state import dump, restore
from dialogues.types import Alert, HandOff, Heard, Say, State, Turn
from dialogues.watching import WATCHED

log = logging.getLogger(__name__)

MOST_FAILURES = 3
"""After as many broken turns a person takes over: a resident is never left in silence."""

LONGEST_WAIT = timedelta(seconds=4)
"""However fast messages keep coming, the oldest waits no longer for its brothers."""


_ASKED = rows("conversations", id=BigInteger())
_UNREAD = (
    select(
        Conversation,
        Message.id,
        Message.kind,
        Message.text,
        Message.inbound,
        Message.created_at,
        Message.failures,
        any_row(select(Photo.id).where(Photo.message_id == Message.id).correlate(Message)).label("shows"),
        limits.WRITES_TOO_MUCH.label("too_much"),
        outbox.WAITS.label("waits"),
        *GLANCE,
    )
    .join(Conversation, Conversation.id == Message.conversation_id)
    .where(Conversation.id.in_(select(_ASKED.c.id)), Message.read_at.is_(None))
    .order_by(Message.id)
)
_PICTURES = select(Photo.id).where(Photo.message_id == bindparam("of")).order_by(Photo.id)
_NOTED = rows("noted", message=BigInteger(), spoken=String(), gist=String())
_READ = (
    update(Message)
    .where(Message.id == _NOTED.c.message, Message.read_at.is_(None))
    .values(read_at=bindparam("at"), language=_NOTED.c.spoken, understood=_NOTED.c.gist)
    .returning(Message.id)
)
_MOVES = rows("moves", thread=BigInteger(), seen=Integer(), talk=JSON(), drafts=Boolean())
_MOVE = (
    update(Conversation)
    .where(Conversation.id == _MOVES.c.thread, Conversation.version == _MOVES.c.seen)
    .values(
        state=_MOVES.c.talk,
        touched_at=bindparam("at"),
        draft_since=case((_MOVES.c.drafts, func.coalesce(Conversation.draft_since, bindparam("at")))),
        version=Conversation.version + 1,
    )
    .returning(Conversation.id)
)
"""Built once: every turn asks them."""


def take_turns(town: Town, conversation_id: int) -> None:
    """Answer every unread message of a conversation, oldest first; what is quick together, at once.

    Of very many, some at a time: other conversations' come in between.
    """
    while True:
        if not (found := _settled(town, [conversation_id])):
            return
        [settled] = found
        batch, stands = settled.batch, settled.stands
        part = batch if stands else batch[: town.config.file.limits.messages_per_turn]
        try:
            posted = _answer(town, replace(settled, batch=part))
        except StaleDataError:
            meters.turn("overtaken")
            continue  # somebody answered while we were hearing or deciding: look again
        outbox.ring(town, posted or ())
        if stands or len(part) < len(batch):
            town.bell.ring("take_turns", str(conversation_id))
        if posted is None or not settled.stumbled:
            return  # whatever came in meanwhile has rung; only behind a stumbling block more may lie


def take_together(town: Town, conversation_ids: Iterable[int]) -> Collection[int]:
    """Take the turns of several conversations in one transaction: on a busy night that spares a fifth of each.

    Returns those that have to be taken one by one, by `take_turns`: who is over a limit or in trouble, and all
    of them where one turn broke or came late. Raises what says that the database is away.
    """
    found = _settled(town, list(conversation_ids))
    numbers = {each.conversation.id for each in found}
    plain = [each for each in found if _is_plain(town, each)]
    if len(plain) < 2:
        return numbers
    taken = {each.conversation.id for each in plain}
    try:
        posted = _taken(town, plain)
    except AWAY:
        raise
    except Exception as error:  # noqa: BLE001  (by itself it is told what broke, and in which turn)
        log.info("%s turns are taken one by one: %s", len(plain), type(error).__name__)
        return numbers
    outbox.ring(town, posted)
    return numbers - taken


def _is_plain(town: Town, settled: _Settled) -> bool:
    """Tell whether a conversation has nothing about it that asks for a turn by itself."""
    many = len(settled.batch) > town.config.file.limits.messages_per_turn
    return not (settled.stands or many or settled.stumbled)


def _answer(town: Town, settled: _Settled) -> Collection[str] | None:
    """Take one turn and return the destinations to ring for; None: it broke, and rings again later."""
    batch, conversation_id = settled.batch, settled.conversation.id
    try:
        if settled.stands:
            return _put_by(town, settled)
        return _taken(town, [settled])
    except (StaleDataError, *AWAY):
        raise  # AWAY: nothing can be noted; the sweeper rings again
    except Exception as error:  # noqa: BLE001  (whatever it is, the resident gets an answer)
        last_straw = _stumble(town, conversation_id, batch, error)
        return {outbox.destination_of(conversation_id)} if last_straw else None


@dataclass(frozen=True)
class _Settled(Talk):
    """What is to be answered now. `waits`: something of ours still waits to be sent."""

    stands: limits.Standing
    waits: bool

    @property
    def stumbled(self) -> bool:
        """Whether a turn on any of it broke before."""
        return any(message.failures for message in self.batch)


def _settled(town: Town, conversation_ids: Sequence[int]) -> Sequence[_Settled]:
    """Return what is to be answered now, of each conversation; where more may be coming, ring for it later."""
    asked = {"conversations": [[each] for each in conversation_ids], "now": town.now(), **limits.spans(town)}
    of_each: dict[int, list[Row[Any]]] = {}
    with town.database.read() as session:
        for row in session.execute(_UNREAD, asked):
            of_each.setdefault(row.Conversation.id, []).append(row)
        unread = [(rows[0], [_unread(session, row) for row in rows]) for _, rows in sorted(of_each.items())]
    return [settled for first, batch in unread if (settled := _if_settled(town, first, batch))]


def _if_settled(town: Town, first: Row[Any], batch: Sequence[Unread]) -> _Settled | None:
    conversation: Conversation = first.Conversation
    if (wait := _unsettled(town, batch)) > 0:
        town.bell.ring("take_turns", str(conversation.id), after=wait)
        return None
    stumbled = any(message.failures for message in batch)
    return _Settled(
        conversation,
        restore(conversation.state),
        batch[:1] if stumbled else batch,
        Glance(first.last_state, first.has_cases, first.has_notices, first.has_storm),
        limits.standing(conversation, too_much=first.too_much),
        first.waits,
    )


def _unread(session: Session, row: Row[Any]) -> Unread:
    photos = session.scalars(_PICTURES, {"of": row.id}).all() if row.shows else ()
    return Unread(row.id, row.kind, row.text, row.inbound, row.created_at, row.failures, photos)


def _unsettled(town: Town, batch: Sequence[Unread]) -> float:
    """Return how many seconds to wait for more of the same; 0 when it is time to answer."""
    now, oldest, newest = town.now(), batch[0], batch[-1]
    if oldest.failures:
        return 0.0
    wait = town.config.file.conversation.settles_after(
        newest.text,
        album=newest.inbound["album"],
        shows=bool(newest.photos),
        pressed=bool(newest.inbound["choice"]),
    )
    settled = newest.created_at + timedelta(seconds=wait)
    return (min(settled, oldest.created_at + LONGEST_WAIT) - now).total_seconds()


def _taken(town: Town, settled: Sequence[_Settled]) -> Collection[str]:
    """Hear all of them, decide on all, then carry all out; returns the destinations to ring for."""
    with meters.step("hear"):
        heard = hear(town, settled)
    fault_points.reached("hear")
    turns = [_decided(town, each, said) for each, said in zip(settled, heard, strict=True)]
    fault_points.reached("turn")
    with meters.step("commit"):
        posted = _carried_out(town, settled, heard, turns)
    fault_points.reached("commit.after")
    for each in settled:
        meters.turn("answered")
        with about(each.conversation.id):
            log.info("a turn was taken: messages answered: %s", len(each.batch))
    return posted


def _decided(town: Town, settled: _Settled, heard: Heard) -> Turn:
    with about(settled.conversation.id), meters.step("turn"):
        if settled.conversation.owner != "bot":
            return _only_alarms(settled.state, heard)
        return take_turn(settled.state, heard, town.city)


def _carried_out(
    town: Town, settled: Sequence[_Settled], heard: Sequence[Heard], turns: Sequence[Turn]
) -> Collection[str]:
    """Carry out a turn for each: all of it or none. Returns the destinations to ring for.

    The conversations are as they were when they were heard; raises `StaleDataError` where one has changed.
    """
    free = () if town.hand is None else (each.conversation.id for each in settled if not each.waits)
    with town.database.write.begin() as session:
        pairs = list(zip(settled, turns, strict=True))
        held = limits.held_up(town, session, ((each.conversation, turn.effects) for each, turn in pairs))
        with outbox.gathered(session, claims=map(outbox.destination_of, free)):
            taken = [
                (each.conversation, _carry_out(town, session, each, turn, held=each.conversation.id in held))
                for each, turn in pairs
            ]
        # The thread first, as whoever answers in it does: two never wait for one another.
        _move(session, taken, town.now())
        noted = (_noted(town, each, said) for each, said in zip(settled, heard, strict=True))
        _mark_read(session, [*chain.from_iterable(noted)], town.now())
        fault_points.reached("commit.before")
    if town.hand is not None:
        town.hand.claimed.update(outbox.claimed(session))
    return outbox.posted(session)


def _carry_out(town: Town, session: Session, settled: _Settled, turn: Turn, *, held: bool) -> Turn:
    """Carry out a turn, in the caller's transaction; returns it as it became where a limit `held` it up."""
    conversation = settled.conversation
    with about(conversation.id):
        session.add(conversation)
        if held:
            kept = replace(settled.state, awaiting="", read_back=None)
            turn = replace(turn, state=kept, effects=tuple(limits.INSTEAD))
        if settled.waits:  # seldom: most turns come after the question was sent
            outbox.withdraw_prompts(session, conversation.id, town.now())
        carry_out(town, session, conversation, turn.effects)
        return turn


def _noted(town: Town, settled: _Settled, heard: Heard) -> Iterator[Sequence[Any]]:
    """Yield what is noted of each message: its language, and for staff what was made of it in another than the
    city's own."""
    for message, said in zip(settled.batch, heard.utterances, strict=True):
        language = said.language or heard.language
        foreign = language not in ("", town.city.languages[0])
        understood = gist(said, settled.state, town.city) if foreign else ""
        yield message.id, language, understood


def _put_by(town: Town, settled: _Settled) -> Collection[str]:
    """Answer a sender who is over a limit, or blocked, without a turn of the talk; raises as `_taken` does."""
    conversation, batch = settled.conversation, settled.batch
    grave = limits.tells_of_danger(town, batch)
    with town.database.write.begin() as session:
        session.add(conversation)
        limits.put_by(town, session, conversation, batch, settled.stands, grave=grave)
        _move(session, [(conversation, Turn(state=settled.state))], town.now())
        _mark_read(session, [(each.id, "", "") for each in batch], town.now())
    return outbox.posted(session)


def _mark_read(session: Session, noted: Sequence[Sequence[Any]], now: datetime) -> None:
    """Note that messages are answered; raises `StaleDataError` where somebody has answered one of them."""
    if len(session.connection().execute(_READ, {"noted": noted, "at": now}).all()) != len(noted):
        raise StaleDataError


def _move(session: Session, moves: Sequence[tuple[Conversation, Turn]], now: datetime) -> None:
    """Write where each talk stands now; raises `StaleDataError` where one has moved on since.

    By one statement for all: the mapper, which counts versions too, would write each by itself.
    """
    for conversation, turn in moves:
        if conversation.waiting_reason == "incomplete" and turn.state.kept is None:
            conversation.waiting_since, conversation.waiting_reason = None, ""
        watch(conversation, turn.concern, now)
    session.flush()  # whatever else has changed in them
    moved = [
        (thread.id, thread.version, dump(turn.state), turn.state.draft is not None) for thread, turn in moves
    ]
    if len(session.connection().execute(_MOVE, {"moves": moved, "at": now}).all()) != len(moved):
        raise StaleDataError


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
