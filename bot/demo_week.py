"""A week of cases for the demo, made up but believable: reported by day, worked on in working hours, some late.

They go through the same functions as real ones, with the clock of their moment; what they would have sent is
noted as sent, so that the phones stay quiet.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot import contacts, service_requests
from bot.cases import by_number
from bot.database import Database
from bot.models import Contact, Conversation, Message, OutboxEntry, ServiceRequest
from bot.town import Bell, Job, Town
from dialogues.types import Draft, Place, Service

CASES = 140
PEOPLE = 60

# How often each is reported, as real 311 lines go: the street first. What is not named comes seldom.
OFTEN = {
    "pothole_road_damage": 18,
    "street_light": 14,
    "missed_trash": 12,
    "illegal_dumping": 10,
    "graffiti": 9,
    "tree": 8,
    "abandoned_vehicle": 7,
    "illegal_parking": 7,
    "sidewalk": 5,
    "water_leak": 5,
    "noise": 4,
}

SAYINGS = (
    "there is a problem here: {what}",
    "{what} at {place}",
    "hi, {what} again at {place}",
    "{what} for three days now, {place}",
    "please look at the {what} near {place}",
)

PATHS: tuple[tuple[str, ...], ...] = (
    (),
    ("under_review",),
    ("assigned",),
    ("scheduled", "assigned", "on_site"),
    ("assigned", "on_site", "completed"),
    ("assigned", "completed"),
    ("completed",),
    ("under_review", "no_action"),
    ("need_info",),
    ("assigned", "completed", "reopened"),
)
WEIGHTS = (30, 8, 14, 5, 16, 12, 8, 4, 2, 2)

WAITING = (
    ("asked", "can a person help me with this please"),
    ("incomplete", "something is wrong with the road by the old mill"),
    ("emergency", "there was a crash at 5th and main, somebody is hurt"),
    ("asked", "I want to talk to somebody about my street light"),
    ("angry", "this is ridiculous, nobody ever comes"),
    ("unsure", "the thing by the corner is doing it again"),
)

VERDICTS = ("", "", "", "content", "content", "complained")
"""What residents say of work that is done: most of them nothing."""


class _Silence(Bell):
    """A bell that nobody hears."""

    def ring(self, job: Job, subject: str, after: float = 0.0) -> None:
        return None


def is_empty(database: Database) -> bool:
    """Tell whether there is no case yet."""
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(ServiceRequest)) == 0


def make(town: Town, seed: int = 311) -> int:
    """Make up the week before now; returns how many cases."""
    any_ = random.Random(seed)
    now = town.now()
    places = [each for each in town.places.sample(CASES, seed) if each["kind"] != "intersection"]
    reported = sorted(_daytime(town, now, any_) for _ in range(CASES))
    for number, at in enumerate(reported):
        place = places[number % len(places)]
        where = Place(address_string=place["address_string"], lat=place["lat"], long=place["long"])
        _play(town, where, at, now, any_)
    _leave_waiting(town, now, any_)
    _note_as_sent(town, now)
    return CASES


def _daytime(town: Town, now: datetime, any_: random.Random) -> datetime:
    """Return a moment of the last week at which people report things."""
    zone = ZoneInfo(town.city.timezone)
    day = now.astimezone(zone) - timedelta(days=any_.uniform(0.05, 7))
    hour = min(max(any_.gauss(13, 4), 6), 22)
    moment = day.replace(hour=int(hour), minute=any_.randrange(60), second=0, microsecond=0)
    if moment > now - timedelta(minutes=30):
        moment -= timedelta(days=1)
    return moment.astimezone(now.tzinfo)


def _at(town: Town, moment: datetime) -> Town:
    clock: Callable[[], datetime] = lambda: moment  # noqa: E731 - a clock that stands
    return replace(town, now=clock, bell=_Silence())


def _play(town: Town, place: Place, at: datetime, now: datetime, any_: random.Random) -> None:
    then = _at(town, at)
    service = _some_service(town, any_)
    words = any_.choice(SAYINGS).format(what=any_.choice(service.keywords[:3]), place=place.address_string)
    [number] = service_requests.reserve(then)
    draft = Draft(description=words, service_code=service.service_code, place=place, asked=True)
    with then.database.write.begin() as session:
        conversation = _thread(session, at, any_)
        session.add(_said(conversation, words, at))
        service_requests.file(then, session, draft, number, conversation)
    case: ServiceRequest | None = None
    for status in any_.choices(PATHS, WEIGHTS)[0]:
        at += timedelta(hours=any_.uniform(2, 30))
        if at >= now:
            break
        reasons = [code for code, reason in town.city.reasons.items() if reason.status == status]
        note = "Which side of the street is it on?" if status == "need_info" else ""
        reason = any_.choice(reasons) if reasons and not note else ""
        case = service_requests.update_status(_at(town, at), number, status, note, reason=reason)
    if case is not None and case.status in ("completed", "reopened"):
        verdict = "not_fixed" if case.status == "reopened" else any_.choice(VERDICTS)
        _judge(town, number, verdict, min(at, now))


def _judge(town: Town, number: str, verdict: str, at: datetime) -> None:
    if verdict:
        with town.database.write.begin() as session:
            case = by_number(session, number)
            case.verdict, case.verdict_datetime = verdict, at


def _some_service(town: Town, any_: random.Random) -> Service:
    services = [each for each in town.city.services.values() if each.keywords]
    return any_.choices(services, [OFTEN.get(each.service_code, 1) for each in services])[0]


def _thread(session: Session, at: datetime, any_: random.Random) -> Conversation:
    """Return the thread of one of the week's residents, by SMS or Telegram."""
    who = any_.randrange(PEOPLE)
    channel = "telegram" if who % 4 == 0 else "sms"
    address = f"telegram:{9000 + who}" if channel == "telegram" else f"tel:+1{5555550100 + who}"
    contact = contacts.at(session, address)
    if contact is None:
        contact = Contact(address=address, language="en", created_at=at)
        session.add(contact)
        session.flush()
    query = select(Conversation).where(Conversation.contact_id == contact.id, Conversation.channel == channel)
    conversation = session.scalars(query).first()
    if conversation is None:
        conversation = Conversation(contact=contact, channel=channel, our_address="", touched_at=at)
        session.add(conversation)
        session.flush()
    conversation.touched_at = max(conversation.touched_at, at)
    return conversation


def _said(conversation: Conversation, words: str, at: datetime) -> Message:
    return Message(
        conversation_id=conversation.id,
        channel=conversation.channel,
        external_id=f"demo:{conversation.id}:{at.timestamp()}:{len(words)}",
        author="resident",
        text=words,
        inbound={"pin": None, "choice": "", "message_ref": "", "corrects": "", "quotes": "", "album": ""},
        created_at=at,
        read_at=at,
        state="received",
    )


def _leave_waiting(town: Town, now: datetime, any_: random.Random) -> None:
    """Leave a few threads that wait for a person."""
    with town.database.write.begin() as session:
        for minutes, (reason, words) in zip((48, 33, 7, 3, 5, 2), WAITING, strict=True):
            at = now - timedelta(minutes=minutes)
            conversation = _thread(session, at, any_)
            session.add(_said(conversation, words, at))
            conversation.waiting_since, conversation.waiting_reason = at, reason
            conversation.owner = "agent" if reason == "asked" else "bot"
            conversation.handed_off_at = at if reason == "asked" else None
            conversation.abandoned_at = at if reason == "incomplete" else None


def _note_as_sent(town: Town, now: datetime) -> None:
    with town.database.write.begin() as session:
        session.execute(
            update(OutboxEntry).where(OutboxEntry.done_at.is_(None)).values(done_at=now, outcome="sent")
        )
        session.execute(update(Message).where(Message.state == "waiting").values(state="delivered"))
        due = ServiceRequest.expected_datetime
        session.execute(update(ServiceRequest).values(warned_of=due, alerted_of=due))
