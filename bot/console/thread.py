"""One thread as an agent sees it: what was said, what is known of the report, who looks at it, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from bot import cases, telling
from bot.console.access import opaque_name
from bot.console.queue import CHANNELS, REASONS, owner_of, spoken
from bot.desk import draft_of
from bot.models import Conversation, Message, Photo
from bot.places.surroundings import surroundings
from bot.staff_tables import CannedReply, Note, Presence, Staff
from bot.statuses import STATUSES
from bot.town import Town
from bot.tracking.sketch import Sketch, draw
from dialogues.rendering import day
from dialogues.types import Draft, OpenRequest, Service
from dialogues.watching import WATCHED

MOST_MESSAGES = 200
HERE = timedelta(seconds=15)
"""How long somebody counts as looking, or typing, after the last sign of it: pages give one every 5 s."""

DELIVERY = {
    "waiting": "waiting to be sent",
    "queued": "on its way",
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "NOT delivered",
    "failed": "NOT sent",
    "suppressed": "NOT sent: they get no texts from us",
    "superseded": "taken back before it was sent",
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the chat. `side` is theirs, bot, agent, city or note."""

    id: int
    side: str
    by: str
    at: datetime
    clock: str
    day: str
    text: str
    gloss: str = ""
    delivery: str = ""
    failed: bool = False
    edited: bool = False
    lang: str = ""  # that it is in, where that is known
    tongue: str = ""  # its name, where it is not the city's own
    understood: str = ""
    pin: str = ""
    photos: Sequence[Photo] = ()


@dataclass(frozen=True, kw_only=True)
class Case:
    """One of the contact's cases."""

    number: str
    service: str
    place: str
    status: str
    since: str
    closed: bool


@dataclass(frozen=True, kw_only=True)
class Chat:
    """What changes while one looks."""

    conversation: Conversation
    name: str
    channel: str
    language: str
    lang: str
    owner: str
    mine: bool
    others: bool  # somebody else of the staff has it
    why: str
    emergency: bool
    watched: bool  # the assistant goes on, but may need help
    entries: Sequence[Entry]
    looking: Sequence[str]
    typing: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What stands beside the chat. `sure` is in percent, None where nobody has guessed."""

    draft: Draft
    service: Service | None
    sure: int | None
    guess: str
    photos: Sequence[Photo]
    cases: Sequence[Case]
    sketch: Sketch | None
    canned: Sequence[tuple[str, str]]  # code and text
    asleep: str  # what time it is there, in the quiet hours


def chat(town: Town, session: Session, conversation: Conversation, me: Staff) -> Chat:
    """Return a thread's talk as `me` sees it."""
    names = {staff.id: staff.name for staff in session.scalars(select(Staff))}
    name = opaque_name(conversation.contact_id, town.config)
    others = conversation.agent_id is not None and conversation.agent_id != me.id
    looking = _presences(town, session, conversation.id, me)
    return Chat(
        conversation=conversation,
        name=name,
        channel=CHANNELS.get(conversation.channel, conversation.channel),
        language=spoken(town, conversation.contact.language),
        lang=conversation.contact.language or town.city.languages[0],
        owner=owner_of(conversation, names),
        mine=conversation.agent_id == me.id,
        others=others,
        why=REASONS.get(conversation.waiting_reason, conversation.waiting_reason)
        if conversation.waiting_since
        else "",
        emergency=conversation.waiting_reason == "emergency" and conversation.waiting_since is not None,
        watched=conversation.waiting_since is not None and conversation.waiting_reason in WATCHED,
        entries=_entries(town, session, conversation, name, names),
        looking=[each.staff.name for each in looking],
        typing=[each.staff.name for each in looking if _recent(town, each.typed_at)],
    )


def _entries(
    town: Town, session: Session, conversation: Conversation, name: str, names: Mapping[int, str]
) -> list[Entry]:
    query = (
        select(Message)
        .where(
            Message.conversation_id == conversation.id,
            Message.kind.in_(("message", "edit", "opt_out", "opt_in")),
        )
        .order_by(Message.id.desc())
        .limit(MOST_MESSAGES)
        .options(selectinload(Message.photos))
    )
    said = [_entry(town, message, name, names) for message in session.scalars(query)]
    begun = min((entry.at for entry in said), default=conversation.touched_at)
    noted = select(Note).where(Note.conversation_id == conversation.id)
    notes = [
        _note(town, note)
        for note in session.scalars(noted)
        if len(said) < MOST_MESSAGES or note.created_at >= begun
    ]
    return sorted([*reversed(said), *notes], key=lambda entry: entry.at)


def _entry(town: Town, message: Message, name: str, names: Mapping[int, str]) -> Entry:
    pin = message.inbound.get("pin")
    authors = {"resident": name, "city": "City", "agent": names.get(message.raw.get("agent_id", 0), "A person")}
    theirs = message.author == "resident"
    return Entry(
        id=message.id,
        side="theirs" if theirs else message.author,
        by=authors.get(message.author, "Assistant"),
        at=message.created_at,
        clock=clock(town, message.created_at),
        day=day(message.created_at, town.city),
        text=message.text,
        gloss=message.gloss,
        delivery="" if theirs else DELIVERY.get(message.state, message.state),
        failed=message.state in ("undelivered", "failed", "suppressed"),
        edited=message.kind == "edit",
        lang=message.language,
        tongue=spoken(town, message.language),
        understood=message.understood,
        pin=(pin[2] or f"{pin[0]:.5f}, {pin[1]:.5f}") if pin else "",
        photos=message.photos,
    )


def _note(town: Town, note: Note) -> Entry:
    return Entry(
        id=note.id,
        side="note",
        by=note.staff.name,
        at=note.created_at,
        clock=clock(town, note.created_at),
        day=day(note.created_at, town.city),
        text=note.text,
    )


def clock(town: Town, moment: datetime) -> str:
    """Return the time of day in the city's zone: "1:05 pm"."""
    local = moment.astimezone(ZoneInfo(town.city.timezone))
    return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"


def beside(town: Town, session: Session, conversation: Conversation) -> Beside:
    """Return what is known of a thread's report and of the contact."""
    draft = draft_of(conversation)
    known = cases.of_contact(town, session.connection(), conversation.contact_id)
    guess = town.city.services.get(draft.first_guess)
    return Beside(
        draft=draft,
        service=town.city.services.get(draft.service_code),
        sure=round(draft.first_confidence * 100) if guess else None,
        guess=guess.service_name if guess else "",
        photos=_photos(session, conversation.id),
        cases=[_case(town, each) for each in known],
        sketch=_sketch(session, draft),
        canned=_canned(town, session, conversation, known),
        asleep=_asleep(town),
    )


def _photos(session: Session, conversation_id: int) -> Sequence[Photo]:
    """Return the pictures of a thread that belong to no case yet."""
    query = (
        select(Photo)
        .join(Message)
        .where(
            Message.conversation_id == conversation_id,
            Photo.service_request_id.is_(None),
            Photo.state.in_(("kept", "pending")),
        )
    )
    return session.scalars(query.order_by(Photo.id)).all()


def _case(town: Town, case: OpenRequest) -> Case:
    service = town.city.services.get(case.service_code)
    return Case(
        number=case.service_request_id,
        service=service.service_name if service else case.service_code,
        place=case.address_string,
        status=case.status.replace("_", " ").capitalize() if case.status in STATUSES else case.status,
        since=day(case.status_datetime, town.city),
        closed=case.closed,
    )


def _sketch(session: Session, draft: Draft) -> Sketch | None:
    """Return a map of where the report is."""
    place = draft.place
    if place is None or place.lat is None or place.long is None:
        return None
    return draw(surroundings(session, place.lat, place.long), (place.lat, place.long))


def _canned(
    town: Town, session: Session, conversation: Conversation, known: Sequence[OpenRequest]
) -> list[tuple[str, str]]:
    """Return the canned replies in the resident's language, filled from their latest case.

    One that names what there is not is left out: nobody is to read "your case ".
    """
    language, own = conversation.contact.language, town.city.languages[0]
    filling = _filling(town, known)
    filled = []
    for reply in session.scalars(select(CannedReply).order_by(CannedReply.code)):
        text = reply.text.get(language) or reply.text.get(own) or reply.text.get("en") or ""
        for word, value in filling.items():
            text = text.replace(f"{{{word}}}", value) if value else text
        if text and not any(f"{{{word}}}" in text for word in filling):
            filled.append((reply.code, text))
    return filled


def _filling(town: Town, known: Sequence[OpenRequest]) -> dict[str, str]:
    latest = known[0] if known else None
    service = town.city.services.get(latest.service_code) if latest else None
    return {
        "number": latest.service_request_id if latest else "",
        "place": latest.address_string if latest else "",
        "service": service.service_name if service else "",
        "program": town.city.program,
        "phone": town.city.phone,
    }


def _asleep(town: Town) -> str:
    now = town.now()
    waits = telling.after_quiet_hours(now, *telling.quiet_hours(town), town.city.timezone) != now
    return clock(town, now) if waits else ""


# Who looks ------------------------------------------------------------------------------------------


def be_here(town: Town, session: Session, conversation_id: int, me: Staff, *, typing: bool = False) -> None:
    """Note that `me` looks at a thread, or types into its reply box; in a transaction that may write."""
    now = town.now()
    found = _mine(session, conversation_id, me)
    if found is None:
        session.execute(delete(Presence).where(Presence.seen_at < now - timedelta(days=1)))
        found = Presence(conversation_id=conversation_id, staff_id=me.id, seen_at=now)
        session.add(found)
    found.seen_at = now
    found.typed_at = now if typing else found.typed_at


def is_noted(town: Town, session: Session, conversation_id: int, me: Staff) -> bool:
    """Tell whether it was noted a moment ago that `me` looks: not every glance is worth a write."""
    found = _mine(session, conversation_id, me)
    return found is not None and town.now() - found.seen_at < HERE / 3


def _mine(session: Session, conversation_id: int, me: Staff) -> Presence | None:
    query = select(Presence).where(Presence.conversation_id == conversation_id, Presence.staff_id == me.id)
    return session.scalars(query).first()


def _presences(town: Town, session: Session, conversation_id: int, me: Staff) -> list[Presence]:
    query = select(Presence).where(Presence.conversation_id == conversation_id, Presence.staff_id != me.id)
    return [each for each in session.scalars(query.order_by(Presence.id)) if _recent(town, each.seen_at)]


def _recent(town: Town, moment: datetime | None) -> bool:
    return moment is not None and town.now() - moment < HERE
