"""The only code that sends: post() within a transaction, deliver() outside of one, back-off between.

At least once, said plainly: neither provider has an idempotency key, so a crash between sending and
marking may repeat a text. A send with an unknown outcome is looked up before it is repeated.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.backends import BackendError
from bot.models import Contact, Conversation, Message, OutboxEntry
from bot.notices import notice_of
from bot.town import Town
from dialogues.rendering import Rendered
from webhooks.channel import DELIVERY_RANK, Choice, Outbound, Receipt, SendError

log = logging.getLogger(__name__)

CLAIM = timedelta(seconds=60)
"""How long a claimed entry is left alone; every provider call times out well before."""

BACK_OFF = (5.0, 15.0, 60.0, 300.0, 900.0, 1800.0, 3600.0)
"""Seconds between tries; the last one repeats."""

GIVE_UP_AFTER = timedelta(hours=24)
"""A message older than this no longer helps anyone; a department is told for as long as it takes."""

UNKNOWN_TRIES = 2
"""How often a message is sent whose fate the provider can't tell: one repeat risks one duplicate."""


def post(
    session: Session,
    conversation: Conversation,
    rendered: Rendered,
    *,
    now: datetime,
    author: str = "bot",
    kind: str = "reply",
    is_prompt: bool = False,
) -> OutboxEntry:
    """Put a message for the resident into the outbox, within the caller's transaction.

    `kind` is "reply" (answers what they wrote) or "push" (a status; not sent after an opt-out).
    """
    message = Message(
        conversation_id=conversation.id,
        channel=conversation.channel,
        author=author,
        text=rendered.text,
        created_at=now,
        read_at=now,
        state="waiting",
    )
    session.add(message)
    options = [{"label": option.label, "value": option.value} for option in rendered.options]
    entry = OutboxEntry(
        destination=destination_of(conversation.id),
        kind=kind,
        message=message,
        payload={"options": options, "ask_location": rendered.ask_location},
        is_prompt=is_prompt,
        created_at=now,
        due_at=now,
    )
    session.add(entry)
    return entry


def notify(session: Session, department: str, payload: dict[str, Any], *, backend: str, now: datetime) -> None:
    """Put a notice for a department's system into the outbox, within the caller's transaction."""
    session.add(
        OutboxEntry(
            destination=f"department:{department}", kind=backend, payload=payload, created_at=now, due_at=now
        )
    )


def destination_of(conversation_id: int) -> str:
    """Return the destination that a conversation's messages share, and so their order."""
    return f"conversation:{conversation_id}"


def withdraw_prompts(session: Session, conversation_id: int, now: datetime) -> None:
    """Take back questions that were not sent yet: the turn under way asks anew."""
    session.execute(
        update(OutboxEntry)
        .where(
            OutboxEntry.destination == destination_of(conversation_id),
            OutboxEntry.done_at.is_(None),
            OutboxEntry.attempts == 0,
            OutboxEntry.is_prompt,
        )
        .values(done_at=now, outcome="superseded")
    )


def ring_for(town: Town, session: Session) -> None:
    """Ring for every destination with something due; call it after the commit."""
    for destination in due_destinations(session, town.now()):
        town.bell.ring("deliver", destination)


def due_destinations(session: Session, now: datetime) -> Sequence[str]:
    """Return the destinations that have something to be sent by now."""
    query = select(OutboxEntry.destination).where(OutboxEntry.done_at.is_(None), OutboxEntry.due_at <= now)
    return session.scalars(query.distinct()).all()


def deliver(town: Town, destination: str) -> None:
    """Send everything that is due to one destination, oldest first, until one has to wait."""
    while (entry := _claim(town, destination)) is not None:
        send = _deliver_notice if entry.message_id is None else _deliver_message
        if not send(town, entry):
            return


def _claim(town: Town, destination: str) -> OutboxEntry | None:
    """Return the oldest open entry, postponed so that nobody else takes it; None if there is none due."""
    now = town.now()
    with town.database.write.begin() as session:
        query = select(OutboxEntry).where(OutboxEntry.destination == destination, OutboxEntry.done_at.is_(None))
        entry = session.scalars(query.order_by(OutboxEntry.id).limit(1)).first()
        if entry is None or entry.due_at > now:
            return None
        claimed = session.execute(
            update(OutboxEntry)
            .where(
                OutboxEntry.id == entry.id, OutboxEntry.done_at.is_(None), OutboxEntry.due_at == entry.due_at
            )
            .values(
                due_at=now + CLAIM,
                attempts=OutboxEntry.attempts + 1,
                first_tried_at=entry.first_tried_at or now,
            )
        )
        if claimed.rowcount != 1:  # type: ignore[attr-defined]
            return None
        session.refresh(entry)
        session.expunge(entry)
        return entry


def _deliver_message(town: Town, entry: OutboxEntry) -> bool:
    with town.database.read() as session:
        message = session.get_one(Message, entry.message_id)
        conversation = session.get_one(Conversation, message.conversation_id)
    contact = conversation.contact
    opted_out = contact.opted_out_at is not None and entry.kind == "push"
    if opted_out or contact.unreachable_at is not None:
        return _mark(town, entry, "suppressed")
    channel = town.channels.get(conversation.channel)
    if channel is None:
        return _mark(town, entry, "failed", error=f"channel {conversation.channel} is not set up")
    outbound = Outbound(
        outbox_id=str(entry.id),
        recipient=contact.address,
        sender=conversation.our_address,
        text=message.text,
        choices=tuple(Choice(**option) for option in entry.payload["options"]),
        ask_location=entry.payload["ask_location"],
        sent_after=entry.first_tried_at,
    )
    try:
        external_id = channel.find_sent(outbound) if entry.unknown else None
        external_id = external_id or channel.send(outbound)
    except SendError as error:
        return _refused(town, entry, conversation.contact_id, error)
    return _mark(town, entry, "sent", external_id=external_id, segments=channel.cost(message.text))


def _refused(town: Town, entry: OutboxEntry, contact_id: int, error: SendError) -> bool:
    """Do what a provider's refusal asks for: wait, move, stop."""
    log.warning("outbox %s not sent: %s (code %s)", entry.id, error.reason, error.code or "-")
    if error.moved_to:
        _update_contact(town, contact_id, address=error.moved_to)
        return _retry(town, entry, error.reason, after=0.0)
    if error.unreachable:
        _update_contact(town, contact_id, unreachable_at=town.now())
    hopeless = error.unknown and entry.attempts >= UNKNOWN_TRIES
    stale = town.now() - entry.created_at > GIVE_UP_AFTER
    if not error.retryable or hopeless or stale:
        if error.operator:
            log.error("outbox %s needs the operator: %s (code %s)", entry.id, error.reason, error.code or "-")
        return _mark(town, entry, "failed", error=error.reason, code=error.code)
    return _retry(town, entry, error.reason, after=error.retry_after, unknown=error.unknown)


def _deliver_notice(town: Town, entry: OutboxEntry) -> bool:
    notice = notice_of(town, entry)
    try:
        town.backends[entry.kind].deliver(notice)
    except BackendError as error:
        log.warning("outbox %s not delivered: %s", entry.id, error.reason)
        if not error.retryable:
            return _mark(town, entry, "failed", error=error.reason)
        return _retry(town, entry, error.reason)
    return _mark(town, entry, "sent")


def _retry(
    town: Town, entry: OutboxEntry, reason: str, *, after: float | None = None, unknown: bool = False
) -> bool:
    """Put the entry back for later; False: nothing else goes to this destination before it."""
    wait = BACK_OFF[min(entry.attempts, len(BACK_OFF)) - 1] if after is None else after
    with town.database.write.begin() as session:
        session.execute(
            update(OutboxEntry)
            .where(OutboxEntry.id == entry.id)
            .values(due_at=town.now() + timedelta(seconds=wait), unknown=unknown, error=reason)
        )
    town.bell.ring("deliver", entry.destination, after=wait)
    return False


def _mark(
    town: Town,
    entry: OutboxEntry,
    outcome: str,
    *,
    external_id: str | None = None,
    segments: int = 0,
    error: str = "",
    code: str = "",
) -> bool:
    """Close the entry; True: the next one may go."""
    with town.database.write.begin() as session:
        session.execute(
            update(OutboxEntry)
            .where(OutboxEntry.id == entry.id)
            .values(done_at=town.now(), outcome=outcome, error=error)
        )
        message = session.get(Message, entry.message_id) if entry.message_id else None
        if message is not None:
            message.external_id = external_id or message.external_id
            message.segments = segments
            message.error_code = code
            # A receipt may have overtaken us: it knows better than "queued".
            if message.state == "waiting":
                message.state = "queued" if outcome == "sent" else outcome
    return True


def _update_contact(town: Town, contact_id: int, **values: Any) -> None:
    with town.database.write.begin() as session:
        session.execute(update(Contact).where(Contact.id == contact_id).values(**values))


def report(town: Town, receipt: Receipt) -> None:
    """Note what became of a message; late, repeated and unknown receipts change nothing."""
    with town.database.write.begin() as session:
        message = _message_of(session, receipt)
        if message is None or message.author == "resident":
            return
        rank = DELIVERY_RANK.get(message.state, -1)  # type: ignore[call-overload]
        if DELIVERY_RANK[receipt.state] > rank:
            message.state = receipt.state
            message.error_code = receipt.error_code


def _message_of(session: Session, receipt: Receipt) -> Message | None:
    if receipt.outbox_id.isdecimal():
        entry = session.get(OutboxEntry, int(receipt.outbox_id))
        return session.get(Message, entry.message_id) if entry and entry.message_id else None
    query = select(Message).where(
        Message.channel == receipt.channel, Message.external_id == receipt.external_id
    )
    return session.scalars(query).first()
