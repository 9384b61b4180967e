"""Emergencies: phrases kept out of training are the measure; misses and false alarms have floors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlu.emergencies import check, gravest
from nlu.examples import read
from nlu.interpreter import Interpreter
from tests.nlu_fixture import TRAINING, interpreter, trained  # noqa: F401 (fixtures)

DATA = Path(__file__).parent / "data"
PHRASES: dict[str, list[str]] = yaml.safe_load((DATA / "emergencies.yml").read_text(encoding="utf-8"))

# Written later, by somebody who had read neither the rules nor the first list.
SECOND: dict[str, list[str]] = yaml.safe_load((DATA / "emergencies_second.yml").read_text(encoding="utf-8"))

# The rules' own author wrote it, before they were widened: it flatters them, and only guards what holds.
THIRD: dict[str, list[str]] = yaml.safe_load((DATA / "emergencies_third.yml").read_text(encoding="utf-8"))

# Written by somebody who had read none of the rules; at first, 97 of its 100 emergencies were answered.
FOURTH: dict[str, list[str]] = yaml.safe_load((DATA / "emergencies_fourth.yml").read_text(encoding="utf-8"))


def share(answers: list[Any], wanted: set[Any]) -> float:
    return sum(answer in wanted for answer in answers) / len(answers)


def unanswered(phrases: dict[str, list[str]], heard: dict[str, list[str | None]]) -> list[str]:
    """Return the emergencies that got neither the 911 line nor the question."""
    answers = zip(phrases["911"], heard["911"], strict=True)
    return [text for text, answer in answers if answer not in ("911", "likely")]


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("I smell gas", "911"),
        ("smells like gass in the hallway", "911"),
        ("my house is on FIRE!!", "911"),
        ("fire!", "911"),
        ("someone was hit by a car", "911"),
        ("a man has a gun", "911"),
        ("he isn't breathing", "911"),
        ("i want to kill myself", "911"),
        ("huele a gas en mi casa", "911"),
        ("hay un incendio", "911"),
        ("send help", "likely"),
        ("he says he will kill me", "911"),
        ("people are hurt", "911"),
        ("a dog attacked a child", "911"),
        ("how do i stop the bleeding", "911"),
        ("someone could get hurt", None),
        ("the manhole cover is missing", "urgent"),
        ("all the traffic lights are dark at Main and Oak", "urgent"),
        ("the fire hydrant is leaking", None),
        ("car parked in the fire lane", None),
        ("the gas station sign is broken", None),
        ("the gas meter cover is loose", None),
        ("this pothole is killing me", None),
        ("the sign was hit by a car", None),
        ("a bin got run over by the truck", None),
        ("the street light was shot out", None),
        ("someone broke into my car last night", None),
        ("it's not an emergency", None),
        ("", None),
    ],
)
def test_tiers(text: str, tier: str | None) -> None:
    assert check(text) == tier


def test_the_gravest_of_several_wins() -> None:
    assert check("missing manhole cover and a car is on fire") == "911"
    assert gravest("urgent", None, "likely") == "likely"
    assert gravest(None) is None


def test_rules_alone_on_phrases_they_were_not_written_for() -> None:
    assert share([check(text) for text in PHRASES["911"]], {"911", "likely"}) >= 0.85
    assert share([check(text) for text in PHRASES["urgent"]], {"urgent", "likely", "911"}) >= 0.9
    assert share([check(text) for text in PHRASES["lookalikes"]], {"911", "likely"}) <= 0.02


def test_rules_and_model_together(interpreter: Interpreter) -> None:  # noqa: F811
    heard = {
        tier: [interpreter.understand(text).emergency for text in texts] for tier, texts in PHRASES.items()
    }
    assert unanswered(PHRASES, heard) == []
    assert share(heard["lookalikes"], {"911", "likely"}) <= 0.1
    assert share(heard["lookalikes"], {"911"}) <= 0.02


def test_rules_and_model_on_phrases_nobody_tuned_for(interpreter: Interpreter) -> None:  # noqa: F811
    heard = {tier: [interpreter.understand(text).emergency for text in texts] for tier, texts in SECOND.items()}
    assert unanswered(SECOND, heard) == []
    assert share(heard["lookalikes"], {"911", "likely"}) <= 0.22
    assert share(heard["lookalikes"], {"911"}) <= 0.03


def test_rules_and_model_on_the_phrases_of_the_rules_author(interpreter: Interpreter) -> None:  # noqa: F811
    heard = {tier: [interpreter.understand(text).emergency for text in texts] for tier, texts in THIRD.items()}
    assert unanswered(THIRD, heard) == []
    assert share(heard["lookalikes"], {"911"}) <= 0.07


def test_rules_and_model_on_a_fresh_list(interpreter: Interpreter) -> None:  # noqa: F811
    heard = {tier: [interpreter.understand(text).emergency for text in texts] for tier, texts in FOURTH.items()}
    assert unanswered(FOURTH, heard) == []
    assert share(heard["lookalikes"], {"911", "likely"}) <= 0.15
    assert share(heard["lookalikes"], {"911"}) <= 0.03


def test_ordinary_examples_seldom_get_the_line() -> None:
    ordinary = [e.text for e in read(TRAINING) if e.intent not in ("emergency", "utility_wires")]
    assert share([check(text) for text in ordinary], {"911"}) <= 0.01


@given(st.text())
def test_check_never_raises(text: str) -> None:
    assert check(text) in ("911", "likely", "urgent", None)
