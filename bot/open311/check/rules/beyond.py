"""Jurisdictions, and what servers agree on beyond the specification: pages, updated_after, extensions."""

from __future__ import annotations

from collections.abc import Iterator

from bot.open311.check.endpoint import Endpoint, Nothing, Source, moment
from bot.open311.check.rule import rule
from bot.open311.check.rules.common import fields
from bot.open311.check.rules.filters import chosen, numbers, written

CONVENTION = "a convention of servers in use"
EXTENSIONS = "GeoReport v2, Extensions"
FAR = "1000000"


@rule(
    "jurisdiction.known",
    "must",
    "GeoReport v2, jurisdiction_id",
    "the jurisdiction_id given by --jurisdiction is known",
    "Serve it, or ask for another.",
)
def KNOWN(endpoint: Endpoint) -> Iterator[str]:
    if not endpoint.jurisdiction:
        raise Nothing("--jurisdiction was not given")
    answer = endpoint.get("/services")
    if answer.status != 200:
        yield f"{answer.asked}: answers {answer.status}"


@rule(
    "jurisdiction.unknown",
    "should",
    "GeoReport v2, jurisdiction_id",
    "a jurisdiction_id that is not known is answered 404",
    "Answer 404, with errors in the body.",
)
def UNKNOWN(endpoint: Endpoint) -> Iterator[str]:
    answer = endpoint.get("/services", jurisdiction_id="no-such-city.example")
    if answer.status != 404:
        yield f"{answer.asked}: answers {answer.status}"


def _page(endpoint: Endpoint, page: str, size: str = "1") -> list[str]:
    return numbers(chosen(endpoint, page=page, page_size=size))


def _pages(endpoint: Endpoint) -> list[str]:
    """Return the first page of one request; raises `Nothing` where there are no pages to judge."""
    if len(endpoint.some_requests()) < 2:
        raise Nothing("fewer than two requests are listed")
    return _page(endpoint, "1")


@rule("paging.size", "note", CONVENTION, "page_size is how many a page has", "Offer page and page_size.")
def SIZE(endpoint: Endpoint) -> Iterator[str]:
    first = _pages(endpoint)
    if len(first) != 1:
        yield f"page_size=1 lists {len(first)}"


@rule(
    "paging.next",
    "note",
    CONVENTION,
    "the next page has others",
    "Count pages from 1, in a fixed order, with nothing twice.",
)
def NEXT(endpoint: Endpoint) -> Iterator[str]:
    first, second = _pages(endpoint), _page(endpoint, "2")
    if not second or set(first) & set(second):
        yield f"page 1 has {first[0] if first else 'none'}, page 2 has {second[0] if second else 'none'}"


@rule(
    "paging.end",
    "note",
    CONVENTION,
    "past the end there is nothing",
    "Send an empty list: clients that read on until then never end.",
)
def END(endpoint: Endpoint) -> Iterator[str]:
    _pages(endpoint)
    if beyond := _page(endpoint, FAR):
        yield f"page {FAR} has {beyond[0]}"


@rule(
    "updated_after.kept",
    "note",
    CONVENTION,
    "updated_after chooses by updated_datetime",
    "List what changed since then: it is how other systems keep up.",
)
def UPDATED_AFTER(endpoint: Endpoint) -> Iterator[str]:
    known = sorted(filter(None, (moment(each.get("updated_datetime")) for each in endpoint.some_requests())))
    if len(known) < 2 or known[0] == known[-1]:
        raise Nothing("all requests changed at one time, or say no time")
    latest = known[-1].replace(microsecond=0)
    found = chosen(endpoint, updated_after=written(latest))
    if not found:
        yield f"none since {written(latest)}, when one changed"
    for each in found:
        when = moment(each.get("updated_datetime"))
        if when is None or when < latest:
            yield f"since {written(latest)}: {each['service_request_id']}, changed {when}"


def _extended(endpoint: Endpoint) -> list[Source]:
    if not any("extended_attributes" in each for each in chosen(endpoint, extensions="true")):
        raise Nothing("extensions=true adds nothing")
    return [Source("service_requests_extended", "/requests", (("extensions", "true"),))]


@rule(
    "extensions.offered",
    "note",
    EXTENSIONS,
    "extensions=true adds extended_attributes",
    "Offer it: it tells channel, photos and the detailed status.",
)
def OFFERED(endpoint: Endpoint) -> Iterator[str]:
    found = chosen(endpoint, extensions="true")
    if not found:
        raise Nothing("no request is listed")
    if not any("extended_attributes" in each for each in found):
        yield "requests.xml?extensions=true has no extended_attributes"


@rule(
    "extensions.asked",
    "note",
    EXTENSIONS,
    "extensions come only where they are asked for",
    "Leave them out without extensions=true.",
)
def ASKED(endpoint: Endpoint) -> Iterator[str]:
    for each in endpoint.some_requests():
        if "extended_attributes" in each:
            yield f"{each['service_request_id']} has extended_attributes unasked"
            return


EXTENDED = fields(
    "extensions",
    "service_requests_extended",
    EXTENSIONS,
    _extended,
    {
        "attributes": ("note", "lists the questions answered"),
        "attributes.code": ("note", "is the question's"),
        "attributes.values": ("note", "lists the answers"),
        "attributes.values.key": ("note", "is the answer's"),
        "extended_attributes": ("note", "is a group of its own"),
        "extended_attributes.photos": ("note", "lists URLs"),
        "extended_attributes.duplicate": ("note", "is true or false"),
        "extended_attributes.detailed_status": ("note", "is a text"),
        "extended_attributes.channel": ("note", "is a text"),
        "notes": ("note", "lists the request's history"),
        "notes.datetime": ("note", "is a moment with a time zone"),
        "notes.type": ("note", "is submitted, opened, activity or closed"),
    },
)
