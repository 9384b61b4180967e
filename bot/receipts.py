"""What providers say became of a message: late, repeated and overtaken receipts change nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Update, bindparam, case, func, select, update

from bot.database import AWAY
from bot.models import Message, OutboxEntry
from bot.town import Town
from webhooks.channel import DELIVERY_RANK, Receipt, StoreUnavailable

LONGEST_NUMBER = 18
"""Digits of a row's number, at most: the database counts no further."""

_RANK = case(DELIVERY_RANK, value=Message.state, else_=-1)
_BY_ENTRY = Message.id == (
    select(OutboxEntry.message_id).where(OutboxEntry.id == bindparam("entry")).scalar_subquery()
)
_BY_PROVIDER = (Message.channel == bindparam("channel_of")) & (Message.external_id == bindparam("provided"))


def _noting(which: ColumnElement[bool]) -> Update:
    """Return the change to our message: one statement, since two receipts at once must not undo one another."""
    return (
        update(Message)
        .where(which, Message.author != "resident", bindparam("rank") > _RANK)
        .values(
            external_id=func.coalesce(Message.external_id, bindparam("provided")),
            state=bindparam("reported"),
            error_code=bindparam("code"),
        )
    )


_NOTE_BY_ENTRY, _NOTE_BY_PROVIDER = _noting(_BY_ENTRY), _noting(_BY_PROVIDER)


def report(town: Town, receipts: Sequence[Receipt]) -> None:
    """Note what became of messages; late, repeated and unknown receipts change nothing.

    Those that name an entry of ours are noted all or none. Raises `StoreUnavailable` when they can't be now.
    """
    ours = [(entry, receipt) for receipt in receipts if (entry := _entry(receipt)) is not None]
    # In the order in which `delivery` marks them: two never wait for one another.
    by_entry = [{"entry": entry, **_values(each)} for entry, each in sorted(ours, key=lambda pair: pair[0])]
    others = [each for each in receipts if _entry(each) is None]
    try:
        if by_entry:
            town.database.change(_NOTE_BY_ENTRY, by_entry)
        for each in others:
            town.database.change(_NOTE_BY_PROVIDER, {"channel_of": each.channel, **_values(each)})
    except AWAY as error:
        raise StoreUnavailable from error


def _entry(receipt: Receipt) -> int | None:
    """Return the row of the outbox that a receipt names; None where it names none."""
    number = receipt.outbox_id
    return int(number) if number.isdecimal() and len(number) <= LONGEST_NUMBER else None


def _values(receipt: Receipt) -> Mapping[str, Any]:
    return {
        "provided": receipt.external_id,
        "rank": DELIVERY_RANK[receipt.state],
        "reported": receipt.state,
        "code": receipt.error_code,
    }
