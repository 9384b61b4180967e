"""mySociety's extension: service request updates, which FixMyStreet reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.open311.check.endpoint import Endpoint, Nothing, Source, moment
from bot.open311.check.rule import rule
from bot.open311.check.rules.common import fields, same
from bot.open311.check.rules.filters import written
from bot.open311.check.rules.formats import wrapped

SECTION = "mySociety's updates extension"
DAYS = timedelta(days=30)


def _updates(endpoint: Endpoint) -> list[Source]:
    """Return where the latest updates are; raises `Nothing` where the server has no such thing."""
    dates = (("start_date", written(endpoint.now - DAYS)), ("end_date", written(endpoint.now)))
    source = Source("service_request_updates", "/servicerequestupdates", dates)
    answer = endpoint.answer(source, "xml")
    if answer.status == 404:
        raise Nothing("the server does not have this extension")
    return [source]


@rule(
    "updates.served", "note", SECTION, "the updates can be had", "Answer start_date and end_date with a list."
)
def SERVED(endpoint: Endpoint) -> Iterator[str]:
    for source in _updates(endpoint):
        for form in endpoint.forms:
            answer = endpoint.answer(source, form)
            if answer.status != 200:
                yield f"{answer.asked}: answers {answer.status}"


FIELDS = fields(
    "updates",
    "service_request_updates",
    SECTION,
    _updates,
    {
        "update_id": ("note", "is the update's id"),
        "service_request_id": ("note", "is the request's number"),
        "status": ("note", "is one of the extended statuses, such as OPEN, FIXED or CLOSED"),
        "updated_datetime": ("note", "is when it happened, with a time zone"),
        "description": ("note", "is a text for the resident, and there even when empty"),
        "media_url": ("note", "is a URL, or empty"),
    },
)


def _listed(endpoint: Endpoint) -> list[dict[str, Any]]:
    [source] = _updates(endpoint)
    found = endpoint.listed(source)
    if not found:
        raise Nothing("no update is listed")
    return found


@rule("updates.unique", "note", SECTION, "an update_id names one update", "Give each update its own id.")
def UNIQUE(endpoint: Endpoint) -> Iterator[str]:
    ids = [each.get("update_id") for each in _listed(endpoint)]
    for number in sorted({str(each) for each in ids if ids.count(each) > 1}):
        yield f"update_id {number} is there {ids.count(number)} times"


@rule(
    "updates.dates",
    "note",
    SECTION,
    "start_date and end_date choose by updated_datetime",
    "List what happened from start_date to end_date, and nothing else.",
)
def DATES(endpoint: Endpoint) -> Iterator[str]:
    made = sorted(filter(None, (moment(each.get("updated_datetime")) for each in _listed(endpoint))))
    if not made:
        raise Nothing("no update has an updated_datetime")
    start, end = made[-1] - timedelta(seconds=1), made[-1] + timedelta(seconds=1)
    dates = (("start_date", written(start)), ("end_date", written(end)))
    found = endpoint.listed(Source("service_request_updates", "/servicerequestupdates", dates))
    if not found:
        yield f"none from {written(start)} to {written(end)}, when one happened"
    for each in found:
        when = moment(each.get("updated_datetime"))
        if when is None or not start - timedelta(seconds=1) <= when <= end + timedelta(seconds=1):
            yield f"from {written(start)} to {written(end)}: {each.get('update_id')}, of {when}"


@rule(
    "updates.unwrapped",
    "note",
    SECTION,
    "JSON drops the outermost element here, too",
    "Send the array itself.",
)
def UNWRAPPED(endpoint: Endpoint) -> Iterator[str]:
    [source] = _updates(endpoint)
    if not endpoint.has_json:
        raise Nothing("the server has no JSON")
    yield from wrapped(endpoint.answer(source, "json"), source.name)


SAME = same("updates", _updates)
