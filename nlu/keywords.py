"""Words that name an issue type outright, known before any training."""

from __future__ import annotations

import re
from collections.abc import Mapping

WORD = re.compile(r"[^\W_]+")


def compiled(keywords: Mapping[str, tuple[str, ...]]) -> re.Pattern[str] | None:
    """Return one pattern for every keyword, the longest first; whole words, singular or plural."""
    phrases = {phrase for words in keywords.values() for phrase in map(normal, words) if phrase}
    if not phrases:
        return None
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


def normal(text: str) -> str:
    """Return the words in lower case and the singular, one space between them."""
    return " ".join(_singular(word) for word in WORD.findall(text.lower().replace("'", "").replace("’", "")))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class Keywords:
    """The lexicon's keywords, ready to be looked for."""

    def __init__(self, keywords: Mapping[str, tuple[str, ...]]) -> None:
        self._pattern = compiled(keywords)
        self._codes: dict[str, set[str]] = {}
        for code, words in keywords.items():
            for word in words:
                self._codes.setdefault(normal(word), set()).add(code)

    def find(self, text: str) -> dict[str, int]:
        """Return the service codes that `text` names, each with the letters of its longest keyword."""
        found: dict[str, int] = {}
        if self._pattern is not None:
            for match in self._pattern.finditer(normal(text)):
                for code in self._codes[match[0]]:
                    found[code] = max(found.get(code, 0), len(match[0]))
        return found
