"""A city's folder (data/city): five files in a format of our own, in which nothing may be amiss."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from bot.places.records import Centreline, CityDataError, Door, Mark, Record, Region

FILES = ("streets.geojson", "addresses.csv", "landmarks.csv", "boundary.geojson", "neighbourhoods.geojson")
FORMAT = b"2"  # raise it when the tables' meaning changes, so that every city is loaded anew

R = TypeVar("R")


def checksum(folder: Path) -> str:
    """Return a digest of the folder's files and of how we read them."""
    digest = hashlib.sha256(FORMAT)
    for name in FILES:
        digest.update(hashlib.sha256(_read(folder / name).encode()).digest())
    return digest.hexdigest()


def is_folder(path: Path) -> bool:
    """Tell whether the path is such a folder."""
    return path.is_dir() and all((path / name).is_file() for name in FILES)


def read_folder(folder: Path) -> Iterator[Record]:
    """Yield the city's records; raises `CityDataError`."""
    for properties, shape in _features(folder / "streets.geojson"):
        lines = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
        parts = (properties.get(part) for part in ("directional", "name", "suffix"))
        name = " ".join(str(part) for part in parts if part)
        community = properties.get("community") or ""
        yield Centreline(name, lines, properties.get("aliases") or (), community, whole=True)
    yield from _records(folder / "addresses.csv", _door)
    yield from _records(folder / "landmarks.csv", _landmark)
    for properties, shape in _features(folder / "boundary.geojson"):
        yield Region("city", properties["name"], _polygons(shape), properties.get("state", ""))
    for properties, shape in _features(folder / "neighbourhoods.geojson"):
        yield Region("neighbourhood", properties["name"], _polygons(shape))


def _polygons(shape: dict[str, Any]) -> Any:
    return shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]


def _door(record: dict[str, str]) -> Door:
    return Door(
        number=int(record["number"]),
        street=record["street"],
        lat=float(record["lat"]),
        long=float(record["long"]),
        unit=record["unit"],
        community=record["neighbourhood"],
        zipcode=record["zip"],
    )


def _landmark(record: dict[str, str]) -> Mark:
    return Mark(
        name=record["name"],
        kind=record["kind"],
        lat=float(record["lat"]),
        long=float(record["long"]),
        radius=int(record["radius"]),
        aliases=[alias for alias in record["aliases"].split("|") if alias],
    )


def _features(path: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return (properties, geometry) of each feature of a GeoJSON file."""
    try:
        features = json.loads(_read(path))["features"]
        return [(feature["properties"], feature["geometry"]) for feature in features]
    except (ValueError, KeyError, TypeError) as error:
        raise CityDataError(f"{path} is no GeoJSON feature collection: {error}") from error


def _records(path: Path, convert: Callable[[dict[str, str]], R]) -> Iterator[R]:
    for number, record in enumerate(csv.DictReader(_read(path).splitlines()), 2):
        try:
            yield convert(record)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CityDataError(f"{path}, line {number}: {error}") from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CityDataError(f"{path} can't be read: {error.strerror}") from error
