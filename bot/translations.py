"""What there is to translate for a city, what a catalogue says of it, and whether that can be sent."""

from __future__ import annotations

import inspect
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from dialogues import wording
from dialogues.catalogue import ENGLISH, LOCALES, catalogue_of, translate
from dialogues.rendering import phrase, render, reviewed, unaccented
from dialogues.types import City, Option, Param, Say
from dialogues.wording import SENTENCES
from webhooks import gsm7
from webhooks.opting import OPT_OUT, OPT_OUT_SPANISH

ONE_TEXT, TWO_TEXTS = 160, 320

# A sentence may name one of the carriers' words only where the English does, to say what it does.
CARRIERS = re.compile(rf"\b(?:{'|'.join(sorted(OPT_OUT | OPT_OUT_SPANISH))})\b")

WEDNESDAY = datetime(2026, 9, 30, 15, tzinfo=UTC)

HEADER = """\
# What Townline says, in another language. How to fill this: docs/languages.md
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


@dataclass(frozen=True, kw_only=True)
class Message:
    """Something a resident reads. `context` is a key of `wording.py`, or what kind of words of the city's."""

    context: str
    english: str
    where: str  # the file it stands in
    note: str  # what a translator should know

    @property
    def is_sentence(self) -> bool:
        """Tell a sentence of `wording.py` from the city's words, which may share a context: "stop" is both."""
        return SENTENCES.get(self.context) == self.english


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with a message in a catalogue. Kinds: missing, changed, placeholders, channel, unused."""

    kind: str
    context: str
    english: str
    reason: str


def messages(city: City) -> Iterator[Message]:
    """Yield everything that residents of `city` read, in the order a translator meets it."""
    sections = dict(_sections())
    for key, english in SENTENCES.items():
        note = sections.get(key, "") + _variant(key)
        yield Message(context=key, english=english, where="dialogues/wording.py", note=note)
    for service in city.services.values():
        where, name = f"data/services/{service.service_code}.yml", service.service_name
        yield Message(context="service", english=name, where=where, note=service.description)
        for attribute in service.attributes:
            question = attribute.description
            yield Message(context="question", english=question, where=where, note=f"Asked about: {name}")
            for value in attribute.values:
                yield Message(context="answer", english=value.name, where=where, note=f"Answers: {question}")
                if value.stop:
                    note = f"Said instead of taking the report, where the answer is: {value.name}"
                    yield Message(context="stop", english=value.stop, where=where, note=note)
    for words in city.turned_away:
        note = "Said instead of taking a report that a rule of `routing` leaves unserved"
        yield Message(context="stop", english=words, where="config.yml", note=note)
    for name in city.departments.values():
        yield Message(context="department", english=name, where="config.yml", note="Who does the work")


def _variant(key: str) -> str:
    base, _, variant = key.partition(".")
    if variant == "again":
        return f". Said where {base} was the last answer already"
    return f". Only by {variant.upper()}" if variant else ""


def _sections() -> Iterator[tuple[str, str]]:
    """Yield each sentence's key with the comment that it stands under in `wording.py`."""
    section = ""
    for line in inspect.getsource(wording).splitlines():
        if comment := re.fullmatch(r" {4}# (.+)", line):
            section = comment[1].rstrip(".")
        elif key := re.match(r' {4}"([\w.]+)": ', line):
            yield key[1], section


# The file


def write(city: City, language: str, locales: Path = LOCALES) -> Path:
    """Write a language's catalogue with every message, keeping what is translated; returns the file.

    What has no message any more is left out. Where a sentence's English has changed, its old
    translation stays, marked fuzzy, and is not said until somebody has looked at it.
    """
    path = catalogue_of(language, locales)
    known = _read(path)
    by_context = {message.context: message for message in known}
    catalogue = Catalog()
    for message in messages(city):
        old = known.get(message.english, message.context)
        string, flags = (old.string, old.flags) if old else ("", set())
        if old is None and message.is_sentence and message.context in by_context:
            string, flags = by_context[message.context].string, {"fuzzy"}
        catalogue.add(
            message.english,
            string,
            context=message.context,
            locations=[(message.where, 0)],
            auto_comments=[message.note],
            user_comments=old.user_comments if old else (),
            flags=flags,
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.format(language=language).encode())
        write_po(file, catalogue, width=110, omit_header=True, include_lineno=False)
    return path


def _read(path: Path) -> Catalog:
    if not path.is_file():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


# Checking


def check(city: City, language: str, locales: Path = LOCALES) -> list[Problem]:
    """Return what keeps a catalogue from being complete and fit to send."""
    known, problems = _read(catalogue_of(language, locales)), []
    wanted = {(message.context, message.english): message for message in messages(city)}
    for (context, english), message in wanted.items():
        entry = known.get(english, context)
        if entry is None or not entry.string:
            problems.append(_problem("missing", message, f"{message.where} has no translation"))
        elif entry.fuzzy:
            problems.append(_problem("changed", message, "the English has changed: look at it, drop the mark"))
        elif reason := _misfilled(english, str(entry.string)):
            problems.append(_problem("placeholders", message, reason))
    for entry in known:
        context, english = entry.context or "", str(entry.id)
        if english and (context, english) not in wanted:
            reason = "nothing says this any more"
            problems.append(Problem(kind="unused", context=context, english=english, reason=reason))
    problems.extend(_unanswered(city, language))
    if not any(problem.kind == "placeholders" for problem in problems):  # else nothing can be filled
        problems.extend(_unfit(city, language, wanted.values(), locales))
    return problems


def _unanswered(city: City, language: str) -> Iterator[Problem]:
    """Yield the city's reviewed answers that the language lacks."""
    for topic, written in city.answers.items():
        if language not in written:
            reason = f"data/answers/{topic}.yml has no answer in {language}"
            yield Problem(kind="missing", context="topic", english=written[ENGLISH], reason=reason)


def _problem(kind: str, message: Message, reason: str) -> Problem:
    return Problem(kind=kind, context=message.context, english=message.english, reason=reason)


def _misfilled(english: str, translation: str) -> str:
    """Return why a translation's placeholders are not those of the English; "" where they are."""
    try:
        theirs = placeholders(translation)
    except ValueError:
        return "a { or } stands alone"
    ours = placeholders(english)
    if theirs == ours:
        return ""
    lacking = [f"lacks {{{name}}}" for name in sorted(ours - theirs)]
    return ", ".join(lacking + [f"has {{{name}}} too many" for name in sorted(theirs - ours)])


def placeholders(sentence: str) -> set[str]:
    """Return the names in braces; raises `ValueError` where a brace stands alone."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


# What fits a text


def _unfit(city: City, language: str, wanted: Iterable[Message], locales: Path) -> Iterator[Problem]:
    """Yield what is too long by SMS, dearer than it need be, or asks for a word that is the carriers'."""
    typical, longest = _typical(city, language), _longest(city, language, locales)
    said = {
        message: (
            _by_sms(message, city, typical, language, locales),
            _by_sms(message, city, longest, language, locales),
            _by_sms(message, city, typical, ENGLISH, locales),
        )
        for message in wanted
        if f"{message.context}.sms" not in SENTENCES  # the variant goes by SMS
    }
    one_alphabet = sum(gsm7.is_gsm7(text) for text, _, _ in said.values()) > len(said) / 2
    for message, (text, filled, english) in said.items():
        if len(filled) > TWO_TEXTS:
            yield _problem(
                "channel", message, f"{len(filled)} characters by SMS when filled, {TWO_TEXTS} at most"
            )
        elif len(text) > ONE_TEXT >= len(english):
            yield _problem("channel", message, f"{len(text)} characters by SMS, where English fits {ONE_TEXT}")
        dear = "".join(dict.fromkeys(sign for sign in text if not gsm7.is_gsm7(sign)))
        if one_alphabet and dear:
            yield _problem("channel", message, f"SMS lacks {dear}: one such sign doubles the price")
        if words := set(CARRIERS.findall(text)) - set(CARRIERS.findall(english)):
            yield _problem(
                "channel", message, f"{', '.join(sorted(words))}: carriers take this word for opting out"
            )


def _by_sms(message: Message, city: City, params: Mapping[str, Param], language: str, locales: Path) -> str:
    """Return a message as SMS carries it; a question comes with its numbered answers."""
    if message.is_sentence:
        text = phrase(message.context, params, city, channel="sms", language=language, locales=locales)
    elif message.context == "question":
        say = Say(
            sentence="ask_attribute_again",
            params={"question": message.english},
            options=_answers(city, message),
        )
        text = render(say, city, channel="sms", language=language, locales=locales).text
    elif message.context == "stop":
        text = phrase(
            "stop", {"stop": message.english}, city, channel="sms", language=language, locales=locales
        )
    else:
        text = translate(message.context, message.english, language, locales)
    return gsm7.normalise(unaccented(text))


def _answers(city: City, question: Message) -> tuple[Option, ...]:
    attributes = (each for service in city.services.values() for each in service.attributes)
    asked = next(each for each in attributes if each.description == question.english)
    return tuple(Option(label=value.name, value=f"answer:{asked.code}:{value.key}") for value in asked.values)


def _typical(city: City, language: str) -> dict[str, Param]:
    """Return what a resident may well read in each placeholder."""
    topics = _topics(city, language)
    return {
        "number": "SR-10001",
        "original": "SR-10000",
        "agent": "Ana",
        "back": WEDNESDAY,
        "clock": "10:30 am",
        "service": "Pothole or road damage",
        "place": "1432 Washington Ave",
        "department": "Streets",
        "note": "Filled by crew 7.",
        "words": "Is it by the blue fence?",
        "question": "What is the license plate?",
        "more": "For how long?",
        "notice": "Main break on Elm St, crews on site, water back by 6 pm.",
        "stop": "On private land the owner can have a vehicle towed, not the city. Questions? Call {phone}.",
        "topic": topics[0] if topics else Say(sentence="following"),
        **_listed("Pothole or road damage", "1432 Washington Ave"),
        "count": "3",
        "neighbour": "Eastport",
        "neighbour_phone": "555-0123",
        "link": "",
        "names": "Main St, 5th St, Elm St",
        "where_it_stands": Say(sentence="stands_received", params={"department": "Streets", "due": WEDNESDAY}),
        **dict.fromkeys(("due", "until", "since"), WEDNESDAY),
    }


def _topics(city: City, language: str) -> list[str]:
    """Return the topics that the city has answers to, the briefest answer first."""
    return sorted(city.answers, key=lambda topic: len(reviewed(topic, city, language)))


def _listed(service: str, place: str) -> dict[str, Param]:
    """Return what fills a sentence that speaks of several problems, or of one that was left open."""
    item = Say(sentence="item_at", params={"service": service, "place": place})
    return {
        "first": item,
        "items": Say(sentence="items", params={"first": item, "more": item}),
        "kept": item,
    }


def _longest(city: City, language: str, locales: Path) -> dict[str, Param]:
    """Return the most that each placeholder may have to hold."""

    def longest(context: str) -> str:
        words = (message.english for message in messages(city) if message.context == context)
        return max(words, key=lambda each: len(translate(context, each, language, locales)), default="")

    note = "We came by twice and found the gate locked both times; please let us know here " * 2
    typical = _typical(city, language)
    topics = _topics(city, language)
    place = "Corner of Washington Ave and Old Mill Rd, behind the library and its garden"
    return typical | {
        **_listed(longest("service"), place),
        "service": longest("service"),
        "place": place,
        "department": longest("department"),
        "note": note,
        "words": note,
        "question": longest("question"),
        "more": longest("question"),
        "stop": longest("stop"),
        "topic": topics[-1] if topics else typical["topic"],
        "count": "12",
        "neighbour": "East Washington Heights",
        "link": "https://311.riverton.example/r/" + "x" * 22,
        "names": "N Washington Ave, Old Mill Rd, Martin Luther King Jr Blvd, Quarry St, Riverside Dr",
        "where_it_stands": Say(sentence="stands_completed", params={"since": WEDNESDAY, "note": note}),
    }
