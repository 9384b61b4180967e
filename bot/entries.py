"""What stands in the outbox, and what of it this process has in hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from typing import Any

from bot import fault_points
from bot.backends import Taken

CLAIM = timedelta(seconds=fault_points.hurried(60))
"""How long a claimed entry is left alone; every provider call times out well before."""


@dataclass(frozen=True)
class Entry:
    """Something to be sent, as it stands in the outbox (see `OutboxEntry`)."""

    destination: str
    kind: str
    payload: Mapping[str, Any]
    created_at: datetime
    due_at: datetime
    id: int = 0
    message_id: int | None = None
    attempts: int = 0
    first_tried_at: datetime | None = None
    unknown: bool = False

    def claimed(self, now: datetime) -> Entry:
        """Return the entry as it is tried once more; `unknown` stays as the last try left it."""
        first = self.first_tried_at or now
        return replace(self, attempts=self.attempts + 1, first_tried_at=first, due_at=now + CLAIM)


@dataclass(frozen=True)
class Letter:
    """A message as it is to be sent, and to whom; `external_id`: a receipt that overtook us brought it."""

    text: str
    external_id: str | None
    contact_id: int
    channel: str
    our_address: str
    address: str
    opted_out_at: datetime | None
    unreachable_at: datetime | None


@dataclass(frozen=True)
class Claimed:
    """A message that nobody else sends meanwhile."""

    entry: Entry
    letter: Letter


@dataclass(frozen=True)
class Closing:
    """What became of an entry, and of the message it sends."""

    entry: Entry
    outcome: str
    external_id: str | None = None
    segments: int = 0
    error: str = ""
    code: str = ""
    taken: Taken | None = None  # what a department's system said of it


@dataclass(frozen=True)
class Hand:
    """What a process that decides and sends has in hand, between two looks at the database.

    `claimed` is what its turns posted and claimed, by destination: nobody looks for it, it sends that itself.
    `sent` is to be marked yet.
    """

    claimed: dict[str, Claimed] = field(default_factory=dict)
    sent: SimpleQueue[Closing] = field(default_factory=SimpleQueue)

    def take_sent(self) -> Sequence[Closing]:
        """Return what is to be marked; nobody else is told of it."""
        taken: list[Closing] = []
        with suppress(Empty):
            while True:
                taken.append(self.sent.get_nowait())
        return taken
