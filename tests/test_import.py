"""`townline places import`: a city out of whatever files it has, on SQLite and PostgreSQL."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from servers import DATABASES, postgres_copy
from sqlalchemy import select

from bot import schema
from bot.config import Config
from bot.database import Database, open_database
from bot.import_command import import_city
from bot.places.gazetteer import Gazetteer
from bot.places.geometry import distance, joined
from bot.places.naming import house_numbers, readable, readable_street, zipcode
from bot.places.records import Unusable
from bot.places.tables import AddressPoint, Area, CityImport, Intersection, Landmark, Street, StreetAlias

FILES = Path(__file__).parent / "data" / "import"
CITY = Path(__file__).parent.parent / "data" / "city"


@dataclass(frozen=True)
class Ran:
    """How a command went; blanks and line ends, which depend on the terminal's width, are one blank."""

    code: int
    out: str
    err: str


Import = Callable[..., Ran]


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    if request.param == "sqlite":
        database = open_database(f"sqlite:///{tmp_path / 'townline.db'}")
        yield database
        database.engine.dispose()
        return
    with postgres_copy(request.getfixturevalue("postgres_url"), "template1") as url:
        database = open_database(url)
        yield database
        database.engine.dispose()


@pytest.fixture
def served(config: Config, database: Database) -> Database:
    """A database that serves Riverton."""
    level = logging.getLogger("alembic").level
    logging.getLogger("alembic").setLevel(logging.WARNING)
    schema.migrate(config, database)
    logging.getLogger("alembic").setLevel(level)
    return database


@pytest.fixture
def importing(served: Database, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Run the command on the database that serves."""
    monkeypatch.setenv("DATABASE_URL", served.engine.url.render_as_string(hide_password=False))
    monkeypatch.setattr("bot.terminal.console._width", 200)
    return run


def run(*arguments: object) -> Ran:
    result = CliRunner().invoke(import_city, [str(each) for each in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, " ".join(result.stdout.split()), " ".join(result.stderr.split()))


def rows(database: Database, *columns: Any) -> list[tuple[Any, ...]]:
    with database.read() as session:
        return sorted(tuple(row) for row in session.execute(select(*columns)))


def streets(database: Database) -> list[tuple[str, str]]:
    return rows(database, Street.full_name, Street.community)


def doors(database: Database) -> list[tuple[Any, ...]]:
    query = select(AddressPoint.number, Street.full_name, AddressPoint.unit, Street.community).join(Street)
    with database.read() as session:
        return sorted(tuple(row) for row in session.execute(query))


# --- formats ----------------------------------------------------------------------------------------


def test_openaddresses_csv(importing: Import, served: Database) -> None:
    ran = importing(FILES / "openaddresses.csv")
    assert ran.code == 0, ran.err
    assert "The map now has 3 streets, 8 addresses, 0 intersections and 0 landmarks." in ran.out
    assert streets(served) == [
        ("Main St", "Ferry Landing"),
        ("Main St", "Riverton"),
        ("N Grant Ave", "Riverton"),
    ]
    assert doors(served) == [
        (12, "N Grant Ave", "", "Riverton"),
        (14, "N Grant Ave", "2", "Riverton"),
        (500, "Main St", "", "Ferry Landing"),
        (500, "Main St", "", "Riverton"),
        (502, "Main St", "", "Ferry Landing"),
        (502, "Main St", "", "Riverton"),
        (504, "Main St", "", "Riverton"),
        (506, "Main St", "A", "Riverton"),
    ]
    for said in (
        "1 house number 0 openaddresses.csv, line 5",
        "1 no house number openaddresses.csv, line 6",
        "1 no street openaddresses.csv, line 10",
        "1 no coordinates openaddresses.csv, line 11",
        "1 coordinates outside the world openaddresses.csv, line 12",
        "1 far from all the rest openaddresses.csv, line 13",
        "1 an address that is there already openaddresses.csv, line 4",
    ):
        assert said in ran.out


def test_openaddresses_geojson_one_feature_a_line(importing: Import, served: Database, tmp_path: Path) -> None:
    packed = tmp_path / "openaddresses.geojson.gz"
    packed.write_bytes(gzip.compress((FILES / "openaddresses.geojsonl").read_bytes()))
    for path in (FILES / "openaddresses.geojsonl", packed):
        ran = importing(path)
        assert ran.code == 0, ran.err
        assert doors(served) == [(12, "Elm St", "", "Riverton"), (14, "Elm St", "B", "Riverton")]
        assert "1 no coordinates" in ran.out
        assert "feature 3" in ran.out


def test_several_files_make_one_city(importing: Import, served: Database) -> None:
    names = ("streets.geojson", "openaddresses.csv", "parks.csv", "boundary.geojson", "neighborhoods.geojson")
    ran = importing(*(FILES / name for name in names))
    assert ran.code == 0, ran.err
    assert streets(served) == [
        ("5th St", "Riverton"),
        ("Main St", "Ferry Landing"),
        ("Main St", "Riverton"),
        ("N Grant Ave", "Riverton"),
    ]
    with served.read() as session:
        main = session.scalars(select(Street).where(Street.id.in_(select(StreetAlias.street_id)))).one()
        assert json.loads(main.geometry) == [[[-91.022, 41.591], [-91.02, 41.591], [-91.018, 41.591]]]
        assert (round(main.lat, 4), round(main.long, 4)) == (41.591, -91.02)
    assert rows(served, StreetAlias.full_name) == [("State Route 9",)]
    assert rows(served, Intersection.lat, Intersection.long) == [(41.591, -91.02)]
    assert rows(served, Landmark.name, Landmark.kind, Landmark.radius) == [
        ("Riverside Park", "park", 109),
        ("Union Square", "park", 100),
    ]
    assert rows(served, Area.kind, Area.name, Area.state) == [
        ("city", "Riverton", "IA"),
        ("neighbourhood", "Downtown", ""),
        ("neighbourhood", "Riverside", ""),
    ]
    gazetteer = Gazetteer(served.read)
    assert gazetteer.geocode("5th and main").address == "5th St & Main St"
    assert gazetteer.geocode("14 north grant avenue").raw["precision"] == "address"


def test_streets_as_rows_of_points(importing: Import, served: Database) -> None:
    ran = importing(FILES / "vertices.csv")
    assert ran.code == 0, ran.err
    assert streets(served) == [("Main St", ""), ("Oak St", "")]
    assert rows(served, Intersection.lat, Intersection.long) == [(41.591, -91.02)]


def test_one_column_for_the_whole_address(importing: Import, served: Database) -> None:
    assert importing(FILES / "addresses_only.csv").code == 0
    assert doors(served) == [(21, "Oak St", "", ""), (23, "Oak St", "1/2", "")]


def test_projected_coordinates(importing: Import, served: Database) -> None:
    ran = importing(FILES / "feet.csv")
    assert ran.code == 1
    assert "its coordinates are no degrees. Say which system they are in, as in --crs EPSG:2248" in ran.err
    assert importing(FILES / "feet.csv", "--crs", "EPSG:2248").code == 0
    assert streets(served) == [("McDonogh Rd N", "Towson"), ("W Chesapeake Ave", "Towson")]
    lat, long = rows(served, AddressPoint.lat, AddressPoint.long)[0]
    assert distance((lat, long), (39.4231, -76.6094)) < 2000


# --- names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("NORTH GRANT AVENUE", "N Grant Ave"),
        ("MAIN STREET N", "Main St N"),
        ("Pennsylvania Avenue Northwest", "Pennsylvania Ave NW"),
        ("martin luther king jr blvd", "Martin Luther King Jr Blvd"),
        ("MCDONALD RD", "McDonald Rd"),
        ("O'DONNELL ST", "O'Donnell St"),
        ("05TH ST", "5th St"),
        ("US HIGHWAY 1", "US Highway 1"),
        ("NORTH AVE", "North Ave"),
        ("AVENUE E", "Avenue E"),
        ("BROADWAY", "Broadway"),
        ("Rue de la Paix", "Rue de la Paix"),
    ],
)
def test_streets_are_written_as_residents_read_them(raw: str, read: str) -> None:
    assert readable_street(raw) == read


def test_towns_zip_codes_and_numbers() -> None:
    assert readable("LUTHERVILLE TIMONIUM") == "Lutherville Timonium"
    assert readable("DeKalb") == "DeKalb"
    assert [zipcode(text) for text in ("6511", "21204-1234", "21204.0", "")] == ["06511", "21204", "21204", ""]
    assert house_numbers("12") == ([12], "")
    assert house_numbers("12.0") == ([12], "")
    assert house_numbers("0012B") == ([12], "B")
    assert house_numbers("12-16") == ([12, 16], "")
    assert house_numbers("12 1/2") == ([12], "1/2")
    for text in ("", "0", "abc", "99999", "116D1-8"):
        with pytest.raises(Unusable):
            house_numbers(text)


def test_blocks_become_a_street() -> None:
    a, b, c = [[0.0, 0.0], [0.0, 1.0]], [[0.0, 2.0], [0.0, 1.0]], [[5.0, 5.0], [5.0, 6.0]]
    assert joined([a, c, b]) == [c, [[0.0, 2.0], [0.0, 1.0], [0.0, 0.0]]]
    assert joined([a, [[0.0, 2.0], [0.0, 3.0]], b]) == [[[0.0, 0.0], [0.0, 1.0], [0.0, 2.0], [0.0, 3.0]]]
    ring = [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]]
    assert joined([ring[:2], ring[2:], ring[1:3]]) == [ring]
    assert joined([ring, a]) == [a, ring]


# --- what stays -------------------------------------------------------------------------------------


def test_migrate_leaves_an_imported_city(importing: Import, served: Database, config: Config) -> None:
    importing(FILES / "vertices.csv")
    assert rows(served, CityImport.source) == [("vertices.csv",)]
    assert not schema.migrate(config, served)
    assert streets(served) == [("Main St", ""), ("Oak St", "")]


def test_streets_of_another_city_never_bear_an_old_id(importing: Import, served: Database) -> None:
    before = {street for (street,) in rows(served, Street.id)}
    importing(FILES / "vertices.csv")
    assert not before & {street for (street,) in rows(served, Street.id)}
