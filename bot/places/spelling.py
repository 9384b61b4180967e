"""Misspelt names: which of the known ones a key may be meant for, without looking at all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

# The shortest name that may be misspelt: a letter away from Elm are Elk, Ely and Alm.
SHORTEST = 4
# The share of letters that must agree: in general, where the first letter differs, and where something
# else (a house number that exists, a cross street) speaks for the name.
ALIKE, ALIKE_OTHERWISE_BEGUN, ALIKE_WITH_EVIDENCE = 0.75, 0.85, 0.6
SOUNDS_ALIKE = 0.77  # what agreement of all the sounds is worth at least: Nickel for Nicoll
MOST = 8  # names that one key may be meant for

_SOUNDS = (
    (re.compile(r"^(?:kn|gn|pn)"), "n"), (re.compile(r"^wr"), "r"), (re.compile(r"ph"), "f"),
    (re.compile(r"ght"), "t"), (re.compile(r"c(?=[eiy])"), "s"), (re.compile(r"ck|[cq]"), "k"),
    (re.compile(r"z"), "s"), (re.compile(r"(?<=.)[aeiouyhw]"), ""), (re.compile(r"(.)\1+"), r"\1"),
)  # fmt: skip


def sound(key: str) -> str:
    """Return roughly how a name sounds, its vowels left out: "nicoll" and "nickel" are both "nkl"."""
    for pattern, letters in _SOUNDS:
        key = pattern.sub(letters, key)
    return key


class Spellings:
    """Known keys, sorted so that a misspelt one meets only those that begin, end or sound as it does."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Take lower-case keys; those with a figure are left out, as 15th is no misspelling of 5th."""
        self._begin: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._end: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._sound: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            if len(key) >= SHORTEST - 1 and _letters(key):
                self._begin[key[0], len(key)].append(key)
                self._end[key[-2:], len(key)].append(key)
                self._sound[sound(key)].append(key)

    def alike(self, key: str, least: float = ALIKE) -> list[tuple[str, float]]:
        """Return the likeliest known keys and the likeness of each, `least` to 1, best first."""
        if len(key) < SHORTEST or not _letters(key):
            return []
        found = dict(self._by_sound(key, least))
        found |= self._by_letters(key, self._begin, key[0], least)
        otherwise = ALIKE if least < ALIKE else max(least, ALIKE_OTHERWISE_BEGUN)
        ends = self._by_letters(key, self._end, key[-2:], otherwise)
        found |= {other: max(found.get(other, 0.0), likeness) for other, likeness in ends.items()}
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]

    def _by_letters(
        self, key: str, shelves: dict[tuple[str, int], list[str]], shelf: str, least: float
    ) -> dict[str, float]:
        slack = max(2, len(key) // 3)
        keys = [
            other
            for size in range(len(key) - slack, len(key) + slack + 1)
            for other in shelves.get((shelf, size), ())
        ]
        scorer = OSA.normalized_similarity
        least = max(least, min(ALIKE, 1 - 2.01 / len(key)))  # two letters at most, in a short name
        alike = process.extract(key, keys, scorer=scorer, score_cutoff=least, limit=MOST)
        return {other: likeness for other, likeness, _ in alike}

    def _by_sound(self, key: str, least: float) -> Iterator[tuple[str, float]]:
        spoken = sound(key)
        if least > ALIKE or len(spoken) < 3:
            return
        for other in self._sound.get(spoken, ())[:MOST]:
            if (likeness := OSA.normalized_similarity(key, other)) >= 0.5:
                yield other, max(likeness, SOUNDS_ALIKE)


def _letters(key: str) -> bool:
    return not any(character.isdigit() for character in key)
