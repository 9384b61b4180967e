"""Fills the gazetteer's tables from a city's files (data/city holds the made-up one's)."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from bot.places import geometry, normalise
from bot.places.tables import AddressPoint, Area, CityImport, Intersection, Landmark, Street, StreetAlias

FILES = ("streets.geojson", "addresses.csv", "landmarks.csv", "boundary.geojson", "neighbourhoods.geojson")
FORMAT = b"1"  # raise it when the tables' meaning changes, so that every city is loaded anew
TABLES = (CityImport, Intersection, AddressPoint, StreetAlias, Street, Landmark, Area)

Row = dict[str, Any]


class CityDataError(Exception):
    """The city's files can't be read; the message names the file and what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many of each the gazetteer holds; `skipped` addresses lie on streets that are not in the files."""

    streets: int
    addresses: int
    intersections: int
    landmarks: int
    skipped: int = 0


def city_loaded(session: Session, folder: Path) -> bool:
    """Tell whether the tables hold exactly what the files of `folder` say."""
    return session.scalar(select(CityImport.checksum)) == checksum(folder)


def load_city(session: Session, folder: Path) -> Counts:
    """Replace the gazetteer by the files of `folder`, unless it holds them already; the caller commits.

    Raises `CityDataError`.
    """
    if city_loaded(session, folder):
        return _counts(session)
    for table in TABLES:
        session.execute(delete(table))
    streets = list(_streets(folder))
    _insert(session, Street, [{k: v for k, v in street.items() if k not in _EXTRA} for street in streets])
    _insert(session, StreetAlias, list(_aliases(streets)))
    _insert(session, Intersection, list(_intersections(streets)))
    addresses, skipped = _addresses(folder, {street["full_name"]: street["id"] for street in streets})
    _insert(session, AddressPoint, addresses)
    _insert(session, Landmark, list(_landmarks(folder)))
    _insert(session, Area, list(_areas(folder)))
    stamp = {"id": 1, "checksum": checksum(folder), "imported_at": datetime.now(UTC)}
    _insert(session, CityImport, [stamp])
    return _counts(session, skipped)


def checksum(folder: Path) -> str:
    """Return a digest of the folder's files and of how we read them."""
    digest = hashlib.sha256(FORMAT)
    for name in FILES:
        digest.update(hashlib.sha256(_read(folder / name).encode()).digest())
    return digest.hexdigest()


def _counts(session: Session, skipped: int = 0) -> Counts:
    streets, addresses, intersections, landmarks = (
        session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Street, AddressPoint, Intersection, Landmark)
    )
    return Counts(
        streets=streets,
        addresses=addresses,
        intersections=intersections,
        landmarks=landmarks,
        skipped=skipped,
    )


def _insert(session: Session, table: type, rows: list[Row]) -> None:
    if rows:
        session.execute(insert(table), rows)


# --- from files to rows -----------------------------------------------------------------------------

_EXTRA = {"aliases", "lines"}  # of a street's row: for the other tables


def _streets(folder: Path) -> Iterator[Row]:
    for i, (properties, shape) in enumerate(_features(folder / "streets.geojson"), 1):
        lines = shape["coordinates"] if shape["type"] == "MultiLineString" else [shape["coordinates"]]
        parts = (properties.get(part) for part in ("directional", "name", "suffix"))
        lat, long = geometry.middle(lines)
        yield {
            "id": i,
            "full_name": " ".join(str(part) for part in parts if part),
            "lat": lat,
            "long": long,
            "geometry": json.dumps(lines),
            "aliases": properties.get("aliases") or (),
            "lines": lines,
        }


def _aliases(streets: list[Row]) -> Iterator[Row]:
    named = [(street["id"], alias) for street in streets for alias in street["aliases"]]
    for i, (street_id, alias) in enumerate(named, 1):
        yield {"id": i, "street_id": street_id, "full_name": alias}


def _intersections(streets: list[Row]) -> Iterator[Row]:
    order = {street["id"]: _reading_order(street["full_name"]) for street in streets}
    bases = {street["id"]: _base(street["full_name"]) for street in streets}
    meetings = geometry.crossings((street["id"], street["lines"]) for street in streets)
    corners = (meeting for meeting in meetings if bases[meeting[0]] != bases[meeting[1]])
    for i, (one, two, (lat, long)) in enumerate(corners, 1):
        first, second = sorted((one, two), key=lambda street: order[street])
        lat, long = round(lat, 6), round(long, 6)
        yield {
            "id": i,
            "street_1_id": first,
            "street_2_id": second,
            "lat": lat,
            "long": long,
            "cell": geometry.cell(lat, long),
        }


def _base(full_name: str) -> tuple[str, str]:
    """Return name and suffix: where N Grant Ave becomes S Grant Ave is no corner."""
    name = normalise.street_names(normalise.words(full_name))[0]
    return name.key, name.suffix


def _reading_order(full_name: str) -> tuple[int, str]:
    """Numbered streets come first, as people say them: "5th and Main"."""
    number = re.match(r"\d+", full_name)
    return (int(number[0]), "") if number else (10**9, full_name)


def _addresses(folder: Path, street_ids: Mapping[str, int]) -> tuple[list[Row], int]:
    rows = list(_records(folder / "addresses.csv", _door))
    known = [row | {"street_id": street_ids[row["street"]]} for row in rows if row["street"] in street_ids]
    numbered = [row | {"id": i} for i, row in enumerate(known, 1)]
    for row in numbered:
        del row["street"]
    return numbered, len(rows) - len(known)


def _door(record: dict[str, str]) -> Row:
    lat, long = float(record["lat"]), float(record["long"])
    return {
        "street": record["street"],
        "number": int(record["number"]),
        "unit": record["unit"],
        "neighbourhood": record["neighbourhood"],
        "zipcode": record["zip"],
        "lat": lat,
        "long": long,
        "cell": geometry.cell(lat, long),
    }


def _landmarks(folder: Path) -> Iterator[Row]:
    for i, row in enumerate(_records(folder / "landmarks.csv", _landmark), 1):
        yield row | {"id": i}


def _landmark(record: dict[str, str]) -> Row:
    return {
        "name": record["name"],
        "kind": record["kind"],
        "aliases": json.dumps([alias for alias in record["aliases"].split("|") if alias]),
        "radius": int(record["radius"]),
        "lat": float(record["lat"]),
        "long": float(record["long"]),
    }


def _areas(folder: Path) -> Iterator[Row]:
    files = (("city", "boundary.geojson"), ("neighbourhood", "neighbourhoods.geojson"))
    features = [(kind, *feature) for kind, name in files for feature in _features(folder / name)]
    for i, (kind, properties, shape) in enumerate(features, 1):
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        state = properties.get("state", "")
        yield {
            "id": i,
            "kind": kind,
            "name": properties["name"],
            "state": state,
            "polygons": json.dumps(polygons),
        }


def _features(path: Path) -> list[tuple[Row, Row]]:
    """Return (properties, geometry) of each feature of a GeoJSON file."""
    try:
        features = json.loads(_read(path))["features"]
        return [(feature["properties"], feature["geometry"]) for feature in features]
    except (ValueError, KeyError, TypeError) as error:
        raise CityDataError(f"{path} is no GeoJSON feature collection: {error}") from error


def _records(path: Path, convert: Callable[[dict[str, str]], Row]) -> Iterator[Row]:
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
