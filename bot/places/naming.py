"""Names and numbers as a city's data writes them, and as residents read them."""

from __future__ import annotations

import re

from bot.places.normalise import DIRECTIONAL_OF, SUFFIX_OF
from bot.places.records import Unusable

NUMBER = re.compile(r"0*(\d{1,7})(?:\.0+)?\s*(?:[-–;,&]\s*0*(\d{1,7}))?\s*-?\s*(1/2|[A-Za-z])?")
ADDRESS = re.compile(r"\s*(\d+(?:\s*-\s*\d+)?(?:\s*1/2|[A-Za-z])?)\s+(.+)", re.DOTALL)
MEETING = re.compile(r"\s*[&@|+]\s*|\s+[/\\]\s+|(?<=\w\w)[/\\](?=\w\w)")
MEETING_IN_WORDS = re.compile(r"\s+(?:and|at|x)\s+", re.IGNORECASE)  # where no sign says it: "Oak and Elm"
NUMBERED = re.compile(r"(?:[A-Z]{2}|I)[ -]\d+\b")  # "IA 9", "I-95"
PLACEHOLDER = 99999  # what some data has in place of a number it does not know
WIDEST = 50  # between the ends of "12-14"
NAMELESS = frozenset({
    "road", "street", "alley", "lane", "driveway", "unnamed", "unnamed rd", "unnamed road", "unnamed street",
    "unknown", "private", "private road", "private rd", "none", "n/a", "na", "null", "no name", "ramp",
    "dead end", "cul-de-sac", "cul de sac", "city limit", "city limits",
})  # fmt: skip
IN_CAPITALS = frozenset(
    {"us", "sr", "cr", "nw", "ne", "sw", "se", "ii", "iii", "iv", "jfk", "mlk", "bwi", "rr"}
)
SMALL = frozenset({"of", "the", "de", "la", "du", "del", "and", "at", "in", "on"})


def house_numbers(text: str) -> tuple[list[int], str]:
    """Return the numbers a text names and the letter or half behind them: "12-14" -> [12, 14], "".

    Raises `Unusable`.
    """
    text = text.strip()
    if not text:
        raise Unusable("no house number")
    if not (match := NUMBER.fullmatch(text)):
        raise Unusable("a house number that is none")
    first, last = int(match[1]), int(match[2] or 0)
    if not first:
        raise Unusable("house number 0")
    if first >= PLACEHOLDER and set(str(first)) == {"9"}:
        raise Unusable("99999 for a house number")
    numbers = [first, last] if first < last <= first + WIDEST else [first]
    return numbers, (match[3] or "").upper()


def split_address(text: str) -> tuple[str, str]:
    """Return number and street of "21 N Main St, Springfield"; raises `Unusable`."""
    match = ADDRESS.match(text.partition(",")[0])
    if not match:
        raise Unusable("no house number" if text.strip() else "no street")
    return match[1], match[2].strip()


def split_corner(text: str) -> list[str]:
    """Return the streets of "Main St & Oak Ave", two or more; as it is what names no corner."""
    parts = MEETING.split(text) if MEETING.search(text) else MEETING_IN_WORDS.split(text)
    return [name for part in parts if (name := part.strip())]


def has_name(street: str) -> bool:
    """Tell whether the text names a street: "ROAD" and "UNNAMED" do not."""
    return bool(re.search(r"\w", street)) and " ".join(street.lower().split()) not in NAMELESS


def readable_street(name: str) -> str:
    """Return a street's name as residents read it: "NORTH GRANT AVENUE" -> "N Grant Ave"."""
    if NUMBERED.match(name):
        return " ".join(name.split())
    words = [re.sub(r"^0+(?=\d+(?:st|nd|rd|th)$)", "", word, flags=re.IGNORECASE) for word in name.split()]
    ends = _suffix_at(words)
    return " ".join(
        SUFFIX_OF[word.strip(".").lower()]
        if i == ends
        else DIRECTIONAL_OF[word.strip(".").lower()]
        if _directs(words, i, ends)
        else title(word, all(w.isupper() or not w.isalpha() for w in words) or word.islower(), i == 0)
        for i, word in enumerate(words)
    )


def _suffix_at(words: list[str]) -> int:
    """Return which word is the suffix, -1 for none: the last one, but for a directional behind it."""
    last = len(words) - 1
    if last > 1 and _is(words[last], DIRECTIONAL_OF) and _is(words[last - 1], SUFFIX_OF):
        last -= 1
    return last if last > 0 and _is(words[last], SUFFIX_OF) else -1


def _directs(words: list[str], i: int, suffix: int) -> bool:
    """Tell whether the word is a directional: before a name, or behind the suffix."""
    if not _is(words[i], DIRECTIONAL_OF):
        return False
    return (i == 0 and len(words) > 1 and suffix != 1) or (i == len(words) - 1 and 0 < suffix < i)


def _is(word: str, known: dict[str, str]) -> bool:
    return word.strip(".").lower() in known


def title(word: str, shouted: bool = True, first: bool = True) -> str:
    """Return a word as it is read: "MCDONALD" -> "McDonald"; what is in mixed case stays so."""
    if not shouted:
        return word
    low = word.lower()
    if low in IN_CAPITALS or not re.search(r"[a-z]{2}", low):
        return word.upper()
    if low in SMALL and not first:
        return low
    if re.match(r"\d", low):
        return low
    capital = re.sub(r"(?:^|(?<=[-/.(])|(?<=\bo'))[a-z]", lambda m: m[0].upper(), low)
    return re.sub(r"^Mc([a-z])", lambda m: "Mc" + m[1].upper(), capital)


def readable(name: str) -> str:
    """Return the name of a town or a landmark in title case, if it is all capitals or all small."""
    words = name.split()
    shouted = name.isupper() or name.islower()
    return " ".join(title(word, shouted, i == 0) for i, word in enumerate(words))


def zipcode(text: str) -> str:
    """Return a ZIP code's five digits, with the zeros that spreadsheets lose; others as they are."""
    text = text.strip()
    match = re.fullmatch(r"(\d{3,5})(?:\.0+)?(?:-?\d{4})?", text)
    return match[1].zfill(5) if match else text
