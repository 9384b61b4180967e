"""The ear's commands: parse, evaluate, and the review that turns what was misheard into examples."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import teaching
from bot.cli import townline
from bot.config import Config
from bot.props import START
from bot.rehearsal import Rehearsal
from dialogues.manager import take_turn
from dialogues.types import Draft, Heard, Misheard, State, Utterance
from nlu.evaluate import read_sets
from nlu.examples import read_file
from nlu.interpreter import Interpreter


@pytest.fixture
def stage(config: Config, city_database: Path, interpreter: Interpreter, tmp_path: Path) -> Iterator[Rehearsal]:
    """A conversation whose training data may be written to."""
    (tmp_path / "data" / "training").mkdir(parents=True)
    with Rehearsal(config, "sms", database=city_database, interpreter=interpreter) as opened:
        opened.town = replace(opened.town, config=replace(opened.config, root=tmp_path))
        yield opened


def test_a_type_the_resident_corrected_comes_up_for_review(stage: Rehearsal) -> None:
    list(
        stage.play(
            ["resident> pothole at 500 main st", "bot>", "resident> no, graffiti", "bot>", "resident> yes"]
        )
    )
    (lesson,) = teaching.lessons(stage.town, 10)
    assert (lesson.text, lesson.heard, lesson.meant) == (
        "pothole at 500 main st",
        "pothole_road_damage",
        "graffiti",
    )


def test_what_was_not_understood_is_noted_for_review(config: Config) -> None:
    state = State(draft=Draft(description="..."), awaiting="service")
    heard = Heard(at=START, utterances=(Utterance(text="qwrt zxcv", intent="inform", confidence=0.2),))
    turn = take_turn(state, heard, config.city)
    assert Misheard(text="qwrt zxcv", heard="inform", confidence=0.2) in turn.effects


def test_a_report_heard_right_leaves_nothing_to_review(stage: Rehearsal) -> None:
    list(stage.play(["resident> pothole at 500 main st", "bot>", "resident> yes"]))
    assert teaching.waiting(stage.town) == 0


def test_what_a_reviewer_accepts_becomes_an_example_and_is_forgotten(stage: Rehearsal) -> None:
    list(
        stage.play(
            ["resident> pothole at 500 main st", "bot>", "resident> no, graffiti", "bot>", "resident> yes"]
        )
    )
    (lesson,) = teaching.lessons(stage.town, 10)
    path = teaching.add(stage.town, lesson, "tagging all over [Main St](place)", "graffiti")
    (example,) = read_file(path)
    assert (example.text, example.intent) == ("tagging all over Main St", "graffiti")
    assert teaching.waiting(stage.town) == 0


@pytest.mark.parametrize(
    ("text", "label"), [("fine", "no_such_type"), ("[Main](street)", "graffiti"), (" ", "graffiti")]
)
def test_what_can_be_no_example_is_refused(stage: Rehearsal, text: str, label: str) -> None:
    list(
        stage.play(
            ["resident> pothole at 500 main st", "bot>", "resident> no, graffiti", "bot>", "resident> yes"]
        )
    )
    (lesson,) = teaching.lessons(stage.town, 10)
    with pytest.raises(ValueError, match=r"."):
        teaching.add(stage.town, lesson, text, label)
    assert teaching.waiting(stage.town) == 1


@pytest.fixture
def run(
    config: Config,
    city_database: Path,
    interpreter: Interpreter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> CliRunner:
    """The command line, at a deployment of its own."""
    shutil.copy(city_database, tmp_path / "townline.db")
    monkeypatch.setenv("TOWNLINE_CONFIG", str(config.root / "config.yml"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'townline.db'}")
    return CliRunner()


def test_parse_answers_json_lines(run: CliRunner) -> None:
    asked = '{"id": "a", "text": "graffiti at 5th and main"}\n\n{"id": 2, "text": "i smell gas in my house"}\n'
    answered = run.invoke(townline, ["nlu", "parse"], input=asked)
    first, second = [json.loads(line) for line in answered.stdout.splitlines()]
    assert (first["id"], first["intent"], first["service_code"]) == ("a", "report", "graffiti")
    assert first["places"] == [{"text": "5th and main", "kind": "intersection", "start": 12, "end": 24}]
    assert first["services"][0] == {"service_code": "graffiti", "confidence": first["confidence"]}
    assert (second["id"], second["emergency"]) == (2, "911")


@pytest.mark.parametrize("line", ["graffiti", "[]", '{"id": 1}'])
def test_parse_names_the_line_it_can_t_read(run: CliRunner, line: str) -> None:
    answered = run.invoke(townline, ["nlu", "parse"], input='{"id": 1, "text": "hi"}\n' + line)
    assert answered.exit_code == 1
    assert "line 2" in answered.output


def test_evaluate_prints_figures_and_saves_a_page(run: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "reports.csv").write_text(
        "text,label,alt_labels\nbig pothole on elm,pothole_road_damage,\ntagging on a wall,graffiti,\n"
    )
    (tmp_path / "places.csv").write_text(
        "text,expected_address,kind\ngraffiti at 12 elm st,12 elm st,address\nthe light is out,,none\n"
    )
    (tmp_path / "intents.csv").write_text("text,intent\nhello,greeting\nthank you so much,thanks\n")
    (tmp_path / "streets.csv").write_text("street\nElm St\n")
    page = tmp_path / "page.html"
    files = [str(tmp_path / f"{name}.csv") for name in ("reports", "places", "intents", "streets")]
    answered = run.invoke(townline, ["nlu", "evaluate", *files, "--save", str(page)])
    assert answered.exit_code == 0, answered.output
    assert "issue types, lenient" in answered.output
    assert "1.000" in answered.output
    assert "pothole_road_damage" in page.read_text()
    assert page.read_text().count("<table") >= 5


def test_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match=r"odd\.csv: expected a column"):
        read_sets([tmp_path / "odd.csv"])
