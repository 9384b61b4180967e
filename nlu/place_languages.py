"""Places said in other languages: their words and turns, put into those of the place grammar.

The streets of a city keep their names whatever the language around them. So what stands around them is
put into English, "en la esquina de la 5 y Main" into "on corner of 5th and Main", and one grammar reads
all. A language is one `PlaceWords`, and a place in `LANGUAGES`; languages may be mixed within a text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nlu.place_words import PlaceWords, Turn
from nlu.place_words_es import SPANISH

LANGUAGES: tuple[PlaceWords, ...] = (SPANISH,)

TYPES = {word: suffix for language in LANGUAGES for word, suffix in language.types.items()}
"""What a street is called before its name, and how English calls it behind: calle, street."""
LANDMARKS = {words: noun for language in LANGUAGES for words, noun in language.landmarks.items()}
"""What a landmark is called before its name, and how English calls it: biblioteca, library."""
QUALIFIERS = frozenset(word for phrase in LANDMARKS for word in phrase.split()[1:])
NO_NAMES = frozenset().union(*(language.no_names for language in LANGUAGES))
NO_NAME_ENDINGS = tuple(ending for language in LANGUAGES for ending in language.no_name_endings)
COUNTED = frozenset().union(*(language.counted for language in LANGUAGES))

WORD = re.compile(r"(?<!['’\w])\w+|[&/#]")
_ARTICLES = frozenset().union(*(language.articles for language in LANGUAGES))
_PHRASES = {phrase: english for language in LANGUAGES for phrase, english in language.phrases.items()}
_RANKS = {word: rank for language in LANGUAGES for word, rank in language.ranks.items()}


def _any_of(phrases: Iterable[str]) -> str:
    listed = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in listed)


def _saying(*english: str) -> str:
    return _any_of(phrase for phrase, said in _PHRASES.items() if said in english)


_PHRASE = re.compile(rf"(?:{_any_of(_PHRASES)})(?!['’\w])")
_TURNS = tuple(turn for language in LANGUAGES for turn in language.turns)
_NUMBER = _saying("number")
_NUMBERED = re.compile(
    rf"(\b(?:{_any_of(TYPES)})\s[^\d#,]+?|\A[^\d#,]+?(?=,?\s*\b(?:{_NUMBER})\s))"
    rf"(?:,?\s*(?:#|\bno\b\.?|\b(?:{_NUMBER})\s)|,)\s*(\d{{1,5}})(?=\s*(?:$|,))"
)
_OF = rf"(?:{_saying('of', 'the', 'of the', '')})\b"
_JOINS = rf"(?:and|{_saying('and', 'on', 'by', 'between', 'corner of')})\b"
_NAMED = re.compile(
    rf"\b({_any_of(LANDMARKS)})\b"
    rf"(?:(?:\s+{_OF})*\s+(?!{_OF}|{_JOINS})(?P<name>\w+(?:\s+(?!{_JOINS})\w+)*))?"
)


@dataclass(frozen=True, slots=True)
class English:
    """A text in the words of the grammar, and where they come from."""

    text: str
    _starts: tuple[int, ...]  # of the pieces in `text`
    _pieces: tuple[tuple[int, int, bool], ...]  # from, to, in the original; whether it was put otherwise

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a slice of `text` stands in the original; a piece put otherwise is taken whole."""
        i, j = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end) - 1
        (first, _, anew), (last, whole, last_anew) = self._pieces[i], self._pieces[j]
        return (
            first if anew else first + start - self._starts[i],
            whole if last_anew else last + end - self._starts[j],
        )


def as_ordered(text: str) -> str:
    """Return a place in the order of English: "calle Main #500" is "500 calle Main".

    And "parque Riverside" is "Riverside park".
    """
    return _NAMED.sub(_name_first, _NUMBERED.sub(r"\2 \1", folded(text).lower()))


def _name_first(match: re.Match[str]) -> str:
    noun, name = LANDMARKS[" ".join(match[1].split())], match["name"] or ""
    if noun == "park" and not name:
        return match[0]  # "park" alone is a street's name in most cities
    return f"{noun} {name}" if name[:1].isdigit() else f"{name} {noun}".strip()


def folded(text: str) -> str:
    """Return the text without accents, each character in its old place."""
    return text if text.isascii() else "".join(map(_bare, text))


@lru_cache(maxsize=1024)
def _bare(character: str) -> str:
    return unicodedata.normalize("NFD", character)[0] if character.isalpha() else character


def in_english(text: str) -> English:
    """Return `text` with the words around its names put into English."""
    plain = folded(text)
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
    out: list[str] = []
    starts: list[int] = []
    pieces: list[tuple[int, int, bool]] = []
    done = length = 0

    def take(piece: str, end: int, anew: bool) -> None:
        nonlocal done, length
        if piece:
            starts.append(length)
            pieces.append((done, end, anew))
            out.append(piece)
        done, length = end, length + len(piece)

    for word in WORD.finditer(low):
        if word.start() < done:
            continue
        put = _put(low, plain, word.start())
        if put is not None:
            take(plain[done : word.start()], word.start(), anew=False)
            take(put[0].upper() if plain[word.start() : put[1]].isupper() else put[0], put[1], anew=True)
    take(plain[done:], len(plain), anew=False)
    return English("".join(out), tuple(starts), tuple(pieces))


def _put(low: str, plain: str, start: int) -> tuple[str, int] | None:
    """Return what the words at `start` are in English and where they end; None where they stay."""
    for turn in _TURNS:
        if match := turn.pattern.match(low, start):
            return _filled(turn, match), match.end()
    match = _PHRASE.match(low, start)
    if match is None or _opens_a_name(plain, match):
        return None
    return _PHRASES[" ".join(match[0].split())], match.end()


def _opens_a_name(plain: str, match: re.Match[str]) -> bool:
    """Tell whether an article is part of a name: "La Salle St", not "La calle"."""
    written = plain[match.start() : match.end()]
    follows = plain[match.end() : match.end() + 2].strip()
    return match[0] in _ARTICLES and written.istitle() and follows.isupper() and len(written) > 1


def _filled(turn: Turn, match: re.Match[str]) -> str:
    groups = match.groupdict("").items()
    return turn.english.format_map({n: _rank(said) if n.startswith("rank") else said for n, said in groups})


def _rank(said: str) -> str:
    """Return "5th" for "5", "5ta" and "quinta"."""
    figure = re.match(r"\d+", said)
    return ordinal(int(figure[0])) if figure else _RANKS[said]


def ordinal(number: int) -> str:
    """Return 1 -> "1st", 12 -> "12th"."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
