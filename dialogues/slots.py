"""What a report needs, and how what was said fills it. Drafts in, drafts out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogues import attributes
from dialogues.types import Attribute, City, Draft, Place, Service, State, Utterance

SURE = 0.55
"""Confidence from which a type is taken without offering others: it is read back in any case."""

CLEAR_LEAD = 0.1
"""How far ahead of the second candidate a place must be to be taken without asking."""

LONGEST_PLACE = 120
"""Characters of a place taken as it was written: the description holds the rest."""

LONGEST_ANSWER = 500
"""Characters of an answer in the resident's own words."""

PINPOINT = frozenset({"address", "interpolated", "intersection", "block", "landmark"})


def fill(state: State, utterance: Utterance, city: City, *, geocoder_down: bool) -> State:
    """Return the state with everything that `utterance` brings to the report; the same state if nothing."""
    state = _fill_service(state, utterance, city)
    state = _fill_place(state, utterance, geocoder_down=geocoder_down)
    state = _fill_photos(state, utterance)
    return fill_attributes(state, utterance.text, city, corrects=_corrects_answers(state, utterance))


def replaces_service(state: State, utterance: Utterance) -> bool:
    """Tell whether a type named now is meant instead of the one we have, not beside it."""
    return (
        utterance.corrects
        or utterance.polarity == "no"
        or utterance.wrong == "service"
        or state.awaiting in ("service", "service_options", "change", "danger")
    )


def names_another(state: State, utterance: Utterance) -> bool:
    """Tell whether `utterance` reports a second problem while the first is still open."""
    draft = state.draft
    if draft is None or not draft.service_code or not utterance.services or utterance.intent != "report":
        return False
    code, confidence = utterance.services[0]
    known = {draft.service_code, *draft.service_options, *(other.service_code for other in draft.also)}
    return confidence >= SURE and code not in known and not replaces_service(state, utterance)


def sure_place(found: Sequence[Place]) -> Place | None:
    """Return the one place in the city among what was found; None where there is none, or one of several."""
    here = [place for place in found if place.in_city]
    return here[0] if here and _leads(here) and not needs_closer(here[0]) else None


def _leads(found: Sequence[Place]) -> bool:
    """Tell whether the first of some candidates is clearly the best."""
    return len(found) == 1 or found[0].score - found[1].score >= CLEAR_LEAD


def parts(draft: Draft) -> tuple[Draft, ...]:
    """Return all the problems that are reported together, the first one first."""
    return (draft, *draft.also)


def left_of(draft: Draft, gone: Sequence[bool]) -> Draft | None:
    """Return a report without those of its problems that are `gone`; None where nothing is left."""
    left = [
        replace(part, place=part.place or draft.place, also=())
        for part, is_gone in zip(parts(draft), gone, strict=True)
        if not is_gone
    ]
    return replace(left[0], also=tuple(left[1:])) if left else None


def next_question(draft: Draft, city: City) -> tuple[int, Attribute] | None:
    """Return the first required question without an answer, and which of the problems it is about."""
    for number, part in enumerate(parts(draft)):
        if question := missing_attribute(part, city.services[part.service_code]):
            return number, question
    return None


def with_answer(draft: Draft, number: int, code: str, given: str) -> Draft:
    """Return the draft with an answer to a question about the problem of that number."""
    of = parts(draft)[number]
    answered = replace(of, attributes={**of.attributes, code: given})
    if number == 0:
        return answered
    return replace(draft, also=(*draft.also[: number - 1], answered, *draft.also[number:]))


def with_answers_in(draft: Draft, city: City) -> Draft:
    """Return a draft with what its own words already answer of its service's questions."""
    return fill_attributes(State(draft=draft), draft.description, city).draft or draft


def clear_place(state: State) -> State:
    """Return the state without a place, ready to be told another."""
    draft = replace(state.draft or Draft(), place=None, place_text="", place_options=())
    return replace(state, draft=draft, place_misses=0)


def clear_service(state: State) -> State:
    """Return the state without an issue type; its answers go with it."""
    draft = replace(state.draft or Draft(), service_code="", service_options=(), attributes={}, asked=False)
    return replace(state, draft=draft)


def choose_service(state: State, service_code: str) -> State:
    """Return the state with this issue type; answers to another type's questions are dropped."""
    draft = state.draft or Draft()
    if draft.service_code != service_code:
        draft = replace(draft, service_code=service_code, attributes={}, asked=False)
    return replace(state, draft=replace(draft, service_options=()))


def choose_place(state: State, place: Place) -> State:
    """Return the state with this place settled."""
    draft = replace(state.draft or Draft(), place=place, place_text="", place_options=())
    return replace(state, draft=draft)


def missing_attribute(draft: Draft, service: Service) -> Attribute | None:
    """Return the first required question without an answer."""
    return next(
        (each for each in service.attributes if each.required and each.code not in draft.attributes), None
    )


def optional_questions(draft: Draft, service: Service) -> tuple[Attribute, ...]:
    """Return the questions that may go unanswered and so far are."""
    return tuple(each for each in service.attributes if not each.required and each.code not in draft.attributes)


def stop_of(draft: Draft, service: Service) -> str:
    """Return what to tell a resident whose answer means that the city can't help; "" where it can."""
    given = [(service.answer(code), key) for code, key in draft.attributes.items()]
    stops = (value.stop for question, key in given if question for value in question.values if value.key == key)
    return next(filter(None, stops), "")


def needs_closer(place: Place) -> bool:
    """Tell whether a place is too coarse for a crew to drive to: a whole street, a whole area."""
    return place.precision in ("street", "area")


def _fill_service(state: State, utterance: Utterance, city: City) -> State:
    guesses = [(code, score) for code, score in utterance.services if code in city.services]
    if utterance.intent not in ("report", "emergency") or not guesses:
        return state
    draft = state.draft or Draft()
    if draft.service_code and not replaces_service(state, utterance):
        return describe(state, utterance)
    if not draft.first_words:
        first = replace(
            draft, first_words=utterance.text, first_guess=guesses[0][0], first_confidence=guesses[0][1]
        )
        state = replace(state, draft=first)
    if guesses[0][1] >= SURE:
        state = choose_service(state, guesses[0][0])
    else:
        offered = tuple(code for code, _ in guesses)
        state = replace(clear_service(state), draft=replace(state.draft or Draft(), service_options=offered))
    return describe(state, utterance)


def describe(state: State, utterance: Utterance) -> State:
    draft = state.draft or Draft()
    text = utterance.text.strip()
    if not re.search(r"\w", text) or text in draft.description:
        return replace(state, draft=draft)
    whole = text if utterance.corrects or not draft.description else f"{draft.description}\n{text}"
    return replace(state, draft=replace(draft, description=whole[:4000]))  # Open311's limit


def _fill_place(state: State, utterance: Utterance, *, geocoder_down: bool) -> State:
    here = tuple(place for place in utterance.places if place.in_city)
    if here:
        return _settle(state, here, utterance)
    if utterance.places or not utterance.place_text:
        return state  # outside the city, or no place at all: the manager has a word for that
    if geocoder_down or (state.place_misses and state.awaiting == "place"):
        return choose_place(state, as_written(utterance.place_text))
    draft = state.draft or Draft()
    if draft.place and not _corrects_place(state, utterance):
        return state
    draft = replace(draft, place=None, place_text=utterance.place_text, place_options=())
    return replace(state, draft=draft, place_misses=state.place_misses + 1)


def as_written(text: str) -> Place:
    """Return a place nobody has found yet: the resident's words, to be confirmed by a person."""
    words = " ".join(text.split())
    return Place(address_string=words[:LONGEST_PLACE], precision="unconfirmed", score=0.0)


def _corrects_place(state: State, utterance: Utterance) -> bool:
    return (
        utterance.corrects
        or utterance.polarity == "no"
        or utterance.wrong == "place"
        or state.awaiting in ("place", "place_options", "change")
    )


def _settle(state: State, found: tuple[Place, ...], utterance: Utterance) -> State:
    best = found[0]
    if not _leads(found):
        draft = replace(
            state.draft or Draft(), place=None, place_options=found, place_text=utterance.place_text
        )
        return replace(state, draft=draft)
    draft = state.draft or Draft()
    said = draft.place if draft.place and not draft.place.hint else None
    coarser = said is not None and said.precision in PINPOINT and needs_closer(best)
    if coarser and not _corrects_place(state, utterance):
        return state  # "on Main St" said in passing does not unsettle "500 Main St"
    return choose_place(state, best)


def _fill_photos(state: State, utterance: Utterance) -> State:
    if not utterance.kept_photos:
        return state
    draft = state.draft or Draft()
    new = tuple(photo for photo in utterance.kept_photos if photo not in draft.photos)
    draft = replace(draft, photos=draft.photos + new)
    hint = next((photo.taken_at for photo in utterance.photos if photo.taken_at), None)
    if hint and not draft.place_options and _welcome(hint, draft.place):
        draft = replace(draft, place=replace(hint, hint=True), place_text="")
    return replace(state, draft=draft)


def _welcome(hint: Place, known: Place | None) -> bool:
    """Tell whether where a photo was taken says more than what we know: no place yet, or just its street."""
    if known is None:
        return hint.in_city
    return (
        known.precision == "street"
        and hint.precision in PINPOINT
        and known.address_string in hint.address_string
    )


def _corrects_answers(state: State, utterance: Utterance) -> bool:
    place = state.draft.place if state.draft else None
    if state.awaiting == "confirm" and place and place.precision == "landmark":
        return utterance.corrects  # "by the restrooms" says where in the park, and not what
    return utterance.corrects or utterance.polarity == "no" or state.awaiting in ("confirm", "change")


def fill_attributes(state: State, text: str, city: City, *, corrects: bool = False) -> State:
    """Fill the questions that `text` answers in passing: "it's in the bike lane"."""
    draft = state.draft
    service = city.services.get(draft.service_code) if draft else None
    if draft is None or service is None or not text:
        return state
    given = {each.code: attributes.read(each, text) for each in service.attributes}
    new = {code: key for code, key in given.items() if key and (corrects or code not in draft.attributes)}
    return _with_answers(state, draft, new)


def _with_answers(state: State, draft: Draft, new: Mapping[str, str]) -> State:
    found = {**draft.attributes, **new}
    return state if found == draft.attributes else replace(state, draft=replace(draft, attributes=found))


def fill_details(state: State, utterance: Utterance, city: City) -> State:
    """Fill what the read-back asked beside; the same state where `utterance` answers none of it."""
    draft = state.draft or Draft()
    state = fill_attributes(state, utterance.text, city, corrects=True)
    if state.draft != draft:
        return state
    asked = optional_questions(draft, city.services[draft.service_code])
    measures = {each.code: attributes.measure(each, utterance.text) for each in asked if not each.values}
    if any(measures.values()):
        return _with_answers(state, draft, {code: said for code, said in measures.items() if said})
    in_words = [each for each in asked if not each.values and not attributes.measured_in(each)]
    spoken = utterance.intent in ("inform", "report", "out_of_scope") and utterance.polarity is None
    if len(in_words) != 1 or len(asked) != 1 or not spoken:
        return state  # which of them it answers would be a guess
    return _with_answers(state, draft, {in_words[0].code: utterance.text.strip()[:LONGEST_ANSWER]})


def answer(attribute: Attribute, utterance: Utterance) -> str | None:
    """Return the answer that `utterance` gives to `attribute`, as stored; None where it gives none."""
    if attribute.values:
        if utterance.number and 1 <= utterance.number <= len(attribute.values):
            return attribute.values[utterance.number - 1].key
        return attributes.read(attribute, utterance.text) or None
    text = utterance.text.strip()
    if attribute.datatype == "number":
        return attributes.measure(attribute, text) or None
    return text[:LONGEST_ANSWER] if re.search(r"\w", text) else None  # a thumb up says nothing
