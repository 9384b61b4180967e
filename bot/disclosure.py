"""All that is held about a number, to be shown to whom it belongs or to be erased at their word."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Text, cast, inspect, or_, select
from sqlalchemy.orm import Session

from bot import contacts, photos, privacy
from bot.announcement_tables import NoticeFollower
from bot.base import Base
from bot.models import (
    LOCAL_DIGITS,
    Contact,
    Conversation,
    Follower,
    Message,
    Photo,
    ServiceRequest,
    StatusUpdate,
)
from bot.staff_tables import AuditEntry, Note
from bot.town import Town

OURS = frozenset({"address_hash", "address_tail", "token", "version", "agent_id", "staff_id"})
"""Columns that say nothing of the resident: how they are found, what opens a page, who of the staff it was."""

PAGE = 500  # cases in memory, while reporters are decrypted


def of_number(session: Session, addresses: Sequence[str]) -> list[Contact]:
    """Return who is known at these addresses ("tel:+15550142"), one a channel."""
    return [contact for address in addresses if (contact := contacts.at(session, address))]


def held(session: Session, known: Sequence[Contact], addresses: Sequence[str]) -> dict[str, Any]:
    """Return all that is held about contacts and their addresses, as JSON has it, by table."""
    ids = [contact.id for contact in known]
    threads = [*session.scalars(select(Conversation.id).where(Conversation.contact_id.in_(ids)))]
    messages = select(Message.id).where(Message.conversation_id.in_(threads))
    cases = [*session.scalars(select(ServiceRequest.id).where(ServiceRequest.contact_id.in_(ids)))]
    subjects = [f"contact:{each}" for each in ids] + [f"conversation:{each}" for each in threads]
    of_cases = Photo.service_request_id.in_(cases) & (Photo.kind == "before")
    return {
        "contacts": [_row(each) for each in known],
        "conversations": _rows(session, Conversation, Conversation.id.in_(threads)),
        "messages": _rows(session, Message, Message.conversation_id.in_(threads)),
        "photos": _rows(session, Photo, or_(Photo.message_id.in_(messages), of_cases)),
        "service_requests": _rows(session, ServiceRequest, ServiceRequest.id.in_(cases)),
        "status_updates": _rows(session, StatusUpdate, StatusUpdate.service_request_id.in_(cases)),
        "posted_by_other_systems": [_row(each) for each in posted_for(session, addresses)],
        "followed_cases": _rows(session, Follower, Follower.conversation_id.in_(threads)),
        "followed_notices": _rows(session, NoticeFollower, NoticeFollower.conversation_id.in_(threads)),
        "notes_of_staff": _rows(session, Note, Note.conversation_id.in_(threads)),
        "audit": _rows(session, AuditEntry, AuditEntry.subject.in_(subjects)),
    }


def posted_for(session: Session, addresses: Sequence[str]) -> Iterator[ServiceRequest]:
    """Yield the cases that another system posted in Open311 for one of these numbers.

    Every reporter has to be decrypted for it: some seconds for a million.
    """
    numbers = [number for kind, _, number in (each.partition(":") for each in addresses) if kind == "tel"]
    named, last = cast(ServiceRequest.reporter, Text) != "{}", 0
    query = select(ServiceRequest).where(named).order_by(ServiceRequest.id).limit(PAGE)
    while cases := session.scalars(query.where(ServiceRequest.id > last)).all():
        for case in cases:
            digits = "".join(each for each in str(case.reporter.get("phone", "")) if each.isdecimal())
            if len(digits) >= LOCAL_DIGITS and any(number.endswith(digits) for number in numbers):
                yield case
        last = cases[-1].id


def erase(town: Town, addresses: Sequence[str]) -> list[int]:
    """Erase whoever is known at these addresses, as DELETE MY DATA does; returns their ids.

    Cases stay, without them. What they sent and nobody has answered yet is answered first (see `privacy`).
    """
    with town.database.write.begin() as session:
        known = of_number(session, addresses)
        for contact in known:
            privacy.erase(town, session, contact)
        for case in list(posted_for(session, addresses)):
            privacy.leave(town, session, case)
    privacy.forget(town)
    return [contact.id for contact in known]


def write_zip(file: BinaryIO, data: dict[str, Any], folder: Path, tokens: Sequence[tuple[int, str]]) -> None:
    """Write what is held, and the pictures by their row's id, as a zip file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("held.json", as_json(data))
        for number, token in tokens:
            if (jpeg := photos.read(folder, token)) is not None:
                archive.writestr(f"photos/{number}.jpg", jpeg)


def pictures(session: Session, data: dict[str, Any]) -> list[tuple[int, str]]:
    """Return the ids and tokens of the pictures that are held."""
    ids = [each["id"] for each in data["photos"] if each["state"] == "kept"]
    return [(photo.id, photo.token) for photo in session.scalars(select(Photo).where(Photo.id.in_(ids)))]


def as_json(data: dict[str, Any]) -> str:
    """Return it as text; times are ISO 8601, in UTC."""
    return json.dumps(data, indent=1, ensure_ascii=False)


def _rows(session: Session, table: type[Base], which: Any) -> list[dict[str, Any]]:
    return [
        _row(each)
        for each in session.scalars(select(table).where(which).order_by(inspect(table).primary_key[0]))
    ]


def _row(row: Base) -> dict[str, Any]:
    values = {
        each.key: getattr(row, each.key) for each in inspect(row).mapper.column_attrs if each.key not in OURS
    }
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
