"""What the city says unasked: to everyone who follows a case, at a decent hour, the newest word only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import cases, outbox
from bot.models import Conversation, Follower, Message, OutboxEntry, ServiceRequest
from bot.town import Town
from dialogues.cases import REOPEN_WITHIN
from dialogues.rendering import Rendered, render
from dialogues.types import Param, Say
from dialogues.wording import SENTENCES


def tell(
    town: Town,
    session: Session,
    case: ServiceRequest,
    sentence: str,
    *,
    but: int | None = None,
    original: str = "",
) -> None:
    """Tell every thread that follows a case, save the muted ones and the conversation `but`.

    `original` is the number of the case that this one repeats. Ring for them after the commit.
    """
    for follower in followers(session, case):
        if follower.muted_at is None and follower.conversation_id != but:
            push(
                town, session, follower.conversation, about(town, case, sentence, original=original), case=case
            )


def answer(
    town: Town,
    session: Session,
    case: ServiceRequest,
    conversation: Conversation,
    say: Say,
) -> None:
    """Say something of a case to whoever is talking of it right now."""
    rendered = _rendered(town, conversation, say)
    if conversation.contact.opted_out_at is not None:
        rendered = replace(
            rendered, text=f"{rendered.text}\n{_rendered(town, conversation, Say(sentence='start_hint')).text}"
        )
    outbox.post(session, conversation, rendered, now=town.now(), author="city", about=case.id)


def about(
    town: Town, case: ServiceRequest, sentence: str, *, service: Param | None = None, original: str = ""
) -> Say:
    """Return a sentence of the catalogue filled with what is known of a case.

    Where the next step has a day, the sentence's variant that names it (`..._by`) is said.
    """
    known, now = town.city.services.get(case.service_code), town.now()
    if case.expected_datetime is not None and case.expected_datetime > now and f"{sentence}_by" in SENTENCES:
        sentence = f"{sentence}_by"
    params: dict[str, Param] = {
        "number": case.service_request_id,
        "service": service or (known.service_name if known else case.service_code),
        "place": case.address_string,
        "department": town.city.departments.get(case.department, case.department),
        "original": original,
        "note": _why(town, case),
        "due": case.expected_datetime or case.requested_datetime,
        "until": case.answer_by or case.status_datetime + REOPEN_WITHIN,
    }
    return Say(sentence=sentence, params=params)


def _why(town: Town, case: ServiceRequest) -> Param:
    """Return why a case stands as it does; beside what the crew asks by a reason, its own words are quoted."""
    why, reason = cases.why(town, case), town.city.reasons.get(case.reason)
    if reason is None or case.status != "need_info" or case.status_notes == reason.text["en"]:
        return why
    return Say(sentence="asked_and_quoted", params={"note": why, "words": case.status_notes})


def push(
    town: Town,
    session: Session,
    conversation: Conversation,
    say: Say,
    *,
    case: ServiceRequest | None = None,
    author: str = "city",
) -> None:
    """Post what was not asked for, in the caller's transaction; ring for it after the commit.

    It waits for the end of the quiet hours. What there was still to say of the same case is withdrawn: an older
    word never comes after, nor beside, a newer one.
    """
    now = town.now()
    if case is not None:
        here = Message.conversation_id == conversation.id
        about_it = select(Message.id).where(here, Message.service_request_id == case.id)
        outbox.withdraw(session, now, outbox.UNTRIED_PUSH, OutboxEntry.message_id.in_(about_it))
    rendered = _rendered(town, conversation, say)
    due = after_quiet_hours(now, *quiet_hours(town), town.city.timezone)
    about = case.id if case else None
    outbox.post(session, conversation, rendered, now=now, author=author, kind="push", about=about, due=due)


def quiet_hours(town: Town) -> tuple[time, time]:
    """Return from when and until when, in the city's zone, nobody is written to unasked."""
    hours = town.config.file.conversation.quiet_hours
    return hours.begin, hours.end


def after_quiet_hours(now: datetime, begin: time, end: time, timezone: str) -> datetime:
    """Return `now`, or the end of the quiet hours that it falls into; aware, in UTC where it moves."""
    zone = ZoneInfo(timezone)
    local = now.astimezone(zone)
    clock = local.time()
    quiet = begin <= clock or clock < end if begin > end else begin <= clock < end
    if not quiet:
        return now
    day = local.date() + timedelta(days=1 if begin > end and clock >= begin else 0)
    return datetime.combine(day, end, zone).astimezone(now.tzinfo)


def followers(session: Session, case: ServiceRequest) -> list[Follower]:
    """Return who follows a case, first its reporter."""
    query = select(Follower).where(Follower.service_request_id == case.id).order_by(Follower.id)
    return list(session.scalars(query))


def ring(town: Town, session: Session, case: ServiceRequest) -> None:
    """Ring for what was posted to a case's followers; call it after the commit."""
    for follower in followers(session, case):
        town.bell.ring("deliver", outbox.destination_of(follower.conversation_id))


def _rendered(town: Town, conversation: Conversation, say: Say) -> Rendered:
    return render(say, town.city, channel=conversation.channel, language=conversation.contact.language)
