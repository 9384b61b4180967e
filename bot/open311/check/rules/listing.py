"""GET requests, and one request: what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.open311.check.endpoint import Endpoint, Nothing, differences, moment
from bot.open311.check.rule import rule
from bot.open311.check.rules.common import complete, fields, same, served, steady

SECTION = "GeoReport v2, GET Service Requests"
ONE = "GeoReport v2, GET Service Request"

SERVED = served(
    "requests", "must", SECTION, lambda endpoint: [endpoint.requests], "Serve requests.xml without parameters."
)

FIELDS = fields(
    "requests",
    "service_requests",
    SECTION,
    lambda endpoint: [endpoint.requests],
    {
        "service_request_id": ("must", "is the request's number"),
        "status": ("must", "is open or closed; more detail goes in status_notes"),
        "status_notes": ("must", "is a text, or empty"),
        "service_name": ("must", "is the service's name for people"),
        "service_code": ("must", "is the service's id"),
        "description": ("must", "is a text of 4,000 characters at most, or empty"),
        "agency_responsible": ("must", "is a text, or empty"),
        "service_notice": ("must", "is a text, or empty"),
        "requested_datetime": ("must", "is when it was made, with a time zone"),
        "updated_datetime": ("must", "is when it last changed, with a time zone, or empty"),
        "expected_datetime": ("must", "is when it is to be done, with a time zone, or empty"),
        "address": ("must", "is a text, or empty"),
        "address_id": ("must", "is a text, or empty"),
        "zipcode": ("must", "is a text, or empty"),
        "lat": ("must", "is degrees in WGS84, or empty"),
        "long": ("must", "is degrees in WGS84, or empty"),
        "media_url": ("must", "is a URL, or empty"),
    },
)

COMPLETE = complete("requests", "service_requests", SECTION, lambda endpoint: [endpoint.requests])

SAME = same("requests", lambda endpoint: [endpoint.requests])


def _numbered(endpoint: Endpoint) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each request of the lists, with what to call it."""
    seen = False
    for where, found in endpoint.each(endpoint.requests):
        for each in found if isinstance(found, list) else ():
            if isinstance(each, dict):
                seen = True
                yield f"{where}: {each.get('service_request_id')}", each
    if not seen:
        raise Nothing("no request is listed")


@rule("requests.unique", "must", SECTION, "a request is listed once", "List each request once.")
def UNIQUE(endpoint: Endpoint) -> Iterator[str]:
    counted = Counter(each["service_request_id"] for each in endpoint.some_requests())
    for number, count in counted.items():
        if count > 1:
            yield f"{number} is listed {count} times"


@rule(
    "requests.no_token",
    "must",
    SECTION,
    "a request has a service_request_id or a token, never both",
    "Leave the token out once there is a number.",
)
def NO_TOKEN(endpoint: Endpoint) -> Iterator[str]:
    for where, each in _numbered(endpoint):
        if each.get("token") and each.get("service_request_id"):
            yield f"{where}: has a token, too"


@rule(
    "requests.address_out",
    "must",
    SECTION,
    "the place is called address on the way out",
    "Rename address_string, which is for posting only.",
)
def ADDRESS_OUT(endpoint: Endpoint) -> Iterator[str]:
    for where, each in _numbered(endpoint):
        if "address_string" in each:
            yield f"{where}: has address_string"


@rule("requests.point", "must", SECTION, "lat and long come together", "Send both, or neither.")
def POINT(endpoint: Endpoint) -> Iterator[str]:
    for where, each in _numbered(endpoint):
        if (each.get("lat") is None) != (each.get("long") is None):
            yield f"{where}: lat {each.get('lat')}, long {each.get('long')}"


@rule(
    "requests.closed_when",
    "must",
    SECTION,
    "updated_datetime of a closed request is when it was closed",
    "Set updated_datetime on closing.",
)
def CLOSED_WHEN(endpoint: Endpoint) -> Iterator[str]:
    closed = [each for each in endpoint.some_requests(status="closed") if each.get("status") == "closed"]
    if not closed:
        raise Nothing("no closed request is listed")
    for each in closed:
        updated, made = moment(each.get("updated_datetime")), moment(each.get("requested_datetime"))
        if updated is None or (made is not None and updated < made):
            yield f"{each['service_request_id']}: made {made}, closed {updated}"


@rule(
    "requests.known_service",
    "should",
    SECTION,
    "a request's service is in the service list",
    "Keep a service listed while its requests are.",
)
def KNOWN_SERVICE(endpoint: Endpoint) -> Iterator[str]:
    known = {each.get("service_code") for each in endpoint.listed(endpoint.services)}
    for where, each in _numbered(endpoint):
        if each.get("service_code") not in known:
            yield f"{where}: service_code is {each.get('service_code')}"


@rule(
    "requests.thousand",
    "must",
    SECTION,
    "a list has the first 1000 at most",
    "Cut the list at 1000, and offer pages for the rest.",
)
def THOUSAND(endpoint: Endpoint) -> Iterator[str]:
    for where, found in endpoint.each(endpoint.requests):
        if len(found) > 1000:
            yield f"{where}: lists {len(found)}"


REQUEST_SERVED = served(
    "request",
    "must",
    ONE,
    lambda endpoint: [endpoint.request],
    "Serve requests/NUMBER.xml of every request listed.",
)


@rule(
    "request.alone",
    "must",
    ONE,
    "one request is a list of one, with the number asked for",
    "Answer with service_requests that hold this one request.",
)
def ALONE(endpoint: Endpoint) -> Iterator[str]:
    number = endpoint.first["service_request_id"]
    for where, found in endpoint.each(endpoint.request):
        if not isinstance(found, list):
            yield f"{where}: is no list"
        elif [isinstance(each, dict) and each.get("service_request_id") for each in found] != [number]:
            yield f"{where}: does not have {number} alone, but {len(found)} requests"


@rule(
    "request.as_listed",
    "must",
    ONE,
    "one request says what the list says of it",
    "Write both from one document.",
)
def AS_LISTED(endpoint: Endpoint) -> Iterator[str]:
    where, found = endpoint.each(endpoint.request)[0]
    if not isinstance(found, list):
        raise Nothing("one request can't be read")
    for difference in differences(*steady([endpoint.first], found)):
        yield f"{where}: {difference.replace(' in XML', ' in the list').replace(' in JSON', ' alone')}"


REQUEST_SAME = same("request", lambda endpoint: [endpoint.request])
