"""What residents want and how they put it: pools of words in both languages, places, misspellings."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bot.places import geometry
from dialogues.catalogue import LOCALES, translate
from dialogues.types import City

DATA = Path(__file__).parent.parent / "data"
PROBLEMS: dict[str, dict[str, Any]] = yaml.safe_load((DATA / "residents_problems.yml").read_text("utf-8"))
PHRASES: dict[str, dict[str, Any]] = yaml.safe_load((DATA / "residents_phrases.yml").read_text("utf-8"))
LANGUAGES = ("en", "es")
NEAR = 150
"""Metres from where they mean within which a crew finds it."""


@dataclass(frozen=True)
class Spot:
    """A place that a resident means: as `bot.places` samples it."""

    kind: str
    text: str
    address_string: str
    lat: float
    long: float

    def is_at(self, lat: float | None, long: float | None, address_string: str) -> bool:
        """Tell whether a place on file is the one meant."""
        if address_string.casefold() == self.address_string.casefold():
            return True
        return lat is not None and long is not None and self.metres_to(lat, long) <= NEAR

    def metres_to(self, lat: float, long: float) -> float:
        return geometry.distance((self.lat, self.long), (lat, long))

    def is_named_in(self, text: str) -> bool:
        """Tell whether somebody who reads `text` would say that it names this place."""
        return all(plain(part) in plain(text) for part in self.address_string.split(" & "))


@dataclass(frozen=True)
class Goal:
    """One problem at one place. `codes` are the types right for it, `names` theirs in all languages."""

    service_code: str
    codes: frozenset[str]
    names: tuple[str, ...]
    spot: Spot

    def is_named_in(self, text: str) -> bool:
        """Tell whether somebody who reads `text` would say that it names this problem."""
        return any(plain(name) in plain(text) for name in self.names)


def plain(text: str) -> str:
    """Return the text as the eye reads it: small, and without the accents that SMS drops."""
    return "".join(
        each for each in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(each)
    )


def goal(service_code: str, spot: Spot, city: City) -> Goal:
    codes = frozenset({service_code, *PROBLEMS[service_code].get("also", ())})
    english = [city.services[code].service_name for code in sorted(codes)]
    names = {translate("service", name, language, LOCALES) for name in english for language in LANGUAGES}
    return Goal(service_code, codes, tuple(sorted(names)), spot)


class Speaker:
    """Puts things into words, as one person would. A language of "mixed" is both by turns."""

    def __init__(self, any_: Random, language: str, typos: float) -> None:
        self.any = any_
        self.language = language
        self._typos = typos

    def say(self, key: str, goal: Goal | None = None, **words: str) -> str:
        """Return one of the phrases of that name, filled with the words of a goal where they are asked for."""
        language = self._tongue()
        phrase = self.any.choice(PHRASES[language][key])
        return self._filled(phrase, language, goal, words)

    def mixed(self, goal: Goal) -> str:
        """Return a report with words of both languages in one sentence."""
        phrase = self.any.choice(PHRASES["mixed"]["report"])
        return self._filled(phrase, self._tongue(), goal, {})

    def where(self, spot: Spot, *, careful: bool = False) -> str:
        """Return a place without a preposition; `careful` as it is written on a map."""
        if careful:
            return spot.address_string
        first, _, second = spot.address_string.partition(" & ")
        if not second:
            return self._misspelt(self.any.choice((spot.text, spot.address_string)), self._typos / 3)
        if self.any.random() < 0.5:
            first, second = (name.rpartition(" ")[0] or name for name in (first, second))
        corner: str = self.any.choice(PHRASES[self._tongue()]["corner"]).format(first=first, second=second)
        return corner.lower() if self.any.random() < 0.5 else corner

    def _tongue(self) -> str:
        return self.any.choice(LANGUAGES) if self.language == "mixed" else self.language

    def _filled(self, phrase: str, language: str, goal: Goal | None, words: dict[str, str]) -> str:
        if goal is not None:
            said = PROBLEMS[goal.service_code][language]
            preposition = self.any.choice(PHRASES[language]["places"][goal.spot.kind])
            where = self.where(goal.spot)
            words = {
                "problem": self._misspelt(self.any.choice(said["says"]), self._typos),
                "name": said["name"],
                "more": self.any.choice(said["more"]),
                "where": where,
                "place": preposition.format(where=where),
            } | words
        return str(phrase).format(**words)

    def _misspelt(self, text: str, chance: float) -> str:
        """Return the text with two letters swapped, one dropped or one doubled in one of its longer words."""
        words = text.split(" ")
        long = [n for n, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
        if not long or self.any.random() >= chance:
            return text
        number = self.any.choice(long)
        word, at = words[number], self.any.randrange(1, len(words[number]) - 2)
        words[number] = self.any.choice(
            (
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
            )
        )
        return " ".join(words)
