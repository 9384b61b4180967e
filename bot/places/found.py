"""A candidate, and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.places.streets import Street
from dialogues.types import Precision

COARSER = 0.5  # the street, where something on it was asked for


@dataclass(frozen=True)
class Found:
    """One candidate. `score` is how sure we are of it, 0 to 1; `town` and `zipcode` where we know them."""

    address_string: str
    lat: float
    long: float
    precision: Precision
    score: float
    zipcode: str = ""
    town: str = ""


def on_street(street: Street, score: float) -> Found:
    """Return the street itself, which is coarser than a door or a corner of it."""
    return Found(street.full_name, street.lat, street.long, "street", score, town=street.community)
