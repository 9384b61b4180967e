"""Which talks people should keep an eye on, though nobody has asked for one and the bot goes on.

Nothing that was filed needs watching: it was read back and agreed to.
"""

from __future__ import annotations

from dialogues.talk import Talk
from dialogues.types import Concern, FileRequest, Say

WATCHED: frozenset[str] = frozenset({"angry", "unsure"})
"""The concerns; all other reasons why a talk waits are for a person to deal with."""

UNSURE = frozenset({"choose_service", "offer_person", "stuck"})
"""What the bot says where it does not know what is meant: the likeliest types, a person."""


def concern(talk: Talk) -> Concern:
    """Return why a talk should be watched after this turn; "" where the turn went well."""
    if any(isinstance(effect, FileRequest) for effect in talk.effects):
        return ""
    if any(utterance.mood == "upset" for utterance in talk.heard.utterances):
        return "angry"
    said = {effect.sentence.removesuffix(".again") for effect in talk.effects if isinstance(effect, Say)}
    return "unsure" if said & UNSURE or (talk.missed and not talk.progressed) else ""
