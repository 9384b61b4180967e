"""Which of the served languages a message is written in: naive Bayes, learnt from the training data of each.

On held-out examples it is right as often as py3langid restricted to the same languages, and more often on a
word or two, for a twentieth of the memory (docs/adr/0010): it has seen how people write to a city.
"""

from __future__ import annotations

import itertools
import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+")
WORDS = 60  # of a message are read
LETTERS = 4  # of a word at most, side by side
LEAST = 3  # times a piece was seen before it says anything
UNSEEN = 0.5
SURE = 2.0  # how much likelier, as a logarithm, one language has to be than the next,
SURE_OF_FEW = 8.0  # and where there are few words, so many at most:
SHORT = 4
FEW = 2  # words, or fewer, leave a language in place: "no", "ok", "main st"
NAME = "languages.json"
CLAUSE = re.compile(r"[,.;:!?\n]+|\b(?:but|pero|solo|only)\b")
NEGATIONS = frozenset({"no", "not", "dont", "doesnt", "cant", "cannot", "never", "poco", "nada", "ni", "sin"})
# An address is in no language: "bache en 500 Main St" is Spanish. So is what bears a name with its kind.
_KINDS = "st|str|street|ave|av|avenue|blvd|rd|road|dr|drive|ln|lane|ct|court|pl|place|way|pkwy|hwy"
ADDRESS = re.compile(
    rf"\b\d+\w{{0,2}}\s+(?:[\w']+\s+){{0,2}}?(?i:{_KINDS})\b|\b(?:[A-Z]\w+\s+){{1,2}}(?:(?i:{_KINDS})|Park|Bridge)\b"
)
# Scripts that write no spaces: there one "word" says enough.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def pieces(text: str) -> Iterable[str]:
    """Yield the words of a text and their parts, their ends marked."""
    for word in WORD.findall(text.lower())[:WORDS]:
        marked = f" {word[:20]} "
        yield marked
        for size in range(1, LETTERS + 1):
            for start in range(len(marked) - size + 1):
                yield marked[start : start + size]


@dataclass(frozen=True)
class Languages:
    """The languages served, the city's own first. `weights` says of each piece how likely each makes it."""

    names: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]

    def detect(self, text: str, known: str | None = None) -> str:
        """Return the language of `text`; where it leaves that open, the one `known`, else the city's own."""
        usual = known if known in self.names else self.names[0]
        words = len(WORD.findall(text)) if not UNSPACED.search(text) else SHORT + 1
        few, short = words <= FEW, words <= SHORT
        if len(self.names) == 1 or (known and few):
            return usual
        scores = [0.0] * len(self.names)
        for piece in pieces(ADDRESS.sub(" ", text)):
            for number, weight in enumerate(self.weights.get(piece, ())):
                scores[number] += weight
        best, second = sorted(scores, reverse=True)[:2]
        return self.names[scores.index(best)] if best - second >= (SURE_OF_FEW if short else SURE) else usual

    def asked(self, text: str, written: str) -> str:
        """Return the language served that `text` asks for by name; "" where it asks for none, or for several.

        "No hablo ingles" asks for the one it is `written` in.
        """
        names = _names(self.names)
        wanted: set[str] = set()
        unwanted: set[str] = set()
        for clause in CLAUSE.split(folded(text).replace("'", "")):
            words = WORD.findall(clause)
            named = {names[word] for word in words if word in names}
            (wanted if NEGATIONS.isdisjoint(words) else unwanted).update(named)
        if len(wanted) == 1:
            return wanted.pop()
        return written if unwanted and not wanted and written not in unwanted else ""

    def only(self, served: tuple[str, ...]) -> Languages:
        """Return those of the languages that are `served`, in that order; all of them where that says none."""
        names = tuple(name for name in served if name in self.names) or self.names
        order = [self.names.index(name) for name in names]
        return Languages(names, {piece: tuple(each[i] for i in order) for piece, each in self.weights.items()})

    def save(self, folder: Path) -> None:
        """Write it into `folder`."""
        (folder / NAME).write_text(json.dumps([self.names, self.weights], ensure_ascii=False), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> Languages:
        """Read what `save` wrote; raises OSError or ValueError on anything else."""
        names, weights = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return cls(tuple(names), {piece: tuple(each) for piece, each in weights.items()})


def folded(text: str) -> str:
    """Return `text` in lower case and without accents."""
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def _names(languages: tuple[str, ...]) -> Mapping[str, str]:
    """Return what each language is called in each of them: {"spanish": "es", "espanol": "es"}."""
    from babel import Locale, UnknownLocaleError  # Rasa's environment, which trains with this module, has none

    named = {}
    for each, other in itertools.product(languages, repeat=2):
        try:
            name = Locale.parse(each).get_display_name(other)
        except (UnknownLocaleError, ValueError):
            continue  # an id of our own making: asked for by nobody by name
        if name:
            named[folded(name)] = each
    return named


def learn(texts: Mapping[str, Iterable[str]]) -> Languages:
    """Return the languages as `texts` of each are written."""
    names = tuple(texts)
    if len(names) == 1:
        return Languages(names, {})
    seen = [Counter(piece for text in texts[name] for piece in pieces(text)) for name in names]
    known = {piece for counter in seen for piece in counter}
    totals = [counter.total() + UNSEEN * len(known) for counter in seen]

    def weight(piece: str, number: int) -> float:
        return math.log((seen[number][piece] + UNSEEN) / totals[number])

    weights = {}
    for piece in sorted(known):
        if sum(counter[piece] for counter in seen) >= LEAST:
            raw = [weight(piece, number) for number in range(len(names))]
            weights[piece] = tuple(round(each - max(raw), 2) for each in raw)
    return Languages(names, weights)
