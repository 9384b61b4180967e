"""Everything in a text that may name a street, an address or a landmark, with how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from nlu import street_words as words
from nlu.interpreter import Lexicon, MentionKind
from nlu.leading_types import is_counted, numbered_behind, typed_landmarks, typed_streets
from nlu.place_languages import LANDMARKS, in_english
from nlu.street_text import RANK, Certainty, Name, Text, Token

HOUSE_NUMBER = re.compile(r"\d{1,5}(?:-\d{1,5})?[a-z]?")
ALIKE = 80.0  # rapidfuzz's ratio, of 100: below that a misspelling is another word

SUFFIX_NAMES = frozenset(words.SUFFIXES.values())


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of the lexicon, as tokens in one spelling."""

    tokens: tuple[str, ...]
    kind: MentionKind
    certainty: Certainty


@lru_cache(maxsize=8)
def _entries(streets: tuple[str, ...], landmarks: tuple[str, ...]) -> dict[str, list[Entry]]:
    """Return the lexicon's names by their first token, the longest first."""
    table: dict[str, list[Entry]] = {}
    listed: tuple[tuple[MentionKind, tuple[str, ...]], ...] = (
        ("landmark", landmarks),
        ("street", (*streets, *words.WIDESPREAD)),
    )
    for kind, listing in listed:
        for name in listing:
            tokens = tuple(token.name for token in Text.of(in_english(name).text).tokens)
            if kind == "landmark" and tokens[:1] == ("the",):
                tokens = tokens[1:]
            if tokens:
                entry = Entry(tokens, kind, _certainty(tokens, kind))
                table.setdefault(tokens[0], []).append(entry)
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry.tokens))
    return table


def _certainty(tokens: tuple[str, ...], kind: MentionKind) -> Certainty:
    if len(tokens) == 1:
        return "weak"
    if kind == "landmark" or tokens[-1] in SUFFIX_NAMES:
        return "sure"
    return (
        "weak" if all(token in words.EVERYDAY or token in words.FUNCTION_WORDS for token in tokens) else "sure"
    )


@lru_cache(maxsize=8)
def _single_names(streets: tuple[str, ...]) -> tuple[str, ...]:
    return tuple({name.lower() for name in streets if len(name) >= 5 and name.isalpha()})


def names(text: Text, lexicon: Lexicon) -> list[Name]:
    """Return what may be a name, in order, no two overlapping."""
    known = list(_known(text, lexicon))
    ends = {name.last for name in known if name.certainty == "sure"}
    candidates = known + [name for name in _suffixed(text) if name.last not in ends]
    candidates += [*_routes(text), *_ranks(text), *_landmarks(text)]
    candidates += [*typed_streets(text, known), *typed_landmarks(text, known, lexicon)]
    found = [numbered_behind(text, _numbered(text, name)) for name in _longest(candidates)]
    found = _longest([*found, *_unknown_addresses(text, found, lexicon)])
    return _longest([*found, *_neighbours(text, found)])


def _longest(candidates: Sequence[Name]) -> list[Name]:
    kept: list[Name] = []
    rank = {"sure": 0, "weak": 1, "loose": 2}
    for name in sorted(candidates, key=lambda n: (n.first - n.last, rank[n.certainty], n.first)):
        if all(name.last <= other.first or other.last <= name.first for other in kept):
            kept.append(name)
    return sorted(kept, key=lambda name: name.first)


def _known(text: Text, lexicon: Lexicon) -> Iterator[Name]:
    """Yield what the lexicon lists, "N" and "East" before and after a street included."""
    table = _entries(lexicon.streets, lexicon.landmarks)
    tokens = text.tokens
    for first, token in enumerate(tokens):
        for entry in table.get(token.name, ()):
            last = first + len(entry.tokens)
            if tuple(t.name for t in tokens[first:last]) == entry.tokens:
                if len(entry.tokens) == 1 and not token.capital and _is_a_word(text, first):
                    break
                if entry.kind == "street":
                    yield _with_direction(text, first, last, entry.certainty)
                else:
                    yield text.name(first, last, "landmark", entry.certainty)
                break


def _is_a_word(text: Text, i: int) -> bool:
    """Tell whether a single lower-case name is used as a word: "the school", "2 weeks"."""
    norm = text.norm(i)
    if norm in LANDMARKS and text.norm(i - 1) == "of":  # "la fuente de la plaza"
        return True
    return norm in words.FUNCTION_WORDS | words.COUNTED or text.norm(i - 1) in words.DETERMINERS


def _with_direction(text: Text, first: int, last: int, certainty: Certainty) -> Name:
    before = text.norm(first - 1)
    if before in words.DIRECTIONS:
        first -= 1
    if certainty == "sure" and _is_capital_direction(text, last):
        last += 1
    return text.name(first, last, "street", certainty)


def _suffixed(text: Text) -> Iterator[Name]:
    """Yield names recognised by what they end in: "Alden Ave", "martin luther king blvd"."""
    for i in range(1, len(text.tokens)):
        first = _start_of_suffixed(text, i)
        if first < i:
            yield _with_direction(text, first, i + 1, "sure")


def _start_of_suffixed(text: Text, i: int) -> int:
    """Return where the street that ends in the suffix at `i` begins; `i` where there is no such street."""
    token = text.tokens[i]
    if (
        not _is_suffix(text, i)
        or not text.is_name_word(i - 1)
        or (text.norm(i - 1), token.name) in words.NO_STREETS
    ):
        return i
    first = i
    while first > 0 and i - first < 3 and text.tokens[first - 1].capital and text.is_name_word(first - 1):
        first -= 1
    if first < i:
        certain = token.capital or token.name in words.SURE_SUFFIXES or token.norm != token.name
        return first if certain or _is_number(text, first - 1) else i
    first = i - 1
    for back in (2, 3, 4):
        introduced = _is_number(text, i - back - 1) or text.norm(i - back - 1) in words.BEFORE_A_PLACE
        if introduced and all(text.is_name_word(j) for j in range(i - back, i)):
            first = i - back
            break
    everyday = token.name not in words.SURE_SUFFIXES
    return i if everyday and not _is_number(text, first - 1) else first


def _is_suffix(text: Text, i: int) -> bool:
    token = text.tokens[i]
    if token.norm in words.SUFFIXES:
        return True
    if len(token.norm) < 5 or not (text.tokens[i - 1].capital or _is_number(text, i - 2)):
        return False
    return any(fuzz.ratio(token.norm, suffix) >= ALIKE for suffix in words.LONG_SUFFIXES)


def _is_number(text: Text, i: int) -> bool:
    return HOUSE_NUMBER.fullmatch(text.norm(i)) is not None


def _routes(text: Text) -> Iterator[Name]:
    """Yield "Route 34", "I-95 North", "Avenue B"."""
    for i, token in enumerate(text.tokens):
        follower, numbered = text.norm(i + 1), text.norm(i + 1).isdigit()
        if token.norm == "i" and follower == "-" and text.norm(i + 2).isdigit():
            last = i + 3
        elif (token.norm in words.ROUTES and numbered) or (
            token.name == "avenue" and not text.is_name_word(i - 1) and _is_letter(text, i + 1)
        ):
            last = i + 2
        else:
            continue
        bound = text.norm(last) in words.BOUND or _is_capital_direction(text, last)
        yield text.name(i, last + bound, "street", "sure")


def _is_capital_direction(text: Text, i: int) -> bool:
    return text.norm(i) in words.DIRECTIONS and text.tokens[i].capital


def _is_letter(text: Text, i: int) -> bool:
    return i < len(text.tokens) and text.tokens[i].capital and len(text.norm(i)) == 1 and text.norm(i).isalpha()


def _ranks(text: Text) -> Iterator[Name]:
    """Yield "5th" and "fifth" where no "5th floor" follows and no month stands before."""
    for i, token in enumerate(text.tokens):
        if not RANK.fullmatch(token.name) or text.norm(i + 1) in words.AFTER_A_RANK:
            continue
        doubtful = text.norm(i - 1) in words.MONTHS | {"the"} or token.norm in words.ORDINALS
        joined = not words.CONNECTORS.isdisjoint({text.norm(i - 1), text.norm(i + 1)})
        if doubtful and not joined and not (token.norm in words.ORDINALS and text.norm(i - 1) == "on"):
            continue
        yield _with_direction(text, i, i + 1, "weak")


def _landmarks(text: Text) -> Iterator[Name]:
    """Yield "Edgewood Park", "at lincoln school": a name and a noun that is a place."""
    for i, token in enumerate(text.tokens):
        if token.norm not in words.LANDMARK_NOUNS or not text.is_name_word(i - 1):
            continue
        first = _loose_before(text, i, most=4)
        single = first == i - 1
        if not text.tokens[first].capital or not token.capital:
            named = text.norm(i - 1) not in words.NO_LANDMARK | words.EVERYDAY
            if named and text.norm(i - 2) in words.BEFORE_A_LANDMARK:
                yield text.name(i - 1, i + 1, "landmark", "sure")
        elif not single or not (text.norm(first) in words.NO_LANDMARK or text.opens_a_sentence(first)):
            yield text.name(first, i + 1, "landmark", "sure")


def _numbered(text: Text, name: Name) -> Name:
    """Return the street with the house numbers or the block that stand before it."""
    if name.kind != "street":
        return name
    i = name.first - 1
    while text.norm(i) in {"of", "on", "the"}:
        i -= 1
    if text.norm(i) in {"block", "blk", "blocks"} and _is_number(text, i - 1):
        return text.name(i - 1, name.last, "block", "sure")
    first = name.first - 1 if _is_number(text, name.first - 1) else name.first
    while first < name.first and text.norm(first - 1) in words.AND and _is_number(text, first - 2):
        if text.norm(first - 3) in words.NUMBERED:
            break  # "apt 3, 500 Main"
        first -= 2
    if text.norm(first + 1) == "/" and _is_number(text, first - 1):  # "112 1/2 Main"
        first -= 1
    if first == name.first or text.norm(first - 1) in words.NUMBERED or not _is_address(text, name, first):
        return name
    return text.name(first, name.last, "address", "sure")


def _is_address(text: Text, name: Name, first: int) -> bool:
    """Tell "32 park st" and "at 32 park" from "2 park benches"."""
    word = text.tokens[name.first]
    if name.certainty == "sure" or word.capital or word.norm not in words.EVERYDAY:
        whole = name.certainty == "sure" and name.last - name.first > 1  # "416 old mill rd"
        return whole or word.norm not in words.COUNTED or word.capital
    return text.norm(first - 1) in words.BEFORE_A_NUMBER or not text.norm(name.last).isalnum()


def _unknown_addresses(text: Text, found: Sequence[Name], lexicon: Lexicon) -> Iterator[Name]:
    """Yield "in front of 32 Channing" where no list has a Channing, and "500 mian" for Main."""
    taken = {i for name in found for i in range(name.first, name.last)}
    for i in range(len(text.tokens) - 1):
        follower = text.tokens[i + 1]
        if not _is_number(text, i) or i in taken or i + 1 in taken or not text.is_name_word(i + 1):
            continue
        if follower.norm in words.COUNTED or is_counted(follower.norm) or len(follower.norm) < 4:
            continue
        introduced = text.norm(i - 1) in words.BEFORE_A_NUMBER or (
            len(text.tokens) == 2 and len(text.norm(i)) > 1
        )
        last = max(text.run_of_capitals(i + 1), i + 2)
        ends = not text.norm(last).isalnum() or text.norm(last) in words.FUNCTION_WORDS
        if introduced and (follower.capital or (ends and not follower.norm.endswith("s"))):
            yield text.name(i, last, "address", "sure")
        elif len(follower.norm) >= 5 and process.extractOne(
            follower.norm, _single_names(lexicon.streets), scorer=fuzz.ratio, score_cutoff=ALIKE
        ):
            yield text.name(i, i + 2, "address", "sure")


def _neighbours(text: Text, found: Sequence[Name]) -> Iterator[Name]:
    """Yield the unlisted half of a crossing: "5th & mian", "corner of Irma and Poland"."""
    streets = [name for name in found if name.kind == "street"]
    starts, ends = {name.first for name in streets}, {name.last for name in streets}
    for i, token in enumerate(text.tokens):
        left, right = _loose_before(text, i), i + 2 if text.norm(i + 1) == "the" else i + 1
        stretches = token.norm in words.BETWEEN and i not in ends and right in starts and left < i
        if stretches and text.tokens[left].capital and text.norm(left - 1) in words.BEFORE_A_PLACE:
            yield text.name(left, i, "street", "loose")
        if token.norm not in words.CONNECTORS:
            continue
        last, led = _loose_after(text, right), _is_led(text, left)
        has_left, has_right = i in ends, right in starts
        if not has_left and left < i and (led or (has_right and _may_cross(text, left, token))):
            yield text.name(left, i, "street", "loose")
        if (
            not has_right
            and right < last
            and ((led and not has_left) or (has_left and _may_cross(text, right, token)))
        ):
            yield text.name(right, last, "street", "loose")


def _is_led(text: Text, left: int) -> bool:
    """Tell whether "corner of", "between" or the like stands before."""
    before = left - 1
    while text.norm(before) in {"of", "the", ","}:
        before -= 1
    return text.norm(before) in words.LEAD_INS


def _may_cross(text: Text, first: int, connector: Token) -> bool:
    """Tell whether an unlisted word beside a street is likely one.

    It has a capital, or a sign joins them, or they are "of keller and 2nd".
    """
    if text.tokens[first].capital or connector.norm in words.SIGNS:
        return True
    name = text.norm(first)
    led = text.norm(first - 1) in {"of", "on", "by", "at"} and text.norm(first + 1) == connector.norm
    return led and len(name) >= 4 and name not in words.EVERYDAY and bool(RANK.fullmatch(text.norm(first + 2)))


def _loose_before(text: Text, i: int, most: int = 3) -> int:
    """Return where the name that ends at `i` begins: capitals, else one word; `i` where there is none."""
    first = i
    while first > 0 and i - first < most and text.is_name_word(first - 1) and text.tokens[first - 1].capital:
        first -= 1
    return i - 1 if first == i and text.is_name_word(i - 1) else first


def _loose_after(text: Text, i: int) -> int:
    last = text.run_of_capitals(i)
    return i + 1 if last == i and text.is_name_word(i) else last
