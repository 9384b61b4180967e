"""The gazetteer: what residents write, pins, and the loading of a city, on SQLite and PostgreSQL."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st
from servers import postgres_copy
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from bot.base import Base
from bot.places.gazetteer import Gazetteer
from bot.places.geocoder import Places
from bot.places.importers import CityDataError, city_loaded, load_city
from bot.places.tables import AddressPoint, CityImport, Street

Sessions = sessionmaker[Session]

CITY = Path(__file__).parent.parent / "data" / "city"
TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "data" / "places_find.yml").read_text("utf-8"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'city.db'}"
        return
    server: str = request.getfixturevalue("postgres_url")
    with postgres_copy(server, "template1") as url:
        yield url


@pytest.fixture(scope="module")
def sessions(database_url: str) -> Iterator[Sessions]:
    engine = create_engine(database_url)
    Base.metadata.create_all(engine)
    made = sessionmaker(engine)
    with made.begin() as session:
        load_city(session, CITY)
    yield made
    engine.dispose()


@pytest.fixture(scope="module")
def places(sessions: Sessions) -> Places:
    return Places(sessions)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Sessions]:
    engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    Base.metadata.create_all(engine)
    yield sessionmaker(engine)
    engine.dispose()


def found(places: Places, text: str) -> list[str]:
    return [place.address_string for place in places.find_places(text)]


# --- text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TABLE["first"])
def test_finds(places: Places, text: str) -> None:
    best = places.find_places(text)[0]
    assert [best.address_string, best.precision] == TABLE["first"][text]
    assert best.in_city


@pytest.mark.parametrize("text", TABLE["candidates"])
def test_offers(places: Places, text: str) -> None:
    assert found(places, text) == TABLE["candidates"][text]


@pytest.mark.parametrize("text", TABLE["nothing"])
def test_finds_nothing(places: Places, text: str) -> None:
    assert found(places, text) == []


def test_the_nearer_of_two_equals_comes_first(places: Places) -> None:
    st, ave = places.find_places("40 oak")
    assert [st.address_string, ave.address_string] == ["40 Oak St", "40 Oak Ave"]
    assert st.lat
    assert st.long
    assert ave.lat
    assert ave.long
    assert places.find_places("40 oak", near=(st.lat, st.long)) == [st, ave]
    assert places.find_places("40 oak", near=(ave.lat, ave.long)) == [ave, st]


def test_an_interpolated_number_lies_between_its_neighbours(places: Places) -> None:
    at = {text: places.find_places(text)[0] for text in ("500 Main St", "504 Main St", "508 Main St")}
    assert at["504 Main St"].precision == "interpolated"
    assert at["508 Main St"].precision == "address"
    middle = at["504 Main St"]
    assert middle.score < at["500 Main St"].score
    for end in (at["500 Main St"], at["508 Main St"]):
        assert geodesic((middle.lat, middle.long), (end.lat, end.long)).m < 10


def test_every_door_is_found_at_its_place(places: Places) -> None:
    with (CITY / "addresses.csv").open(encoding="utf-8") as file:
        doors = list(csv.DictReader(file))[::61]
    for door in doors:
        text = f"{door['number']} {door['street'].lower()} {door['zip']}"
        best = places.find_places(text)[0]
        assert best.precision == "address", text
        assert geodesic((best.lat, best.long), (door["lat"], door["long"])).m < 1, text


def test_no_number_without_a_door_is_an_address(places: Places, sessions: Sessions) -> None:
    with sessions() as session:
        doors = session.execute(
            select(Street.full_name, AddressPoint.number)
            .join(Street, Street.id == AddressPoint.street_id)
            .where(AddressPoint.id % 67 == 0)
        ).all()
        known = {(name, number) for name, number in session.execute(_every_door())}
    asked = [(name, number + step) for name, number in doors for step in (3, 5000)]
    missing = [pair for pair in asked if pair not in known]
    assert len(missing) > 200
    for name, number in missing:
        precisions = {place.precision for place in places.find_places(f"{number} {name}")}
        assert precisions <= {"interpolated", "street"}, f"{number} {name}"
        assert precisions, f"{number} {name}"


def _every_door() -> Any:
    return select(Street.full_name, AddressPoint.number).join(Street, Street.id == AddressPoint.street_id)


def test_every_sample_is_found_again(places: Places) -> None:
    samples = places.sample(90, seed=5)
    assert samples == places.sample(90, seed=5)
    assert samples != places.sample(90, seed=6)
    assert {place["kind"] for place in samples} == {"address", "intersection", "landmark"}
    for sample in samples:
        assert sample["address_string"] in found(places, sample["text"]), sample


def test_address_strings_are_short_enough_for_a_text(places: Places) -> None:
    assert max(len(sample["address_string"]) for sample in places.sample(300, seed=1)) <= 40


def test_names_for_the_lexicon(places: Places) -> None:
    assert {"Main St", "Main", "N Grant Ave", "Grant Ave", "Grant", "MLK Blvd", "5th"} <= set(places.streets())
    assert {"Riverside Park", "City Hall", "Moon & Anchor"} <= set(places.landmarks())


def test_many_threads_get_the_same_answers(places: Places) -> None:
    texts = list(TABLE["first"])
    alone = [found(places, text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: found(places, text), texts * 4))
    assert together == alone * 4


@given(text=st.text(max_size=300) | st.text(alphabet="0123456789 &/,#'stndrthmainoak\x00", max_size=60))
def test_no_text_raises(riverton: Places, text: str) -> None:
    assert len(riverton.find_places(text)) <= 4


@pytest.fixture(scope="module")
def riverton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    engine = create_engine(f"sqlite:///{tmp_path_factory.mktemp('riverton') / 'city.db'}")
    Base.metadata.create_all(engine)
    made = sessionmaker(engine)
    with made.begin() as session:
        load_city(session, CITY)
    yield Places(made)
    engine.dispose()


@pytest.mark.parametrize("text", ["9" * 5000 + " main", "main " * 2000, "and " * 900, "500 main " + "é" * 1600])
def test_long_texts_are_answered(places: Places, text: str) -> None:
    assert len(places.find_places(text)) <= 4


# --- pins -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["500 Main St", "5th St & Main St", "12 Elm St", "21st St & Oak St", "Washington Park"]
)
def test_a_pin_is_named_after_what_is_there(places: Places, text: str) -> None:
    there = places.find_places(text)[0]
    assert there.lat
    assert there.long
    pin = places.place_at(there.lat + 0.00002, there.long)
    assert pin is not None
    assert pin.address_string == there.address_string
    assert pin.precision == there.precision
    assert (pin.lat, pin.long) == (there.lat + 0.00002, there.long), "the point stays the resident's"
    assert pin.in_city


def test_a_pin_far_from_any_door_is_named_after_its_neighbourhood(places: Places) -> None:
    pin = places.place_at(41.584, -91.045)
    assert pin is not None
    assert (pin.address_string, pin.precision, pin.in_city) == ("Southfield", "area", True)


def test_a_pin_outside_the_city(places: Places) -> None:
    pin = places.place_at(41.7, -91.0)
    assert pin is not None
    assert (pin.address_string, pin.in_city, pin.lat, pin.long) == ("41.70000, -91.00000", False, 41.7, -91.0)
    assert not places.in_city(41.7, -91.0)
    assert places.in_city(41.6, -91.0)


@pytest.mark.parametrize(("lat", "long"), [(float("nan"), 0.0), (91.0, 0.0), (0.0, 181.0), (float("inf"), 1.0)])
def test_what_is_no_point_on_earth_is_no_place(places: Places, lat: float, long: float) -> None:
    assert places.place_at(lat, long) is None


def test_geopys_interface(sessions: Sessions) -> None:
    gazetteer = Gazetteer(sessions)
    one = gazetteer.geocode("500 Main St", timeout=1)
    assert (one.address, one.raw) == ("500 Main St", {"precision": "address", "score": 1.0})
    assert [two.address for two in gazetteer.geocode("40 oak", exactly_one=False)] == [
        "40 Oak St",
        "40 Oak Ave",
    ]
    assert gazetteer.geocode("nowhere") is None
    back = gazetteer.reverse(one.point)
    assert (back.address, back.raw["distance"]) == ("500 Main St", 0.0)
    assert gazetteer.reverse("41.7, -91.0") is None


# --- loading ----------------------------------------------------------------------------------------


def test_a_city_is_loaded_once(empty: Sessions) -> None:
    with empty.begin() as session:
        assert not city_loaded(session, CITY)
        counts = load_city(session, CITY)
        assert city_loaded(session, CITY)
    assert counts.streets > 100
    assert counts.addresses > 10_000
    assert counts.intersections > 800
    assert counts.skipped == 0
    with empty.begin() as session:
        first = session.get_one(CityImport, 1).imported_at
        assert load_city(session, CITY) == counts
        assert session.get_one(CityImport, 1).imported_at == first
        assert session.scalar(select(func.count()).select_from(AddressPoint)) == counts.addresses


def test_a_changed_city_replaces_the_old_one(empty: Sessions, tmp_path: Path) -> None:
    folder = shutil.copytree(CITY, tmp_path / "city")
    with empty.begin() as session:
        load_city(session, folder)
    lines = (folder / "addresses.csv").read_text("utf-8").splitlines()[:50]
    lost = "1,Lost St,,Downtown,52700,41.6,-91.0"
    (folder / "addresses.csv").write_text("\n".join([*lines, lost]), "utf-8")
    with empty.begin() as session:
        assert not city_loaded(session, folder)
        counts = load_city(session, folder)
        assert (counts.addresses, counts.skipped) == (49, 1)
        assert city_loaded(session, folder)


def test_a_broken_city_leaves_the_old_one(empty: Sessions, tmp_path: Path) -> None:
    with empty.begin() as session:
        load_city(session, CITY)
    folder = shutil.copytree(CITY, tmp_path / "city")
    (folder / "landmarks.csv").write_text("name,kind,aliases,lat,long,radius\nThe Pier,park\n", "utf-8")
    with pytest.raises(CityDataError, match=r"landmarks\.csv, line 2"), empty.begin() as session:
        load_city(session, folder)
    with empty() as session:
        assert city_loaded(session, CITY)
    assert found(Places(empty), "500 main st") == ["500 Main St"]


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("streets.geojson", "{}", "no GeoJSON"),
        ("streets.geojson", "[", "no GeoJSON"),
        ("boundary.geojson", None, "can't be read"),
        ("addresses.csv", "number,street,unit,neighbourhood,zip,lat,long\nx,Main St,,,,41.6,-91", "line 2"),
    ],
)
def test_what_is_wrong_with_a_city_is_said(
    empty: Sessions, tmp_path: Path, file: str, text: str | None, says: str
) -> None:
    folder = shutil.copytree(CITY, tmp_path / "city")
    if text is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(text, "utf-8")
    with pytest.raises(CityDataError, match=says) as raised, empty.begin() as session:
        load_city(session, folder)
    assert file in str(raised.value)


def test_without_a_city_nothing_is_found(empty: Sessions) -> None:
    places = Places(empty)
    assert found(places, "500 Main St") == []
    assert places.in_city(0.0, 0.0)
    assert places.sample(3) == []
    assert (places.streets(), places.landmarks()) == ([], [])
