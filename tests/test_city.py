"""The made-up city: the same on every run, and believable."""

from __future__ import annotations

import csv
import json
import runpy
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CITY = ROOT / "data" / "city"
FILES = (
    "addresses.csv",
    "boundary.geojson",
    "landmarks.csv",
    "neighbourhoods.geojson",
    "neighbours.geojson",
    "streets.geojson",
)


@pytest.fixture(scope="module")
def doors() -> list[dict[str, str]]:
    with (CITY / "addresses.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def streets() -> dict[str, list[list[list[float]]]]:
    features = json.loads((CITY / "streets.geojson").read_text(encoding="utf-8"))["features"]
    return {name(f["properties"]): f["geometry"]["coordinates"] for f in features}


def name(properties: dict[str, str]) -> str:
    return " ".join(properties[part] for part in ("directional", "name", "suffix") if properties[part])


def test_the_script_draws_the_same_city_to_the_byte(tmp_path: Path) -> None:
    runpy.run_path(str(ROOT / "scripts" / "make_city.py"))["write_city"](tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    for file in FILES:
        assert (tmp_path / file).read_bytes() == (CITY / file).read_bytes(), f"{file}: run make_city.py write"


def test_it_is_small_enough_to_keep_in_the_repository() -> None:
    assert sum((CITY / file).stat().st_size for file in FILES) < 1_500_000


def test_it_has_the_doors_that_the_stories_are_about(doors: list[dict[str, str]]) -> None:
    there = {(door["number"], door["street"]) for door in doors}
    assert {("500", "Main St"), ("12", "Elm St"), ("40", "Oak St"), ("40", "Oak Ave")} <= there
    assert len(doors) > 10_000


def test_every_door_is_on_a_street_of_the_map_and_in_a_neighbourhood(
    doors: list[dict[str, str]], streets: dict[str, object]
) -> None:
    assert {door["street"] for door in doors} <= set(streets)
    assert all(door["neighbourhood"] and door["zip"] for door in doors)


def test_no_door_is_there_twice(doors: list[dict[str, str]]) -> None:
    counts = Counter((door["number"], door["street"], door["unit"]) for door in doors)
    assert counts.most_common(1)[0][1] == 1


def test_it_has_what_makes_real_cities_hard(streets: dict[str, list[list[list[float]]]]) -> None:
    assert {"Oak St", "Oak Ave", "Maple St", "Maple Ave", "Walnut St", "Walnut Ln"} <= set(streets)
    assert {"N Grant Ave", "S Grant Ave", "Main St", "E Main St", "5th St", "6th St"} <= set(streets)
    assert len(streets["Cedar St"]) == 2, "Cedar St stops at the switchyard and starts again"


def test_it_has_landmarks_of_many_kinds() -> None:
    with (CITY / "landmarks.csv").open(encoding="utf-8") as file:
        landmarks = list(csv.DictReader(file))
    assert len(landmarks) >= 40
    assert {"park", "school", "library", "hospital", "station", "shop", "government"} <= {
        m["kind"] for m in landmarks
    }
    assert "Riverside Park" in {mark["name"] for mark in landmarks}
