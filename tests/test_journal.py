"""The log: one message's way through web and worker, found by its conversation, and nobody's words in it."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from servers import PHONE, simulated, wait_until

from bot import journal
from bot.bench.deployment import free_port
from bot.config import Config, ConfigError
from bot.database import Database
from webhooks.simulator import Simulator

ROOT = Path(__file__).parent.parent
LOADED = 180.0  # seconds that a machine with much else to do may take to start a process


def record(message: str, *arguments: object, **more: Any) -> logging.LogRecord:
    return logging.getLogger("bot.test").makeRecord(
        "bot.test", logging.ERROR, "", 0, message, arguments, more.pop("exc_info", None), extra=more
    )


def stumbled(words: str) -> ValueError:
    try:
        raise ValueError(words)
    except ValueError as error:
        return error


def test_a_line_of_json_says_when_where_and_about_whom() -> None:
    with journal.about(42):
        line = json.loads(journal.JsonLines("worker").format(record("outbox %s: %s", 7, "sent")))
    at = datetime.fromisoformat(line.pop("time"))
    assert at.utcoffset() == timedelta(0)
    assert line == {
        "level": "ERROR",
        "logger": "bot.test",
        "message": "outbox 7: sent",
        "process": "worker",
        "conversation": 42,
    }
    assert "conversation" not in json.loads(journal.JsonLines("worker").format(record("and now nobody")))


@pytest.mark.parametrize("lines", [journal.JsonLines("web"), journal.TextLines()], ids=["json", "text"])
@pytest.mark.parametrize("how", ["fault", "exc_info"])
def test_an_error_is_told_without_its_words(lines: logging.Formatter, how: str) -> None:
    error = stumbled(f"nobody can read 'pothole' of {PHONE}")
    told: Any = error if how == "fault" else (type(error), error, error.__traceback__)
    line = lines.format(record("it failed", **{how: told}))
    assert PHONE not in line
    assert "pothole" not in line
    if how == "exc_info" or isinstance(lines, journal.JsonLines):
        assert "ValueError" in line
        assert "stumbled" in line


def test_text_names_the_conversation_too() -> None:
    with journal.about(42):
        assert " ERROR bot.test [conversation 42]: hello" in journal.TextLines().format(record("hello"))
    assert " ERROR bot.test: hello" in journal.TextLines().format(record("hello"))


def test_another_form_is_refused() -> None:
    with pytest.raises(ConfigError, match="LOG_FORMAT is neither text nor json"):
        journal.start("xml", "web")


# Processes ------------------------------------------------------------------------------------------


@contextmanager
def townline(environment: dict[str, str], log: Path, *arguments: str) -> Iterator[None]:
    """Run the command as a process of its own that logs into a file."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", *arguments]
    with log.open("w") as stderr:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=stderr)
        try:
            yield
            process.terminate()
            process.wait(timeout=LOADED)
        finally:
            process.kill()
            process.wait()


def answer(url: str) -> requests.Response | None:
    with suppress(requests.ConnectionError):
        return requests.get(url, timeout=60)
    return None


def is_ready(url: str) -> bool:
    found = answer(f"{url}/readyz")
    return found is not None and found.status_code == 200


def numbers(port: int) -> str:
    found = answer(f"http://127.0.0.1:{port}/metrics")
    return found.text if found is not None else ""


def logged(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.startswith("{")]


def test_one_message_is_followed_through_web_and_worker(
    config: Config, simulator: Simulator, sqlite: Database, redis_url: str, tmp_path: Path
) -> None:
    url = sqlite.engine.url.render_as_string(hide_password=False)
    here = simulated(config, simulator, tmp_path, database_url=url, redis_url=redis_url, log_format="json")
    settings = {name.upper(): value for name, value in vars(here.settings).items() if value}
    environment = os.environ | settings | {"TOWNLINE_CONFIG": str(ROOT / "config.yml")}
    port, web_numbers, worker_numbers = free_port(), free_port(), free_port()
    simulator.webhook_base_url = f"http://127.0.0.1:{port}"
    web, worker = tmp_path / "web.log", tmp_path / "worker.log"
    with ExitStack() as processes:
        serve = ("serve", "--port", str(port), "--metrics-port", str(web_numbers))
        processes.enter_context(townline(environment, web, *serve))
        processes.enter_context(townline(environment, worker, "worker", "--metrics-port", str(worker_numbers)))
        wait_until(lambda: is_ready(simulator.webhook_base_url), "the web process is ready", LOADED)
        simulator.sms("+15550143", "help")
        simulator.wait_for_reply("+15550143", containing="", timeout=LOADED)
        simulator.sms(PHONE, "pothole at 500 main st")
        simulator.wait_for_reply(PHONE, containing="500 Main St", timeout=LOADED)
        simulator.settle(LOADED)
        wait_until(
            lambda: any(": sent" in each["message"] for each in logged(worker)[1:]), "it is noted", LOADED
        )
        of_web, of_worker = numbers(web_numbers), numbers(worker_numbers)

    second = {each["message"] for each in logged(web) if each.get("conversation") == 2}
    assert second == {"a message came in by sms"}
    ours = [each for each in logged(worker) if each.get("conversation") == 2]
    assert [re.sub(r"\d+", "N", each["message"]) for each in ours] == [
        "a turn was taken: messages answered: N",
        "outbox N: sent",
    ]
    assert {each["process"] for each in ours} == {"worker"}
    assert {each["process"] for each in logged(web)} == {"web"}

    assert 'townline_webhooks_total{outcome="taken",provider="twilio"}' in of_web
    assert 'townline_step_seconds_count{step="receive"} 2.0' in of_web
    assert 'townline_step_seconds_count{step="hear"} 2.0' in of_worker
    assert 'townline_step_seconds_count{step="receive"} 0.0' in of_worker
    assert 'townline_ready{check="redis"} 1.0' in of_worker

    everything = "".join([web.read_text(), worker.read_text(), of_web, of_worker])
    for personal in (PHONE.lstrip("+"), "15550143", "pothole at", "main st", "Main St", "simulated"):
        assert personal not in everything
