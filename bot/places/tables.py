"""The gazetteer's tables: plain columns that every SQL database has."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.base import Base


class Street(Base):
    """A street of one name; `geometry` is JSON, a list of lines of [longitude, latitude].

    `community` is the town or neighbourhood that tells it from its namesakes. Where only doors or
    corners are known, the geometry is one of them: a line of a single point.
    """

    __tablename__ = "streets"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    full_name: Mapped[str]  # as residents read it: "N Grant Ave"
    lat: Mapped[float]  # a point on the street, in the middle of its longest part
    long: Mapped[float]
    geometry: Mapped[str] = mapped_column(Text)
    community: Mapped[str] = mapped_column(default="", server_default="")


class StreetAlias(Base):
    """Another name of a street: an old one, a route number, an abbreviation."""

    __tablename__ = "street_aliases"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    street_id: Mapped[int] = mapped_column(ForeignKey(Street.id), index=True)
    full_name: Mapped[str]


class AddressPoint(Base):
    """One door. `cell` is the square of the map it lies in (`geometry.cell`)."""

    __tablename__ = "address_points"
    __table_args__ = (Index("ix_address_points_street_number", "street_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    street_id: Mapped[int] = mapped_column(ForeignKey(Street.id))
    number: Mapped[int]
    unit: Mapped[str] = mapped_column(default="")
    neighbourhood: Mapped[str] = mapped_column(default="")
    zipcode: Mapped[str] = mapped_column(default="")
    lat: Mapped[float]
    long: Mapped[float]
    cell: Mapped[int] = mapped_column(BigInteger, index=True)


class Intersection(Base):
    """A point where two streets meet; `street_1` is the one named first ("5th St & Main St")."""

    __tablename__ = "intersections"
    __table_args__ = (Index("ix_intersections_streets", "street_1_id", "street_2_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    street_1_id: Mapped[int] = mapped_column(ForeignKey(Street.id))
    street_2_id: Mapped[int] = mapped_column(ForeignKey(Street.id), index=True)
    lat: Mapped[float]
    long: Mapped[float]
    cell: Mapped[int] = mapped_column(BigInteger, index=True)


class Landmark(Base):
    """A place people know by name; `aliases` is JSON, `radius` how far it reaches in metres."""

    __tablename__ = "landmarks"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    kind: Mapped[str]
    aliases: Mapped[str] = mapped_column(Text, default="[]")
    lat: Mapped[float]
    long: Mapped[float]
    radius: Mapped[int]


class Area(Base):
    """The city's boundary (kind "city", one row) or a neighbourhood; `polygons` is GeoJSON."""

    __tablename__ = "areas"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    name: Mapped[str]
    state: Mapped[str] = mapped_column(default="")
    polygons: Mapped[str] = mapped_column(Text)  # a list of polygons, each a list of rings


class CityImport(Base):
    """What the tables above were filled from (one row).

    `source` names the files of a `townline places import`; it is empty where the city's folder was loaded.
    """

    __tablename__ = "city_imports"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    checksum: Mapped[str]
    imported_at: Mapped[datetime]
    source: Mapped[str] = mapped_column(default="", server_default="")
