"""What is understood by exact rule, outside any model: commands, choices, yes and no, corrections.

People mix their languages, above all in short answers: each language's words are tried, those of the
message's own language first, so that where two languages disagree it has its way. A language adds one
table (`CommandWords`) and a line in `WORDS`; one without a table is understood by the model alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from nlu.command_words import Answer, CommandWords, Wrong, unaccented
from nlu.english_commands import ENGLISH
from nlu.interpreter import PlaceMention
from nlu.spanish_commands import SPANISH

Polarity = Literal["yes", "no"]

WORDS: dict[str, CommandWords] = {"en": ENGLISH, "es": SPANISH}

SKIN_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")  # "siii", "nooo"
PLACE_FILLER = frozenset[str]().union(*(words.place_filler for words in WORDS.values()))

LONGEST_ANSWER = 40
"""Characters of what may be a command and nothing else; whatever is longer is not looked at."""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """How a message opens, and what it says after that."""

    polarity: Polarity | None
    rest: str


def command(text: str, language: str) -> str | None:
    """Return the intent of a message that is a command and nothing else."""
    plain = _plain(text)
    return next(filter(None, (_command(plain, words) for words in _own_first(language))), None)


def _command(plain: str, words: CommandWords) -> str | None:
    short = DRAWN_OUT.sub(r"\1", plain) if len(set(plain)) > 1 else plain
    bare = words.courtesy.sub("", short).strip(" ,")
    spelt, bare = (" ".join(words.spellings.get(word, word) for word in said.split()) for said in (short, bare))
    for said in (plain, short, spelt, bare):
        if intent := words.phrases.get(said):
            return intent
    return next((intent for intent, pattern in words.commands.items() if pattern.fullmatch(bare)), None)


def choice(text: str, language: str) -> int | None:
    """Return the number of a message that picks one: "2", "2.", "#2", "the second one"."""
    plain = _plain(text).strip("#") or "-"
    for words in _own_first(language):
        if match := words.choice.fullmatch(plain):
            return words.numbers.get(match["number"]) or int(match["number"]) or None
    return None


def says_all(text: str) -> bool:
    """Tell whether a message means no more than it says: a yes, a number, a thank you; not so a greeting."""
    if len(text) > LONGEST_ANSWER:
        return False
    return command(text, "en") not in (None, "greet") or choice(text, "en") is not None


def opening(text: str, language: str) -> Opening:
    """Take "yes" or "no" off the front of a message that goes on; commands are not looked at.

    The first language to know the word decides whether it is an answer.
    """
    own = next(_own_first(language))
    for words in _own_first(language):
        if match := _opens(words.yes, text):
            rest = text[match.end() :]
            relents = any(each.relents.search(unaccented(rest)) for each in (own, words))
            return Opening(polarity=None if relents else "yes", rest=rest)
        if match := _opens(words.no, text):
            return Opening(polarity="no", rest=text[match.end() :])
        if words.yes.doubtful.match(text) or words.no.doubtful.match(text):
            break
    return Opening(polarity=None, rest=text)


def _opens(answer: Answer, text: str) -> re.Match[str] | None:
    """Return the yes or the no that the text opens with."""
    if match := answer.sure.match(text):
        return match
    match = answer.doubtful.match(text)
    if match and (match["pause"].strip() or answer.after.match(unaccented(text), match.end())):
        return match
    return None


def says_no_more(rest: str) -> bool:
    """Tell whether nothing but politeness follows a yes or a no."""
    plain = unaccented(rest)
    return any(words.nothing_more.fullmatch(plain) for words in WORDS.values())


def negates(text: str) -> bool:
    """Tell whether the text says "not" or "wrong" anywhere."""
    plain = unaccented(text)
    return any(words.negates.search(plain) for words in WORDS.values())


def says_still(text: str) -> bool:
    """Tell whether the text says that it is still there: of a case that was closed, it is not fixed."""
    plain = unaccented(text)
    return any(words.still.search(plain) for words in WORDS.values())


def wrong(text: str, places: Sequence[PlaceMention]) -> Wrong | None:
    """Return what the message says we had wrong, if it says so outright."""
    plain = unaccented(text)
    for words in WORDS.values():
        for what, pattern in words.wrong.items():
            if pattern.search(plain):
                return what
    denied = any(is_denied(text, place) for place in places)
    elsewhere = any(words.wrong_place.search(plain) for words in WORDS.values())
    return "place" if denied or elsewhere else None


def meant(text: str) -> bool:
    """Tell whether the message says that what it names is the right one: "I meant Oak Ave"."""
    plain = unaccented(text)
    return any(words.meant.search(plain) for words in WORDS.values())


def is_denied(text: str, place: PlaceMention) -> bool:
    """Tell whether the place is named only to say that it is not there: "not 5th, it's 6th"."""
    plain = unaccented(text)
    return any(
        match.start() < place.start <= match.end()
        for words in WORDS.values()
        for match in words.not_at.finditer(plain)
    )


def denied_thing(text: str) -> re.Match[str] | None:
    """Return the words that say what it is not: "not a pothole, a sinkhole"."""
    plain = unaccented(text)
    for words in WORDS.values():
        for match in words.not_a.finditer(plain):
            if not words.not_a_thing & set(match["what"].lower().split()):
                return match
    return None


def is_only_a_place(text: str, places: Sequence[PlaceMention]) -> bool:
    """Tell whether a message names a place and says nothing else."""
    left, end = "", 0
    for place in places:
        left += text[end : place.start] + " "
        end = place.end
    plain = unaccented(left + text[end:]).lower().replace("’", "'")
    said = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", plain)
    return bool(places) and all(word in PLACE_FILLER for word in said)


def _own_first(language: str) -> Iterator[CommandWords]:
    """Yield every language's words, those of `language` first; English stands in for one without any."""
    own = WORDS.get(language, ENGLISH)
    yield own
    yield from (words for words in WORDS.values() if words is not own)


def _plain(text: str) -> str:
    composed = SKIN_TONES.sub("", unicodedata.normalize("NFC", text))
    lower = unaccented(composed.lower()).replace("’", "'")
    words = " ".join(lower.split()).strip(" .!¡¿,;:()\"'*-\ufe0f")
    return words if not words.startswith("that'") else words.replace("'", "", 1)
