"""The default engine by its contract: a table of messages, what holds for any text, and floors."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlu import examples, train
from nlu.evaluate import evaluate
from nlu.interpreter import INTENTS, Interpreter, Lexicon, ModelMissing, Understanding, load
from nlu.spacy_engine import read_meta
from tests.nlu_fixture import LEXICON, TRAINING, Trained, interpreter, trained  # noqa: F401 (fixtures)

CASES = yaml.safe_load((Path(__file__).parent / "data" / "nlu_understanding.yml").read_text(encoding="utf-8"))
ODD_TEXTS = (
    "",
    " ",
    "\0",
    "a\0b",
    "😀" * 1_600,
    "x" * 10_000,
    "a " * 5_000,
    "\n\t\r",
    "?!?!",
    "\ud800",
    "a hole \ud800 at 5th\0& main",
    "١٢",
    "²",
)


def said(heard: Understanding, name: str) -> Any:
    if name == "service":
        return heard.services[0].service_code if heard.services else "none"
    if name == "places":
        return [place.text for place in heard.places]
    if name == "kind":
        return heard.places[0].kind if heard.places else None
    return getattr(heard, name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_message_means_what_the_table_says(interpreter: Interpreter, case: dict[str, Any]) -> None:  # noqa: F811
    heard = interpreter.understand(case["text"])
    expected = {name: value for name, value in case.items() if name != "text"}
    assert {name: said(heard, name) for name in expected} == expected


def in_order(heard: Understanding, text: str) -> None:
    """Check what holds for every understanding."""
    assert heard.intent in INTENTS
    assert 0 <= heard.confidence <= 1
    confidences = [guess.confidence for guess in heard.services]
    assert confidences == sorted(confidences, reverse=True)
    assert len(confidences) <= 3
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert all(place.text == text[place.start : place.end] for place in heard.places)
    assert heard.number is None or heard.number >= 1


@pytest.mark.parametrize("text", ODD_TEXTS, ids=lambda text: repr(text[:6]))
def test_odd_texts_are_understood_as_something(interpreter: Interpreter, text: str) -> None:  # noqa: F811
    in_order(interpreter.understand(text), text)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.text(), st.lists(st.sampled_from([case["text"] for case in CASES]), max_size=3).map(", ".join))
)
def test_any_text_is_understood_as_something(interpreter: Interpreter, text: str) -> None:  # noqa: F811
    in_order(interpreter.understand(text), text)


def test_many_threads_hear_what_one_hears(interpreter: Interpreter) -> None:  # noqa: F811
    texts = [case["text"] for case in CASES] * 5
    alone = [interpreter.understand(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(interpreter.understand, texts)) == alone


def test_a_service_is_recognised_by_its_keywords_before_any_training(trained: Trained) -> None:  # noqa: F811
    lexicon = Lexicon(keywords={"drone_landing": ("drone landing pad", "drone pad")})
    heard = load("spacy", models=trained.models, lexicon=lexicon).understand(
        "both drone pads on the roof are blocked"
    )
    assert heard.intent == "report"
    assert heard.services[0].service_code == "drone_landing"


def test_held_out_examples_are_understood(trained: Trained) -> None:  # noqa: F811
    held_out = read_meta(trained.models)["held_out"]
    assert set(held_out) == {"en", "es"}
    for told in held_out.values():
        assert told["examples"] >= 1_000
        assert told["accuracy"] >= 0.64


def test_no_example_is_of_two_intents() -> None:
    for folder in train.languages_in(TRAINING).values():
        assert not list(examples.conflicts(examples.read(folder)))


def test_progress_is_told_from_nothing_to_done(tmp_path: Path) -> None:
    training, steps = small(tmp_path / "training"), list[tuple[int, int, str]]()
    shutil.copytree(training / "en", training / "es")
    train.train(training, tmp_path / "models", progress=lambda *step: steps.append(step))
    dones = [done for done, _, _ in steps]
    assert dones == sorted(dones)
    assert steps[0][0] == 0
    assert steps[-1][:2] == (4, 4)  # read, two languages, saved


def test_evaluation_counts_strict_lenient_and_spans(interpreter: Interpreter) -> None:  # noqa: F811
    pothole = {"text": "huge pothole on Oak Ave", "region": "US"}
    issues = [
        pothole | {"label": "pothole_road_damage", "alt_labels": ""},
        pothole | {"label": "sidewalk", "alt_labels": "pothole_road_damage|tree"},
        pothole | {"label": "noise", "alt_labels": ""},
    ]
    places = [
        {
            "text": "light out at 5 Oak Avenue",
            "expected_address": "5 Oak Ave",
            "alt_addresses": "",
            "kind": "address",
        },
        {"text": "light out", "expected_address": "", "alt_addresses": "", "kind": "none"},
    ]
    talk = [{"text": "never mind", "intent": "cancel"}, {"text": "bye", "intent": "goodbye"}]
    report = evaluate(interpreter, issues, places, talk)
    assert (report.strict.right, report.lenient.right, report.top_three.right, report.lenient.of) == (
        1,
        2,
        2,
        3,
    )
    assert (report.all_spans.share, report.no_place.share, report.all_intents.of) == (1, 1, 1)
    assert report.alarms == {"": 3}
    assert 0 < report.percentile(0.5) <= report.percentile(0.99)


SMALL = """\
version: "3.1"
nlu:
- intent: pothole
  examples: |
{potholes}
- intent: thanks
  examples: |
{thanks}
"""


def small(folder: Path) -> Path:
    """Write a tiny set of examples, one folder a language."""
    potholes = [
        f"    - a {size} hole on [{n} Oak Ave](place)" for n, size in enumerate(["big", "deep", "wide"] * 5)
    ]
    thanks = [f"    - thanks {name}" for name in ("a lot", "so much", "friend", "very much", "all", "again")]
    (folder / "en").mkdir(parents=True)
    text = SMALL.format(potholes="\n".join(potholes), thanks="\n".join(thanks))
    (folder / "en" / "small.yml").write_text(text, encoding="utf-8")
    return folder


def quiet(done: int, total: int, label: str) -> None:
    """Say nothing."""


def test_training_is_reproducible_and_a_stale_model_is_recognised(tmp_path: Path) -> None:
    training, models = small(tmp_path / "training"), tmp_path / "models"
    assert train.stale(training, models)
    first = train.train(training, models, progress=quiet)
    weights = (models / "spacy" / "en" / "townline_classifier" / "classifier.npz").read_bytes()
    heard = load("spacy", models=models, lexicon=Lexicon()).understand("a deep hole")
    second = train.train(training, models, progress=quiet)
    assert first == second
    assert (models / "spacy" / "en" / "townline_classifier" / "classifier.npz").read_bytes() == weights
    assert load("spacy", models=models, lexicon=Lexicon()).understand("a deep hole") == heard
    assert [path.name for path in models.iterdir()] == ["spacy"]
    assert not train.stale(training, models)
    (training / "en" / "more.yml").write_text(
        "nlu:\n- intent: thanks\n  examples: |\n    - ta\n", encoding="utf-8"
    )
    assert train.stale(training, models)


def test_no_model_or_a_broken_one_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="no trained model"):
        load("spacy", models=tmp_path, lexicon=LEXICON)
    train.train(small(tmp_path / "training"), tmp_path, progress=quiet)
    (tmp_path / "spacy" / "en" / "townline_classifier" / "classifier.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelMissing, match="can't be read"):
        load("spacy", models=tmp_path, lexicon=LEXICON)
    with pytest.raises(ValueError, match="this build serves"):
        load("eliza", models=tmp_path, lexicon=LEXICON)


def test_a_failed_training_leaves_the_model_in_place(tmp_path: Path) -> None:
    training = small(tmp_path / "training")
    train.train(training, tmp_path / "models", progress=quiet)
    (training / "en" / "broken.yml").write_text("nlu: 5\n", encoding="utf-8")
    with pytest.raises(examples.BadExample):
        train.train(training, tmp_path / "models", progress=quiet)
    assert (
        load("spacy", models=tmp_path / "models", lexicon=LEXICON).understand("thanks friend").intent
        == "thanks"
    )
