"""What is to be sent: posted in the transaction that decides it, rung for after its commit (see `delivery`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnExpressionArgument,
    String,
    bindparam,
    cast,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Session

from bot import external_requests
from bot.base import Base
from bot.entries import Claimed, Entry, Letter
from bot.external_requests import NUMBERS_ITSELF
from bot.models import Conversation, Message, OutboxEntry
from bot.rows import any_row, insert_all
from bot.town import Town
from dialogues.rendering import Rendered

_WAY = re.compile(r"department:(?P<code>.+?):(?P<kind>\w+)(:\d+)?")

TOLD_WITHIN = 2.0
"""Seconds within which what a worker's turns have for a department is told together."""

UNTRIED_PUSH = (OutboxEntry.kind == "push") & (OutboxEntry.attempts == 0)
"""What nobody asked for and nobody was sent: it may be held back, overtaken and withdrawn."""

HERE = OutboxEntry.destination == bindparam("goes_to")
"""What is for one destination, which comes as a parameter."""

ENTRY = tuple(getattr(OutboxEntry, column.name) for column in fields(Entry))
"""The columns of an `Entry`."""

_PROMPTS = (  # that surely were not sent yet
    HERE,
    OutboxEntry.done_at.is_(None),
    OutboxEntry.unknown.is_(False),
    OutboxEntry.is_prompt.is_(True),
)
_TAKE_BACK = (
    update(Message)
    .where(Message.id.in_(select(OutboxEntry.message_id).where(*_PROMPTS)))
    .values(state="superseded"),
    update(OutboxEntry).where(*_PROMPTS).values(done_at=bindparam("now"), outcome="superseded"),
)
_ITS_OWN = OutboxEntry.destination == literal("conversation:").concat(cast(Conversation.id, String))
WAITS = any_row(select(OutboxEntry.id).where(_ITS_OWN, OutboxEntry.done_at.is_(None)).correlate(Conversation))
"""Whether anything of ours still waits to be sent, for a query of conversations."""


def post(
    session: Session,
    conversation: Conversation,
    rendered: Rendered,
    *,
    now: datetime,
    author: str = "bot",
    kind: str = "reply",
    is_prompt: bool = False,
    about: int | None = None,
    due: datetime | None = None,
    raw: Mapping[str, Any] | None = None,
) -> None:
    """Put a message for the resident into the outbox, within the caller's transaction.

    `kind` is "reply" (answers what they wrote) or "push" (a status; not sent after an opt-out, and
    overtaken by replies while it is held back until `due`). `about` is the row of the case it speaks of,
    `raw` what else is kept of it.
    """
    message = {
        "conversation_id": conversation.id,
        "channel": conversation.channel,
        "author": author,
        "text": rendered.text,
        "gloss": rendered.gloss,
        "raw": dict(raw or {}),
        "created_at": now,
        "read_at": now,
        "state": "waiting",
        "service_request_id": about,
    }
    payload = {
        "options": [{"label": option.label, "value": option.value} for option in rendered.options],
        "ask_location": rendered.ask_location,
        "location_label": rendered.location_label,
        "photo": rendered.photo,
    }
    entry = Entry(destination_of(conversation.id), kind, payload, created_at=now, due_at=due or now)
    letter = None
    if kind == "reply" and due is None and entry.destination in session.info.get("claims", ()):
        session.info["claims"].remove(entry.destination)  # what else is said follows when this has gone
        entry, letter = entry.claimed(now), _letter(conversation, rendered.text)
    _enter(session, _Posted(entry, is_prompt, message, letter))


def _letter(conversation: Conversation, text: str) -> Letter:
    contact = conversation.contact
    return Letter(
        text=text,
        external_id=None,
        contact_id=contact.id,
        channel=conversation.channel,
        our_address=conversation.our_address,
        address=contact.address,
        opted_out_at=contact.opted_out_at,
        unreachable_at=contact.unreachable_at,
    )


def notify(session: Session, department: str, payload: dict[str, Any], *, backend: str, now: datetime) -> None:
    """Put a notice for a department's system into the outbox, within the caller's transaction."""
    destination = department_of(department, backend)
    if backend == NUMBERS_ITSELF and payload["event"] == "filed":
        external_requests.expect(session, payload["service_request"], department)
    elif backend == NUMBERS_ITSELF:  # until the case has a number there, what follows holds up no other case
        destination = f"{destination}:{payload['service_request']}"
    _enter(session, _Posted(Entry(destination, backend, payload, created_at=now, due_at=now)))


@dataclass(frozen=True)
class _Posted:
    """An entry with the message that it sends; `letter`: this process has claimed it, and sends it."""

    entry: Entry
    is_prompt: bool = False
    message: Mapping[str, Any] | None = None
    letter: Letter | None = None

    def row(self, message_id: int | None) -> dict[str, Any]:
        """Return it as it stands in the database, where a claimed one is unknown until it is marked."""
        row = vars(self.entry) | {"message_id": message_id, "is_prompt": self.is_prompt}
        del row["id"]
        return row | {"unknown": self.letter is not None}


def _enter(session: Session, posted: _Posted) -> None:
    """Put it into the outbox, and remember to ring for it."""
    session.info.setdefault("posted", set()).add(posted.entry.destination)
    session.info.setdefault("gathered", []).append(posted)
    if not session.info.get("gathers"):
        _write(session)


@contextmanager
def gathered(session: Session, claims: Iterable[str] = ()) -> Iterator[None]:
    """Write all that is posted meanwhile at once, at the end, and what is `later`: it spares each turn a trip.

    The first reply to each of `claims`, destinations for which nothing else waits, is claimed as it is posted:
    `claimed` returns them.
    """
    session.info["gathers"], session.info["claims"] = True, set(claims)
    yield
    session.info["gathers"] = False
    _write(session)
    for kind, rows in session.info.pop("later", {}).items():
        insert_all(session.connection(), kind, rows)


def later(session: Session, kind: type[Base], **row: Any) -> None:
    """Add a row that nothing reads before the transaction's end: where turns are gathered, with theirs."""
    if session.info.get("gathers"):
        session.info.setdefault("later", {}).setdefault(kind, []).append(row)
    else:
        session.add(kind(**row))


def _write(session: Session) -> None:
    """Write what was gathered, in the order in which it was posted."""
    waiting: Sequence[_Posted] = session.info.pop("gathered", ())
    if messages := [posted.message for posted in waiting if posted.message]:
        ids = iter(insert_all(session.connection(), Message, messages))
    if rows := [posted.row(next(ids) if posted.message else None) for posted in waiting]:
        numbers = insert_all(session.connection(), OutboxEntry, rows)
        for posted, row, number in zip(waiting, rows, numbers, strict=True):
            if posted.letter:
                entry = replace(posted.entry, id=number, message_id=row["message_id"])
                session.info.setdefault("claimed", {})[entry.destination] = Claimed(entry, posted.letter)


def claimed(session: Session) -> Mapping[str, Claimed]:
    """Return what was claimed as it was posted, by destination: whoever posted it sends it after the commit."""
    return dict(session.info.get("claimed", {}))


def posted(session: Session) -> Collection[str]:
    """Return the destinations that this session's transactions posted to: ring for them after the commit."""
    return frozenset(session.info.get("posted", ()))


def destination_of(conversation_id: int) -> str:
    """Return the destination that a conversation's messages share, and so their order."""
    return f"conversation:{conversation_id}"


def conversation_of(destination: str) -> int | None:
    """Return the conversation that a destination is; None where it is a department."""
    number = destination.removeprefix("conversation:")
    return int(number) if number.isdecimal() else None


def department_of(code: str, backend: str) -> str:
    """Return the destination of a department's notices by one backend: one that is down holds up no other."""
    return f"department:{code}:{backend}"


def way_of(destination: str) -> tuple[str, str]:
    """Return of which department a destination is, and by which backend it hears."""
    way = _WAY.fullmatch(destination)
    assert way is not None
    return way["code"], way["kind"]


def ring(town: Town, destinations: Iterable[str]) -> None:
    """Ring for what was posted, after the commit: a worker tells departments of several cases at once."""
    for destination in destinations:
        is_department = conversation_of(destination) is None
        town.bell.ring("deliver", destination, after=TOLD_WITHIN if town.hand and is_department else 0.0)


def ring_department(town: Town, code: str) -> None:
    """Ring for all that a department is to be told; call it after the commit."""
    department = town.config.departments.get(code)
    for way in department.ways if department else ():
        town.bell.ring("deliver", department_of(code, way))


def withdraw_prompts(session: Session, conversation_id: int, now: datetime) -> None:
    """Take back questions that surely were not sent yet: the turn under way asks anew."""
    _write(session)
    for change in _TAKE_BACK:
        session.connection().execute(change, {"goes_to": destination_of(conversation_id), "now": now})


def withdraw(session: Session, now: datetime, *which: ColumnExpressionArgument[bool]) -> None:
    """Take back the entries not done yet that all of `which` fit, and their messages."""
    _write(session)
    waiting = (OutboxEntry.done_at.is_(None), *which)
    theirs = Message.id.in_(select(OutboxEntry.message_id).where(*waiting))
    messages = update(Message).where(theirs).values(state="superseded")
    entries = update(OutboxEntry).where(*waiting).values(done_at=now, outcome="superseded")
    for change in (messages, entries):
        session.execute(change.execution_options(synchronize_session=False))


def ring_for(town: Town, session: Session) -> None:
    """Ring for every destination with something due; call it after the commit."""
    for destination in due_destinations(session, town.now()):
        town.bell.ring("deliver", destination)


def due_destinations(session: Session, now: datetime) -> Sequence[str]:
    """Return the destinations that have something to be sent by now."""
    query = select(OutboxEntry.destination).where(OutboxEntry.done_at.is_(None), OutboxEntry.due_at <= now)
    return session.scalars(query.distinct()).all()
