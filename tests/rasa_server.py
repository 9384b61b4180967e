"""Rasa for the tests: a real server where there is one, and answers recorded from it where there is none."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.bench.deployment import free_port
from nlu import rasa_training
from tests.provider_stub import Answer, Seen, answer_json, provider

ROOT = rasa_training.ROOT
TRAINING, CONFIG, MODELS = ROOT / "data" / "training", ROOT / "config.yml", ROOT / "models"
RECORDED = Path(__file__).parent / "data" / "rasa_answers" / "understanding.json"
STARTS_WITHIN = 180  # seconds, on a machine with other things to do


def recorded_answers() -> dict[str, Any]:
    """Return Rasa's answers to POST /model/parse by the text that was asked."""
    found: dict[str, Any] = json.loads(RECORDED.read_text(encoding="utf-8"))
    return found


def record(answers: dict[str, Any]) -> None:
    """Keep answers, one a line."""
    lines = [
        f"{json.dumps(text, ensure_ascii=False)}: {json.dumps(answers[text], ensure_ascii=False)}"
        for text in sorted(answers)
    ]
    RECORDED.parent.mkdir(exist_ok=True)
    RECORDED.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


@contextmanager
def recorded_rasa() -> Iterator[str]:
    """Serve the recorded answers; anything else is not found."""
    answers = recorded_answers()

    def answer(seen: Seen) -> Answer:
        known = seen.path == "/model/parse" and seen.json["text"] in answers
        return answer_json(answers[seen.json["text"]]) if known else Answer(status=404)

    with provider(answer) as stub:
        yield stub.url


def skip_without_rasa() -> Path:
    """Return the command, or skip where there is none; in CI it has to be wherever there is a Python 3.10."""
    command = rasa_training.ENVIRONMENT / "bin" / "rasa"
    if not command.is_file():
        if os.environ.get("TOWNLINE_CI") == "1" and python310():
            pytest.fail("Rasa is not installed, though there is a Python 3.10: make rasa")
        pytest.skip("Rasa is not installed (make rasa): its recorded answers stand in")
    return command


@contextmanager
def real_rasa(log: Path) -> Iterator[str]:
    """Serve models/rasa, trained anew where the data or the pipeline changed since; its output goes to `log`.

    Skips where there is none: see `skip_without_rasa`.
    """
    command = skip_without_rasa()
    if rasa_training.stale(TRAINING, CONFIG, MODELS):
        rasa_training.train(TRAINING, CONFIG, MODELS, progress=lambda now: None)
    port = free_port()
    asked = ["run", "--enable-api", "--model", str(MODELS / "rasa"), "-i", "127.0.0.1", "-p", str(port)]
    with log.open("wb") as output:
        environ = rasa_training.rasa_environ()
        server = subprocess.Popen(
            [str(command), *asked], cwd=log.parent, env=environ, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait(server, url := f"http://127.0.0.1:{port}", log)
            yield url
        finally:
            server.terminate()
            server.wait()


def python310() -> str:
    """Return the Python 3.10 that `make rasa` would use, "" where there is none."""
    asked = ["make", "-s", "--no-print-directory", "python310"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            if requests.get(f"{url}/status", timeout=5).status_code == 200:  # 409 until the model is loaded
                return
        except requests.RequestException:
            pass
        time.sleep(0.2)
    pytest.fail(f"Rasa did not start:\n{log.read_text(errors='replace')[-3000:]}")
