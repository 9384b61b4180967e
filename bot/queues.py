"""What waits and what went wrong, counted for people and for Prometheus; and trying again what was given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.models import Conversation, ExternalRequest, Message, OutboxEntry, Photo, Quarantined
from bot.town import Town
from dialogues.watching import WATCHED


class NotFailed(Exception):
    """There is nothing to try again: it was sent, waits already, or is not there. The message says so."""


@dataclass(frozen=True)
class Queue:
    """Things that wait; `oldest` is since when the oldest does, aware; None: none does."""

    name: str
    waiting: int
    oldest: datetime | None


@dataclass(frozen=True)
class Failures:
    """So many were given up for one reason. `code` is the provider's, where the provider told it later."""

    reason: str
    code: str
    count: int


OUTBOX = ("reply", "push", "email", "webhook", "telegram", "open311")
"""Kinds of what is to be sent: to residents, then to departments."""


def queues(session: Session, now: datetime) -> list[Queue]:
    """Return what waits by now: messages unread, photos to be fetched, and the outbox by kind.

    What is held back on purpose (a push in the quiet hours) is not waiting yet.
    """
    unread = select(func.count(), func.min(Message.created_at)).where(Message.read_at.is_(None))
    pending = (
        select(func.count(), func.min(Message.created_at))
        .select_from(Photo)
        .join(Message, Message.id == Photo.message_id)
        .where(Photo.state == "pending")
    )
    found = [Queue(name, *session.execute(query).one()) for name, query in
             (("messages", unread), ("photos", pending))]  # fmt: skip
    tried_or_due = (OutboxEntry.attempts > 0) | (OutboxEntry.due_at <= now)
    query = select(OutboxEntry.kind, func.count(), func.min(OutboxEntry.created_at)).where(
        OutboxEntry.done_at.is_(None), tried_or_due
    )
    outbox = {
        kind: (count, oldest) for kind, count, oldest in session.execute(query.group_by(OutboxEntry.kind))
    }
    kinds = dict.fromkeys((*OUTBOX, *outbox))
    return found + [Queue(kind, *outbox.get(kind, (0, None))) for kind in kinds]


def given_up(session: Session) -> list[Failures]:
    """Return why entries of the outbox were given up, and how often."""
    query = select(OutboxEntry.error, func.count()).where(OutboxEntry.outcome == "failed")
    rows = session.execute(query.group_by(OutboxEntry.error).order_by(func.count().desc()))
    return [Failures(reason, "", count) for reason, count in rows]


def bounced(session: Session) -> list[Failures]:
    """Return the providers' codes for messages that they took and could not deliver, and how often."""
    query = select(Message.channel, Message.error_code, func.count()).where(
        Message.state.in_(["failed", "undelivered"]), Message.external_id.is_not(None)
    )
    rows = session.execute(query.group_by(Message.channel, Message.error_code).order_by(func.count().desc()))
    return [Failures(channel, code, count) for channel, code, count in rows]


def failed(session: Session, most: int) -> Sequence[OutboxEntry]:
    """Return the entries that were given up, the latest first."""
    query = select(OutboxEntry).where(OutboxEntry.outcome == "failed").order_by(OutboxEntry.done_at.desc())
    return session.scalars(query.limit(most)).all()


def quarantined(session: Session) -> int:
    """Return how many inbound payloads nobody could read."""
    return session.scalar(select(func.count(Quarantined.id))) or 0


def waiting_for_people(session: Session) -> int:
    """Return how many threads wait for a person; those that are only watched do not."""
    query = select(func.count(Conversation.id)).where(
        Conversation.waiting_since.is_not(None), Conversation.waiting_reason.not_in(WATCHED)
    )
    return session.scalar(query) or 0


def retry(town: Town, session: Session, entry_id: int) -> OutboxEntry:
    """Let an entry that was given up be tried again at once, in the caller's transaction; ring after it.

    Whether the last try may have gone through is kept, so that the provider is asked before it is repeated.
    Raises `NotFailed`.
    """
    entry = session.get(OutboxEntry, entry_id, with_for_update=True)
    if entry is None or entry.outcome != "failed":
        raise NotFailed("It is not among the failed ones any more: somebody has tried it again.")
    entry.done_at, entry.outcome, entry.error = None, "", ""
    entry.due_at, entry.attempts = town.now(), 0
    message = session.get(Message, entry.message_id) if entry.message_id else None
    if message is not None:
        message.state, message.error_code = "waiting", ""
    elif entry.payload.get("event") == "filed":
        _expected_again(session, entry)
    return entry


def _expected_again(session: Session, entry: OutboxEntry) -> None:
    """A case that another system refused is to get a number there after all."""
    department = entry.destination.removeprefix("department:").partition(":")[0]
    query = select(ExternalRequest).where(
        ExternalRequest.service_request_id == entry.payload["service_request"],
        ExternalRequest.backend == department,
        ExternalRequest.state == "refused",
    )
    for row in session.scalars(query):
        row.state = "waiting"
