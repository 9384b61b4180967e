"""Several problems in one talk: told in one message or one after the other, read back and sent together."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogues import cases, slots
from dialogues.talk import Talk
from dialogues.types import Draft, Told, Utterance

AT_MOST = 3
"""Problems read back together: more than these are a list nobody reads."""

ONLY = re.compile(r"\b(?:only|just|solo|sólo|solamente|nom[aá]s|nada m[aá]s)\b", re.IGNORECASE)


def told_together(talk: Talk, heard: Utterance) -> None:
    """Take in the problems of one message: the first is the report, the others go with it."""
    problems = {told.service_code: told for told in heard.problems if told.service_code in talk.city.services}
    draft = talk.draft
    if len(problems) < 2 or draft is None:
        return
    code = draft.service_code if draft.service_code in problems else next(iter(problems))
    if draft.service_code not in ("", code):
        return  # what it tells of has just been taken for one thing, surely
    first = problems.pop(code)
    _tell_first(talk, heard, first)
    for told in problems.values():
        if told.place_text and told.place is None:
            talk.say("one_at_a_time")  # where that one is takes a question of its own
            continue
        place = told.place if first.place_text else None  # the only place named is everything's
        add(talk, Draft(service_code=told.service_code, description=told.text, place=place))


def _tell_first(talk: Talk, heard: Utterance, first: Told) -> None:
    """Make the first of several problems the report: its type, its words and its own place."""
    talk.state = slots.choose_service(talk.state, first.service_code)
    draft = talk.draft or Draft()
    draft = replace(draft, description=draft.description.replace(heard.text.strip(), first.text))
    talk.state = replace(talk.state, draft=slots.with_answers_in(draft, talk.city))
    if first.place:
        talk.state = slots.choose_place(talk.state, first.place)
    elif first.place_text and len({told.place_text for told in heard.problems}) > 1:
        talk.state = slots.clear_place(talk.state)


def another(talk: Talk, heard: Utterance) -> bool:
    """A second problem while the first is open: it goes with it, at its own place or at the same."""
    code, words = heard.services[0][0], heard.text.strip()
    place = slots.sure_place(heard.places)
    draft = talk.draft
    if draft is None or (heard.places and place is None):
        return talk.say("one_at_a_time")
    if draft.place is None and place is not None:
        talk.state = slots.choose_place(talk.state, place)
        place = None
    if not add(talk, Draft(service_code=code, description=words, place=place)):
        return talk.say("one_at_a_time")
    return True


def once_more(talk: Talk, heard: Utterance) -> bool:
    """ "Same thing at 40 Oak" while a report is open: one more of the same, at that place."""
    draft = talk.draft
    if (
        draft is None
        or not draft.service_code
        or draft.place is None
        or not _means_again(heard, draft.service_code)
    ):
        return False
    place = slots.sure_place(heard.places)
    return place is not None and add(
        talk, Draft(service_code=draft.service_code, description=heard.text.strip(), place=place)
    )


def meant_again(talk: Talk, heard: Utterance) -> Utterance:
    """Return "same thing again at 40 Oak" as what it means after filing: what was reported last, elsewhere."""
    code = last_reported(talk)
    if talk.draft is not None or not code or not _means_again(heard, code):
        return heard
    if not heard.places and not heard.place_text:
        return heard
    return replace(heard, intent="report", confidence=1.0, services=((code, 1.0),), wrong=None, polarity=None)


def _means_again(heard: Utterance, code: str) -> bool:
    """Tell whether an utterance says that it is the same, and tells of no problem of another kind."""
    another = heard.intent == "report" and heard.services and heard.services[0][1] >= slots.SURE
    return heard.again and bool(code) and not (another and heard.services[0][0] != code)


def only(talk: Talk, heard: Utterance) -> bool:
    """ "Only the pothole": the other problems are not sent."""
    draft = talk.draft
    if draft is None or not draft.also or not ONLY.search(heard.text) or not heard.services:
        return False
    wanted = next((each for each in (draft, *draft.also) if each.service_code == heard.services[0][0]), None)
    if wanted is None:
        return False
    kept = draft if wanted is draft else replace(wanted, place=wanted.place or draft.place, photos=draft.photos)
    talk.state = replace(talk.state, draft=replace(kept, also=()))
    return True


def relocate(talk: Talk, heard: Utterance) -> bool:
    """ "No, the graffiti is at 40 Oak": of several problems, that one is elsewhere."""
    draft, place = talk.draft, slots.sure_place(heard.places)
    if draft is None or not draft.also or draft.place is None or place is None or not heard.services:
        return False
    meant = heard.services[0][0]
    if meant not in [each.service_code for each in slots.parts(draft)]:
        return False
    settled = [replace(each, place=each.place or draft.place) for each in slots.parts(draft)]
    first, *others = [replace(each, place=place) if each.service_code == meant else each for each in settled]
    talk.state = replace(talk.state, draft=replace(first, also=tuple(others)))
    return True


def add(talk: Talk, other: Draft) -> bool:
    """Let another problem go with the report, once; False where there are enough."""
    draft = talk.draft or Draft()
    same = [each for each in (draft, *draft.also) if each.service_code == other.service_code]
    if any((each.place or draft.place) == (other.place or draft.place) for each in same):
        return True
    if len(draft.also) + 1 >= AT_MOST:
        return False
    filled = slots.with_answers_in(other, talk.city)
    talk.state = replace(talk.state, draft=replace(draft, also=(*draft.also, filled)))
    return True


def last_reported(talk: Talk) -> str:
    """Return the issue type of the contact's last case, where it was filed lately."""
    known = talk.heard.contact_requests
    latest = max(known, key=lambda case: case.requested_datetime, default=None)
    lately = latest is not None and talk.heard.at - latest.requested_datetime < cases.ADD_WITHIN
    return latest.service_code if latest is not None and lately else ""
