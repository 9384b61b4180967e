"""The answer to "is it the same?": follow the case that is there, or go on with the report."""

from __future__ import annotations

from dataclasses import replace

from dialogues.duplicates import DIFFERENT
from dialogues.talk import Talk, agrees
from dialogues.types import AddToRequest, Draft, Follow, State, Utterance


def answer(talk: Talk, heard: Utterance) -> bool:
    """The answer to that: yes follows the case, no goes on with the report; asked twice, it goes on as well."""
    if talk.state.awaiting != "duplicate" or talk.draft is None:
        return False
    picked = _picked(talk.state, heard)
    if picked is not None and not talk.heard.unread:
        return _follow(talk, picked, heard)
    asked_twice = not talk.brings_anything(heard) and talk.state.misses > 0
    if heard.choice == DIFFERENT.value or heard.intent == "deny" or asked_twice or _is_none(talk.state, heard):
        talk.state = replace(talk.state, draft=replace(talk.draft, distinct=True), awaiting="", offered=())
        return not talk.brings_anything(heard)
    return False


def _picked(state: State, heard: Utterance) -> str | None:
    """Return the number of the case that an answer picks among those offered."""
    named = heard.choice.removeprefix("same:") if heard.choice.startswith("same:") else ""
    if heard.number and heard.number <= len(state.offered):
        named = state.offered[heard.number - 1]
    if agrees(heard) and len(state.offered) == 1:
        named = state.offered[0]
    return named if named in state.offered else None


def _is_none(state: State, heard: Utterance) -> bool:
    return heard.number == len(state.offered) + 1


def _follow(talk: Talk, number: str, heard: Utterance) -> bool:
    """Follow the case, and give its crew what this resident said and showed."""
    draft = talk.draft or Draft()
    own = {case.service_request_id for case in talk.heard.contact_requests}
    photos = (*draft.photos, *heard.kept_photos)
    talk.state = State(last_request=number)
    if number in own:
        talk.add(AddToRequest(service_request_id=number, note=draft.description, photos=photos))
        return talk.settle("photo_added" if photos else "note_added", number=number)
    talk.add(Follow(service_request_id=number, note=draft.description, photos=photos))
    return talk.settle("followed", number=number)
