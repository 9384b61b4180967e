"""The city's streets in memory, found by any name that residents have for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.places import normalise
from bot.places.normalise import StreetName, Words
from bot.places.spelling import ALIKE, ALIKE_WITH_EVIDENCE, Spellings

# Nothing beside the words says that they are a street at all: "great" is not Grant.
ALIKE_ALONE = 0.83
# What a difference costs: left out is better than wrong.
SUFFIX_LEFT_OUT, SUFFIX_WRONG = 0.04, 0.15
DIRECTIONAL_LEFT_OUT, DIRECTIONAL_TOO_MANY, DIRECTIONAL_WRONG = 0.06, 0.15, 0.2
CONTRADICTION = 0.12  # behind the best name, others say something else than what was asked for


@dataclass(frozen=True)
class Street:
    """A street as residents read it, with a point on it.

    `community` is the town or neighbourhood that tells it from its namesakes, "" where it has none; `size`
    is how much of it is drawn, in no unit.
    """

    id: int
    full_name: str
    lat: float
    long: float
    community: str = ""
    size: int = 0


Scored = dict[Street, float]
"""Streets that were meant, and how well the words agree with each, 0 to 1."""


class StreetIndex:
    """Finds streets by any name of theirs."""

    def __init__(self, named: Iterable[tuple[Street, str]]) -> None:
        """Take (street, name) for its own name and each alias."""
        self._by_key: dict[str, list[tuple[Street, StreetName]]] = defaultdict(list)
        for street, name in named:
            for reading in normalise.street_names(normalise.words(name)):
                self._by_key[reading.key].append((street, reading))
        self._spellings = Spellings(self._by_key)

    def match(self, words: Words, *, alone: bool = False) -> Scored:
        """Return the streets of this name, or if there are none, of a name like it.

        `alone`: nothing beside the words says that they are a street.
        """
        return self.exact(words) or self.similar(words, least=ALIKE_ALONE if alone else ALIKE)

    def exact(self, words: Words) -> Scored:
        """Return the streets of this very name; suffix and directional may differ."""
        found: Scored = {}
        for reading in normalise.street_names(list(words)):
            self._collect(found, reading, reading.key, 1.0)
        return found

    def similar(self, words: Words, *, least: float = ALIKE_WITH_EVIDENCE) -> Scored:
        """Return the streets whose name is spelt or sounds like this one, so far as `least` of its letters.

        A misspelt suffix is read as well: "raod".
        """
        found: Scored = {}
        for reading in normalise.street_names(list(words), misspelt=True):
            bar = least if not reading.suffix else min(least, ALIKE)
            self._collect(found, reading, reading.key, 1.0)
            for key, likeness in self._spellings.alike(reading.key, bar):
                self._collect(found, reading, key, likeness)
        return found

    def _collect(self, found: Scored, asked: StreetName, key: str, likeness: float) -> None:
        for street, name in self._by_key.get(key, ()):
            found[street] = max(found.get(street, 0), likeness * _agreement(asked, name))


def uncontradicted(streets: Scored) -> Scored:
    """Return the streets that differ from what was asked by nothing but what was left out.

    "12 Oak Rd" is no door of Oak Ave where there is an Oak Rd, nor on N Oak Rd where S Oak Rd was said.
    """
    best = max(streets.values(), default=0.0)
    return {street: score for street, score in streets.items() if score > best - CONTRADICTION}


def _agreement(asked: StreetName, name: StreetName) -> float:
    """Return how well suffix and directional agree."""
    cost = 0.0
    if asked.suffix != name.suffix:
        cost += SUFFIX_WRONG if asked.suffix and name.suffix else SUFFIX_LEFT_OUT
    if asked.directional != name.directional:
        if asked.directional:
            cost += DIRECTIONAL_WRONG if name.directional else DIRECTIONAL_TOO_MANY
        else:
            cost += DIRECTIONAL_LEFT_OUT
    return 1 - cost
