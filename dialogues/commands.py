"""What may be said at any point: help, status, a person, never mind, and questions in passing."""

from __future__ import annotations

from dialogues import aftercare, area_notices, cases, verdicts
from dialogues.talk import CERTAIN, Talk
from dialogues.types import AddToRequest, State, Utterance

# Answered in passing; then the open question stands again.
ASIDES = {
    "help": "help",
    "bot_identity": "bot_identity",
    "follow": "following",
}


def command(talk: Talk, heard: Utterance) -> bool:
    """Do what is asked, where the utterance is sure to ask it."""
    if heard.intent not in COMMANDS and heard.intent not in ASIDES:
        return False
    brings = heard.places or heard.photos or heard.number
    if brings and heard.intent in ("never_mind", "start_over"):
        return False  # "sorry, rather at Oak and 5th" drops nothing
    if heard.confidence < CERTAIN and (brings or talk.state.awaiting in ("place", "attribute")):
        return False
    if heard.intent in ASIDES:
        return talk.say(ASIDES[heard.intent])
    return COMMANDS[heard.intent](talk, heard)


def never_mind(talk: Talk, heard: Utterance) -> bool:
    case = cases.recent(talk.heard, talk.state.last_request)
    if talk.draft is None and case is not None:  # "not my problem any more": the crew should know
        number = case.service_request_id
        talk.add(AddToRequest(service_request_id=number, note=heard.text.strip()))
        return talk.settle("no_longer_needed", number=number)
    return _drop(talk, "never_mind" if talk.draft else "never_mind_nothing")


def start_over(talk: Talk, _: Utterance) -> bool:
    return _drop(talk, "start_over")


def _drop(talk: Talk, sentence: str) -> bool:
    talk.state, talk.agreed = State(last_request=talk.state.last_request), False
    return talk.settle(sentence)


def human(talk: Talk, _: Utterance) -> bool:
    return talk.call_person()


def greet(talk: Talk, _: Utterance) -> bool:
    return True if talk.draft else talk.settle("greeting")


def thanks(talk: Talk, heard: Utterance) -> bool:
    talk.add(*verdicts.first_words(talk, heard, "content"))
    return True if talk.draft else talk.settle("welcome")


def status(talk: Talk, heard: Utterance) -> bool:
    talk.add(*area_notices.with_followed(cases.status(heard, talk.heard, talk.city), talk.heard))
    return True


def change_language(talk: Talk, heard: Utterance) -> bool:
    """Speak what was asked for; where it is none that we speak, say which ones we do."""
    return talk.say("language_changed" if heard.asked_language else "languages")


def out_of_scope(talk: Talk, heard: Utterance) -> bool:
    if heard.photos or (talk.draft and heard.place_text):
        return False  # odd words with a picture; and while we wait for a place they may well be one
    return talk.say("out_of_scope")


COMMANDS = {
    "never_mind": never_mind,
    "start_over": start_over,
    "human": human,
    "greet": greet,
    "thanks": thanks,
    "status": status,
    "change_language": change_language,
    "not_fixed": aftercare.not_fixed,
    "mute": aftercare.mute,
    "unmute": aftercare.unmute,
    "delete_data": aftercare.delete_data,
    "out_of_scope": out_of_scope,
}
