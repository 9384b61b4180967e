"""Hundreds of made-up residents talk to the bot until their case is filed or a person has it.

`pytest tests/test_residents.py -s` shows the figures and every talk that went wrong; thousands more talk by
scripts/simulated_residents.py. A failure here is the bot's, unless no resident would ever talk like that.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from residents import report
from residents.crowd import crowd
from residents.encounter import LOOP, SILENCE, Encounter, are_filed, faults_of
from residents.personas import PERSONAS
from residents.reading import kind_of
from residents.wordings import LANGUAGES, PROBLEMS, Spot, goal
from rich.console import Console

from bot.config import Config
from bot.limit_rules import Limits
from bot.models import ServiceRequest
from bot.rehearsal import Rehearsal
from nlu.interpreter import Interpreter

COUNT, SEED = 630, 311  # talks in about 90 seconds, thirty of each persona
LEAST_WELL = 0.98
MOST_TO_FILE = 3
READINGS = yaml.safe_load((Path(__file__).parent / "data" / "residents_reading.yml").read_text("utf-8"))
ELM = Spot("address", "5 elm st", "5 Elm St", 41.6, -91.0)


@pytest.fixture(scope="module")
def talks(config: Config, city_database: Path, interpreter: Interpreter) -> list[Encounter]:
    """All talks, one after the other in one office."""
    unlimited = Limits(cases_at_one_place=None, cases_of_one_service=None)  # they share a few places
    config = replace(config, file=config.file.model_copy(update={"limits": unlimited}))
    with Rehearsal(config, "sms", database=city_database, interpreter=interpreter) as stage:
        held = list(crowd(stage, COUNT, SEED))
    Console(width=140).print(report.table(held))
    print(report.failures(held))
    return held


def told(talks: list[Encounter]) -> str:
    return "\n\n" + "\n".join(map(report.transcript, talks[:10]))


def test_nearly_all_residents_get_what_they_came_for(talks: list[Encounter]) -> None:
    failed = [talk for talk in talks if talk.outcome in ("wrong", "gave up")]
    assert report.share_well(talks) >= LEAST_WELL, told(failed)


def test_no_resident_is_left_in_silence_or_led_in_circles(talks: list[Encounter]) -> None:
    lost = [talk for talk in talks if {SILENCE, LOOP} & set(talk.faults)]
    assert not lost, told(lost)


def test_residents_need_few_messages(talks: list[Encounter]) -> None:
    assert report.median_to_file(talks) <= MOST_TO_FILE


def test_every_message_keeps_what_it_promises(talks: list[Encounter]) -> None:
    """It says something, fits two texts, has all its words filled in, and speaks the resident's language."""
    broken = [talk for talk in talks if set(talk.faults) - {SILENCE, LOOP}]
    assert not broken, told(broken)


def test_the_crowd_is_of_all_sorts(talks: list[Encounter]) -> None:
    assert {talk.persona for talk in talks} == {persona.__name__ for persona in PERSONAS}
    assert {talk.channel for talk in talks} == {"sms", "telegram"}
    assert {talk.language for talk in talks} == {"en", "es", "mixed"}
    said = "\n".join(line for talk in talks for line in talk.transcript)
    assert set(re.findall(r"^files> (\w+),", said, re.MULTILINE)) >= set(PROBLEMS)


def test_the_crowd_is_the_same_for_a_seed(
    config: Config, city_database: Path, interpreter: Interpreter
) -> None:
    def held(seed: int) -> list[list[str]]:
        with Rehearsal(config, "sms", database=city_database, interpreter=interpreter) as stage:
            return [talk.transcript for talk in crowd(stage, 6, seed)]

    assert held(1) == held(1) != held(2)


# What the judgement rests on


@pytest.mark.parametrize(("kind", "text"), READINGS)
def test_residents_read_what_is_asked(kind: str, text: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "channel", "language", "fault"),
    [
        ("", "telegram", "en", "empty"),
        ("Pothole at {place}.", "sms", "en", "placeholder"),
        ("Responda SÍ para enviarlo.", "sms", "es", "not GSM-7"),
        ("a" * 321, "sms", "en", "too long"),
        ("Where is it? Send an address.", "sms", "es", "wrong language"),
        ("Bache at 5 Elm St. Or reply YES to send it.", "sms", "es", "wrong language"),
        ("¿Dónde es? Mande una dirección.", "telegram", "en", "wrong language"),
    ],
)
def test_a_broken_message_is_noticed(text: str, channel: str, language: str, fault: str) -> None:
    assert fault in list(faults_of(text, channel, language))


def test_only_the_right_case_is_right(config: Config) -> None:
    wanted = [goal("graffiti", ELM, config.city)]
    right = ServiceRequest(service_code="graffiti", address_string="5 Elm St", lat=41.6, long=-91.0)
    nearby = ServiceRequest(service_code="graffiti", address_string="7 Elm St", lat=41.601, long=-91.0)
    far = ServiceRequest(service_code="graffiti", address_string="95 Elm St", lat=41.602, long=-91.0)
    other = ServiceRequest(service_code="noise", address_string="5 Elm St", lat=41.6, long=-91.0)
    assert are_filed(wanted, [right])
    assert are_filed(wanted, [nearby])
    assert not any(are_filed(wanted, cases) for cases in ([], [far], [other], [right, other], [right, right]))
    assert are_filed([], [])


def test_every_issue_type_is_reported_in_words_of_its_own(config: Config) -> None:
    """None that the ear was trained with: hearing those again would prove nothing."""
    assert set(PROBLEMS) == set(config.city.services)
    for language in LANGUAGES:
        texts = [path.read_text("utf-8") for path in (config.training / language).glob("*.yml")]
        trained = {plain_words(line) for text in texts for line in text.splitlines()}
        said = [words for problem in PROBLEMS.values() for words in problem[language]["says"]]
        assert len(said) >= 100
        assert not [words for words in said if plain_words(words) in trained]


def plain_words(text: str) -> str:
    """Return a text without the marks of training data: "- at [5 Elm](place)" is "at 5 Elm"."""
    return re.sub(r"\]\(\w+\)|^\s*- |[\[\].,]", "", text).strip().casefold()
