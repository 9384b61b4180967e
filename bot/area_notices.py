"""Notices for an area: announced, followed, moved on, ended; all followers are told, at the channel's rate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from bot import delivery, outbox, telling
from bot.announcement_tables import AreaNotice, NoticeFollower
from bot.models import Contact, Conversation, Message, OutboxEntry
from bot.places.areas import holds
from bot.places.shapes import polygons_of
from bot.town import Town
from dialogues.announcements import Notice, Worded
from dialogues.rendering import Rendered, render
from dialogues.types import Say

BATCH = 500
"""Followers told in one transaction: a fraction of a second, so that turns go on between two of them."""

RING_WITHIN = 60.0
"""Seconds within which what is due is rung for; the sweeper rings for the rest in its minute."""

MOST_HEARD = 100
"""Notices that a turn looks through, the latest first."""


class NoSuchNotice(Exception):
    """There is no such notice, or it is over; the message says what to do."""


# What the talk needs --------------------------------------------------------------------------------


def _holds(now: datetime | BindParameter[datetime]) -> Iterator[ColumnElement[bool]]:
    yield AreaNotice.ended_at.is_(None)
    yield AreaNotice.expires > now
    yield AreaNotice.starts <= now


ANY_HOLD = select(AreaNotice.id).where(*_holds(bindparam("now"))).exists()
"""Whether there is a notice `now`, for a query that asks more at once."""


def holding(asking: Connection, conversation_id: int, now: datetime) -> tuple[Notice, ...]:
    """Return the notices that hold at an aware moment as a conversation's talk needs them, the latest first."""
    own = (NoticeFollower.notice_id == AreaNotice.id) & (NoticeFollower.conversation_id == conversation_id)
    query = (
        select(
            AreaNotice.id,
            AreaNotice.text,
            AreaNotice.expires,
            AreaNotice.services,
            AreaNotice.area,
            NoticeFollower.id.label("follower"),
            NoticeFollower.muted_at,
        )
        .outerjoin(NoticeFollower, own)
        .where(*_holds(now))
        .order_by(AreaNotice.id.desc())
        .limit(MOST_HEARD)
    )
    return tuple(
        Notice(
            notice_id=notice.id,
            text=notice.text,
            expires=notice.expires,
            covers=_coverage(notice.services, notice.area),
            followed=notice.follower is not None,
            muted=notice.muted_at is not None,
        )
        for notice in asking.execute(query)
    )


def _coverage(services: Sequence[str], area: Mapping[str, Any]) -> Callable[[str, float, float], bool]:
    def covers(service_code: str, lat: float, long: float) -> bool:
        return service_code in services and holds(polygons_of(dict(area)), lat, long)

    return covers


# Following ------------------------------------------------------------------------------------------


def follow(session: Session, notice_id: int, conversation: Conversation, now: datetime) -> None:
    """Let a thread hear of a notice from now on, what was announced before excepted."""
    follower, told = (
        _follower(session, notice_id, conversation),
        session.get_one(AreaNotice, notice_id).revision,
    )
    if follower is None:
        follower = NoticeFollower(notice_id=notice_id, conversation_id=conversation.id, created_at=now)
        session.add(follower)
    follower.told, follower.muted_at = told, None


def mute(session: Session, notice_id: int, conversation: Conversation, now: datetime) -> None:
    """Tell a thread no more of a notice."""
    follower = _follower(session, notice_id, conversation)
    if follower is not None:
        follower.muted_at = now


def _follower(session: Session, notice_id: int, conversation: Conversation) -> NoticeFollower | None:
    query = select(NoticeFollower).where(
        NoticeFollower.notice_id == notice_id, NoticeFollower.conversation_id == conversation.id
    )
    return session.scalars(query).first()


def followers(session: Session, notice_id: int) -> int:
    """Return how many threads get a notice's updates."""
    query = select(func.count(NoticeFollower.id)).where(
        NoticeFollower.notice_id == notice_id, NoticeFollower.muted_at.is_(None)
    )
    return session.scalar(query) or 0


# What staff do --------------------------------------------------------------------------------------


Also = Callable[[Session, int], object]
"""What is to be written down with a change, given the notice's id."""


def _nothing(session: Session, notice_id: int) -> None:
    """Write nothing down."""


def add(
    town: Town,
    text: Mapping[str, str],
    area: Mapping[str, Any],
    area_name: str,
    services: Sequence[str],
    expires: datetime,
    *,
    starts: datetime | None = None,
    safety: bool = False,
    author: str = "city",
    also: Also = _nothing,
) -> AreaNotice:
    """Announce something for an area; nobody is written to: whoever reports it from now on is told.

    `text` is by language, with the city's own; `area` is a GeoJSON (multi)polygon. Times are aware. `also`,
    here and below, is done in the same transaction.
    """
    now = town.now()
    notice = AreaNotice(
        text=dict(text),
        area=dict(area),
        area_name=area_name,
        services=list(services),
        starts=starts or now,
        expires=expires,
        safety=safety,
        author=author,
        created_at=now,
    )
    with town.database.write.begin() as session:
        session.add(notice)
        session.flush()
        also(session, notice.id)
    return notice


def change(
    town: Town,
    notice_id: int,
    text: Mapping[str, str],
    expires: datetime | None = None,
    *,
    also: Also = _nothing,
) -> AreaNotice:
    """Say what is known now, and until when; `tell_followers` then tells them. Raises `NoSuchNotice`."""
    with town.database.write.begin() as session:
        notice = open_one(session, notice_id)
        notice.text = dict(text)
        notice.expires = expires or notice.expires
        _announce(session, notice, town.now())
        also(session, notice.id)
    return notice


def end(
    town: Town, notice_id: int, text: Mapping[str, str] | None = None, *, also: Also = _nothing
) -> AreaNotice:
    """End a notice, with a last word or without; `tell_followers` then tells them. Raises `NoSuchNotice`."""
    with town.database.write.begin() as session:
        notice = open_one(session, notice_id)
        notice.ended_at, notice.end_text = town.now(), dict(text or {})
        _announce(session, notice, town.now())
        also(session, notice.id)
    return notice


def latest(session: Session) -> int:
    """Return the id of the notice that was announced last; 0 where there is none."""
    return session.scalar(select(func.max(AreaNotice.id))) or 0


def open_one(session: Session, notice_id: int) -> AreaNotice:
    """Return a notice that was not ended; raises `NoSuchNotice`."""
    notice = session.get(AreaNotice, notice_id)
    if notice is None:
        raise NoSuchNotice(f"There is no notice {notice_id}. `townline notice list` shows them.")
    if notice.ended_at is not None:
        raise NoSuchNotice(f"Notice {notice_id} is over. Announce a new one with `townline notice add`.")
    return notice


def _announce(session: Session, notice: AreaNotice, now: datetime) -> None:
    """Mark that there is something new to be told, and take back what was not sent yet: an older word never
    comes after, nor beside, a newer one."""
    notice.revision, notice.announced_at = notice.revision + 1, now
    about = select(Message.id).where(Message.notice_id == notice.id)
    outbox.withdraw(session, now, outbox.UNTRIED_PUSH, OutboxEntry.message_id.in_(about))


# Telling --------------------------------------------------------------------------------------------


def tell_followers(town: Town, notice_id: int, progress: Callable[[int], None] = lambda _: None) -> int:
    """Post what was announced last to every follower that was not told yet; returns to how many.

    In batches of a transaction each: what breaks off is taken up where it was by `tell_rest`. `progress` is
    called with how many followers were passed since.
    """
    pace, told = _Pace(town), 0
    while True:
        with town.database.write.begin() as session:
            # Locked: what is announced meanwhile waits, and then withdraws what is posted here.
            notice = session.get_one(AreaNotice, notice_id, with_for_update=True)
            batch = _untold(session, notice)
            posted = _post(town, session, notice, batch, pace)
        for destination, due in posted:
            wait = (due - town.now()).total_seconds()
            if wait <= RING_WITHIN:
                town.bell.ring("deliver", destination, after=wait)
        told += len(posted)
        progress(len(batch))
        if len(batch) < BATCH:
            return told


def tell_rest(town: Town) -> int:
    """Tell what a process that broke off left untold; returns to how many."""
    lately = town.now() - delivery.GIVE_UP_AFTER
    query = (
        select(AreaNotice.id)
        .join(NoticeFollower, NoticeFollower.notice_id == AreaNotice.id)
        .where(AreaNotice.announced_at > lately, NoticeFollower.told < AreaNotice.revision)
        .distinct()
    )
    with town.database.read() as session:
        left = session.scalars(query).all()
    return sum(tell_followers(town, notice_id) for notice_id in left)


@dataclass
class _Pace:
    """When the next message of each channel is due: not in the quiet hours, and no more than its rate."""

    town: Town
    next_at: dict[str, datetime] = field(default_factory=dict)

    def due(self, channel: str, *, safety: bool) -> datetime:
        moment = self.next_at.get(channel, self.town.now())
        if not safety:
            hours, zone = telling.quiet_hours(self.town), self.town.city.timezone
            moment = telling.after_quiet_hours(moment, *hours, zone)
        rate = getattr(self.town.config.file.notices.per_second, channel, 1)
        self.next_at[channel] = moment + timedelta(seconds=1 / rate)
        return moment


def untold(session: Session, notice_id: int) -> int:
    """Return how many followers `tell_followers` has still to pass."""
    query = (
        select(func.count(NoticeFollower.id))
        .join(AreaNotice, AreaNotice.id == NoticeFollower.notice_id)
        .where(AreaNotice.id == notice_id, NoticeFollower.told < AreaNotice.revision)
    )
    return session.scalar(query) or 0


def _untold(session: Session, notice: AreaNotice) -> list[tuple[NoticeFollower, Conversation]]:
    query = (
        select(NoticeFollower, Conversation)
        .join(Conversation, Conversation.id == NoticeFollower.conversation_id)
        .where(NoticeFollower.notice_id == notice.id, NoticeFollower.told < notice.revision)
        .order_by(NoticeFollower.id)
        .limit(BATCH)
    )
    return [(follower, conversation) for follower, conversation in session.execute(query)]


def _post(
    town: Town,
    session: Session,
    notice: AreaNotice,
    batch: Sequence[tuple[NoticeFollower, Conversation]],
    pace: _Pace,
) -> list[tuple[str, datetime]]:
    """Post one batch in the caller's transaction, a statement a table; returns to whom, and due when."""
    now = town.now()
    told = [conversation for follower, conversation in batch if _wants(follower, conversation.contact)]
    words = {voice: _rendered(town, notice, *voice) for voice in {_voice(each) for each in told}}
    messages = [_message(notice, each, words[_voice(each)], now) for each in told]
    entries = [_entry(notice, each, pace, now) for each in told]
    if told:
        query = insert(Message).returning(Message.id, sort_by_parameter_order=True)
        for entry, message_id in zip(entries, session.scalars(query, messages), strict=True):
            entry["message_id"] = message_id
        session.execute(insert(OutboxEntry), entries)
    passed = NoticeFollower.id.in_([follower.id for follower, _ in batch])
    session.execute(
        update(NoticeFollower)
        .where(passed)
        .values(told=notice.revision)
        .execution_options(synchronize_session=False)
    )
    return [(entry["destination"], entry["due_at"]) for entry in entries]


def _wants(follower: NoticeFollower, contact: Contact) -> bool:
    return follower.muted_at is None and contact.opted_out_at is None and contact.unreachable_at is None


def _voice(conversation: Conversation) -> tuple[str, str]:
    return conversation.channel, conversation.contact.language


def _rendered(town: Town, notice: AreaNotice, channel: str, language: str) -> Rendered:
    ended = notice.ended_at is not None
    sentence = ("notice_end" if notice.end_text else "notice_over") if ended else "notice_update"
    words = Worded(text=notice.end_text if ended and notice.end_text else notice.text)
    say = Say(sentence=sentence, params={"notice": words})
    return render(say, town.city, channel=channel, language=language)


def _message(
    notice: AreaNotice, conversation: Conversation, rendered: Rendered, now: datetime
) -> dict[str, Any]:
    return {
        "conversation_id": conversation.id,
        "channel": conversation.channel,
        "author": "city",
        "text": rendered.text,
        "gloss": rendered.gloss,
        "created_at": now,
        "read_at": now,
        "state": "waiting",
        "notice_id": notice.id,
    }


def _entry(notice: AreaNotice, conversation: Conversation, pace: _Pace, now: datetime) -> dict[str, Any]:
    return {
        "destination": outbox.destination_of(conversation.id),
        "kind": "push",
        "payload": {"options": [], "ask_location": False, "location_label": ""},
        "created_at": now,
        "due_at": pace.due(conversation.channel, safety=notice.safety),
    }
