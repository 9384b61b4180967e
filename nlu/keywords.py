"""Words that name an issue type outright, known before any training."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from nlu.command_words import unaccented

WORD = re.compile(r"[^\W_]+")
SPANISH_STEM = re.compile(r"[aeiou][lnrdj]e$")


Spelling = Callable[[str], str]
"""What makes one of a word's singular and plural."""


def compiled(keywords: Mapping[str, tuple[str, ...]], singular: Spelling) -> re.Pattern[str] | None:
    """Return one pattern for every keyword, the longest first; whole words, singular or plural."""
    phrases = {normal(phrase, singular) for words in keywords.values() for phrase in words} - {""}
    if not phrases:
        return None
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


def normal(text: str, singular: Spelling) -> str:
    """Return the words in lower case and the singular, without accents, one space between them."""
    plain = unaccented(text.lower()).replace("'", "").replace("’", "")
    return " ".join(map(singular, WORD.findall(plain)))


def _english(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _spanish(word: str) -> str:
    """Return "bache" for "baches", "luz" for "luces", "arbol" for "arboles"; "drenaje" loses its e too."""
    if len(word) > 4 and word.endswith("ces"):
        return word[:-3] + "z"
    if len(word) > 3 and word.endswith("s"):
        word = word[:-1]
    return word[:-1] if len(word) > 4 and SPANISH_STEM.search(word) else word


SINGULARS: tuple[Spelling, ...] = (_english, _spanish)


class Keywords:
    """The lexicon's keywords, ready to be looked for in the plurals of every language."""

    def __init__(self, keywords: Mapping[str, tuple[str, ...]]) -> None:
        self._patterns = [(singular, compiled(keywords, singular)) for singular in SINGULARS]
        self._codes: dict[str, set[str]] = {}
        for singular in SINGULARS:
            for code, words in keywords.items():
                for word in words:
                    self._codes.setdefault(normal(word, singular), set()).add(code)

    def find(self, text: str) -> dict[str, int]:
        """Return the service codes that `text` names, each with the letters of its longest keyword."""
        found: dict[str, int] = {}
        for singular, pattern in self._patterns:
            for match in pattern.finditer(normal(text, singular)) if pattern else ():
                for code in self._codes[match[0]]:
                    found[code] = max(found.get(code, 0), len(match[0]))
        return found
