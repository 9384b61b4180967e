"""Exports: whole, in Open311's words, with nobody's name in them, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import logging
import signal
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from servers import KEYS
from sqlalchemy import insert

from bot import cli, exports
from bot.config import Config
from bot.database import Database
from bot.exports import COLUMNS, FORMATS, PAGE, Wanted, columns, harmless, rows
from bot.models import Contact, ServiceRequest, StatusUpdate
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
NOON = datetime(2026, 6, 1, 17, 0, tzinfo=UTC)  # in the demo city
PHONE = "+15550142"

DESCRIBED = "my neighbor Pat Example, call +15550142"


def case(number: int, **change: Any) -> dict[str, Any]:
    """Return a case's columns."""
    return {
        "service_request_id": f"SR-{10000 + number}",
        "token": f"token-{number}",
        "service_code": "pothole_road_damage",
        "description": DESCRIBED,
        "attributes": {},
        "address_string": "500 Main St",
        "lat": 41.6612345678,
        "long": -91.5345678912,
        "precision": "address",
        "location_confirmed": True,
        "status": "received",
        "status_notes": "",
        "department": "streets",
        "requested_datetime": NOON + timedelta(hours=number),
        "updated_datetime": NOON + timedelta(hours=number),
        "status_datetime": NOON + timedelta(hours=number),
    } | change


def keep(database: Database, *cases: dict[str, Any]) -> None:
    with database.write.begin() as session:
        session.execute(insert(ServiceRequest), list(cases))


CASES = (
    case(1, address_string='=HYPERLINK("https://spy.example")', status="completed", status_notes="@SUM(1+1)"),
    case(2, service_code="street_light", department="utilities", lat=None, long=None, location_confirmed=False),
    case(3, status="on_site", address_string="Café Ñandú, 2nd floor\nback door", expected_datetime=NOON),
    case(
        4, status="duplicate", requested_datetime=datetime(2026, 6, 3, 4, 59, tzinfo=UTC)
    ),  # still June 2 there
)


@pytest.fixture
def city(database: Database) -> Database:
    """A database with a few cases, of both kinds."""
    keep(database, *CASES)
    return database


def exported(
    kind: str, database: Database, config: Config, *, descriptions: bool = False, **wanted: Any
) -> str:
    file = io.StringIO(newline="")
    found = rows(database, config, Wanted(**wanted), descriptions=descriptions)
    FORMATS[kind](found, file, columns(descriptions))
    return file.getvalue()


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def numbers(database: Database, config: Config, **wanted: Any) -> list[int]:
    found = rows(database, config, Wanted(**wanted), descriptions=False)
    return [int(each["service_request_id"].removeprefix("SR-")) - 10000 for each in found]


# What is in it -------------------------------------------------------------------------------------


def test_the_same_cases_in_every_format(city: Database, config: Config) -> None:
    wanted = ["SR-10001", "SR-10002", "SR-10003", "SR-10004"]
    features = json.loads(exported("geojson", city, config))["features"]
    assert [each["service_request_id"] for each in table(exported("csv", city, config))] == wanted
    assert [each["service_request_id"] for each in json.loads(exported("json", city, config))] == wanted
    assert [each["properties"]["service_request_id"] for each in features] == wanted


def test_a_case_in_open311s_words(city: Database, config: Config) -> None:
    (found,) = [
        each for each in json.loads(exported("json", city, config)) if each["detailed_status"] == "on_site"
    ]
    assert found == {
        "service_request_id": "SR-10003",
        "status": "open",
        "detailed_status": "on_site",
        "status_notes": None,
        "service_code": "pothole_road_damage",
        "service_name": config.city.services["pothole_road_damage"].service_name,
        "agency_responsible": "Streets",
        "requested_datetime": "2026-06-01T15:00:00-05:00",
        "updated_datetime": "2026-06-01T15:00:00-05:00",
        "expected_datetime": "2026-06-01T12:00:00-05:00",
        "address": "Café Ñandú, 2nd floor\nback door",
        "lat": 41.6612345678,
        "long": -91.5345678912,
        "media_url": None,
    }


@pytest.mark.parametrize("kind", list(FORMATS))
@pytest.mark.parametrize("publish", [True, False])
def test_what_people_wrote_is_in_it_only_if_asked_for(
    city: Database, config: Config, kind: str, publish: bool
) -> None:
    open311 = config.file.open311.model_copy(update={"publish_descriptions": publish})
    config = replace(config, file=config.file.model_copy(update={"open311": open311}))
    assert "Pat Example" not in exported(kind, city, config)
    assert "Pat Example" in exported(kind, city, config, descriptions=True)


@pytest.mark.parametrize("kind", list(FORMATS))
@pytest.mark.parametrize("descriptions", [True, False])
def test_who_reported_is_never_in_it(database: Database, config: Config, kind: str, descriptions: bool) -> None:
    with database.write.begin() as session:
        session.add(contact := Contact(address=f"tel:{PHONE}", created_at=NOON))
        session.flush()
        reporter = {"first_name": "Robin", "email": "robin@riverton.example", "client": "parks-app"}
        session.execute(
            insert(ServiceRequest), [case(1, description="", contact_id=contact.id, reporter=reporter)]
        )
        note = StatusUpdate(
            service_request_id=1,
            status="reopened",
            status_notes="I am Kim",
            author="resident",
            updated_datetime=NOON,
        )
        session.add(note)
        session.get_one(ServiceRequest, 1).status_notes = "I am Kim"
    written = exported(kind, database, config, descriptions=descriptions)
    for secret in (PHONE, "5550142", "Robin", "robin@", "parks-app"):
        assert secret not in written
    assert ("I am Kim" in written) == descriptions


def test_a_place_in_a_residents_words_is_theirs(city: Database, config: Config) -> None:
    (quiet,) = rows(city, config, Wanted(service=("street_light",)), descriptions=False)
    assert quiet["address"] is None


# Which cases ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [1, 2, 3, 4]),
        ({"status": ("open",)}, [2, 3]),
        ({"status": ("closed",)}, [1, 4]),
        ({"status": ("on_site", "closed")}, [1, 3, 4]),
        ({"service": ("street_light",)}, [2]),
        ({"department": ("streets",)}, [1, 3, 4]),
        ({"department": ("streets",), "status": ("open",)}, [3]),
        ({"since": NOON + timedelta(hours=2)}, [2, 3, 4]),
        ({"until": NOON + timedelta(hours=2)}, [1]),
        ({"until": NOON}, []),
    ],
)
def test_filters(city: Database, config: Config, wanted: dict[str, Any], found: list[int]) -> None:
    assert numbers(city, config, **wanted) == found


@pytest.mark.parametrize("count", [0, 1, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE])
def test_every_page_of_them_once(sqlite: Database, config: Config, count: int) -> None:
    if count:
        keep(sqlite, *(case(number) for number in range(1, count + 1)))
    assert numbers(sqlite, config) == list(range(1, count + 1))


@pytest.mark.parametrize("kind", list(FORMATS))
def test_many_cases_take_little_memory(sqlite: Database, config: Config, kind: str) -> None:
    def peak() -> int:
        class Nowhere(io.StringIO):
            def write(self, text: str) -> int:
                return len(text)

        tracemalloc.start()
        FORMATS[kind](rows(sqlite, config, Wanted(), descriptions=False), Nowhere(), columns(False))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    keep(sqlite, *(case(number) for number in range(1, 2 * PAGE)))
    peak()  # what is cached for good
    few = peak()
    keep(sqlite, *(case(number) for number in range(2 * PAGE, 8 * PAGE)))
    assert peak() < 1.3 * few


# Spreadsheets and maps -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("\uff1d1", "'\uff1d1"),
        ("5 = 5", "5 = 5"),
        ("", ""),
        (None, None),
        (-91.5, -91.5),
    ],
)
def test_no_cell_is_a_formula(written: Any, cell: Any) -> None:
    assert harmless(written) == cell


def test_no_cell_of_an_export_is_a_formula(city: Database, config: Config) -> None:
    text = exported("csv", city, config, descriptions=True)
    first = table(text)[0]
    assert first["address"] == '\'=HYPERLINK("https://spy.example")'
    assert first["status_notes"] == "'@SUM(1+1)"
    assert first["long"] == "-91.5345678912"
    assert text.startswith(",".join(COLUMNS) + "\r\n")


def test_line_breaks_and_accents_survive(city: Database, config: Config) -> None:
    assert table(exported("csv", city, config))[2]["address"] == "Café Ñandú, 2nd floor\nback door"


def test_geojson_is_what_the_rfc_says(city: Database, config: Config) -> None:
    found = json.loads(exported("geojson", city, config))
    assert set(found) == {"type", "features"}  # no crs: RFC 7946, 4
    assert found["type"] == "FeatureCollection"
    for feature in found["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert not {"lat", "long"} & set(feature["properties"])
    assert found["features"][0]["geometry"] == {"type": "Point", "coordinates": [-91.534568, 41.661235]}
    assert found["features"][1]["geometry"] is None


@pytest.mark.parametrize("kind", ["geojson", "json"])
def test_no_cases_make_an_empty_list(sqlite: Database, config: Config, kind: str) -> None:
    found = json.loads(exported(kind, sqlite, config))
    assert (found["features"] if kind == "geojson" else found) == []


# The command ---------------------------------------------------------------------------------------


Townline = Callable[..., tuple[int, str, str]]


@pytest.fixture
def townline(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Townline]:
    """Run `townline case export` on the cases."""
    keep(sqlite, *CASES)
    for name in ("config.yml", "data"):
        (tmp_path / name).symlink_to(ROOT / name)
    levels = {name: logging.getLogger(name).level for name in ("alembic", "waitress", "twilio", "werkzeug")}
    handler = signal.getsignal(signal.SIGTERM)

    def run(*arguments: str) -> tuple[int, str, str]:
        for name in vars(Settings()):
            monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.setenv("TOWNLINE_CONFIG", str(tmp_path / "config.yml"))
        url = sqlite.engine.url.render_as_string(hide_password=False)
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("TOWNLINE_ENCRYPTION_KEYS", KEYS)
        monkeypatch.setattr(sys, "argv", ["townline", "case", "export", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    yield run
    signal.signal(signal.SIGTERM, handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ([], 4),
        (["--since", "2026-06-02"], 1),
        (["--until", "2026-06-01"], 3),
        (["--since", "2026-06-02", "--until", "2026-06-02"], 1),
        (["--since", "2026-06-03"], 0),
        (["--status", "open", "--status", "duplicate"], 3),
        (["--service", "street_light", "--department", "utilities"], 1),
    ],
)
def test_days_are_the_citys(townline: Townline, arguments: list[str], found: int) -> None:
    code, out, _ = townline(*arguments)
    assert (code, len(table(out))) == (0, found)


def test_a_file_is_written_whole(townline: Townline, tmp_path: Path) -> None:
    target = tmp_path / "cases.geojson"
    assert townline("--format", "geojson", "--out", str(target))[:2] == (0, "")
    assert len(json.loads(target.read_text(encoding="utf-8"))["features"]) == 4
    assert not list(tmp_path.glob("*.part"))


def test_a_file_that_breaks_off_is_not_there(
    townline: Townline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(exports.FORMATS, "csv", full)
    target = tmp_path / "cases.csv"
    target.write_text("yesterday's")
    code, _, error = townline("--out", str(target))
    assert (code, error) == (1, f"townline: {target}: No space left on device. Choose another --out.\n")
    assert target.read_text() == "yesterday's"
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--service", "potholes"], "there is no service 'potholes'. Known: "),
        (["--department", "roads"], "there is no department 'roads'. Known: streets, "),
        (["--out", "/nowhere/at/all.csv"], "/nowhere/at/all.csv: No such file or directory"),
        (["--status", "fixed"], "Invalid value for '--status'"),
        (["--since", "yesterday"], "Invalid value for '--since'"),
    ],
)
def test_what_can_not_be_exported_says_why(townline: Townline, arguments: list[str], said: str) -> None:
    code, out, error = townline(*arguments)
    assert code != 0
    assert out == ""
    assert said in error
