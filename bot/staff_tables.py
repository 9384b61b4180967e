"""The console's tables: who works here, where they are signed in, what they did and looked at."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.base import Base, Id


class Staff(Base):
    """Somebody who works with the console. `name` signs in, `shown_as` is what residents may read.

    `password_hash` is argon2's; "" where they sign in by the city's own identity provider (`subject`).
    `totp_step` is the last time step whose code was used: none is taken twice (RFC 6238, section 5.2).
    """

    __tablename__ = "staff"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    shown_as: Mapped[str] = mapped_column(default="")
    role: Mapped[str]
    department: Mapped[str] = mapped_column(default="")  # a crew's
    password_hash: Mapped[str] = mapped_column(default="")
    subject: Mapped[str | None] = mapped_column(unique=True)
    totp_secret: Mapped[str] = mapped_column(default="")
    totp_step: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class StaffSession(Base):
    """One browser in which somebody is signed in. The cookie's token is kept as its hash only.

    `code_given` is false between the password and the code of the authenticator.
    """

    __tablename__ = "staff_sessions"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    csrf: Mapped[str]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    code_given: Mapped[bool]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    staff: Mapped[Staff] = relationship(lazy="joined")


class AuditEntry(Base):
    """What somebody changed, or whose personal data they looked at. Never the data itself.

    `subject` names what it was about: "conversation:12", "case:SR-10001", "staff:kim".
    """

    __tablename__ = "audit"
    __table_args__ = (Index(None, "subject", "id"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    staff: Mapped[Staff | None] = relationship(lazy="joined")


class Note(Base):
    """What staff write to one another about a thread or a case: a table of its own, which nothing sends."""

    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    service_request_id: Mapped[int | None] = mapped_column(ForeignKey("service_requests.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str]
    created_at: Mapped[datetime]
    staff: Mapped[Staff] = relationship(lazy="joined")


class CannedReply(Base):
    """A reply that is written once: `text` by language, with {number}, {place} and the like of the case."""

    __tablename__ = "canned_replies"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    text: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class Presence(Base):
    """Who looks at a thread right now, and who has typed into its reply box: so that no two answer at once."""

    __tablename__ = "presences"
    __table_args__ = (Unique("conversation_id", "staff_id"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    seen_at: Mapped[datetime]
    typed_at: Mapped[datetime | None]
    staff: Mapped[Staff] = relationship(lazy="joined")


class CaseLink(Base):
    """Lets whoever has the link work on one case without an account; its token is kept as a hash only.

    `given_to` is the firm or person it was made for, `instructions` what staff wrote for them.
    """

    __tablename__ = "case_links"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    service_request_id: Mapped[int] = mapped_column(ForeignKey("service_requests.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    given_to: Mapped[str]
    instructions: Mapped[str] = mapped_column(default="")
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    staff: Mapped[Staff] = relationship(lazy="joined")
