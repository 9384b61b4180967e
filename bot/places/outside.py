"""Other people's geocoders, by geopy: bounded to the city, three seconds each, their answers in our words."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from geopy.geocoders import get_geocoder_for_service
from geopy.location import Location

from bot.places import geometry, normalise
from bot.places.cache import LONGEST_DAYS, Cache, Candidate
from bot.places.census import Census
from bot.places.guard import Breaker, Pace
from bot.places.wire import OneTry, within
from dialogues.types import Precision

TIMEOUT = 3.0  # seconds
MOST = 4

# geopy logs a provider's error page, which may hold what the resident wrote.
logging.getLogger("geopy").setLevel(logging.WARNING)
log = logging.getLogger(__name__)

Box = tuple[geometry.LatLong, geometry.LatLong]

# How each bounds its answers to a box. ArcGIS can't by geopy, the Census Bureau can't at all, and Google only
# prefers it; what lies outside is dropped later.
BOUNDS: dict[str, Callable[[Box], dict[str, Any]]] = {
    "nominatim": lambda box: {"viewbox": box, "bounded": True, "limit": MOST, "addressdetails": True},
    "photon": lambda box: {"bbox": box, "limit": MOST},
    "pelias": lambda box: {"boundary_rect": box},
    "google": lambda box: {"bounds": box},
    "arcgis": lambda _: {"out_fields": "Addr_type"},
    "census": lambda _: {},
}

PUBLIC_NOMINATIM = "nominatim.openstreetmap.org"

NO_CONTACT = "answers, but its policy wants to know whom to write to: user_agent: Our 311 (mail or web address)"

# Days that answers are kept where config.yml says nothing. ArcGIS allows none without a paid agreement.
KEEP_DAYS = {"arcgis": 0.0}

# What may be wrong, as `townline check` says it; first match wins.
TROUBLES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((GeocoderRateLimited, GeocoderQuotaExceeded), "says we ask too much: lower per_second, mind its quota"),
    ((GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges), "refuses us: check key and user_agent"),
    ((GeocoderTimedOut,), "does not answer in time"),
    ((GeocoderParseError, LookupError, TypeError, AttributeError), "answers nonsense: check domain and scheme"),
    ((GeocoderQueryError,), "refuses the question: check its key and options"),
    ((GeocoderUnavailable,), "can't be reached: check domain and network"),
)  # fmt: skip

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
    """The geocoder can't be reached, is too slow, refuses us, answers nonsense, or is not to be asked now."""


class Outside:
    """One geocoder of geopy's, or ours. Thread-safe; no call takes longer than its timeout."""

    def __init__(self, name: str, options: Mapping[str, Any], cache: Cache | None = None) -> None:
        """`options` are geopy's, and ours: `per_second` and `keep_days`.

        Raises `ValueError` where we know no geocoder of that name, or geopy refuses the options.
        """
        if name not in BOUNDS:
            raise ValueError(f"geocoder {name!r} is none of: gazetteer, {', '.join(sorted(BOUNDS))}")
        settings = {"timeout": TIMEOUT, "user_agent": "townline", "adapter_factory": OneTry, **options}
        per_second, keep_days = settings.pop("per_second", None), settings.pop("keep_days", None)
        try:
            self._geocoder = (
                Census(**settings) if name == "census" else get_geocoder_for_service(name)(**settings)
            )
        except (GeopyError, TypeError) as error:
            raise ValueError(f"geocoder {name!r}: {error}") from error
        self.name = name
        self.keep_days: float = KEEP_DAYS.get(name, LONGEST_DAYS) if keep_days is None else keep_days
        self._domain = str(getattr(self._geocoder, "domain", ""))
        self._cache = cache if self.keep_days > 0 else None
        self._pace = Pace(1.0 if per_second is None and self._is_public_nominatim else per_second)
        self._breaker = Breaker()

    def find(self, text: str, box: Box, seconds: float = TIMEOUT) -> list[Candidate]:
        """Return what the geocoder finds within the box, in `seconds` at most; raises `OutsideDown`."""
        return self._kept(f"find {box} {text.lower()}", lambda: self._find(text, box, seconds))

    def name_of(self, lat: float, long: float, seconds: float = TIMEOUT) -> Candidate | None:
        """Return what the geocoder calls this point, in `seconds` at most; raises `OutsideDown`."""
        question = f"at {lat:.5f},{long:.5f}"  # a metre
        return next(iter(self._kept(question, lambda: self._name_of(lat, long, seconds))), None)

    def health(self, where: str) -> str:
        """Ask for a door in `where` ("Riverton, IA"); return "", or what is wrong and what to do."""
        try:
            within(
                self._geocoder.timeout, lambda: self._geocoder.geocode(f"1 Main St, {where}", exactly_one=False)
            )
        except FAILURES as error:
            return _trouble(error)
        agent = str(self._geocoder.headers.get("User-Agent", ""))
        if self._is_public_nominatim and not ("@" in agent or "://" in agent):
            return NO_CONTACT
        return ""

    @property
    def _is_public_nominatim(self) -> bool:
        return self._domain == PUBLIC_NOMINATIM

    def _kept(self, question: str, ask: Callable[[], list[Candidate]]) -> list[Candidate]:
        """Return the answer from the cache, or ask and keep it."""
        if self._cache is None:
            return ask()
        question = f"{self._domain} {question}"
        found = self._cache.get(self.name, question, self.keep_days)
        if found is None:
            found = ask()
            self._cache.put(self.name, question, found)
        return found

    def _find(self, text: str, box: Box, seconds: float) -> list[Candidate]:
        found = self._call(self._geocoder.geocode, text, seconds, **BOUNDS[self.name](box))
        kinds = [(one, precision(one.raw)) for one in found if _within(one, box)]
        number = _house_number(text)
        # A door that is not the one asked for is no answer at all.
        return [_candidate(one, kind) for one, kind in kinds if kind not in DOORS or _bears(one, number)]

    def _name_of(self, lat: float, long: float, seconds: float) -> list[Candidate]:
        found = self._call(self._geocoder.reverse, (lat, long), seconds)
        return [_candidate(one, "address") for one in found[:1]]

    def _call(
        self, method: Callable[..., Any], query: object, seconds: float, **options: Any
    ) -> list[Location]:
        """Ask at our pace and within our patience."""
        patience = min(seconds, self._geocoder.timeout)
        wait = self._pace.take(patience / 2) if self._breaker.may_ask() else None
        if wait is None:
            raise OutsideDown(self.name)
        time.sleep(wait)
        left = patience - wait
        try:
            found = within(left, lambda: list(method(query, exactly_one=False, timeout=left, **options) or ()))
        except FAILURES as error:
            # The error's own words may hold the query, and so the resident's.
            log.warning("geocoder %s failed: %s", self.name, type(error).__name__)
            self._breaker.failed(getattr(error, "retry_after", None))
            raise OutsideDown(self.name) from error
        self._breaker.succeeded()
        return found


FAILURES = (GeopyError, LookupError, TypeError, ValueError, AttributeError)
"""What geopy raises, and what its parsers raise on an answer of another shape."""

DOORS = frozenset({"address", "interpolated"})


def _trouble(error: Exception) -> str:
    known = (says for kinds, says in TROUBLES if isinstance(error, kinds))
    return next(known, f"fails ({type(error).__name__})")


def _candidate(location: Location, kind: Precision) -> Candidate:
    return Candidate(short_address(location), location.latitude, location.longitude, kind)


def short_address(location: Location) -> str:
    """Return the part of a long display name that a resident needs: "500 Main St"."""
    parts = [part.strip() for part in str(location.address).split(",") if part.strip()]
    first = " ".join(parts[:2]) if parts and parts[0].isdigit() else "".join(parts[:1])
    return normalise.abbreviate(calm(first) if first.isupper() else first)


def calm(text: str) -> str:
    """Return "500 Main St NW" for "500 MAIN ST NW" and for "500 main st nw"."""
    words = (word.lower() for word in text.split())
    return " ".join(
        word.upper() if word.upper() in normalise.DIRECTIONALS else word if word in SMALL else word.capitalize()
        for word in words
    )


SMALL = frozenset({"and", "at", "by", "of", "on", "the", "between", "near"})


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
