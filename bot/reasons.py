"""Reasons for closing or asking that staff pick from, said in the resident's language: data/reasons.yml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter

from bot.statuses import STATUSES
from bot.yaml_files import ConfigError, read, validated, where
from dialogues.rendering import fill
from dialogues.types import City, Reason

LONGEST = 90
"""Characters of a reason when filled: it stands within the text that says the case is closed."""

DEFAULT = "en"
"""The language that every reason is written in, whatever others there are."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Written(BaseModel):
    """One reason as it stands in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    status: Text
    text: dict[str, Text]


def read_reasons(path: Path, city: City) -> Mapping[str, Reason]:
    """Return the reasons by code; none where there is no file. Raises `ConfigError`."""
    if not path.is_file():
        return {}
    found: dict[str, Written] = validated(TypeAdapter(dict[str, Written]), read(path), path)
    for code, reason in found.items():
        for location, mistake in _mistakes(reason, city):
            raise ConfigError(f"{where(path, (code, *location))}: {mistake}")
    return {code: Reason(status=reason.status, text=reason.text) for code, reason in found.items()}


def _mistakes(reason: Written, city: City) -> Iterable[tuple[tuple[str, ...], str]]:
    if reason.status not in STATUSES or not STATUSES[reason.status].asks:
        asking = ", ".join(name for name, status in STATUSES.items() if status.asks)
        yield ("status",), f"{reason.status!r} takes no reason; known: {asking}"
    if DEFAULT not in reason.text:
        yield ("text",), f"there is no text in {DEFAULT!r}, which stands in for every other language"
    for language, text in reason.text.items():
        try:
            length = len(fill(text, city, language))
        except (KeyError, ValueError, IndexError, AttributeError):
            yield ("text", language), "a brace that is no placeholder; known: {program}, {phone}, {city}"
            continue
        if length > LONGEST:
            yield ("text", language), f"{length} characters when filled; a reason may have {LONGEST}"
