"""GET requests: the parameters that choose among them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.open311.check.endpoint import Endpoint, Nothing, moment
from bot.open311.check.rule import rule

SECTION = "GeoReport v2, GET Service Requests"
SPAN = timedelta(days=90)
SLACK = timedelta(days=1)
"""How far off a server's idea of "now" and of a day may be."""

Request = dict[str, Any]


def numbers(requests: list[Request]) -> list[str]:
    """Return the numbers of requests."""
    return [str(each["service_request_id"]) for each in requests]


def chosen(endpoint: Endpoint, **parameters: str) -> list[Request]:
    """Return the requests that parameters choose; none is fine. Raises `Nothing` where it is no list."""
    return [each for each in endpoint.listed(endpoint.requests, **parameters) if each.get("service_request_id")]


def written(when: datetime) -> str:
    """Return a moment as the specification's examples have it."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _refused(endpoint: Endpoint, expected: int, **parameters: str) -> Iterator[str]:
    answer = endpoint.get("/requests", "xml", **parameters)
    if answer.status != expected:
        yield f"{answer.asked}: answers {answer.status}"


@rule(
    "filters.empty",
    "must",
    "GeoReport v2, Optional Arguments",
    "an empty parameter equals an absent one",
    "Leave parameters without a value out of the query.",
)
def EMPTY(endpoint: Endpoint) -> Iterator[str]:
    blank = dict.fromkeys(("service_request_id", "service_code", "start_date", "end_date", "status"), "")
    answer = endpoint.get("/requests", "xml", **blank)
    if answer.status != 200:
        yield f"{answer.asked}: answers {answer.status}"
        return
    plain = numbers(endpoint.some_requests())
    missing = set(plain) - set(numbers(chosen(endpoint, **blank)))
    if len(missing) * 10 > len(plain):  # a few may have made room for new ones meanwhile
        yield f"{answer.asked}: lacks {len(missing)} of {len(plain)} requests, such as {min(missing)}"


@rule("filters.ids", "must", SECTION, "service_request_id takes a comma list", "Split it at its commas.")
def IDS(endpoint: Endpoint) -> Iterator[str]:
    wanted = numbers(endpoint.some_requests())[:2]
    found = numbers(chosen(endpoint, service_request_id=",".join(wanted)))
    if sorted(found) != sorted(wanted):
        yield f"asked for {','.join(wanted)}, got {','.join(found) or 'none'}"


@rule(
    "filters.override",
    "must",
    SECTION,
    "service_request_id overrides all other parameters",
    "Look at nothing else where it is given.",
)
def OVERRIDE(endpoint: Endpoint) -> Iterator[str]:
    one = endpoint.first
    other = "open" if one.get("status") == "closed" else "closed"
    number = str(one["service_request_id"])
    found = numbers(chosen(endpoint, service_request_id=number, status=other))
    if found != [number]:
        yield f"asked for {number} with status={other}, got {','.join(found) or 'none'}"


@rule(
    "filters.codes",
    "must",
    SECTION,
    "service_code takes a comma list",
    "Split it at its commas, and list the requests of those services alone.",
)
def CODES(endpoint: Endpoint) -> Iterator[str]:
    listed = list(dict.fromkeys(str(each.get("service_code")) for each in endpoint.some_requests()))
    codes = listed[:2]
    found = {str(each.get("service_code")) for each in chosen(endpoint, service_code=",".join(codes))}
    if found != set(codes):
        yield f"asked for {','.join(codes)}, got {','.join(sorted(found)) or 'none'}"
    one = {str(each.get("service_code")) for each in chosen(endpoint, service_code=codes[0])}
    if one != {codes[0]}:
        yield f"asked for {codes[0]}, got {','.join(sorted(one)) or 'none'}"


@rule("filters.open", "must", SECTION, "status=open lists the open ones", "Filter by status.")
def OPEN(endpoint: Endpoint) -> Iterator[str]:
    yield from _of_status(endpoint, "open")


@rule("filters.closed", "must", SECTION, "status=closed lists the closed ones", "Filter by status.")
def CLOSED(endpoint: Endpoint) -> Iterator[str]:
    yield from _of_status(endpoint, "closed")


def _of_status(endpoint: Endpoint, status: str) -> Iterator[str]:
    expected = [each for each in endpoint.some_requests() if each.get("status") == status]
    found = chosen(endpoint, status=status)
    others = [each for each in found if each.get("status") != status]
    if others:
        yield f"status={status} lists {others[0]['service_request_id']}, which is {others[0].get('status')}"
    if expected and not found:
        yield f"status={status} lists none, but {expected[0]['service_request_id']} is"


@rule("filters.statuses", "must", SECTION, "status takes a comma list", "Split it at its commas.")
def STATUSES(endpoint: Endpoint) -> Iterator[str]:
    expected = {each.get("status") for each in endpoint.some_requests()}
    found = {each.get("status") for each in chosen(endpoint, status="open,closed")}
    if found != expected:
        yield f"status=open,closed lists {found or 'none'}; without it there are {expected}"


@rule(
    "filters.dates",
    "must",
    SECTION,
    "start_date and end_date choose by requested_datetime",
    "List what was requested from start_date to end_date, and nothing else.",
)
def DATES(endpoint: Endpoint) -> Iterator[str]:
    made = sorted(filter(None, (moment(each.get("requested_datetime")) for each in endpoint.some_requests())))
    if not made:
        raise Nothing("no request has a requested_datetime")
    middle = made[len(made) // 2]
    start, end = middle - timedelta(seconds=1), middle + timedelta(seconds=1)
    found = chosen(endpoint, start_date=written(start), end_date=written(end))
    if not found:
        yield f"none from {written(start)} to {written(end)}, when one was made"
    for each in found:
        when = moment(each.get("requested_datetime"))
        if when is None or not start - timedelta(seconds=1) <= when <= end + timedelta(seconds=1):
            yield f"from {written(start)} to {written(end)}: {each['service_request_id']}, made {when}"


@rule(
    "filters.last_days",
    "must",
    SECTION,
    "without dates a list has the last 90 days",
    "Default to the last 90 days.",
)
def LAST_DAYS(endpoint: Endpoint) -> Iterator[str]:
    for each in endpoint.some_requests():
        when = moment(each.get("requested_datetime"))
        if when is not None and when < endpoint.now - SPAN - SLACK:
            yield f"{each['service_request_id']} was made {when:%Y-%m-%d}"


@rule(
    "filters.span",
    "must",
    SECTION,
    "start_date and end_date span 90 days at most",
    "Answer 400 to a longer span, or list 90 days of it.",
)
def SPAN_KEPT(endpoint: Endpoint) -> Iterator[str]:
    end = endpoint.now
    dates = {"start_date": written(end - timedelta(days=365)), "end_date": written(end)}
    answer = endpoint.get("/requests", "xml", **dates)
    if answer.status != 200:
        if answer.status != 400:
            yield f"{answer.asked}: answers {answer.status}"
        return
    made = sorted(filter(None, (moment(each.get("requested_datetime")) for each in chosen(endpoint, **dates))))
    if made and made[-1] - made[0] > SPAN + SLACK:
        yield f"{answer.asked}: lists {(made[-1] - made[0]).days} days"


@rule("filters.bad_date", "should", SECTION, "a date that is none is refused: 400", "Answer 400, and say why.")
def BAD_DATE(endpoint: Endpoint) -> Iterator[str]:
    yield from _refused(endpoint, 400, start_date="not-a-date")


@rule(
    "filters.bad_status",
    "should",
    SECTION,
    "a status other than open and closed is refused: 400",
    "Answer 400, and say why.",
)
def BAD_STATUS(endpoint: Endpoint) -> Iterator[str]:
    yield from _refused(endpoint, 400, status="not-a-status")


@rule(
    "filters.bad_code",
    "should",
    SECTION,
    "a service_code that is not known is answered 404",
    "Answer 404, and say why.",
)
def BAD_CODE(endpoint: Endpoint) -> Iterator[str]:
    yield from _refused(endpoint, 404, service_code="no-such-service")
