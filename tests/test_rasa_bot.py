"""The form bot that the bench measures us beside: its files, its training, what is measured and when not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.bench import rasa_bot
from bot.bench.deployment import free_port
from bot.bench.rasa_bot import LIGHT, TRAINING, Figures, RasaBot, Unfinished, talk
from nlu import examples
from nlu.rasa_training import RasaFailed
from tests.provider_stub import Answer, Seen, answer_json, provider
from tests.rasa_server import skip_without_rasa

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are measured by /proc")

BUILT_IN = {"action_deactivate_loop"}
KNOWN = {
    intent
    for path in examples.files(TRAINING)
    for intent in re.findall(r"^- intent: (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
}


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Training data with all intents and few words: ours takes seconds to read."""
    return write(tmp_path_factory.mktemp("little"), {intent: ["one", "two"] for intent in KNOWN})


def write(folder: Path, texts: dict[str, list[str]]) -> Path:
    """Write training data into a folder."""
    lines = ["nlu:"]
    for intent, said in sorted(texts.items()):
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for text in said)]
    (folder / "small.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def parts(little: Path) -> dict[str, Any]:
    """The files that make the bot, by name."""
    return rasa_bot.bot_parts(training=little)


def named(key: str, within: Any) -> Iterator[str]:
    """Yield each value, or each of a list of them, that stands under `key` anywhere within."""
    for each in within.values() if isinstance(within, dict) else within if isinstance(within, list) else ():
        yield from named(key, each)
    if isinstance(within, dict) and key in within:
        found = within[key]
        yield from found if isinstance(found, list) else [found]


# Its files ------------------------------------------------------------------------------------------


def test_every_intent_of_the_bot_is_in_the_training_data(parts: dict[str, Any]) -> None:
    slots = parts["domain.yml"]["slots"]
    used = {*named("intent", parts["rules.yml"]), *named("intent", slots), *named("not_intent", slots)}
    assert used > {"affirm", "deny", "skip", "never_mind"}
    assert used <= KNOWN
    assert set(parts["domain.yml"]["intents"]) == KNOWN


def test_every_issue_type_opens_the_form_and_says_what_it_is(parts: dict[str, Any]) -> None:
    codes = {path.stem for path in (rasa_bot.ROOT / "data" / "services").glob("*.yml")}
    assert {mapping["value"] for mapping in parts["domain.yml"]["slots"]["what"]["mappings"]} == codes
    opening = next(rule for rule in parts["rules.yml"]["rules"] if rule["rule"] == "A report opens the form")
    assert set(named("intent", opening)) == codes


def test_all_that_the_bot_does_and_asks_is_defined(parts: dict[str, Any]) -> None:
    domain = parts["domain.yml"]
    assert set(named("action", parts["rules.yml"])) <= {*domain["responses"], *domain["forms"], *BUILT_IN}
    for form, said in domain["forms"].items():
        assert set(said["required_slots"]) == set(domain["slots"])
        assert {f"utter_ask_{form}_{slot}" for slot in said["required_slots"]} <= set(domain["responses"])


@pytest.mark.parametrize("report", rasa_bot.REPORTS)
def test_the_place_of_a_report_is_found(report: str, parts: dict[str, Any]) -> None:
    patterns = [line[2:] for line in parts["rules.yml"]["nlu"][0]["examples"].splitlines()]
    found = next(match for pattern in patterns if (match := re.search(pattern, report, re.IGNORECASE)))
    assert found[0] == report.rpartition(" at ")[2]


def test_the_pipeline_is_the_citys_or_rasas_own_with_the_same_policies(
    parts: dict[str, Any], little: Path
) -> None:
    ours = yaml.safe_load(rasa_bot.CONFIG.read_text(encoding="utf-8"))["pipeline"]
    light = rasa_bot.bot_parts(LIGHT, little)["config.yml"]
    assert parts["config.yml"]["pipeline"] == [*ours, rasa_bot.EXTRACTOR]
    assert light["pipeline"][-2]["name"] == "LogisticRegressionClassifier"
    assert light["policies"] == parts["config.yml"]["policies"]


# Training and serving -------------------------------------------------------------------------------

TRAINER = """\
#!/bin/sh
# Leaves a model as Rasa does, rasa train ... --out FOLDER ..., and counts how often it was asked.
echo trained >> "$(dirname "$0")/asked"
cat config.yml domain.yml rules.yml > bot.tar.gz
"""


def environment(folder: Path, script: str) -> Path:
    """Return a folder that looks like Rasa's environment."""
    command = folder / "venv" / "bin" / "rasa"
    command.parent.mkdir(parents=True)
    command.write_text(script, encoding="utf-8")
    command.chmod(0o755)
    return folder / "venv"


def test_the_bot_is_trained_once_and_anew_when_its_data_changes(tmp_path: Path) -> None:
    rasa = environment(tmp_path, TRAINER)
    data = tmp_path / "training"
    data.mkdir()
    write(data, {"graffiti": ["tags on a wall"], "thanks": ["thanks"]})

    def train() -> int:
        model = rasa_bot.train(tmp_path / "models", progress=lambda now: None, training=data, environment=rasa)
        assert "report_form" in model.read_text()
        return len((rasa / "bin" / "asked").read_text().splitlines())

    assert [train(), train()] == [1, 1]
    path = data / "small.yml"
    path.write_text(path.read_text() + "    - much obliged\n")
    assert [train(), train()] == [2, 2]


def test_a_bot_that_was_not_trained_is_not_served(tmp_path: Path) -> None:
    rasa = environment(tmp_path, TRAINER)
    with (
        pytest.raises(RasaFailed, match="train it first"),
        rasa_bot.serving(tmp_path, 1, environment=rasa),
    ):
        pass


def test_a_server_that_ends_says_what_it_printed(tmp_path: Path) -> None:
    rasa = environment(tmp_path, "#!/bin/sh\necho no such port\nexit 1\n")
    (tmp_path / rasa_bot.MODEL).touch()
    with (
        pytest.raises(RasaFailed, match="no such port"),
        rasa_bot.serving(tmp_path, free_port(), environment=rasa),
    ):
        pass


# Talking and measuring ------------------------------------------------------------------------------


class FormBot:
    """Speaks Rasa's REST channel, a form of three questions a sender; `sends` is whether it ever ends."""

    def __init__(self, *, sends: bool = True) -> None:
        self.sends = sends
        self.said: dict[str, list[str]] = {}

    def __call__(self, seen: Seen) -> Answer:
        assert (seen.method, seen.path) == ("POST", "/webhooks/rest/webhook")
        sender, message = seen.json["sender"], seen.json["message"]
        said = self.said.setdefault(sender, [])
        said.append(message)
        ends = self.sends and len(said) == 3
        text = f"{rasa_bot.filed()}pothole at 500 Main St." if ends else "And?"
        return answer_json([{"recipient_id": sender, "text": text}])


def test_every_conversation_is_played_in_order_by_a_sender_of_its_own() -> None:
    bot, said = FormBot(), rasa_bot.conversations(20)
    with provider(bot) as stub:
        found = talk(RasaBot(url=stub.url, pid=os.getpid(), filed=rasa_bot.filed()), said, concurrency=4)
    assert (found.conversations, found.turns) == (20, 60)
    warm = len(rasa_bot.REPORTS)
    assert sorted(bot.said.values()) == sorted([*map(list, said), *map(list, said[:warm])])
    assert 0 < found.p50_ms <= found.p95_ms
    assert found.seconds > 0
    assert found.peak_mb > 10


def test_no_figure_is_made_of_a_conversation_that_does_not_end() -> None:
    with provider(FormBot(sends=False)) as stub:
        bot = RasaBot(url=stub.url, pid=os.getpid(), filed=rasa_bot.filed())
        with pytest.raises(Unfinished, match=r"'yes'\] Rasa said \['And\?'"):
            talk(bot, rasa_bot.conversations(2))


def test_a_conversation_that_ends_too_early_is_not_the_same_work() -> None:
    with provider(FormBot()) as stub:
        bot = RasaBot(url=stub.url, pid=os.getpid(), filed=rasa_bot.filed())
        with pytest.raises(Unfinished):
            talk(bot, [("a pothole at 500 Main St", "skip", "yes", "yes")])


def test_figures_are_by_the_turn() -> None:
    found = Figures(conversations=100, turns=300, seconds=10, cpu_seconds=6, p50_ms=1, p95_ms=2, peak_mb=500)
    assert (found.turns_per_second, found.turns_per_cpu_second, found.cpu_ms_per_turn) == (30, 50, 20)


BURNS = """
import subprocess, sys, time
if len(sys.argv) > 1:
    child = subprocess.Popen([sys.executable, __file__], stdin=sys.stdin, stdout=sys.stdout)
    child.wait()
while time.process_time() < 0.1:
    pass
held = bytearray(50_000_000)
print("burnt", flush=True)
sys.stdin.read()
"""


def test_processor_time_and_memory_are_those_of_a_whole_tree(tmp_path: Path) -> None:
    script = tmp_path / "burns.py"
    script.write_text(BURNS)
    asked = [sys.executable, str(script), "with a child"]
    with subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as burning:
        assert burning.stdin is not None
        assert burning.stdout is not None
        burning.stdout.readline()  # the child's: it still runs, and its parent has not begun
        assert rasa_bot.cpu_seconds(burning.pid) >= 0.09
        assert rasa_bot.peak_mb(burning.pid) > 50
        burning.stdin.close()
        burning.stdout.readline()


# A real Rasa ----------------------------------------------------------------------------------------

ENOUGH = 40  # examples of an intent that tell these few apart


def few_words(parts: dict[str, Any]) -> dict[str, list[str]]:
    """Return some of our examples of what the bot's rules name, and of two issue types; one place is marked."""
    kept = {*named("intent", parts["rules.yml"]["rules"][:-1]), "pothole_road_damage", "affirm", "deny", "skip"}
    found: dict[str, list[str]] = {"graffiti": ["tags at [5 Elm St](place)"]}
    for example in examples.read(TRAINING):
        said = found.setdefault(example.intent, [])
        if len(said) < ENOUGH:
            said.append(example.text)
    return {intent: said for intent, said in found.items() if intent in {*kept, "graffiti"}}


def test_a_real_rasa_fills_the_form(tmp_path: Path, parts: dict[str, Any]) -> None:
    skip_without_rasa()
    data, models = tmp_path / "training", tmp_path / "models"
    data.mkdir()
    write(data, few_words(parts))
    told: list[str] = []
    rasa_bot.train(models, progress=told.append, training=data)
    assert "Training RulePolicy" in told
    database = tmp_path / "trackers.db"
    reports = ("there is a pothole at 500 Main St", "graffiti on the wall at 88 Elm St")
    with rasa_bot.serving(models, free_port(), database=f"sqlite:///{database}") as bot:
        found = talk(bot, [(report, "skip", "yes") for report in reports])
    assert found.turns == 6
    assert found.cpu_seconds > 0
    assert b"Your report was sent: pothole_road_damage at 500 Main St." in database.read_bytes()
