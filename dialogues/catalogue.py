"""What the bot says in other languages: gettext catalogues, read as translators write them.

A sentence is found by its key in `wording.py` (the catalogue's msgctxt) and its English; what config.yml
and data/services say is found under "service", "question", "answer" or "department". Whatever a catalogue
lacks is said in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locales"

ENGLISH = "en"


def catalogue_of(language: str, locales: Path = LOCALES) -> Path:
    """Return where a language's catalogue is, or would be."""
    return locales / language / "LC_MESSAGES" / "townline.po"


def languages(locales: Path = LOCALES) -> tuple[str, ...]:
    """Return the languages there are sentences in: English, and one for each catalogue."""
    found = (path.parts[-3] for path in locales.glob(str(catalogue_of("*", Path()))))
    return (ENGLISH, *sorted(found))


def translate(context: str, english: str, language: str, locales: Path = LOCALES) -> str:
    """Return what `language` says for `english`; English itself where it says nothing yet."""
    return _translations(language, locales).get((context, english), english)


@cache
def in_other_languages(context: str, english: str) -> tuple[str, ...]:
    """Return what each catalogue says for `english`: a resident answers in the words that are read to them."""
    said = (translate(context, english, language) for language in languages())
    return tuple(dict.fromkeys(each for each in said if each != english))


@cache
def _translations(language: str, locales: Path) -> Mapping[tuple[str, str], str]:
    path = catalogue_of(language, locales)
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file)
    # Fuzzy is gettext's word for a translation of an English sentence that has changed since.
    said = (message for message in catalogue if message.id and message.string and not message.fuzzy)
    return {(message.context or "", str(message.id)): str(message.string) for message in said}


def day(moment: datetime, timezone: str, language: str) -> str:
    """Return the day of `moment` in that time zone: "Fri Jun 7", "vie 7 jun"."""
    written = format_skeleton("MMMEd", moment, tzinfo=ZoneInfo(timezone), locale=_calendar(language))
    return written.replace(",", "")


@cache
def names(languages: tuple[str, ...], language: str) -> str:
    """Return the names of `languages` as a list in `language`: "English and Spanish", "inglés y español"."""
    named = []
    for each in languages:
        try:
            known = Locale.parse(each)
            named.append(known.get_display_name(language) or known.get_display_name(ENGLISH) or each)
        except (UnknownLocaleError, ValueError):
            named.append(each)
    return format_list(named, locale=_calendar(language))


@cache
def _calendar(language: str) -> str:
    """Return the language to name days in: English where Unicode's tables have no names of months."""
    try:
        months = Locale.parse(language).months["format"]["abbreviated"]
    except (UnknownLocaleError, ValueError):
        return ENGLISH
    return ENGLISH if months[1] == "M01" else language
