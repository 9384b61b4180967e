"""What the tests share: the configuration, a trained ear and a database with the city in it, each made once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from chromium import chromium  # noqa: F401  (fixture)
from nlu_fixture import train_where_outdated
from open311_city import proxied  # noqa: F401  (a fixture)
from servers import (  # noqa: F401  (fixtures)
    city_places,
    database,
    office,
    open_office,
    postgres_city,
    postgres_url,
    redis_server,
    redis_url,
    simulator,
    sqlite,
)
from werkzeug.routing import Rule

from bot import schema
from bot.app import open_interpreter
from bot.config import Config, load
from bot.database import open_database
from bot.places.geocoder import Places
from nlu.interpreter import Interpreter

LONGEST = (
    *("test_residents", "test_transcripts", "test_accessibility", "test_torture", "test_rasa", "test_turns"),
    *("test_work_orders", "test_import", "test_cli", "test_notices", "test_tracking", "test_open311_client"),
    *("test_open311_clients", "test_rq"),
)
"""Files to begin with: a process that meets one of them last keeps the others waiting."""

_compile_builder = Rule._compile_builder


def _compile_builder_when_asked(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """Compile a route's URL builder at its first use.

    Each test makes apps of a hundred and fifty routes, two builders each, and builds few URLs: to compile
    them all took a fifth of a test.
    """

    @cache
    def compiled() -> Callable[..., tuple[str, str]]:
        return _compile_builder(rule, append_unknown)

    return lambda me, /, **values: compiled()(me, **values)


Rule._compile_builder = _compile_builder_when_asked  # type: ignore[method-assign]


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a third of the time tests wait, for a browser, a server or a clock."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ranks = {name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path.stem, len(ranks)))


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
    template.close()  # the last connection to close writes everything into the one file
    return path


@pytest.fixture(scope="session")
def interpreter(config: Config, city_database: Path) -> Iterator[Interpreter]:
    """The default engine, trained from data/training."""
    train_where_outdated(config.models)
    city = open_database(f"sqlite:///{city_database}")
    yield open_interpreter(config, Places(city.read))
    city.close()
