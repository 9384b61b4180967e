"""Where a message says it is: a grammar of addresses and crossings, and the city's own names.

Three steps. Names: everything that may be a street, an address or a landmark. Joins: what stands
between two names makes a crossing of them ("5th & main") or a stretch ("Oak between 1st and 2nd").
Keep: a name alone stays if it is sure, or if the words around it say that a place is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from nlu.interpreter import Lexicon, MentionKind, PlaceMention
from nlu.place_languages import in_english
from nlu.street_names import names
from nlu.street_text import Name, Text, with_end
from nlu.street_words import BEFORE_A_PLACE, EVERYDAY

READ_AT_MOST = 2_000  # characters

AND = r"(?:\s*(?:&|/|\+)\s*|\s+(?:and|y|et|to)\s+(?:the\s+)?)"
CROSSES = re.compile(
    r"\.?,?(?:\s*(?:&|/|@|\+)\s*|\s+x\s+|\s+-\s+|"
    r"\s+(?:(?:and|at|y|con|just|right|close|on)\s+)*(?:at|and|y|near|by|off|meets?|cross(?:es|ing)?|intersects?(?:\s+with)?|"
    r"past|before|after|around|opposite|across\s+from|esquina|(?:at|on|and)?\s*(?:the\s+|its\s+)?(?:corner|intersection)\s+(?:of|with))"
    r"\s+(?:the\s+)?(?:(?:corner|intersection)\s+of\s+)?)",
    re.IGNORECASE,
)
TO_BETWEEN = re.compile(
    r"\.?,?\s*\(?(?:i\s+(?:think|believe)\s+|maybe\s+|somewhere\s+)?(?:in\s+|block\s+)?"
    r"(?:between|btwn\.?|betwn|btw|bet\.?|from)\s+(?:the\s+)?",
    re.IGNORECASE,
)
TO_SECOND = re.compile(r"\.?" + AND, re.IGNORECASE)
TO_END = re.compile(r"\.?\s+to\s+(?:the\s+)?", re.IGNORECASE)
TO_STREET = re.compile(r"\.?,?\s+(?:blocks?\s+)?(?:on|of|off|along)\s+", re.IGNORECASE)
OF_TWO = re.compile(r"(?:corner|intersection)\s+(?:of|with)\s+(?:the\s+)?$", re.IGNORECASE)
BEFORE_BETWEEN = re.compile(r"\b(?:between|btwn\.?|betwn|btw|bet\.?)\s+(?:the\s+)?$", re.IGNORECASE)


def find_mentions(text: str, lexicon: Lexicon) -> tuple[PlaceMention, ...]:
    """Return the places that `text` names, in the order they stand; they never overlap."""
    text = text[:READ_AT_MOST]
    english = in_english(text)
    read = Text.of(english.text)
    found = sorted(_keep(read, _join(read.text, names(read, lexicon))), key=lambda name: name.start)
    return tuple(_mention(text, name.kind, *english.original(name.start, name.end)) for name in found)


def _mention(text: str, kind: MentionKind, start: int, end: int) -> PlaceMention:
    return PlaceMention(text=text[start:end], kind=kind, start=start, end=end)


def _join(text: str, found: list[Name]) -> Iterator[Name]:
    """Yield the names with crossings and stretches put together."""
    i = 0
    while i < len(found):
        size, joined = _joined(text, found[i : i + 3])
        yield joined
        i += size


def _joined(text: str, near: list[Name]) -> tuple[int, Name]:
    """Return how many of the names belong together, and what they make."""
    gaps = [text[a.end : b.start] for a, b in pairwise(near)]
    if any(name.kind != "street" for name in near[:2]):
        return 1, near[0]
    led = BEFORE_BETWEEN.search(text[: near[0].start])
    if len(near) == 3 and near[2].kind == "street":
        stretch = TO_BETWEEN.fullmatch(gaps[0]) and TO_SECOND.fullmatch(gaps[1])
        turned = TO_STREET.fullmatch(gaps[1]) and (TO_SECOND if led else TO_END).fullmatch(gaps[0])
        onward = CROSSES.fullmatch(gaps[0]) and TO_END.fullmatch(gaps[1])  # "Oak at 1st to 2nd"
        if stretch or turned or onward:
            whole = with_end(near[0], near[2], "between")
            # "between 5th and 6th on Main": without its first word it reads like a corner.
            return 3, replace(whole, start=led.start()) if led and turned else whole
    if gaps and led and TO_SECOND.fullmatch(gaps[0]):
        return 2, replace(with_end(near[0], near[1], "between"), start=led.start())
    if len(near) == 3 and OF_TWO.search(gaps[0]) and TO_SECOND.fullmatch(gaps[1]):
        return 1, near[0]  # "water main at the corner of Oak and Elm": the crossing is the other two's
    if gaps and CROSSES.fullmatch(gaps[0]):
        return 2, with_end(near[0], near[1], "intersection")
    return 1, near[0]


def _keep(text: Text, found: Iterator[Name]) -> Iterator[Name]:
    for name in found:
        if name.certainty == "sure" or (name.certainty == "weak" and _is_meant(text, name)):
            yield name


def _is_meant(text: Text, name: Name) -> bool:
    """Tell whether a name that is also a word means the place: "on Whalley", not "whalley" or "on school"."""
    word = text.tokens[name.first]
    introduced = text.norm(name.first - 1) in BEFORE_A_PLACE
    if word.norm in EVERYDAY:
        return introduced and word.capital
    if name.last - name.first == len(text.tokens):
        return True  # the whole message
    return introduced or (word.capital and not text.opens_a_sentence(name.first))
