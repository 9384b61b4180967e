"""What a resident makes of the bot's answer: which kind of question it is, by its words and buttons alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from webhooks.simulator import Entry

# The first whose pattern is found in what came is what is asked. Words that a person would go by, not whole
# sentences: those may be put differently tomorrow. Capitals count where they tell an order to type from a word.
KINDS = (
    ("filed", r"\b[A-Z]+-\d{4,}\b.*(?:sent to|enviado a|va a)"),
    ("noted", r"\b(?:added|agregu[ée])\b.*\b[A-Z]+-\d{4,}\b"),
    ("person", r"passing this on|[Aa] person at .* will|Le paso esto|[Uu]na persona .* (?:leer|contestar)[áa]"),
    ("danger", r"in danger right now|en peligro ahora"),
    ("alarm", r"\bEMERGENC(?:Y|IA)\b.*\b311\b"),
    ("dropped", r"I dropped it|lo descart[ée]"),
    ("change", r"What should I change|Qu[ée] cambio"),
    (
        "same",
        r"(?i)is (?:it|that) the same|is it about|one of these\?|es lo mismo|se trata de|es uno de estos",
    ),
    ("read_back", r"\bYES\b|\bS[ÍI]\b"),
    ("pick", r"^1\. "),
    ("where", r"(?i)where on|where is it, then|could not find|en qu[ée] parte|no encontr[ée]|outside|fuera de"),
    ("both", r"(?i)(?:problem|wrong|problema|pasa)\b.*\b(?:where|place|d[óo]nde|lugar)"),
    ("where", r"(?i)\bwhere\b|\baddress\b|cross street|d[óo]nde|direcci[óo]n|\bplace\b|\blugar\b"),
    ("what", r"(?i)\bproblema?\b|\bwrong\b"),
)
PATTERNS = tuple((kind, re.compile(pattern, re.DOTALL | re.MULTILINE)) for kind, pattern in KINDS)

NONE_OF_THESE = re.compile(r"^(?:none of|ningun)", re.IGNORECASE)
AGENT = re.compile(r"\bAGENTE?\b")


@dataclass(frozen=True)
class Reading:
    """The bot's latest messages as they are understood. `choices` are the labels of what can be picked."""

    kind: str
    text: str
    choices: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()

    @property
    def offers_person(self) -> bool:
        return AGENT.search(self.text) is not None

    @property
    def reads_two(self) -> bool:
        """Whether more than one problem is read back."""
        return re.search(r"\b(?:both|l[oa]s dos)\b|^2\. ", self.text, re.MULTILINE) is not None

    @property
    def asks_photo(self) -> bool:
        return re.search("photo|foto", self.text) is not None


def read(entries: Sequence[Entry]) -> Reading:
    """Read what came since the resident last wrote; the last message has the question."""
    text = "\n".join(entry.text for entry in entries)
    buttons = tuple(button.label for row in entries[-1].buttons for button in row)
    numbered = tuple(re.findall(r"^\d+\. (.+)$", text, re.MULTILINE))
    kind = kind_of(text)
    if kind in ("both", "where", "what", "unclear") and len(buttons) > 1:
        kind = "pick"
    return Reading(kind, text, numbered or buttons, buttons)


def kind_of(text: str) -> str:
    return next((kind for kind, pattern in PATTERNS if pattern.search(text)), "unclear")
