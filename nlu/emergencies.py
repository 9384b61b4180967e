"""The phrases that put the 911 line before anything else, outside any model.

A message is read in three steps: words that only look grave are blanked ("fire hydrant", "this
pothole is killing me"), then every rule is tried, and the gravest that fits wins. Rules marked
`now` do not count where the message tells of the past ("broke into my car last night"). Tiers are
those of `Emergency`; they follow Huntington County (gas), Fort Wayne (power lines) and South Bend
311's KA-04586 (cave-ins). The classifier is the second ear: see `Thresholds`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.emergency_phrases import HARMLESS, PAST, PHRASES, SPELLINGS
from nlu.interpreter import Emergency

READ_AT_MOST = 2_000  # characters
GRAVITY: tuple[Emergency, ...] = ("911", "likely", "urgent")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Phrases of one tier; `now`: only while it is happening."""

    tier: Emergency
    about: str
    pattern: re.Pattern[str]
    now: bool = False


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """How probable the classifier's `emergency` must be for a message to be sure, or likely, to be one."""

    sure: float
    likely: float


def check(text: str) -> Emergency | None:
    """Return the gravest tier whose phrases `text` holds; fast enough for every message."""
    said = HARMLESS_WORDS.sub(" _ ", _plain(text))
    past = PAST_WORDS.search(said) is not None
    tiers = {rule.tier for rule in RULES if not (past and rule.now) and rule.pattern.search(said)}
    return next((tier for tier in GRAVITY if tier in tiers), None)


def gravest(*tiers: Emergency | None) -> Emergency | None:
    """Return the gravest of several findings."""
    return next((tier for tier in GRAVITY if tier in tiers), None)


def _plain(text: str) -> str:
    """Return lower-case words, one space between them, " . " where a sentence ends."""
    words = re.sub(r"['’`]", "", text[:READ_AT_MOST].lower())
    words = re.sub(r"[.!?;\n]+", " . ", words)
    words = re.sub(r"[^\w.]+", " ", words)
    for wrong, right in SPELLINGS.items():
        words = re.sub(rf"\b(?:{wrong})\b", right, words)
    return f" {' '.join(words.split())} "


def _compiled(phrases: str) -> re.Pattern[str]:
    """Return one pattern for phrases written one a line: ".." is up to five words, PERSON anybody."""
    lines = [" ".join(line.split()) for line in phrases.strip().splitlines() if line.strip()]
    return re.compile("|".join(_expanded(line) for line in lines))


def _expanded(line: str) -> str:
    for name, words in WORD_LISTS.items():
        line = line.replace(name, f"(?:{words})")
    words = line.replace(" .. ", r" (?:[^\s.]+ ){0,5}?")
    return words if line.startswith("^") else rf"\b(?:{words})(?!\w)"


WORD_LISTS = {
    "PERSON": (
        r"someone|somebody|person|people|folks|man|men|woman|women|guy|guys|girl|boy|lady|lad|kid|kids|child|"
        r"children|baby|toddler|infant|bloke|fella|teen|teenager|driver|passenger|cyclist|biker|motorcyclist|"
        r"pedestrian|worker|swimmer|jogger|student|neighbor|neighbour|friend|mom|mum|dad|mother|father|son|"
        r"daughter|brother|sister|wife|husband|grandma|grandpa|grandmother|grandfather|nan|aunt|uncle|cousin|"
        r"boyfriend|girlfriend|partner|roommate|old man|he|she|hes|shes|they|theyre|im|i am|we|were|ive"
    ),
    "HOME": r"house|home|apartment|flat|building|garage|basement|kitchen|bedroom|door|window|store|shop|room",
    "VEHICLE": r"car|cars|truck|van|bus|suv|lorry|taxi|motorbike|motorcycle|minivan|vehicle|train|tram|tanker",
    "WATER": r"water|river|lake|canal|pond|sea|ocean|creek|reservoir|harbor|harbour|pool|stream|bay",
    "WIRE": r"power lines?|power cables?|power wires?|electric lines?|electric wires?|electrical wires?|"
    r"electric cables?|electrical lines?|high voltage (?:wire|line|cable)s?|live wires?|"
    r"downed (?:line|wire|cable)s?",
    "CORD": r"wires?|cables?|lines?",
    "BEING": r"is|are|was|has been|have been|have|has|just|got|just got|is being|being",
}
HARMLESS_WORDS = _compiled(HARMLESS)
PAST_WORDS = _compiled(PAST)
RULES = tuple(
    Rule(tier=tier, about=about, pattern=_compiled(phrases), now=now) for tier, about, now, phrases in PHRASES
)
