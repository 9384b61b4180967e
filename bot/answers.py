"""The city's reviewed answers to what residents ask in passing: data/answers, one topic a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from bot.yaml_files import ConfigError, read, validated, where
from dialogues.rendering import fill
from dialogues.types import City

LONGEST = 160
"""Characters of an answer when filled: one text, with the open question to follow."""

DEFAULT = "en"
"""The language that every answer is written in, whatever others there are."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class ReviewedAnswer(BaseModel):
    """One topic: how it is asked for, and what is said, both by language."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    topic: Text
    questions: dict[str, Annotated[list[Text], Field(min_length=1)]]
    answer: dict[str, Text]

    @property
    def all_questions(self) -> tuple[str, ...]:
        """The questions of every language: which one is spoken need not be known."""
        return tuple(question for asked in self.questions.values() for question in asked)


def read_answers(folder: Path, city: City) -> Mapping[str, ReviewedAnswer]:
    """Return the answers in `folder` by topic; none where it holds none. Raises `ConfigError`."""
    adapter = TypeAdapter(ReviewedAnswer)
    found: dict[str, ReviewedAnswer] = {}
    for path in sorted(folder.glob("*.yml")):
        answer: ReviewedAnswer = validated(adapter, read(path), path)
        if answer.topic in found:
            raise ConfigError(f"{where(path, ('topic',))}: {answer.topic} has an answer already")
        for location, reason in _mistakes(answer, city):
            raise ConfigError(f"{where(path, location)}: {reason}")
        found[answer.topic] = answer
    return found


def _mistakes(answer: ReviewedAnswer, city: City) -> Iterable[tuple[tuple[str, ...], str]]:
    """Yield where and why a well-formed answer can't be given."""
    if DEFAULT not in answer.answer:
        yield ("answer",), f"there is no answer in {DEFAULT!r}, which stands in for every other language"
    for language in answer.questions:
        if language not in answer.answer:
            yield ("questions", language), f"there are questions in {language!r}, but no answer"
    for language, text in answer.answer.items():
        if reason := _mistake(text, city, language):
            yield ("answer", language), reason


def _mistake(text: str, city: City, language: str) -> str:
    try:
        length = len(fill(text, city, language))
    except KeyError as error:
        return f"there is no {{{error.args[0]}}}; known: {{program}}, {{phone}}, {{city}}, {{emergency_number}}"
    except (ValueError, IndexError, AttributeError):
        return "a brace stands alone or empty; write a placeholder as in {phone}"
    return f"{length} characters when filled; an answer may have {LONGEST}" if length > LONGEST else ""
