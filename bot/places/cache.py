"""What outside geocoders answered, kept in the database for as long as their terms and good sense allow.

A question is kept as a keyed hash only. It is a resident's own words, now and then with a name or a phone
number in them, and nobody needs to read it again: to be recognised is enough. The key (SECRET_KEY, where it
is set) is what keeps short questions from being guessed by trying every address of the city. The answers are
addresses of the map, and say nothing of who asked.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Index, Text, and_, delete, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.base import Base
from dialogues.types import Precision

log = logging.getLogger(__name__)

FORMAT = "1"
"""Raise it when the meaning of what is kept changes: what was kept before is then no longer found."""

EMPTY_DAYS = 1.0
"""Days for which "nothing there" is believed: maps grow."""

LONGEST_DAYS = 30.0
"""Days after which nothing is kept, whosoever it came from."""


class GeocodeAnswer(Base):
    """An answer of an outside geocoder. `question` is a hash; `answer` is JSON, "[]" where none."""

    __tablename__ = "geocode_cache"
    __table_args__ = (Index(None, "fetched_at"),)

    geocoder: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    fetched_at: Mapped[datetime]


@dataclass(frozen=True)
class Candidate:
    """One place that an outside geocoder names, in our words."""

    address_string: str
    lat: float
    long: float
    precision: Precision


class Cache:
    """The table `geocode_cache`. A database that does not answer is a miss, never an error."""

    def __init__(
        self,
        read: Callable[[], Session],
        write: Callable[[], Session],
        key: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._read, self._write = read, write
        self._key = key.encode()
        self.now = now

    def get(self, geocoder: str, question: str, days: float) -> list[Candidate] | None:
        """Return what was answered in the last `days` days (one day where it was nothing); None: ask."""
        try:
            with self._read() as session:
                kept = session.get(GeocodeAnswer, (geocoder, self._hash(question)))
            found = None if kept is None else [Candidate(**one) for one in json.loads(kept.answer)]
        except (SQLAlchemyError, ValueError, TypeError) as error:
            log.warning("geocode cache not read: %s", type(error).__name__)
            return None
        if kept is None or found is None:
            return None
        lifetime = timedelta(days=days if found else min(days, EMPTY_DAYS))
        return found if self.now() - kept.fetched_at < lifetime else None

    def put(self, geocoder: str, question: str, found: list[Candidate]) -> None:
        """Keep an answer. Failures are none, and don't belong here."""
        answer = json.dumps([asdict(one) for one in found], separators=(",", ":"))
        kept = GeocodeAnswer(
            geocoder=geocoder, question=self._hash(question), answer=answer, fetched_at=self.now()
        )
        try:
            with self._write() as session:
                session.merge(kept)
                session.commit()
        except SQLAlchemyError as error:  # also: another thread was quicker with the same answer
            log.info("geocode cache not written: %s", type(error).__name__)

    def prune(self, lifetimes: Mapping[str, float], now: datetime) -> int:
        """Forget what is too old by each geocoder's days, and what nobody in `lifetimes` would read."""
        old = [
            and_(GeocodeAnswer.geocoder == name, GeocodeAnswer.fetched_at <= now - timedelta(days=days))
            for name, days in lifetimes.items()
        ]
        emptied = and_(
            GeocodeAnswer.answer == "[]", GeocodeAnswer.fetched_at <= now - timedelta(days=EMPTY_DAYS)
        )
        useless = or_(emptied, GeocodeAnswer.geocoder.not_in(list(lifetimes)), *old)
        with self._read() as session:
            if session.scalars(select(GeocodeAnswer.question).where(useless).limit(1)).first() is None:
                return 0  # a look is cheaper than a lock
        with self._write() as session:
            gone = session.execute(delete(GeocodeAnswer).where(useless))
            session.commit()
        return int(getattr(gone, "rowcount", 0))

    def _hash(self, question: str) -> str:
        return hmac.digest(self._key, f"{FORMAT}\0{question}".encode(), "sha256").hex()
