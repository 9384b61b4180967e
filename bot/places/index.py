"""The city's names in memory: streets, landmarks and areas, found by what residents call them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.places import geometry, normalise, tables
from bot.places.grammar import CityWords, Words
from bot.places.normalise import StreetName

# Misspellings: the share of letters that must agree, higher where the first letter differs or no suffix,
# number or cross street says that the word is a street at all ("great" is not Grant), and the shortest name
# that may be misspelt: a letter away from Elm are Elk, Ely and Alm.
ALIKE, ALIKE_OTHERWISE_BEGUN, ALIKE_ALONE, SHORTEST = 0.75, 0.85, 0.83, 4
ALIKE_LANDMARK = 0.8
FACILITIES = frozenset({
    "parking", "lot", "entrance", "exit", "gate", "door", "steps", "stairs", "playground", "bathroom",
    "restroom", "restrooms", "toilet", "bench", "sign", "fence", "wall", "lawn", "field", "court", "courts",
    "path", "trail", "driveway", "sidewalk", "curb", "building", "grounds", "fountain", "bus", "stop",
})  # fmt: skip


@dataclass(frozen=True)
class Street:
    """A street as residents read it, with a point on it."""

    id: int
    full_name: str
    lat: float
    long: float


@dataclass(frozen=True)
class Landmark:
    """A landmark; `radius` is how far it reaches, in metres."""

    name: str
    lat: float
    long: float
    radius: int


@dataclass(frozen=True)
class Area:
    """A neighbourhood or the city itself."""

    name: str
    polygons: Sequence[geometry.Polygon]

    def holds(self, lat: float, long: float) -> bool:
        """Tell whether the point lies in the area."""
        return any(geometry.in_polygon(lat, long, polygon) for polygon in self.polygons)

    @property
    def words(self) -> Words:
        """Its name as words."""
        return tuple(normalise.words(self.name))

    def centre(self) -> geometry.LatLong:
        """Return the middle of its box."""
        (south, west), (north, east) = self.box()
        return (south + north) / 2, (west + east) / 2

    def points(self) -> Iterator[geometry.LatLong]:
        """Yield the corners of its outer rings."""
        for polygon in self.polygons:
            yield from ((lat, long) for long, lat in polygon[0])

    def box(self) -> tuple[geometry.LatLong, geometry.LatLong]:
        """Return its south-western and north-eastern corners."""
        lats, longs = zip(*self.points(), strict=True)
        return (min(lats), min(longs)), (max(lats), max(longs))


class StreetIndex:
    """Finds streets by any name of theirs."""

    def __init__(self, named: Iterable[tuple[Street, str]]) -> None:
        """Take (street, name) for its own name and each alias."""
        self._by_key: dict[str, list[tuple[Street, StreetName]]] = defaultdict(list)
        for street, name in named:
            for reading in normalise.street_names(normalise.words(name)):
                self._by_key[reading.key].append((street, reading))
        self._guessable = [key for key in self._by_key if len(key) >= SHORTEST - 1 and _letters(key)]

    def match(self, words: Words, *, fuzzy: bool = True, alone: bool = False) -> dict[Street, float]:
        """Return the streets these words may mean and how well they agree, 0 to 1.

        `alone`: nothing beside the words says that they are a street.
        """
        readings = normalise.street_names(list(words))
        found: dict[Street, float] = {}
        for reading in readings:
            self._collect(found, reading, reading.key, 1.0)
        if found or not fuzzy:
            return found
        for reading in readings:
            least = ALIKE_ALONE if alone and not reading.suffix else ALIKE
            for key, likeness in _alike(reading.key, self._guessable, least):
                self._collect(found, reading, key, likeness)
        return found

    def _collect(self, found: dict[Street, float], asked: StreetName, key: str, likeness: float) -> None:
        for street, name in self._by_key.get(key, ()):
            found[street] = max(found.get(street, 0), likeness * _agreement(asked, name))


def _agreement(asked: StreetName, name: StreetName) -> float:
    """Return how well suffix and directional agree; left out is better than wrong."""
    cost = 0.0
    if asked.suffix != name.suffix:
        cost += 0.15 if asked.suffix and name.suffix else 0.04
    if asked.directional != name.directional:
        cost += 0.2 if asked.directional and name.directional else 0.15 if asked.directional else 0.06
    return 1 - cost


def _letters(key: str) -> bool:
    """Tell whether the key holds no figure: 15th St is no misspelling of 5th St."""
    return not any(character.isdigit() for character in key)


def _alike(key: str, keys: Sequence[str], least: float) -> Iterator[tuple[str, float]]:
    if len(key) < SHORTEST or not _letters(key):
        return
    scorer = OSA.normalized_similarity
    for other, likeness, _ in process.extract(key, keys, scorer=scorer, score_cutoff=least, limit=5):
        if other[0] == key[0] or likeness >= ALIKE_OTHERWISE_BEGUN:
            yield other, likeness


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

    def exact(self, words: Words) -> dict[Landmark, float]:
        """Return the landmarks of exactly this name."""
        return dict.fromkeys(self._by_name.get(_landmark_words(words), ()), 1.0)

    def match(self, words: Words) -> dict[Landmark, float]:
        """Return the landmarks these words may mean and how well they agree, 0 to 1."""
        words = _landmark_words(words)
        names = [(name, 0.85) for name in self._within(words)] or [(name, 0.8) for name in self._around(words)]
        if not names:
            keys = list(self._by_key)
            names = [(self._by_key[k], n) for k, n in _alike("".join(words), keys, ALIKE_LANDMARK)]
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


@dataclass(frozen=True)
class CityIndex:
    """Everything of the city that fits in memory; doors and intersections stay in the database."""

    checksum: str = ""
    streets: Mapping[int, Street] = field(default_factory=dict)
    street_names: tuple[str, ...] = ()
    landmark_names: tuple[str, ...] = ()
    street_index: StreetIndex = field(default_factory=lambda: StreetIndex(()))
    landmark_index: LandmarkIndex = field(default_factory=lambda: LandmarkIndex(()))
    city: Area | None = None
    neighbourhoods: tuple[Area, ...] = ()
    words: CityWords = field(default_factory=CityWords)

    def neighbourhood_at(self, lat: float, long: float) -> Area | None:
        """Return the neighbourhood the point lies in."""
        return next((area for area in self.neighbourhoods if area.holds(lat, long)), None)


def read_index(session: Session, checksum: str) -> CityIndex:
    """Return the index of the city that the tables hold."""
    streets = {
        row.id: Street(row.id, row.full_name, row.lat, row.long)
        for row in session.execute(
            select(tables.Street.id, tables.Street.full_name, tables.Street.lat, tables.Street.long)
        )
    }
    aliases = session.execute(select(tables.StreetAlias.street_id, tables.StreetAlias.full_name)).all()
    named = [(s, s.full_name) for s in streets.values()] + [(streets[i], name) for i, name in aliases]
    landmarks = list(_landmarks(session))
    areas = session.scalars(select(tables.Area).order_by(tables.Area.id)).all()
    city = next((area for area in areas if area.kind == "city"), None)
    neighbourhoods = tuple(_area(area) for area in areas if area.kind == "neighbourhood")
    return CityIndex(
        checksum=checksum,
        streets=streets,
        street_names=tuple(dict.fromkeys(name for _, name in named)),
        landmark_names=tuple(dict.fromkeys(name for _, name in landmarks)),
        street_index=StreetIndex(named),
        landmark_index=LandmarkIndex(landmarks),
        city=_area(city) if city else None,
        neighbourhoods=neighbourhoods,
        words=CityWords(
            city=tuple(normalise.words(city.name)) if city else (),
            state=tuple(normalise.words(city.state)) if city else (),
            neighbourhoods=tuple(area.words for area in neighbourhoods),
        ),
    )


def _landmarks(session: Session) -> Iterator[tuple[Landmark, str]]:
    for row in session.scalars(select(tables.Landmark).order_by(tables.Landmark.id)):
        landmark = Landmark(row.name, row.lat, row.long, row.radius)
        for name in (row.name, *json.loads(row.aliases)):
            yield landmark, name


def _area(row: tables.Area) -> Area:
    return Area(row.name, json.loads(row.polygons))
