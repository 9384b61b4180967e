"""The city that is loaded, as a source: what an import adds to."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from bot.database import Database
from bot.places.records import Centreline, Corner, Door, Mark, Node, Record, Region, Skipped
from bot.places.sources.layers import Seen
from bot.places.tables import AddressPoint, Area, Intersection, Landmark, Street, StreetAlias

BATCH = 5000
DRAWN = "%], [%"  # a geometry of more than one point


class LiveSource:
    """Yields the records that would make the city that is loaded."""

    name = "the city that is there"
    rows = "the city that is there, row"
    size = 0

    def __init__(self, database: Database) -> None:
        self._database = database

    def records(self, skipped: Skipped, seen: Seen) -> Iterator[tuple[int, Record]]:
        """Yield each record and its id."""
        with self._database.read() as session:
            # A snapshot: and PostgreSQL hands out rows in batches only within a transaction.
            session.connection(execution_options={"isolation_level": "SERIALIZABLE"})
            yield from _streets(session)
            yield from _doors(session)
            yield from _corners(session)
            yield from _landmarks(session)
            for area in session.scalars(select(Area).order_by(Area.id)):
                kind = "city" if area.kind == "city" else "neighbourhood"
                yield area.id, Region(kind, area.name, json.loads(area.polygons), area.state)  # type: ignore[arg-type]


def _streets(session: Session) -> Iterator[tuple[int, Record]]:
    aliases: dict[int, list[str]] = defaultdict(list)
    for street, alias in session.execute(select(StreetAlias.street_id, StreetAlias.full_name)):
        aliases[street].append(alias)
    nodes: dict[int, list[Node]] = defaultdict(list)
    for corner in session.scalars(select(Intersection).execution_options(yield_per=BATCH)):
        node = Node(-corner.id, corner.lat, corner.long)  # below zero: no id of OpenStreetMap's
        nodes[corner.street_1_id].append(node)
        nodes[corner.street_2_id].append(node)
    for row in session.scalars(select(Street).order_by(Street.id).execution_options(yield_per=BATCH)):
        lines = [line for line in json.loads(row.geometry) if len(line) > 1]
        if lines:
            yield (
                row.id,
                Centreline(row.full_name, lines, aliases[row.id], row.community, nodes[row.id], whole=True),
            )


def _doors(session: Session) -> Iterator[tuple[int, Record]]:
    columns = (
        AddressPoint.id, AddressPoint.number, Street.full_name, AddressPoint.lat, AddressPoint.long,
        AddressPoint.unit, AddressPoint.neighbourhood, AddressPoint.zipcode,
    )  # fmt: skip
    query = select(*columns).join(Street).order_by(AddressPoint.id).execution_options(yield_per=BATCH)
    for row in session.execute(query):
        yield row[0], Door(*row[1:])


def _corners(session: Session) -> Iterator[tuple[int, Record]]:
    """Yield the corners of streets without lines; those of lines are their nodes."""
    one, two = aliased(Street), aliased(Street)
    query = (
        select(Intersection, one, two)
        .join(one, Intersection.street_1_id == one.id)
        .join(two, Intersection.street_2_id == two.id)
        .where(or_(one.geometry.not_like(DRAWN), two.geometry.not_like(DRAWN)))
        .order_by(Intersection.id)
    )
    for corner, a, b in session.execute(query):
        names, communities = (a.full_name, b.full_name), (a.community, b.community)
        yield corner.id, Corner(names, corner.lat, corner.long, communities)


def _landmarks(session: Session) -> Iterator[tuple[int, Record]]:
    for row in session.scalars(select(Landmark).order_by(Landmark.id)):
        yield row.id, Mark(row.name, row.kind, row.lat, row.long, row.radius, json.loads(row.aliases))
