"""The tables. Columns of a case bear Open311's names; times are aware and in UTC."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    true,
)
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from bot.base import Base, Id
from bot.encryption import EncryptedJSON, EncryptedText, KeyedHash


def token() -> str:
    """Return an unguessable name for something on the public web: 128 bits."""
    return secrets.token_urlsafe(16)


LOCAL_DIGITS = 7
"""Of a phone number without its area code."""


def local_digits(address: str) -> str | None:
    """Return the end of an address by which staff may look for it; None where it is no phone number."""
    kind, _, number = address.partition(":")
    return number[-LOCAL_DIGITS:] if kind in ("tel", "whatsapp") else None


class Contact(Base):
    """A person at an address (`tel:+1...`, `whatsapp:+1...`, `telegram:...`); "": whoever it was is forgotten.

    The address is encrypted: `contacts` finds it by the hashes, which follow it by themselves. `language` is
    the one they wrote in last; "" until that is clear.
    """

    __tablename__ = "contacts"
    # Named by the column it was made for: SQLite can't give a constraint another name.
    __table_args__ = (Unique("address_hash", name="uq_contacts_address"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    address: Mapped[str] = mapped_column(EncryptedText("contacts.address"))
    address_hash: Mapped[str] = mapped_column(KeyedHash("contacts.address", of="address"))
    address_tail: Mapped[str | None] = mapped_column(
        KeyedHash("contacts.address_tail", of="address", part=local_digits), index=True
    )
    language: Mapped[str] = mapped_column(default="")
    opted_out_at: Mapped[datetime | None]
    unreachable_at: Mapped[datetime | None]
    erased_at: Mapped[
        datetime | None
    ]  # what was said is gone; the address goes with the last word (see `privacy`)
    blocked_at: Mapped[datetime | None] = mapped_column(index=True)  # by staff: gets no answer (see `limits`)
    created_at: Mapped[datetime]

    @validates("address")
    def _hashed(self, _: str, address: str) -> str:
        self.address_hash = self.address_tail = address or token()
        return address


class Conversation(Base):
    """One contact on one channel, talking to one address of ours. Owner: bot or agent.

    `agent_id` is whose of the staff it is while an agent has it; None: nobody has taken it up yet.
    `waiting_reason`: asked, emergency, urgent, error, incomplete; or angry, unsure (`dialogues.watching`), with
    which the bot goes on.
    `version` is raised by every turn: a worker that comes late is refused (StaleDataError).
    """

    __tablename__ = "conversations"
    __table_args__ = (Unique("contact_id", "channel"), Index(None, "owner", "waiting_since"))
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    channel: Mapped[str]
    our_address: Mapped[str]
    owner: Mapped[str] = mapped_column(default="bot")
    agent_id: Mapped[int | None] = mapped_column(Id)  # no foreign key: added in place
    waiting_since: Mapped[datetime | None]  # for a person, or to be watched; None: neither
    waiting_reason: Mapped[str] = mapped_column(default="")
    handed_off_at: Mapped[datetime | None] = mapped_column(index=True)  # to a person, last
    abandoned_at: Mapped[datetime | None] = mapped_column(index=True)  # a report left half-way, last
    state: Mapped[dict[str, Any]] = mapped_column(default=dict)
    draft_since: Mapped[datetime | None]  # None: no report is under way
    touched_at: Mapped[datetime] = mapped_column(index=True)  # the last turn
    limited_at: Mapped[datetime | None]  # when they were told that they write too much (see `limits`)
    version: Mapped[int] = mapped_column()
    contact: Mapped[Contact] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Message(Base):
    """One message, in or out. Inbound ones are unique by (channel, external_id) and keep the raw payload.

    `author`: resident, bot, agent or city (a status). `state` and `error_code` say how an outbound
    one fared; `segments` what it cost. `failures` counts the turns that broke on an inbound one.
    `gloss` is in the city's own language what `text` says in another, for staff; `language` is what a resident
    wrote in, `understood` what we made of it where that is not the city's own. `service_request_id` is
    the case that an outbound one is about, so that one who quotes it is understood; `notice_id` the notice
    whose news it tells.
    """

    __tablename__ = "messages"
    __table_args__ = (
        Unique("channel", "external_id"),
        Index(None, "conversation_id", "read_at"),
        Index(None, "read_at", "created_at"),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    channel: Mapped[str]
    external_id: Mapped[str | None]  # None: outbound and not yet taken by the provider
    author: Mapped[str]
    kind: Mapped[str] = mapped_column(default="message")
    text: Mapped[str] = mapped_column(default="")
    gloss: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="", server_default="")
    understood: Mapped[str] = mapped_column(default="", server_default="")
    inbound: Mapped[dict[str, Any]] = mapped_column(default=dict)  # the rest of an `Inbound`
    raw: Mapped[dict[str, Any]] = mapped_column(EncryptedJSON("messages.raw"), default=dict)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    set_aside_at: Mapped[datetime | None]  # poison: kept for people, no longer in the way
    state: Mapped[str] = mapped_column(default="")
    error_code: Mapped[str] = mapped_column(default="")
    segments: Mapped[int] = mapped_column(default=0)
    service_request_id: Mapped[int | None] = mapped_column(Id, index=True)  # no foreign key: added in place
    notice_id: Mapped[int | None] = mapped_column(Id, index=True)  # no foreign key: added in place
    photos: Mapped[list[Photo]] = relationship(order_by="Photo.id", back_populates="message")


class Photo(Base):
    """A picture: known, then kept or refused. Served as /photos/<token>.jpg.

    `kind`: before, as residents send them, or after: a crew's of the work done, which came by no message.
    `state`: pending, kept, refused; `problem` says why refused. `lat`/`long` come from its EXIF.
    `cleared_at` is when staff let it onto the case's public page; None: it is not shown there.
    """

    __tablename__ = "photos"
    __table_args__ = (Index(None, "state", "due_at"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token: Mapped[str] = mapped_column(unique=True, default=token)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    service_request_id: Mapped[int | None] = mapped_column(ForeignKey("service_requests.id"), index=True)
    kind: Mapped[str] = mapped_column(default="before", server_default="before")
    channel: Mapped[str]
    ref: Mapped[str]
    state: Mapped[str] = mapped_column(default="pending")
    problem: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    lat: Mapped[float | None]
    long: Mapped[float | None]
    cleared_at: Mapped[datetime | None]
    message: Mapped[Message | None] = relationship(back_populates="photos")


class ServiceRequest(Base):
    """The case. `service_request_id` is its short public number, `token` its unguessable address.

    `location_confirmed` is false where its place is what the resident wrote, not found on the map; it is looked
    for again at `locate_at`, and what is found is a `suggested_location` for people to decide on.
    `reporter` is who posted it in Open311 and for whom: for staff. `media_url` is a picture kept elsewhere.
    `status` is as of `status_datetime`, for the `reason` (a code of data/reasons.yml, or "" where it is told in
    words only); `answer_by` is until when it waits for the resident's answer.
    `warned_of` and `alerted_of` are the deadlines of whose nearing and passing the department was told.
    `verdict` is what a resident last said of finished work (content, not_fixed, complained), and when.
    """

    __tablename__ = "service_requests"
    __table_args__ = (
        Index(None, "status", "expected_datetime"),
        Index(None, "contact_id", "requested_datetime"),
        Index("ix_service_requests_status_lat_long", "status", "lat", "long"),
        Index("ix_service_requests_service_requested", "service_code", "requested_datetime"),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    service_request_id: Mapped[str] = mapped_column(unique=True)
    token: Mapped[str] = mapped_column(unique=True, default=token)
    service_code: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    address_string: Mapped[str]
    lat: Mapped[float | None]
    long: Mapped[float | None]
    precision: Mapped[str]
    location_confirmed: Mapped[bool] = mapped_column(default=True, server_default=true())
    suggested_location: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    locate_at: Mapped[datetime | None] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(default="received")
    status_notes: Mapped[str] = mapped_column(default="")
    status_datetime: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    answer_by: Mapped[datetime | None] = mapped_column(index=True)
    department: Mapped[str]
    priority: Mapped[str] = mapped_column(default="normal")
    requested_datetime: Mapped[datetime]
    updated_datetime: Mapped[datetime]
    expected_datetime: Mapped[datetime | None]
    warned_of: Mapped[datetime | None]
    alerted_of: Mapped[datetime | None]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"))
    media_url: Mapped[str] = mapped_column(default="", server_default="")
    reporter: Mapped[dict[str, Any]] = mapped_column(
        EncryptedJSON("service_requests.reporter"), default=dict, server_default="{}"
    )
    verdict: Mapped[str] = mapped_column(default="", server_default="")
    verdict_datetime: Mapped[datetime | None]
    photos: Mapped[list[Photo]] = relationship(order_by=Photo.id)
    updates: Mapped[list[StatusUpdate]] = relationship(
        order_by="StatusUpdate.updated_datetime, StatusUpdate.id", back_populates="service_request"
    )
    followers: Mapped[list[Follower]] = relationship(order_by="Follower.id", back_populates="service_request")


class Follower(Base):
    """A thread that hears of a case: its reporter's, and those of others who saw the same. Muted, it is told
    nothing but what it asks for."""

    __tablename__ = "followers"
    __table_args__ = (Unique("service_request_id", "conversation_id"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    service_request_id: Mapped[int] = mapped_column(ForeignKey("service_requests.id"))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    created_at: Mapped[datetime]
    muted_at: Mapped[datetime | None]
    service_request: Mapped[ServiceRequest] = relationship(back_populates="followers")
    conversation: Mapped[Conversation] = relationship()


class StatusUpdate(Base):
    """One entry of a case's history. `author`: resident, bot, city, a staff name or another system's.

    `update_id` is the other system's own, by which a repetition is known.
    """

    __tablename__ = "status_updates"
    __table_args__ = (Index(None, "service_request_id", "update_id", unique=True),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    service_request_id: Mapped[int] = mapped_column(ForeignKey("service_requests.id"))
    status: Mapped[str]
    status_notes: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="", server_default="")
    author: Mapped[str]
    updated_datetime: Mapped[datetime]
    update_id: Mapped[str | None]
    service_request: Mapped[ServiceRequest] = relationship(back_populates="updates")


class ExternalRequest(Base):
    """A case in another city system, `backend` being its department's code.

    `state`: waiting, filed, refused. `external_id` is its number there, which may come later than the `token`.
    `poll_at` is when to ask again (None: no more), `polled_at` up to when all is known, `tries` how often
    nothing came; `seen` is what was there: ids of `updates`, or `closed` and `notes`.
    """

    __tablename__ = "external_requests"
    __table_args__ = (
        Unique("service_request_id", "backend"),
        Index(None, "backend", "external_id"),
        Index(None, "poll_at"),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    service_request_id: Mapped[int] = mapped_column(ForeignKey("service_requests.id"))
    backend: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    external_id: Mapped[str] = mapped_column(default="")
    token: Mapped[str] = mapped_column(default="")
    filed_at: Mapped[datetime | None]
    poll_at: Mapped[datetime | None]
    polled_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    seen: Mapped[dict[str, Any]] = mapped_column(default=dict)
    service_request: Mapped[ServiceRequest] = relationship()


class OutboxEntry(Base):
    """Something still to be sent, oldest first per destination.

    `destination` is `conversation:<id>` or `department:<code>:<backend>`; `kind` is reply or push for a
    message, else a department's backend. `due_at` is pushed into the future by whoever claims it.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "destination", "done_at", "id"),
        Index(None, "done_at", "due_at"),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    destination: Mapped[str]
    kind: Mapped[str]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_prompt: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    first_tried_at: Mapped[datetime | None]
    unknown: Mapped[bool] = mapped_column(default=False)  # the last try may have gone through
    done_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")  # sent, failed, suppressed, superseded
    error: Mapped[str] = mapped_column(default="")


class Quarantined(Base):
    """An inbound payload that nobody could make sense of, kept for people."""

    __tablename__ = "quarantine"
    __table_args__ = (Unique("channel", "external_id"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    channel: Mapped[str]
    external_id: Mapped[str]
    raw: Mapped[dict[str, Any]] = mapped_column(EncryptedJSON("quarantine.raw"))
    created_at: Mapped[datetime]


class Chore(Base):
    """Something that is done once a day: when it was last, so that one process of several does it."""

    __tablename__ = "chores"
    name: Mapped[str] = mapped_column(primary_key=True)
    done_at: Mapped[datetime]


class ReferenceNumber(Base):
    """Hands out case numbers: a row is taken before the turn that may file. Gaps are no harm."""

    __tablename__ = "reference_numbers"
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    taken_at: Mapped[datetime]


class Misreading(Base):
    """A text the ear was unsure or wrong about, for `townline nlu review`. `meant` is "" where unknown.

    `outcome` is "" until somebody has looked: then added or dropped, and the text is forgotten.
    """

    __tablename__ = "misreadings"
    __table_args__ = (Index(None, "outcome", "id"),)
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    text: Mapped[str]
    language: Mapped[str]
    heard: Mapped[str]
    confidence: Mapped[float]
    meant: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
