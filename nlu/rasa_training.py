"""Has Rasa train on the training data and config.yml, in its own environment (`make rasa`)."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import tempfile
from collections import deque
from collections.abc import Callable
from pathlib import Path

import yaml

from nlu import examples
from nlu.classifier import FORMAT as CLASSIFIER

ROOT = Path(__file__).parent.parent
ENVIRONMENT = ROOT / ".venv-rasa"
FOLDER = "rasa"
MODEL = "nlu.tar.gz"
META = "meta.json"
STEP = re.compile(r"Starting to train component '(?P<component>\w+)'")
EPOCHS = re.compile(r"Epochs: +\d+%.*?(?P<done>\d+/\d+)")
KEPT = 20  # lines of what Rasa printed, for a failure

Progress = Callable[[str], None]


class RasaFailed(Exception):
    """Rasa is not installed or could not train; the message says what to do."""


def rasa_command(environment: Path = ENVIRONMENT) -> Path:
    """Return the `rasa` command; raises `RasaFailed` where `make rasa` was not run."""
    command = environment / "bin" / "rasa"
    if not command.is_file():
        raise RasaFailed(f"Rasa is not installed in {environment}. Run `make rasa`; it needs Python 3.10.")
    return command


def rasa_environ() -> dict[str, str]:
    """Return the environment that Rasa runs in: our code in reach, no telemetry, nothing by chance."""
    return dict(
        os.environ,
        PYTHONPATH=str(ROOT),
        PYTHONHASHSEED="0",
        PYTHONWARNINGS="ignore",
        RASA_TELEMETRY_ENABLED="false",
        RASA_MAX_CACHE_SIZE="0",  # a cached component would outlive a change of its code
        SQLALCHEMY_SILENCE_UBER_WARNING="1",
        TF_CPP_MIN_LOG_LEVEL="3",
        TF_DETERMINISTIC_OPS="1",
    )


def train(
    training: Path, config: Path, models: Path, *, progress: Progress, environment: Path = ENVIRONMENT
) -> Path:
    """Train on `training` with the pipeline of `config`; returns the model, `models`/rasa/nlu.tar.gz.

    A model of Rasa's is of one language: the `language` that `config` has for Rasa.

    `progress` is told what Rasa is at. A model in place stays whole until the new one takes its place.
    Raises `RasaFailed`, and `examples.BadExample` on data that can't be read.
    """
    command = rasa_command(environment)
    examples.read(training)  # its errors name the line; Rasa only warns
    folder = models / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".training-") as scratch:
        nlu = str(_own(training, config))
        asked = ["train", "nlu", "--config", str(config), "--nlu", nlu, "--out", scratch]
        run([str(command), *asked, "--fixed-model-name", "nlu"], scratch, progress)
        made = {"fingerprint": fingerprint(training, config)}
        (Path(scratch) / MODEL).replace(folder / MODEL)
        (folder / META).write_text(json.dumps(made), encoding="utf-8")
    return folder / MODEL


def _own(training: Path, config: Path) -> Path:
    """Return the folder of the language that Rasa is configured for; all of `training` where it has none."""
    folder = training / str(yaml.safe_load(config.read_text(encoding="utf-8")).get("language") or "en")
    return folder if folder.is_dir() else training


def stale(training: Path, config: Path, models: Path) -> bool:
    """Tell whether `models` lacks a Rasa model made from `training` and `config` by this code."""
    try:
        made = json.loads((models / FOLDER / META).read_text(encoding="utf-8"))
        return bool(made["fingerprint"] != fingerprint(training, config))
    except (OSError, ValueError, KeyError, TypeError):
        return True


def fingerprint(training: Path, config: Path) -> str:
    """Return a digest of all that a Rasa model is made from."""
    ours = yaml.safe_load(config.read_text(encoding="utf-8"))
    parts = [
        examples.fingerprint(_own(training, config)),
        CLASSIFIER,
        ours.get("language"),
        ours.get("pipeline"),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def run(command: list[str], folder: str, progress: Progress) -> None:
    """Run a `rasa train` in `folder`, telling `progress` what it is at; raises `RasaFailed`."""
    progress("Starting Rasa")
    printed: deque[str] = deque(maxlen=KEPT)
    with subprocess.Popen(  # noqa: S603 (our own command)
        command,
        cwd=folder,
        env=rasa_environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,  # a progress bar's carriage return ends a line too
        errors="replace",
    ) as rasa:
        try:
            for line in rasa.stdout or ():
                printed.append(line.rstrip())
                if step := STEP.search(line):
                    progress(f"Training {step['component']}")
                elif epoch := EPOCHS.search(line):
                    progress(f"Epoch {epoch['done']}")
        except BaseException:
            rasa.terminate()
            raise
    if rasa.returncode:
        raise RasaFailed("Rasa could not train. It printed at the end:\n" + "\n".join(filter(None, printed)))
