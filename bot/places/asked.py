"""The town and the ZIP code that were written behind a place."""

from __future__ import annotations

from dataclasses import dataclass

from bot.places import normalise
from bot.places.normalise import Words
from bot.places.streets import Scored, Street, uncontradicted
from bot.places.towns import same_town

ELSEWHERE = 0.85  # what is left of a score in another town or ZIP code than was asked for


@dataclass(frozen=True)
class Asked:
    """A town or neighbourhood and a ZIP code, as far as they were written."""

    town: Words = ()
    zipcode: str = ""

    def or_else(self, other: Asked) -> Asked:
        """Return these, completed by the other's."""
        return Asked(self.town or other.town, self.zipcode or other.zipcode)

    def in_town(self, streets: Scored) -> Scored:
        """Return the streets that agree best with what was asked: by town, by suffix and by directional."""
        return uncontradicted({
            street: score if self._has(street) else score * ELSEWHERE for street, score in streets.items()
        })  # fmt: skip

    def _has(self, street: Street) -> bool:
        return not (self.town and street.community) or same_town(
            self.town, tuple(normalise.words(street.community))
        )
