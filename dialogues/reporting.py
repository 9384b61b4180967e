"""The report: what it is made of, its questions and their answers, reading back and correcting."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from dialogues import attributes, cases, several, slots
from dialogues.talk import Talk, agrees
from dialogues.types import (
    AddToRequest,
    Attribute,
    Draft,
    Misheard,
    OpenRequest,
    Option,
    Place,
    Say,
    Utterance,
)

AGENT = Option(label="option_agent", value="agent", quiet=True)


def pressed(talk: Talk, heard: Utterance) -> bool:
    """A button that names its answer; one whose question has passed gets the open question again."""
    if not heard.choice or heard.intent != "inform":
        return False  # no button, or one that stands for words
    kind, _, value = heard.choice.partition(":")
    draft = talk.draft
    if draft is None:
        return talk.settle("nothing_open")
    if kind == "service" and value in draft.service_options:
        choose_service(talk, value)
    elif kind == "place" and value.isdecimal():
        pick_place(talk, int(value))
    elif kind == "answer" and value.startswith(f"{talk.state.attribute}:"):
        give_answer(talk, value.partition(":")[2])
    elif kind == "none":
        none_of_these(talk)
    return True


def confirmation(talk: Talk, heard: Utterance) -> bool:
    """The answer to the read-back: yes files it at the end of the turn, if it still is what was read."""
    draft = talk.draft
    if talk.state.awaiting != "confirm" or draft is None:
        return False
    if agrees(heard):
        talk.agreed = True
        if slots.names_another(talk.state, heard) and talk.file():
            return content(talk, replace(heard, polarity=None))  # "yes, and the light at 12 Elm too"
        talk.state = talk.fill(heard)
        return True
    if several.only(talk, heard) or several.relocate(talk, heard):
        return True
    if heard.intent == "deny" and not talk.brings_anything(heard):
        return change(talk, heard)
    if heard.intent == "skip":
        talk.state = replace(talk.state, draft=replace(draft, photo_skipped=True))
        return True
    return False


def again(talk: Talk, heard: Utterance) -> bool:
    """ "Same thing again at 40 Oak"."""
    if several.once_more(talk, heard):
        return True
    meant = several.meant_again(talk, heard)
    return meant is not heard and content(talk, meant)


def details(talk: Talk, heard: Utterance) -> bool:
    """The answer to what the read-back asked beside, in a few words; whatever it is, it is not asked again."""
    draft = talk.draft
    if talk.state.awaiting != "confirm" or draft is None or not draft.asked or agrees(heard):
        return False
    if heard.places or heard.photos or heard.wrong or heard.intent not in MAY_ANSWER:
        return False
    if attributes.DONT_KNOW.fullmatch(attributes.fold(heard.text.strip())):
        return True
    if slots.names_another(talk.state, heard) and not _is_brief(heard.text):
        return False
    filled = slots.fill_details(talk.state, heard, talk.city)
    if filled == talk.state:
        return False
    talk.state = slots.describe(filled, replace(heard, corrects=False))
    return True


MAY_ANSWER = frozenset({"inform", "report", "out_of_scope", "deny", "not_fixed", "greet", "change_language"})

FEW_WORDS = 8
"""Words up to which what sounds like another problem ("the bike lane") is an answer to what was just asked."""

ONE_MORE = re.compile(r"\b(?:also|too|another|as well|tambien|otr[oa]|ademas)\b")


def _is_brief(text: str) -> bool:
    """Tell whether what may be a second problem is short enough for an answer, and does not say "also"."""
    return len(text.split()) <= FEW_WORDS and not ONE_MORE.search(attributes.fold(text))


def change(talk: Talk, heard: Utterance) -> bool:
    """ "No", and nothing more, or only what is wrong: ask for the right one."""
    talk.agreed = False
    draft = talk.draft or Draft()
    if heard.wrong == "photo" and draft.photos:
        talk.state = replace(talk.state, draft=replace(draft, photos=()))
        return talk.settle("change_photo")
    if heard.wrong == "place" or (heard.wrong is None and draft.place and draft.place.hint):
        talk.state = replace(slots.clear_place(talk.state), awaiting="place")
        return talk.settle("change_place")
    if heard.wrong == "service":
        talk.state = replace(slots.clear_service(talk.state), awaiting="service")
        return talk.settle("change_service")
    talk.missed = True  # a bare no brings nothing: no after no ends with a person
    talk.state = replace(talk.state, awaiting="change", misses=talk.state.misses + 1)
    if talk.state.misses >= 2:
        return talk.settle("offer_person", AGENT)
    place = Option(label="option_place", value="change:place", quiet=True)
    service = Option(label="option_service", value="change:service", quiet=True)
    return talk.settle("change", service, place)


def correction(talk: Talk, heard: Utterance) -> bool:
    """ "Wrong address" and the like, at any point of a report, and right after it was filed."""
    if talk.draft is not None:
        return heard.wrong is not None and not talk.brings_anything(heard) and change(talk, heard)
    case = cases.recent(talk.heard, talk.state.last_request)
    if case is None or not (heard.wrong or heard.polarity == "no"):
        return False
    fresh = talk.heard.at - case.requested_datetime < CORRECT_WITHIN
    if talk.brings_anything(heard):
        return add_to(talk, case, heard) if fresh else anew(talk, case, heard)
    if fresh:
        talk.state = replace(talk.state, awaiting="correction")
        return talk.settle("ask_correction", number=case.service_request_id)
    return talk.call_person()


CORRECT_WITHIN = timedelta(hours=1)
"""How long after filing a correction is a note to the crew; what is told later is a case of its own."""


def anew(talk: Talk, case: OpenRequest, heard: Utterance) -> bool:
    """A correction that comes too late for the crew: the same problem where it really is, as a new report."""
    services = heard.services if heard.intent == "report" else ((case.service_code, 1.0),)
    return content(talk, replace(heard, intent="report", services=services, wrong=None, polarity=None))


def corrected(talk: Talk, heard: Utterance) -> bool:
    """What is right, after "wrong address" to a case just filed: it goes to the crew, whatever it is."""
    if talk.state.awaiting != "correction" or talk.draft is not None:
        return False
    case = cases.recent(talk.heard, talk.state.last_request)
    if case is None or not heard.text.strip():
        return False
    talk.state = replace(talk.state, awaiting="")
    return add_to(talk, case, heard)


def pick(talk: Talk, heard: Utterance) -> bool:
    """A choice among the types or the places we offered."""
    awaiting, draft = talk.state.awaiting, talk.draft
    if draft is None or awaiting not in ("service_options", "place_options"):
        return False
    options = draft.service_options if awaiting == "service_options" else draft.place_options
    if heard.number == len(options) + 1 or (heard.intent == "deny" and not talk.brings_anything(heard)):
        return none_of_these(talk)
    if not heard.number or not 1 <= heard.number <= len(options):
        return False
    if awaiting == "place_options":
        return pick_place(talk, heard.number)
    return choose_service(talk, draft.service_options[heard.number - 1])


def choose_service(talk: Talk, service_code: str) -> bool:
    """Take the type, and what the resident said before already answers of its questions."""
    chosen = slots.choose_service(talk.state, service_code)
    talk.state = slots.fill_attributes(chosen, (talk.draft or Draft()).description, talk.city)
    return True


def pick_place(talk: Talk, number: int) -> bool:
    draft = talk.draft
    if draft and 1 <= number <= len(draft.place_options):
        talk.state = slots.choose_place(talk.state, draft.place_options[number - 1])
    return True


def none_of_these(talk: Talk) -> bool:
    draft = talk.draft or Draft()
    if talk.state.awaiting == "place_options":
        talk.state = slots.clear_place(talk.state)
    else:
        talk.state = replace(talk.state, draft=replace(draft, service_options=()))
    return True


def attribute(talk: Talk, heard: Utterance) -> bool:
    """The answer to a service's own question. The second time, words that fit no answer are taken as one."""
    draft = talk.draft
    if talk.state.awaiting != "attribute" or draft is None:
        return False
    _, question = asked(talk, draft)
    if question is None or (heard.polarity == "no" and heard.services):
        return False  # "no, it is something else"
    given = slots.answer(question, heard)
    if given is None and talk.state.misses and heard.text and not talk.brings_anything(heard):
        given = heard.text.strip()[:100]
    return given is not None and give_answer(talk, given)


A_FEW_WORDS = 3
"""Of which a choice's name may be all: "la basura" answers, "when is trash day" asks."""


def picks(talk: Talk, heard: Utterance) -> bool:
    """Tell whether a few words name one of the choices that were put, whatever else they sound like."""
    if talk.state.awaiting != "attribute" or talk.draft is None or "?" in heard.text:
        return False
    _, question = asked(talk, talk.draft)
    brief = len(heard.text.split()) <= A_FEW_WORDS
    return (
        brief and question is not None and bool(question.values) and slots.answer(question, heard) is not None
    )


def asked(talk: Talk, draft: Draft) -> tuple[int, Attribute | None]:
    """Return the question last put, and which of the problems it is about."""
    open_one = slots.next_question(draft, talk.city)
    if open_one and open_one[1].code == talk.state.attribute:
        return open_one
    return 0, talk.city.services[draft.service_code].answer(talk.state.attribute)


def give_answer(talk: Talk, given: str) -> bool:
    draft = talk.draft or Draft()
    number, _ = asked(talk, draft)
    draft = slots.with_answer(draft, number, talk.state.attribute, given)
    talk.state = replace(talk.state, draft=draft)
    return True


def add_to(talk: Talk, case: OpenRequest, heard: Utterance) -> bool:
    """Add the words and photos of an utterance to a case."""
    number, photos = case.service_request_id, heard.kept_photos
    complain_of_photos(talk, heard)
    note = heard.text.strip() or _pointed_out(heard)
    if not photos and not note:
        talk.settled = bool(heard.photos)  # what is wrong with them was said
        return talk.settled
    talk.add(AddToRequest(service_request_id=number, note=note, photos=photos))
    return talk.settle("photo_added" if photos else "note_added", number=number)


def _pointed_out(heard: Utterance) -> str:
    """Return a pin in words, with its degrees, for the crew; "" where there is none."""
    place = heard.places[0] if heard.places else None
    if place is None or place.lat is None or place.long is None:
        return ""
    return f"{place.address_string} ({place.lat:.5f}, {place.long:.5f})"


def content(talk: Talk, heard: Utterance) -> bool:
    """What the report is made of: a problem, a place, photos, details."""
    if heard.intent == "not_fixed":
        heard = replace(heard, intent="report")  # no case of theirs is closed: it is a report
    complain_of_photos(talk, heard)
    if slots.names_another(talk.state, heard):
        if len(heard.text.split()) <= 2 and not heard.places:
            talk.state = slots.describe(talk.state, heard)  # "light": a word about this one
            return True
        return several.another(talk, heard)
    if heard.places and not any(place.in_city for place in heard.places):
        return outside(talk, heard)
    before = talk.state
    talk.state = talk.fill(heard)
    several.told_together(talk, heard)
    if talk.state == before and talk.state.awaiting in ("confirm", "change") and heard.intent in DETAILS:
        talk.state = slots.describe(talk.state, heard)
    told = heard.places or heard.photos or (heard.intent == "report" and heard.services)
    return talk.state != before or bool(told)


DETAILS = ("inform", "report")


def outside(talk: Talk, heard: Utterance) -> bool:
    """A place that is not ours: say so, keep the rest; the third time, offer a person."""
    talk.state = talk.fill(replace(heard, places=(), place_text=""))
    misses = talk.state.place_misses + 1
    talk.state = replace(slots.clear_place(talk.state), awaiting="place", place_misses=misses)
    if misses > 2:
        return talk.settle("offer_person", AGENT)
    return say_whose_it_is(talk, heard.places[0], pin=heard.pin)


def say_whose_it_is(talk: Talk, place: Place, *, pin: bool) -> bool:
    phone = talk.city.neighbours.get(place.neighbour)
    if pin or place.address_string == place.neighbour:
        if phone:
            return talk.settle("next_city_pin", neighbour=place.neighbour, neighbour_phone=phone)
        return talk.settle("outside_pin")
    if phone:
        name, where = place.neighbour, place.address_string
        return talk.settle("next_city", place=where, neighbour=name, neighbour_phone=phone)
    return talk.settle("outside", place=place.address_string)


def complain_of_photos(talk: Talk, heard: Utterance) -> None:
    for problem in dict.fromkeys(photo.problem for photo in heard.photos if photo.problem):
        talk.say(f"photo_{problem}")


def nothing(talk: Talk, heard: Utterance) -> bool:
    """Not understood: say so and ask again; the second time, offer a person."""
    state = talk.state
    if state.awaiting == "danger":
        return True
    if state.awaiting == "place":
        state = replace(state, place_misses=state.place_misses + 1)
    if heard.intent in ("affirm", "deny", "skip"):
        return no_answer(talk, heard)
    if any(map(str.isalpha, heard.text)):
        talk.add(Misheard(text=heard.text, heard=heard.intent, confidence=heard.confidence))
    talk.missed = True
    talk.state = replace(state, draft=talk.draft or Draft(), misses=state.misses + 1)
    if talk.state.misses >= 2:
        talk.effects = [effect for effect in talk.effects if effect != Say(sentence="not_understood")]
        return talk.settle("offer_person", AGENT)
    # "Please pick one" says it all.
    return True if state.awaiting == "attribute" else talk.say("not_understood")


def no_answer(talk: Talk, heard: Utterance) -> bool:
    """A yes, no or skip to nothing in particular: the open question, if there is one, says it all."""
    draft = talk.draft
    if draft is None:
        return talk.settle("nothing_open")
    talk.missed = True
    talk.state = replace(talk.state, misses=talk.state.misses + 1)
    if talk.state.misses >= 2:
        return talk.settle("offer_person", AGENT)
    if talk.state.awaiting == "place" and heard.intent != "affirm":
        talk.state = replace(talk.state, place_misses=talk.state.place_misses + 1)
        return True if draft.place else talk.settle("ask_place_skip")
    return True
