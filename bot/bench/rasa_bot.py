"""The yardstick: a form bot in Rasa, trained on our data, talked to over its REST channel and measured.

The bot does like work: it understands a report with the classifier that Townline has (or Rasa's own), asks for
what the report lacks, and saves each turn in SQL. It looks up no place, files no case and sends nothing, so
the ratio flatters Rasa. `python -m bot.bench.rasa_bot 200` trains, talks and prints; Linux only, for /proc.
"""

from __future__ import annotations

import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import requests
import yaml
from sqlalchemy import make_url

from bot.terminal import console
from nlu import examples, rasa_training
from nlu.interpreter import INTENTS
from nlu.rasa_training import ENVIRONMENT, ROOT, Progress, RasaFailed

CONFIG = ROOT / "config.yml"
TRAINING = ROOT / "data" / "training" / "en"
MODELS = ROOT / "models" / "rasa_bench"
PARTS = Path(__file__).parent / "rasa"
LIGHT = PARTS / "light.yml"
PIPELINES = {"ours": CONFIG, "light": LIGHT, "standard": PARTS / "standard.yml"}
MODEL, META, LOG = "bot.tar.gz", "meta.json", "server.log"
EXTRACTOR = {"name": "RegexEntityExtractor", "use_lookup_tables": False}  # the lightest there is
POLICIES = [{"name": "MemoizationPolicy"}, {"name": "RulePolicy"}]
FORM = "report_form"
STARTS_WITHIN = 180.0  # seconds, on a machine with other things to do
ANSWERS_WITHIN = 60.0  # seconds
REPORTS = (
    "there is a pothole at 500 Main St",
    "street light is out at 1420 Oak Ave",
    "graffiti on the wall at 88 Elm St",
    "they missed my trash at 31 Cedar Rd",
    "abandoned car at 710 Walnut St",
    "dead raccoon in the road at 12 River Rd",
)

Conversation = Sequence[str]
"""What one resident says, a message at a time; the last one sends the report."""


class Unfinished(Exception):
    """A conversation did not come to its end: no figure is made of it. The message says what Rasa said."""


@dataclass(frozen=True, kw_only=True)
class RasaBot:
    """A Rasa server that is up. `filed` begins the answer to the last message of a conversation."""

    url: str
    pid: int
    filed: str


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What `talk` measured; processor time and memory are those of Rasa's processes alone, no database's."""

    conversations: int
    turns: int
    seconds: float
    cpu_seconds: float
    p50_ms: float
    p95_ms: float
    peak_mb: float  # since the server's start

    @property
    def turns_per_second(self) -> float:
        return self.turns / self.seconds

    @property
    def turns_per_cpu_second(self) -> float:
        return self.turns / self.cpu_seconds

    @property
    def cpu_ms_per_turn(self) -> float:
        return 1000 * self.cpu_seconds / self.turns


def folder_of(pipeline: str) -> Path:
    """Return where the bot with one of the `PIPELINES` is kept."""
    return MODELS if pipeline == "ours" else MODELS / pipeline


# Training -------------------------------------------------------------------------------------------


def train(
    folder: Path = MODELS,
    *,
    progress: Progress,
    config: Path = CONFIG,
    training: Path = TRAINING,
    environment: Path = ENVIRONMENT,
) -> Path:
    """Return `folder`/bot.tar.gz, trained anew where anything that it is made from has changed.

    `config` has the pipeline: the city's, or `LIGHT`. Each wants a folder of its own. Raises `RasaFailed`,
    and `examples.BadExample` on data that can't be read.
    """
    model, meta = folder / MODEL, folder / META
    parts = bot_parts(config, training)
    made_from = _fingerprint(parts, training, config)
    if model.is_file() and _made_from(meta) == made_from:
        return model
    command = rasa_training.rasa_command(environment)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".training-") as scratch:
        for name, part in parts.items():
            (Path(scratch) / name).write_text(yaml.safe_dump(part, sort_keys=False), encoding="utf-8")
        asked = ["train", "--config", "config.yml", "--domain", "domain.yml", "--out", "."]
        asked += ["--data", str(training.resolve()), "rules.yml", "--fixed-model-name", "bot"]
        rasa_training.run([str(command), *asked], scratch, progress)
        (Path(scratch) / MODEL).replace(model)
    meta.write_text(json.dumps({"made_from": made_from}), encoding="utf-8")
    return model


def bot_parts(config: Path = CONFIG, training: Path = TRAINING) -> dict[str, dict[str, Any]]:
    """Return the files that make the bot, by name: those beside this module, with what hangs on our data."""
    intents = sorted({example.intent for example in examples.read(training)})
    reports = [intent for intent in intents if intent not in INTENTS]
    domain, rules = _read(PARTS / "domain.yml"), _read(PARTS / "rules.yml")
    domain["intents"] = intents
    # What was said of the place or the photo doesn't change what the report is about.
    when = [{"active_loop": None}, {"active_loop": FORM, "requested_slot": "what"}]
    domain["slots"]["what"]["mappings"] = [
        {"type": "from_intent", "intent": name, "value": name, "conditions": when} for name in reports
    ]
    opened = [{"or": [{"intent": name} for name in reports]}, {"action": FORM}, {"active_loop": FORM}]
    rules["rules"].append({"rule": "A report opens the form", "steps": opened})
    own = {name: _read(config)[name] for name in ("recipe", "assistant_id", "language", "pipeline")}
    own |= {"pipeline": [*own["pipeline"], EXTRACTOR], "policies": POLICIES}
    return {"config.yml": own, "domain.yml": domain, "rules.yml": rules}


def filed() -> str:
    """Return how the answer begins that ends a conversation."""
    said: str = _read(PARTS / "domain.yml")["responses"]["utter_done"][0]["text"]
    return said.partition("{")[0]


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _fingerprint(parts: Mapping[str, Any], training: Path, config: Path) -> str:
    made_from = [parts, rasa_training.fingerprint(training, config)]
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()


def _made_from(meta: Path) -> str:
    with suppress(OSError, ValueError, KeyError, TypeError):
        return str(json.loads(meta.read_text(encoding="utf-8"))["made_from"])
    return ""


# Serving --------------------------------------------------------------------------------------------


@contextmanager
def serving(
    folder: Path, port: int, *, database: str = "", environment: Path = ENVIRONMENT
) -> Iterator[RasaBot]:
    """Serve `folder`'s bot on 127.0.0.1, its REST channel alone; raises `RasaFailed` where it does not start.

    It saves its trackers in `database`, PostgreSQL or SQLite by URL: else in a new SQLite file, gone
    afterwards. What it prints is in `folder`/server.log.
    """
    command, model = rasa_training.rasa_command(environment), (folder / MODEL).resolve()
    if not model.is_file():
        raise RasaFailed(f"There is no {MODEL} in {folder}: train it first")
    with tempfile.TemporaryDirectory(prefix="townline-bench-") as scratch:
        endpoints = Path(scratch) / "endpoints.yml"
        store = {"type": "SQL", "url": _tracker_url(database or f"sqlite:///{scratch}/rasa.db")}
        endpoints.write_text(yaml.safe_dump({"tracker_store": store}), encoding="utf-8")
        asked = ["run", "--model", str(model), "--endpoints", str(endpoints), "--connector", "rest"]
        asked += ["-i", "127.0.0.1", "-p", str(port)]
        with (folder / LOG).open("wb") as output:
            server = subprocess.Popen(  # noqa: S603 (our own command)
                [str(command), *asked],
                cwd=scratch,
                env=rasa_training.rasa_environ(),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            bot = RasaBot(url=f"http://127.0.0.1:{port}", pid=server.pid, filed=filed())
            _wait(server, bot, folder / LOG)
            yield bot
        finally:
            server.terminate()
            server.wait()


def _tracker_url(database: str) -> str:
    """Return the URL for Rasa's own drivers: psycopg2, where ours may name another."""
    url = make_url(database)
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)


def _wait(server: subprocess.Popen[bytes], bot: RasaBot, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        with suppress(requests.RequestException):
            if requests.get(f"{bot.url}/webhooks/rest/", timeout=5).ok:  # it listens once the model is loaded
                return
        time.sleep(0.2)
    raise RasaFailed(f"Rasa did not start. It printed:\n{log.read_text(errors='replace')[-3000:]}")


# Talking --------------------------------------------------------------------------------------------


def conversations(count: int) -> list[Conversation]:
    """Return as many scripted conversations of three messages: the report, no photo, yes."""
    return [(report, "skip", "yes") for report in islice(cycle(REPORTS), count)]


def talk(bot: RasaBot, said: Sequence[Conversation], *, concurrency: int = 8) -> Figures:
    """Play the conversations, each by a sender of its own, `concurrency` at a time, and measure.

    The first few are played once before, unmeasured: a server's first turns are slow. Raises `Unfinished`
    where one does not come to its end, and `requests.RequestException` where Rasa fails to answer.
    """
    run = f"{time.time_ns():x}"  # a database that is used again knows the senders of another run
    with ThreadPoolExecutor(concurrency) as pool:
        list(pool.map(lambda each: _play(bot, f"{run}-w{each[0]}", each[1]), enumerate(said[: len(REPORTS)])))
        cpu, began = cpu_seconds(bot.pid), time.monotonic()
        played = pool.map(lambda each: _play(bot, f"{run}-{each[0]}", each[1]), enumerate(said))
        waits = [wait for each in played for wait in each]
        seconds, cpu = time.monotonic() - began, cpu_seconds(bot.pid) - cpu
    centiles = statistics.quantiles(waits, n=100, method="inclusive")
    return Figures(
        conversations=len(said),
        turns=len(waits),
        seconds=seconds,
        cpu_seconds=cpu,
        p50_ms=1000 * centiles[49],
        p95_ms=1000 * centiles[94],
        peak_mb=peak_mb(bot.pid),
    )


def _play(bot: RasaBot, sender: str, messages: Conversation) -> list[float]:
    """Return how long each message of a conversation waited for its answer, in seconds."""
    waits, answers = [], []
    with requests.Session() as session:
        for message in messages:
            began = time.monotonic()
            response = session.post(
                f"{bot.url}/webhooks/rest/webhook",
                json={"sender": sender, "message": message},
                timeout=ANSWERS_WITHIN,
            )
            response.raise_for_status()
            waits.append(time.monotonic() - began)
            answers.append(" ".join(str(each.get("text", "")) for each in response.json()))
    early = any(answer.startswith(bot.filed) for answer in answers[:-1])
    if early or not answers[-1].startswith(bot.filed):
        raise Unfinished(f"To {list(messages)} Rasa said {answers}")
    return waits


# Processes ------------------------------------------------------------------------------------------


def cpu_seconds(pid: int) -> float:
    """Return the processor time, user's and system's, of a process, its children and those that have ended."""
    ticks = sum(sum(map(int, fields[11:15])) for fields in _tree(pid).values())  # proc(5): 14 to 17
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_mb(pid: int) -> float:
    """Return the most memory that a process and its children had, each at its own time, in MB."""
    found = 0
    for each in _tree(pid):
        with suppress(OSError):
            lines = Path(f"/proc/{each}/status").read_text(encoding="utf-8").splitlines()
            found += sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    return found / 1024


def _tree(pid: int) -> dict[int, list[str]]:
    """Return the fields of /proc/PID/stat after the name, of a process and all below it."""
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended
            stats[int(path.parent.name)] = path.read_text(errors="replace").rpartition(")")[2].split()
    found = {pid}
    while more := {each for each, fields in stats.items() if int(fields[1]) in found} - found:
        found |= more
    return {each: stats[each] for each in found if each in stats}


def main() -> None:
    """Train and talk: python -m bot.bench.rasa_bot [conversations] [port] [database] [pipeline]."""
    count, port, database, pipeline = [*sys.argv[1:], *("200", "5055", "", "ours")[len(sys.argv) - 1 :]]
    config, folder = PIPELINES[pipeline], folder_of(pipeline)
    with console.status("Rasa") as status:
        train(folder, config=config, progress=lambda now: status.update(f"Rasa: {now}"))
    with serving(folder, int(port), database=database) as bot:
        found = talk(bot, conversations(int(count)))
    console.print(f"{found.turns} turns, {found.turns_per_second:.0f} a second; p95 {found.p95_ms:.0f} ms")
    console.print(f"{found.cpu_ms_per_turn:.1f} ms of processor time a turn; {found.peak_mb:.0f} MB")


if __name__ == "__main__":
    main()
