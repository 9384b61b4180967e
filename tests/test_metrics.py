"""The numbers for Prometheus, asked for over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families
from provider_stub import closed_port
from servers import OpenOffice

from bot.database import Database
from bot.metrics import published
from bot.town import Town
from nlu.rasa_engine import RasaInterpreter, RasaServer
from nlu.spacy_engine import SpacyInterpreter


def numbers(town: Town) -> Iterator[tuple[str, dict[str, str], float]]:
    """Yield (name, labels, value) of what is published."""
    port = closed_port()
    with published(town, port):
        answer = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=20)
    for family in text_string_to_metric_families(answer.text):
        yield from ((one.name, one.labels, one.value) for one in family.samples)


def test_a_rasa_that_is_down_shows(
    open_office: OpenOffice, sqlite: Database, interpreter: SpacyInterpreter
) -> None:
    down = RasaServer(f"http://127.0.0.1:{closed_port()}", interpreter.labels)
    office = open_office(sqlite, nlu_engine="rasa")
    office = replace(office, town=replace(office.town, interpreter=RasaInterpreter(down, interpreter)))
    before = list(numbers(office.town))
    assert ("townline_nlu_engine_up", {"engine": "rasa"}, 1) in before
    office.town.interpreter.understand("a pothole at 500 Main St")
    after = list(numbers(office.town))
    assert ("townline_nlu_engine_up", {"engine": "rasa"}, 0) in after
    assert ("townline_nlu_engine_failures_total", {"engine": "rasa"}, 1) in after


def test_the_default_engine_is_always_up(open_office: OpenOffice, sqlite: Database) -> None:
    town = open_office(sqlite).town
    assert [one for one in numbers(town) if one[0].startswith("townline_nlu")] == [
        ("townline_nlu_engine_up", {"engine": "spacy"}, 1),
        ("townline_nlu_engine_failures_total", {"engine": "spacy"}, 0),
    ]


def test_what_waits_and_what_was_given_up(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)
    office.says("hello")
    office.simulator.settle()
    office.clock.pass_by(90)
    found = {(name, labels.get("queue", "")): value for name, labels, value in numbers(office.town)}
    assert found["townline_queue_waiting", "messages"] == 1
    assert found["townline_queue_oldest_seconds", "messages"] == 90
    for queue in ("photos", "reply", "push", "email", "webhook", "telegram", "open311"):
        assert found["townline_queue_waiting", queue] == 0
    assert found["townline_outbox_failed", ""] == 0
    assert found["townline_quarantined", ""] == 0


def test_a_port_that_is_taken_is_told(open_office: OpenOffice, sqlite: Database) -> None:
    town, port = open_office(sqlite).town, closed_port()
    with published(town, port), pytest.raises(OSError, match="in use"), published(town, port):
        pass
