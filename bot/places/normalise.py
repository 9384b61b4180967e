"""Street names as keys: USPS suffixes and directionals, ordinals, punctuation and units.

Suffixes and directionals are those of USPS Publication 28, appendix C1, as far as city streets bear them.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from nlu.place_languages import TYPES, ordinal

Words = tuple[str, ...]

SUFFIXES = {
    "Aly": "alley ally", "Ave": "avenue av aven avenu avn avnue avenues aves",
    "Blvd": "boulevard boul boulv blv bvd", "Cir": "circle circ crcl crcle", "Cmn": "common commons",
    "Ct": "court crt courts", "Cres": "crescent crsent crsnt", "Ctr": "center centre", "Cv": "cove",
    "Dr": "drive driv drv drives", "Expy": "expressway exp expr expw", "Ext": "extension extn",
    "Fwy": "freeway freewy frway", "Grth": "garth", "Grv": "grove", "Hts": "heights",
    "Hwy": "highway hiway hiwy hway", "Hl": "hill", "Jct": "junction", "Ln": "lane lanes", "Loop": "loops",
    "Mall": "", "Mnr": "manor", "Mews": "", "Path": "paths", "Park": "", "Pike": "pikes",
    "Pkwy": "parkway parkwy pky pkway", "Pl": "place", "Plz": "plaza plza", "Pt": "point",
    "Rd": "road roads rds", "Row": "", "Run": "", "Sq": "square sqr", "St": "street str strt streets sts",
    "Ter": "terrace terr", "Trce": "trace", "Trl": "trail", "Tpke": "turnpike trnpk turnpk", "Vw": "view",
    "Walk": "walks", "Way": "wy", "Xing": "crossing",
}  # fmt: skip
# Words within names, as USPS shortens them: "Spg Vly Rd" is Spring Valley Rd.
SHORTENED = {
    "bch": "beach", "bnd": "bend", "blf": "bluff", "brk": "brook", "brg": "bridge", "crk": "creek",
    "crst": "crest", "est": "estate", "ests": "estates", "fls": "falls", "fld": "field", "flds": "fields",
    "frd": "ford", "frst": "forest", "gdn": "garden", "gdns": "gardens", "gln": "glen", "grn": "green",
    "hbr": "harbor", "hls": "hills", "holw": "hollow", "hvn": "haven", "is": "island", "knl": "knoll",
    "lk": "lake", "lndg": "landing", "mdw": "meadow", "mdws": "meadows", "ml": "mill", "mls": "mills",
    "mtn": "mountain", "orch": "orchard", "pln": "plain", "pnes": "pines", "rdg": "ridge", "riv": "river",
    "shr": "shore", "spg": "spring", "spgs": "springs", "sta": "station", "vis": "vista", "vlg": "village",
    "vly": "valley",
}  # fmt: skip
DIRECTIONALS = {
    "N": "north", "S": "south", "E": "east", "W": "west", "NE": "northeast", "NW": "northwest",
    "SE": "southeast", "SW": "southwest",
}  # fmt: skip

SUFFIX_OF = {word: short for short, long in SUFFIXES.items() for word in (short.lower(), *long.split())}
COMMON = tuple(
    word for short in ("Ave", "Blvd", "Cir", "Ct", "Dr", "Hwy", "Ln", "Pkwy", "Pl", "Rd", "St", "Ter", "Way")
    for word in (short.lower(), *SUFFIXES[short].split()[:1])
)  # fmt: skip
DIRECTIONAL_OF = {word: short for short, long in DIRECTIONALS.items() for word in (short.lower(), long)}

# A word of a name, however short it was written, in the long form that misspellings are nearest to; a doctor is
# no drive.
_SPELT_OUT = {"mt": "mount", "ft": "fort", "mount": "mount", "fort": "fort", "saint": "saint"}
_LONG = SHORTENED | {
    word: long.split()[0] if long else short.lower()
    for short, long in SUFFIXES.items()
    for word in (short.lower(), *long.split())
    if short not in {"St", "Dr", "Hwy", "Ctr"}
} | _SPELT_OUT  # fmt: skip
_LONG_FIRST = {short.lower(): long for short, long in DIRECTIONALS.items()} | {"st": "saint"}

ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
TEENS = (
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
TENTHS = tuple(ten[:-1] + "ieth" for ten in TENS)

# Words of a name that are written in more than one way, wherever they stand.
SPELLINGS = {
    "saint": "st", "mount": "mt", "fort": "ft", "highway": "hwy", "route": "rt", "rte": "rt",
    "center": "centre", "ctr": "centre", "doctor": "dr", "junior": "jr", "theatre": "theater",
}  # fmt: skip

UNIT = re.compile(
    r"(?:^|(?<=[\s,]))(?:(?:apt|apartment|unit|ste|suite|rm|room|fl|floor|bldg|building|trlr)\b\.?\s*#?\s*"
    r"(?:\d+[a-z]?|[a-z]\d*)\b|\d+(?:st|nd|rd|th)\s+(?:floor|fl)\b|(?<=\s)\#\s*\w+)",
    re.IGNORECASE,
)

FIGURE = re.compile(r"^(\d{1,4})(?:st|nd|rd|th)?$")


ORDINALS = (
    {word: ordinal(i) for i, word in enumerate([*ONES, *TEENS], 1)}
    | {word: ordinal(10 * i) for i, word in enumerate(TENTHS, 2)}
    | {"fith": "5th", "eigth": "8th", "nineth": "9th", "twelth": "12th"}
    | {f"{ten} {one}": ordinal(10 * i + j) for i, ten in enumerate(TENS, 2) for j, one in enumerate(ONES, 1)}
)
ORDINAL_WORDS = re.compile(rf"\b(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b")


def without_unit(text: str) -> str:
    """Return the text without "Apt 3", "#4" and the like: crews go to the door, not to the flat."""
    return UNIT.sub(" ", text)


def words(text: str) -> list[str]:
    """Return lower-case words without accents and punctuation; &, @, + and / become "and".

    Ordinals in words become figures: "Twenty-First" -> ["21st"].
    """
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    text = re.sub(r"\bb/w\b", "between", text)
    text = re.sub(r"[&@+/]", " and ", text)
    text = re.sub(r"['`]", "", text)
    text = re.sub(r"[^a-z0-9]+", " ", text)
    text = re.sub(r"\b(\d+) (nd|rd|th)\b", r"\1\2", text)
    return ORDINAL_WORDS.sub(lambda match: ORDINALS[match[0]], text).split()


def key(name: list[str]) -> str:
    """Return what two spellings of one name have in common: "Mt Vernon" -> "mountvernon"."""
    if len(name) == 1 and (figure := FIGURE.match(name[0])):
        return ordinal(int(figure[1]))  # "5 St" and "2th St" are 5th St and 2nd St
    words = name[1:] if len(name) > 1 and name[0] == "the" else name  # "The Strand"
    if len(words) > 1:  # "N Point" is North Point, and "St Paul" no street
        words = [_LONG_FIRST.get(words[0], words[0]), *words[1:]]
    return "".join(_LONG.get(word) or SPELLINGS.get(word, word) for word in words)


@dataclass(frozen=True)
class StreetName:
    """A street's name in its parts: ("n", "Grant", "Ave") is StreetName("grant", "Ave", "N")."""

    key: str
    suffix: str = ""
    directional: str = ""


def street_names(name: list[str], *, misspelt: bool = False) -> list[StreetName]:
    """Return the ways to read the words as a street, likeliest first.

    "north park street" is N Park St before it is North Park St; "park" has no suffix; and in "avenue e" or
    "the circle" the odd word may be the name. `misspelt`: "raod" may be a suffix, too.
    """
    suffixes = _misspelt_suffixes if misspelt else _suffixes
    readings = [
        StreetName(key(rest), suffix, directional)
        for directional, undirected in _directionals(name)
        for suffix, rest in suffixes(undirected)
        if not (directional and rest[0] in SUFFIX_OF and len(rest) == 1)  # "North Ave" is no "Ave" in the north
    ]
    return list(dict.fromkeys(readings))


def _directionals(name: list[str]) -> list[tuple[str, list[str]]]:
    readings = []
    if len(name) > 2 and (both := DIRECTIONAL_OF.get("".join(name[:2]))) and name[0] in DIRECTIONAL_OF:
        readings.append((both, name[2:]))  # "north east main st"
    if len(name) > 1 and name[0] in DIRECTIONAL_OF:
        readings.append((DIRECTIONAL_OF[name[0]], name[1:]))
    if len(name) > 1 and name[-1] in DIRECTIONAL_OF:
        readings.append((DIRECTIONAL_OF[name[-1]], name[:-1]))
    return [*readings, ("", name)]


def _suffixes(name: list[str]) -> list[tuple[str, list[str]]]:
    if len(name) > 1 and name[-1] in SUFFIX_OF:
        return [(SUFFIX_OF[name[-1]], name[:-1]), ("", name)]
    if (
        len(name) > 1 and name[0] in TYPES and not re.fullmatch("[a-z]", name[1])
    ):  # "avenida oak"; "Ave E" is none
        return [("", name), (SUFFIX_OF[TYPES[name[0]]], name[1:])]
    return [("", name)]


def _misspelt_suffixes(name: list[str]) -> list[tuple[str, list[str]]]:
    readings = _suffixes(name)
    if len(name) > 1 and len(readings) == 1:
        meant = {SUFFIX_OF[word] for word in _one_letter_off(name[-1])}
        if meant:  # "raod" is a road; "rr" may be anything
            readings.insert(0, (meant.pop() if len(meant) == 1 else "", name[:-1]))
    return readings


@functools.lru_cache(maxsize=2048)
def _one_letter_off(word: str) -> tuple[str, ...]:
    return tuple(suffix for suffix in COMMON if OSA.distance(word, suffix, score_cutoff=1) <= 1)


def abbreviate(name: str) -> str:
    """Return a street's name as short as residents write it: "North Main Street" -> "N Main St"."""
    parts = name.split()
    if len(parts) > 1:
        parts[-1] = SUFFIX_OF.get(parts[-1].lower(), parts[-1])
    if len(parts) > 2:
        parts[0] = DIRECTIONAL_OF.get(parts[0].lower(), parts[0])
    return " ".join(parts)


def spoken_names(name: str) -> list[str]:
    """Return the name and what people make of it: "N Grant Ave" -> N Grant Ave, N Grant, Grant Ave, Grant."""
    parts = name.split()
    short = parts[:-1] if len(parts) > 1 and parts[-1].lower() in SUFFIX_OF else parts
    forms = [parts, short]
    if len(short) > 1 and short[0].lower() in DIRECTIONAL_OF:
        forms += [parts[1:], short[1:]]
    return list(dict.fromkeys(" ".join(form) for form in forms))
