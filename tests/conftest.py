"""What the tests share: the configuration, a trained ear and a database with the city in it, each made once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from open311_city import proxied  # noqa: F401  (a fixture)
from servers import (  # noqa: F401  (fixtures)
    city_places,
    database,
    office,
    open_office,
    postgres_city,
    postgres_url,
    redis_url,
    simulator,
    sqlite,
)

from bot import schema
from bot.app import open_interpreter
from bot.config import Config, load
from bot.database import open_database
from bot.places.geocoder import Places
from nlu.interpreter import Interpreter
from nlu.train import stale, train


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the transcripts' answers as they are now")


@pytest.fixture(scope="session")
def config() -> Config:
    """The demo city's configuration, with none of this machine's settings."""
    root = Path(__file__).parent.parent
    return load({"TOWNLINE_CONFIG": str(root / "config.yml")})


@pytest.fixture(scope="session")
def city_database(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the tables and the city's map, to be copied."""
    path = tmp_path_factory.mktemp("city") / "townline.db"
    template = open_database(f"sqlite:///{path}")
    schema.migrate(config, template)
    template.engine.dispose()  # the last connection to close writes everything into the one file
    return path


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def interpreter(config: Config, city_database: Path) -> Iterator[Interpreter]:
    """The default engine, trained from data/training if that was not done yet."""
    with _one_at_a_time(config.models):  # tests may run in several processes
        if stale(config.training, config.models):
            train(config.training, config.models, progress=lambda done, total, label: None)
    city = open_database(f"sqlite:///{city_database}")
    yield open_interpreter(config, Places(city.read))
    city.engine.dispose()
