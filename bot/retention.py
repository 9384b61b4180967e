"""What is too old goes, once a night, in batches so small that nobody waits: `privacy` of config.yml."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Text, cast, delete, exists, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot import privacy
from bot.models import (
    Chore,
    Contact,
    Conversation,
    Follower,
    Message,
    Misreading,
    Photo,
    Quarantined,
    ServiceRequest,
)
from bot.privacy_rules import Privacy
from bot.staff_tables import AuditEntry, Note
from bot.statuses import CLOSED
from bot.town import Town

BATCH = 100
"""Rows of one transaction: some ten milliseconds of SQLite's one writer."""

A_SWEEP = 20
"""Batches that one sweep does at most; the next one goes on."""

AT = 3
"""The hour of the city's night from which on the day's purge is due."""

CHORE = "purge"


@dataclass(frozen=True)
class _Rule:
    """One kind of data: what of it is due before a moment, and how it goes. What has gone is not due again."""

    days: Callable[[Privacy], int | None]
    due: Callable[[datetime], Select[int]]
    purge: Callable[[Town, Session, Sequence[int]], None]


def counts(town: Town) -> dict[str, int]:
    """Return how much of each kind would go now."""
    with town.database.read() as session:
        return {
            name: session.scalar(select(func.count()).select_from(query.subquery())) or 0
            for name, _, query in _due(town)
        }


def purge(town: Town) -> Iterator[tuple[str, int]]:
    """Let go of all that is too old; yields each batch's kind and size once it is committed."""
    for name, rule, query in _due(town):
        while True:
            with town.database.write.begin() as session:
                ids = session.scalars(query.limit(BATCH)).all()
                if ids:
                    rule.purge(town, session, ids)
                    _note(town, session, {name: len(ids)})
            if not ids:
                break
            yield name, len(ids)
        if name == "photos":
            privacy.remove_pictures(town)
        elif name == "contacts":
            privacy.forget(town)


def nightly(town: Town) -> Counter[str]:
    """Do a part of the night's purge where it is due; returns what went. Two processes may do it at once."""
    gone: Counter[str] = Counter()
    with town.database.read() as session:
        done = session.scalar(select(Chore.done_at).where(Chore.name == CHORE))
    if done is not None and done >= _night(town):
        return gone
    batches = list(itertools.islice(purge(town), A_SWEEP))
    for name, count in batches:
        gone[name] += count
    if len(batches) < A_SWEEP:
        with town.database.write.begin() as session:
            session.merge(Chore(name=CHORE, done_at=town.now()))
    return gone


def _night(town: Town) -> datetime:
    """Return when the latest purge was due."""
    local = town.now().astimezone(ZoneInfo(town.city.timezone))
    begun = local.replace(hour=AT, minute=0, second=0, microsecond=0)
    return (begun if begun <= local else begun - timedelta(days=1)).astimezone(UTC)


def _note(town: Town, session: Session, counts: Mapping[str, int]) -> None:
    """Write down what went, and nothing of it: one entry a day, by kind."""
    subject = f"purge:{town.now():%Y-%m-%d}"
    entry = session.scalars(select(AuditEntry).where(AuditEntry.subject == subject).limit(1)).first()
    if entry is None:
        entry = AuditEntry(at=town.now(), action="purged", subject=subject, detail={})
        session.add(entry)
    entry.detail = {
        name: entry.detail.get(name, 0) + counts.get(name, 0) for name in {**entry.detail, **counts}
    }


def _due(town: Town) -> Iterator[tuple[str, _Rule, Select[int]]]:
    for name, rule in RULES.items():
        days = rule.days(town.config.file.privacy)
        if days is not None:
            yield name, rule, rule.due(town.now() - timedelta(days=days))


# What is due ----------------------------------------------------------------------------------------


def _open_case(contact_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Tell whether a contact waits for a case: their own, or one that they follow."""
    is_open = ServiceRequest.status.not_in(sorted(CLOSED))
    own = select(ServiceRequest.id).where(ServiceRequest.contact_id == contact_id, is_open)
    followed = (
        select(Follower.id)
        .join(ServiceRequest, ServiceRequest.id == Follower.service_request_id)
        .join(Conversation, Conversation.id == Follower.conversation_id)
        .where(Conversation.contact_id == contact_id, is_open)
    )
    return or_(exists(own.correlate(Contact, Conversation)), exists(followed.correlate(Contact)))


def _quiet(column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Tell whether nothing is going on in a thread: no open case, nobody who has it or is awaited."""
    busy = or_(
        Conversation.owner != "bot",
        Conversation.waiting_since.is_not(None),
        _open_case(Contact.id),
    )
    query = select(Conversation.id).join(Contact, Contact.id == Conversation.contact_id).where(~busy)
    return column.in_(query)


def _messages(before: datetime) -> Select[int]:
    says = or_(
        Message.text != "",
        Message.gloss != "",
        cast(Message.raw, Text) != "{}",
        cast(Message.inbound, Text) != "{}",
    )
    old = (Message.created_at < before, Message.read_at.is_not(None))
    return select(Message.id).where(*old, says, _quiet(Message.conversation_id))


def _threads(before: datetime) -> Select[int]:
    said = cast(Conversation.state, Text) != "{}"
    return select(Conversation.id).where(Conversation.touched_at < before, said, _quiet(Conversation.id))


def _notes(before: datetime) -> Select[int]:
    return select(Note.id).where(Note.created_at < before, _quiet(Note.conversation_id))


def _photos(before: datetime) -> Select[int]:
    taken = func.coalesce(Message.created_at, ServiceRequest.requested_datetime)
    settled = or_(ServiceRequest.id.is_(None), ServiceRequest.status.in_(sorted(CLOSED)))
    query = select(Photo.id).outerjoin(Message, Message.id == Photo.message_id)
    query = query.outerjoin(ServiceRequest, ServiceRequest.id == Photo.service_request_id)
    return query.where(taken < before, settled, Photo.state != "erased")


def _contacts(before: datetime) -> Select[int]:
    """Those who opted out stay: without their address nobody would know not to write to it."""
    lately = select(Conversation.id).where(
        Conversation.contact_id == Contact.id,
        or_(
            Conversation.touched_at >= before,
            Conversation.owner != "bot",
            Conversation.waiting_since.is_not(None),
        ),
    )
    unread = (
        select(Message.id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.contact_id == Contact.id, Message.read_at.is_(None))
    )
    known = (Contact.address != "", Contact.erased_at.is_(None), Contact.opted_out_at.is_(None))
    idle = (~exists(lately.correlate(Contact)), ~exists(unread.correlate(Contact)))
    return select(Contact.id).where(*known, Contact.created_at < before, *idle, ~_open_case(Contact.id))


def _reporters(before: datetime) -> Select[int]:
    closed = (ServiceRequest.status.in_(sorted(CLOSED)), ServiceRequest.status_datetime < before)
    return select(ServiceRequest.id).where(*closed, cast(ServiceRequest.reporter, Text) != "{}")


# How it goes ----------------------------------------------------------------------------------------


def _clear(_: Town, session: Session, ids: Sequence[int]) -> None:
    these = Message.id.in_(ids)
    session.execute(delete(Misreading).where(Misreading.text.in_(select(Message.text).where(these))))
    privacy.clear(session, these)


def _settle(_: Town, session: Session, ids: Sequence[int]) -> None:
    session.execute(update(Conversation).where(Conversation.id.in_(ids)).values(state={}, draft_since=None))


def _drop_photos(_: Town, session: Session, ids: Sequence[int]) -> None:
    privacy.drop_pictures(session, Photo.id.in_(ids))


def _erase(town: Town, session: Session, ids: Sequence[int]) -> None:
    for contact in session.scalars(select(Contact).where(Contact.id.in_(ids))):
        privacy.erase(town, session, contact)


def _unname(_: Town, session: Session, ids: Sequence[int]) -> None:
    session.execute(update(ServiceRequest).where(ServiceRequest.id.in_(ids)).values(reporter={}))


def _delete(
    table: type[Misreading | Note | Quarantined | AuditEntry],
) -> Callable[[Town, Session, Sequence[int]], None]:
    def deleted(_: Town, session: Session, ids: Sequence[int]) -> None:
        session.execute(delete(table).where(table.id.in_(ids)))

    return deleted


def _older(
    table: type[Misreading | Quarantined],
) -> Callable[[datetime], Select[int]]:
    return lambda before: select(table.id).where(table.created_at < before)


RULES: Mapping[str, _Rule] = {
    "messages": _Rule(lambda days: days.messages_days, _messages, _clear),
    "threads": _Rule(lambda days: days.messages_days, _threads, _settle),
    "misreadings": _Rule(lambda days: days.messages_days, _older(Misreading), _delete(Misreading)),
    "notes": _Rule(lambda days: days.messages_days, _notes, _delete(Note)),
    "photos": _Rule(lambda days: days.photos_days, _photos, _drop_photos),
    "contacts": _Rule(lambda days: days.contacts_days, _contacts, _erase),
    "reporters": _Rule(lambda days: days.contacts_days, _reporters, _unname),
    "quarantine": _Rule(lambda days: days.quarantine_days, _older(Quarantined), _delete(Quarantined)),
    "audit": _Rule(
        lambda days: days.audit_days,
        lambda before: select(AuditEntry.id).where(AuditEntry.at < before),
        _delete(AuditEntry),
    ),
}
"""By kind, in the order they go."""
