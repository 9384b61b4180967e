"""What geocoders answered, kept: on both databases, for as long as allowed, and not in a resident's words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from provider_stub import DROP, Provider, Seen, answer_json, provider
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from bot.database import Database
from bot.places.cache import Cache, Candidate, GeocodeAnswer
from bot.places.geocoder import GeocoderDown, Places
from bot.places.outside import Outside

MATCH = {
    "coordinates": {"x": -90.9951, "y": 41.6012},
    "matchedAddress": "9 LANTERN WHARF, RIVERTON, IA, 52706",
}
DOOR = Candidate("9 Lantern Wharf", 41.6012, -90.9951, "interpolated")


class Calendar:
    def __init__(self) -> None:
        self.now = datetime(2026, 6, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, days: float) -> None:
        self.now += timedelta(days=days)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def cache(database: Database, calendar: Calendar) -> Cache:
    return Cache(database.read, database.write, "a key", calendar)


@pytest.fixture
def bureau() -> Iterator[Provider]:
    def answer(seen: Seen) -> Any:
        known = "Lantern" in seen.query["address"][0]
        return answer_json({"result": {"addressMatches": [MATCH] if known else []}})

    with provider(answer) as stub:
        yield stub


def chained(database: Database, cache: Cache, stub: Provider, **options: Any) -> Places:
    census = {"domain": stub.url.removeprefix("http://"), "scheme": "http", **options}
    return Places(database.read, [Outside("census", census, cache)], cache=cache)


def rows(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(GeocodeAnswer)) or 0


def test_asked_once(database: Database, cache: Cache, bureau: Provider, calendar: Calendar) -> None:
    places = chained(database, cache, bureau)
    first = places.find_places("9 Lantern Wharf")
    assert [place.address_string for place in first] == ["9 Lantern Wharf"]
    assert places.find_places("9 lantern wharf") == first
    assert chained(database, cache, bureau).find_places("9 Lantern Wharf") == first, "another process knows it"
    calendar.turn(29.9)
    places.find_places("9 Lantern Wharf")
    assert len(bureau.seen) == 1
    calendar.turn(0.2)
    assert places.find_places("9 Lantern Wharf") == first
    assert len(bureau.seen) == 2
    calendar.turn(29.9)
    places.find_places("9 Lantern Wharf")
    assert len(bureau.seen) == 2, "the new answer took the old one's place"
    assert rows(database) == 1


def test_nothing_there_is_believed_for_a_day(
    database: Database, cache: Cache, bureau: Provider, calendar: Calendar
) -> None:
    places = chained(database, cache, bureau)
    assert places.find_places("9 Nowhere Rd") == places.find_places("9 Nowhere Rd") == []
    assert len(bureau.seen) == 1
    calendar.turn(1.1)
    places.find_places("9 Nowhere Rd")
    assert len(bureau.seen) == 2


def test_failures_are_not_kept(database: Database, cache: Cache, bureau: Provider) -> None:
    places, answer = chained(database, cache, bureau), bureau.answer
    bureau.answer = lambda seen: DROP
    with pytest.raises(GeocoderDown):
        places.find_places("9 Lantern Wharf")
    assert rows(database) == 0
    bureau.answer = answer
    assert places.find_places("9 Lantern Wharf")


@pytest.mark.parametrize(("days", "asked"), [(0, 3), (0.5, 2), (365, 1)])
def test_each_geocoder_has_its_days(
    database: Database, cache: Cache, bureau: Provider, calendar: Calendar, days: float, asked: int
) -> None:
    places = chained(database, cache, bureau, keep_days=days)
    places.find_places("9 Lantern Wharf")
    places.find_places("9 Lantern Wharf")
    calendar.turn(0.6)
    places.find_places("9 Lantern Wharf")
    assert len(bureau.seen) == asked
    assert rows(database) == (days > 0)


def test_by_default_arcgis_is_never_kept(cache: Cache) -> None:
    assert [Outside(name, {}, cache).keep_days for name in ("arcgis", "photon", "census")] == [0, 30, 30]


def test_what_was_asked_is_not_to_be_read(database: Database, cache: Cache, bureau: Provider) -> None:
    chained(database, cache, bureau).find_places("7 Nowhere Rd, ask for Ms Quillfeather")
    with database.read() as session:
        kept = " ".join(
            str(value) for row in session.execute(text("SELECT * FROM geocode_cache")) for value in row
        )
    assert "census" in kept
    assert not {"Nowhere", "nowhere", "Quillfeather", "quillfeather"} & set(kept.replace(",", " ").split())
    other = Cache(database.read, database.write, "another key", cache.now)
    assert chained(database, other, bureau).find_places("7 Nowhere Rd, ask for Ms Quillfeather") == []
    assert len(bureau.seen) == 2, "who has another key knows nothing of it"


def test_pruned(database: Database, cache: Cache, calendar: Calendar) -> None:
    for name in ("census", "nominatim", "gone"):
        cache.put(name, "full", [DOOR])
        cache.put(name, "empty", [])
    lifetimes = {"census": 30.0, "nominatim": 2.0}
    assert cache.prune(lifetimes, calendar.now) == 2, "nobody asks that one any more"
    assert cache.prune(lifetimes, calendar.now) == 0
    calendar.turn(1.5)
    assert cache.prune(lifetimes, calendar.now) == 2
    assert cache.get("nominatim", "full", 2) == [DOOR]
    calendar.turn(1)
    assert cache.prune(lifetimes, calendar.now) == 1
    calendar.turn(28)
    assert cache.prune(lifetimes, calendar.now) == 1
    assert rows(database) == 0


def test_many_at_once(database: Database, cache: Cache) -> None:
    def keep() -> None:
        for number in range(5):
            cache.put("census", f"same {number}", [DOOR])

    threads = [threading.Thread(target=keep) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows(database) == 5
    assert cache.get("census", "same 4", 1) == [DOOR]


def test_what_can_not_be_read_is_asked_again(database: Database, cache: Cache, calendar: Calendar) -> None:
    for broken in ("", "{", "[1]", '[{"colour": "red"}]'):
        cache.put("census", "q", [DOOR])
        with database.write.begin() as session:
            session.execute(text("UPDATE geocode_cache SET answer = :broken"), {"broken": broken})
        assert cache.get("census", "q", 30) is None


def test_a_database_that_is_away_is_a_miss(bureau: Provider, sqlite: Database) -> None:
    def away() -> Any:
        raise OperationalError("SELECT", {}, Exception("gone"))

    places = chained(sqlite, Cache(away, away), bureau)
    assert places.find_places("9 Lantern Wharf")[0].address_string == "9 Lantern Wharf"
    assert places.find_places("9 Lantern Wharf")
    assert len(bureau.seen) == 2
