"""Who waits for a person, who has one, and whom the bot is talking to: the queue's rows, read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from bot.console.access import opaque_name
from bot.models import Conversation, Message
from bot.staff_tables import Staff
from bot.town import Town
from dialogues.catalogue import names
from dialogues.watching import WATCHED

REASONS = {
    "emergency": "Emergency",
    "urgent": "Urgent",
    "asked": "Asked for a person",
    "error": "The bot failed",
    "angry": "Angry",
    "unsure": "Bot unsure",
    "many_alike": "Many reports alike",
    "too_many": "Writes too much at once",
    "incomplete": "Left half-way",
}
"""Why somebody waits or should be watched, the most urgent first; others come last, in their own words."""

CHANNELS = {"sms": "SMS", "whatsapp": "WhatsApp", "telegram": "Telegram"}

MOST, MOST_OF_BOT = 200, 20
"""Rows at most: of those that people care for, and of the bot's latest."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One conversation in the queue. `since` is when they began to wait, else when something was last done."""

    id: int
    name: str
    channel: str
    language: str  # "" for the city's own
    reason: str  # its code, "" where nobody waits,
    why: str  # and in words
    since: datetime
    waited: str
    words: str
    by: str  # who said the last words
    unanswered: bool  # by the agent who has it
    owner: str  # "" while nobody has it; "Assistant", or one of the staff


@dataclass(frozen=True)
class Queue:
    """The queue, in the order in which it is worked off."""

    waiting: Sequence[Row]
    watched: Sequence[Row]  # the bot goes on; it may need help
    taken: Sequence[Row]
    of_bot: Sequence[Row]


def queue(town: Town, session: Session) -> Queue:
    """Return the queue as it is now."""
    owners = Conversation.owner.in_(("agent", "bot"))  # both: by the index of those who wait
    urgency = case(
        {name: rank for rank, name in enumerate(REASONS)}, value=Conversation.waiting_reason, else_=9
    )
    called = (
        _latest()
        .where(owners, Conversation.waiting_since.is_not(None))
        .order_by(urgency, Conversation.waiting_since)
    )
    watched = Conversation.waiting_reason.in_(WATCHED)
    taken = (
        _latest()
        .where(Conversation.owner == "agent", Conversation.waiting_since.is_(None))
        .order_by(Conversation.touched_at.desc())
    )
    of_bot = (
        _latest()
        .where(Conversation.owner == "bot", Conversation.waiting_since.is_(None))
        .order_by(Conversation.touched_at.desc())
    )
    staff_names = {staff.id: staff.name for staff in session.scalars(select(Staff))}

    def rows(query: Select[Conversation, Message, int], most: int) -> list[Row]:
        return [_row(town, staff_names, *found) for found in session.execute(query.limit(most))]

    return Queue(
        rows(called.where(~watched), MOST),
        rows(called.where(watched), MOST),
        rows(taken, MOST),
        rows(of_bot, MOST_OF_BOT),
    )


def _latest() -> Select[Conversation, Message, int]:
    """Return conversations with the resident's last message, or else ours, and the number of the last of all.

    One in which nothing was said is nobody's business.
    """
    here = Message.conversation_id == Conversation.id
    last = select(func.max(Message.id)).where(here).correlate(Conversation).scalar_subquery()
    said = select(func.max(Message.id)).where(here, Message.author == "resident").correlate(Conversation)
    return select(Conversation, Message, last).join(
        Message, Message.id == func.coalesce(said.scalar_subquery(), last)
    )


def _row(town: Town, names: dict[int, str], conversation: Conversation, said: Message, last: int) -> Row:
    since = conversation.waiting_since or conversation.touched_at
    reason = conversation.waiting_reason if conversation.waiting_since else ""
    name = opaque_name(conversation.contact_id, town.config)
    return Row(
        id=conversation.id,
        name=name,
        channel=CHANNELS.get(conversation.channel, conversation.channel),
        language=spoken(town, conversation.contact.language),
        reason=reason,
        why=REASONS.get(reason, reason.replace("_", " ").capitalize()),
        since=since,
        waited=lasted(town.now() - since),
        words=in_brief(said),
        by={"resident": name, "agent": "Agent", "city": "City"}.get(said.author, "Assistant"),
        unanswered=conversation.owner == "agent" and said.author == "resident" and said.id == last,
        owner=owner_of(conversation, names),
    )


def owner_of(conversation: Conversation, names: dict[int, str]) -> str:
    """Return who has a conversation; "" where it waits for anyone."""
    if conversation.owner == "bot":
        return "Assistant"
    if conversation.agent_id is None:
        return "" if conversation.waiting_since else "A person"
    return names.get(conversation.agent_id, "A person")


def spoken(town: Town, language: str) -> str:
    """Return the name of a resident's language where it is not the city's own."""
    return "" if language in ("", town.city.languages[0]) else names((language,), "en")


def in_brief(message: Message, most: int = 140) -> str:
    """Return what a message says, in a line; in the city's own language where that is known."""
    words = " ".join((message.gloss or message.text).split())
    if not words:
        words = "(shared a place)" if message.inbound.get("pin") else "(a photo or file)"
    return words if len(words) <= most else f"{words[:most]}…"


def lasted(span: timedelta) -> str:
    """Return how long something took, roughly: "under a minute", "12 min", "3 h 5 min", "2 days"."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "under a minute"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    days = minutes // (24 * 60)
    return f"{days} day{'s' if days > 1 else ''}"
