"""Residents by their address: it is encrypted, so they are found by its keyed hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Dialect, Text, bindparam, insert, select, type_coerce, update
from sqlalchemy.orm import Session

from bot.database import Database
from bot.encryption import KeyedHash, keyring_of
from bot.models import LOCAL_DIGITS, Contact, Conversation
from webhooks.channel import Inbound


def _kind(column: str) -> KeyedHash:
    kind = Contact.__table__.c[column].type
    assert isinstance(kind, KeyedHash)
    return kind


_ADDRESS, _TAIL = _kind("address_hash"), _kind("address_tail")
_AT = (
    select(Contact)
    .where(type_coerce(Contact.address_hash, Text).in_(bindparam("hashes", expanding=True)))
    .order_by(Contact.id)
    .limit(1)
)
_THREAD_AT = _AT.with_only_columns(
    Contact.id, Contact.unreachable_at, Contact.erased_at, Conversation.id.label("thread")
).outerjoin(
    Conversation, (Conversation.contact_id == Contact.id) & (Conversation.channel == bindparam("channel"))
)
THREAD_OF_KNOWN = _THREAD_AT.with_only_columns(Conversation.id).where(
    Contact.unreachable_at.is_(None), Contact.erased_at.is_(None), Conversation.id.is_not(None)
)
"""The thread of one who has written before, and of whom nothing has to be changed; ask by `asked`."""

_ADD = insert(Contact).returning(Contact.id)
_OPEN = insert(Conversation).returning(Conversation.id)
"""Built once: every message that comes in asks them."""


def at(session: Session, address: str) -> Contact | None:
    """Return the contact at an address, "tel:+15550142"; None where nobody has written from there."""
    return session.scalars(_AT, {"hashes": _hashes(session.get_bind().dialect, address)}).first()


def thread_of(connection: Connection, inbound: Inbound, now: datetime) -> int:
    """Return the conversation that a message belongs to; a newcomer's is opened.

    Whoever writes can be reached, unless it is to opt out; who writes again after DELETE MY DATA starts afresh.
    """
    found = connection.execute(_THREAD_AT, asked(connection.dialect, inbound)).first()
    if found is None:
        contact_id = connection.execute(_ADD, _newcomer(inbound.sender, now)).scalar_one()
        return _opened(connection, contact_id, inbound, now)
    reached = found.unreachable_at is not None and inbound.kind != "opt_out"
    if reached or found.erased_at is not None:
        still = found.unreachable_at if not reached else None
        values = {"unreachable_at": still, "erased_at": None}
        connection.execute(update(Contact).where(Contact.id == found.id).values(**values))
    return found.thread or _opened(connection, found.id, inbound, now)


def asked(dialect: Dialect, inbound: Inbound) -> dict[str, Any]:
    """Return by what a message's thread is found."""
    return {"hashes": _hashes(dialect, inbound.sender), "channel": inbound.channel}


def _newcomer(address: str, now: datetime) -> Mapping[str, Any]:
    return {"address": address, "address_hash": address, "address_tail": address, "created_at": now}


def _opened(connection: Connection, contact_id: int, inbound: Inbound, now: datetime) -> int:
    """Open a thread. Its version is the first: the mapper would count from there, too."""
    ours = {"channel": inbound.channel, "our_address": inbound.recipient}
    values = {"contact_id": contact_id, **ours, "touched_at": now, "version": 1}
    return int(connection.execute(_OPEN, values).scalar_one())


def ending_with(session: Session, digits: str, most: int = 5) -> Sequence[int]:
    """Return the ids of those whose number ends with these digits; none for fewer than seven."""
    if len(digits) < LOCAL_DIGITS:
        return ()
    hashes = _hashes(session.get_bind().dialect, f"tel:{digits}", _TAIL)
    query = select(Contact).where(type_coerce(Contact.address_tail, Text).in_(hashes)).order_by(Contact.id)
    found = (contact.id for contact in session.scalars(query) if contact.address.endswith(digits))
    return list(found)[:most]


def change(database: Database, contact_id: int, **values: Any) -> None:
    """Change a contact in a transaction of its own; an address's hashes follow it."""
    with database.write.begin() as session:
        contact = session.get_one(Contact, contact_id, with_for_update=True)
        for name, value in values.items():
            setattr(contact, name, value)


def _hashes(dialect: Dialect, text: str, kind: KeyedHash = _ADDRESS) -> Sequence[str]:
    return keyring_of(dialect).hashes(kind.part(text) or "", kind.purpose)
