"""How a sentence looks on a channel, in a language: the catalogue's words, choices as a list or buttons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dialogues import catalogue
from dialogues.announcements import Worded
from dialogues.catalogue import LOCALES, translate
from dialogues.types import City, Described, Option, Param, Say
from dialogues.wording import SENTENCES

ONE_TEXT = 160
"""Characters of one SMS segment."""

WITH_BUTTONS = frozenset({"telegram"})

# What a resident wrote or staff noted may be long; a sentence must still fit a text or two.
LONGEST = {"place": 60, "note": 130, "service": 48, "words": 80}


# Params and choices whose words are the city's own, translated under these names. A place is never translated.
PARAMS_TRANSLATED = frozenset({"service", "question", "department"})
CHOICES_TRANSLATED = frozenset({"service", "answer"})

# The accented letters of western Europe that SMS has. One other letter, and a text costs twice as much.
SMS_LETTERS = frozenset("àäåæèéìñòöøùüßÄÅÆÇÉÑÖØÜ¡¿")
UNACCENTED = {
    ord(letter): plain[0]
    for letter in map(chr, range(0xC0, 0x100))
    if letter not in SMS_LETTERS and (plain := unicodedata.normalize("NFD", letter)) != letter
}


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """Text ready to send, and the buttons beneath it where the channel has them.

    `gloss` says in the city's own language what `text` says in another.
    """

    text: str
    gloss: str = ""
    options: tuple[Option, ...] = ()
    ask_location: bool = False
    location_label: str = ""
    photo: str = ""


def render(say: Say, city: City, *, channel: str, language: str, locales: Path = LOCALES) -> Rendered:
    """Return what `say` reads like on `channel` ("sms", "whatsapp", "telegram") in `language` ("en").

    A language of "" is the city's own.
    """
    if channel == "sms" and say.shorter and not _is_one_text(say, city, language, locales):
        return render(say.shorter, city, channel=channel, language=language, locales=locales)
    own = city.languages[0]
    voice = _Voice(city=city, channel=channel, language=language or own, locales=locales)
    gloss = ""
    if voice.language != own:
        gloss = _Voice(city=city, channel=channel, language=own, locales=locales).lines(say)
    if channel in WITH_BUTTONS:
        text = voice.phrase(say.sentence, say.params)
        labelled = tuple(Option(label=voice.label(option), value=option.value) for option in say.options)
        return Rendered(
            text=text,
            gloss=gloss,
            options=labelled,
            ask_location=say.ask_location,
            location_label=voice.phrase("option_location", {}),
            photo=say.photo,
        )
    lines = voice.lines(say)
    return Rendered(text=unaccented(lines) if channel == "sms" else lines, gloss=gloss)


def _is_one_text(say: Say, city: City, language: str, locales: Path) -> bool:
    """Tell whether `say` costs one SMS, with no letter of the dearer alphabet."""
    voice = _Voice(city=city, channel="sms", language=language or city.languages[0], locales=locales)
    text = unaccented(voice.lines(say))
    return len(text) <= ONE_TEXT and all(sign.isascii() or sign in SMS_LETTERS for sign in text)


def phrase(
    key: str, params: Mapping[str, Param], city: City, *, channel: str, language: str, locales: Path = LOCALES
) -> str:
    """Return one sentence, filled; the channel's own variant where there is one."""
    return _Voice(city=city, channel=channel, language=language, locales=locales).phrase(key, params)


def fill(template: str, city: City, language: str, **words: str) -> str:
    """Return a text with its placeholders filled: those that the city itself fills, and `words`."""
    return template.format(
        program=city.program,
        city=city.name,
        phone=city.phone,
        emergency_number=city.emergency_number,
        languages=catalogue.names(city.languages, language),
        **words,
    )


def reviewed(topic: str, city: City, language: str) -> str:
    """Return the city's own answer to what is asked about a topic, in English where it has no other."""
    written = city.answers[topic]
    return fill(written.get(language) or written["en"], city, language)


def as_sentence(note: str, city: City, language: str) -> str:
    """Return why a case stands as it does, to stand between sentences; a code of the city's own reasons is
    said in `language`, or in English where it has no other."""
    if reason := city.reasons.get(note):
        note = fill(reason.text.get(language) or reason.text["en"], city, language)
    return note if not note or note[-1] in ".!?" else f"{note}."


def label(option: Option, city: City, language: str, locales: Path = LOCALES) -> str:
    """Return an option's words: a sentence's where the label is a key, else the label itself."""
    return _Voice(city=city, channel="", language=language, locales=locales).label(option)


def day(moment: datetime, city: City, language: str = catalogue.ENGLISH) -> str:
    """Return the day of `moment` in the city's own time zone, like "Fri Jun 7"."""
    return catalogue.day(moment, city.timezone, language)


def shorten(text: str, limit: int | None) -> str:
    """Return at most `limit` characters of `text`, cut at a word, with "..." where cut."""
    if limit is None or len(text) <= limit:
        return text
    return text[: limit - 3].rsplit(" ", 1)[0] + "..."


def unaccented(text: str) -> str:
    """Return `text` without the accents that SMS lacks, as people text: "Sí" is "Si", "mañana" stays.

    Where that is not enough to spare the dearer alphabet, as in Vietnamese, every accent is kept.
    """
    plain = text.translate(UNACCENTED)
    return plain if all(sign.isascii() or sign in SMS_LETTERS for sign in plain) else text


@dataclass(frozen=True, kw_only=True)
class _Voice:
    """One way of speaking: a city's, on a channel, in a language."""

    city: City
    channel: str
    language: str
    locales: Path

    def lines(self, say: Say) -> str:
        """Return a sentence and, beneath it, what there is to pick."""
        spoken = [option for option in say.options if not option.quiet]
        numbered = [f"{n}. {self.label(option)}" for n, option in enumerate(spoken, start=1)]
        return "\n".join([self.phrase(say.sentence, say.params), *numbered])

    def phrase(self, key: str, params: Mapping[str, Param]) -> str:
        variant = f"{key}.{self.channel}"
        template = self._sentence(variant if variant in SENTENCES else key)
        asked = {name: value for name, value in params.items() if f"{{{name}" in template}
        words = {name: self._fitting(name, value) for name, value in asked.items()}
        return re.sub(r"  +", " ", fill(template, self.city, self.language, **words)).strip()

    def _fitting(self, name: str, value: Param) -> str:
        """Return a param's words, shortened; a sentence within has parts of its own that are."""
        words = self._words(name, value)
        return words if isinstance(value, Say) else shorten(words, LONGEST.get(name))

    def label(self, option: Option) -> str:
        if option.label in SENTENCES:
            return self.phrase(option.label, option.params)
        kind = option.value.partition(":")[0]
        return self._translated(kind, option.label) if kind in CHOICES_TRANSLATED else option.label

    def _words(self, name: str, value: Param) -> str:
        if isinstance(value, Say):
            return self.phrase(value.sentence, value.params)
        if isinstance(value, datetime):
            return day(value, self.city, self.language)
        if isinstance(value, Described):
            return self._described(value)
        if isinstance(value, Worded):
            return value.text.get(self.language) or value.text[self.city.languages[0]]
        if name == "topic":
            return reviewed(value, self.city, self.language)
        if name == "note":
            return as_sentence(value, self.city, self.language)
        if name == "stop":  # a sentence of the city's own, with its own placeholders
            return fill(self._translated(name, value), self.city, self.language)
        return self._translated(name, value) if name in PARAMS_TRANSLATED else value

    def _described(self, value: Described) -> str:
        service = self._translated("service", value.service_name)
        answers = ""
        for answer in value.answers:
            more = ", ".join(filter(None, [answers, self._translated("answer", answer)]))
            if len(f"{service} ({more})") > LONGEST["service"]:
                break  # the crew reads them all; here, what fits
            answers = more
        return f"{service} ({answers})" if answers else service

    def _sentence(self, key: str) -> str:
        return self._translated(key, SENTENCES[key])

    def _translated(self, context: str, english: str) -> str:
        return translate(context, english, self.language, self.locales)
