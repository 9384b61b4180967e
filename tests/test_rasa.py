"""The other engine: by the same contract, against a real Rasa and recorded answers; and when Rasa fails."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.bench.deployment import free_port
from bot.checkup import Finding, findings
from bot.config import Config
from nlu import examples, rasa_training
from nlu.interpreter import Understanding, load
from nlu.rasa_engine import LARGEST_ANSWER, REST, RasaDown, RasaInterpreter, RasaServer
from nlu.reading import Ear
from nlu.spacy_engine import SpacyInterpreter
from tests.nlu_fixture import LEXICON, Trained, trained  # noqa: F401 (fixture)
from tests.provider_stub import DROP, Answer, Provider, Seen, answer_json, provider
from tests.rasa_server import real_rasa, record, recorded_answers, recorded_rasa
from tests.test_nlu import CASES, ODD_TEXTS, in_order, said

PATIENT = 60.0  # seconds; a busy machine's Rasa is not a broken one
SOON = 0.2
REPORT = "theres a huge pothole at 5th and main, almost wrecked my tire"
GAS = "i smell gas in the whole building"


def answer_of(**shares: float) -> Answer:
    """Return a parse as Rasa writes it."""
    ranking = [{"name": name, "confidence": share} for name, share in shares.items()]
    return answer_json({"text": "", "intent": ranking[0], "entities": [], "intent_ranking": ranking})


# Rasa is of another opinion than the default engine, to be told from it.
BEES = answer_of(animal_live=0.9, rodent_pest=0.06, thanks=0.04)


@pytest.fixture(scope="session")
def default(trained: Trained) -> SpacyInterpreter:  # noqa: F811
    assert isinstance(trained.interpreter, SpacyInterpreter)
    return trained.interpreter


@pytest.fixture
def rasa_stub() -> Iterator[Provider]:
    with provider(lambda seen: BEES) as stub:
        yield stub


class Clock:
    """Stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def asking(url: str, default: SpacyInterpreter, **options: Any) -> RasaInterpreter:
    return RasaInterpreter(RasaServer(url, default.labels, **{"timeout": PATIENT, **options}), default)


def service(heard: Understanding) -> str:
    return heard.services[0].service_code


# The contract ---------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def real_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with real_rasa(tmp_path_factory.mktemp("rasa") / "rasa.log") as url:
        yield url


@pytest.fixture(scope="session")
def recorded_url() -> Iterator[str]:
    with recorded_rasa() as url:
        yield url


@pytest.fixture(scope="session", params=["recorded", "real"])
def rasa(request: pytest.FixtureRequest, default: SpacyInterpreter) -> RasaInterpreter:
    """Return the engine asking a Rasa that was trained from data/training."""
    return asking(request.getfixturevalue(f"{request.param}_url"), default)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_message_means_what_the_table_says(rasa: RasaInterpreter, case: dict[str, Any]) -> None:
    heard = rasa.understand(case["text"])
    expected = {name: value for name, value in case.items() if name != "text"}
    assert {name: said(heard, name) for name in expected} == expected
    assert rasa.server.failures == 0, "not recorded? pytest tests/test_rasa.py --update"


def test_answers_are_recorded_to_all_that_rasa_is_asked(
    real_url: str, default: SpacyInterpreter, request: pytest.FixtureRequest
) -> None:
    answers: dict[str, Any] = {}

    def ask(text: str) -> dict[str, float]:
        answers[text] = requests.post(f"{real_url}/model/parse", json={"text": text}, timeout=PATIENT).json()
        return {each["name"]: each["confidence"] for each in answers[text]["intent_ranking"]}

    own, ear = next(iter(default.ears.items()))
    for case in CASES:
        if default.understand(case["text"]).language == own:
            default.reader.understand(case["text"], {own: Ear(ask, ear.thresholds)})
    if request.config.getoption("--update"):
        record(answers)
    assert recorded_answers().keys() == answers.keys()


@pytest.mark.parametrize("text", ODD_TEXTS, ids=lambda text: repr(text[:6]))
def test_rasa_answers_odd_texts(real_url: str, default: SpacyInterpreter, text: str) -> None:
    real = asking(real_url, default)
    in_order(real.understand(text), text)
    assert real.server.failures == 0


def test_rasa_trains_the_same_ear(real_url: str, default: SpacyInterpreter) -> None:
    real = asking(real_url, default)
    pairs = [(real.understand(case["text"]), default.understand(case["text"])) for case in CASES]
    assert [heard.intent for heard, _ in pairs] == [heard.intent for _, heard in pairs]
    for heard, wanted in pairs:
        # Both stop very near the optimum, each with its own environment's arithmetic.
        assert heard.confidence == pytest.approx(wanted.confidence, abs=0.01)


def test_many_threads_ask_at_once(rasa_stub: Provider, default: SpacyInterpreter) -> None:
    engine = asking(rasa_stub.url, default)
    with ThreadPoolExecutor(8) as pool:
        heard = list(pool.map(engine.understand, [REPORT] * 40))
    assert {service(each) for each in heard} == {"animal_live"}
    assert engine.server.failures == 0


# What goes over the wire ----------------------------------------------------------------------------


def test_rasa_is_asked_only_what_rules_leave_open(rasa_stub: Provider, default: SpacyInterpreter) -> None:
    engine = asking(rasa_stub.url, default)
    for text in ("yes", "2", "500 Main St", "", "NEVER MIND"):
        assert engine.understand(text) == default.understand(text)
    assert rasa_stub.seen == []
    engine.understand(f"no, {REPORT}")
    assert [(seen.method, seen.target, seen.json) for seen in rasa_stub.seen] == [
        ("POST", "/model/parse", {"text": REPORT})
    ]


def test_a_token_and_a_folder_of_the_url_are_kept(rasa_stub: Provider, default: SpacyInterpreter) -> None:
    asking(f"{rasa_stub.url}/nlu/?token=secret", default).understand(REPORT)
    assert [seen.target for seen in rasa_stub.seen] == ["/nlu/model/parse?token=secret"]


def test_places_and_emergencies_are_heard_in_process(rasa_stub: Provider, default: SpacyInterpreter) -> None:
    engine = asking(rasa_stub.url, default)
    heard = engine.understand(f"{GAS} at 500 Main St")
    assert (heard.emergency, heard.places[0].text, service(heard)) == ("911", "500 Main St", "animal_live")
    rasa_stub.answer = lambda seen: answer_of(emergency=1.0)
    assert engine.understand(REPORT).emergency is None


def test_intents_of_other_training_data_are_left_out(rasa_stub: Provider, default: SpacyInterpreter) -> None:
    rasa_stub.answer = lambda seen: answer_of(animal_live=0.6, book_flight=0.4)
    heard = asking(rasa_stub.url, default).understand(REPORT)
    assert service(heard) == "animal_live"
    assert "book_flight" not in [guess.service_code for guess in heard.services]


# When it fails --------------------------------------------------------------------------------------


def ranking(confidence: object, name: object = "animal_live") -> Answer:
    return answer_json({"intent_ranking": [{"name": name, "confidence": confidence}]})


FAILURES = {
    "silent": (Answer(hang=True), "does not answer in time"),
    "slow": (Answer(body=b"{", drip=True, length=False), "does not answer in time"),
    "endless": (Answer(body=b" " * (LARGEST_ANSWER + 1)), "does not answer in time"),
    "cut off": (DROP, "can't be reached"),
    "failing": (Answer(status=500, body=b"{}"), "answers with status 500"),
    "without a model": (Answer(status=409, body=b"{}"), "answers with status 409 (no model is loaded)"),
    "elsewhere": (Answer(status=302, headers={"Location": "/"}), "answers with status 302"),
    "empty": (Answer(), "answers something that is no parse"),
    "a page": (Answer(body=b"<html>"), "answers something that is no parse"),
    "no text": (Answer(body=b"\xff\xfe"), "answers something that is no parse"),
    "a list": (answer_json([]), "answers something that is no parse"),
    "null": (answer_json({"intent_ranking": None}), "answers something that is no parse"),
    "words": (answer_json({"intent_ranking": ["animal_live"]}), "answers something that is no parse"),
    "deep": (Answer(body=b"[" * 100_000), "answers something that is no parse"),
    "unsure": (ranking(None), "answers something that is no parse"),
    "not a number": (ranking(float("nan")), "answers something that is no parse"),
    "too sure": (ranking(1.5), "answers something that is no parse"),
    "no intent": (answer_json({"intent_ranking": []}), "was trained for other intents"),
    "another bot": (ranking(1.0, "book_flight"), "was trained for other intents"),
    "nothing likely": (ranking(0.0), "was trained for other intents"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_when_rasa_fails_the_default_engine_hears(
    rasa_stub: Provider, default: SpacyInterpreter, failure: str
) -> None:
    answer, reason = FAILURES[failure]
    rasa_stub.answer = lambda seen: answer
    engine = asking(rasa_stub.url, default, timeout=SOON if "time" in reason else PATIENT)
    assert engine.understand(REPORT) == default.understand(REPORT)
    assert engine.server.failures == 1
    assert engine.server.failed_at is not None
    assert engine.server.health().startswith(reason)


def test_when_rasa_is_down_the_default_engine_hears(default: SpacyInterpreter) -> None:
    engine = asking(f"http://127.0.0.1:{free_port()}", default)
    assert engine.understand(REPORT) == default.understand(REPORT)
    assert engine.server.health() == "can't be reached"


def test_a_server_that_failed_is_left_alone_for_half_a_minute(
    rasa_stub: Provider, default: SpacyInterpreter, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    engine = asking(rasa_stub.url, default, clock=clock)
    rasa_stub.answer = lambda seen: Answer(status=500)
    for wait in (0, 0, REST - 1, 1, 0, REST):  # asked at 0, at REST and at twice REST
        clock.now += wait
        assert engine.understand(REPORT) == default.understand(REPORT)
    assert len(rasa_stub.seen) == engine.server.failures == 3
    rasa_stub.answer = lambda seen: BEES
    assert service(engine.understand(REPORT)) != "animal_live"
    clock.now += REST
    assert [service(engine.understand(REPORT)) for _ in range(2)] == ["animal_live"] * 2
    assert caplog.messages == [
        "Rasa answers with status 500: the default engine hears until it answers again",
        "Rasa answers again, after 3 failures in all",
    ]


def test_while_one_message_tries_a_server_that_failed_the_others_go_on(
    rasa_stub: Provider, default: SpacyInterpreter
) -> None:
    clock, asked, go_on = Clock(), threading.Event(), threading.Event()
    engine = asking(rasa_stub.url, default, clock=clock)
    rasa_stub.answer = lambda seen: Answer(status=500)
    engine.understand(REPORT)
    clock.now += REST

    def wait(seen: Seen) -> Answer:
        asked.set()
        go_on.wait()
        return BEES

    rasa_stub.answer = wait
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(engine.understand, REPORT)
        asked.wait()
        assert engine.understand(REPORT) == default.understand(REPORT)
        go_on.set()
        assert service(first.result()) == "animal_live"
    assert len(rasa_stub.seen) == 2


def test_no_words_and_no_token_in_what_is_logged(
    rasa_stub: Provider, default: SpacyInterpreter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for answer in (BEES, Answer(status=500), Answer(body=b"<html>")):
        rasa_stub.answer = lambda seen, answer=answer: answer  # type: ignore[misc]
        asking(f"{rasa_stub.url}/?token=hushhush", default).understand(REPORT)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("nlu")]
    assert ours
    assert not [line for line in ours if "pothole" in line or "hushhush" in line]


def test_down_is_an_error_to_who_asks_the_server_itself(default: SpacyInterpreter) -> None:
    server = RasaServer(f"http://127.0.0.1:{free_port()}", default.labels)
    with pytest.raises(RasaDown, match="can't be reached"):
        server.ask(REPORT)


# Choosing, checking, training -----------------------------------------------------------------------


def test_the_engine_is_chosen_by_name(rasa_stub: Provider, trained: Trained) -> None:  # noqa: F811
    engine = load("rasa", models=trained.models, lexicon=LEXICON, rasa_url=rasa_stub.url)
    assert service(engine.understand(REPORT)) == "animal_live"


def rasa_finding(config: Config, url: str) -> Finding:
    settings = replace(config.settings, nlu_engine="rasa", rasa_url=url)
    found = [each for each in findings(replace(config, settings=settings)) if each.setting == "RASA_URL"]
    return found[0]


def test_check_says_whether_rasa_answers(rasa_stub: Provider, config: Config) -> None:
    assert rasa_finding(config, rasa_stub.url) == Finding("ok", "RASA_URL", "Rasa answers")
    rasa_stub.answer = lambda seen: Answer(status=409)
    found = rasa_finding(config, rasa_stub.url)
    assert (found.level, found.text.partition(".")[0]) == (
        "wrong",
        "Rasa answers with status 409 (no model is loaded)",
    )
    assert rasa_finding(config, "127.0.0.1:5005").text == "is no URL: write it as http://127.0.0.1:5005"


TRAINER = """\
#!/bin/sh
# Prints what Rasa prints, and leaves a model where it was told to: rasa train nlu ... --out FOLDER ...
echo "INFO  rasa.engine.training.hooks  - Starting to train component 'DIETClassifier'."
printf 'Epochs:   0%%|          | 0/3 [00:00<?]\\rEpochs:  33%%|###       | 1/3 [00:01<00:02]\\r'
echo
[ "$RASA_TELEMETRY_ENABLED" = false ] || exit 3
while [ "$1" != --out ]; do shift; done
echo "made of $PYTHONHASHSEED" > "$2/nlu.tar.gz"
"""


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """A folder that looks like Rasa's environment."""
    command = tmp_path / "venv" / "bin" / "rasa"
    command.parent.mkdir(parents=True)
    command.write_text(TRAINER, encoding="utf-8")
    command.chmod(0o755)
    return tmp_path / "venv"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A folder with a config.yml, training data and a model that was made before."""
    (tmp_path / "training").mkdir()
    (tmp_path / "training" / "small.yml").write_text("nlu:\n- intent: thanks\n  examples: |\n    - ta\n")
    (tmp_path / "config.yml").write_text("language: en\npipeline:\n  - name: DIETClassifier\n")
    (tmp_path / "models" / "rasa").mkdir(parents=True)
    (tmp_path / "models" / "rasa" / "nlu.tar.gz").write_text("old")
    return tmp_path


def train_in(town: Path, environment: Path) -> tuple[Path, list[str]]:
    told: list[str] = []
    model = rasa_training.train(
        town / "training",
        town / "config.yml",
        town / "models",
        progress=told.append,
        environment=environment,
    )
    return model, told


def is_stale(town: Path) -> bool:
    return rasa_training.stale(town / "training", town / "config.yml", town / "models")


def test_training_tells_what_rasa_is_at_and_puts_the_model_in_place(town: Path, environment: Path) -> None:
    assert is_stale(town)
    model, told = train_in(town, environment)
    assert model == town / "models" / "rasa" / "nlu.tar.gz"
    assert model.read_text() == "made of 0\n"
    assert told == ["Starting Rasa", "Training DIETClassifier", "Epoch 0/3", "Epoch 1/3"]
    assert sorted(path.name for path in model.parent.iterdir()) == ["meta.json", "nlu.tar.gz"]


@pytest.mark.parametrize("name", ["training/small.yml", "config.yml"])
def test_a_model_of_other_data_or_another_pipeline_is_stale(town: Path, environment: Path, name: str) -> None:
    train_in(town, environment)
    assert not is_stale(town)
    path = town / name
    path.write_text(path.read_text().replace("DIET", "Keyword").replace("- ta", "- cheers"))
    assert is_stale(town)


def test_a_failed_training_says_what_rasa_printed_and_leaves_the_model(town: Path, environment: Path) -> None:
    command = environment / "bin" / "rasa"
    command.write_text("#!/bin/sh\necho No such component: Elephant\nexit 1\n")
    with pytest.raises(rasa_training.RasaFailed, match="No such component: Elephant"):
        train_in(town, environment)
    assert [path.name for path in (town / "models" / "rasa").iterdir()] == ["nlu.tar.gz"]
    assert (town / "models" / "rasa" / "nlu.tar.gz").read_text() == "old"


def test_bad_training_data_is_refused_before_rasa_starts(town: Path, environment: Path) -> None:
    (town / "training" / "small.yml").write_text("nlu: 5\n")
    with pytest.raises(examples.BadExample, match=re.escape("small.yml:1")):
        train_in(town, environment)


def test_without_rasa_training_says_how_to_get_it(town: Path) -> None:
    with pytest.raises(rasa_training.RasaFailed, match="Run `make rasa`; it needs Python 3"):
        train_in(town, town / "nowhere")
