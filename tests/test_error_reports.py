"""Errors reported to Sentry: what goes over the wire has the error's kind and place, and nobody's words."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from provider_stub import Answer, Seen, provider

from bot import error_reports
from bot.config import ConfigError

ROOT = Path(__file__).parent.parent

PERSONAL = ("5550142", "Ada Poe", "main st", "Main St", "hidden-token")

FAILS = """
import logging, sys
from bot import error_reports, journal
from bot.watching import Web

journal.start("json", "web")
error_reports.start(sys.argv[1], "web")
log = logging.getLogger("bot.outbox")
app = Web("townline")

@app.post("/r/<token>")
def fails(token):
    words = "Ada Poe at 500 Main St"
    raise ValueError(f"nobody can read {words!r} of +15550142")

def parses(text):
    number = "+15550142"
    return int(text)

logging.getLogger("elsewhere").warning("Ada Poe wrote from +15550142")  # would be a breadcrumb
client = app.test_client()
client.post("/r/hidden-token", data={"From": "+15550142", "Body": "pothole at 500 main st"},
            headers={"Cookie": "session=hidden-token"})
with journal.about(7):
    try:
        parses("Ada Poe")
    except ValueError as error:
        journal.fault(log, error, "outbox %s failed", 12)
    logging.getLogger("elsewhere").error("who is %s?", "Ada Poe")
raise RuntimeError("Ada Poe again")
"""


def envelopes(body: bytes, encoding: str | None) -> list[Any]:
    """Return the events of an envelope: a header, then for each item a header and a payload, a line each."""
    lines = (gzip.decompress(body) if encoding == "gzip" else body).decode().splitlines()
    items = zip(lines[1::2], lines[2::2], strict=True)
    return [json.loads(payload) for header, payload in items if json.loads(header)["type"] == "event"]


@pytest.fixture(scope="module")
def reported() -> tuple[list[Seen], str]:
    """What a process that fails in many ways sends to Sentry, and what it logs."""
    with provider(lambda _: Answer()) as sentry:
        dsn = sentry.url.replace("http://", "http://key@") + "/1"
        ran = subprocess.run(
            [sys.executable, "-c", FAILS, dsn],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )
    assert ran.returncode == 1
    return sentry.seen, ran.stderr


def test_what_is_reported_names_the_error_and_nobody(reported: tuple[list[Seen], str]) -> None:
    seen, _ = reported
    assert {each.path for each in seen} == {"/api/1/envelope/"}
    bodies = [(each.body, each.headers["Content-Encoding"]) for each in seen]
    whole = "".join((gzip.decompress(body) if how == "gzip" else body).decode() for body, how in bodies)
    for personal in PERSONAL:
        assert personal not in whole
    events = [event for body, how in bodies for event in envelopes(body, how)]
    assert [event.get("logentry", {}).get("formatted") for event in events] == [
        "POST /r/<token> failed: ValueError in fails:14",
        "outbox 12 failed: ValueError in parses:18",
        "who is %s?",
        None,
    ]
    errors = [event["exception"]["values"][0] for event in events if "exception" in event]
    assert [error["type"] for error in errors] == ["ValueError", "ValueError", "RuntimeError"]
    assert [error["stacktrace"]["frames"][-1]["function"] for error in errors] == [
        "fails",
        "parses",
        "<module>",
    ]
    assert events[1]["tags"] == {"process": "web", "conversation": "7"}
    for event in events:
        assert not {"request", "user", "breadcrumbs", "extra", "modules", "server_name"} & set(event)


def test_the_log_of_the_same_errors_names_nobody_either(reported: tuple[list[Seen], str]) -> None:
    _, log = reported
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    ours = [line for line in lines if line["logger"] != "elsewhere"]
    assert [line["error"] for line in ours] == ["ValueError", "ValueError"]
    assert ours[0]["way"][-1].endswith(":14 fails")
    assert ours[1]["conversation"] == 7
    assert not [personal for personal in PERSONAL if personal in json.dumps(ours)]


def test_an_address_without_the_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(
        ConfigError, match="SENTRY_DSN is set, but sentry-sdk is not installed: run `make sentry`"
    ):
        error_reports.start("http://key@127.0.0.1/1", "web")
    error_reports.start("", "web")  # nothing is asked for: nothing is missed
