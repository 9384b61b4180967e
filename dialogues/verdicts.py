"""What residents say of work that we told them is done: kept, for managers to see; no text asks for it.

The closing text asks for NOT FIXED only. Whoever says more, or just thanks, has said what they think.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dialogues import cases, which
from dialogues.reporting import add_to
from dialogues.talk import Talk
from dialogues.types import OpenRequest, Utterance, Verdict


def content(talk: Talk, heard: Utterance) -> bool:
    """ "It's fixed now": of the case that is named, else of the one last closed, or asked about by its crew."""
    if heard.mood != "content" or heard.places or heard.photos or talk.draft is not None:
        return False
    known = [case for case in talk.heard.contact_requests if case.closed or case.status == "need_info"]
    case = which.pointed_at(heard, known) or _latest(known)
    if case is None:
        return False
    if not case.closed:
        return add_to(talk, case, heard)
    if case.status == "completed":
        talk.add(Verdict(service_request_id=case.service_request_id, verdict="content"))
    return talk.settle("welcome" if heard.intent == "thanks" else "glad")


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
    known = talk.heard.contact_requests
    done = [case for case in known if case.status == "completed" and cases.lately(case, talk.heard)]
    return which.pointed_at(heard, done) or _latest(done)


def _latest(known: Sequence[OpenRequest]) -> OpenRequest | None:
    return max(known, key=lambda case: case.status_datetime, default=None)
