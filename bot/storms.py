"""Storm mode: switched on and off while everything runs, kept in the database, read at every turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from bot.announcement_tables import StormMode
from bot.town import Town
from dialogues.announcements import Storm


def current(session: Session, now: datetime) -> StormMode | None:
    """Return the storm that lasts, if one does."""
    lasts = or_(StormMode.until.is_(None), StormMode.until > now)
    query = select(StormMode).where(StormMode.ended_at.is_(None), StormMode.begun_at <= now, lasts)
    return session.scalars(query.order_by(StormMode.id.desc())).first()


def heard(town: Town, session: Session, now: datetime) -> Storm | None:
    """Return what the talk has to know of the storm that lasts; None where none does."""
    rules = town.config.file.storm
    if rules is None or current(session, now) is None:
        return None
    return Storm(services=rules.taken(town.city.services), say=rules.say)


Also = Callable[[Session], object]


def _nothing(session: Session) -> None:
    """Write nothing down."""


def begin(town: Town, until: datetime | None, *, also: Also = _nothing) -> StormMode:
    """Switch storm mode on until an aware moment, or until it is switched off; one that lasts is replaced.

    `also`, here and below, is done in the same transaction.
    """
    with town.database.write.begin() as session:
        _end(session, town.now())
        mode = StormMode(begun_at=town.now(), until=until)
        session.add(mode)
        also(session)
    return mode


def end(town: Town, *, also: Also = _nothing) -> bool:
    """Switch storm mode off; returns whether it was on."""
    with town.database.write.begin() as session:
        lasted = current(session, town.now()) is not None
        _end(session, town.now())
        also(session)
    return lasted


def _end(session: Session, now: datetime) -> None:
    session.execute(update(StormMode).where(StormMode.ended_at.is_(None)).values(ended_at=now))
