"""The tables of what the city announces: notices for an area, who follows them, storm mode."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from bot.base import Base, Id


class AreaNotice(Base):
    """What staff announced for an area. `text` is by language, the city's own always among them.

    `area` is a GeoJSON (multi)polygon in degrees, `area_name` what people call it; `services` the codes it is
    about. It holds from `starts` until `expires`, or until it was ended. `revision` counts what followers are
    to be told, last at `announced_at`; `safety` lets that go out in the quiet hours.
    """

    __tablename__ = "area_notices"
    __table_args__ = (Index(None, "ended_at", "expires"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    text: Mapped[dict[str, Any]]
    area: Mapped[dict[str, Any]]
    area_name: Mapped[str]
    services: Mapped[list[str]] = mapped_column(JSON())
    starts: Mapped[datetime]
    expires: Mapped[datetime]
    safety: Mapped[bool] = mapped_column(default=False)
    author: Mapped[str]
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=0)
    announced_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_text: Mapped[dict[str, Any]] = mapped_column(default=dict)


class NoticeFollower(Base):
    """A thread that hears of a notice. `told` is the notice's revision that it was told last."""

    __tablename__ = "notice_followers"
    __table_args__ = (Unique("notice_id", "conversation_id"), Index(None, "notice_id", "told"))
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("area_notices.id"))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    created_at: Mapped[datetime]
    told: Mapped[int]
    muted_at: Mapped[datetime | None]


class StormMode(Base):
    """A time in which only the services of config.yml's `storm` are taken at once. No `until`: till ended."""

    __tablename__ = "storm_modes"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    begun_at: Mapped[datetime]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
