"""What a note of the city may not repeat on a page that anybody may read.

The city's notes are its word to the public, but whoever writes one may name the reporter or quote them.
Such a note stays inside whole: half a sentence helps nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.models import ServiceRequest
from bot.open311.publishing import OWN_WORDS

QUOTED = 12
"""Characters of a resident's sentence that a note can't share with it by chance."""

NUMBER = re.compile(r"\+?\d[\d ().-]{5,}\d")
MAIL = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}")
SEPARATORS = re.compile(r"[ ().+-]")
LOCAL = 7  # digits of a phone number without its area code

NOT_PERSONAL = frozenset({"client"})
"""What `ServiceRequest.reporter` has beside the person: the name of the system that posted the case."""


class Private:
    """What is private about one case: who follows it, the reporter's name, and whatever residents wrote."""

    def __init__(self, case: ServiceRequest, addresses: Iterable[str]) -> None:
        """`addresses` are the followers', as in "tel:+1..."."""
        written = list(_written(case))
        known = [str(text) for name, text in case.reporter.items() if name not in NOT_PERSONAL]
        everything = [*(address.partition(":")[2] for address in addresses), *known, *written]
        numbers = (SEPARATORS.sub("", found) for text in everything for found in NUMBER.findall(text))
        self._numbers = {number[-LOCAL:] for number in numbers}
        mails = (mail for text in everything for mail in MAIL.findall(text))
        parts = (part for text in known for part in text.split() if len(part) > 2)  # of "Mary Ann", either
        self._words = _pattern({*known, *parts, *mails})
        self._sentences = {text for text in map(_plain, written) if len(text) >= QUOTED}

    def is_in(self, note: str) -> bool:
        """Tell whether a note repeats any of it."""
        digits, plain = SEPARATORS.sub("", note), _plain(note)
        return (
            any(number in digits for number in self._numbers)
            or self._words.search(note) is not None
            or any(
                sentence in plain or (len(plain) >= QUOTED and plain in sentence)
                for sentence in self._sentences
            )
        )


def _written(case: ServiceRequest) -> Iterator[str]:
    """Yield what residents wrote, sentence by sentence."""
    notes = (update.status_notes for update in case.updates if update.author in OWN_WORDS)
    answers = (str(answer) for answer in case.attributes.values())
    place = () if case.location_confirmed else (case.address_string,)
    for text in (case.description, *notes, *answers, *place):
        yield from re.split(r"[\n.!?;]+", text)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!?;")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the words as a word of its own; nothing where there are none."""
    listed = "|".join(re.escape(word.strip()) for word in sorted(words) if len(word.strip()) > 1)
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)" if listed else r"(?!)", re.IGNORECASE)
