"""What to ask next: a function of the state, and of the cases that are there already."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace

from dialogues import duplicates, slots
from dialogues.types import (
    Attribute,
    City,
    Described,
    Draft,
    Heard,
    Option,
    Param,
    Place,
    Say,
    Service,
    Slot,
    State,
)


def mark(draft: Draft) -> str:
    """Return a short mark of what a draft says, so that an old button can't confirm a new draft."""
    return f"{zlib.crc32(repr(draft.essence).encode()):08x}"


NONE = Option(label="option_none", value="none")


def prompt(state: State, city: City, heard: Heard) -> tuple[State, Say]:
    """Return the question that a state with a draft leads to, and the state awaiting its answer; what is
    `heard` says which cases are there already."""
    draft = state.draft or Draft()
    if state.awaiting == "danger":
        return _danger(state)
    if not draft.service_code:
        return _service(state, draft, city)
    if draft.place is None or (slots.needs_closer(draft.place) and not state.place_misses):
        return _place(state, draft, city)
    if same := duplicates.same_as(draft, heard, city):
        return duplicates.offer(state, same, city)
    if question := slots.next_question(draft, city):
        return _attribute(state, *question, city)
    return _confirm_all(state, draft, city) if draft.also else _confirm(state, draft, city)


def _ask(state: State, awaiting: Slot, say: Say) -> tuple[State, Say]:
    return replace(state, awaiting=awaiting), replace(say, prompt=True)


def _danger(state: State) -> tuple[State, Say]:
    options = (
        Option(label="option_danger_yes", value="danger:yes", quiet=True),
        Option(label="option_danger_no", value="danger:no", quiet=True),
    )
    asked = replace(state, danger_asked=state.danger_asked + 1)
    return _ask(asked, "danger", Say(sentence="emergency_question", options=options))


def _service(state: State, draft: Draft, city: City) -> tuple[State, Say]:
    if draft.service_options:
        names = [(code, city.services[code].service_name) for code in draft.service_options]
        options = tuple(Option(label=name, value=f"service:{code}") for code, name in names)
        return _ask(state, "service_options", Say(sentence="choose_service", options=(*options, NONE)))
    if draft.place is not None:
        say = Say(sentence="ask_service_place", params={"place": draft.place.address_string})
        return _ask(state, "service", say)
    return _ask(state, "service", Say(sentence="ask_service_photo" if draft.photos else "ask_service"))


def _place(state: State, draft: Draft, city: City) -> tuple[State, Say]:
    if draft.place_options:
        names = [place.address_string for place in draft.place_options]
        options = tuple(Option(label=name, value=f"place:{n}") for n, name in enumerate(names, start=1))
        return _ask(state, "place_options", Say(sentence="choose_place", options=(*options, NONE)))
    if draft.place is not None:
        say = Say(sentence="ask_place_on", params={"place": draft.place.address_string}, ask_location=True)
        return _ask(state, "place", say)
    if draft.place_text:
        say = Say(sentence="ask_place_again", params={"place": draft.place_text}, ask_location=True)
        return _ask(state, "place", say)
    say = Say(sentence="ask_place", params={"service": describe(draft, city)}, ask_location=True)
    return _ask(state, "place", say)


def _attribute(state: State, number: int, question: Attribute, city: City) -> tuple[State, Say]:
    options = tuple(
        Option(label=each.name, value=f"answer:{question.code}:{each.key}") for each in question.values
    )
    again = state.awaiting == "attribute" and state.attribute == question.code
    sentence = "ask_attribute_again" if again and options else "ask_attribute"
    params: dict[str, Param] = {"question": question.description}
    if number and state.draft:
        sentence, params["service"] = "ask_attribute_of", describe(state.draft.also[number - 1], city)
    say = Say(sentence=sentence, params=params, options=options)
    return _ask(replace(state, attribute=question.code), "attribute", say)


def _confirm_all(state: State, draft: Draft, city: City) -> tuple[State, Say]:
    """Read back several problems at once; a place that all share is named once."""
    assert draft.place is not None
    if len(draft.also) == 1 and draft.also[0].place in (None, draft.place):
        first, second = (describe(each, city) for each in slots.parts(draft))
        more = Say(sentence="item", params={"service": second})
        here = draft.place.address_string
        say = Say(sentence="confirm_both", params={"service": first, "more": more, "place": here})
    else:
        items = [_item(each, draft.place, city) for each in slots.parts(draft)]
        listed = items[0]
        for item in items[1:]:
            listed = Say(sentence="items", params={"first": listed, "more": item})
        say = Say(sentence="confirm_several", params={"items": listed})
    say = replace(say, options=_yes_or_change(draft))
    return _ask(replace(state, read_back=draft), "confirm", say)


def _item(draft: Draft, place: Place, city: City) -> Say:
    where = (draft.place or place).address_string
    return Say(sentence="item_at", params={"service": describe(draft, city), "place": where})


def _yes_or_change(draft: Draft) -> tuple[Option, ...]:
    return (
        Option(label="option_yes", value=f"yes:{mark(draft)}", quiet=True),
        Option(label="option_change", value="change", quiet=True),
    )


def _confirm(state: State, draft: Draft, city: City) -> tuple[State, Say]:
    assert draft.place is not None
    params: dict[str, Param] = {"service": describe(draft, city), "place": draft.place.address_string}
    service = city.services[draft.service_code]
    if draft.place.precision == "unconfirmed":
        sentence = "confirm_unfound"
    elif draft.place.hint:
        sentence = "confirm_photo_place"
    elif draft.photos:
        sentence = "confirm_photo" if len(draft.photos) == 1 else "confirm_photos"
        params["count"] = str(len(draft.photos))
    else:
        sentence = _asks_photo(draft.place) if service.photo and not draft.photo_skipped else "confirm"
    say = Say(sentence=sentence, params=params, options=_yes_or_change(draft), prompt=True)
    questions = () if draft.asked else slots.optional_questions(draft, service)[:MOST_ASKED]
    if questions and sentence in ASKS_BESIDE:
        draft = replace(draft, asked=True)
        say = _ask_beside(say, questions)
    return _ask(replace(state, draft=draft, read_back=draft), "confirm", say)


MOST_ASKED = 2
"""Optional questions put at once: three are a form. The others are only heard in passing."""

ASKS_BESIDE = {
    "confirm": "confirm_and_question",
    "confirm_ask_photo": "confirm_ask_photo_and_question",
    "confirm_photo": "confirm_photo_and_question",
    "confirm_photos": "confirm_photos_and_question",
}
"""The read-backs that may ask a question beside, and how. The others ask for a better place first."""


def _ask_beside(say: Say, questions: tuple[Attribute, ...]) -> Say:
    """Return a read-back that asks all the optional questions; shorter, only the first; shorter still, none."""
    first, *rest = (Say(sentence="ask_attribute", params={"question": each.description}) for each in questions)
    together = first
    for more in rest:
        together = Say(sentence="ask_both", params={"question": together, "more": more})
    asking = replace(say, sentence=ASKS_BESIDE[say.sentence])
    one = replace(asking, params={**say.params, "question": first}, shorter=say)
    return replace(asking, params={**say.params, "question": together}, shorter=one) if rest else one


def _asks_photo(place: Place) -> str:
    """Return the sentence that reads back and asks to see it; a park is wide, and so asks for the spot."""
    if place.spot:
        return "confirm_spot"
    return "confirm_landmark" if place.precision == "landmark" else "confirm_ask_photo"


def describe(draft: Draft, city: City) -> Described:
    """Return the issue type with the answers that were given."""
    service = city.services[draft.service_code]
    answers = tuple(_shown(service.answer(code), value) for code, value in draft.attributes.items())
    return Described(service_name=service.service_name, answers=answers)


def _shown(question: Attribute | None, value: str) -> str:
    if question is None or not question.values:
        return value
    names = {each.key: each.name for each in question.values}
    keys = value.split(",") if question.datatype == "multivaluelist" else [value]
    return ", ".join(names.get(key, key) for key in keys)


def answers(service: Service, given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the service's questions that were answered, each with the answer's name."""
    known = [(service.answer(code), value) for code, value in given.items()]
    return tuple((question.description, _shown(question, value)) for question, value in known if question)
