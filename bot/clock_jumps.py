"""What was written while the clock was ahead: once it is put right, that must not wait until then."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import update

from bot.models import Message, OutboxEntry
from bot.town import Town

log = logging.getLogger(__name__)

CLOCKS_APART = timedelta(minutes=1)
"""How far the clocks of two machines of ours may differ; what is further ahead was a clock put back."""

LONG_AGO = timedelta(days=1)


def set_right(town: Town) -> None:
    """Have what comes from the future be answered and sent now; a try that went wrong then is looked up.

    When it was tried nobody knows any more: the provider is asked for a whole day, and a message that belongs
    to another entry is not taken for this one's (`delivery._found`).
    """
    now = town.now()
    ahead = now + CLOCKS_APART
    open_entry = OutboxEntry.done_at.is_(None)
    at_once = (OutboxEntry.attempts > 0) | (OutboxEntry.due_at == OutboxEntry.created_at)
    changes = (
        update(Message).where(Message.read_at.is_(None), Message.created_at > ahead).values(created_at=now),
        update(OutboxEntry)
        .where(open_entry, OutboxEntry.first_tried_at > ahead)
        .values(due_at=now, first_tried_at=now - LONG_AGO),
        update(OutboxEntry).where(open_entry, OutboxEntry.created_at > ahead, at_once).values(due_at=now),
        update(OutboxEntry).where(open_entry, OutboxEntry.created_at > ahead).values(created_at=now),
    )
    with town.database.write.begin() as session:
        moved = sum(session.execute(change).rowcount for change in changes)  # type: ignore[attr-defined]
    if moved:
        log.warning("the clock was put back: %s messages and sends from the future are done now", moved)
