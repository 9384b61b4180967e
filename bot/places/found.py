"""A candidate, and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.places.geometry import LatLong
from bot.places.streets import Street
from dialogues.types import Precision

COARSER = 0.5  # the street, where something on it was asked for


@dataclass(frozen=True)
class Found:
    """One candidate. `score` is how sure we are of it, 0 to 1; `town` and `zipcode` where we know them.

    `ends` are those of a stretch, of which latitude and longitude are the middle.
    """

    address_string: str
    lat: float
    long: float
    precision: Precision
    score: float
    zipcode: str = ""
    town: str = ""
    ends: tuple[LatLong, ...] = ()


def on_street(street: Street, score: float) -> Found:
    """Return the street itself, which is coarser than a door or a corner of it."""
    return Found(street.full_name, street.lat, street.long, "street", score, town=street.community)
