"""A talk taken up again: after hours with one line, after days with an offer of what was kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dialogues.prompts import describe
from dialogues.talk import Talk, agrees
from dialogues.types import City, Draft, FileRequest, HandOff, Say, State, Utterance

PICK_UP_AFTER = timedelta(hours=2)
"""A pause from which on a line says that the report is still here."""

ANSWERED_BY_SILENCE = frozenset({"notice", "storm"})


def give_up(state: State, city: City) -> tuple[State, Say | None]:
    """Return the state with its report put aside, and what to say of it; None where it held nothing, or where
    what was said last (a notice, or that it can wait) is answered well by silence."""
    draft = state.draft or Draft()
    fresh = State(last_request=state.last_request)
    if not draft.holds_anything or state.awaiting in ANSWERED_BY_SILENCE:
        return fresh, None
    kept = replace(fresh, kept=draft, awaiting="resume")
    return kept, Say(sentence="draft_kept", params={"kept": in_short(draft, city)})


def in_short(draft: Draft, city: City) -> Say:
    """Return what a report half told is about."""
    if draft.service_code and draft.place:
        place = draft.place.address_string
        return Say(sentence="item_at", params={"service": describe(draft, city), "place": place})
    if draft.service_code:
        return Say(sentence="item", params={"service": describe(draft, city)})
    if draft.place:
        return Say(sentence="kept_place", params={"place": draft.place.address_string})
    return Say(sentence="kept_photo" if draft.photos and not draft.description else "kept_words")


def resume(talk: Talk, heard: Utterance) -> bool:
    """The answer to the offer of what was kept: yes takes it up, no drops it, all else is something new."""
    kept = talk.state.kept
    if kept is None or talk.draft is not None:
        return False
    if agrees(heard):
        talk.state = replace(talk.state, draft=kept, kept=None, awaiting="")
        return True
    if heard.intent == "never_mind" or (heard.intent == "deny" and talk.state.awaiting == "resume"):
        talk.state = replace(talk.state, kept=None, awaiting="")
        return talk.settle("never_mind")
    if completes(kept, heard):
        talk.state = replace(talk.state, draft=kept, kept=None, awaiting="")
    return False


def completes(kept: Draft, heard: Utterance) -> bool:
    """Tell whether an utterance is just what was missing: the place, or the problem."""
    tells_problem = heard.intent == "report" and bool(heard.services)
    tells_place = bool(heard.places or heard.place_text)
    if kept.service_code and not kept.place:
        return tells_place and not tells_problem
    return bool(kept.place) and not kept.service_code and tells_problem and not tells_place


def offer(talk: Talk) -> None:
    """Offer what was kept, once, where the message led to nothing of its own."""
    kept, busy = talk.state.kept, any(isinstance(each, FileRequest | HandOff) for each in talk.effects)
    if kept is None or talk.draft is not None or talk.alarmed or busy or talk.state.kept_offered:
        return
    talk.state = replace(talk.state, awaiting="resume", kept_offered=True)
    talk.say("offer_kept", kept=in_short(kept, talk.city))


def pick_up(talk: Talk, before: State) -> None:
    """Say that the report is still here, where hours have passed and it is gone on with."""
    if talk.heard.quiet_for >= PICK_UP_AFTER and before.draft and talk.draft and before.draft.holds_anything:
        talk.say("picking_up")
