"""Many residents, drawn from a seed: who, in which language, with what problem, where, on which channel."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from bot.rehearsal import Rehearsal
from dialogues.types import City
from residents.encounter import Encounter, meet
from residents.personas import PERSONAS
from residents.resident import Resident
from residents.wordings import PROBLEMS, Goal, Speaker, Spot, goal

PLACES = 600
TYPOS = (0.0, 0.0, 0.2, 0.5)
"""How often a resident misspells a message: half of them never."""


def crowd(stage: Rehearsal, count: int, seed: int) -> Iterator[Encounter]:
    """Yield how `count` residents fared, one after the other in one office."""
    spots = [Spot(**place) for place in stage.town.places.sample(PLACES, seed)]
    for number in range(count):
        resident = draw(Random(f"{seed}:{number}"), number, spots, stage.town.city)
        address = 100_000 + number if resident.channel == "telegram" else f"+155501{number:05d}"
        yield meet(stage, resident, address)


def draw(any_: Random, number: int, spots: list[Spot], city: City) -> Resident:
    """Make up a resident; personas come by turns, all else by chance."""
    persona = PERSONAS[number % len(PERSONAS)]
    language = persona.language or any_.choice(("en", "en", "es"))
    goals = [_goal(any_, spots, city) for _ in range(persona.several)]
    while len({each.spot for each in goals}) < len(goals) or _overlap(goals):
        goals[-1] = _goal(any_, spots, city)
    other = _goal(any_, spots, city)
    while _overlap([*goals, other]) or any(
        each.spot.metres_to(other.spot.lat, other.spot.long) < 500 for each in goals
    ):
        other = _goal(any_, spots, city)
    speaker = Speaker(any_, language, any_.choice(TYPOS))
    return persona(goals, other, speaker, any_.choice(persona.channels))


def _goal(any_: Random, spots: list[Spot], city: City) -> Goal:
    return goal(any_.choice(sorted(PROBLEMS)), any_.choice(spots), city)


def _overlap(goals: list[Goal]) -> bool:
    """Tell whether two goals could be filed as the same type: nobody would notice the difference."""
    codes = [code for each in goals for code in each.codes]
    return len(set(codes)) < len(codes)
