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

from nlu.emergency_phrases import PHRASES
from nlu.harmless_phrases import HARMLESS, PAST, SPELLINGS, WORDS
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
    said = HARMLESS_WORDS.sub("_ ", _plain(text))
    past = PAST_WORDS.search(said) is not None
    tiers = {rule.tier for rule in RULES if not (past and rule.now) and rule.pattern.search(said)}
    return next((tier for tier in GRAVITY if tier in tiers), None)


def gravest(*tiers: Emergency | None) -> Emergency | None:
    """Return the gravest of several findings."""
    return next((tier for tier in GRAVITY if tier in tiers), None)


def _plain(text: str) -> str:
    """Return lower-case words, one space between them and at the ends, " . " where a sentence ends."""
    words = re.sub(r"['’`]", "", text[:READ_AT_MOST].lower())
    words = re.sub(r"[.!?;\n]+", " . ", words)
    words = re.sub(r"[^\w.]+", " ", words)
    for pattern, right in MISSPELT:
        words = pattern.sub(right, words)
    return f" {' '.join(words.split())} "


ANY = r"[^\s.]+ "


def _compiled(phrases: str) -> re.Pattern[str]:
    """Return one pattern for phrases in the notation of `emergency_phrases`."""
    lines = phrases.strip().replace("/\n    ", "/").replace("\n    ", " ").splitlines()
    return re.compile("(?<= )(?:" + "|".join("".join(map(_step, line.split())) for line in lines) + ")")


def _step(token: str) -> str:
    """Return the pattern of one column of a phrase, its closing space included."""
    if token in ("^", "$"):
        return {"^": "(?<=^ )", "$": "$"}[token]
    if token.startswith(".."):
        return f"(?:{ANY}){{0,{token[2:] or 5}}}?"
    times = token[-1] if len(token) > 1 and token[-1] in "?*" else ""
    choices = "|".join(map(_choice, token.removesuffix(times).split("/")))
    return f"(?:(?:{choices}) ){times}"


def _choice(choice: str) -> str:
    if choice in WORDS:
        return "|".join(map(_choice, WORDS[choice].replace("\n", "").replace(" ", "").split("/")))
    words = re.escape(choice).replace(r"\(s\)", "s?").replace(r"\-", r"\w*")
    return words.replace(r"_\.\._", f" (?:{ANY}){{0,5}}?").replace("_", " ")


MISSPELT = [(re.compile(rf"\b(?:{wrong})\b"), right) for wrong, right in SPELLINGS.items()]
HARMLESS_WORDS = _compiled(HARMLESS)
PAST_WORDS = _compiled(PAST)
RULES = tuple(
    Rule(tier=tier, about=about, pattern=_compiled(phrases), now=now) for tier, about, now, phrases in PHRASES
)
