"""What was understood of one message, in the city's own language: for staff who don't read the resident's.

It is no translation. It says what we made of the words: a type, a place, answers, a wish.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dialogues import attributes, slots
from dialogues.prompts import answers
from dialogues.talk import CERTAIN, PRESSED
from dialogues.types import City, Draft, State, Utterance

WISHES = {
    "affirm": "Yes",
    "deny": "No",
    "skip": "Skips the question",
    "thanks": "Thanks",
    "greet": "Greets",
    "human": "Asks for a person",
    "help": "Asks for help",
    "status": "Asks how it stands",
    "not_fixed": "Says that it is not fixed",
    "never_mind": "Wants to drop it",
    "start_over": "Wants to start over",
    "follow": "Asks how to follow a case",
    "mute": "Wants no more updates",
    "unmute": "Wants updates again",
    "delete_data": "Wants their data deleted",
    "change_language": "Wants another language",
    "bot_identity": "Asks who is talking",
    "out_of_scope": "Nothing that the city fixes",
}
DANGERS = {"911": "Emergency", "likely": "Perhaps an emergency", "urgent": "Urgent"}
MOODS = {"upset": "Angry", "nudge": "Waits for an answer", "content": "Says that it is fixed"}


def gist(said: Utterance, state: State, city: City) -> str:
    """Return what we made of `said`, which came in `state`: "Problem: Pothole. Place: 500 Main St."

    "" where there are no words, "Not understood" where they told us nothing.
    """
    parts = list(dict.fromkeys(part for part in _parts(said, state, city) if part))
    if not parts and any(map(str.isalpha, said.text)):
        return "Not understood"
    return "".join(f"{part}. " for part in parts).strip()


def _parts(said: Utterance, state: State, city: City) -> Iterator[str]:
    yield DANGERS.get(said.emergency or "", "")
    yield _picked(said, state, city)
    told = _problem(said, city)
    yield told
    yield _place(said)
    given = list(_answers(said, state, city))
    yield from given
    yield f"Asks about: {said.topic.replace('_', ' ')}" if said.topic else ""
    yield {"place": "The place is wrong", "service": "The problem is wrong", "photo": "The photo is wrong"}.get(
        said.wrong or "", ""
    )
    yield MOODS.get(said.mood, "")
    if not (told or given or said.choice or said.topic or said.mood == "content"):
        yield _wish(said)


def _problem(said: Utterance, city: City) -> str:
    """Return the type, the types that it may be, or the several that it tells of."""
    if said.intent not in ("report", "emergency"):
        return ""
    names = [city.services[code].service_name for code, _ in said.services if code in city.services]
    if len(said.problems) > 1:
        several = [each.service_code for each in said.problems if each.service_code in city.services]
        return f"Problems: {'; '.join(city.services[code].service_name for code in several)}"
    if not names:
        return "Some problem"
    sure = said.services[0][1] >= slots.SURE
    return f"Problem: {names[0]}" if sure else f"Problem, unsure: {', or '.join(names)}"


def _place(said: Utterance) -> str:
    places = [place.address_string for place in said.places[:3]]
    if not places:
        return f'Place, not found: "{said.place_text}"' if said.place_text else ""
    return f"Place: {', or '.join(places)}"


def _answers(said: Utterance, state: State, city: City) -> Iterator[str]:
    """Yield the answers to the service's questions, the one that was put and those given in passing."""
    draft = state.draft or Draft()
    sure = [code for code, confidence in said.services if said.intent == "report" and confidence >= slots.SURE]
    service = city.services.get(draft.service_code or (sure[0] if sure else ""))
    if service is None or not said.text:
        return
    given = {each.code: attributes.read(each, said.text) for each in service.attributes}
    put = service.answer(state.attribute) if state.awaiting == "attribute" else None
    if put is not None and put.values:  # an answer in own words would only be those words again
        given[put.code] = slots.answer(put, said) or ""
    for question, answer in answers(service, {code: key for code, key in given.items() if key}):
        yield f"{question} {answer}"


def _picked(said: Utterance, state: State, city: City) -> str:
    """Return what was chosen, by a button or by its number, of what we offered."""
    draft = state.draft or Draft()
    kind, _, value = said.choice.partition(":")
    if said.number and state.awaiting in ("service_options", "place_options"):
        kind, value = state.awaiting.removesuffix("_options"), str(said.number)
        if kind == "service" and said.number <= len(draft.service_options):
            value = draft.service_options[said.number - 1]
    if kind == "service" and value in city.services:
        return f"Picked: {city.services[value].service_name}"
    if kind == "place" and value.isdecimal() and 1 <= int(value) <= len(draft.place_options):
        return f"Picked: {draft.place_options[int(value) - 1].address_string}"
    if kind == "answer" and draft.service_code in city.services:
        code, _, key = value.partition(":")
        return "".join(f"{q} {a}" for q, a in answers(city.services[draft.service_code], {code: key}))
    if kind == "yes":
        return "Yes"
    return _wish(replace(said, **PRESSED[said.choice])) if said.choice in PRESSED else ""  # type: ignore[arg-type]


def _wish(said: Utterance) -> str:
    if said.polarity:
        return said.polarity.capitalize()
    sure = said.confidence >= CERTAIN or said.intent == "out_of_scope"
    return WISHES.get(said.intent, "") if sure and not said.places else ""
