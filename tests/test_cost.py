"""What the happy path costs by SMS: every service reported in one message, and the work done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.config import Config
from dialogues.manager import take_turn
from dialogues.prompts import describe
from dialogues.rendering import render
from dialogues.types import FileRequest, Heard, Place, Say, State, Utterance
from webhooks.gsm7 import segments

MOST = 4
"""Segments from the first answer to "it is done"."""

AT = datetime(2026, 6, 1, 15, tzinfo=UTC)
PLACE = Place(address_string="1432 Washington Ave", lat=41.6, long=-91.0)


def happy_path(code: str, config: Config, language: str) -> list[str]:
    """Return all the texts of one report, from what it takes to file it to the work being done."""
    city = config.city
    first = Utterance(text="please fix this", intent="report", services=((code, 0.9),), places=(PLACE,))
    yes = Utterance(text="yes", intent="affirm", polarity="yes")
    said: list[Say] = []
    state, heard = State(), first
    for _ in range(5):
        turn = take_turn(state, Heard(at=AT, utterances=(heard,), references=("SR-10001",)), city)
        said += [each for each in turn.effects if isinstance(each, Say)]
        filed = [each for each in turn.effects if isinstance(each, FileRequest)]
        if filed:
            service = city.services[code]
            case = {"number": "SR-10001", "place": PLACE.address_string, "note": "Done by crew 7."}
            received = {"service": describe(filed[0].draft, city), "due": AT + timedelta(days=7)}
            said += [
                Say(
                    sentence="status_received",
                    params={**case, **received, "department": city.departments[service.department]},
                ),
                Say(
                    sentence="status_completed",
                    params={**case, "service": service.service_name, "until": AT + timedelta(days=14)},
                ),
            ]
            return [render(each, city, channel="sms", language=language).text for each in said]
        state, heard = turn.state, yes
        if state.awaiting == "attribute":
            asked = city.services[code].answer(state.attribute)
            assert asked is not None
            heard = Utterance(text=asked.values[0].name if asked.values else "blue Honda, ABC123")
    raise AssertionError(f"{code} was not filed: {said}")


@pytest.fixture(scope="module", params=["en", "es"])
def costs(request: pytest.FixtureRequest, config: Config) -> dict[str, list[str]]:
    """The texts of the happy path, by service, in one language."""
    return {code: happy_path(code, config, request.param) for code in config.city.services}


def test_the_happy_path_costs_four_segments_at_most(costs: dict[str, list[str]], config: Config) -> None:
    """Run with -s for the table."""
    for code, texts in costs.items():
        print(f"{sum(map(segments, texts)):2} segments  {len(texts)} texts  {code}")
    assert not {code: texts for code, texts in costs.items() if sum(map(segments, texts)) > MOST}


def test_an_optional_question_costs_no_message(costs: dict[str, list[str]], config: Config) -> None:
    for code, texts in costs.items():
        service = config.city.services[code]
        required = sum(question.required for question in service.attributes)
        assert len(texts) == required + 3, texts
    asking = [texts for code, texts in costs.items() if "?" in texts[-3]]
    assert len(asking) >= len(costs) * 2 // 3  # where there is room in one text
