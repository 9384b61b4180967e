"""The towns and neighbourhoods that people add behind a place: "12 Oak St, Southfield"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.places import normalise
from bot.places.normalise import Words
from bot.places.spelling import Spellings

SHORTEST_PART = 6  # letters of a word that may stand for a town of two: "Timonium"
ALIKE = 0.8  # the share of letters by which a misspelt town is known


class Towns:
    """Finds a town's name at the end of words: whole, a long part of it ("Timonium"), or misspelt."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        full = {tuple(normalise.words(name)) for name in names} - {()}
        parts = Counter(word for name in full if len(name) > 1 for word in name)
        self._meant = {
            (word,): name
            for name in full
            for word in name
            if len(word) >= SHORTEST_PART and parts[word] == 1 and word not in normalise.SUFFIX_OF
        } | {name: name for name in full}
        self._of_key = {"".join(name): name for name in self._meant}
        self._spellings = Spellings(self._of_key)
        self._longest = max((len(name) for name in full), default=0)

    def __bool__(self) -> bool:
        return bool(self._meant)

    def tail(self, words: Sequence[str]) -> tuple[int, Words]:
        """Return how many of the last words are a town's, and its full name; (0, ()) where none are.

        Something more than a number has to stand before it.
        """
        first = next((i for i, word in enumerate(words) if not word.isdigit()), len(words)) + 1
        tails = [tuple(words[i:]) for i in range(max(first, len(words) - self._longest), len(words))]
        for tail in tails:
            if town := self._meant.get(tail) or self._misspelt(tail):
                return len(tail), town
        return 0, ()

    def _misspelt(self, tail: Words) -> Words:
        """Return the town that is spelt like this, of no fewer words: "a Mill" is not "Mill"."""
        alike = self._spellings.alike("".join(tail), ALIKE)
        names = (self._of_key[key] for key, _ in alike)
        return next((self._meant[name] for name in names if len(name) >= len(tail)), ())


def same_town(one: Words, other: Words) -> bool:
    """Tell whether two names, as words, are one town's: "Timonium" is Lutherville Timonium's."""
    short, long = sorted((one, other), key=len)
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))
