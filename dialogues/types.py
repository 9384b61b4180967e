"""The nouns of the talk: what came in, where we are, what follows. All frozen, all JSON-ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Precision = Literal[
    "address", "interpolated", "intersection", "block", "street", "landmark", "area", "unconfirmed"
]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A geocoded location and how precise it is. Degrees are WGS84; `score` is 0 to 1.

    An *unconfirmed* place has no coordinates: it is what the resident wrote, to be found by people.
    """

    address_string: str
    lat: float | None = None
    long: float | None = None
    precision: Precision = "address"
    score: float = 1.0
    in_city: bool = True


@dataclass(frozen=True, kw_only=True)
class AttributeValue:
    """One answer of a list question."""

    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """One question of a service, in Open311's words (GeoReport v2, GET service definition)."""

    code: str
    datatype: Literal["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
    required: bool
    description: str
    values: tuple[AttributeValue, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Service:
    """An issue type. `photo` is whether a picture helps the crew, and so whether we ask for one."""

    service_code: str
    service_name: str
    description: str
    group: str
    department: str
    due: str
    keywords: tuple[str, ...]
    photo: bool = True
    attributes: tuple[Attribute, ...] = ()
