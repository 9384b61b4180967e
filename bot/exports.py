"""Cases as files for maps and spreadsheets: CSV, GeoJSON, JSON, a page at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, TextIO

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from bot.config import Config
from bot.database import Database
from bot.models import ServiceRequest
from bot.open311.publishing import published
from bot.statuses import CLOSED, STILL_OPEN

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


class Wish(Protocol):
    """Says which cases are wanted."""

    def conditions(self) -> Iterable[ColumnElement[bool]]:
        """Return what a case has to meet, all of it."""
        ...


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
            kinds = {"open": STILL_OPEN, "closed": CLOSED}
            yield ServiceRequest.status.in_({each for name in self.status for each in kinds.get(name, {name})})
        if self.service:
            yield ServiceRequest.service_code.in_(self.service)
        if self.department:
            yield ServiceRequest.department.in_(self.department)


def rows(database: Database, config: Config, wanted: Wish, *, descriptions: bool) -> Iterator[Row]:
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
