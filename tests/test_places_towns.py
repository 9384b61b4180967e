"""A county of namesakes: towns, ZIP codes, misspelt names and numbers that do not exist."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import sessionmaker

from bot.base import Base
from bot.places import evaluate, geometry, tables
from bot.places.geocoder import Places
from bot.places.spelling import Spellings, sound
from bot.places.towns import Towns
from dialogues.types import Place

STREETS = {  # (name, town, ZIP code): numbers
    ("Harbor Rd", "Eastwick", "52801"): (2, 4, 8, 40),
    ("Harbor Rd", "Mill Hollow", "52802"): (2, 6, 400),
    ("Harbor Ave", "Eastwick", "52801"): (10, 12),
    ("Old Eastwick Rd", "Mill Hollow", "52802"): (7, 9),
    ("Saint Olaf Ln", "Mill Hollow", "52802"): (1, 3),
    ("E Quarry Ln", "Eastwick", "52801"): (5,),
}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    engine = create_engine(f"sqlite:///{tmp_path_factory.mktemp('county') / 'city.db'}")
    Base.metadata.create_all(engine)
    streets, doors = [], []
    for i, ((name, town, zipcode), numbers) in enumerate(STREETS.items(), 1):
        at = {"lat": 41.0 + i / 10, "long": -91.0}
        streets.append({"id": i, "full_name": name, "community": town, "geometry": "[]", **at})
        for number in numbers:
            at = {"lat": 41.0 + i / 10, "long": -91.0 + number * 0.0001}
            doors.append(
                {"street_id": i, "number": number, "zipcode": zipcode, "cell": geometry.cell(**at), **at}
            )
    with sessionmaker(engine).begin() as session:
        session.execute(insert(tables.Street), streets)
        session.execute(insert(tables.AddressPoint), [{"id": i, **door} for i, door in enumerate(doors, 1)])
        stamp = {"id": 1, "checksum": "county", "imported_at": datetime(2026, 1, 1, tzinfo=UTC)}
        session.execute(insert(tables.CityImport), [stamp])
    yield Places(sessionmaker(engine))
    engine.dispose()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 harbor rd", ["2 Harbor Rd (Eastwick)", "2 Harbor Rd (Mill Hollow)"]),
        ("2 harbor rd, mill hollow", ["2 Harbor Rd"]),
        ("2 harbor rd mill holow", ["2 Harbor Rd"]),
        ("2 Harbor Rd, Eastwick, IA 52801", ["2 Harbor Rd"]),
        ("2 harbor 52802", ["2 Harbor Rd"]),
        ("6 harbor", ["6 Harbor Rd"]),  # the only one of the three that has such a door
        ("10 hrabor av", ["10 Harbor Ave"]),
        ("8 harbr raod eastwick", ["8 Harbor Rd"]),
        ("7 old eastwick", ["7 Old Eastwick Rd"]),  # no town here
        ("3 st olaf", ["3 Saint Olaf Ln"]),
        ("3 saimt olf lane", ["3 Saint Olaf Ln"]),
        ("5 quarry", ["5 E Quarry Ln"]),
    ],
)
def test_doors_that_exist_come_first(county: Places, text: str, expected: list[str]) -> None:
    found = county.find_places(text)
    assert [place.address_string for place in found] == expected
    assert {place.precision for place in found} == {"address"}


def test_the_town_decides_which(county: Places) -> None:
    (eastwick,) = county.find_places("2 harbor rd, eastwick")
    (hollow,) = county.find_places("2 harbor rd, mill hollow")
    assert (eastwick.lat, hollow.lat) == pytest.approx((41.1, 41.2))
    assert county.find_places("2 harbor rd", near=(41.2, -91.0))[0].lat == hollow.lat


@pytest.mark.parametrize(
    "text", ["400 harbor rd, eastwick", "10 harbor rd", "12 Harbor Rd, Eastwick", "99 quarry ln"]
)
def test_a_door_elsewhere_is_no_answer(county: Places, text: str) -> None:
    """Not in the next town, nor on the avenue of that name, where the road itself is known."""
    found = county.find_places(text)
    assert found
    assert "address" not in {place.precision for place in found}


def test_towns_are_known_by_a_part_and_misspelt() -> None:
    towns = Towns(["Upper Brightwater", "Mill Hollow"])
    assert towns.tail(["12", "oak", "brightwater"]) == (1, ("upper", "brightwater"))
    assert towns.tail(["12", "oak", "mil", "hollow"]) == (2, ("mill", "hollow"))
    assert towns.tail(["12", "hollow"]) == (0, ())


def test_names_that_sound_alike() -> None:
    assert sound("nickel") == sound("nicoll")
    assert dict(Spellings(["nicoll", "nelson"]).alike("nickel")).keys() == {"nicoll"}


def test_figures_of_an_evaluation(county: Places, tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_text(
        "text,lat,long,kind\n2 harbor rd eastwick,41.1,-90.9998,door\n5 quarry,41.6,-90.9,door\n"
        "nowhere,41.1,-91,name\nno point,,,name\n",
        encoding="utf-8",
    )
    known, left_out = evaluate.read_known(path)
    answers = [evaluate.answer(one, county.find_places(one.text)) for one in known]
    doors, names, together = evaluate.tally(answers)
    assert left_out == 1
    assert (doors.rows, doors.answered, doors.first) == (2, 1.0, (0.5, 0.5, 0.5))
    assert (names.answered, names.first) == (0.0, (0.0, 0.0, 0.0))
    assert together.rows == 3
    evaluate.save(tmp_path / "saved.csv", answers)
    saved = list(csv.DictReader(io.StringIO((tmp_path / "saved.csv").read_text("utf-8"))))
    assert [row["metres"] for row in saved] == ["0", saved[1]["metres"], ""]
    with pytest.raises(ValueError, match="has no column pin_lat or lat"):
        evaluate.read_known(_written(tmp_path / "other.csv", "text,x\na,1\n"))


def test_a_pin_anywhere_on_a_stretch_is_on_it() -> None:
    stretch = Place(
        address_string="Main St between 1st St & 9th St",
        lat=41.0,
        long=-91.005,
        precision="block",
        ends=((41.0, -91.0), (41.0, -91.01)),
    )
    metres = {}
    for where, pin in {
        "at its end": (41.0, -91.0),
        "beyond": (41.0, -90.999),
        "beside": (41.001, -91.009),
    }.items():
        known = evaluate.Known("main between 1st and 9th", pin, "between", {})
        metres[where] = round(evaluate.answer(known, [stretch]).first)
    assert metres == {"at its end": 0, "beyond": 84, "beside": 111}


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
