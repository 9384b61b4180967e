"""One language's phrases of danger, and the rules they compile to.

One phrase a line, in plain lower-case words: no accents, no apostrophes ("isnt"), no commas, "." where a
sentence ends. A line that begins with spaces goes on with the one before it.

    fell/fallen     one of these               line(s)        line or lines; balcon(es)
    a/an?           one of these or nothing    is/are*        any number of these
    out_of          two words as one choice    drown-         any word that begins so
    ..              up to five words           ..2            up to two words
    ^ $             the message's start, end   PERSON         one of the `words` of that name
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from nlu.interpreter import Emergency

READ_AT_MOST = 2_000  # characters
GRAVITY: tuple[Emergency, ...] = ("911", "likely", "urgent")

ANY = r"[^\s.]+ "
LETTERS = 3
WORD = re.compile(rf"(?<= )\S{{1,{LETTERS}}}")


@dataclass(frozen=True, kw_only=True)
class Phrasebook:
    """One language's tables.

    `phrases`: tier, what it is about, whether it counts only while it happens, the phrases.
    `harmless` is blanked first; `past` silences what counts only now, unless `still` is said too.
    `spellings`: how people write it, by the word they mean.
    """

    phrases: tuple[tuple[Emergency, str, bool, str], ...]
    harmless: str
    past: str
    still: str
    spellings: Mapping[str, str]
    words: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Phrases of one tier that begin alike; `now`: only while it is happening."""

    tier: Emergency
    about: str
    pattern: re.Pattern[str]
    now: bool = False


class RuleSet:
    """A phrasebook, compiled."""

    def __init__(self, book: Phrasebook) -> None:
        self._words = book.words
        self._misspelt = {wrong: right for right, wrongs in book.spellings.items() for wrong in wrongs.split()}
        self._harmless = self._compiled(book.harmless)
        self._past = self._compiled(book.past)
        self._still = self._compiled(book.still)
        self._rules = self._indexed(book)

    def check(self, words: list[str]) -> Emergency | None:
        """Return the gravest tier whose phrases these `plain_words` hold."""
        spelt = " ".join([self._misspelt.get(word, word) for word in words])
        said = self._harmless.sub("_ ", f" {spelt} ")
        past = self._past.search(said) is not None and not self._still.search(said)
        tiers: set[Emergency] = set()
        for word in WORD.finditer(said):
            for rule in self._rules.get(word[0], ()):
                if (
                    not (past and rule.now)
                    and rule.tier not in tiers
                    and rule.pattern.match(said, word.start())
                ):
                    if rule.tier == "911":
                        return rule.tier
                    tiers.add(rule.tier)
        return gravest(*tiers)

    def _compiled(self, phrases: str) -> re.Pattern[str]:
        """Return one pattern for phrases in the notation above."""
        lines = ("".join(map(self._step, line)) for line in _lines(phrases))
        return re.compile("(?<= )(?:" + "|".join(lines) + ")")

    def _indexed(self, book: Phrasebook) -> dict[str, list[Rule]]:
        """Return the rules by the first letters of the words they begin with: few are tried at each word."""
        index: dict[str, list[Rule]] = {}
        for tier, about, now, phrases in book.phrases:
            alike: dict[str, list[list[str]]] = {}
            for line in _lines(phrases):
                first = next(
                    i for i, column in enumerate(line, start=1) if column != "^" and column[-1] not in "?*"
                )
                alike.setdefault(" ".join(line[:first]), []).append(line[first:])
            for head, tails in alike.items():
                rest = "|".join("".join(map(self._step, tail)) for tail in tails)
                pattern = re.compile("".join(map(self._step, head.split())) + f"(?:{rest})")
                for letters in {start for column in head.split() for start in self._starts(column)}:
                    index.setdefault(letters, []).append(Rule(tier=tier, about=about, pattern=pattern, now=now))
        return index

    def _starts(self, column: str) -> set[str]:
        """Return the first letters, `LETTERS` of them, of the words that a column may begin with."""
        if column == "^":
            return set()
        starts: set[str] = set()
        for choice in column.rstrip("?*").split("/"):
            word = choice.split("_")[0] or choice
            if word.isupper():
                starts |= self._starts("/".join(self._choices(word)))
                continue
            stem, _, ending = word.rstrip(")").partition("(")
            if stem.endswith("-") and len(stem) <= LETTERS:
                raise ValueError(f"{choice!r} begins too many words")
            starts |= {stem[:LETTERS], (stem + ending)[:LETTERS]}
        return starts

    def _step(self, column: str) -> str:
        """Return the pattern of one column of a phrase, its closing space included."""
        if column == "^":
            return "(?<=^ )"
        if column.startswith(".."):
            return f"(?:{ANY}){{0,{column[2:] or 5}}}?"
        times = column[-1] if len(column) > 1 and column[-1] in "?*" else ""
        choices = column.removesuffix(times).split("/")
        words = [self._choice(choice) + " " for choice in choices if choice != "$"]
        return f"(?:{'|'.join(words + ['$'] * ('$' in choices))}){times}"

    def _choice(self, choice: str) -> str:
        words = re.sub(r"\\\((\w+)\\\)", r"(?:\1)?", re.escape(choice)).replace(r"\-", r"\w*")
        words = words.replace(r"_\.\._", f" (?:{ANY}){{0,5}}?").replace("_", " ")
        return re.sub(
            "[A-Z]+", lambda name: f"(?:{'|'.join(map(self._choice, self._choices(name[0])))})", words
        )

    def _choices(self, name: str) -> list[str]:
        return self._words[name].replace("\n", "").replace(" ", "").split("/")


def plain_words(text: str) -> list[str]:
    """Return lower-case words without accents or drawn-out letters ("fuegooo"), "." where a sentence ends."""
    words = _without_accents(re.sub(r"['’`]", "", text[:READ_AT_MOST].lower()))
    words = re.sub(r"([a-z])\1\1+", r"\1", words)
    words = re.sub(r"[.!?;\n]+", " . ", words)
    return re.sub(r"[^\w.]+", " ", words).split()


def gravest(*tiers: Emergency | None) -> Emergency | None:
    """Return the gravest of several findings."""
    return next((tier for tier in GRAVITY if tier in tiers), None)


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", text))


def _lines(phrases: str) -> list[list[str]]:
    """Return the columns of every phrase."""
    joined = phrases.strip().replace("/\n    ", "/").replace("\n    ", " ")
    return [line.split() for line in joined.splitlines()]
