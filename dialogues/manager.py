"""What follows from what was heard: one turn, from an old state to a new one and its effects."""

from __future__ import annotations

from dataclasses import replace

from dialogues import cases, slots
from dialogues.prompts import prompt
from dialogues.types import (
    AddToRequest,
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
    Reopen,
    Say,
    State,
    Turn,
    Utterance,
)

CERTAIN = 0.5
"""Confidence from which a message is taken for a command even when it also names a place."""


def take_turn(state: State, heard: Heard, city: City) -> Turn:
    """Return the new state and the effects, touching nothing but the arguments.

    All utterances are taken in, oldest first; what is asked next is a function of the state they
    leave behind, so that several quick messages get one answer.
    """
    talk = Talk(state, heard, city)
    for utterance in heard.utterances:
        talk.take_in(spoken(utterance))
    talk.ask()
    if len(talk.effects) > 1:
        # "hey" and a report in one breath: the answer to the report is greeting enough.
        talk.effects = [effect for effect in talk.effects if effect != Say(sentence="greeting")]
    return Turn(state=talk.state, effects=tuple(talk.effects))


class Talk:
    """One turn in the making: the state so far, and the effects so far."""

    def __init__(self, state: State, heard: Heard, city: City) -> None:
        self.state = state
        self.heard = heard
        self.city = city
        self.effects: list[Effect] = []
        self.settled = False  # what was said needs no question after it

    def take_in(self, utterance: Utterance) -> None:
        """Let the first handler that knows this utterance deal with it."""
        self.settled = False
        before = self.state
        for handler in HANDLERS:
            if handler(self, utterance):
                break
        if self.state != before:
            self.state = replace(self.state, misses=0)

    def say(self, sentence: str, *options: Option, **params: Param) -> bool:
        """Add a sentence, once a turn at most. Returns True, so that handlers can end with it."""
        saying = Say(sentence=sentence, params=params, options=options)
        if saying not in self.effects:
            self.effects.append(saying)
        return True

    def settle(self, sentence: str, *options: Option, **params: Param) -> bool:
        """Add a sentence after which nothing is asked."""
        self.settled = True
        return self.say(sentence, *options, **params)

    def ask(self) -> None:
        """Put the question that the state leads to, unless something said stands in its place."""
        asked = self.effects and self.settled
        if asked or self.state.draft is None:
            return
        self.state, question = prompt(self.state, self.city)
        self.effects.append(question)


def spoken(utterance: Utterance) -> Utterance:
    """Return a pressed button as the words it stands for, and a yes or no that is a mere guess as neither."""
    if utterance.intent in ("affirm", "deny", "skip") and utterance.confidence < CERTAIN:
        utterance = replace(utterance, intent="inform")
    meanings: dict[str, Utterance] = {
        "yes": replace(utterance, intent="affirm", polarity="yes"),
        "no": replace(utterance, intent="deny", polarity="no"),
        "change": replace(utterance, intent="deny", polarity="no"),
        "skip": replace(utterance, intent="skip"),
        "agent": replace(utterance, intent="human"),
        "change:place": replace(utterance, intent="deny", wrong="place"),
        "change:service": replace(utterance, intent="deny", wrong="service"),
    }
    return meanings.get(utterance.choice, utterance)


def agrees(utterance: Utterance) -> bool:
    """Tell whether an utterance says yes, in words or by a button: only then can a turn file."""
    meant = spoken(utterance)
    return meant.intent == "affirm" or meant.polarity == "yes"


# Handlers, in the order they are tried. Each returns whether the utterance was its business.


def emergency(talk: Talk, heard: Utterance) -> bool:
    """911 first, in any state; what was said is kept as the beginnings of a report."""
    again = heard.emergency == "likely" and talk.state.awaiting == "danger"
    if heard.emergency == "911" or again:
        talk.state = keep(talk, heard)
        return sound_alarm(talk)
    if heard.emergency == "likely":
        talk.state = replace(keep(talk, heard), awaiting="danger")
        yes, no = (
            Option(label="option_danger_yes", value="yes", quiet=True),
            Option(label="option_danger_no", value="no", quiet=True),
        )
        return talk.settle("emergency_question", yes, no)
    if heard.emergency == "urgent":
        talk.state = keep(talk, heard)
        talk.state = replace(talk.state, draft=replace(talk.state.draft or Draft(), urgent=True))
        talk.effects.append(Alert(kind="urgent"))
    return False


def sound_alarm(talk: Talk) -> bool:
    """Give the 911 line and show the conversation to staff."""
    talk.state = replace(talk.state, awaiting="", read_back=None)
    talk.effects = [Say(sentence="emergency"), Alert(kind="emergency"), *talk.effects]
    talk.settled = True
    return True


def keep(talk: Talk, heard: Utterance) -> State:
    """Return the state with what was said, whatever it is worth, so that nothing is lost."""
    state = slots.fill(talk.state, heard, talk.city, geocoder_down=talk.heard.geocoder_down)
    return slots.describe(state, heard)


def danger(talk: Talk, heard: Utterance) -> bool:
    """The answer to "is anyone in danger": yes gives the 911 line, anything else goes on."""
    if talk.state.awaiting != "danger":
        return False
    if agrees(heard):
        return sound_alarm(talk)
    talk.state = replace(talk.state, awaiting="")
    return heard.intent == "deny"


def not_an_emergency(talk: Talk, heard: Utterance) -> bool:
    """ "311" takes the talk up again after the 911 line."""
    if heard.text.strip(" .!\"'") != "311":
        return False
    return True if talk.state.draft else talk.settle("greeting")


def pressed(talk: Talk, heard: Utterance) -> bool:
    """A button that names its answer; one whose question has passed just gets the open question again."""
    kind, _, value = heard.choice.partition(":")
    if kind == "service" and value in talk.city.services:
        talk.state = slots.choose_service(talk.state, value)
    elif kind == "place" and value.isdecimal() and talk.state.awaiting == "place_options":
        return pick_place(talk, int(value))
    elif kind == "answer" and talk.state.awaiting == "attribute":
        code, _, key = value.partition(":")
        return code == talk.state.attribute and give_answer(talk, key)
    elif kind == "none":
        return none_of_these(talk)
    return bool(heard.choice) and heard.intent == "inform" and not heard.text


def command(talk: Talk, heard: Utterance) -> bool:
    """What may be said at any point: help, status, a person, never mind."""
    if heard.intent not in COMMANDS and heard.intent not in ASIDES:
        return False
    brings = heard.places or heard.photos or heard.number
    if heard.confidence < CERTAIN and (brings or talk.state.awaiting in ("place", "attribute")):
        return False
    if heard.intent in ASIDES:
        return talk.say(ASIDES[heard.intent])
    return COMMANDS[heard.intent](talk, heard)


def never_mind(talk: Talk, _: Utterance) -> bool:
    dropped = "never_mind" if talk.state.draft else "never_mind_nothing"
    talk.state = State(last_request=talk.state.last_request)
    return talk.settle(dropped)


def start_over(talk: Talk, _: Utterance) -> bool:
    talk.state = State(last_request=talk.state.last_request)
    return talk.settle("start_over")


def human(talk: Talk, _: Utterance) -> bool:
    talk.effects.append(HandOff(reason="asked"))
    return talk.settle("hand_off")


def greet(talk: Talk, _: Utterance) -> bool:
    return True if talk.state.draft else talk.settle("greeting")


def thanks(talk: Talk, _: Utterance) -> bool:
    return True if talk.state.draft else talk.settle("welcome")


def status(talk: Talk, heard: Utterance) -> bool:
    talk.effects.extend(cases.status(heard.text, talk.heard, talk.city))
    return True


def not_fixed(talk: Talk, heard: Utterance) -> bool:
    effects = cases.not_fixed(heard, talk.heard, talk.city)
    if not effects:
        return False
    talk.effects.extend(effects)
    for effect in effects:
        if isinstance(effect, Reopen):
            talk.state = replace(talk.state, last_request=effect.service_request_id)
    return True


def out_of_scope(talk: Talk, heard: Utterance) -> bool:
    if talk.state.draft and (heard.place_text or heard.photos):
        return False  # while we wait for a place, odd words may well be one
    return talk.say("out_of_scope")


def confirmation(talk: Talk, heard: Utterance) -> bool:
    """The answer to the read-back: yes files it, if it is still what was read; no changes it."""
    draft = talk.state.draft
    if talk.state.awaiting != "confirm" or draft is None:
        return False
    if agrees(heard):
        talk.state = fill(talk, heard)
        return file(talk)
    if heard.intent == "deny" and not brings_anything(talk, heard):
        return change(talk, heard)
    if heard.intent == "skip":
        talk.state = replace(talk.state, draft=replace(draft, photo_skipped=True))
        return True
    return False


def file(talk: Talk) -> bool:
    """File the draft if it is the one that was read back; else the read-back is due again."""
    draft, read = talk.state.draft, talk.state.read_back
    if draft is None or read is None or draft.essence != read.essence or not talk.heard.reference:
        return True
    talk.effects.append(FileRequest(draft=draft, service_request_id=talk.heard.reference))
    talk.effects.extend(misheard(draft))
    talk.state = State(last_request=talk.heard.reference)
    talk.settled = True
    return True


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


def change(talk: Talk, heard: Utterance) -> bool:
    """ "No", and nothing more, or only what is wrong: ask for the right one."""
    if heard.wrong == "place":
        talk.state = replace(slots.clear_place(talk.state), awaiting="place")
        return talk.settle("change_place")
    if heard.wrong == "service":
        talk.state = replace(slots.clear_service(talk.state), awaiting="service")
        return talk.settle("change_service")
    talk.state = replace(talk.state, awaiting="change")
    place = Option(label="option_place", value="change:place", quiet=True)
    service = Option(label="option_service", value="change:service", quiet=True)
    return talk.settle("change", service, place)


def correction(talk: Talk, heard: Utterance) -> bool:
    """ "Wrong address" and the like, at any point of a report."""
    if talk.state.draft is None or brings_anything(talk, heard):
        return False
    if heard.wrong in ("place", "service"):
        return change(talk, heard)
    return False


def pick(talk: Talk, heard: Utterance) -> bool:
    """A choice among the types or the places we offered."""
    awaiting, draft = talk.state.awaiting, talk.state.draft
    if draft is None or awaiting not in ("service_options", "place_options"):
        return False
    options = draft.service_options if awaiting == "service_options" else draft.place_options
    if heard.number == len(options) + 1 or (heard.intent == "deny" and not brings_anything(talk, heard)):
        return none_of_these(talk)
    if not heard.number or not 1 <= heard.number <= len(options):
        return False
    if awaiting == "place_options":
        return pick_place(talk, heard.number)
    talk.state = slots.choose_service(talk.state, draft.service_options[heard.number - 1])
    return True


def pick_place(talk: Talk, number: int) -> bool:
    draft = talk.state.draft
    if draft and 1 <= number <= len(draft.place_options):
        talk.state = slots.choose_place(talk.state, draft.place_options[number - 1])
    return True


def none_of_these(talk: Talk) -> bool:
    draft = talk.state.draft
    if draft is None:
        return True
    if talk.state.awaiting == "place_options":
        talk.state = slots.clear_place(talk.state)
    else:
        talk.state = replace(talk.state, draft=replace(draft, service_options=()))
    return True


def attribute(talk: Talk, heard: Utterance) -> bool:
    """The answer to a service's own question."""
    draft = talk.state.draft
    if talk.state.awaiting != "attribute" or draft is None:
        return False
    question = talk.city.services[draft.service_code].answer(talk.state.attribute)
    if question is None:
        return False
    given = slots.answer(question, heard)
    return given is not None and give_answer(talk, given)


def give_answer(talk: Talk, given: str) -> bool:
    draft = talk.state.draft or Draft()
    answers = {**draft.attributes, talk.state.attribute: given}
    talk.state = replace(talk.state, draft=replace(draft, attributes=answers))
    return True


def late_addition(talk: Talk, heard: Utterance) -> bool:
    """A photo or a word that comes after filing belongs to the case just filed."""
    if talk.state.draft is not None or heard.intent != "inform":
        return False
    recent = cases.recent(talk.heard, talk.state.last_request)
    photos = tuple(photo.photo_id for photo in heard.photos if photo.problem in ("", "unavailable"))
    if recent is None or heard.places or not (photos or heard.text.strip()):
        return False
    number = recent.service_request_id
    talk.effects.append(AddToRequest(service_request_id=number, note=heard.text.strip(), photos=photos))
    complain_of_photos(talk, heard)
    return talk.settle("photo_added" if photos else "note_added", number=number)


def content(talk: Talk, heard: Utterance) -> bool:
    """What the report is made of: a problem, a place, photos, details."""
    complain_of_photos(talk, heard)
    if slots.names_another(talk.state, heard):
        return talk.say("one_at_a_time")
    if heard.places and not any(place.in_city for place in heard.places):
        return outside(talk, heard)
    before = talk.state
    talk.state = fill(talk, heard)
    if talk.state == before and talk.state.draft and heard.intent in ("inform", "report"):
        detail = talk.state.awaiting in ("confirm", "change")
        talk.state = slots.describe(talk.state, heard) if detail else talk.state
    return talk.state != before or bool(heard.photos)


def outside(talk: Talk, heard: Utterance) -> bool:
    """A place that is not ours: say so, keep the rest."""
    talk.state = fill(talk, replace(heard, places=(), place_text=""))
    talk.state = replace(slots.clear_place(talk.state), awaiting="place")
    if heard.pin:
        return talk.settle("outside_pin")
    return talk.settle("outside", place=heard.places[0].address_string)


def complain_of_photos(talk: Talk, heard: Utterance) -> None:
    for problem in dict.fromkeys(photo.problem for photo in heard.photos if photo.problem):
        talk.say(f"photo_{problem}")


def nothing(talk: Talk, heard: Utterance) -> bool:
    """Not understood: say so and ask again; the second time, offer a person."""
    if heard.intent in ("affirm", "deny", "skip"):
        # A yes or no to nothing in particular: the open question, if there is one, says it all.
        return True if talk.state.draft else talk.settle("nothing_open")
    misses = talk.state.misses + 1
    talk.state = replace(talk.state, draft=talk.state.draft or Draft())
    talk.effects = [effect for effect in talk.effects if effect != Say(sentence="not_understood")]
    if any(map(str.isalpha, heard.text)):
        talk.effects.append(Misheard(text=heard.text, heard=heard.intent, confidence=heard.confidence))
    if misses >= 2:
        agent = Option(label="option_agent", value="agent", quiet=True)
        talk.settle("offer_person", agent)
    else:
        talk.say("not_understood")
    talk.state = replace(talk.state, misses=misses)
    return True


def fill(talk: Talk, heard: Utterance) -> State:
    return slots.fill(talk.state, heard, talk.city, geocoder_down=talk.heard.geocoder_down)


def brings_anything(talk: Talk, heard: Utterance) -> bool:
    """Tell whether an utterance holds a new type, place or photo beside its yes or no."""
    return bool(heard.places or heard.place_text or heard.photos) or fill(talk, heard) != talk.state


HANDLERS = (
    emergency,
    danger,
    not_an_emergency,
    pressed,
    command,
    confirmation,
    pick,
    attribute,
    correction,
    late_addition,
    content,
    nothing,
)

# Answered in passing; then the open question stands again.
ASIDES = {
    "help": "help",
    "bot_identity": "bot_identity",
    "change_language": "only_english",
    "follow": "following",
}

COMMANDS = {
    "never_mind": never_mind,
    "start_over": start_over,
    "human": human,
    "greet": greet,
    "thanks": thanks,
    "status": status,
    "not_fixed": not_fixed,
    "out_of_scope": out_of_scope,
}
