"""Carrying out what a turn decided, in the caller's transaction: cases filed, words posted, people called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot import area_notices, cases, outbox, privacy, service_requests
from bot.models import Contact, Conversation, Misreading
from bot.town import Town
from dialogues.announcements import FollowNotice, MuteNotice
from dialogues.rendering import Rendered, render
from dialogues.types import (
    AddToRequest,
    Alert,
    Concern,
    Effect,
    Erase,
    FileRequest,
    Follow,
    HandOff,
    Misheard,
    Mute,
    Reopen,
    Say,
    Speak,
    Unmute,
    Verdict,
)
from dialogues.watching import WATCHED

ONE_TEXT = 320
"""Characters that one SMS answer should not exceed: two segments."""


def carry_out(town: Town, session: Session, conversation: Conversation, effects: Sequence[Effect]) -> None:
    """Do what a turn asks for, in the caller's transaction."""
    sayings: list[Say] = []
    for effect in effects:
        if isinstance(effect, Say):
            sayings.append(effect)
            continue
        if isinstance(effect, FileRequest):  # it says so itself: what came before is said before
            _say(town, session, conversation, sayings)
            sayings = []
        _carry_out(town, session, conversation, effect)
    _say(town, session, conversation, sayings)


def _carry_out(town: Town, session: Session, conversation: Conversation, effect: Effect) -> None:
    match effect:
        case HandOff() | Alert():
            _call_person(conversation, effect, town.now())
        case Speak():
            conversation.contact.language = effect.language
        case FollowNotice(notice_id=notice):
            area_notices.follow(session, notice, conversation, town.now())
        case MuteNotice(notice_id=notice):
            area_notices.mute(session, notice, conversation, town.now())
        case Erase():
            privacy.erase(town, session, conversation.contact)
        case Misheard():
            session.add(_misreading(town, effect, conversation))
        case _:
            _change_case(town, session, conversation, effect)


def _change_case(town: Town, session: Session, conversation: Conversation, effect: Effect) -> None:
    match effect:
        case FileRequest():
            service_requests.file(town, session, effect.draft, effect.service_request_id, conversation)
        case AddToRequest(service_request_id=number, note=note, photos=photos):
            service_requests.add(town, session, number, note=note, photos=photos)
        case Reopen(service_request_id=number, note=note, photos=photos):
            service_requests.reopen(town, session, number, note=note, photos=photos, conversation=conversation)
        case Follow(service_request_id=number, note=note, photos=photos):
            service_requests.join(town, session, number, conversation, note=note, photos=photos)
        case Mute(service_request_id=number):
            service_requests.mute(session, number, conversation, town.now())
        case Unmute(service_request_id=number):
            service_requests.mute(session, number, conversation, None)
        case Verdict():
            case = cases.by_number(session, effect.service_request_id)
            case.verdict, case.verdict_datetime = effect.verdict, town.now()


def _misreading(town: Town, misheard: Misheard, conversation: Conversation) -> Misreading:
    return Misreading(
        text=misheard.text,
        language=conversation.contact.language or town.city.languages[0],
        heard=misheard.heard,
        confidence=misheard.confidence,
        meant=misheard.meant,
        created_at=town.now(),
    )


def _call_person(conversation: Conversation, effect: HandOff | Alert, now: datetime) -> None:
    if isinstance(effect, HandOff):
        conversation.owner, conversation.handed_off_at = "agent", now
        wait_for_person(conversation, effect.reason, now)
    else:
        wait_for_person(conversation, effect.kind, now)


def wait_for_person(conversation: Conversation, reason: str, now: datetime) -> None:
    """Note that a thread waits for a person, and why; an emergency stays one."""
    if conversation.waiting_reason in WATCHED:
        conversation.waiting_since = None  # to be watched was not yet to wait
    conversation.waiting_since = conversation.waiting_since or now
    if conversation.waiting_reason != "emergency":
        conversation.waiting_reason = reason


def watch(conversation: Conversation, concern: Concern, now: datetime) -> None:
    """Note that people should keep an eye on a thread, or with "" that they need not any more; one that waits
    for a person waits on."""
    if conversation.waiting_since is not None and conversation.waiting_reason not in WATCHED:
        return
    since = conversation.waiting_since or now
    conversation.waiting_since, conversation.waiting_reason = (since if concern else None), concern


def _say(town: Town, session: Session, conversation: Conversation, sayings: Sequence[Say]) -> None:
    """Post what was said as few messages as it fits into: every text costs money and attention."""
    language = session.get_one(Contact, conversation.contact_id).language
    waiting: list[tuple[Say, Rendered]] = []
    for say in sayings:
        rendered = render(say, town.city, channel=conversation.channel, language=language)
        length = sum(len(each.text) + 1 for _, each in waiting) + len(rendered.text)
        alone = say.sentence == "emergency" or (waiting and waiting[-1][0].sentence == "emergency")
        if waiting and (length > ONE_TEXT or alone):
            _post(town, session, conversation, waiting)
            waiting = []
        waiting.append((say, rendered))
    if waiting:
        _post(town, session, conversation, waiting)


def _post(
    town: Town, session: Session, conversation: Conversation, said: Sequence[tuple[Say, Rendered]]
) -> None:
    together = Rendered(
        text="\n".join(rendered.text for _, rendered in said),
        gloss="\n".join(filter(None, (rendered.gloss for _, rendered in said))),
        options=next((rendered.options for _, rendered in reversed(said) if rendered.options), ()),
        ask_location=any(rendered.ask_location for _, rendered in said),
        location_label=said[-1][1].location_label,
        photo=next((rendered.photo for _, rendered in said if rendered.photo), ""),
    )
    is_prompt = all(say.prompt for say, _ in said)
    outbox.post(session, conversation, together, now=town.now(), is_prompt=is_prompt)
