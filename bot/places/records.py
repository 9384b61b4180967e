"""What a city's files are turned into: neutral records, whatever format and columns they came in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from bot.places.geometry import Line, Polygon

EXAMPLES = 3  # rows named of each reason


class CityDataError(Exception):
    """The city's files can't be read; the message names the file and what is wrong with it."""


class Unusable(Exception):
    """One row says nothing that we can use; the message is the reason, and the same for all such rows."""


class Door(NamedTuple):
    """An address point. `community` is the town of its postal address, where it is known."""

    number: int
    street: str
    lat: float
    long: float
    unit: str = ""
    community: str = ""
    zipcode: str = ""


class Node(NamedTuple):
    """A point that streets share, by an id of the data's own: where two have it, they meet."""

    id: int
    lat: float
    long: float


class Centreline(NamedTuple):
    """A street or a part of one. `nodes` are all points where it meets others; None: nobody knows.

    `whole`: it is all of the street, and another one of the name is another street.
    """

    name: str
    lines: Sequence[Line]
    aliases: Sequence[str] = ()
    community: str = ""
    nodes: Sequence[Node] | None = None
    whole: bool = False


class Corner(NamedTuple):
    """A point where two streets meet, by their names; `communities` are theirs, where they are known."""

    streets: tuple[str, str]
    lat: float
    long: float
    communities: tuple[str, str] = ("", "")


class Mark(NamedTuple):
    """A landmark; `radius` is how far it reaches in metres."""

    name: str
    kind: str
    lat: float
    long: float
    radius: int
    aliases: Sequence[str] = ()


class Region(NamedTuple):
    """The city itself or a neighbourhood."""

    kind: Literal["city", "neighbourhood"]
    name: str
    polygons: Sequence[Polygon]
    state: str = ""


Record: TypeAlias = Door | Centreline | Corner | Mark | Region


@dataclass
class Skipped:
    """The rows that were left out: how many for which reason, and where the first of them stand."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, reason: str, where: str, count: int = 1) -> None:
        """Note that `count` rows were left out, the first of them at `where`."""
        self.counts[reason] += count
        if len(self.examples[reason]) < EXAMPLES:
            self.examples[reason].append(where)
