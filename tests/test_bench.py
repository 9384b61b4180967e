"""The benchmark measures what happened: a small crowd at a real deployment, and crowds that fared badly."""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.bench import like_work, rasa_bot, report
from bot.bench.crowd import Beat, Line, Night, Resident
from bot.bench.deployment import Part
from bot.bench.rasa_bot import Unfinished
from bot.bench.report import Figures, figures, is_whole, percentile
from bot.bench_command import doors
from bot.cli import townline
from bot.config import Config
from dialogues.wording import SENTENCES
from nlu.interpreter import Interpreter

NIGHT = Night(
    seconds=2.0,
    texts=4,
    acks=[0.01, 0.02, 0.03, 0.04],
    replies=[0.1, 0.2, 0.3, 0.4],
    refused=0,
    lost=0,
    twice=0,
    filed=1,
    held=0,
    mistakes=[],
)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are measured by /proc")
def test_a_small_crowd_is_answered_by_a_real_deployment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TOWNLINE_CONFIG", str(Path(__file__).parent.parent / "config.yml"))
    written = tmp_path / "figures.json"
    command = ["bench", "--rate", "4", "--seconds", "2", "--stored", "50", "--json", str(written)]
    ran = CliRunner().invoke(townline, command)
    assert ran.exit_code == 0, ran.output
    found = json.loads(written.read_text(encoding="utf-8"))
    assert (found["texts"], found["lost"], found["twice"], found["wrong"]) == (8, 0, 0, 0)
    assert found["left"] == {"unread": 0, "unsent": 0, "failed": 0, "untold": 0, "untaken": 0}
    assert found["cpu_ms_per_turn"]["web"] > 0
    assert found["memory_mib"]["web"] > 50
    assert 0 < found["ack_ms"]["p50"] <= found["reply_ms"]["p99"]


def test_like_work_is_measured_where_every_report_became_a_case(
    config: Config, interpreter: Interpreter
) -> None:
    twilio = {
        "twilio_account_sid": "AC" + "0" * 32,
        "twilio_auth_token": "simulated",
        "twilio_from": "+15550100",
    }
    config = replace(config, settings=replace(config.settings, **twilio))
    said = like_work.conversations(doors(config), 3)
    with like_work.opened(config, interpreter=interpreter) as ours:
        found = ours.talk(said[:2])
        assert found.turns == 2 * 3
        assert found.cpu_seconds > found.understood_seconds > 0
        with pytest.raises(Unfinished, match="1 cases were filed in 2 conversations"):
            ours.talk([said[2], ("hello", "how are you")])


def test_like_work_of_both_is_compared_round_by_round() -> None:
    def theirs(seconds: float) -> rasa_bot.Figures:
        nothing = dict.fromkeys(("seconds", "p50_ms", "p95_ms"), 1.0)
        return rasa_bot.Figures(conversations=1, turns=10, cpu_seconds=seconds, peak_mb=500.0, **nothing)

    ours = [like_work.Figures(10, 0.1, 0.01), like_work.Figures(10, 0.3, 0.03)]  # the machine slowed down
    found = report.beside("light", ours, [theirs(0.3), theirs(0.6)])
    assert (found["ours_ms"], found["rasa_ms"], found["understood_ms"]) == (20.0, 45.0, 2.0)
    assert (found["least"], found["times"], found["most"]) == (2.0, 2.25, 3.0)
    shown = report.table(measured() | {"rasa": found})
    words = "20 ms a turn; Rasa's form bot (light) 45: 2.25 times that, in the rounds 2 to 3"
    assert words in [str(cell) for cell in shown.columns[1].cells]


def measured(**changes: object) -> Figures:
    before, after = {"web": Part("web", 1.0, 100.0)}, {"web": Part("web", 1.4, 120.0)}
    return figures(Night(**(vars(NIGHT) | changes)), before, after, {"unread": 0})


def test_figures_are_by_turn() -> None:
    found = measured()
    assert found["cpu_ms_per_turn"] == {"web": 100.0}
    assert found["texts_per_second"] == 2.0
    assert found["reply_ms"] == {"p50": 300, "p95": 400, "p99": 400}
    assert is_whole(found)


@pytest.mark.parametrize("fault", [{"lost": 1}, {"twice": 1}, {"refused": 1}, {"mistakes": ["wrong place"]}])
def test_one_fault_is_enough(fault: dict[str, object]) -> None:
    assert not is_whole(measured(**fault))


def test_what_is_left_undone_is_a_fault() -> None:
    assert not is_whole(measured() | {"left": {"unsent": 1}})


def test_percentiles_of_nothing_are_nothing() -> None:
    assert percentile([], 0.99) == 0.0
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0


def test_each_moment_is_for_one_phone_alone() -> None:
    beat = Beat(1000, 50)
    with ThreadPoolExecutor(8) as phones:
        had = list(phones.map(lambda _: sum(1 for _ in iter(beat.next, False)), range(8)))
    assert (sum(had), beat.gone) == (50, 50)


def test_no_moment_comes_before_its_time_or_after_the_end() -> None:
    begin = time.monotonic()
    beat = Beat(20, 1000)
    assert [beat.next() for _ in range(3)] == [True] * 3
    assert time.monotonic() - begin >= 2 / 20
    beat.end()
    assert (beat.next(), beat.gone) == (False, 3)


def test_a_resident_says_yes_no_and_thanks() -> None:
    resident = Resident("+15550101", "500 Main St", "pothole at {door}")
    assert resident.next_words("Pothole at 500 Main St. Reply YES to send it.") == "yes"
    assert resident.next_words("Pothole at 500 Main St, SR-10001. Is it the same?") == "no"
    assert resident.next_words("Pothole at 500 Main St is SR-10002, sent to Streets.") == "thanks"
    assert resident.next_words("You're welcome!") is None


def test_a_resident_waits_for_the_person_who_decides() -> None:
    resident = Resident("+15550101", "500 Main St", "pothole at {door}")
    assert resident.next_words(SENTENCES["hand_off_many"]) is None
    assert resident.held
    shown = report.table(measured(held=3))
    assert "1, 3 left to a person: many alike" in [str(cell) for cell in shown.columns[1].cells]


def test_a_resident_who_is_led_in_circles_complains() -> None:
    resident = Resident("+15550101", "500 Main St", "pothole at {door}", lines=[Line("yes")] * 6)
    assert resident.next_words("Reply YES to send it.") is None
    assert resident.mistakes == ["went round in circles"]
