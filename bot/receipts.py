"""What providers say became of a message: late, repeated and overtaken receipts change nothing."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Update, bindparam, case, func, select, update

from bot.database import AWAY
from bot.models import Message, OutboxEntry
from bot.town import Town
from webhooks.channel import DELIVERY_RANK, Receipt, StoreUnavailable

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


def report(town: Town, receipt: Receipt) -> None:
    """Note what became of a message; late, repeated and unknown receipts change nothing.

    Raises `StoreUnavailable` when it can't be noted now.
    """
    values = {
        "provided": receipt.external_id,
        "rank": DELIVERY_RANK[receipt.state],
        "reported": receipt.state,
        "code": receipt.error_code,
    }
    try:
        if receipt.outbox_id.isdecimal():
            town.database.change(_NOTE_BY_ENTRY, values | {"entry": int(receipt.outbox_id)})
        else:
            town.database.change(_NOTE_BY_PROVIDER, values | {"channel_of": receipt.channel})
    except AWAY as error:
        raise StoreUnavailable from error
