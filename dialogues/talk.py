"""One turn in the making: the state so far, the effects so far, and whether a question may follow."""

from __future__ import annotations

from dataclasses import replace

from dialogues import slots
from dialogues.announcing import announced
from dialogues.cases import waits
from dialogues.prompts import mark, prompt
from dialogues.types import (
    Alert,
    City,
    Draft,
    Effect,
    FileRequest,
    HandOff,
    Heard,
    Misheard,
    Option,
    Param,
    Say,
    State,
    Utterance,
)

CERTAIN = 0.5
"""Confidence from which a message is taken for a yes, a no or a command."""

ASKED_OF_DANGER = 2
"""How often the question of danger is put before people are called instead."""

# Buttons that stand for words. "yes" carries the mark of the draft it was shown with.
PRESSED = {
    "no": {"intent": "deny", "polarity": "no"},
    "change": {"intent": "deny", "polarity": "no"},
    "skip": {"intent": "skip"},
    "agent": {"intent": "human"},
    "change:place": {"intent": "deny", "wrong": "place"},
    "change:service": {"intent": "deny", "wrong": "service"},
    "danger:yes": {"intent": "affirm", "polarity": "yes"},
    "danger:no": {"intent": "deny", "polarity": "no"},
}


def agrees(utterance: Utterance) -> bool:
    """Tell whether an utterance says yes, in words or by a button: only such a one can file."""
    sure = utterance.intent == "affirm" and utterance.confidence >= CERTAIN
    return sure or utterance.polarity == "yes" or utterance.choice.startswith("yes:")


class Talk:
    """What the handlers of a turn work on. `agreed`: the resident said yes to the read-back."""

    def __init__(self, state: State, heard: Heard, city: City) -> None:
        self.state = state
        self.heard = heard
        self.city = city
        self.effects: list[Effect] = []
        self.settled = False  # what was said last needs no question after it
        self.alarmed = False  # the 911 line was given: nothing is asked in this turn
        self.missed = False  # the utterance in hand was not understood
        self.progressed = False  # something that was said led on
        self.agreed = False

    # Saying

    def say(self, sentence: str, *options: Option, **params: Param) -> bool:
        """Add a sentence, once a turn at most. Returns True, so that handlers can end with it."""
        self.add(Say(sentence=sentence, params=params, options=options))
        return True

    def settle(self, sentence: str, *options: Option, **params: Param) -> bool:
        """Add a sentence after which nothing is asked."""
        self.settled = True
        return self.say(sentence, *options, **params)

    def call_person(self) -> bool:
        """Hand off to a person, and say when one will be there."""
        self.add(HandOff(reason="asked"))
        back = self.city.back_at(self.heard.at)
        if back is None:
            return self.settle("hand_off")
        clock = f"{back.hour % 12 or 12}:{back:%M} {'am' if back.hour < 12 else 'pm'}"
        return self.settle("hand_off_later", back=back, clock=clock)

    def add(self, *effects: Effect) -> None:
        """Add effects that this turn does not hold yet."""
        self.effects += [effect for effect in effects if effect not in self.effects]

    # Knowing

    @property
    def draft(self) -> Draft | None:
        """The report under way, if any."""
        return self.state.draft

    def fill(self, heard: Utterance) -> State:
        """Return the state with everything the utterance brings to the report."""
        return slots.fill(self.state, heard, self.city, geocoder_down=self.heard.geocoder_down)

    def keep(self, heard: Utterance) -> State:
        """Return the state with what was said, whatever it is worth, so that nothing is lost."""
        return slots.describe(self.fill(heard), heard)

    def brings_anything(self, heard: Utterance) -> bool:
        """Tell whether an utterance holds a new type, place or photo beside its yes or no."""
        return bool(heard.places or heard.place_text or heard.photos) or self.fill(heard) != self.state

    def spoken(self, heard: Utterance) -> Utterance:
        """Return a pressed button as the words it stands for, and a mere guess at yes or no as neither."""
        if heard.intent in ("affirm", "deny", "skip") and heard.confidence < CERTAIN:
            return replace(heard, intent="inform")
        asked = self.state.draft is None and any(map(waits, self.heard.contact_requests))
        if asked and heard.confidence < CERTAIN and heard.intent not in ("report", "not_fixed"):
            return replace(heard, intent="inform")  # an answer to a crew's question sounds like nothing at all
        if heard.intent in ("never_mind", "start_over") and heard.polarity == "yes":
            return replace(heard, intent="affirm")  # "yes already!" drops nothing
        read = self.state.read_back
        if read is not None and heard.choice == f"yes:{mark(read)}":
            return replace(heard, intent="affirm", polarity="yes")
        return replace(heard, **PRESSED.get(heard.choice, {}))  # type: ignore[arg-type]

    # Ending

    def file(self) -> bool:
        """File the draft, if it still is what was read back and the resident got to read it."""
        self.agreed = False
        draft, read = self.state.draft, self.state.read_back
        if draft is None or read is None or draft.essence != read.essence:
            return False
        if len(self.heard.references) < len(slots.parts(draft)) or self.heard.unread:
            return False
        if any(isinstance(effect, FileRequest) for effect in self.effects):
            return False  # one report a turn: the second is read back again
        if any(self.city.unserved(each, self.heard.at) for each in apart(draft)):
            return False  # said by `turning_away.stop`, in this turn or the next
        for number, each in zip(self.heard.references, apart(draft), strict=False):
            self.add(FileRequest(draft=each, service_request_id=number))
        self.add(*misheard(draft))
        self.state = State(last_request=self.heard.references[0])
        return True

    def ask(self) -> None:
        """End the turn: file what was agreed to, else put the question that the state leads to."""
        if self.agreed and self.file():
            return
        if self.alarmed or self.state.draft is None or (self.settled and self.effects):
            return
        if self.state.awaiting == "danger" and self.state.danger_asked >= ASKED_OF_DANGER:
            self.add(Alert(kind="urgent"))
            self.state = replace(self.state, awaiting="", danger_asked=0)
        self.state, question = announced(self.state, self.heard) or prompt(self.state, self.city, self.heard)
        self.effects.append(question)


def apart(draft: Draft) -> tuple[Draft, ...]:
    """Return a draft for each problem, each with its place; the photos are of the first."""
    others = (replace(other, place=other.place or draft.place) for other in draft.also)
    return (replace(draft, also=()), *others)


def misheard(draft: Draft) -> list[Effect]:
    """Return a note for the ear's teachers where the first guess was not sure, or not right."""
    unsure = draft.first_confidence < slots.SURE or draft.first_guess != draft.service_code
    if not draft.first_words or not unsure:
        return []
    return [
        Misheard(
            text=draft.first_words,
            heard=draft.first_guess,
            confidence=draft.first_confidence,
            meant=draft.service_code,
        )
    ]
