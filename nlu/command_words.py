"""What one language brings to nlu/commands.py: its phrases and patterns, and nothing that decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Wrong = Literal["place", "service", "photo"]

# Latin letters without their accents, each in its place: whoever texts leaves them out.
UNACCENTED = {code: unicodedata.normalize("NFD", chr(code))[0] for code in range(0xC0, 0x180)}


def unaccented(text: str) -> str:
    """Return the text without accents, no longer and no shorter."""
    return text.translate(UNACCENTED)


def pattern(text: str) -> re.Pattern[str]:
    """Return a pattern written over several lines, a blank within it as "\\ "."""
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


def phrases(of_intents: Mapping[str, str]) -> dict[str, str]:
    """Return the intent of every phrase of lists with commas."""
    return {
        unaccented(" ".join(phrase.split())): intent
        for intent, listed in of_intents.items()
        for phrase in listed.split(",")
    }


@dataclass(frozen=True, kw_only=True)
class Answer:
    """How a message opens with a yes, or with a no, and goes on.

    After `sure` words it is one. `doubtful` words mean something else as well ("no water", Spanish "si"
    is "if"): there it is one before a comma or the like, or before what `after` matches.
    Both are matched with accents, for "sí" is no "si"; `after` is matched without.
    """

    sure: re.Pattern[str]
    doubtful: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True, kw_only=True)
class CommandWords:
    """One language's words. Patterns but those of `Answer` are written, and matched, without accents."""

    # The whole message, in lower case
    phrases: Mapping[str, str]  # a phrase -> the intent
    commands: Mapping[str, re.Pattern[str]]  # an intent -> what no list can hold
    spellings: Mapping[str, str]  # "q" -> "que", before phrases are looked up
    courtesy: re.Pattern[str]  # what may stand around a command: "please"
    choice: re.Pattern[str]  # with a group "number", in figures or in words
    numbers: Mapping[str, int]

    # The opening
    yes: Answer
    no: Answer
    relents: re.Pattern[str]  # after a yes: it is none
    nothing_more: re.Pattern[str]  # all of the rest: it adds nothing

    # Anywhere
    negates: re.Pattern[str]
    still: re.Pattern[str]  # a closed case's problem is not solved
    wrong: Mapping[Wrong, re.Pattern[str]]
    wrong_place: re.Pattern[str]
    meant: re.Pattern[str]  # with a place: it is the right one
    not_at: re.Pattern[str]  # before a place: it is not there
    not_a: re.Pattern[str]  # "not a pothole": groups "article" and "what"
    not_a_thing: frozenset[str]  # no "what": "not an emergency"
    place_filler: frozenset[str]  # around a place, these say nothing else
