"""Some hundred requests that nobody sends who means well break nothing; scripts/fuzz.py throws many more."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from besieged import City, besieged
from fuzzing import Outcome, Range, Shot
from sqlalchemy import update

from bot.config import Config
from bot.models import Message
from bot.places.geocoder import Places
from nlu.interpreter import Interpreter

COUNT, SEED = 300, 311


@pytest.fixture(scope="module")
def city(
    config: Config,
    city_database: Path,
    interpreter: Interpreter,
    city_places: Places,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[City]:
    with besieged(config, city_database, tmp_path_factory.mktemp("city"), interpreter, city_places) as city:
        yield city


@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")  # of a form that broke off: gone with it
def test_nothing_breaks(city: City) -> None:
    outcome = Outcome()
    Range(city, outcome).volley(COUNT, SEED)
    gc.collect()
    assert not outcome.broken
    assert sum(outcome.statuses.values()) >= COUNT
    for answered in (200, 303, 400, 403, 404):  # some get far, some don't
        assert outcome.statuses[answered], outcome.statuses


def test_what_waits_for_long_is_no_find(city: City) -> None:
    with city.town.database.write.begin() as session:
        session.execute(update(Message).values(created_at=city.town.now() - timedelta(hours=1)))
    ready = Shot("GET", b"/readyz", b"", {}, b"")
    outcome = Outcome()
    assert Range(city, outcome).throw(ready) == 503  # nobody works here, and it says so
    assert list(outcome.broken) == ["503 without a word: GET /readyz"]
    gun = Range(city, Outcome())
    gun.volley(1, SEED)
    assert gun.throw(ready) == 200


def test_what_breaks_is_noticed(city: City) -> None:
    def view() -> str:
        raise RuntimeError("broken on purpose")

    city.app.view_functions["watching.healthz"], was = view, city.app.view_functions["watching.healthz"]
    outcome = Outcome()
    try:
        with Range(city, outcome).noticing() as gun:
            gun.throw(Shot("GET", b"/healthz", b"", {}, b""))
    finally:
        city.app.view_functions["watching.healthz"] = was
    assert [place.startswith("RuntimeError: broken on purpose") for place in outcome.broken] == [True]
