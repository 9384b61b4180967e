"""The US Census Bureau's geocoder as one of geopy's: free, without a key, house numbers of the US only."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from geopy.adapters import AdapterHTTPError
from geopy.exc import GeocoderParseError
from geopy.geocoders.base import DEFAULT_SENTINEL, NONE_RESULT, Geocoder
from geopy.location import Location

HOUSE_NUMBER = re.compile(r"\d+(?:-\d+)?[a-z]?(?: 1/2)?,? ", re.IGNORECASE)  # not "5th and Main"

LONGEST = 100
"""Characters of an address; a longer one is refused."""


class Census(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocoder of the US Census Bureau, https://geocoding.geo.census.gov/geocoder/.

    It interpolates house numbers between the ends of a block (TIGER/Line), so that a door may be off by some
    houses, and it knows neither corners nor landmarks. It needs the city with the street: "500 Main St,
    Riverton, IA".
    """

    geocode_path = "/geocoder/locations/onelineaddress"

    def __init__(
        self,
        *,
        benchmark: str = "Public_AR_Current",
        domain: str = "geocoding.geo.census.gov",
        scheme: str | None = None,
        timeout: Any = DEFAULT_SENTINEL,
        proxies: Any = DEFAULT_SENTINEL,
        user_agent: str | None = None,
        ssl_context: Any = DEFAULT_SENTINEL,
        adapter_factory: Any = None,
    ) -> None:
        """`benchmark` is the name of one of their snapshots of the street file."""
        super().__init__(
            scheme=scheme,
            timeout=timeout,
            proxies=proxies,
            user_agent=user_agent,
            ssl_context=ssl_context,
            adapter_factory=adapter_factory,
        )
        self.benchmark = benchmark
        self.domain = domain.strip("/")
        self.api = f"{self.scheme}://{self.domain}{self.geocode_path}"

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """Return the address, or a list of those it may be; None where there is none.

        What has no house number is not asked for: there is nothing it could find.
        """
        address = " ".join(query.split())
        if not HOUSE_NUMBER.match(address):
            return None
        parameters = {"address": address[:LONGEST], "benchmark": self.benchmark, "format": "json"}
        found: list[Location] | None = self._call_geocoder(
            f"{self.api}?{urlencode(parameters)}", _parse, timeout=timeout
        )
        if not found:
            return None
        return found[0] if exactly_one else found

    def reverse(
        self, query: object, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """Return None: of a point it knows tract and county, but no address."""
        return None

    def _geocoder_exception_handler(self, error: Exception) -> object:
        # 400 is how it says that a text is no address.
        refused = isinstance(error, AdapterHTTPError) and error.status_code == 400
        return NONE_RESULT if refused else None


def _parse(page: Any) -> list[Location]:
    try:
        return [_location(match) for match in page["result"]["addressMatches"]]
    except (KeyError, TypeError, ValueError) as error:
        raise GeocoderParseError(f"not the shape of an answer: {type(error).__name__}") from None


def _location(match: Any) -> Location:
    point = match["coordinates"]
    address = match["matchedAddress"]
    if not isinstance(address, str):
        raise TypeError
    return Location(address, (float(point["y"]), float(point["x"])), {**match, "match_type": "interpolated"})
