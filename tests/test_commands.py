"""Commands and short answers by exact rule: a table in Spanish, and what holds for any language's words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu import commands
from nlu.addresses import find_mentions
from nlu.interpreter import INTENTS
from tests.nlu_fixture import LEXICON

DATA = Path(__file__).parent / "data"
SPANISH = yaml.safe_load((DATA / "commands_es.yml").read_text(encoding="utf-8"))
COMMANDS = [row for row in SPANISH if row.get("command", "none") != "none"]

ASPECTS = {"command", "number", "opens", "rest", "more", "wrong", "not", "still"}


def heard(text: str, language: str) -> dict[str, Any]:
    """Return everything the rules say of a text."""
    opening = commands.opening(text, language)
    denied = commands.denied_thing(text)
    said = {
        "command": commands.command(text, language),
        "number": commands.choice(text, language),
        "opens": opening.polarity,
        "rest": opening.rest,
        "more": not commands.says_no_more(opening.rest),
        "wrong": commands.wrong(text, ()),
        "not": denied and denied["what"],
        "still": commands.says_still(text),
    }
    return {name: "none" if value is None else value for name, value in said.items()}


def test_the_table_names_what_is_compared() -> None:
    assert len(SPANISH) >= 200
    assert len({row["text"] for row in SPANISH}) == len(SPANISH)
    for row in SPANISH:
        assert set(row) & ASPECTS, row
        assert set(row) <= ASPECTS | {"text", "language"}, row
    assert {row["command"] for row in COMMANDS} <= set(INTENTS)


@pytest.mark.parametrize("row", SPANISH, ids=lambda row: row["text"])
def test_a_short_answer_means_what_the_table_says(row: dict[str, Any]) -> None:
    said = heard(row["text"], row.get("language", "es"))
    expected = {name: value for name, value in row.items() if name in ASPECTS}
    assert {name: said[name] for name in expected} == expected


@pytest.mark.parametrize("row", COMMANDS, ids=lambda row: row["text"])
def test_a_command_is_understood_whatever_the_language_of_the_conversation(row: dict[str, Any]) -> None:
    assert commands.command(row["text"], "en") == row["command"]
    assert commands.command(row["text"], "a language without words") == row["command"]


@pytest.mark.parametrize("text", ["help", "never mind", "the second one", "wrong address", "agent please"])
def test_english_is_understood_in_a_spanish_conversation(text: str) -> None:
    assert heard(text, "es") == heard(text, "en")
    assert any(heard(text, "es")[name] != "none" for name in ("command", "number", "wrong"))


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("no en Main St, en Oak Ave", ["Main St"]),
        ("no es en la Main St, es en Oak Ave", ["Main St"]),
        ("es en Oak Ave no la Main St", ["Main St"]),
        ("no hay luz en Main St", []),
        ("no, Main St", []),
        ("not Main St, Oak Ave", ["Main St"]),
    ],
)
def test_a_place_is_named_only_to_say_that_it_is_not_there(text: str, denied: list[str]) -> None:
    mentions = find_mentions(text, LEXICON)
    assert [place.text.removeprefix("la ") for place in mentions if commands.is_denied(text, place)] == denied


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("es en 500 Main St por favor", True),
        ("está en la esquina de Main St", True),
        ("frente al 500 Main St", True),
        ("hay un bache en 500 Main St", False),
        ("500 Main St se inunda", False),
    ],
)
def test_a_place_and_nothing_else(text: str, only: bool) -> None:
    mentions = find_mentions(text, LEXICON)
    assert mentions
    assert commands.is_only_a_place(text, mentions) == only


@pytest.mark.parametrize("text", ["yes", "Sí", "no", "thanks!", "2", "#3", "STATUS", "the second one"])
def test_some_messages_say_all(text: str) -> None:
    assert commands.says_all(text)


@pytest.mark.parametrize("text", ["", "hi", "hola", "pothole", "5 Elm St", "no, the light", "y" * 99])
def test_after_others_more_may_come(text: str) -> None:
    assert not commands.says_all(text)


def test_a_phrase_means_one_thing_in_every_language() -> None:
    """Where two languages must disagree, say so here: the language of the message then decides."""
    meant = {(phrase, intent) for words in commands.WORDS.values() for phrase, intent in words.phrases.items()}
    assert not [phrase for phrase, times in Counter(phrase for phrase, _ in meant).items() if times > 1]


@pytest.mark.parametrize("language", list(commands.WORDS))
def test_the_words_are_of_intents_and_spelt_as_they_are_looked_up(language: str) -> None:
    words = commands.WORDS[language]
    assert {*words.phrases.values(), *words.commands} <= set(INTENTS)
    assert {
        "affirm",
        "deny",
        "skip",
        "never_mind",
        "start_over",
        "help",
        "status",
        "human",
        "not_fixed",
    } <= set(words.phrases.values())
    for phrase, intent in words.phrases.items():
        assert commands.command(phrase, language) == intent, phrase
        assert commands.command(phrase.upper() + ".", language) == intent, phrase
