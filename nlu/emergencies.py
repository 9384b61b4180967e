"""The phrases that put the 911 line before anything else, outside any model.

A message is read in three steps: words that only look grave are blanked ("fire hydrant", "this
pothole is killing me"), then every rule is tried, and the gravest that fits wins. Rules marked
`now` do not count where the message tells of the past ("broke into my car last night"). Tiers are
those of `Emergency`; they follow Huntington County (gas), Fort Wayne (power lines) and South Bend
311's KA-04586 (cave-ins). The classifier is the second ear: see `Thresholds`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nlu.emergency_phrases import PHRASES
from nlu.harmless_phrases import HARMLESS, PAST, SPELLINGS, STILL, WORDS
from nlu.interpreter import Emergency

READ_AT_MOST = 2_000  # characters
AHEAD = 4  # labels
GRAVITY: tuple[Emergency, ...] = ("911", "likely", "urgent")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Phrases of one tier that begin alike; `now`: only while it is happening."""

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
    past = PAST_WORDS.search(said) is not None and not STILL_WORDS.search(said)
    tiers: set[Emergency] = set()
    for word in WORD.finditer(said):
        for rule in RULES.get(word[0], ()):
            if not (past and rule.now) and rule.tier not in tiers and rule.pattern.match(said, word.start()):
                if rule.tier == "911":
                    return rule.tier
                tiers.add(rule.tier)
    return gravest(*tiers)


def suspicion(shares: Mapping[str, float]) -> float:
    """Return how probable a model finds an emergency; 0 where it finds `AHEAD` labels or more likelier.

    Of a text that a model makes nothing of, every label gets a little, and danger no more than another.
    """
    likely = shares.get("emergency", 0.0)
    return likely if sum(share > likely for share in shares.values()) < AHEAD else 0.0


def gravest(*tiers: Emergency | None) -> Emergency | None:
    """Return the gravest of several findings."""
    return next((tier for tier in GRAVITY if tier in tiers), None)


def _plain(text: str) -> str:
    """Return lower-case words, one space between them and at the ends, " . " where a sentence ends."""
    words = re.sub(r"['’`]", "", text[:READ_AT_MOST].lower())
    words = re.sub(r"[.!?;\n]+", " . ", words)
    words = re.sub(r"[^\w.]+", " ", words)
    return f" {' '.join([MISSPELT.get(word, word) for word in words.split()])} "


ANY = r"[^\s.]+ "
LETTERS = 3
WORD = re.compile(rf"(?<= )\S{{1,{LETTERS}}}")


def _compiled(phrases: str) -> re.Pattern[str]:
    """Return one pattern for phrases in the notation of `emergency_phrases`."""
    return re.compile("(?<= )(?:" + "|".join("".join(map(_step, line)) for line in _lines(phrases)) + ")")


def _lines(phrases: str) -> list[list[str]]:
    """Return the columns of every phrase."""
    joined = phrases.strip().replace("/\n    ", "/").replace("\n    ", " ")
    return [line.split() for line in joined.splitlines()]


def _indexed() -> dict[str, list[Rule]]:
    """Return the rules by the first letters of the words they begin with: few are tried at each word."""
    index: dict[str, list[Rule]] = {}
    for tier, about, now, phrases in PHRASES:
        alike: dict[str, list[list[str]]] = {}
        for line in _lines(phrases):
            first = next(
                i for i, column in enumerate(line, start=1) if column != "^" and column[-1] not in "?*"
            )
            alike.setdefault(" ".join(line[:first]), []).append(line[first:])
        for head, tails in alike.items():
            rest = "|".join("".join(map(_step, tail)) for tail in tails)
            pattern = re.compile("".join(map(_step, head.split())) + f"(?:{rest})")
            for letters in {start for column in head.split() for start in _starts(column)}:
                index.setdefault(letters, []).append(Rule(tier=tier, about=about, pattern=pattern, now=now))
    return index


def _starts(column: str) -> set[str]:
    """Return the first letters, `LETTERS` of them, of the words that a column may begin with."""
    if column == "^":
        return set()
    starts: set[str] = set()
    for choice in column.rstrip("?*").split("/"):
        word = choice.split("_")[0] or choice
        if word.isupper():
            starts |= _starts(WORDS[word].replace("\n", "").replace(" ", ""))
            continue
        plain = word.removesuffix("(s)")
        if plain.endswith("-") and len(plain) <= LETTERS:
            raise ValueError(f"{choice!r} begins too many words")
        starts.add(plain[:LETTERS])
        if plain != word:
            starts.add((plain + "s")[:LETTERS])
    return starts


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
    words = re.escape(choice).replace(r"\(s\)", "s?").replace(r"\-", r"\w*")
    words = words.replace(r"_\.\._", f" (?:{ANY}){{0,5}}?").replace("_", " ")
    return re.sub("[A-Z]+", lambda name: f"(?:{_words(name[0])})", words)


def _words(name: str) -> str:
    return "|".join(map(_choice, WORDS[name].replace("\n", "").replace(" ", "").split("/")))


MISSPELT = {wrong: right for right, spellings in SPELLINGS.items() for wrong in spellings.split()}
HARMLESS_WORDS = _compiled(HARMLESS)
PAST_WORDS = _compiled(PAST)
STILL_WORDS = _compiled(STILL)
RULES = _indexed()
