"""The answers to a notice that covers a report (see `announcing`): to follow it, or to report all the same."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogues import slots
from dialogues.announcements import FollowNotice, MuteNotice, Notice, Worded
from dialogues.announcing import FOLLOW, REPORT, covered
from dialogues.cases import is_current
from dialogues.talk import CERTAIN, Talk, agrees
from dialogues.types import Effect, Heard, Say, State, Utterance

# What "YES to report yours" is answered with, too; by itself it sounds like a refusal.
REPORT_IT = re.compile(
    r"\W*(?:report|rep[oó]rt(?:ar|e|a)(?:lo|la)?)(?: (?:it|mine|this|anyway|please|too|igual|el m[ií]o))*\W*",
    re.IGNORECASE,
)

# "Ok thanks" to something told: understood. "Yes, thanks" is a yes.
GOT_IT = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|alright|great|good|got it|perfect\w*|bueno|bien|vale|entendido)\W+)?"
    r"(?:thanks|thank you|thx|ty|(?:muchas )?gracias)\b",
    re.IGNORECASE,
)


def offered(talk: Talk, heard: Utterance) -> bool:
    """The answer to the offer of a notice; "follow" counts all through the talk, its button for ever."""
    if heard.choice.startswith(FOLLOW) or _wants_to_follow(talk, heard):
        return follow(talk, heard)
    if talk.state.awaiting != "notice":
        return heard.choice == REPORT and talk.draft is not None
    talk.state = replace(talk.state, awaiting="")
    if heard.choice == REPORT or REPORT_IT.fullmatch(heard.text):
        return True
    return answered(talk, heard) or (agrees(heard) and not talk.brings_anything(heard))


def answered(talk: Talk, heard: Utterance) -> bool:
    """A no, or thanks, to what a report was told: there is nothing to file."""
    thanks = heard.intent == "thanks" or GOT_IT.match(heard.text) is not None
    if not (thanks or heard.intent == "deny") or talk.brings_anything(heard):
        return False
    talk.state = State(last_request=talk.state.last_request)
    return talk.settle("welcome" if thanks else "never_mind")


def _wants_to_follow(talk: Talk, heard: Utterance) -> bool:
    asked = heard.intent == "follow" and heard.confidence >= CERTAIN and not heard.places
    muted = any(notice.muted for notice in talk.heard.notices)
    return asked and bool(talk.state.notices_told if talk.draft else muted)


def follow(talk: Talk, heard: Utterance) -> bool:
    """Follow the notice that was told last, or whose button was pressed; what it covers is not filed."""
    draft, told = talk.draft, talk.state.notices_told
    notice = _meant(talk, heard)
    if notice is None:
        talk.state = replace(talk.state, awaiting="")
        return talk.say("notice_gone") if draft else talk.settle("notice_gone")
    talk.add(FollowNotice(notice_id=notice.notice_id))
    if draft is None:
        return talk.settle("notice_following")
    left = slots.left_of(draft, covered(notice, draft))
    talk.state = State(draft=left, last_request=talk.state.last_request, notices_told=told if left else ())
    return talk.say("notice_following") if left else talk.settle("notice_following")


def _meant(talk: Talk, heard: Utterance) -> Notice | None:
    if heard.choice:
        wanted = [heard.choice.removeprefix(FOLLOW)]
    elif talk.draft:
        wanted = [str(each) for each in talk.state.notices_told[-1:]]
    else:
        wanted = [str(each.notice_id) for each in talk.heard.notices if each.muted]
    return next((each for each in talk.heard.notices if str(each.notice_id) in wanted), None)


def mute(talk: Talk, heard: Utterance) -> bool:
    """ "Mute" from a thread that follows notices and has no case that sends updates is about the notices."""
    followed = [each for each in talk.heard.notices if each.followed and not each.muted]
    sending = [each for each in talk.heard.contact_requests if is_current(each, talk.heard) and not each.muted]
    if heard.intent != "mute" or heard.confidence < CERTAIN or sending or not followed:
        return False
    talk.add(*(MuteNotice(notice_id=each.notice_id) for each in followed))
    return talk.settle("notice_muted")


def with_followed(said: list[Effect], heard: Heard) -> list[Effect]:
    """Return an answer to STATUS with the notices that the thread follows."""
    followed: list[Effect] = [
        Say(sentence="notice_followed", params={"notice": Worded(text=each.text)})
        for each in heard.notices
        if each.followed
    ]
    cases = [each for each in said if not (followed and each == Say(sentence="status_none"))]
    return [*cases, *followed]
