"""A message as tokens, and the names found among them: what the place grammar works on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from nlu import street_words as words
from nlu.interpreter import MentionKind
from nlu.place_languages import NO_NAMES

TOKEN = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+(?:-\d+)?[a-z]?\b|[^\W\d_]+(?:['’][^\W\d_]+)*|\S", re.IGNORECASE)
RANK = re.compile(r"\d+(?:st|nd|rd|th)")

Certainty = Literal["sure", "weak", "loose"]
"""sure: stands by itself. weak: a name that is also a word. loose: a place only beside another."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign. `norm` is lower case; `name` has one spelling for St., Street and st."""

    start: int
    end: int
    norm: str
    name: str
    capital: bool


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens `first` to `last` (exclusive), characters `start` to `end`."""

    first: int
    last: int
    start: int
    end: int
    kind: MentionKind
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Text:
    """A message taken apart."""

    text: str
    tokens: tuple[Token, ...]

    @classmethod
    def of(cls, text: str) -> Text:
        """Take `text` apart. Where all is in capitals, none is one."""
        shouting = sum(c.isupper() for c in text) > 4 * sum(c.islower() for c in text)
        tokens: list[Token] = []
        for match in TOKEN.finditer(text):
            norm = match[0].lower().replace("'", "").replace("’", "")
            if norm == "." and tokens and len(tokens[-1].norm) <= 4 and tokens[-1].norm != tokens[-1].name:
                continue  # the full stop of an abbreviation
            capital = match[0][0].isupper() and not shouting
            tokens.append(Token(match.start(), match.end(), norm, one_spelling(norm), capital))
        return cls(text, tuple(tokens))

    def norm(self, i: int) -> str:
        """Return the token at `i` in lower case, "" beyond either end."""
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def name(self, first: int, last: int, kind: MentionKind, certainty: Certainty) -> Name:
        """Return the name made of these tokens."""
        return Name(first, last, self.tokens[first].start, self.tokens[last - 1].end, kind, certainty)

    def is_name_word(self, i: int) -> bool:
        """Tell whether the token can be part of a name: "Alden", not "the" and not "busy"."""
        if not 0 <= i < len(self.tokens):
            return False
        token = self.tokens[i]
        if RANK.fullmatch(token.norm):
            return True
        if not token.norm.isalpha() or token.norm in words.FUNCTION_WORDS:
            return False
        return token.capital or not (token.norm in words.DESCRIBING or token.norm in NO_NAMES)

    def opens_a_sentence(self, i: int) -> bool:
        """Tell whether a capital at `i` says nothing, since any word has one there."""
        return i == 0 or self.norm(i - 1) in {".", "!", "?", ":", "-", "*", '"'}

    def run_of_capitals(self, i: int, most: int = 3) -> int:
        """Return where the capitalised name that starts at `i` ends; `i` itself where there is none."""
        last = i
        while last < i + most and self.is_name_word(last) and self.tokens[last].capital:
            last += 1
        return last


def one_spelling(norm: str) -> str:
    """Return "street" for "st", "north" for "n", "5th" for "fifth"."""
    return words.SUFFIXES.get(norm) or words.DIRECTIONS.get(norm) or words.ORDINALS.get(norm) or norm


def with_end(name: Name, other: Name, kind: MentionKind) -> Name:
    """Return one name from the start of the first to the end of the other."""
    return replace(name, last=other.last, end=other.end, kind=kind, certainty="sure")
