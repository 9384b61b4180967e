"""Reports that are not the city's to take: where to turn instead."""

from __future__ import annotations

from dataclasses import replace

from dialogues import slots
from dialogues.talk import Talk
from dialogues.types import Draft, State


def stop(talk: Talk) -> None:
    """End a report that is not the city's to take, by an answer or a rule: say where to turn, file nothing."""
    draft = talk.draft
    if draft is None or draft.service_code not in talk.city.services:
        return
    if talk.alarmed or talk.state.awaiting == "danger":
        return  # first things first; the answer is still there when the talk goes on
    stops = [(each, turned_away(talk, each, draft)) for each in slots.parts(draft)]
    for words in dict.fromkeys(words for _, words in stops if words):
        talk.say("stop", stop=words)
    if not any(words for _, words in stops):
        return
    left = slots.left_of(draft, [bool(words) for _, words in stops])
    talk.state, talk.agreed = State(draft=left), False  # a photo that follows belongs to no case


def turned_away(talk: Talk, part: Draft, draft: Draft) -> str:
    """Return where to turn with one of the problems of a report; "" where the city takes it.

    A place that may yet be another turns nobody away until the resident has agreed to it, and neither does a
    question that may yet be answered.
    """
    place = part.place or draft.place
    if place and not talk.agreed and (place.hint or slots.needs_closer(place)):
        place = None
    settled = replace(part, place=place, asked=draft.asked or talk.agreed)
    words = slots.stop_of(part, talk.city.services[part.service_code])
    return words or talk.city.unserved(settled, talk.heard.at)
