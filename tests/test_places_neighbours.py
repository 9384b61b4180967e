"""Whose it is beyond the boundary: by the point, by the words, and what residents and staff are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.app import open_map
from bot.config import Config, ConfigError, load
from bot.database import Database
from bot.places.neighbours import Neighbour, Neighbours, read_boundary

SQUARE = [[[-91.0, 41.0], [-90.0, 41.0], [-90.0, 42.0], [-91.0, 42.0], [-91.0, 41.0]]]
AROUND = Neighbours([Neighbour("Eastport", [SQUARE]), Neighbour("Port"), Neighbour("West Riverton")])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Main St in Eastport", ("Main St", "Eastport")),
        ("500 main st, eastport", ("500 main st", "Eastport")),
        ("500 main st eastport", ("500 main st", "Eastport")),
        ("500 Main St, Eastport, IA 52711.", ("500 Main St", "Eastport")),
        ("the pier over in the city of Eastport", ("the pier", "Eastport")),
        ("Eastport", ("", "Eastport")),
        ("in eastport!", ("", "Eastport")),
        ("5th and Main, West Riverton", ("5th and Main", "West Riverton")),
        ("12 Elm St, Riverton", ("", "")),
        ("500 Eastport Ave", ("", "")),
        ("Main and Eastport St", ("", "")),
        ("the Eastport bus stop", ("", "")),
        ("the airport", ("", "")),
        ("", ("", "")),
    ],
)
def test_named_at_the_end(text: str, named: tuple[str, str]) -> None:
    assert AROUND.named(text) == named


@pytest.mark.parametrize(
    ("text", "place", "extended"),
    [
        ("pothole on main st in eastport, huge", "main st", "main st in eastport"),
        ("500 Main St, Eastport", "500 Main St", "500 Main St, Eastport"),
        ("500 Main St. I live in Eastport", "500 Main St", "500 Main St"),
        ("main st and eastport st", "main st", "main st"),
        ("main st in eastport ave", "main st", "main st"),
    ],
)
def test_what_follows_a_place(text: str, place: str, extended: str) -> None:
    start = text.index(place)
    assert AROUND.extended(text, start, start + len(place)) == extended


def test_a_point() -> None:
    assert (AROUND.at(41.5, -90.5), AROUND.at(43.0, -90.5)) == ("Eastport", "")


def test_no_neighbours_at_all() -> None:
    alone = Neighbours()
    assert alone.named("Main St in Eastport") == ("", "")
    assert alone.extended("Main St in Eastport", 0, 7) == "Main St"
    assert alone.at(41.5, -90.5) == ""


def test_the_demo_citys(config: Config, sqlite: Database) -> None:
    places = open_map(config, sqlite)
    pin = places.place_at(41.603, -90.972)
    assert pin is not None
    assert (pin.in_city, pin.neighbour) == (False, "Eastport")
    assert places.neighbour_at(41.603, -90.972) == "Eastport"
    assert places.neighbour_at(41.6, -91.0) == "", "that one is ours"
    [named] = places.find_places("main st in eastport")
    assert (named.address_string, named.lat, named.in_city, named.neighbour) == (
        "Main St",
        None,
        False,
        "Eastport",
    )
    assert places.find_places("500 Main St, Riverton")[0].in_city


def test_beside_the_city_and_not_over_it(config: Config, sqlite: Database) -> None:
    places = open_map(config, sqlite)
    for door in places.sample(200):
        assert places._neighbours.at(door["lat"], door["long"]) == ""


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (None, "can't be read (No such file or directory)"),
        ("{", "is no GeoJSON of polygons"),
        ("[]", "is no GeoJSON of polygons"),
        ('{"type": "Point", "coordinates": [1, 2]}', "is no GeoJSON of polygons"),
        ('{"type": "FeatureCollection", "features": []}', "has no feature whose name is 'Eastport'"),
    ],
)
def test_a_boundary_that_can_not_be_read(
    sqlite: Database, tmp_path: Path, file: str | None, reason: str
) -> None:
    root = Path(__file__).parent.parent
    (tmp_path / "data").symlink_to(root / "data")
    line = "    - {name: Eastport, phone: 555-0123, boundary: data/city/neighbours.geojson}"
    text = (root / "config.yml").read_text("utf-8")
    assert text.count(line) == 1
    (tmp_path / "config.yml").write_text(
        text.replace(line, "    - {name: Eastport, phone: 555-0123, boundary: east.geojson}")
    )
    if file is not None:
        (tmp_path / "east.geojson").write_text(file)
    number = text[: text.index(line)].count("\n") + 1
    with pytest.raises(ConfigError) as error:
        open_map(load({"TOWNLINE_CONFIG": str(tmp_path / "config.yml")}), sqlite)
    assert str(error.value) == f"{tmp_path}/config.yml:{number}: east.geojson {reason}"


def test_a_boundary_of_one_polygon_or_several(tmp_path: Path) -> None:
    path = tmp_path / "one.geojson"
    path.write_text(json.dumps({"type": "Polygon", "coordinates": SQUARE}))
    one = read_boundary(path, "Eastport")
    path.write_text(
        json.dumps({"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [SQUARE]}})
    )
    assert read_boundary(path, "Eastport") == one
    assert Neighbour("Eastport", one).holds(41.5, -90.5)
