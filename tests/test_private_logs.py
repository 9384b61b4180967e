"""No log and no number for Prometheus says who wrote or what, whatever goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import requests
from servers import KEYS, SECRET, Office, OpenOffice
from sqlalchemy import select

from bot import jobs
from bot.bench.deployment import free_port
from bot.database import Database, open_database
from bot.metrics import published
from bot.models import Photo, ServiceRequest
from nlu.interpreter import Understanding
from webhooks.channel import Channel, Outbound
from webhooks.simulator.calling import WebhookFailed
from webhooks.simulator.faults import Fault

OURS = ("bot", "webhooks", "nlu", "dialogues")
REFUSED, CRASHED, CHATTER = "+15550142", "+15550143", 7005550145
WORDS = "pothole at 500 main st, ask for Casey Quill"
SAID = ("500 main", "500 Main", "Casey", "Quill", "zebra")
NUMBERS = ("5550142", "5550143", "5550144", "555-0146", str(CHATTER))
KEY = "a-key-of-a-portal-of-the-city"


class Shaken:
    """An ear that breaks on one word, and quotes it."""

    def __init__(self, whole: object) -> None:
        self.whole = whole

    def understand(self, text: str, language: str = "") -> Understanding:
        if "zebra" in text:
            raise RuntimeError(f"can't make sense of {text!r}")
        return self.whole.understand(text, language)  # type: ignore[attr-defined,no-any-return]

    def __getattr__(self, name: str) -> object:
        return getattr(self.whole, name)


@dataclass
class Torn:
    """A channel whose sending breaks in our own code, and quotes what it was to send."""

    whole: Channel

    def send(self, message: Outbound) -> str:
        raise ValueError(f"{message.recipient}: {message.text}")

    def __getattr__(self, name: str) -> object:
        return getattr(self.whole, name)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Our own loggers, at their most talkative."""
    for name in OURS:
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def secrets_of(office: Office) -> list[str]:
    """Return what nobody may read in a log: settings that open something, and what opens pages and photos."""
    settings = office.town.config.settings
    with office.town.database.read() as session:
        tokens = [*session.scalars(select(Photo.token)), *session.scalars(select(ServiceRequest.token))]
    return [settings.twilio_auth_token, settings.telegram_bot_token, SECRET, KEYS, KEY, *tokens]


def provoke(office: Office) -> None:
    """Have everything go wrong that a talk may meet."""
    sim = office.simulator
    sim.twilio_faults.put(
        Fault(refuse=21614, description=f"'To' {REFUSED} is not a mobile number: {WORDS}", times=1), REFUSED
    )
    sim.telegram_faults.put(Fault(refuse=500, description=f"{CHATTER}: {WORDS}", times=2), CHATTER)
    sim.twilio_delivery.media_misses = 1
    sim.sms(REFUSED, WORDS, [b"no picture of Casey Quill"])
    office.says(WORDS, "yes", by=CHATTER)
    office.says("a zebra at 500 main st", by=CRASHED)
    sim.update("message", {"text": "Casey", "author": CHATTER}, CHATTER)  # unreadable
    for _ in range(6):
        office.bustle(60)
        jobs.sweep(office.town)
    for _ in range(2):  # forged and nonsense
        requests.post(f"{office.url}/webhooks/twilio", data={"From": CRASHED, "Body": WORDS}, timeout=20)
        requests.post(f"{office.url}/webhooks/telegram", json={"message": {"text": WORDS}}, timeout=20)
    posted = {
        "service_code": "tree",
        "address_string": "500 Main St",
        "phone": "555-0146",
        "first_name": "Casey",
    }
    requests.post(f"{office.url}/open311/v2/requests.json", data={**posted, "api_key": KEY}, timeout=20)
    requests.post(
        f"{office.url}/open311/v2/requests.json", data={**posted, "api_key": f"{KEY}-not"}, timeout=20
    )
    torn_ones = {name: Torn(each) for name, each in office.town.channels.items()}
    channels: Mapping[str, Channel] = torn_ones  # type: ignore[assignment]
    torn = replace(office, town=replace(office.town, channels=channels))
    office.says("help", by="+15550144")
    torn.bustle()


def test_whatever_goes_wrong_nobody_is_named(
    open_office: OpenOffice, sqlite: Database, log: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    office = open_office(sqlite, open311_api_keys=f"portal:{KEY}", smtp_url=f"smtp://127.0.0.1:{free_port()}")
    office = replace(office, town=replace(office.town, interpreter=Shaken(office.town.interpreter)))  # type: ignore[arg-type]
    away = open_database(f"sqlite:///{tmp_path}", KEYS)  # a folder
    provoke(office)
    nowhere = open_office(away)
    with pytest.raises(WebhookFailed):
        nowhere.says(WORDS, by=REFUSED)
    jobs.run(nowhere.town, "take_turns", "1")
    away.close()

    for sign in ("turn failed", "not sent", "photo", "outbox", "could not be stored", "put off"):
        assert sign in log.text, sign
    port = free_port()
    with published(office.town, port):
        numbers = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=20).text
    assert "townline_quarantined 1.0" in numbers
    for written in (log.text, numbers):
        assert [each for each in (*SAID, *NUMBERS, *secrets_of(office)) if each in written] == []
