"""What the shell needs of the world, in one place: built once, handed to every function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Literal, Protocol

from bot.backends import Backend
from bot.config import Config
from bot.database import Database
from bot.entries import Hand
from bot.pacing import LocalPacer, Pacer
from bot.places.geocoder import Places
from bot.routing import Routing
from dialogues.types import City
from nlu.interpreter import Interpreter
from webhooks.channel import Channel

Job = Literal["take_turns", "deliver", "mark", "fetch_photo", "poll"]


class Bell(Protocol):
    """Wakes whoever does the work. Losing a ring loses nothing: the sweeper rings again."""

    def ring(self, job: Job, subject: str, after: float = 0.0) -> None:
        """Have `job` done for `subject` (an id) in `after` seconds; never raises."""
        ...


def utcnow() -> datetime:
    """Return the time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Town:
    """One deployment. `channels` and `backends` are by name; `now` is replaced in tests.

    `hand` is a worker's: what it posts it sends itself. None where others send it. `room` is up to which case
    of the city's a service surely has room for more (see `limits`).
    """

    config: Config
    database: Database
    channels: Mapping[str, Channel]
    backends: Mapping[str, Backend]
    interpreter: Interpreter
    places: Places
    routing: Routing
    bell: Bell
    pacer: Pacer = field(default_factory=LocalPacer)
    now: Callable[[], datetime] = utcnow
    hand: Hand | None = None
    room: dict[str, int] = field(default_factory=dict)

    @cached_property
    def city(self) -> City:
        """The city as the talk knows it."""
        return replace(self.config.city, unserved=self.routing.unserved, back_at=self.routing.back_at)
