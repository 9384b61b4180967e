"""Storm mode: switched on and off while everything runs, kept in the database, read at every turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from bot.announcement_tables import StormMode
from bot.town import Town
from dialogues.announcements import Storm

_CURRENT = (
    select(StormMode)
    .where(
        StormMode.ended_at.is_(None),
        StormMode.begun_at <= bindparam("now"),
        or_(StormMode.until.is_(None), StormMode.until > bindparam("now")),
    )
    .order_by(StormMode.id.desc())
)
LASTS = _CURRENT.with_only_columns(StormMode.id).order_by(None).exists()
"""Whether a storm lasts `now`, for a query that asks more at once."""

_LASTS = select(LASTS)


def current(session: Session, now: datetime) -> StormMode | None:
    """Return the storm that lasts, if one does."""
    return session.scalars(_CURRENT, {"now": now}).first()


def lasts(session: Session, now: datetime) -> bool:
    """Tell whether a storm lasts; a session asks once, for all the cases that are filed in it."""
    if "storm" not in session.info:
        session.info["storm"] = bool(session.connection().scalar(_LASTS, {"now": now}))
    return bool(session.info["storm"])


def heard(town: Town) -> Storm | None:
    """Return what the talk has to know of a storm that lasts; None where config.yml does not say."""
    rules = town.config.file.storm
    return Storm(services=rules.taken(town.city.services), say=rules.say) if rules else None


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
