"""The city's landmarks in memory, found by name, by a part of it and by the pin that lies in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.places import geometry, normalise
from bot.places.normalise import Words
from bot.places.spelling import SHORTEST, Spellings

ALIKE_LANDMARK = 0.8
FACILITIES = frozenset({
    "parking", "lot", "entrance", "exit", "gate", "door", "steps", "stairs", "playground", "bathroom",
    "restroom", "restrooms", "toilet", "bench", "sign", "fence", "wall", "lawn", "field", "court", "courts",
    "path", "trail", "driveway", "sidewalk", "curb", "building", "grounds", "fountain", "bus", "stop",
})  # fmt: skip


@dataclass(frozen=True)
class Landmark:
    """A landmark; `radius` is how far it reaches, in metres."""

    name: str
    lat: float
    long: float
    radius: int


class LandmarkIndex:
    """Finds landmarks by name or alias, by a part of it, and by the pin that lies in them."""

    def __init__(self, named: Iterable[tuple[Landmark, str]]) -> None:
        self._by_name: dict[Words, list[Landmark]] = defaultdict(list)
        self._by_word: dict[str, set[Words]] = defaultdict(set)
        self._by_key: dict[str, Words] = {}
        self._by_square: dict[tuple[int, int], set[Landmark]] = defaultdict(set)
        for landmark, name in named:
            words = _landmark_words(normalise.words(name))
            self._by_name[words].append(landmark)
            self._by_key["".join(words)] = words
            for word in words:
                self._by_word[word].add(words)
            self._by_square[_square(landmark.lat, landmark.long)].add(landmark)
        self._spellings = Spellings(self._by_key)

    def exact(self, words: Words) -> dict[Landmark, float]:
        """Return the landmarks of exactly this name."""
        return dict.fromkeys(self._by_name.get(_landmark_words(words), ()), 1.0)

    def match(self, words: Words) -> dict[Landmark, float]:
        """Return the landmarks these words may mean and how well they agree, 0 to 1."""
        words = _landmark_words(words)
        names = [(name, 0.85) for name in self._within(words)] or [(name, 0.8) for name in self._around(words)]
        if not names:
            alike = self._spellings.alike("".join(words), ALIKE_LANDMARK)
            names = [(self._by_key[key], likeness) for key, likeness in alike]
        found: dict[Landmark, float] = {}
        for name, agreement in sorted(names):
            for landmark in self._by_name[name]:
                found[landmark] = max(found.get(landmark, 0), agreement)
        return found

    def at(self, lat: float, long: float) -> list[Landmark]:
        """Return the landmarks that reach as far as the point, the smallest first."""
        row, column = _square(lat, long)
        squares = [(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        near = {landmark for square in squares for landmark in self._by_square.get(square, ())}
        reaching = [m for m in near if geometry.distance((lat, long), (m.lat, m.long)) <= m.radius]
        return sorted(reaching, key=lambda m: (m.radius, m.name))

    def _within(self, words: Words) -> set[Words]:
        """Return the longest names that stand in the text: "the playground in Riverside Park".

        A name of one word must end it, but for a facility: "library entrance", yes, "Library Cafe", no.
        """
        size = len(words)
        spans = {
            words[i:j]
            for i in range(size)
            for j in range(i + 1, size + 1)
            if j - i > 1 or all(word in FACILITIES for word in words[j:])
        }
        names = {span for span in spans if span in self._by_name and len("".join(span)) >= SHORTEST}
        longest = max((len(name) for name in names), default=0)
        return {name for name in names if len(name) == longest}

    def _around(self, words: Words) -> set[Words]:
        """Return the names that hold all the words: "library" in "Riverton Public Library"."""
        names = set.intersection(*(self._by_word.get(word, set()) for word in words)) if words else set()
        places = {landmark for name in names for landmark in self._by_name[name]}
        return names if len(places) <= 4 and len("".join(words)) >= SHORTEST else set()


def _landmark_words(words: Sequence[str]) -> Words:
    return tuple(normalise.SPELLINGS.get(word, word) for word in words if word != "the")


def _square(lat: float, long: float) -> tuple[int, int]:
    """Return the square of about a kilometre: no landmark reaches further than the next one."""
    return int(lat // 0.01), int(long // 0.01)
