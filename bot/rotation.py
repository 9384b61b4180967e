"""Rotating the keys: what an older one encrypted or hashed is written anew, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, or_, select, update
from sqlalchemy.orm import Session

from bot import encryption
from bot.base import Base
from bot.database import Database
from bot.encryption import EncryptedJSON, EncryptedText, KeyedHash, keyring_of
from bot.models import Contact
from bot.yaml_files import ConfigError

BATCH = 500


def stale(database: Database) -> int:
    """Return how many rows the newest key has not written."""
    with database.read() as session:
        counts = [select(func.count()).where(_stale(session, table)) for table in encrypted_tables()]
        return sum(session.scalar(count) or 0 for count in counts)


def rotate(database: Database) -> Iterator[int]:
    """Write what an older key encrypted anew under the newest; yields how many rows each batch had.

    Every batch is a transaction of its own. Broken off, it goes on where it was when it is called again.
    """
    for table in encrypted_tables():
        last = 0
        while True:
            with database.write.begin() as session:
                rows = _batch(session, table, last)
                for row in rows:
                    values = {column.name: _plain(row, column) for column in _columns(table)}
                    session.execute(update(table).where(table.c.id == row["id"]).values(values))
            if not rows:
                break
            last = rows[-1]["id"]
            yield len(rows)


def missing_key(database: Database) -> str:
    """Return where a key lacks that the latest contact was encrypted with, in words; "" where none does.

    Without it nobody who wrote before would be known, and the same number would become another resident.
    """
    raw = cast(Contact.address, Text)
    query = select(raw).where(raw != "").order_by(Contact.id.desc()).limit(1)
    keyring = keyring_of(database.engine.dialect)
    with database.read() as session:
        latest = session.scalar(query)
    name = (latest or "").removeprefix(encryption.PREFIX).partition(".")[0]
    if not latest or name in keyring.names:
        return ""
    return f"{keyring.source}: key {name} is missing, with which residents' numbers are encrypted. Put it back."


def need_keys(database: Database) -> None:
    """Raise `ConfigError` where a key lacks, as `missing_key` has it, or all of them do."""
    if missing := missing_key(database):
        raise ConfigError(missing)


def encrypted_tables() -> Sequence[Any]:
    """Return the tables that have a column of ours."""
    return [table for table in Base.metadata.sorted_tables if _columns(table)]


def _columns(table: Any) -> list[Any]:
    return [each for each in table.columns if isinstance(each.type, EncryptedText | EncryptedJSON | KeyedHash)]


def _plain(row: Any, column: Any) -> Any:
    """Return what is to be written: the text itself, for a hash the one it is of."""
    return row[column.type.of if isinstance(column.type, KeyedHash) else column.name]


def _stale(session: Session, table: Any) -> ColumnElement[bool]:
    newest = keyring_of(session.get_bind().dialect).newest
    return or_(
        *(
            cast(each, Text).not_in(["", "{}"]) & ~cast(each, Text).like(f"{quote}{newest}%")
            for each in _columns(table)
            if (quote := {EncryptedText: "", EncryptedJSON: '"'}.get(type(each.type))) is not None
        )
    )


def _batch(session: Session, table: Any, last: int) -> Sequence[Any]:
    query = select(table).where(_stale(session, table), table.c.id > last)
    return session.execute(query.order_by(table.c.id).limit(BATCH).with_for_update()).mappings().all()
