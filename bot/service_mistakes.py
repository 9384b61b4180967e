"""What makes a well-formed service file unusable: where, and why."""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Iterable, Mapping

from dialogues.attributes import PLACEHOLDER, PLACEHOLDERS, fold
from dialogues.types import Attribute, Service
from webhooks.gsm7 import is_gsm7

DUE = re.compile(r"^(\d+) (working days?|days?|hours?)$")

ONE_TEXT = 160

Mistake = tuple[tuple[int | str, ...], str]


def mistakes(
    service: Service, departments: Collection[str], taken: Mapping[str, str], city: Mapping[str, str]
) -> Iterable[Mistake]:
    """Yield where and why `service` can't be used. `taken` are the codes of other files, `city` what a
    sentence may say of the city."""
    if service.service_code in taken:
        yield ("service_code",), f"{service.service_code} is taken by {taken[service.service_code]}"
    if service.department not in departments:
        yield ("department",), f"there is no department {service.department!r} in config.yml"
    if not DUE.match(service.due):
        yield ("due",), "write due as in '5 working days' or '24 hours'"
    for number, question in enumerate(service.attributes):
        for where, reason in (*_list(question), *_patterns(question), *_values(question, city)):
            yield ("attributes", number, *where), reason


def _list(question: Attribute) -> Iterable[Mistake]:
    listed = question.datatype.endswith("valuelist")
    if listed and not question.values:
        yield (), f"{question.code} is a {question.datatype}: give it values"
    if listed and question.said_as:
        yield ("said_as",), "give each value its own said_as"
    if not question.required and any(fold(value.name) in ("yes", "no") for value in question.values):
        yield ("values",), "YES sends the report, so an optional question can't be answered by yes or no"


def _patterns(question: Attribute) -> Iterable[Mistake]:
    for number, pattern in enumerate(question.said_as):
        kinds = PLACEHOLDER.findall(pattern)
        if len(kinds) != 1 or kinds[0] not in PLACEHOLDERS:
            known = ", ".join(f"{{{kind}}}" for kind in PLACEHOLDERS)
            yield ("said_as", number), f"{pattern!r} needs one of {known}"
        elif not re.search(r"\w", PLACEHOLDER.sub("", pattern)):
            yield ("said_as", number), f"{pattern!r} needs a word beside the braces"


def _values(question: Attribute, city: Mapping[str, str]) -> Iterable[Mistake]:
    said = {fold(value.name): value.key for value in question.values}
    for number, value in enumerate(question.values):
        for which, phrase in enumerate(value.said_as):
            where = ("values", number, "said_as", which)
            if not re.search(r"\w", phrase) or PLACEHOLDER.search(phrase):
                yield where, f"{phrase!r} is no word or phrase"
            elif said.setdefault(fold(phrase), value.key) != value.key:
                yield where, f"{phrase!r} stands under {said[fold(phrase)]} already"
        for reason in unsayable("stop", value.stop, city):
            yield ("values", number, "stop"), reason


def unsayable(key: str, words: str, city: Mapping[str, str]) -> Iterable[str]:
    """Yield why the words under a key can't be sent to a resident; `city` is what may stand in braces."""
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}
    except ValueError:
        names = {"{"}
    if names - city.keys():
        yield f"{key} may have {', '.join(f'{{{name}}}' for name in city)} and no other braces"
        return
    text = words.format(**city)
    if len(text) > ONE_TEXT or not is_gsm7(text):
        yield f"{key} takes more than one SMS: at most {ONE_TEXT} characters, none of them typographic"
