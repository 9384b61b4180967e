"""What residents say of work that we told them is done: kept, for managers to see; no text asks for it.

The closing text asks for NOT FIXED only. Whoever says more, or just thanks, has said what they think.
"""

from __future__ import annotations

from typing import Literal

from dialogues import cases, which
from dialogues.talk import Talk
from dialogues.types import OpenRequest, Utterance, Verdict


def content(talk: Talk, heard: Utterance) -> bool:
    """ "It's fixed now": of the case closed last as done, or the one that is named."""
    plain = heard.mood == "content" and not (heard.places or heard.photos)
    if not plain or talk.draft is not None or any(case.status == "need_info" for case in _known(talk)):
        return False  # beside an open question of a crew's it may be the answer
    case = _done(talk, heard)
    if case is None:
        return False
    talk.add(Verdict(service_request_id=case.service_request_id, verdict="content"))
    return talk.settle("glad")


def first_words(talk: Talk, heard: Utterance, verdict: Literal["content", "complained"]) -> list[Verdict]:
    """Return what thanks or anger says of a case: it does where it is the first word since the closing, or
    answers or names it. Later it may be about anything."""
    case = None if talk.draft else _done(talk, heard)
    if case is None:
        return []
    first = case.status_datetime > talk.heard.at - talk.heard.quiet_for
    named = which.pointed_at(heard, [case]) is not None
    return [Verdict(service_request_id=case.service_request_id, verdict=verdict)] if first or named else []


def _done(talk: Talk, heard: Utterance) -> OpenRequest | None:
    """Return the case that was closed as done and is talked of; None where there is none of late."""
    done = [case for case in _known(talk) if case.status == "completed" and cases.lately(case, talk.heard)]
    named = which.pointed_at(heard, done)
    return named or max(done, key=lambda case: case.status_datetime, default=None)


def _known(talk: Talk) -> tuple[OpenRequest, ...]:
    return talk.heard.contact_requests
