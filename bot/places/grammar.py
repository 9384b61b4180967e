"""How people write places: numbers, corners, blocks, "between A and B on C", names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.places import normalise

LONGEST = 200  # characters read of a text: no place takes more

Words = tuple[str, ...]


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
    """What people add behind a place and we need not: the city, its state, a neighbourhood."""

    city: Words = ()
    state: Words = ()
    neighbourhoods: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Parsed:
    """`queries`, likeliest first, each with how far to trust it: take the first that is found.

    The ZIP code and the neighbourhood tell two of one name apart.
    """

    names: tuple[Words, ...]  # all the words, for names that look like something else ("Fire Station 2")
    queries: tuple[tuple[Query, float], ...] = ()
    zipcode: str = ""
    neighbourhood: Words = ()


_SIDE = r"(?:(?:north|south|east|west|ne|nw|se|sw|northeast|northwest|southeast|southwest) )?"
LEADING = re.compile(
    rf"^(?:{_SIDE}(?:corner|side|end) of|in front of|across (?:the street )?from|next to|close to|"
    r"(?:over|down|right|out|up) (?:by|on|at|in)|(?:the )?(?:intersection|corner) of|corner|cross streets?|"
    r"(?:(?:i|we) live|its|it is|thats|that is)(?: (?:at|on|near|by))?|"
    r"(?:at|on|in|by|near|the|along|around|outside|behind|opposite|beside|of))\s+"
)
TRAILING = re.compile(r"\s+(?:area|intersection|corner|please|pls|thanks|thank you|in|near|by|at|on|the)$")
BESIDE = re.compile(
    r"\s+(?:by|near|off|across (?:the street )?from|in front of|next to|behind|outside|opposite|beside)\s+"
)
CONNECTOR = re.compile(r"\s+(?:and|at|x|cross|crossing|corner|y|on)\s+")
BETWEEN = r"(?:in )?(?:between|btwn|betwn|btw|betw|bet|from)"
ON = r"(?:on|of|along|off|at)"
HOUSE = r"(\d{1,6})[a-z]?"

C_BETWEEN_A_AND_B = re.compile(rf"^(.+?) {BETWEEN} (.+?) (?:and|to) (.+)$")
BETWEEN_A_AND_B_ON_C = re.compile(rf"^{BETWEEN} (.+?) (?:and|to) (.+?) {ON} (.+)$")
ON_C = re.compile(rf"^{ON} (.+)$")
BLOCK = re.compile(r"^(\d{1,6}) (?:hundred )?(?:block|blk)(?: of| on)? (.+)$")
BLOCK_LAST = re.compile(r"^(.+) (\d{1,6}) (?:block|blk)$")
MORE_HOUSES = r"(?: (?:(?:and|to|or) )?\d{1,6})*"  # "500-502", "279 & 285"
ADDRESS = re.compile(
    rf"^(?:.+ (?:at|on) )?(?:number |no |house )?{HOUSE}{MORE_HOUSES} (?:on |of |at )?(?!and )(.+)$"
)
ADDRESS_LAST = re.compile(rf"^(.*[a-z].*) {HOUSE}$")


def parse(text: str, city: CityWords) -> Parsed:
    """Read a place. Where there is a house number, nothing coarser is looked for: no name queries."""
    text = normalise.without_unit(text[:LONGEST])
    queries: dict[Query, float] = {}
    names: dict[Words, None] = {}
    zipcode, neighbourhood, numbered = "", Words(), False
    for part, trust in _parts(text):
        words, zip_here, hood_here = _without_tail(normalise.words(part), city)
        zipcode, neighbourhood = zipcode or zip_here, neighbourhood or hood_here
        bare = _bare(" ".join(words))
        names |= {tuple(words): None, tuple(bare.split()): None}
        queries = queries | {query: trust for query in _readings(bare) if query not in queries}
        numbered = numbered or _house(bare) is not None
    kept = tuple(pair for pair in queries.items() if not (numbered and isinstance(pair[0], NameQuery)))
    return Parsed(tuple(names)[:2], kept, zipcode, neighbourhood)


def _parts(text: str) -> Iterator[tuple[str, float]]:
    """Yield the whole text, then what stands between its commas: "500 Main St, the blue house".

    A part is trusted less: what we leave out may have been another city.
    """
    yield text, 1.0
    parts = [part for part in re.split(r"[,;()\n]|\.\s", text) if part.strip()]
    if len(parts) > 1:
        yield from ((part, 0.9) for part in parts)


def _without_tail(words: list[str], city: CityWords) -> tuple[list[str], str, Words]:
    """Return the words without city, state and ZIP code behind them, the ZIP code, the neighbourhood."""
    zipcode, neighbourhood = "", Words()
    while len(words) > 1:
        if len(words) > 2 and re.fullmatch(r"\d{5} \d{4}", " ".join(words[-2:])):
            words = words[:-1]
        elif re.fullmatch(r"\d{5}", words[-1]):
            zipcode, words = words[-1], words[:-1]
        elif tail := _tail(words, (city.city, city.state, ("usa",))):
            words = words[: -len(tail)]
        elif not neighbourhood and (tail := _tail(words, city.neighbourhoods)):
            neighbourhood, words = tail, words[: -len(tail)]
        else:
            break
    return words, zipcode, neighbourhood


def _tail(words: list[str], tails: tuple[Words, ...]) -> Words:
    """Return the one of `tails` the words end in, provided that they begin with more than a number."""
    for tail in tails:
        rest = words[: -len(tail)] if tail else []
        if tail and tuple(words[-len(tail) :]) == tail and any(not word.isdigit() for word in rest):
            return tail
    return ()


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
    if match := C_BETWEEN_A_AND_B.match(text):
        yield BetweenQuery(*(_street(part) for part in match.groups()))
    if match := BETWEEN_A_AND_B_ON_C.match(text):
        one, two, street = (_street(part) for part in match.groups())
        yield BetweenQuery(street, one, two)


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
    return match if match and match[2] not in normalise.SUFFIX_OF else None


def _bare_corners(words: list[str]) -> Iterator[Query]:
    """Yield every way to cut a few words in two: "5th main", "main st 5th st"."""
    if 2 <= len(words) <= 6:
        for cut in range(1, len(words)):
            yield IntersectionQuery(tuple(words[:cut]), tuple(words[cut:]), exact=True)
