"""While a storm lasts: danger first, the rest kept for later, and nothing asked that can be done without."""

from __future__ import annotations

from dataclasses import replace

from dialogues import slots
from dialogues.announcing import KEEP, waits
from dialogues.area_notices import GOT_IT, answered
from dialogues.talk import Talk, agrees
from dialogues.types import Utterance


def offered(talk: Talk, heard: Utterance) -> bool:
    """The answer to "yours can wait": yes keeps it for later, no and thanks drop it."""
    draft = talk.draft
    if draft is None or talk.state.awaiting != "storm":
        return False
    if heard.choice != KEEP and (not agrees(heard) or GOT_IT.match(heard.text)):
        return answered(talk, heard)
    lasts = talk.heard.storm is not None  # one that has passed meanwhile is no reason to wait
    also = tuple(replace(each, later=lasts) for each in draft.also)
    talk.state = replace(talk.state, draft=replace(draft, later=lasts, also=also), awaiting="")
    return not talk.brings_anything(heard)  # "yes, it is at 500 Main St"


def shorten(talk: Talk) -> None:
    """Ask only for what a crew can't do without; what can wait beside a danger is kept for later."""
    draft, storm = talk.draft, talk.heard.storm
    if draft is None or storm is None or not draft.service_code:
        return
    parts = slots.parts(draft)
    waiting = [waits(each, draft, storm) for each in parts]
    if all(waiting):
        return  # asked whether to keep it, as long as that isn't answered
    first, *also = (
        replace(each, later=each.later or waits_) for each, waits_ in zip(parts, waiting, strict=True)
    )
    for each in (part for part, waits_ in zip(parts, waiting, strict=True) if waits_):
        talk.say("storm_part", service=talk.city.services[each.service_code].service_name)
    talk.state = replace(talk.state, draft=replace(first, asked=True, photo_skipped=True, also=tuple(also)))
