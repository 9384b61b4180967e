"""What is to be sent: posted in the transaction that decides it, rung for after its commit (see `delivery`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnExpressionArgument, bindparam, select, update
from sqlalchemy.orm import Session

from bot import external_requests
from bot.external_requests import NUMBERS_ITSELF
from bot.models import Conversation, Message, OutboxEntry
from bot.town import Town
from dialogues.rendering import Rendered

UNTRIED_PUSH = (OutboxEntry.kind == "push") & (OutboxEntry.attempts == 0)
"""What nobody asked for and nobody was sent: it may be held back, overtaken and withdrawn."""

HERE = OutboxEntry.destination == bindparam("destination")
"""What is for one destination, which comes as a parameter."""

_PROMPTS = select(OutboxEntry.id).where(
    HERE, OutboxEntry.done_at.is_(None), OutboxEntry.unknown.is_(False), OutboxEntry.is_prompt
)
"""Built once: every turn asks it."""


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
) -> OutboxEntry:
    """Put a message for the resident into the outbox, within the caller's transaction.

    `kind` is "reply" (answers what they wrote) or "push" (a status; not sent after an opt-out, and
    overtaken by replies while it is held back until `due`). `about` is the row of the case it speaks of.
    """
    message = Message(
        conversation_id=conversation.id,
        channel=conversation.channel,
        author=author,
        text=rendered.text,
        gloss=rendered.gloss,
        created_at=now,
        read_at=now,
        state="waiting",
        service_request_id=about,
    )
    session.add(message)
    options = [{"label": option.label, "value": option.value} for option in rendered.options]
    entry = OutboxEntry(
        destination=destination_of(conversation.id),
        kind=kind,
        message=message,
        payload={
            "options": options,
            "ask_location": rendered.ask_location,
            "location_label": rendered.location_label,
            "photo": rendered.photo,
        },
        is_prompt=is_prompt,
        created_at=now,
        due_at=due or now,
    )
    session.add(entry)
    _remember(session, entry.destination)
    return entry


def notify(session: Session, department: str, payload: dict[str, Any], *, backend: str, now: datetime) -> None:
    """Put a notice for a department's system into the outbox, within the caller's transaction."""
    destination = department_of(department, backend)
    if backend == NUMBERS_ITSELF and payload["event"] == "filed":
        external_requests.expect(session, payload["service_request"], department)
    elif backend == NUMBERS_ITSELF:  # until the case has a number there, what follows holds up no other case
        destination = f"{destination}:{payload['service_request']}"
    session.add(OutboxEntry(destination=destination, kind=backend, payload=payload, created_at=now, due_at=now))
    _remember(session, destination)


def _remember(session: Session, destination: str) -> None:
    session.info.setdefault("posted", set()).add(destination)


def posted(session: Session) -> Collection[str]:
    """Return the destinations that this session's transactions posted to: ring for them after the commit."""
    return frozenset(session.info.get("posted", ()))


def destination_of(conversation_id: int) -> str:
    """Return the destination that a conversation's messages share, and so their order."""
    return f"conversation:{conversation_id}"


def department_of(code: str, backend: str) -> str:
    """Return the destination of a department's notices by one backend: one that is down holds up no other."""
    return f"department:{code}:{backend}"


def ring_department(town: Town, code: str) -> None:
    """Ring for all that a department is to be told; call it after the commit."""
    department = town.config.departments.get(code)
    for way in department.ways if department else ():
        town.bell.ring("deliver", department_of(code, way))


def withdraw_prompts(session: Session, conversation_id: int, now: datetime) -> None:
    """Take back questions that surely were not sent yet: the turn under way asks anew."""
    prompts = session.scalars(_PROMPTS, {"destination": destination_of(conversation_id)}).all()
    if prompts:  # seldom: most turns come after the question was sent
        withdraw(session, now, OutboxEntry.id.in_(prompts))


def withdraw(session: Session, now: datetime, *which: ColumnExpressionArgument[bool]) -> None:
    """Take back the entries not done yet that all of `which` fit, and their messages."""
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
