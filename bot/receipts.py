"""What providers say became of a message: late, repeated and overtaken receipts change nothing."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.database import AWAY
from bot.models import Message, OutboxEntry
from bot.town import Town
from webhooks.channel import DELIVERY_RANK, Receipt, StoreUnavailable


def report(town: Town, receipt: Receipt) -> None:
    """Note what became of a message; late, repeated and unknown receipts change nothing.

    Raises `StoreUnavailable` when it can't be noted now.
    """
    try:
        with town.database.write.begin() as session:
            message = _message_of(session, receipt)
            if message is not None and message.author != "resident":
                _note(message, receipt)
    except AWAY as error:
        raise StoreUnavailable from error


def _note(message: Message, receipt: Receipt) -> None:
    message.external_id = message.external_id or receipt.external_id
    rank = DELIVERY_RANK.get(message.state, -1)  # type: ignore[call-overload]
    if DELIVERY_RANK[receipt.state] > rank:
        message.state = receipt.state
        message.error_code = receipt.error_code


def _message_of(session: Session, receipt: Receipt) -> Message | None:
    """Return the message a receipt is about, locked: two receipts at once must not undo one another."""
    query = select(Message).with_for_update(of=Message)
    if receipt.outbox_id.isdecimal():
        entry = session.get(OutboxEntry, int(receipt.outbox_id))
        return session.scalars(query.where(Message.id == entry.message_id)).first() if entry else None
    by_id = query.where(Message.channel == receipt.channel, Message.external_id == receipt.external_id)
    return session.scalars(by_id).first()
