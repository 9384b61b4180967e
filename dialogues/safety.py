"""Emergencies: the 911 line before anything else, and the one question where it may be one."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogues.cases import waits
from dialogues.talk import Talk, agrees
from dialogues.types import Alert, Draft, Say, Utterance


def emergency(talk: Talk, heard: Utterance) -> bool:
    """911 first, in any state; what was said is kept as the beginnings of a report."""
    guess = heard.emergency == "likely" and heard.suspected
    asked = talk.state.awaiting in ASKED_FOR or (
        talk.draft is None and any(map(waits, talk.heard.contact_requests))
    )
    if guess and (talk.state.calm or talk.state.alarmed or asked):
        return False  # an answer to what was asked, or one more word after "no, nobody is"
    again = heard.emergency == "likely" and talk.state.awaiting == "danger" and not guess
    if heard.emergency == "911" or again:
        talk.state = talk.keep(heard)
        return sound_alarm(talk)
    if heard.emergency == "likely":
        talk.state = replace(talk.keep(heard), awaiting="danger", danger_asked=0)
        return True
    if heard.emergency == "urgent":
        talk.state = replace(talk.state, draft=replace(talk.draft or Draft(), urgent=True))
        talk.add(Alert(kind="urgent"))
    return False


ASKED_FOR = frozenset({"attribute", "confirm", "place_options", "service_options"})
"""Open questions whose answers sound odd to a model that has read only whole messages."""


def sound_alarm(talk: Talk) -> bool:
    """Give the 911 line, before whatever else is said, and show the conversation to staff."""
    talk.state = replace(talk.state, awaiting="", read_back=None, danger_asked=0, alarmed=True)
    talk.alarmed = True
    line, alert = Say(sentence="emergency"), Alert(kind="emergency")
    if line not in talk.effects:
        talk.effects = [line, alert, *talk.effects]
    return True


def danger(talk: Talk, heard: Utterance) -> bool:
    """The answer to "is anyone in danger": yes and a cry for help give the 911 line, no goes on.

    Anything else is taken in, and the question stands.
    """
    if talk.state.awaiting != "danger":
        return False
    if agrees(heard) or heard.intent in ("help", "human"):
        return sound_alarm(talk)
    if heard.intent == "deny":
        talk.state = replace(talk.state, awaiting="", danger_asked=0, calm=True)
        return not talk.brings_anything(heard)
    return False


def after_the_alarm(talk: Talk, heard: Utterance) -> bool:
    """After the 911 line: "311" takes the talk up again; thanks and OK need no question."""
    alarmed = talk.state.alarmed
    said_311 = heard.text.strip(" .!\"'") == "311" or (
        alarmed and re.search(r"\b311\b", heard.text) is not None
    )
    if said_311:
        talk.state = replace(talk.state, alarmed=False)
        return True if talk.draft else talk.settle("greeting")
    if not alarmed:
        return False
    if heard.intent == "thanks":
        return talk.settle("welcome")
    if heard.intent == "affirm" or re.search(rf"\b{talk.city.emergency_number}\b", heard.text):
        return talk.settle("ok_after_alarm")
    talk.state = replace(talk.state, alarmed=False)
    return False
