"""`townline places import`: a city out of whatever files it has, on SQLite and PostgreSQL."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import osmium
import pytest
import shapefile
from click.testing import CliRunner
from commands import Ran
from osmium.osm import mutable as make
from pyproj import CRS
from servers import KEYS
from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from bot import schema
from bot.config import Config
from bot.database import Database
from bot.import_command import import_city
from bot.places.gazetteer import Gazetteer
from bot.places.geometry import distance, joined
from bot.places.naming import house_numbers, readable, readable_street, split_corner, zipcode
from bot.places.records import Unusable
from bot.places.tables import AddressPoint, Area, CityImport, Intersection, Landmark, Street, StreetAlias

FILES = Path(__file__).parent / "data" / "import"
ROOT = Path(__file__).parent.parent


Import = Callable[..., Ran]


@pytest.fixture
def served(database: Database) -> Database:
    """A database that serves Riverton."""
    return database


@pytest.fixture
def importing(served: Database, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Run the command on the database that serves."""
    monkeypatch.setenv("DATABASE_URL", served.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("TOWNLINE_ENCRYPTION_KEYS", KEYS)
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


def test_a_shapefile_in_a_zip(importing: Import, served: Database, tmp_path: Path) -> None:
    with shapefile.Writer(str(tmp_path / "points"), shapeType=shapefile.POINT) as writer:
        for name, kind in (("HOUSENO", "N"), ("ROADNAME", "C"), ("POSTALCITY", "C")):
            writer.field(name, kind)
        for number, x, y in ((21, 1420000.0, 640000.0), (23, 1420060.0, 640010.0)):
            writer.point(x, y)
            writer.record(number, "W CHESAPEAKE AVE", "TOWSON")
    (tmp_path / "points.prj").write_text(CRS.from_epsg(2248).to_wkt("WKT1_ESRI"), "utf-8")
    with zipfile.ZipFile(tmp_path / "points.zip", "w") as archive:
        for ending in ("shp", "shx", "dbf", "prj"):
            archive.write(tmp_path / f"points.{ending}", f"export/points.{ending}")
    for name in ("points.zip", "points.shp"):
        ran = importing(tmp_path / name)
        assert ran.code == 0, ran.err
        assert doors(served) == [(21, "W Chesapeake Ave", "", "Towson"), (23, "W Chesapeake Ave", "", "Towson")]
        lat, long = rows(served, AddressPoint.lat, AddressPoint.long)[0]
        assert distance((lat, long), (39.4231, -76.6094)) < 2000


def osm(path: Path) -> Path:
    """Write an extract: a city with a park, a school, a river, a dual carriageway; a street beyond it."""
    with osmium.SimpleWriter(str(path)) as writer:
        places = {
            1: (-91.05, 41.57), 2: (-90.98, 41.57), 3: (-90.98, 41.62), 4: (-91.05, 41.62),  # the boundary
            11: (-91.022, 41.591), 12: (-91.02, 41.591), 13: (-91.018, 41.591),  # Main Street
            14: (-91.022, 41.5911), 15: (-91.02, 41.5911), 16: (-91.018, 41.5911),  # its other carriageway
            21: (-91.02, 41.589), 22: (-91.02, 41.593),  # 5th Street
            31: (-91.021, 41.589), 32: (-91.021, 41.593),  # a bridge over Main Street
            41: (-90.9, 41.59), 42: (-90.9, 41.592),  # beyond
            51: (-91.03, 41.58), 52: (-91.028, 41.58), 53: (-91.028, 41.582), 54: (-91.03, 41.582),  # a park
            61: (-91.04, 41.60), 62: (-91.0, 41.60),  # a river
        }  # fmt: skip
        for i, at in places.items():
            writer.add_node(make.Node(id=i, location=at, version=1))
        for i, at, tags in (
            (
                101,
                (-91.0205, 41.5912),
                {"addr:housenumber": "500", "addr:street": "Main Street", "addr:postcode": "52700"},
            ),
            (102, (-91.0203, 41.5912), {"addr:housenumber": "502;504", "addr:street": "Main Street"}),
            (103, (-91.0203, 41.5912), {"addr:housenumber": "9"}),
            (104, (-90.9, 41.59), {"addr:housenumber": "7", "addr:street": "Far Road"}),
            (
                105,
                (-91.01, 41.58),
                {"amenity": "school", "name": "Lincoln School", "alt_name": "Old Lincoln;The L"},
            ),
            (106, (-91.01, 41.581), {"shop": "bakery", "name": "Crumbs"}),
            (107, (-91.01, 41.582), {"shop": "bakery"}),
        ):
            writer.add_node(make.Node(id=i, location=at, version=1, tags=tags))
        for i, nodes, tags in (
            (1, [1, 2, 3], {}),
            (2, [3, 4, 1], {}),
            (11, [11, 12, 13], {"highway": "primary", "name": "Main Street", "ref": "IA 9", "oneway": "yes"}),
            (12, [16, 15, 14], {"highway": "primary", "name": "Main Street", "ref": "IA 9", "oneway": "yes"}),
            (
                21,
                [21, 12, 15, 22],
                {"highway": "residential", "name": "5th Street", "old_name": "Canal Street"},
            ),
            (31, [31, 32], {"highway": "tertiary", "name": "High Bridge Road", "bridge": "yes"}),
            (32, [31, 21], {"highway": "service"}),
            (41, [41, 42], {"highway": "residential", "name": "Far Road"}),
            (51, [51, 52, 53, 54, 51], {"leisure": "park", "name": "Riverside Park"}),
            (61, [61, 62], {"waterway": "river", "name": "Otter River"}),
            (71, [51, 52, 53, 51], {"building": "yes", "addr:housenumber": "1", "addr:street": "5th Street"}),
        ):
            writer.add_way(make.Way(id=i, nodes=nodes, version=1, tags=tags))
        boundary = {"type": "boundary", "boundary": "administrative", "admin_level": "8", "name": "Riverton"}
        ways = [("w", 1, "outer"), ("w", 2, "outer")]
        writer.add_relation(make.Relation(id=1, version=1, members=ways, tags=boundary))
    return path


def test_openstreetmap(importing: Import, served: Database, tmp_path: Path) -> None:
    ran = importing(osm(tmp_path / "iowa.osm.pbf"), "--city", "riverton")
    assert ran.code == 0, ran.err
    assert streets(served) == [(name, "Riverton") for name in ("5th St", "High Bridge Rd", "Main St")]
    assert doors(served) == [
        (1, "5th St", "", "Riverton"),
        *((number, "Main St", "", "Riverton") for number in (500, 502, 504)),
    ]
    assert rows(served, StreetAlias.full_name) == [("Canal St",), ("IA 9",), ("Route 9",)]
    assert rows(served, Intersection.lat, Intersection.long) == [(41.591, -91.02)]  # and none at the bridge
    assert rows(served, Landmark.name, Landmark.kind, Landmark.radius, Landmark.aliases) == [
        ("Crumbs", "shop", 25, "[]"),
        ("Lincoln School", "school", 80, '["Old Lincoln", "The L"]'),
        ("Otter River", "river", 40, "[]"),
        ("Riverside Park", "park", 109, "[]"),
    ]
    assert rows(served, Area.kind, Area.name) == [("city", "Riverton")]
    assert "1 a house number without a street iowa.osm.pbf, node 103" in ran.out
    assert "1 outside of riverton iowa.osm.pbf, node 104" in ran.out
    ran = importing(tmp_path / "iowa.osm.pbf")
    assert ("Far Rd", "") in streets(served)


def test_a_city_that_the_extract_does_not_have(importing: Import, tmp_path: Path) -> None:
    ran = importing(osm(tmp_path / "iowa.osm.pbf"), "--city", "Springfield")
    assert (ran.code, ran.out) == (1, "iowa.osm.pbf: osm")
    assert "there is no boundary named 'Springfield' in it. There are: Riverton." in ran.err


# --- intersections ----------------------------------------------------------------------------------


def corners(database: Database) -> list[tuple[str, str, float, float]]:
    one, two = aliased(Street), aliased(Street)
    query = (
        select(one.full_name, two.full_name, Intersection.lat, Intersection.long)
        .join(one, Intersection.street_1_id == one.id)
        .join(two, Intersection.street_2_id == two.id)
    )
    with database.read() as session:
        return sorted(tuple(row) for row in session.execute(query))


MAIN_AND_OAK, ELM_AND_OAK = ("Main St", "Oak Ave", 41.591, -91.018), ("Elm Ct", "Oak Ave", 41.5925, -91.018)


def test_intersections_beside_centrelines(importing: Import, served: Database) -> None:
    ran = importing(FILES / "streets.geojson", FILES / "intersections.csv")
    assert ran.code == 0, ran.err
    assert "street_1 street_1 MAIN STREET, Main St, OAK AVENUE" in ran.out
    assert corners(served) == [("5th St", "Main St", 41.591, -91.02), ELM_AND_OAK, MAIN_AND_OAK]
    assert streets(served) == [("5th St", "Riverton"), ("Elm Ct", ""), ("Main St", "Riverton"), ("Oak Ave", "")]
    for said in (
        "2 a corner that is there already intersections.csv, line 2; intersections.csv, line 5",
        "2 no two street names intersections.csv, line 6; intersections.csv, line 7",
        "1 no coordinates intersections.csv, line 8",
        "1 a street that meets itself intersections.csv, line 9",
        "1 far from all the rest intersections.csv, line 10",
    ):
        assert said in ran.out
    gazetteer = Gazetteer(served.read)
    assert gazetteer.geocode("oak avenue and main").address == "Main St & Oak Ave"
    assert gazetteer.geocode("oak between main and elm").raw["precision"] == "block"


def test_intersections_alone(importing: Import, served: Database) -> None:
    ran = importing(FILES / "intersections.csv")
    assert "The map now has 4 streets, 0 addresses, 3 intersections and 0 landmarks." in ran.out
    assert corners(served) == [("5th St", "Main St", 41.5912, -91.0201), ELM_AND_OAK, MAIN_AND_OAK]
    gazetteer = Gazetteer(served.read)
    assert gazetteer.geocode("5th and main").address == "5th St & Main St"
    elm = gazetteer.geocode("elm court")
    assert elm.address == "Elm Ct"
    assert distance((elm.latitude, elm.longitude), ELM_AND_OAK[2:]) < 20


def test_intersections_named_in_one_column(importing: Import, served: Database) -> None:
    ran = importing(FILES / "signals.geojson")
    assert ran.code == 0, ran.err
    assert (
        "signals.geojson: intersections field read from for example intersection LOCATION MAIN ST &" in ran.out
    )
    assert [corner[:2] for corner in corners(served)] == [
        ("5th St", "Canal St"),
        ("5th St", "Main St"),
        ("Canal St", "Main St"),
        ("Main St", "Oak Ave"),
    ]
    assert "1 no two street names signals.geojson, feature 3" in ran.out
    ran = importing("--check", FILES / "signals.geojson")
    assert "MAIN ST & 5TH ST at 41.59100, -91.02000" in ran.out


@pytest.mark.parametrize("first", ["streets.geojson", "openaddresses.csv", "intersections.csv"])
def test_given_corners_stay_when_more_is_added(importing: Import, served: Database, first: str) -> None:
    importing(FILES / first)
    importing("--add", FILES / "intersections.csv")
    before = corners(served), streets(served)
    assert {corner[:2] for corner in before[0]} >= {MAIN_AND_OAK[:2], ELM_AND_OAK[:2]}
    for _ in range(2):
        ran = importing("--add", FILES / "parks.csv")
        assert (corners(served), streets(served)) == before
        assert "a corner that is there already" not in ran.out


def test_corners_join_no_namesakes(importing: Import, served: Database, tmp_path: Path) -> None:
    lines = [
        {
            "type": "Feature",
            "properties": {"FULLNAME": "MAIN ST", "L_CITY": town},
            "geometry": {"type": "LineString", "coordinates": [[long, 41.6], [long + 0.01, 41.6]]},
        }
        for town, long in (("Riverton", -91.0), ("Ferry Landing", -90.97))
    ]
    path = tmp_path / "streets.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": lines}), "utf-8")
    beside = tmp_path / "beside.csv"
    spots = [(f"{i} Oak St", -91 + i * 0.005) for i in range(9)]
    beside.write_text(
        "primary,cross,y,x\n" + "".join(f"Main St,{oak},41.6,{long}\n" for oak, long in spots), "utf-8"
    )
    ran = importing(path, beside)
    assert ran.code == 0, ran.err
    mains = [street for street in streets(served) if street[0] == "Main St"]
    assert mains == [("Main St", "Ferry Landing"), ("Main St", "Riverton")]
    assert len(corners(served)) == 9


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [
        ("street1,street2,lat,lon", "Main St,Oak Ave,41.6,-91", "intersections"),
        ("OBJECTID,ON_STREET,CROSS_STREET,X,Y", "1,Main St,Oak Ave,-91,41.6", "intersections"),
        ("Primary St,Secondary St,City,lat,lon", "Main St,Oak Ave,Riverton,41.6,-91", "intersections"),
        ("street,cross_street,lat,lon", "Main St,Oak Ave,41.6,-91", "intersections"),
        ("INTERSECTION,the_geom", "MAIN ST / OAK AVE,POINT (-91 41.6)", "intersections"),
        ("name,lat,lon", "Main Street and Oak Avenue,41.6,-91", "intersections"),
        ("name,lat,lon", "Riverside Park,41.6,-91", "landmarks"),
        ("name,street,cross_street,lat,lon", "Riverside Park,Main St,Oak Ave,41.6,-91", "landmarks"),
        ("number,street,cross_street,lat,lon", "12,Main St,Oak Ave,41.6,-91", "addresses"),
        ("address,street,cross_street,lat,lon", "12 Main St,Main St,Oak Ave,41.6,-91", "addresses"),
    ],
)
def test_what_a_file_of_points_is_taken_for(
    importing: Import, tmp_path: Path, header: str, row: str, kind: str
) -> None:
    path = tmp_path / "points.csv"
    path.write_text(f"{header}\n{row}\n", "utf-8")
    ran = importing("--check", path)
    assert ran.code == 0, ran.err
    assert f"points.csv: {kind} " in ran.out
    assert "Of the first 1 rows 1 can be used." in ran.out


def test_columns_of_intersections_by_order(importing: Import, served: Database, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("A,B,name,lat,lon\nMain St,Oak Ave,Corner 7,41.591,-91.018\n", "utf-8")
    ran = importing(path, "--kind", "intersections", "--map", "street_1=A")
    assert ran.code == 1
    assert "odd.csv: which column is the street_2? Say so: --map street_2=COLUMN." in ran.err
    ran = importing(path, "--kind", "intersections", "--map", "street_1=A", "--map", "street_2=B")
    assert ran.code == 0, ran.err
    assert corners(served) == [MAIN_AND_OAK]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Main St & Oak Ave", ["Main St", "Oak Ave"]),
        ("MAIN ST AND OAK AVE", ["MAIN ST", "OAK AVE"]),
        ("Main St/Oak Ave", ["Main St", "Oak Ave"]),
        ("Lord and Taylor Rd @ Oak Ave", ["Lord and Taylor Rd", "Oak Ave"]),
        ("I-95 N/B", ["I-95 N/B"]),
        ("Main St &", ["Main St"]),
        ("", []),
    ],
)
def test_corners_are_split(text: str, named: list[str]) -> None:
    assert split_corner(text) == named


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
        ("IA 9", "IA 9"),
        ("I-95 N", "I-95 N"),
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
    [chain] = joined([a, [[0.0, 2.0], [0.0, 3.0]], b])
    assert sorted(chain) == [[0.0, 0.0], [0.0, 1.0], [0.0, 2.0], [0.0, 3.0]]
    ring = [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]]
    [round_about] = joined([ring[:2], ring[2:], ring[1:3]])
    assert (len(round_about), round_about[0]) == (4, round_about[-1])
    assert joined([ring, a]) == [a, ring]


# --- what stays -------------------------------------------------------------------------------------


def test_migrate_leaves_an_imported_city(importing: Import, served: Database, config: Config) -> None:
    importing(FILES / "vertices.csv")
    assert rows(served, CityImport.source) == [("vertices.csv",)]
    assert not schema.migrate(config, served)
    assert streets(served) == [("Main St", ""), ("Oak St", "")]


def test_back_to_the_citys_folder(importing: Import, served: Database, config: Config) -> None:
    before = rows(served, Street.full_name)
    importing(FILES / "vertices.csv")
    ran = importing(config.city_data)
    assert ran.code == 0, ran.err
    assert rows(served, Street.full_name) == before
    assert rows(served, CityImport.source) == [("",)]
    assert not schema.migrate(config, served)


def test_streets_of_another_city_never_bear_an_old_id(importing: Import, served: Database) -> None:
    before = {street for (street,) in rows(served, Street.id)}
    importing(FILES / "vertices.csv")
    assert not before & {street for (street,) in rows(served, Street.id)}


# --- what is there already ----------------------------------------------------------------------------


def test_adding_to_a_city(importing: Import, served: Database) -> None:
    assert importing(FILES / "streets.geojson", FILES / "boundary.geojson").code == 0
    assert importing("--add", FILES / "openaddresses.csv").code == 0
    once = importing("--add", FILES / "parks.csv")
    assert "The map now has 4 streets, 8 addresses, 1 intersections and 2 landmarks." in once.out
    assert ("Main St", "Ferry Landing") in streets(served)
    assert rows(served, Area.name) == [("Riverton",)]
    again = importing("--add", FILES / "parks.csv", FILES / "openaddresses.csv")
    assert "The map now has 4 streets, 8 addresses, 1 intersections and 2 landmarks." in again.out
    assert "2 a landmark that is there already parks.csv, line 2; parks.csv, line 3" in again.out
    assert rows(served, CityImport.source)[0][0].startswith(
        "streets.geojson, boundary.geojson, openaddresses.csv"
    )


def test_adding_to_the_demo_city_leaves_it_as_it_is(importing: Import, served: Database) -> None:
    tables = (Street.full_name, AddressPoint.number, Landmark.name, Area.name)
    before = [rows(served, column) for column in tables]
    corners = len(rows(served, Intersection.id))
    importing("--add", FILES / "parks.csv")
    after = [rows(served, column) for column in tables]
    assert after[0] == before[0]
    assert after[1] == before[1]
    assert set(after[2]) == {*before[2], ("Riverside Park",), ("Union Square",)}
    assert after[3] == before[3]
    assert len(rows(served, Intersection.id)) == corners


# --- interruptions ------------------------------------------------------------------------------------


def many(path: Path, count: int) -> Path:
    """Write a file with so many doors."""
    lines = (
        f"{-91 + i % 1000 * 1e-5:.5f},{41.6 + i // 1000 * 1e-4:.4f},{i % 1000 + 1},{i // 1000 + 1}TH ST"
        for i in range(count)
    )
    path.write_text("\n".join(["LON,LAT,NUMBER,STREET", *lines]), "utf-8")
    return path


def started(*arguments: object) -> subprocess.Popen[str]:
    """Start the command in a process of its own."""
    code = "from bot.cli import main; main()"
    command = [sys.executable, "-c", code, "places", "import", *map(str, arguments)]
    env = os.environ | {
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(ROOT),
        "TOWNLINE_CONFIG": str(ROOT / "config.yml"),
    }
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("killed_by", [signal.SIGKILL, signal.SIGINT])
def test_interrupted_it_leaves_what_was_there_and_can_be_run_again(
    importing: Import, served: Database, tmp_path: Path, killed_by: signal.Signals
) -> None:
    before = [rows(served, Street.id, Street.full_name), rows(served, AddressPoint.id, AddressPoint.street_id)]
    path = many(tmp_path / "many.csv", 60_000)
    process = started(path)
    assert process.stdout is not None
    assert any("long" in line for line in process.stdout)  # the mapping is shown: now it reads
    time.sleep(0.5)
    process.send_signal(killed_by)
    said = process.communicate()[1]
    assert process.returncode != 0
    assert "Traceback" not in said
    if killed_by == signal.SIGINT:
        assert "nothing was changed" in said
    assert [
        rows(served, Street.id, Street.full_name),
        rows(served, AddressPoint.id, AddressPoint.street_id),
    ] == before
    assert Gazetteer(served.read).geocode("500 main st").raw["precision"] == "address"
    ran = importing(many(tmp_path / "many.csv", 2_000))  # fewer: nobody interrupts it
    assert "2 streets, 2,000 addresses" in ran.out


def test_what_serves_goes_on_writing_while_a_city_is_read(
    importing: Import, served: Database, tmp_path: Path
) -> None:
    process = started(many(tmp_path / "many.csv", 60_000))
    longest, writes = 0.0, 0
    while process.poll() is None:
        began = time.monotonic()
        with served.write.begin() as session:
            session.execute(update(CityImport).values(source=CityImport.source))
        longest, writes = max(longest, time.monotonic() - began), writes + 1
        time.sleep(0.02)
    said = process.communicate()
    assert process.returncode == 0, said
    assert writes > 10
    assert longest < 20  # a turn waits for the lock up to 30 seconds


# --- what is said -------------------------------------------------------------------------------------


def test_a_check_changes_nothing(importing: Import, served: Database) -> None:
    before = rows(served, Street.id, Street.full_name)
    ran = importing("--check", FILES / "openaddresses.csv", FILES / "parks.csv", FILES / "boundary.geojson")
    assert ran.code == 0, ran.err
    for said in (
        "openaddresses.csv: addresses field read from for example number NUMBER 12, 14, 0",
        "Of the first 14 rows 9 can be used. They begin with: 12 NORTH GRANT AVENUE, RIVERTON,",
        "parks.csv: landmarks field read from for example name PARK_NAME RIVERSIDE PARK, UNION SQUARE",
        "Riverside Park (park) at 41.59100, -91.01900, 109 m around",
        "boundary.geojson: boundary",
    ):
        assert said in ran.out
    assert rows(served, Street.id, Street.full_name) == before


def test_columns_by_order(importing: Import, served: Database, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("A,B1,B2,C,D,E\n12,ELM,ST,ignored,-91.01,41.59\n", "utf-8")
    ran = importing(path)
    assert ran.code == 1
    assert "nothing says what it holds. Its columns are A, B1, B2, C, D, E. Say so with --kind" in ran.err
    ran = importing(path, "--kind", "addresses")
    assert "which column is the number? Say so: --map number=COLUMN." in ran.err
    orders = ("--map", "number=A", "--map", "street=B1+B2", "--map", "long=D")
    ran = importing(path, "--kind", "odd.csv=addresses", *orders)
    assert "which columns are the coordinates? Say so: --map lat=Y --map long=X." in ran.err
    ran = importing(path, "--kind", "odd.csv=addresses", *orders, "--map", "lat=E")
    assert ran.code == 0, ran.err
    assert doors(served) == [(12, "Elm St", "", "")]


@pytest.mark.parametrize(
    ("orders", "says"),
    [
        (["--map", "number=HOUSE"], "--map number=HOUSE: no file has these columns and this field."),
        (["--map", "house=NUMBER"], "--map house=...: there is no such field. There are: "),
        (["--map", "number"], "--map number: write it as in --map number=HOUSE_NO."),
        (["--kind", "doors"], "--kind doors: there is no such kind. There are: addresses, streets,"),
        (["--crs", "Narnia"], "openaddresses.csv: 'Narnia' is no coordinate system we know."),
    ],
)
def test_orders_that_cannot_be_carried_out(
    importing: Import, served: Database, orders: list[str], says: str
) -> None:
    ran = importing(FILES / "openaddresses.csv", *orders)
    assert ran.code == 1
    assert says in ran.err


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsx", b"PK", "we read .csv, .geojson"),
        ("a.csv", b"", "its first line names no columns"),
        ("a.csv", b"number,street,lat,lon\n", "nothing in these files that we could use"),
        ("a.csv", b"number,street,lat,lon\n1,\x00Elm St,41.6,-91\n", "The map now has 1 streets"),
        ("a.csv", b"number,street,lat,lon\n1,Calle Ca\xf1on,41.6,-91\n", "The map now has 1 streets"),
        ("a.geojson", b"{}", "is no GeoJSON"),
        ("a.geojson", b'{"features":[{"type":"Feature","properties":{"id":"1"', "ends too early. Download"),
        ("a.geojson", b'{"features":[{"type":"Feature","properties":{"number":"1","street":"A"},"geometry":{'
                      b'"type":"Point","coordinates":[-91,41]}}, {"type', "ends too early. Download it again."),
        ("a.geojson", b'{"features":[1, 2]}', "something in it that is no feature"),
        ("a.geojsonl", b'{"type":"Feature","properties":{"number":"1","street":"A"},"geometry":{"type":'
                       b'"GeometryCollection","geometries":[]}}', "nothing in these files that we could use"),
        ("a.geojsonl", b'{"type":"Feature","properties":{"number":"1","street":"A"},"geometry":{"type":'
                       b'"Point","coordinates":["x",null]}}', "nothing in these files that we could use"),
        ("a.zip", b"no zip", "is no .zip"),
        ("a.shp", b"no shapefile", "can't be read as a Shapefile"),
        ("a.osm.pbf", b"no extract", "can't be read"),
        ("a.csv.gz", b"no gzip", "can't be read"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read(
    importing: Import, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = importing(tmp_path / name)
    assert says in (ran.out if says.startswith("The map") else ran.err)
    assert "Traceback" not in ran.err
