"""Whether a message tells of several problems: "pothole at 5th and main, and the light there is out too"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from nlu.interpreter import PlaceMention, Problem

# What says that something is beside the point made so far; without it, only plain words are believed.
BESIDE = re.compile(
    r"\b(?:also|too|as well|plus|another|second(?:ly)?|besides|oh|both|two things)\b"
    r"|\b(?:tambi[eé]n|adem[aá]s|otr[oa]|dos cosas|aparte|igual)\b",
    re.IGNORECASE,
)
BETWEEN = re.compile(
    r"[.!?;\n]+"
    r"|,\s*(?=(?:and|also|plus|y|tambi[eé]n|adem[aá]s)\b)"
    r"|(?:^|(?<=\s))(?:and|&|plus|also|besides|y|e|tambi[eé]n|adem[aá]s|aparte)(?=\s)",
    re.IGNORECASE,
)
# "Same thing again at 40 Oak"
AGAIN = re.compile(
    r"\b(?:same (?:thing|problem|issue|story|again|deal)|another one|one more|again at|the same at)\b"
    r"|\b(?:lo mismo|el mismo (?:problema|asunto)|la misma (?:cosa|historia))\b"
    r"|\b(?:otr[oa] (?:igual|m[aá]s)|uno m[aá]s)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+")
AT_MOST = 3
LONGEST, BRIEF = 45, 18  # words: who writes more tells one story, with all that came of it
# "... and it attracts rats" is no second problem.
OUTCOME = re.compile(
    r"^\W*(?:so\ )?(?:that|which|porque|por eso)\b"
    r"|\b(?:attract|caus|mak|lead|due|becaus|result|breed|atra|provoc)\w*",
    re.IGNORECASE,
)

Guess = tuple[str, bool] | None
"""The issue type that a clause is sure to tell of, and whether it calls it by its name."""


def tell_apart(text: str, places: Sequence[PlaceMention], judge: Callable[[str], Guess]) -> tuple[Problem, ...]:
    """Return the problems that `text` tells of, in its order, where they are two or three; else none.

    Each is as it is worded in one stretch of clauses. `judge` says of a clause which problem it surely is.
    """
    words = len(WORD.findall(text))
    addresses = len({place.text for place in places if place.kind in ("address", "intersection")})
    told = BESIDE.search(text) is not None or addresses > 1
    if words > (LONGEST if told else BRIEF):
        return ()
    clauses = [text[start:end].strip(" ,-") for start, end in _spans(text, places)]
    clauses = [clause for clause in clauses if WORD.search(clause)]
    if not 2 <= len(clauses) <= 8:
        return ()
    found: list[Problem] = []
    for clause in clauses:
        guess = judge(clause)
        new = guess is not None and guess[0] not in {each.service_code for each in found}
        beside = not OUTCOME.search(clause[:25]) and guess is not None and (told or guess[1])
        if guess is not None and new and (not found or beside):
            found.append(Problem(service_code=guess[0], text=clause))
        elif found:
            found[-1] = Problem(service_code=found[-1].service_code, text=f"{found[-1].text} {clause}")
    return tuple(found) if 2 <= len(found) <= AT_MOST else ()


def _spans(text: str, places: Sequence[PlaceMention]) -> Iterator[tuple[int, int]]:
    """Yield the clauses of `text`; what joins the words of a place ("5th and main") parts nothing."""
    start = 0
    for cut in BETWEEN.finditer(text):
        if any(place.start < cut.end() and cut.start() < place.end for place in places):
            continue
        yield start, cut.start()
        start = cut.end()
    yield start, len(text)
