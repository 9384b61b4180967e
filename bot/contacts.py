"""Residents by their address: it is encrypted, so they are found by its keyed hash."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Text, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.database import Database
from bot.encryption import KeyedHash, keyring_of
from bot.models import LOCAL_DIGITS, Contact


def at(session: Session, address: str) -> Contact | None:
    """Return the contact at an address, "tel:+15550142"; None where nobody has written from there."""
    query = select(Contact).where(type_coerce(Contact.address_hash, Text).in_(_hashes(session, address)))
    return session.scalars(query.order_by(Contact.id).limit(1)).first()


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
