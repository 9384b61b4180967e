"""What a text says in answer to a service's questions: a value by its words, a measure by a pattern."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from dialogues.catalogue import in_other_languages
from dialogues.types import Attribute

_COUNTED = (
    "one un una uno|two dos|three tres|four cuatro|five cinco|"
    "six seis|seven siete|eight ocho|nine nueve|ten diez"
)
COUNTS = {word: str(n) for n, words in enumerate(_COUNTED.split("|"), start=1) for word in words.split()}
COUNTS |= {"a": "1", "an": "1"}

_ONE = rf"(?:\d+(?:[.,/]\d+)?|\b(?:{'|'.join(sorted(COUNTS, key=len, reverse=True))})\b)"
_SOME = (
    rf"(?:(?:half(?:\ of)?\ (?:an?)|half|medio|media|(?:a\ )?couple(?:\ of)?|a\ few|several|un\ par\ de|varios|"
    rf"varias|unos|unas)\b|{_ONE}(?:\ ?(?:-|to|or|a|o)\ ?{_ONE})?(?:\ and\ a\ half)?)"
)
_LENGTHS = (
    r"(?:inch(?:es)?|in|foot|feet|ft|yards?|yd|meters?|metres?|cm|centimeters?|pulgadas?|pies?|metros?|"
    r"centimetros?)\b|[\"'](?!\w)"
)
_TIMES = (
    r"(?:minutes?|hours?|hrs?|days?|weeks?|months?|years?|nights?|minutos?|horas?|dias?|semanas?|mes(?:es)?|"
    r"anos?|noches?)\b"
)
_HALF_MORE = r"(?:\ (?:and\ a\ half|y\ medi[oa])\b)?"
_WORD = r"[\w'&/#.-]*[\w&]"
_ENDS = r"(?:and|but|on|at|in|near|by|is|it|y|e|en|con|pero|por|cerca|que)\b"

PLACEHOLDERS = {
    "length": rf"{_SOME}\ ?-?(?:{_LENGTHS}){_HALF_MORE}",
    "time": rf"{_SOME}\ ?(?:{_TIMES}){_HALF_MORE}",
    "number": _ONE,
    "code": r"(?=[\w-]*\d)[a-z\d]+(?:-[a-z\d]+)*|[a-z]{2,4}\ \d{2,4}\b",
    "words": rf"(?!{_ENDS}){_WORD}(?:\ (?!{_ENDS}){_WORD}){{0,3}}",
}
"""What may stand in braces in a question's `said_as`, and the text it stands for."""

PLACEHOLDER = re.compile(r"\{(\w*)\}")

MEASURES = ("length", "time", "number")

# "Not in the bike lane", "it isn't a foot deep", "no está en el carril": only small words stand between. A verb
# of doing ends the denial: what was "not picked up" is recycling all the same. English "no" opens an answer
# ("no its in the bike lane"); it denies only what follows at once, or Spanish verbs of being and touching.
_BEING = r"es|esta|estan|estaba|son|fue|era|hay|bloquea|tapa|tiene|toca"
_SMALL = (
    r"in|on|at|by|of|near|from|about|a|an|the|my|any|very|really|even|exactly|be|been|seem|seems|seemed|look|looks|"
    r"blocking|touching|covering|being|showing|en|el|la|los|las|un|una|unos|unas|de|muy|tan|nada|se|ve|parece|al"
)
_BETWEEN = rf"(?:\s+(?:{_SMALL}|{_BEING})\b)"
_DENIED = re.compile(
    rf"(?:\b(?:not|never|nor|neither|without|cannot|nunca|tampoco|ni|sin|\w+n't|isnt|aint|wasnt|doesnt|dont|"
    rf"didnt){_BETWEEN}{{0,4}}"
    r"|\b(?:not\ sure|don't\ know|dont\ know|idk|no\ se\ (?:si|cual|donde)|no\ estoy\ segur[oa])"
    r"(?:\s+[\w']+){0,7}"
    rf"|\bno(?:\s+(?:{_BEING}){_BETWEEN}{{0,3}})?)\s+$"
)

DONT_KNOW = re.compile(
    r"(?:sorry[, ]*|um+ )?(?:i (?:do not|don't|dont) know|(?:i have )?no (?:idea|clue)|idk|dunno|"
    r"(?:i'm |im )?not sure|can't tell|cant tell|hard to (?:say|tell)|"
    r"ni idea|(?:la verdad )?no (?:lo )?se|no estoy segur[oa]|quien sabe)[\s.!]*"
)


def fold(text: str) -> str:
    """Return the text in small letters without accents, character by character: positions stay."""
    composed = unicodedata.normalize("NFC", text).replace("’", "'")
    return "".join(unicodedata.normalize("NFD", sign)[0].lower()[:1] or sign for sign in composed)


def read(question: Attribute, text: str) -> str:
    """Return the answer that stands in `text`, as stored; "" where none does, or several do."""
    plain = fold(text)
    if question.values:
        named = _named(question, plain)
        return named[0] if len(named) == 1 else ""
    for pattern in question.said_as:
        for match in _compiled(pattern).finditer(plain):
            if not _denied(plain, match.start()):
                return _kept(question, unicodedata.normalize("NFC", text)[slice(*match.span("answer"))])
    return ""


def says(text: str, phrase: str) -> bool:
    """Tell whether a text has a phrase in it, as whole words, accents or not, and does not deny it."""
    plain = fold(text)
    return any(not _denied(plain, match.start()) for match in _phrase(phrase).finditer(plain))


def measure(question: Attribute, text: str) -> str:
    """Return the bare measure ("2 feet") that answers a question asked outright; "" where there is none."""
    for kind in measured_in(question):
        if match := re.search(rf"(?<!\w)(?:{PLACEHOLDERS[kind]})", fold(text)):
            return _kept(question, unicodedata.normalize("NFC", text)[slice(*match.span())])
    return ""


def measured_in(question: Attribute) -> tuple[str, ...]:
    """Return the kinds of measure that a question without a list is answered by; none where by words."""
    if question.datatype == "number":
        return ("number",)
    kinds = {kind for pattern in question.said_as for kind in PLACEHOLDER.findall(pattern)}
    return tuple(kind for kind in MEASURES if kind in kinds)


def _kept(question: Attribute, said: str) -> str:
    if question.datatype != "number":
        return " ".join(said.split())
    number = re.search(_ONE, fold(said))
    return COUNTS.get(number[0], number[0].replace(",", ".")) if number else ""


def _named(question: Attribute, plain: str) -> list[str]:
    """Return the keys of the values that `plain` names. A longer phrase outdoes one within it:
    "bike lane" is no "lane"."""
    spans = [(match.span(), key) for key, match in _mentions(question, plain)]
    outdone = [
        (span, key)
        for span, key in spans
        if any(other != key and start <= span[0] and span[1] <= end and end - start > span[1] - span[0]
               for (start, end), other in spans)
    ]  # fmt: skip
    return list(
        dict.fromkeys(key for span, key in spans if (span, key) not in outdone and not _denied(plain, span[0]))
    )


def _mentions(question: Attribute, plain: str) -> Iterator[tuple[str, re.Match[str]]]:
    for value in question.values:
        for phrase in (value.name, *in_other_languages("answer", value.name), *value.said_as):
            for match in _phrase(phrase).finditer(plain):
                yield value.key, match


def _denied(plain: str, start: int) -> bool:
    return _DENIED.search(plain[:start]) is not None


@cache
def _phrase(phrase: str) -> re.Pattern[str]:
    """Match a phrase as whole words, one or many of the last; an apostrophe may be left out."""
    return re.compile(rf"\b{_literal(phrase)}(?:e?s)?\b")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    before, kind, after = PLACEHOLDER.split(pattern, maxsplit=1)
    parts = (_literal(before), rf"(?P<answer>{PLACEHOLDERS[kind]})", _literal(after))
    return re.compile(r"(?<!\w)" + r"[\s:#-]*".join(part for part in parts if part) + r"(?!\w)")


def _literal(words: str) -> str:
    return r"\W+".join(re.escape(word).replace("'", "'?") for word in re.findall(r"[\w']+", fold(words)))
