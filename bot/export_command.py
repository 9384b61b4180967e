"""`townline case export`: the cases as CSV, GeoJSON or JSON, a page at a time, for maps and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import click
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from bot.config import Config, load
from bot.database import Database
from bot.first_run import with_database
from bot.models import ServiceRequest
from bot.open311.publishing import published
from bot.statuses import CLOSED, STATUSES
from bot.terminal import example, fail

Row = dict[str, Any]

PAGE = 500
"""Cases in memory at once."""

DECIMALS = 6  # of degrees: a tenth of a meter (RFC 7946, 11.2)

COLUMNS = (
    "service_request_id",
    "status",
    "detailed_status",
    "status_notes",
    "service_code",
    "service_name",
    "description",
    "agency_responsible",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "lat",
    "long",
    "media_url",
)

FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What spreadsheets take for the beginning of a formula, full-width signs included (OWASP, CSV Injection)."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which cases: reported in `since` <= time < `until` (aware), of these statuses, services, departments.

    None and an empty tuple mean all of them.
    """

    since: datetime | None = None
    until: datetime | None = None
    status: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    department: tuple[str, ...] = ()

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """Yield what a case has to meet, all of it."""
        if self.since:
            yield ServiceRequest.requested_datetime >= self.since
        if self.until:
            yield ServiceRequest.requested_datetime < self.until
        if self.status:
            kinds = {"open": STATUSES.keys() - CLOSED, "closed": CLOSED}
            yield ServiceRequest.status.in_({each for name in self.status for each in kinds.get(name, {name})})
        if self.service:
            yield ServiceRequest.service_code.in_(self.service)
        if self.department:
            yield ServiceRequest.department.in_(self.department)


def rows(database: Database, config: Config, wanted: Wanted, *, descriptions: bool) -> Iterator[Row]:
    """Yield the cases, oldest first, as the public may read them; with what people wrote if `descriptions`.

    Pages by number, each in a transaction of its own: an export holds up nobody.
    """
    if descriptions:
        open311 = config.file.open311.model_copy(update={"publish_descriptions": True})
        config = replace(config, file=config.file.model_copy(update={"open311": open311}))
    last, together = 0, (selectinload(ServiceRequest.updates), selectinload(ServiceRequest.photos))
    while True:
        with database.read() as session:
            query = select(ServiceRequest).where(ServiceRequest.id > last, *wanted.conditions())
            page = session.scalars(query.order_by(ServiceRequest.id).limit(PAGE).options(*together)).all()
            found = [_row(case, config, descriptions) for case in page]
        yield from found
        if len(page) < PAGE:
            return
        last = page[-1].id


def _row(case: ServiceRequest, config: Config, descriptions: bool) -> Row:
    document = published(case, config, {}, extended=False) | {"detailed_status": case.status}
    if not descriptions:
        document["description"] = None  # even where the city publishes it: a file goes from hand to hand
    return {name: document[name] for name in columns(descriptions)}


def columns(descriptions: bool) -> tuple[str, ...]:
    """Return the names of what is exported of a case."""
    return tuple(name for name in COLUMNS if descriptions or name != "description")


# The formats ---------------------------------------------------------------------------------------


def write_csv(cases: Iterator[Row], to: TextIO, names: tuple[str, ...]) -> None:
    """Write CSV (RFC 4180). A cell that a spreadsheet would run begins with an apostrophe."""
    writer = csv.writer(to)
    writer.writerow(names)
    for case in cases:
        writer.writerow([harmless(case[name]) for name in names])


def harmless(value: Any) -> Any:
    """Return a cell that is no formula in any spreadsheet; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.lstrip(" ").startswith(FORMULA) else value


def write_geojson(cases: Iterator[Row], to: TextIO, names: tuple[str, ...]) -> None:
    """Write a FeatureCollection (RFC 7946): WGS84, longitude first; a case without a point has no geometry."""
    properties = tuple(name for name in names if name not in ("lat", "long"))
    features = (_feature(case, properties) for case in cases)
    _write_list(features, to, '{"type": "FeatureCollection", "features": [', "]}")


def _feature(case: Row, names: tuple[str, ...]) -> Row:
    point = None
    if case["lat"] is not None and case["long"] is not None:
        place = [round(case["long"], DECIMALS), round(case["lat"], DECIMALS)]
        point = {"type": "Point", "coordinates": place}
    properties = {name: case[name] for name in names}
    return {"type": "Feature", "id": case["service_request_id"], "geometry": point, "properties": properties}


def write_json(cases: Iterator[Row], to: TextIO, names: tuple[str, ...]) -> None:
    """Write a list of the cases."""
    _write_list(({name: case[name] for name in names} for case in cases), to, "[", "]")


def _write_list(items: Iterator[Row], to: TextIO, begin: str, end: str) -> None:
    to.write(begin)
    for number, item in enumerate(items):
        to.write(",\n" if number else "\n")
        to.write(json.dumps(item, ensure_ascii=False, allow_nan=False))
    to.write(f"\n{end}\n")


FORMATS: dict[str, Callable[[Iterator[Row], TextIO, tuple[str, ...]], None]] = {
    "csv": write_csv,
    "geojson": write_geojson,
    "json": write_json,
}


# The command ---------------------------------------------------------------------------------------


@click.command("export")
@click.option("--format", "kind", type=click.Choice(list(FORMATS)), default="csv", show_default=True)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Reported on this day or later.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Reported on this day or earlier.")
@click.option("--status", multiple=True, type=click.Choice(["open", "closed", *STATUSES]), help="Only these.")
@click.option("--service", multiple=True, help="Only these service codes.")
@click.option("--department", multiple=True, help="Only these departments, by their codes in config.yml.")
@click.option("--with-descriptions", is_flag=True, help="With what people wrote, who may name people in it.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; else standard output.")
@example("townline case export --format geojson --status open --out open.geojson")
def export(
    kind: str,
    since: datetime | None,
    until: datetime | None,
    status: tuple[str, ...],
    service: tuple[str, ...],
    department: tuple[str, ...],
    with_descriptions: bool,
    out: Path | None,
) -> None:
    """Write the cases in Open311's words, oldest first. Nothing in it says who reported.

    Days are the city's. An option that may be given several times takes any of its values.
    """
    config = load()
    _check("service", service, config.city.services)
    _check("department", department, config.departments)
    zone = ZoneInfo(config.city.timezone)
    wanted = Wanted(
        since=since.replace(tzinfo=zone) if since else None,
        until=(until + timedelta(days=1)).replace(tzinfo=zone) if until else None,
        status=status,
        service=service,
        department=department,
    )
    cases = rows(with_database(config), config, wanted, descriptions=with_descriptions)
    try:
        with _opened(out) as file:
            FORMATS[kind](cases, file, columns(with_descriptions))
    except BrokenPipeError:
        raise  # the reader, head or less, has seen enough: click ends quietly
    except OSError as error:
        fail(f"{out or 'standard output'}: {error.strerror}. Choose another --out.")


def _check(option: str, given: tuple[str, ...], known: Any) -> None:
    for name in given:
        if name not in known:
            fail(f"there is no {option} {name!r}. Known: {', '.join(known)}.")


@contextmanager
def _opened(out: Path | None) -> Iterator[TextIO]:
    """Open where to write, in UTF-8 with line ends as they are written; a file is there whole or not at all."""
    if out is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        yield sys.stdout
        return
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
