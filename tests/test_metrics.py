"""The numbers for Prometheus, asked for over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from prometheus_client.parser import text_string_to_metric_families
from servers import PHONE, OpenOffice

from bot import meters
from bot.bench.deployment import free_port
from bot.database import Database
from bot.metrics import published
from bot.town import Town
from nlu.rasa_engine import RasaInterpreter, RasaServer
from nlu.spacy_engine import SpacyInterpreter
from webhooks.simulator.faults import Fault

ROOT = Path(__file__).parent.parent
ALERTS = yaml.safe_load((ROOT / "docs" / "alerts.yml").read_text(encoding="utf-8"))


def numbers(town: Town) -> Iterator[tuple[str, dict[str, str], float]]:
    """Yield (name, labels, value) of what is published."""
    port = free_port()
    with published(town, port):
        answer = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=20)
    for family in text_string_to_metric_families(answer.text):
        yield from ((one.name, one.labels, one.value) for one in family.samples)


def test_a_rasa_that_is_down_shows(
    open_office: OpenOffice, sqlite: Database, interpreter: SpacyInterpreter
) -> None:
    down = RasaServer(f"http://127.0.0.1:{free_port()}", interpreter.labels)
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
    town, port = open_office(sqlite).town, free_port()
    with published(town, port), pytest.raises(OSError, match="in use"), published(town, port):
        pass


def counted(town: Town) -> dict[tuple[str, ...], float]:
    """Return what was counted in this process so far, by the number's name and its labels in order of names."""
    found = [each for each in numbers(town) if each[0].endswith(("_total", "_count"))]
    return {(name, *(labels[key] for key in sorted(labels))): value for name, labels, value in found}


def test_every_step_of_a_message_is_counted_and_timed(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)
    before = counted(office.town)
    office.says("pothole at 500 main st")
    office.bustle()
    after = counted(office.town)
    grown = {key: value - before.get(key, 0) for key, value in after.items() if value > before.get(key, 0)}
    for step in ("receive", "hear", "turn", "commit", "deliver"):
        assert grown["townline_step_seconds_count", step] == 1, step
    assert grown["townline_turns_total", "answered"] == 1
    assert grown["townline_jobs_total", "take_turns", "done"] >= 1
    assert grown["townline_jobs_total", "deliver", "done"] >= 1
    assert grown["townline_webhooks_total", "taken", "twilio"] >= 1


def test_what_providers_refuse_is_counted_by_code(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)
    before = counted(office.town)
    office.simulator.twilio_faults.put(Fault(refuse=30034, times=1))
    office.says("help")
    office.bustle()
    office.simulator.twilio_faults.put(Fault(undelivered=30006, times=1))
    office.says("help")
    office.bustle()
    requests.post(f"{office.url}/webhooks/twilio", data={"From": PHONE, "Body": "forged"}, timeout=30)
    after = counted(office.town)
    grown = {key: value - before.get(key, 0) for key, value in after.items() if value > before.get(key, 0)}
    assert grown["townline_provider_errors_total", "sms", "30034"] == 1
    assert grown["townline_undelivered_total", "sms", "30006"] == 1
    assert grown["townline_webhooks_total", "refused", "twilio"] == 1


def test_a_code_that_is_none_is_no_label(open_office: OpenOffice, sqlite: Database) -> None:
    town = open_office(sqlite).town
    meters.refused("sms", f"what {PHONE} wrote")
    found = counted(town)
    assert found["townline_provider_errors_total", "sms", "other"] >= 1
    assert not [key for key in found if PHONE in " ".join(key)]


def rules() -> list[dict[str, Any]]:
    return [rule for group in ALERTS["groups"] for rule in group["rules"]]


def test_the_alert_rules_are_as_prometheus_reads_them() -> None:
    assert set(ALERTS) == {"groups"}
    for group in ALERTS["groups"]:
        assert set(group) == {"name", "rules"}
    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names))
    for rule in rules():
        assert (
            {"alert", "expr", "labels", "annotations"}
            <= set(rule)
            <= {"alert", "expr", "for", "labels", "annotations"}
        )
        assert re.fullmatch(r"\d+[smh]", rule.get("for", "1m"))
        assert set(rule["annotations"]) == {"summary", "action"}
        assert rule["labels"]["severity"] in ("critical", "warning")
        for opening, closing in ("()", "{}", "[]"):
            assert rule["expr"].count(opening) == rule["expr"].count(closing), rule["alert"]


def test_every_number_that_an_alert_asks_for_is_there(open_office: OpenOffice, sqlite: Database) -> None:
    town = open_office(sqlite).town
    for count, arguments in ((meters.job, ("poll", "failed")), (meters.webhook, ("twilio", "failed")),
                             (meters.undelivered, ("sms", "1"))):  # fmt: skip
        count(*arguments)  # type: ignore[operator]  (until then, a label has no number)
    there: dict[str, set[str]] = {}
    for name, labels, _ in numbers(town):
        there.setdefault(name, set()).update(labels)
    asked = [(rule["alert"], *found) for rule in rules()
             for found in re.findall(r"(townline_\w+)(?:{(\w+)[=~])?", rule["expr"])]  # fmt: skip
    assert len(asked) >= len(rules()) - 1  # all but the one that asks whether it is up
    for alert, name, label in asked:
        assert name in there, alert
        assert not label or label in there[name], alert


def test_the_numbers_are_all_documented(open_office: OpenOffice, sqlite: Database) -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    found = {
        re.sub(r"_(bucket|count|sum|created)$", "", name) for name, _, _ in numbers(open_office(sqlite).town)
    }
    assert not [name for name in found if name.startswith("townline_") and name not in page]
