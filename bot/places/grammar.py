"""How people write places: numbers, corners, blocks, "between A and B on C", names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from bot.places import normalise
from bot.places.asked import Asked
from bot.places.normalise import Words
from bot.places.towns import Towns
from nlu.place_languages import as_ordered, in_english

LONGEST = 200  # characters read of a text: no place takes more


@dataclass(frozen=True)
class AddressQuery:
    """A house number and a street."""

    number: int
    street: Words


@dataclass(frozen=True)
class BlockQuery:
    """The doors from 1400 to 1499 of a street, for `number` 1400."""

    number: int
    street: Words


@dataclass(frozen=True)
class IntersectionQuery:
    """Two streets that should meet; `exact` where nothing but the meeting says that there are two."""

    one: Words
    two: Words
    exact: bool = False

    @property
    def streets(self) -> bool:
        """Whether both were called streets: "Mill Rd and Nowhere Rd"."""
        return all(len(name) > 1 and name[-1] in normalise.SUFFIX_OF for name in (self.one, self.two))


@dataclass(frozen=True)
class BetweenQuery:
    """The stretch of a street between two cross streets."""

    street: Words
    one: Words
    two: Words


@dataclass(frozen=True)
class NameQuery:
    """A street, a landmark or a neighbourhood."""

    name: Words


Query = AddressQuery | BlockQuery | IntersectionQuery | BetweenQuery | NameQuery


@dataclass(frozen=True)
class CityWords:
    """What people add behind a place: the city and its state, a town in it or a neighbourhood."""

    city: Words = ()
    state: Words = ()
    towns: Towns = field(default_factory=Towns)


@dataclass(frozen=True)
class Parsed:
    """`queries`, likeliest first, each with how far to trust it: take the first that is found.

    `asked`, a town or ZIP code, tells two of one name apart.
    """

    names: tuple[Words, ...]  # all the words, for names that look like something else ("Fire Station 2")
    queries: tuple[tuple[Query, float], ...] = ()
    asked: Asked = field(default_factory=Asked)


_SIDE = r"(?:(?:north|south|east|west|ne|nw|se|sw|northeast|northwest|southeast|southwest) )?"
LEADING = re.compile(
    rf"^(?:{_SIDE}(?:corner|side|end) of|in front of|across (?:the street )?from|next to|close to|"
    r"(?:over|down|right|out|up) (?:by|on|at|in)|(?:the )?(?:intersection|corner) of|corner|cross streets?|"
    r"(?:(?:i|we) live|its|it is|thats|that is)(?: (?:at|on|near|by))?|"
    r"(?:at|on|in|by|near|the|along|around|outside|behind|opposite|beside|of))\s+"
)
TRAILING = re.compile(
    r"\s+(?:area|intersection|corner|block|please|pls|thanks|thank you|(?:i|we) (?:think|believe|guess)|maybe|"
    r"somewhere|right|just|in|near|by|at|on|the)$"
)
BESIDE = re.compile(
    r"\s+(?:by|near|off|across (?:the street )?from|in front of|next to|behind|outside|opposite|beside)\s+"
)
CONNECTOR = re.compile(
    r"\s+(?:(?:and |at |on )?(?:its |the )?(?:intersection|corner)(?: of| with)?|"
    r"(?:that )?(?:meets?|intersects?)(?: with)?|and|at|x|cross(?:es)?|crossing|y|on)\s+"
)
IN = re.compile(r"\s+in\s+")
BETWEEN = r"(?:in )?(?:between|btwn|betwn|btw|betw|bet|from)"
ON = r"(?:on|of|along|off|at)"
# Two-letter codes that are no suffix: "12 Oak Ct 06511" is a court.
STATES = frozenset({
    "ak", "al", "ar", "az", "ca", "co", "dc", "de", "fl", "ga", "hi", "ia", "id", "il", "in", "ks", "ky", "la",
    "ma", "md", "me", "mi", "mn", "mo", "ms", "mt", "nc", "nd", "ne", "nh", "nj", "nm", "nv", "ny", "oh", "ok",
    "or", "pa", "ri", "sc", "sd", "tn", "tx", "ut", "va", "vt", "wa", "wi", "wv", "wy",
})  # fmt: skip
STATE = re.compile(
    rf",\s*(?:{'|'.join(sorted(STATES | {'ct'}))})\b\.?\s*(\d{{5}}(?:-\d{{4}})?)?\s*$", re.IGNORECASE
)
HOUSE = r"(\d{1,6})[a-z]?"

C_BETWEEN_A_AND_B = re.compile(rf"^(.+?) {BETWEEN} (.+?) (?:and|to) (.+)$")
BETWEEN_A_AND_B_ON_C = re.compile(rf"^{BETWEEN} (.+?) (?:and|to) (.+?) {ON} (.+)$")
A_TO_B_ON_C = re.compile(rf"^(.+?) to (.+?) (?:blocks? (?:on|of)|{ON}) (.+)$")
C_AT_A_TO_B = re.compile(rf"^(.+?) {ON} (.+?) to (.+)$")
BLOCK_OF = re.compile(r"^(?:the )?(?:block|stretch|part|section) of (.+)$")
BLOCK = re.compile(r"^(\d{1,6}) (?:hundred )?(?:block|blk)(?: of| on)? (.+)$")
BLOCK_LAST = re.compile(r"^(.+) (\d{1,6}) (?:block|blk)$")
MORE_HOUSES = r"(?: (?:(?:and|to|or) )?\d{1,6})*"  # "500-502", "279 & 285"
ADDRESS = re.compile(
    rf"^(?:.+ (?:at|on) )?(?:number |no |house )?{HOUSE}{MORE_HOUSES} (?:on |of |at )?(?!and )(.+)$"
)
ADDRESS_LAST = re.compile(rf"^(.*[a-z].*) {HOUSE}$")


def parse(text: str, city: CityWords) -> Parsed:
    """Read a place. Where there is a house number, nothing coarser is looked for: no name queries."""
    queries: dict[Query, float] = {}
    names: list[Words] = []
    asked, numbered = Asked(), False
    for said in _wordings(text[:LONGEST]):
        bares: dict[Words, None] = {}
        for part, trust in _parts(STATE.sub(r" \1", normalise.without_unit(said))):
            for words, asked_here in _endings(normalise.words(part), city):
                asked = asked.or_else(asked_here)
                bare = _bare(" ".join(words))
                bares |= {tuple(words): None, tuple(bare.split()): None}
                queries = queries | {query: trust for query in _readings(bare) if query not in queries}
                numbered = numbered or _house(bare) is not None
        names += tuple(bares)[:2]
    kept = tuple(pair for pair in queries.items() if not (numbered and isinstance(pair[0], NameQuery)))
    return Parsed(tuple(names), kept, asked)


def _wordings(text: str) -> Iterator[str]:
    """Yield the text put into English, then as it stands, for what is named in its language here."""
    english = in_english(as_ordered(text)).text
    if english != text.lower():
        yield english
    yield text


def _parts(text: str) -> Iterator[tuple[str, float]]:
    """Yield the whole text, then what stands between its commas: "500 Main St, the blue house".

    A part is trusted less: what we leave out may have been another city.
    """
    yield text, 1.0
    parts = [part for part in re.split(r"[,;()\n]|\.\s", text) if part.strip()]
    if len(parts) > 1:
        yield from ((part, 0.9) for part in parts)


def _endings(words: list[str], city: CityWords) -> Iterator[tuple[list[str], Asked]]:
    """Yield the words without city, state, ZIP code and town; with the town, as it may be the street's name."""
    zipcode = ""
    words = words[:-1] if len(words) > 2 and re.fullmatch(r"\d{5} \d{4}", " ".join(words[-2:])) else words
    if len(words) > 1 and re.fullmatch(r"\d{5}", words[-1]):
        zipcode, words = words[-1], words[:-1]
        words = words[:-1] if words[-1] in STATES and len(words) > 2 else words
    words = _without(words, (city.city, city.state, ("usa",)))
    size, town = city.towns.tail(words)
    if town:
        yield _without(words[:-size], (city.city, city.state)), Asked(town, zipcode)
    yield words, Asked((), zipcode)


def _without(words: list[str], tails: tuple[Words, ...]) -> list[str]:
    """Return the words without such tails, provided that more than a number is left."""
    for tail in tails * 2:
        rest = words[: -len(tail)] if tail else []
        if tail and tuple(words[-len(tail) :]) == tail and any(not word.isdigit() for word in rest):
            words = rest
    return words


def _bare(text: str) -> str:
    """Return the text without the words that lead to a place or follow it."""
    before = ""
    while before != text:
        before = text
        text = TRAILING.sub("", LEADING.sub("", text))
    return text


def _street(text: str) -> Words:
    return tuple(_bare(text).split())


def _readings(text: str) -> Iterator[Query]:
    if not text:
        return
    yield from _betweens(text)
    yield from _blocks(text)
    if beside := BESIDE.search(text):
        yield from _besides(text[: beside.start()], text[beside.end() :])
        return
    yield from _corners(text)
    yield from _addresses(text)
    yield NameQuery(tuple(text.split()))
    yield from _bare_corners(text.split())


def _betweens(text: str) -> Iterator[Query]:
    if match := BLOCK_OF.match(text):
        text = match[1]
    if match := C_BETWEEN_A_AND_B.match(text):
        yield BetweenQuery(*(_street(part) for part in match.groups()))
    for pattern in (BETWEEN_A_AND_B_ON_C, A_TO_B_ON_C):
        if match := pattern.match(text):
            one, two, street = (_street(part) for part in match.groups())
            yield BetweenQuery(street, one, two)
    if match := C_AT_A_TO_B.match(text):
        yield BetweenQuery(*(_street(part) for part in match.groups()))


def _blocks(text: str) -> Iterator[Query]:
    if match := BLOCK.match(text):
        yield BlockQuery(int(match[1]), _street(match[2]))
    elif match := BLOCK_LAST.match(text):
        yield BlockQuery(int(match[2]), _street(match[1]))


def _besides(before: str, after: str) -> Iterator[Query]:
    """ "5th near Main" is a corner, "Main by the bank" is the bank, "5th and Main by the bank" the corner."""
    yield IntersectionQuery(_street(before), _street(after))
    near, far = list(_readings(_bare(before))), list(_readings(_bare(after)))
    vague = bool(near) and isinstance(near[0], NameQuery)
    yield from [*far, *near] if vague else [*near, *far]


def _corners(text: str) -> Iterator[Query]:
    for connector in CONNECTOR.finditer(text):
        one, two = _street(text[: connector.start()]), _street(text[connector.end() :])
        if one and two:
            yield IntersectionQuery(one, two)
    pieces = [_street(piece) for piece in CONNECTOR.split(text)]
    if len(pieces) > 2:  # "Oak St and Elm St meet Main St"
        yield from (IntersectionQuery(one, two) for one, two in pairwise(pieces) if one and two)
    for connector in IN.finditer(text):  # "Wall Street in College Street" was heard, not read
        one, two = _street(text[: connector.start()]), _street(text[connector.end() :])
        yield IntersectionQuery(one, two, exact=True)


def _addresses(text: str) -> Iterator[Query]:
    if match := _house(text):
        number, rest = int(match[1]), match[2]
        yield AddressQuery(number, _street(rest))
        if connector := CONNECTOR.search(rest):  # "500 Main and 5th"
            yield AddressQuery(number, _street(rest[: connector.start()]))
    elif match := ADDRESS_LAST.match(text):
        yield AddressQuery(int(match[2]), _street(match[1]))


def _house(text: str) -> re.Match[str] | None:
    """Match a house number and a street; "5 St" is a street itself."""
    match = ADDRESS.match(text)
    return match if match and match[2] not in normalise.COMMON else None


def _bare_corners(words: list[str]) -> Iterator[Query]:
    """Yield every way to cut a few words in two: "5th main", "main st 5th st"."""
    if 2 <= len(words) <= 6:
        for cut in range(1, len(words)):
            yield IntersectionQuery(tuple(words[:cut]), tuple(words[cut:]), exact=True)
