"""Every sentence is used, filled, short enough and asks for nothing that belongs to the carriers."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from bot.config import Config
from bot.statuses import CLOSED_ELSEWHERE, STATUSES
from dialogues.commands import ASIDES
from dialogues.rendering import phrase
from dialogues.types import City, Param, Photo, Say
from dialogues.wording import SENTENCES, again
from webhooks.gsm7 import is_gsm7, segments

ROOT = Path(__file__).parent.parent
CODE = [
    path
    for folder in ("dialogues", "bot")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path.name not in ("wording.py", "page_wording.py") and "migrations" not in path.parts
]

KNOWN = frozenset({"program", "city", "phone", "emergency_number", "languages"})
"""What `rendering.phrase` supplies by itself."""

FAMILIES = {
    "status_": {
        f"status_{name}" for name in (*(key for key in STATUSES if STATUSES[key].told), CLOSED_ELSEWHERE)
    },
    "stands_": {f"stands_{status}" for status in STATUSES},
    "mute": {"mute_none"},
    "unmute": {"unmute_none"},
    "state_": {f"state_{status}" for status in STATUSES},
    "next_": {f"next_{status}" for status in STATUSES},
    "page_step_": {"page_step_done", "page_step_now", "page_step_next"},
    "photo_": {f"photo_{problem}" for problem in get_args(get_type_hints(Photo)["problem"]) if problem},
}
"""The sentences that an f-string in the code may name, by what it begins with."""

CARRIERS = ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT")

ONE_TEXT, TWO_TEXTS = 160, 320

FILLED: dict[str, Param] = {
    "number": "SR-10001",
    "original": "SR-10000",
    "service": "Pothole or road damage",
    "place": "1432 Washington Ave",
    "department": "Streets",
    "agent": "Ana",
    "back": datetime.fromisoformat("2026-09-30T15:00:00+00:00"),
    "clock": "10:30 am",
    "note": "Filled by crew 7.",
    "words": "Is it by the blue fence?",
    "question": "What is the license plate?",
    "more": "How deep?",
    "stop": "Inside a building that is your landlord's job. If they don't act, call {phone}.",
    "notice": "Main break on Elm St, crews on site, water back by 6 pm.",
    "topic": "trash_day",
    "first": "Pothole or road damage at 1432 Washington Ave",
    "items": "Pothole or road damage at 1432 Washington Ave; Street light (Out) at 12 Elm St",
    "kept": "Pothole or road damage at 1432 Washington Ave",
    "count": "3",
    "due": datetime.fromisoformat("2026-09-30T15:00:00+00:00"),
    "until": datetime.fromisoformat("2026-09-30T15:00:00+00:00"),
    "since": datetime.fromisoformat("2026-09-30T15:00:00+00:00"),
    "neighbour": "Eastport",
    "neighbour_phone": "555-0123",
    "where_it_stands": "Sent to Streets, first check by Wed Sep 30.",
    "link": "https://311.riverton.example/r/" + "x" * 22,
    "names": "Main St, 5th St, Elm St",
}
"""What a resident may typically read in a placeholder."""

LONGEST: dict[str, Param] = FILLED | {
    "service": "Drain, flooding or sewer problem",
    "department": "Lights and Utilities",
    "neighbour": "East Washington Heights",
    "notice": "Water main break on Elm St between 5th and 9th. Crews are on site. Water is off in Downtown and "
    "Riverside, back by 6 pm. Drinking water: at the Oak Ave school.",
    "place": "Corner of Washington Ave and Old Mill Rd, behind the library",
    "note": "We came by twice, on Monday and on Thursday, and found the gate locked both times; please let us "
    "know when somebody can open it and call the shop then.",
    "words": "We walked the whole block between 5th and 9th and looked behind each house; is it in the alley?",
}


# What the code names


@dataclass(frozen=True)
class Spoken:
    """A place in the code that says a sentence: which ones it may be, and what it fills them with."""

    where: str
    sentences: frozenset[str]
    params: frozenset[str]


def spoken() -> Iterator[Spoken]:
    """Find every `Say(...)`, `say(...)` and `settle(...)` whose sentence stands in the code."""
    for path in CODE:
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and (found := _spoken(call, function)):
                        yield Spoken(f"{path.relative_to(ROOT)}:{call.lineno}", *found)


def _spoken(call: ast.Call, function: ast.FunctionDef) -> tuple[frozenset[str], frozenset[str]] | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    keywords = {each.arg: each.value for each in call.keywords if each.arg}
    if name == "Say":
        params = _keys(keywords["params"], function) if "params" in keywords else set()
        sentences = _sentences(keywords["sentence"], function)
    elif name in ("say", "settle") and call.args:
        params, sentences = set(keywords), _sentences(call.args[0], function)
    else:
        return None
    return (frozenset(sentences), frozenset(params)) if sentences else None


def _sentences(node: ast.expr, function: ast.FunctionDef) -> set[str]:
    """Return the keys an expression may be; the function's own parameters are its callers' business."""
    match node:
        case ast.Constant(value=str(key)):
            return {key}
        case ast.IfExp(body=body, orelse=orelse):
            return _sentences(body, function) | _sentences(orelse, function)
        case ast.JoinedStr(values=[ast.Constant(value=str(prefix)), *_]):
            return FAMILIES[prefix]
        case ast.Subscript(value=ast.Name(id="ASIDES")):
            return set(ASIDES.values())
        case ast.Name(id=name):
            return set().union(*(_sentences(value, function) for value in _assigned(name, function)))
    return set()


def _keys(node: ast.expr, function: ast.FunctionDef) -> set[str]:
    """Return the keys of a mapping: written out, or put together under a name."""
    match node:
        case ast.Dict(keys=keys):
            return {key.value for key in keys if isinstance(key, ast.Constant)}
        case ast.Name(id=name):
            written = set().union(*(_keys(value, function) for value in _assigned(name, function)))
            for each in ast.walk(function):
                match each:
                    case ast.Subscript(value=ast.Name(id=other), slice=ast.Constant(value=str(key))):
                        written |= {key} if other == name else set()
            return written
    return set()


def _assigned(name: str, function: ast.FunctionDef) -> Iterator[ast.expr]:
    for each in ast.walk(function):
        match each:
            case ast.Assign(targets=[ast.Name(id=other)], value=value) if other == name:
                yield value
            case ast.AnnAssign(target=ast.Name(id=other), value=ast.expr() as value) if other == name:
                yield value


SPOKEN = list(spoken())


def placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field}


def test_the_code_was_read() -> None:
    assert len(SPOKEN) > 30
    assert {"confirm", "reopened", "outside", "not_understood"} <= set().union(
        *(each.sentences for each in SPOKEN)
    )


def test_every_sentence_that_is_said_exists() -> None:
    missing = [(each.where, key) for each in SPOKEN for key in each.sentences if key not in SENTENCES]
    assert not missing


def test_every_placeholder_is_filled() -> None:
    empty = [
        (each.where, key, sorted(lacking))
        for each in SPOKEN
        for key in each.sentences & SENTENCES.keys()
        if (lacking := placeholders(SENTENCES[key]) - KNOWN - each.params)
    ]
    assert not empty


def test_what_a_status_says_is_filled_by_the_case() -> None:
    source = ast.parse((ROOT / "bot" / "telling.py").read_text(encoding="utf-8"))
    about = next(
        each for each in ast.walk(source) if isinstance(each, ast.FunctionDef) and each.name == "about"
    )
    supplied = _keys(ast.Name(id="params"), about)
    told = {key for key in SENTENCES if key.startswith("status_") and key not in ASKED_FOR}
    assert told > FAMILIES["status_"]
    for key in sorted(told):
        assert placeholders(SENTENCES[key]) - KNOWN <= supplied, key


ASKED_FOR = {"status_none", "status_one", "status_many", "status_more"}
"""The answers to STATUS: no news."""


def test_every_sentence_is_used() -> None:
    """A sentence nobody says is a promise nobody keeps: say it or drop it."""
    written = set().union(*FAMILIES.values())
    written |= {f"{key}_by" for key in FAMILIES["status_"]}  # said where the day is known (`telling.about`)
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.add(node.value)
    unused = {key for key in SENTENCES if key.partition(".")[0] not in written}
    assert not unused


def test_a_variant_belongs_to_a_sentence() -> None:
    for key in SENTENCES:
        base, _, variant = key.partition(".")
        assert base in SENTENCES
        assert variant in ("", "sms", "whatsapp", "telegram", "again")


def test_a_second_wording_says_it_in_other_words_and_with_no_more_to_fill() -> None:
    second = {key: again(key) for key in SENTENCES if "." not in key and again(key) != key}
    assert len(second) > 40
    for key, other in second.items():
        assert placeholders(SENTENCES[other]) <= placeholders(SENTENCES[key]) | KNOWN, key
        assert SENTENCES[other] != SENTENCES[key], key


# What the sentences say


@pytest.mark.parametrize("key", [key for key in SENTENCES if key != "help.sms"])
def test_no_sentence_asks_for_a_carriers_word(key: str) -> None:
    sentence = SENTENCES[key]
    assert not re.search(rf"\b(?:{'|'.join(CARRIERS)})\b", sentence)
    assert not re.search(rf"\b(?:reply|text|send|say) \W?(?:{'|'.join(CARRIERS)})\b", sentence, re.IGNORECASE)


def test_no_choice_is_a_carriers_word(config: Config) -> None:
    for service in config.city.services.values():
        for question in service.attributes:
            for value in question.values:
                assert value.name.upper().replace(" ", "") not in CARRIERS, service.service_code


def said(key: str, city: City, params: Mapping[str, Param] = FILLED, channel: str = "sms") -> str:
    return phrase(key, params, city, channel=channel, language="en")


def test_the_emergency_line_says_what_it_has_to(config: Config) -> None:
    line = said("emergency", config.city, {})
    assert len(line) <= ONE_TEXT
    assert line.startswith("This may be an EMERGENCY. Call 911 now")  # first who to call
    assert "text 911 if you cannot speak" in line
    assert "311 does not send police, fire or EMS" in line  # nobody may think that help is on its way
    assert line.endswith("Not an emergency? Reply 311.")
    assert "crew" not in line


def test_the_question_of_danger_names_the_number_first(config: Config) -> None:
    line = said("emergency_question", config.city, {})
    assert line.index("911") < line.index("?")
    assert "311 does not send help" in line


def test_help_by_sms_has_what_carriers_require(config: Config) -> None:
    text = said("help", config.city, {})
    for required in (config.city.program, config.city.phone, "Msg & data rates may apply", "STOP"):
        assert required in text
    for word in ("STATUS", "START OVER", "NEVER MIND", "AGENT"):
        assert word in text


def test_every_closing_says_why(config: Config) -> None:
    for key in (
        "status_completed",
        "status_closed_elsewhere",
        "status_no_action",
        "status_referred",
        "status_duplicate",
    ):
        assert "{note}" in SENTENCES[key], key


# Length


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_fits_two_texts_however_it_is_filled(key: str, config: Config) -> None:
    names = [service.service_name for service in config.city.services.values()]
    text = said(key, config.city, LONGEST | {"service": max(names, key=len)})
    assert is_gsm7(text)
    assert len(text) <= TWO_TEXTS, text


def test_most_sentences_fit_one_text(config: Config) -> None:
    """Run with -s for the table."""
    sms = [key for key in SENTENCES if f"{key}.sms" not in SENTENCES and not key.startswith("option_")]
    cost = {key: (segments(text := said(key, config.city)), len(text)) for key in sms}
    for key, (count, length) in sorted(cost.items(), key=lambda item: (-item[1][0], -item[1][1])):
        print(f"{count}  {length:3}  {key}")
    single = sum(count == 1 for count, _ in cost.values()) / len(cost)
    print(f"{single:.0%} of {len(cost)} sentences in one segment")
    assert single >= 0.8
    path = ("ask_place", "ask_service", "confirm", "confirm_ask_photo", "status_received", "status_completed")
    assert [key for key in path if cost[key][0] > 1] == []


# What the transcripts show


def bot_messages() -> Iterator[tuple[str, str]]:
    """Yield what the bot said by SMS in every transcript, with the transcript's name."""
    for path in sorted((ROOT / "tests" / "transcripts").rglob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        if "channel: sms" not in lines:
            continue
        message: list[str] = []
        for line in [*lines, ""]:
            if message and not line.startswith("    "):
                yield path.stem, "\n".join(message)
                message = []
            if line.startswith("bot> "):
                message = [line.removeprefix("bot> ")]
            elif message:
                message.append(line.removeprefix("    "))


def test_no_answer_by_sms_takes_more_than_two_texts() -> None:
    long = {name: text for name, text in bot_messages() if len(text) > TWO_TEXTS or segments(text) > 3}
    assert not long


def test_answers_by_sms_are_plain_wherever_the_city_wrote_them() -> None:
    """What is ours is GSM-7: one stray sign would more than double the price."""
    stray = {
        name: sign for name, text in bot_messages() for sign in text if not is_gsm7(sign) and not sign.isalpha()
    }
    assert not {name: sign for name, sign in stray.items() if ord(sign) < 0x1F000}


def test_a_say_is_what_the_sentences_are_for(config: Config) -> None:
    nested = Say(sentence="stands_on_site", params={"since": FILLED["since"]})
    text = said("status_one", config.city, FILLED | {"where_it_stands": nested, "link": ""})
    assert text.endswith("The crew is there, since Wed Sep 30.")
