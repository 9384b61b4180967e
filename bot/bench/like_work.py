"""Our side of the yardstick: what `rasa_bot` does in Rasa, done by ours in one process, on SQLite like it.

A text comes in by the signed webhook, is understood, answered and saved. Nothing is sent: Rasa's bot answers in
the same request. What ours does beyond it can't be left out: it looks the place up, looks for what others have
reported there, and files the case. Its figure is of a whole turn; `understood` is the ear's share of it.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count, cycle
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import func, select

from bot import schema
from bot.app import create_app, open_town
from bot.bench.crowd import OPENINGS
from bot.bench.rasa_bot import Conversation, Unfinished
from bot.config import Config
from bot.conversations import take_turns
from bot.database import open_database
from bot.models import ServiceRequest
from bot.town import Job, Town
from nlu.interpreter import Interpreter
from webhooks.simulator.twilio_webhooks import sign
from webhooks.twilio import WEBHOOK

BASE = "https://311.riverton.example"


@dataclass(frozen=True)
class Figures:
    """Processor time of the turns, and of understanding the same texts by itself."""

    turns: int
    cpu_seconds: float
    understood_seconds: float

    @property
    def cpu_ms_per_turn(self) -> float:
        return 1000 * self.cpu_seconds / self.turns


@dataclass
class _Rings:
    """Keeps what is rung for: turns are taken at once, and nothing is sent."""

    turns: list[int] = field(default_factory=list)

    def ring(self, job: Job, subject: str, after: float = 0.0) -> None:
        if job == "take_turns":
            self.turns.append(int(subject))


def conversations(doors: Sequence[str], count: int) -> list[Conversation]:
    """Return as many conversations of three texts, each at a door of its own: a report, yes, thanks."""
    far = doors[:: max(1, len(doors) // count)][:count]
    return [(what.format(door=door), "yes", "thanks") for what, door in zip(cycle(OPENINGS), far, strict=False)]


class Ours:
    """A deployment in this process that talks and saves, and sends nothing."""

    def __init__(self, town: Town, rings: _Rings) -> None:
        self._town, self._rings = town, rings
        self._client, self._senders = create_app(town).test_client(), count(5_550_000_000)

    def talk(self, said: Sequence[Conversation]) -> Figures:
        """Play the conversations, each by a sender of its own, and measure.

        Raises `Unfinished` where one of them files no case.
        """
        before, began = self._filed(), time.process_time()
        for words in said:
            _play(self._town, self._rings, self._client, next(self._senders), words)
        spent, texts = time.process_time() - began, [text for words in said for text in words]
        if (filed := self._filed() - before) != len(said):
            raise Unfinished(f"{filed} cases were filed in {len(said)} conversations")
        began = time.process_time()
        for text in texts:
            self._town.interpreter.understand(text)
        return Figures(turns=len(texts), cpu_seconds=spent, understood_seconds=time.process_time() - began)

    def _filed(self) -> int:
        return int(self._town.database.ask(select(func.count(ServiceRequest.id)), {})[0][0])


@contextmanager
def opened(config: Config, *, interpreter: Interpreter | None = None) -> Iterator[Ours]:
    """Open a deployment for as long as the block lasts. `config` has Twilio's settings.

    Without an `interpreter` the one that it asks for is opened.
    """
    with tempfile.TemporaryDirectory() as folder:
        town, rings = _town(config, Path(folder), interpreter)
        try:
            yield Ours(town, rings)
        finally:
            town.database.close()


def _town(config: Config, folder: Path, interpreter: Interpreter | None) -> tuple[Town, _Rings]:
    own = {"database_url": f"sqlite:///{folder / 'townline.db'}", "redis_url": "", "public_base_url": BASE}
    settings = replace(config.settings, townline_encryption_keys="", **own)
    talk_at_once = config.file.conversation.model_copy(update={"settle_seconds": 0.0})
    file = config.file.model_copy(update={"conversation": talk_at_once})
    config = replace(config, settings=settings, file=file)
    database, rings = open_database(settings.database_url), _Rings()
    schema.migrate(config, database)
    return open_town(config, bell=rings, database=database, interpreter=interpreter), rings


def _play(town: Town, rings: _Rings, client: FlaskClient, sender: int, words: Conversation) -> None:
    for number, text in enumerate(words):
        form = {
            "MessageSid": f"SM{sender}{number:022d}",
            "From": f"+1{sender}",
            "To": "+15550100",
            "Body": text,
        }
        signature = sign(town.config.settings.twilio_auth_token, BASE + WEBHOOK, form)
        client.post(WEBHOOK, data=form, headers={"X-Twilio-Signature": signature})
        while rings.turns:
            take_turns(town, rings.turns.pop())
