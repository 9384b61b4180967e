"""What is said of cases already filed: not fixed, an answer to the crew, a photo or word more, mute."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogues import cases, which
from dialogues.reporting import CORRECT_WITHIN, add_to
from dialogues.slots import SURE
from dialogues.talk import Talk
from dialogues.types import (
    About,
    AskingWhich,
    Draft,
    Erase,
    Mute,
    OpenRequest,
    Option,
    Photo,
    Reopen,
    Unmute,
    Utterance,
    Verdict,
)

ANSWERS = ("inform", "report", "affirm", "deny", "skip")

NEW = Option(label="option_new_report", value="case:none")
NONE = Option(label="option_none", value="case:none")

ADDING = re.compile(
    r"^\W*(?:oh|ah|also|btw|by the way|ps|p\.s|and|plus|i forgot"
    r"|y|tambi[eé]n|adem[aá]s|por cierto|se me olvid[oó])\b",
    re.IGNORECASE,
)
MAY_ADD = frozenset({"inform", "report", "greet", "out_of_scope", "start_over", "not_fixed", "follow", "skip"})


# Which one? -----------------------------------------------------------------------------------------


def ask_which(
    talk: Talk, about: About, among: list[OpenRequest], heard: Utterance, none: Option = NONE
) -> bool:
    """Ask which of several cases is meant, and keep what is to be done with it."""
    those = tuple(case.service_request_id for case in among)
    asking = AskingWhich(about=about, cases=those, note=heard.text.strip(), photos=heard.kept_photos)
    talk.state = replace(talk.state, awaiting="case", asking=asking)
    sentence = "which_case_photo" if about == "add" and not asking.note else "which_case"
    return talk.settle(sentence, *which.options(among, talk.city), none)


def asked_which(talk: Talk, heard: Utterance) -> bool:
    """The answer to "which one?": a button, a number, or words that only one of them fits.

    Whatever else is said drops the question and is taken for itself.
    """
    asking = talk.state.asking
    if asking is None:
        return False
    talk.state = replace(
        talk.state, asking=None, awaiting="" if talk.state.awaiting == "case" else talk.state.awaiting
    )
    offered = [case for case in talk.heard.contact_requests if case.service_request_id in asking.cases]
    if heard.choice == NONE.value or heard.number == len(asking.cases) + 1 or _refuses(heard):
        return none_of_them(talk, asking)
    picked = _picked(talk, asking, offered, heard)
    photos = tuple(Photo(photo_id=each) for each in asking.photos)
    said = replace(heard, text=asking.note, photos=(*photos, *heard.photos), choice="")
    return picked is not None and DO[asking.about](talk, picked, said)


def _refuses(heard: Utterance) -> bool:
    return heard.intent in ("deny", "start_over") and not heard.places and not heard.services


def _picked(
    talk: Talk, asking: AskingWhich, offered: list[OpenRequest], heard: Utterance
) -> OpenRequest | None:
    number = heard.choice.removeprefix("case:") if heard.choice.startswith("case:") else ""
    if heard.number and heard.number <= len(asking.cases):
        number = asking.cases[heard.number - 1]
    by_number = next((case for case in offered if case.service_request_id == number), None)
    if by_number is not None or heard.choice or heard.photos:
        return by_number
    fitting = which.narrowed(heard, offered, talk.city)
    return fitting[0] if len(fitting) == 1 and len(offered) > 1 else None


def none_of_them(talk: Talk, asking: AskingWhich) -> bool:
    """None of their cases: a photo starts a report of its own."""
    if asking.about != "add":
        return talk.settle("nothing_open")
    talk.state = replace(talk.state, draft=Draft(description=asking.note, photos=asking.photos))
    return True


# Not fixed ------------------------------------------------------------------------------------------


def not_fixed(talk: Talk, heard: Utterance) -> bool:
    """Reopen what was closed. "The pothole on Elm is still not fixed" from somebody new is a report."""
    _, unknown = which.named_in(heard.text, talk.heard.contact_requests)
    if unknown:
        return talk.say("case_unknown", number=unknown)
    among = _may_be_meant(talk, heard)
    if len(among) > 1:
        return ask_which(talk, "not_fixed", among, heard)
    return bool(among) and reopen(talk, among[0], heard)


def _may_be_meant(talk: Talk, heard: Utterance) -> list[OpenRequest]:
    """Return the cases that "not fixed" may be about: the one pointed at, else those closed lately, else the
    latest."""
    known = talk.heard.contact_requests
    pointed = which.pointed_at(heard, known)
    if pointed is not None:
        return [pointed]
    closed = sorted(
        (case for case in known if case.closed and cases.lately(case, talk.heard)),
        key=lambda case: case.status_datetime,
        reverse=True,
    )
    if found := which.the_one(heard, closed, talk.heard, talk.city):
        return found
    return which.narrowed(heard, known, talk.city)[:1]


def reopen(talk: Talk, case: OpenRequest, heard: Utterance) -> bool:
    """Reopen one case, or say why not."""
    number, place = case.service_request_id, case.address_string
    talk.state = replace(talk.state, last_request=number)
    if not case.closed:
        stands = cases.where_it_stands(case, talk.city)
        return talk.say("not_fixed_open", number=number, place=place, where_it_stands=stands)
    if case.status == "completed":
        talk.add(Verdict(service_request_id=number, verdict="not_fixed"))
    if not cases.lately(case, talk.heard):
        return talk.say("not_fixed_late", number=number, since=case.status_datetime)
    photos = heard.kept_photos
    talk.add(Reopen(service_request_id=number, note=heard.text.strip(), photos=photos))
    if case.unanswered:
        return talk.say("reopened_answered", number=number)
    return talk.say("reopened_with_photo" if photos else "reopened", number=number, place=place)


# A word or a photo more -----------------------------------------------------------------------------


def late_detail(talk: Talk, heard: Utterance) -> bool:
    """ "Oh and it's been there all morning", just after filing, or any time with the case's number: a detail,
    however odd it sounds by itself."""
    if talk.draft is not None or heard.places or not ADDING.search(which.CASE_NUMBER.sub("", heard.text)):
        return False
    pointed = which.pointed_at(heard, talk.heard.contact_requests)
    if pointed is not None and not pointed.closed:
        return add_to(talk, pointed, heard)
    case = cases.recent(talk.heard, talk.state.last_request)
    if case is None:
        return False
    fresh = talk.heard.at - case.requested_datetime < CORRECT_WITHIN
    sure = bool(heard.services) and heard.services[0][1] >= SURE and heard.intent == "report"
    another = sure and heard.services[0][0] != case.service_code
    return fresh and not another and heard.intent in MAY_ADD and add_to(talk, case, heard)


def late_addition(talk: Talk, heard: Utterance) -> bool:
    """What comes after filing and belongs to a case: an answer the crew asked for, a photo, a detail."""
    if talk.draft is not None:
        return False
    among = _addressed(talk, heard)
    if len(among) > 1:
        return ask_which(talk, "add", among, heard, NEW)
    if among:
        return add(talk, among[0], heard)
    return _bare_photo(talk, heard)


def add(talk: Talk, case: OpenRequest, heard: Utterance) -> bool:
    """Add to a case what was said or shown; one that was closed for want of an answer opens again with it."""
    if case.unanswered:
        return reopen(talk, case, heard)
    return add_to(talk, case, heard)


def _addressed(talk: Talk, heard: Utterance) -> list[OpenRequest]:
    """Return the cases that an utterance outside any report may be for; none where it is for none.

    A case whose number or message it answers; a case that waits for an answer gets it, whatever it is, unless
    it plainly reports something else; else a photo, a word or more about the same problem, with no new place,
    goes to the case just filed.
    """
    known = talk.heard.contact_requests
    code = heard.services[0][0] if heard.services and heard.intent == "report" else ""
    pointed = which.pointed_at(heard, known)
    if pointed is not None and heard.intent in MAY_ADD | {"deny", "affirm"} and not heard.places:
        return [pointed]
    waiting = [case for case in known if _waits(case, talk)]
    if waiting and heard.intent in ANSWERS:
        sure = bool(code) and heard.services[0][1] >= SURE
        fitting = [case for case in waiting if not (sure and code != case.service_code)]
        if fitting:
            return _asked_last(which.the_one(replace(heard, places=()), fitting, talk.heard, talk.city), heard)
    case = cases.recent(talk.heard, talk.state.last_request)
    if case is None or heard.places or heard.intent not in ("inform", "report"):
        return []
    return [case] if code in ("", case.service_code) else []


def _waits(case: OpenRequest, talk: Talk) -> bool:
    return cases.waits(case) and (not case.closed or cases.lately(case, talk.heard))


def _asked_last(among: list[OpenRequest], heard: Utterance) -> list[OpenRequest]:
    """Return those that still wait, where there are any beside those that no longer do."""
    open_ones = [case for case in among if not case.closed]
    return open_ones or (among if heard.intent == "inform" else [])


def _bare_photo(talk: Talk, heard: Utterance) -> bool:
    """A photo without a word, from somebody with open cases, may be of one of them: ask."""
    open_ones = [case for case in talk.heard.contact_requests if not case.closed][:MOST_OFFERED]
    silent = not heard.text.strip() and not heard.places
    hints = any(photo.taken_at for photo in heard.photos)
    if not open_ones or not silent or hints or not heard.kept_photos:
        return False
    return ask_which(talk, "add", open_ones, heard, NEW)


MOST_OFFERED = 4
"""Cases to choose from at once."""


# Muting, forgetting ---------------------------------------------------------------------------------


def mute(talk: Talk, heard: Utterance) -> bool:
    """Tell no more of one case."""
    current = [case for case in talk.heard.contact_requests if cases.is_current(case, talk.heard)]
    return _switch(talk, heard, "mute", [case for case in current if not case.muted])


def unmute(talk: Talk, heard: Utterance) -> bool:
    """Tell of a case again."""
    return _switch(talk, heard, "unmute", [case for case in talk.heard.contact_requests if case.muted])


def _switch(talk: Talk, heard: Utterance, about: About, among: list[OpenRequest]) -> bool:
    _, unknown = which.named_in(heard.text, talk.heard.contact_requests)
    if unknown:
        return talk.settle("case_unknown", number=unknown)
    found = which.the_one(heard, among, talk.heard, talk.city)
    if not found:
        return talk.settle(f"{about}_none")
    return DO[about](talk, found[0], heard) if len(found) == 1 else ask_which(talk, about, found, heard)


def _mute(talk: Talk, case: OpenRequest, _: Utterance) -> bool:
    talk.add(Mute(service_request_id=case.service_request_id))
    return talk.settle("muted", number=case.service_request_id)


def _unmute(talk: Talk, case: OpenRequest, _: Utterance) -> bool:
    talk.add(Unmute(service_request_id=case.service_request_id))
    return talk.settle("unmuted", number=case.service_request_id)


def delete_data(talk: Talk, _: Utterance) -> bool:
    """Say what deleting means, and ask."""
    talk.state = replace(talk.state, awaiting="erase")
    yes = Option(label="option_erase", value="erase:yes", quiet=True)
    no = Option(label="option_keep", value="erase:no", quiet=True)
    return talk.settle("erase_confirm", yes, no)


def erase(talk: Talk, heard: Utterance) -> bool:
    """The answer to that: only a yes deletes, and only right after the question."""
    if talk.state.awaiting != "erase":
        return False
    talk.state = replace(talk.state, awaiting="")
    if talk.heard.unread:
        return False
    if heard.choice == "erase:yes" or (heard.intent == "affirm" and not heard.choice):
        talk.state = replace(talk.state, draft=None, kept=None, read_back=None, last_request="")
        talk.add(Erase())
        return talk.settle("erased")
    if heard.choice == "erase:no" or heard.intent in ("deny", "never_mind"):
        return talk.settle("erase_kept")
    return False


DO = {"not_fixed": reopen, "add": add, "mute": _mute, "unmute": _unmute}
"""What is done with a case once it is clear which one is meant."""
