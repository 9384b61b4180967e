"""Residents by their address: it is encrypted, so they are found by its keyed hash."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Text, bindparam, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session, lazyload

from bot.database import Database
from bot.encryption import KeyedHash, keyring_of
from bot.models import LOCAL_DIGITS, Contact, Conversation

_AT = (
    select(Contact)
    .where(type_coerce(Contact.address_hash, Text).in_(bindparam("hashes", expanding=True)))
    .order_by(Contact.id)
    .limit(1)
)
_THREAD_AT = (
    _AT.add_columns(Conversation)
    .outerjoin(
        Conversation, (Conversation.contact_id == Contact.id) & (Conversation.channel == bindparam("channel"))
    )
    .options(lazyload(Conversation.contact))
)
"""Built once: every message that comes in asks it."""


def at(session: Session, address: str) -> Contact | None:
    """Return the contact at an address, "tel:+15550142"; None where nobody has written from there."""
    return session.scalars(_AT, {"hashes": _hashes(session, address)}).first()


def thread_at(
    session: Session, address: str, channel: str
) -> tuple[Contact, Conversation | None] | tuple[None, None]:
    """Return the contact at an address and their thread on a channel, as far as there are any."""
    found = session.execute(_THREAD_AT, {"hashes": _hashes(session, address), "channel": channel}).first()
    return (None, None) if found is None else (found[0], found[1])


def ending_with(session: Session, digits: str, most: int = 5) -> Sequence[int]:
    """Return the ids of those whose number ends with these digits; none for fewer than seven."""
    if len(digits) < LOCAL_DIGITS:
        return ()
    hashes = _hashes(session, f"tel:{digits}", Contact.address_tail)
    query = select(Contact).where(type_coerce(Contact.address_tail, Text).in_(hashes)).order_by(Contact.id)
    found = (contact.id for contact in session.scalars(query) if contact.address.endswith(digits))
    return list(found)[:most]


def change(database: Database, contact_id: int, **values: Any) -> None:
    """Change a contact in a transaction of its own; an address's hashes follow it."""
    with database.write.begin() as session:
        contact = session.get_one(Contact, contact_id, with_for_update=True)
        for name, value in values.items():
            setattr(contact, name, value)


def _hashes(
    session: Session, text: str, column: InstrumentedAttribute[str | None] = Contact.address_hash
) -> Sequence[str]:
    kind = column.type
    assert isinstance(kind, KeyedHash)
    return keyring_of(session.get_bind().dialect).hashes(kind.part(text) or "", kind.purpose)
