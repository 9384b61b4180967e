"""Issue types and their questions, and the reasons for closing, as the city's files have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class AttributeValue:
    """One answer of a list question. `said_as`: other words for it, in every language that is served.

    `stop` is what the resident is told where this answer means that it is not the city's to fix: the
    report ends there, with nothing filed.
    """

    key: str
    name: str
    said_as: tuple[str, ...] = ()
    stop: str = ""


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """One question of a service, in Open311's words (GeoReport v2, GET service definition).

    `said_as` are patterns for what is answered without a list: "{length} deep" (see `attributes`).
    """

    code: str
    datatype: Literal["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
    required: bool
    description: str
    values: tuple[AttributeValue, ...] = ()
    said_as: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Service:
    """An issue type. `photo` is whether a picture helps the crew, and so whether we ask for one.

    `same_within` is how many metres apart two reports may be and still mean one thing; 0: each is its own.
    `kin` are types that may be the same thing in other eyes.
    """

    service_code: str
    service_name: str
    description: str
    group: str
    department: str
    due: str
    keywords: tuple[str, ...]
    photo: bool = True
    same_within: float = 0
    kin: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()

    def answer(self, code: str) -> Attribute | None:
        """Return the question of that code."""
        return next((each for each in self.attributes if each.code == code), None)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a case is closed, or what is asked, as staff pick it: for which status, and how it is said."""

    status: str
    text: Mapping[str, str]
