"""Other people's geocoders, by geopy: bounded to the city, three seconds each, their answers in our words."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from geopy.adapters import RequestsAdapter
from geopy.exc import GeopyError
from geopy.geocoders import get_geocoder_for_service
from geopy.location import Location

from bot.places import geometry, normalise
from dialogues.types import Precision

TIMEOUT = 3.0  # seconds
MOST = 4

# geopy logs a provider's error page, which may hold what the resident wrote.
logging.getLogger("geopy").setLevel(logging.WARNING)
log = logging.getLogger(__name__)

Box = tuple[geometry.LatLong, geometry.LatLong]

# How each bounds its answers to a box. ArcGIS can't by geopy; what lies outside is dropped later.
BOUNDS: dict[str, Callable[[Box], dict[str, Any]]] = {
    "nominatim": lambda box: {"viewbox": box, "bounded": True, "limit": MOST, "addressdetails": True},
    "photon": lambda box: {"bbox": box, "limit": MOST},
    "pelias": lambda box: {"boundary_rect": box},
    "google": lambda box: {"bounds": box},
    "arcgis": lambda _: {"out_fields": "Addr_type"},
}

# What the providers call the kind of a result, to our precision; first match wins.
KINDS: tuple[tuple[Precision, frozenset[str]], ...] = (
    ("intersection", frozenset({"intersection", "streetint"})),
    ("interpolated", frozenset({"interpolated", "range_interpolated", "streetaddress", "streetaddressext"})),
    ("address", frozenset({"house", "building", "address", "pointaddress", "subaddress", "rooftop",
                           "street_address", "premise", "subpremise", "house_number"})),
    ("street", frozenset({"street", "road", "highway", "route", "streetname"})),
    ("area", frozenset({"suburb", "neighbourhood", "neighborhood", "quarter", "locality", "district", "city",
                        "town", "village", "county", "state", "postcode", "postal", "postal_code", "borough",
                        "localadmin", "region", "country", "municipality", "political", "boundary"})),
)  # fmt: skip


class OutsideDown(Exception):
    """The geocoder can't be reached, is too slow, refuses us or answers nonsense."""


class Outside:
    """One geocoder of geopy's. Thread-safe."""

    def __init__(self, name: str, options: Mapping[str, Any]) -> None:
        """Raises `ValueError` where geopy knows no geocoder of that name, or refuses the options."""
        if name not in BOUNDS:
            raise ValueError(f"geocoder {name!r} is none of: gazetteer, {', '.join(sorted(BOUNDS))}")
        settings = {"timeout": TIMEOUT, "user_agent": "townline", "adapter_factory": _no_retries, **options}
        try:
            self._geocoder = get_geocoder_for_service(name)(**settings)
        except (GeopyError, TypeError) as error:
            raise ValueError(f"geocoder {name!r}: {error}") from error
        self.name = name

    def find(self, text: str, box: Box) -> list[tuple[Location, Precision]]:
        """Return what the geocoder finds within the box; raises `OutsideDown`."""
        found = self._call(self._geocoder.geocode, text, **BOUNDS[self.name](box))
        kinds = [(one, precision(one.raw)) for one in found if _within(one, box)]
        number = _house_number(text)
        # A door that is not the one asked for is no answer at all.
        return [(one, kind) for one, kind in kinds if kind != "address" or _bears(one, number)]

    def name_of(self, lat: float, long: float) -> Location | None:
        """Return what the geocoder calls this point; raises `OutsideDown`."""
        return next(iter(self._call(self._geocoder.reverse, (lat, long))), None)

    def _call(self, method: Callable[..., Any], query: object, **options: Any) -> list[Location]:
        try:
            return list(method(query, exactly_one=False, **options) or ())
        except (GeopyError, LookupError, TypeError, ValueError, AttributeError) as error:
            # The error's own words may hold the query, and so the resident's.
            log.warning("geocoder %s failed: %s", self.name, type(error).__name__)
            raise OutsideDown(self.name) from error


def short_address(location: Location) -> str:
    """Return the part of a long display name that a resident needs: "500 Main St"."""
    parts = [part.strip() for part in str(location.address).split(",") if part.strip()]
    first = " ".join(parts[:2]) if parts and parts[0].isdigit() else "".join(parts[:1])
    return normalise.abbreviate(first)


def _no_retries(**settings: Any) -> RequestsAdapter:
    """One attempt: geopy's own three would make three seconds nine."""
    return RequestsAdapter(max_retries=0, **settings)


def _within(location: Location, box: Box) -> bool:
    (south, west), (north, east) = box
    return bool(south <= location.latitude <= north and west <= location.longitude <= east)


def _house_number(text: str) -> str:
    first = next(iter(normalise.words(text)), "")
    return first if first.isdigit() else ""


def _bears(location: Location, number: str) -> bool:
    return not number or number in normalise.words(location.address)


def precision(raw: Mapping[str, Any]) -> Precision:
    """Return our precision for what a provider calls a result in its raw answer."""
    kinds = set(_kinds(raw))
    return next((name for name, words in KINDS if words & kinds), "landmark")


def _kinds(raw: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words in which any of the five says what it found."""
    properties = raw.get("properties") or {}
    for part in (raw, properties, raw.get("attributes") or {}, raw.get("geometry") or {}):
        for key in ("addresstype", "type", "layer", "match_type", "Addr_type", "location_type"):
            if isinstance(part.get(key), str):
                yield part[key].lower()
    yield from (kind for kind in raw.get("types") or () if isinstance(kind, str))
