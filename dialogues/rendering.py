"""How a sentence looks on a channel, in a language: the catalogue's words, choices as a list or buttons."""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from dialogues.types import City, Option, Param, Say
from dialogues.wording import SENTENCES

LOCALES = Path(__file__).parent / "locales"

WITH_BUTTONS = frozenset({"telegram"})

# What a resident wrote or staff noted may be long; a sentence must still fit a text or two.
LONGEST = {"place": 60, "note": 130, "service": 48}


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """Text ready to send, and the buttons beneath it where the channel has them."""

    text: str
    options: tuple[Option, ...] = ()
    ask_location: bool = False


def render(say: Say, city: City, *, channel: str, language: str) -> Rendered:
    """Return what `say` reads like on `channel` ("sms", "whatsapp", "telegram") in `language` ("en")."""
    text = phrase(say.sentence, say.params, city, channel=channel, language=language)
    if channel in WITH_BUTTONS:
        labelled = tuple(
            Option(label=label(option, city, language), value=option.value) for option in say.options
        )
        return Rendered(text=text, options=labelled, ask_location=say.ask_location)
    return Rendered(text="\n".join([text, *_numbered(say.options, city, language)]))


def phrase(key: str, params: Mapping[str, Param], city: City, *, channel: str, language: str) -> str:
    """Return one sentence, filled; the channel's own variant where there is one."""
    variant = f"{key}.{channel}"
    template = _catalogue(language).gettext(SENTENCES[variant if variant in SENTENCES else key])
    words = {name: _words(name, value, city, channel, language) for name, value in params.items()}
    return re.sub(r"  +", " ", fill(template, city, **words)).strip()


def fill(template: str, city: City, **words: str) -> str:
    """Return a text with its placeholders filled: those that the city itself fills, and `words`."""
    return template.format(
        program=city.program,
        city=city.name,
        phone=city.phone,
        emergency_number=city.emergency_number,
        **words,
    )


def reviewed(topic: str, city: City, language: str) -> str:
    """Return the city's own answer to what is asked about a topic, in English where it has no other."""
    written = city.answers[topic]
    return fill(written.get(language) or written["en"], city)


def _words(name: str, value: Param, city: City, channel: str, language: str) -> str:
    if isinstance(value, Say):
        return phrase(value.sentence, value.params, city, channel=channel, language=language)
    if isinstance(value, datetime):
        return day(value, city)
    if name == "topic":
        return reviewed(value, city, language)
    return shorten(value, LONGEST.get(name))


def day(moment: datetime, city: City) -> str:
    """Return the day of `moment` in the city's own time zone, like "Fri Jun 7"."""
    local = moment.astimezone(ZoneInfo(city.timezone))
    return f"{local:%a %b} {local.day}"


def label(option: Option, city: City, language: str) -> str:
    """Return an option's words: a sentence's where the label is a key, else the label itself."""
    if option.label in SENTENCES:
        return phrase(option.label, {}, city, channel="", language=language)
    return option.label


def shorten(text: str, limit: int | None) -> str:
    """Return at most `limit` characters of `text`, cut at a word, with "..." where cut."""
    if limit is None or len(text) <= limit:
        return text
    return text[: limit - 3].rsplit(" ", 1)[0] + "..."


def _numbered(options: tuple[Option, ...], city: City, language: str) -> list[str]:
    spoken = [option for option in options if not option.quiet]
    return [f"{n}. {label(option, city, language)}" for n, option in enumerate(spoken, start=1)]


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("townline", LOCALES, languages=[language], fallback=True)
