"""Contacts' addresses encrypted, with hashes to find them by; so are payloads and who posted a case

Revision: 0017, after: 0016
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.encryption import EncryptedJSON, EncryptedText, KeyedHash

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BATCH = 1000  # rows in memory

GONE = "erased:"
"""How the address of a contact began who was forgotten."""


def local_digits(address: str) -> str | None:
    kind, _, number = address.partition(":")
    return number[-7:] if kind in ("tel", "whatsapp") else None


CONTACTS = sa.table(
    "contacts",
    sa.column("id", ID),
    sa.column("address", EncryptedText("contacts.address")),
    sa.column("address_hash", KeyedHash("contacts.address", of="address")),
    sa.column("address_tail", KeyedHash("contacts.address_tail", of="address", part=local_digits)),
)
PLAIN = sa.table("contacts", sa.column("id", ID), sa.column("address_hash", sa.Text()))
PAYLOADS = (("messages", "raw"), ("quarantine", "raw"), ("service_requests", "reporter"))
MESSAGES = sa.table(
    "messages",
    sa.column("id", ID),
    sa.column("channel", sa.Text()),
    sa.column("author", sa.Text()),
    sa.column("external_id", sa.Text()),
)


def upgrade() -> None:
    # SQLite could drop the old constraint only by making the table anew; under another name it serves the hash.
    op.execute("ALTER TABLE contacts RENAME COLUMN address TO address_hash")
    op.add_column("contacts", sa.Column("address", sa.Text(), nullable=False, server_default=""))
    op.add_column("contacts", sa.Column("address_tail", sa.Text()))
    for row in _rows(PLAIN):
        address = "" if row.address_hash.startswith(GONE) else row.address_hash
        hashed = {"address_hash": row.address_hash, "address_tail": address}
        _write(CONTACTS, row.id, {"address": address, **hashed})
    op.create_index("ix_contacts_address_tail", "contacts", ["address_tail"])
    for name, column in PAYLOADS:
        _change(name, column, read=sa.JSON(), write=EncryptedJSON(f"{name}.{column}"))
    # What Telegram's messages of ours were called began with the resident's chat.
    for row in _rows(MESSAGES, MESSAGES.c.channel == "telegram", MESSAGES.c.author != "resident"):
        if row.external_id:
            _write(MESSAGES, row.id, {"external_id": f"m{row.id}:{row.external_id.rpartition(':')[2]}"})
    op.create_table(
        "chores",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_chores"),
    )


def downgrade() -> None:
    op.drop_table("chores")
    for name, column in PAYLOADS:
        _change(name, column, read=EncryptedJSON(f"{name}.{column}"), write=sa.JSON())
    op.drop_index("ix_contacts_address_tail", "contacts")
    for row in _rows(CONTACTS):
        _write(PLAIN, row.id, {"address_hash": row.address or f"{GONE}{row.address_hash}"})
    op.drop_column("contacts", "address_tail")
    op.drop_column("contacts", "address")
    op.execute("ALTER TABLE contacts RENAME COLUMN address_hash TO address")


def _change(name: str, column: str, *, read: Any, write: Any) -> None:
    before = sa.table(name, sa.column("id", ID), sa.column(column, read))
    after = sa.table(name, sa.column("id", ID), sa.column(column, write))
    for row in _rows(before, sa.cast(before.c[column], sa.Text()) != "{}"):
        _write(after, row.id, {column: row[1]})


def _rows(table: Any, *which: Any) -> Iterator[Any]:
    """Yield rows by batches, each of them read before any of it is written."""
    connection, last = op.get_bind(), 0
    query = sa.select(*table.c).where(*which).order_by(table.c.id).limit(BATCH)
    while batch := connection.execute(query.where(table.c.id > last)).all():
        yield from batch
        last = batch[-1].id


def _write(table: Any, id_: int, values: dict[str, Any]) -> None:
    op.get_bind().execute(sa.update(table).where(table.c.id == id_).values(values))
