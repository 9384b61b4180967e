"""What a language has to say of places: the table that each of them fills in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


def words_of(text: str) -> frozenset[str]:
    """Return the words of `text`."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Turn:
    """A wording that is put otherwise as a whole. Its groups fill `english`; one named "rank..." as "5th"."""

    pattern: re.Pattern[str]
    english: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """One language's words, all in lower case and without accents."""

    phrases: Mapping[str, str]
    """What stands around names, and what says the same in English."""
    turns: tuple[Turn, ...]
    """What takes more than a phrase, such as numbers; the first that fits counts, before any phrase."""
    ranks: Mapping[str, str]
    """Ordinals in words: "quinta" is "5th"."""
    articles: frozenset[str]
    """Words that open names as well: "La Salle St"."""
    types: Mapping[str, str]
    """What stands before a street's name and the suffix it means: "avenida", "avenue"."""
    landmarks: Mapping[str, str]
    """What stands before a landmark's name and the noun it means: "biblioteca", "library"."""
    no_names: frozenset[str]
    """Words that are never a name where they have no capital."""
    no_name_endings: tuple[str, ...]
    """What such words end in: "congelada"."""
    counted: frozenset[str]
    """What people count: "2 semanas" is no address."""
