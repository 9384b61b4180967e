"""The teaching loop: people look at what the ear misheard; what they accept becomes training data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from bot.models import Misreading
from bot.town import Town
from nlu.examples import BadExample, parse
from nlu.interpreter import INTENTS


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One misreading to look at. `heard` and `meant` are service codes or intents."""

    id: int
    text: str
    language: str
    heard: str
    confidence: float
    meant: str


def waiting(town: Town) -> int:
    """Return how many misreadings nobody has looked at."""
    with town.database.read() as session:
        return session.scalar(select(func.count(Misreading.id)).where(Misreading.outcome == "")) or 0


def lessons(town: Town, most: int) -> list[Lesson]:
    """Return misreadings to look at, those with a known answer first, then the latest."""
    with town.database.read() as session:
        query = select(Misreading).where(Misreading.outcome == "")
        ordered = query.order_by(Misreading.meant == "", Misreading.id.desc()).limit(most)
        return [
            Lesson(
                id=each.id,
                text=each.text,
                language=each.language,
                heard=each.heard,
                confidence=each.confidence,
                meant=each.meant,
            )
            for each in session.scalars(ordered)
        ]


def labels(town: Town) -> tuple[str, ...]:
    """Return what a text may mean: the issue types, then the other intents."""
    return (*town.city.services, *(intent for intent in INTENTS if intent != "report"))


def add(town: Town, lesson: Lesson, text: str, label: str) -> Path:
    """Add `text`, as the reviewer edited it, to the training data under `label`; returns the file.

    Raises `ValueError` where the label is unknown or the text can't be an example. The resident's own
    words are forgotten.
    """
    if label not in labels(town):
        raise ValueError(f"{label!r} is no issue type and no intent")
    example = " ".join(text.split())
    if not example:
        raise ValueError("an example needs words")
    try:
        parse(example, label)
    except BadExample as error:
        raise ValueError(str(error)) from None
    path = town.config.training / lesson.language / f"{label}.yml"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'version: "3.1"\nnlu:\n- intent: {label}\n  examples: |\n', encoding="utf-8")
    with path.open("a", encoding="utf-8") as file:
        file.write(f"    - {example}\n")
    close(town, lesson, "added")
    return path


def close(town: Town, lesson: Lesson, outcome: str) -> None:
    """Note that a misreading was looked at ("added" or "dropped") and forget its text."""
    with town.database.write.begin() as session:
        misreading = session.get_one(Misreading, lesson.id)
        misreading.outcome, misreading.text = outcome, ""
