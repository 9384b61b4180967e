"""What follows from what was heard: one turn, from an old state to a new one and its effects."""

from __future__ import annotations

import zlib
from dataclasses import replace

from dialogues import (
    aftercare,
    area_notices,
    asides,
    commands,
    following,
    pauses,
    reporting,
    safety,
    slots,
    storms,
    turning_away,
    verdicts,
    watching,
)
from dialogues.talk import Talk
from dialogues.types import City, Effect, Heard, Say, Speak, State, Turn, Utterance
from dialogues.wording import again

# In the order they are tried; each returns whether the utterance was its business.
HANDLERS = (
    safety.emergency,
    safety.danger,
    safety.after_the_alarm,
    aftercare.erase,
    aftercare.asked_which,
    following.answer,
    area_notices.offered,
    area_notices.mute,
    storms.offered,
    reporting.pressed,
    pauses.resume,
    verdicts.content,
    aftercare.late_detail,
    asides.question,
    asides.mood,
    reporting.again,
    reporting.details,
    commands.command,
    reporting.confirmation,
    reporting.pick,
    reporting.attribute,
    reporting.corrected,
    reporting.correction,
    aftercare.late_addition,
    reporting.content,
    reporting.nothing,
)


# The 911 line, and what was asked for by name.
MAY_REPEAT = frozenset(
    {
        "emergency",
        "emergency_question",
        "status_one",
        "status_many",
        "status_none",
        "notice_followed",
        "hand_off",
        "hand_off_later",
    }
)

# What went well needs no person, however often it goes well: here the two wordings take turns.
GOES_WELL = frozenset({"welcome", "photo_added", "note_added"})


def take_turn(state: State, heard: Heard, city: City) -> Turn:
    """Return the new state and the effects, touching nothing but the arguments.

    All utterances are taken in, oldest first; what is asked next is a function of the state they
    leave behind, so that several quick messages get one answer.
    """
    talk = Talk(state, heard, city)
    talk.add(*language_of(heard))
    for utterance in heard.utterances:
        take_in(talk, utterance)
    if not talk.agreed:
        pauses.pick_up(talk, state)
        storms.shorten(talk)
    talk.ask()
    pauses.offer(talk)
    # "hey" and a report in one breath: the answer to the report is greeting enough. And what led on
    # was understood, whatever else was said with it.
    needless = {"greeting"} if sum(isinstance(each, Say) for each in talk.effects) > 1 else set()
    needless |= {"not_understood"} if talk.progressed else set()
    talk.effects = [each for each in talk.effects if not (isinstance(each, Say) and each.sentence in needless)]
    break_the_circle(talk, state)
    return Turn(state=talk.state, effects=tuple(talk.effects), concern=watching.concern(talk))


def language_of(heard: Heard) -> list[Effect]:
    """Return the switch to the language that the resident has asked for, or written in, if it is another."""
    said = [each.asked_language or each.language for each in heard.utterances]
    spoken = next((each for each in reversed(said) if each), "")
    return [Speak(language=spoken)] if spoken and spoken != heard.language else []


def break_the_circle(talk: Talk, before: State) -> None:
    """Give an answer that was just given in other words, and offer a person instead of a third time."""
    said = [effect for effect in talk.effects if isinstance(effect, Say)]
    if not said or any(say.sentence in MAY_REPEAT for say in said):
        talk.state = replace(talk.state, said="", repeats=0)
        return
    mark = f"{zlib.crc32(repr([_essence(say) for say in said]).encode()):08x}"
    repeats = before.repeats + 1 if mark == before.said else 0
    if repeats >= 2 and not all(say.sentence in GOES_WELL for say in said):
        others: list[Effect] = [effect for effect in talk.effects if not isinstance(effect, Say)]
        talk.effects = [*others, Say(sentence="stuck", options=(reporting.AGENT,))]
        mark, repeats = "", 0
    elif repeats % 2:
        talk.effects = [_in_other_words(effect) for effect in talk.effects]
    talk.state = replace(talk.state, said=mark, repeats=repeats)


def _essence(say: Say) -> tuple[object, ...]:
    """Return what makes a saying the same as another in the resident's eyes."""
    return say.sentence, dict(say.params), [option.label for option in say.options if not option.quiet]


def _in_other_words(effect: Effect) -> Effect:
    return replace(effect, sentence=again(effect.sentence)) if isinstance(effect, Say) else effect


def take_in(talk: Talk, utterance: Utterance) -> None:
    """Let the first handler that knows this utterance deal with it."""
    heard = talk.spoken(utterance)
    if talk.agreed and (heard.emergency or slots.names_another(talk.state, heard)):
        talk.file()  # what was agreed to is one thing, what comes now another
    talk.settled = talk.missed = False
    before = talk.state
    for handler in HANDLERS:
        if handler(talk, heard):
            break
    if before.awaiting == "danger" and talk.state.awaiting not in ("danger", ""):
        # Whatever else came: the question of danger stands until it is answered.
        talk.state, talk.settled = replace(talk.state, awaiting="danger"), False
    turning_away.stop(talk)
    if talk.state != before and not talk.missed:
        talk.state, talk.progressed = replace(talk.state, misses=0), True
