"""What is said beside the report: questions the city has answered, anger, and "are you there?"."""

from __future__ import annotations

from dataclasses import replace

from dialogues import reporting, verdicts
from dialogues.talk import Talk, agrees
from dialogues.types import Utterance

# The kinds of talk that a mood speaks through; any other has its own answer, which serves better.
VENTING = frozenset({"out_of_scope", "greet", "thanks", "bot_identity"})
NUDGING = frozenset({"inform", "out_of_scope", "greet", "help", "bot_identity"})


def question(talk: Talk, heard: Utterance) -> bool:
    """Give the city's reviewed answer; then the open question stands again.

    What the message holds beside the question is taken in as well: "yes, and how long will it take?"
    """
    if heard.topic not in talk.city.answers or reporting.picks(talk, heard):
        return False
    if heard.intent == "status" and talk.heard.contact_requests:
        return False  # how their own cases stand says more than how it goes in general
    talk.say("reviewed", topic=heard.topic)
    agreed = talk.state.awaiting == "confirm" and agrees(heard)
    return not (agreed or heard.places or heard.photos)


def mood(talk: Talk, heard: Utterance) -> bool:
    """Meet anger and impatience in a few words, where the message says nothing more."""
    if heard.places or heard.photos or heard.polarity or heard.number or heard.wrong:
        return False
    if heard.mood == "upset" and heard.intent in VENTING:
        talk.add(*verdicts.first_words(talk, heard, "complained"))
        return upset(talk)
    if heard.mood == "nudge" and heard.intent in NUDGING:
        return nudge(talk, heard)
    return False


def upset(talk: Talk) -> bool:
    """Say sorry, and offer a person once: to whom it was offered, it need not be pressed."""
    talk.say("upset_again" if talk.state.consoled else "upset")
    talk.state = replace(talk.state, consoled=True)
    return True if talk.draft else talk.settle("tell_me")


def nudge(talk: Talk, heard: Utterance) -> bool:
    """Say that somebody is here. With nothing open, a "?" wants help and a "hello?" a greeting."""
    if talk.draft is None and heard.intent in ("help", "greet"):
        return False
    talk.say("here")
    return True if talk.draft else talk.settle("tell_me")
