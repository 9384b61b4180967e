"""Service discovery: where and how the endpoint is reached."""

from __future__ import annotations

from collections.abc import Iterator

from bot.open311.check.endpoint import Endpoint, Nothing, is_georeport
from bot.open311.check.rule import rule
from bot.open311.check.rules.common import fields, same

SECTION = "Service Discovery"


@rule(
    "discovery.near",
    "should",
    SECTION,
    "discovery.xml is where clients look for it: beside the endpoint, or one step up",
    "Serve it there. If it is elsewhere, check its URL instead of the base.",
)
def NEAR(endpoint: Endpoint) -> Iterator[str]:
    if not _there(endpoint):
        yield f"{endpoint.answer(endpoint.discovery, 'xml').asked}: answers no 200, nor does JSON"


@rule(
    "discovery.both",
    "must",
    SECTION,
    "discovery is there as XML and as JSON, whatever the endpoint itself has",
    "Serve both discovery.xml and discovery.json.",
)
def BOTH(endpoint: Endpoint) -> Iterator[str]:
    there = _there(endpoint)
    if not there:
        raise Nothing("no discovery document was found")
    for form in {"xml", "json"} - set(there):
        answer = endpoint.answer(endpoint.discovery, form)
        yield f"{answer.asked}: answers {answer.status}"


def _there(endpoint: Endpoint) -> list[str]:
    return [form for form in ("xml", "json") if endpoint.answer(endpoint.discovery, form).status == 200]


FIELDS = fields(
    "discovery",
    "discovery",
    SECTION,
    lambda endpoint: [endpoint.discovery],
    {
        "changeset": ("must", "is when the document last changed, in a form that sorts"),
        "contact": ("must", "says whom to ask"),
        "key_service": ("must", "says how to get an api_key"),
        "endpoints": ("must", "lists one endpoint at least"),
        "endpoints.specification": ("must", "is the URL of the specification"),
        "endpoints.url": ("must", "is the URL that every path begins with"),
        "endpoints.changeset": ("must", "is when the endpoint last changed, in a form that sorts"),
        "endpoints.type": ("must", "is production or test"),
        "endpoints.formats": ("must", "lists the media types served"),
    },
)


@rule(
    "discovery.georeport",
    "must",
    SECTION,
    "one endpoint is of GeoReport v2",
    "Name http://wiki.open311.org/GeoReport_v2 as its specification.",
)
def GEOREPORT(endpoint: Endpoint) -> Iterator[str]:
    for where, found in endpoint.each(endpoint.discovery):
        entries = found.get("endpoints") or [] if isinstance(found, dict) else []
        if not any(isinstance(each, dict) and is_georeport(each.get("specification")) for each in entries):
            yield f"{where}: no endpoint's specification is GeoReport v2"


@rule(
    "discovery.own_url",
    "should",
    SECTION,
    "the endpoint's url is where it is reached",
    "Set the url that clients are to use.",
)
def OWN_URL(endpoint: Endpoint) -> Iterator[str]:
    for where, found in endpoint.each(endpoint.discovery):
        entries = found.get("endpoints") or [] if isinstance(found, dict) else []
        urls = [str(each.get("url")).rstrip("/") for each in entries if isinstance(each, dict)]
        if endpoint.base not in urls:
            yield f"{where}: names {', '.join(urls) or 'none'}; we asked at {endpoint.base}"


@rule(
    "discovery.formats_kept",
    "must",
    SECTION,
    "the formats it lists are those the server has; XML is one",
    "List text/xml, and application/json if services.json is there.",
)
def FORMATS_KEPT(endpoint: Endpoint) -> Iterator[str]:
    endpoint.each(endpoint.discovery)
    declared = {each.partition(";")[0].strip() for each in endpoint.declared}
    if not declared & {"text/xml", "application/xml"}:
        yield f"XML, which is mandatory, is not listed: {', '.join(sorted(declared)) or 'nothing'}"
    answer = endpoint.get("/services", "json")
    if ("application/json" in declared) != (answer.status == 200):
        listed = "listed" if "application/json" in declared else "not listed"
        yield f"application/json is {listed}, {answer.asked} answers {answer.status}"


SAME = same("discovery", lambda endpoint: [endpoint.discovery])
