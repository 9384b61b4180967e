"""The phrases that put the 911 line before anything else, outside any model.

Every language's rules read every message, whatever language the conversation is in: a resident may write
either, or both. Each set reads in three steps: words that only look grave are blanked ("fire hydrant",
"this pothole is killing me"), then every rule is tried, and the gravest that fits wins. Rules marked
`now` do not count where the message tells of the past ("broke into my car last night"). Tiers are
those of `Emergency`; they follow Huntington County (gas), Fort Wayne (power lines) and South Bend
311's KA-04586 (cave-ins). The classifier is the second ear: see `Thresholds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from nlu.emergency_phrases import PHRASEBOOKS
from nlu.interpreter import Emergency
from nlu.phrasebook import RuleSet, gravest, plain_words

__all__ = ["Thresholds", "check", "gravest", "rule_sets", "suspicion"]

AHEAD = 4  # labels


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """How probable the classifier's `emergency` must be for a message to be sure, or likely, to be one."""

    sure: float
    likely: float


@cache
def rule_sets() -> tuple[RuleSet, ...]:
    """Return every language's rules, compiled at the first call: that takes a second or more.

    A command that reads no message need not wait for it; `Reader` asks for them before its first one.
    """
    return tuple(RuleSet(book) for book in PHRASEBOOKS)


def check(text: str) -> Emergency | None:
    """Return the gravest tier whose phrases `text` holds; fast enough for every message."""
    words = plain_words(text)
    return gravest(*(rules.check(words) for rules in rule_sets()))


def suspicion(shares: Mapping[str, float]) -> float:
    """Return how probable a model finds an emergency; 0 where it finds `AHEAD` labels or more likelier.

    Of a text that a model makes nothing of, every label gets a little, and danger no more than another.
    """
    likely = shares.get("emergency", 0.0)
    return likely if sum(share > likely for share in shares.values()) < AHEAD else 0.0
