"""Names that begin with what they are, as in Spanish: "calle Main 500", "avenida Oak", "parque Riverside"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nlu import street_words as words
from nlu.interpreter import Lexicon
from nlu.place_languages import COUNTED, LANDMARKS, NO_NAME_ENDINGS, NO_NAMES, QUALIFIERS, TYPES
from nlu.street_text import RANK, Name, Text

NUMBER = re.compile(r"\d{1,5}")
BEHIND = frozenset({",", "#", "number", "no", "near", "at"})  # between a street and its house number
OWNERS = words.words_of(
    "my our your his her their this that mi mis tu su sus nuestra esta esa una cada otra misma"
)
OF = frozenset({"of", "the"})
CORNER = words.CONNECTORS | {"between"}
AT = (words.BEFORE_A_PLACE | words.BEFORE_A_LANDMARK) - OF
# These have names often enough that a word in lower case behind them is one: "iglesia esperanza".
NAMED = frozenset({"park", "school", "elementary school", "middle school", "high school", "church"})
# What a city has one of, so that where it lists "the library", "la biblioteca" is that one.
ONLY = frozenset({
    "library", "hospital", "museum", "stadium", "cemetery", "courthouse", "city hall",
    "post office", "police station", "train station", "bus station",
})  # fmt: skip


def typed_streets(text: Text, known: Sequence[Name]) -> Iterator[Name]:
    """Yield "calle 5", "avenida Oak"; "la calle oscura" is none."""
    listed = {name.first: name.last for name in known if name.kind == "street"}
    for i, token in enumerate(text.tokens):
        behind = token.norm in words.SUFFIXES and text.is_name_word(i - 1)  # "5th Ave", not "Ave Oak"
        if token.norm in TYPES and text.norm(i - 1) not in OWNERS and not behind:
            last = _end_of_street(text, i + 1, listed)
            if last > i + 1:
                yield text.name(i, last, "street", "sure")


def _end_of_street(text: Text, i: int, listed: dict[int, int]) -> int:
    if i in listed:
        return listed[i]
    if text.norm(i).isdigit():
        return i if is_counted(text.norm(i + 1)) else i + 1
    if RANK.fullmatch(text.norm(i)):
        return i + 1
    return _end_of_name(text, i, introduced=text.norm(i - 2) in AT)


def is_counted(norm: str) -> bool:
    """Tell whether a number before the word counts things: "2 semanas"."""
    counted = norm in words.COUNTED or norm in COUNTED
    return counted and norm not in words.FUNCTION_WORDS


def numbered_behind(text: Text, name: Name) -> Name:
    """Return "calle Main 500" for "calle Main" where a house number follows."""
    if name.kind != "street":
        return name
    i, typed = name.last, text.norm(name.first) in TYPES
    while text.norm(i) in BEHIND:
        i += 1
    numbered = typed or (i > name.last and text.norm(i - 1) == "number")
    if not numbered or not NUMBER.fullmatch(text.norm(i)) or is_counted(text.norm(i + 1)):
        return name
    return text.name(name.first, i + 1, "address", "sure")


@lru_cache(maxsize=8)
def _unique(landmarks: tuple[str, ...]) -> frozenset[str]:
    return ONLY & {name.lower().removeprefix("the ") for name in landmarks}


def typed_landmarks(text: Text, known: Sequence[Name], lexicon: Lexicon) -> Iterator[Name]:
    """Yield "parque Riverside", and "la biblioteca" where the city lists "the library"."""
    listed = {name.first: name.last for name in known}
    unique = _unique(lexicon.landmarks)
    for i, token in enumerate(text.tokens):
        if token.norm not in LANDMARKS or (i and token.capital and text.tokens[i - 1].capital):
            continue  # "Mercy Hospital" ends in what it is
        named = i + 1
        while text.norm(named) in QUALIFIERS or text.norm(named) in OF:
            named += 1
        noun, size = _noun(text, i, named)
        where = _is_where(text, i, i + size)
        last = max(listed.get(named, named), _end_of_landmark(text, named, where and noun in NAMED))
        is_corner = text.norm(named - 1) in OF and text.norm(last) in CORNER  # "la escuela de Oak y la 5"
        whole = last - named > 1 and text.norm(last - 1) in words.LANDMARK_NOUNS  # "plaza Hallidie Plaza"
        if last > named and not is_corner and not whole:
            yield text.name(i, last, "landmark", "sure")
        elif last == named and noun in unique and where:
            yield text.name(i, i + size, "landmark", "sure")


def _noun(text: Text, i: int, named: int) -> tuple[str, int]:
    """Return what the landmark is in English, and how many words say so: "estacion de bomberos"."""
    spoken = ["de" if text.norm(j) == "of" else text.norm(j) for j in range(i, named)]
    sizes = (size for size in range(len(spoken), 0, -1) if " ".join(spoken[:size]) in LANDMARKS)
    size = next(sizes, 1)
    return LANDMARKS[" ".join(spoken[:size])], size


def _is_where(text: Text, first: int, last: int) -> bool:
    """Tell whether "in", "in front of" or the like stands before, or nothing around; "of" alone says whose."""
    before = first - 2 if text.norm(first - 1) == "the" else first - 1
    if before < 0:
        return last == len(text.tokens)
    return text.norm(before) in AT or (text.norm(before), text.norm(before - 1)) == ("of", "front")


def _end_of_landmark(text: Text, i: int, introduced: bool) -> int:
    before, after_of = text.norm(i - 1), text.norm(i - 1) in OF
    if (RANK.fullmatch(text.norm(i)) and after_of) or (NUMBER.fullmatch(text.norm(i)) and before in QUALIFIERS):
        return i + 1  # "parque de la 8", "estacion de bomberos 2"
    last = text.run_of_capitals(i, most=4)
    while last > i and text.norm(last) in OF and text.run_of_capitals(last + 1) > last + 1:
        last = text.run_of_capitals(last + 1)  # "Virgen de Guadalupe"
    return last if last > i else _end_of_name(text, i, introduced=introduced and not after_of)


def _end_of_name(text: Text, i: int, *, introduced: bool) -> int:
    """Return where the name at `i` ends: capitals, else one word that nothing follows; else `i`."""
    last = text.run_of_capitals(i)
    if last > i:
        return last
    follows = text.norm(i + 1)
    ends = not follows.isalnum() or follows in words.FUNCTION_WORDS or follows in NO_NAMES
    alone = ends and len(text.norm(i)) >= 4 and text.is_name_word(i)
    return i + 1 if introduced and alone and not text.norm(i).endswith(NO_NAME_ENDINGS) else i
