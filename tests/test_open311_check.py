"""The conformance checker: content with our server, and with none that is broken on purpose."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
import requests
from click.testing import CliRunner
from flask import Flask, Response
from jsonschema import Draft202012Validator
from open311_city import HERE, JURISDICTION, KEY, WAYS, City
from open311_proxy import Broken, body, drop, mime, put, status, without

from bot.cli import townline
from bot.open311 import schemas
from bot.open311.check.asking import Asker, Unreachable
from bot.open311.check.endpoint import Endpoint, open_endpoint
from bot.open311.check.reports import answers
from bot.open311.check.rules import RULES
from webhooks.simulator.loopback import LoopbackServer


@pytest.fixture
def city(proxied: City) -> Iterator[City]:
    """The server with nothing broken yet."""
    proxied.proxy.paths.clear()
    yield proxied
    proxied.proxy.broken = ()


# Our server ---------------------------------------------------------------------------------------------

TOKENS_ONLY = {each.id for each in RULES if each.group == "token"}
"""What our server gives no occasion for: it replies with a number at once."""


def test_our_server_keeps_every_rule(city: City) -> None:
    verdicts = city.judged(key=KEY, post=True)
    assert len(verdicts) == len(RULES) > 100
    assert not [(each.rule.id, each.seen) for each in verdicts if each.outcome == "fails"]
    assert {each.rule.id for each in verdicts if each.outcome == "skipped"} == TOKENS_ONLY


def test_our_server_has_cases_of_every_status(city: City) -> None:
    listed = requests.get(f"{city.url}/requests.json?extensions=true", timeout=20).json()
    assert {each["extended_attributes"]["detailed_status"] for each in listed} == set(WAYS)


def test_without_a_key_nothing_is_posted_and_little_is_asked(city: City) -> None:
    verdicts = city.judged()
    assert not [each for each in verdicts if each.outcome == "fails"]
    assert all(asked.startswith("GET") for asked in city.proxy.paths)
    assert len(city.proxy.paths) <= 75
    skipped = {each.rule.group for each in verdicts if each.outcome == "skipped"}
    assert skipped == {"post", "token"}


def test_a_key_alone_posts_nothing(city: City) -> None:
    city.judged(key=KEY)
    assert all(asked.startswith("GET") for asked in city.proxy.paths)


def test_a_server_without_updates_is_not_blamed(city: City) -> None:
    city.proxy.broken = (Broken(r"^/servicerequestupdates", sent=status(404)),)
    verdicts = city.judged(*[each.id for each in RULES if each.group == "updates"])
    assert {each.outcome for each in verdicts} == {"skipped"}


def test_the_discovery_document_leads_to_the_endpoint(city: City) -> None:
    for form in ("xml", "json"):
        url = f"{city.url}/discovery.{form}"
        assert open_endpoint(url, Asker(url)).base == city.url


def test_discovery_is_looked_for_one_step_up(city: City) -> None:
    """As in Chicago, where one discovery document stands above all versions."""
    above = Flask(__name__)
    text = requests.get(f"{city.url}/discovery.xml", timeout=20).text
    above.add_url_rule("/discovery.xml", "discovery", lambda: Response(text, content_type="text/xml"))
    server = LoopbackServer(above)
    server.start()
    assert Endpoint(f"{server.url}/v2", Asker(server.url)).discovery.path == f"{server.url}/discovery"
    server.stop()
    assert city.endpoint().discovery.path == f"{city.url}/discovery"


# Servers broken on purpose ------------------------------------------------------------------------------

ODD: Any = {"odd": {"odder": "x"}}
LISTS = {
    "attributes",
    "attributes.values",
    "endpoints",
    "endpoints.formats",
    "notes",
    "extended_attributes.photos",
}
PATHS = {
    "discovery": r"^/discovery",
    "services": r"^/services\.",
    "definition": r"^/services/",
    "requests": r"^/requests\.",
    "extensions": r"^/requests\.",
    "updates": r"^/servicerequestupdates",
}
"""Where the documents of each group of field rules are."""


def field_broken(group: str, name: str) -> Broken:
    """Return a server that sends a field in a way that no schema allows."""
    value = "words" if name in LISTS else ODD
    if name == "extended_attributes":
        value = "words"
    queried = "extensions=true" if group == "extensions" else ""
    if name == "attributes.values.key" and group == "extensions":
        return Broken(
            PATHS[group], said=put("attributes", [{"code": "a", "values": [{"key": ODD}]}]), queried=queried
        )
    if name == "attributes.code" and group == "extensions":
        return Broken(PATHS[group], said=put("attributes", [{"code": ODD, "values": None}]), queried=queried)
    if name == "attributes.values" and group == "extensions":
        return Broken(PATHS[group], said=put("attributes", [{"code": "a", "values": "x"}]), queried=queried)
    return Broken(PATHS[group], said=put(name, value), queried=queried)


def first_of(*names: str) -> Callable[[dict[str, str]], dict[str, str]]:
    """Return what keeps only the first of a comma list."""
    return lambda values: values | {name: values[name].split(",")[0] for name in names if name in values}


def wrapped_in(name: str) -> Callable[[Any], None]:
    return body(lambda text: b'{"%s":%s}' % (name.encode(), text))


def no_answers(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if not key.startswith("attribute")}


def longer(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"description": f"{values['description']}."}


def declares(*formats: str) -> Callable[[Any], Any]:
    return put("endpoints.formats", list(formats))


def blanks_matter(values: dict[str, str]) -> dict[str, str]:
    return {key: value or "no-such-thing" for key, value in values.items()}


def repeat_last(values: dict[str, str]) -> dict[str, str]:
    return values | {"page": "1"} if values.get("page") == "1000000" else values


def override_too_little(values: dict[str, str]) -> dict[str, str]:
    wanted = {"service_request_id", "status"} <= set(values)
    return values | {"service_request_id": "SR-1"} if wanted else values


def a_year(values: dict[str, str]) -> dict[str, str]:
    """Ask the real server without a limit of 90 days, if a year was asked for."""
    return {"updated_after": "2000-01-01T00:00:00Z"} if "start_date" in values else values


def twice(document: Any) -> Any:
    return [*document, document[0]]


def first_different(field: str, value: Any) -> Callable[[Any], Any]:
    return lambda document: [document[0] | {field: value}, *document[1:]]


def unlike(field: str) -> Callable[[Any], Any]:
    """Return what makes one format say something else."""
    return lambda document: put(field, "something else")(document)


def from_two(document: Any) -> Any:
    questions = [each | {"order": number} for number, each in enumerate(document["attributes"], start=2)]
    return document | {"attributes": questions}


def thousand(document: Any) -> Any:
    return [document[0] | {"service_request_id": f"X{number}"} for number in range(1001)]


REQUESTS = r"^/requests\."
REQUEST = r"^/requests/"
POST = {"method": "POST"}


def grant_key(values: dict[str, str]) -> dict[str, str]:
    return values | {"api_key": KEY}


def fill(name: str, value: str) -> Callable[[dict[str, str]], dict[str, str]]:
    return lambda values: values if values.get(name) else values | {name: value}


def good_service(values: dict[str, str]) -> dict[str, str]:
    return values | {"service_code": "graffiti"} if values.get("service_code", "").startswith("no-") else values


def anything_goes(values: dict[str, str]) -> dict[str, str]:
    return {key: values[key] for key in ("lat", "long", "api_key")} | {"service_code": "graffiti"}


TOKEN = Broken(REQUESTS, said=lambda _: [{"service_request_id": None, "token": "t-1"}], **POST)
"""A server that replies with a token."""


def as_tokens(response: Any) -> None:
    """Make an answer of what was an error."""
    response.status_code = 200
    response.data = response.data.replace(b"errors>", b"service_requests>").replace(b"error>", b"request>")


def token_answer(*entries: dict[str, Any]) -> Broken:
    """Return what is said of the token."""
    return Broken(r"^/tokens/t-1", said=lambda _: list(entries), sent=as_tokens)


BROKEN: dict[str, Broken | tuple[Broken, ...]] = {
    "discovery.near": Broken(r"^/discovery", sent=status(404)),
    "discovery.both": Broken(r"^/discovery\.json", sent=status(500)),
    "discovery.shape": Broken(r"^/discovery", said=lambda _: ["x"], form="json"),
    "discovery.georeport": Broken(
        r"^/discovery", said=put("endpoints.specification", "http://riverton.example/v1")
    ),
    "discovery.own_url": Broken(
        r"^/discovery", said=put("endpoints.url", "https://elsewhere.riverton.example")
    ),
    "discovery.formats_kept": Broken(r"^/discovery", said=declares("text/xml")),
    "discovery.same": Broken(r"^/discovery", said=unlike("contact"), form="json"),
    "formats.xml": Broken(r"^/services\.xml", sent=body(lambda text: text[:-20])),
    "formats.xml_type": Broken(REQUEST, sent=mime("application/xml; charset=utf-8"), form="xml"),
    "formats.json_type": Broken(REQUESTS, sent=mime("text/json; charset=utf-8"), form="json"),
    "formats.charset": Broken(r"^/services\.", sent=mime("text/xml"), form="xml"),
    "formats.utf8": Broken(r"^/services\.", sent=body(lambda text: text.replace(b"Graffiti", b"Gr\xe4ffiti"))),
    "formats.xml_declaration": Broken(
        r"^/discovery", sent=body(lambda text: text.split(b"\n", 1)[1]), form="xml"
    ),
    "formats.xml_namespace": Broken(
        r"^/services\.",
        sent=body(lambda text: text.replace(b"<services>", b'<services xmlns="urn:x">')),
        form="xml",
    ),
    "formats.xml_names": Broken(
        REQUESTS,
        sent=body(lambda text: re.sub(rb"(</?)request>", rb"\1service_request>", text)),
        form="xml",
    ),
    "formats.json": Broken(
        r"^/requests",
        sent=body(lambda text: text.replace(b'"SR-', b"001").replace(b"SR-", b"001")),
        form="json",
    ),
    "formats.json_unwrapped": Broken(r"^/services\.json", sent=wrapped_in("services")),
    "formats.json_arrays": Broken(REQUEST, said=lambda document: document[0], form="json"),
    "formats.json_null": Broken(REQUESTS, said=put("address_id", ""), form="json"),
    "formats.json_ids": Broken(REQUESTS, said=first_different("service_request_id", 638344), form="json"),
    "formats.json_types": Broken(REQUESTS, said=put("lat", "41.6"), form="json"),
    "services.served": Broken(r"^/services\.json", sent=status(404)),
    "services.shape": Broken(r"^/services\.", said=lambda document: [*document, "words"], form="json"),
    "services.complete": Broken(r"^/services\.", said=without("group")),
    "services.some": Broken(r"^/services\.", said=lambda _: []),
    "services.unique": Broken(r"^/services\.", said=twice),
    "services.same": Broken(r"^/services\.", said=unlike("group"), form="json"),
    "definition.served": Broken(r"^/services/", sent=status(404)),
    "definition.shape": Broken(r"^/services/", said=lambda _: ["x"], form="json"),
    "definition.asked_code": Broken(r"^/services/", said=put("service_code", "another")),
    "definition.codes": Broken(r"^/services/", said=put("attributes.code", "one")),
    "definition.orders": Broken(r"^/services/", said=put("attributes.order", 2)),
    "definition.first": Broken(r"^/services/", said=from_two),
    "definition.choices": Broken(r"^/services/", said=put("attributes.values", None)),
    "definition.none": Broken(r"^/services/", sent=status(200)),
    "definition.same": Broken(r"^/services/", said=unlike("attributes.description"), form="json"),
    "requests.served": Broken(REQUESTS, sent=status(500), form="json"),
    "requests.shape": Broken(REQUESTS, said=lambda document: [*document, "words"], form="json"),
    "requests.complete": Broken(REQUESTS, said=without("zipcode", "address_id")),
    "requests.same": Broken(REQUESTS, said=unlike("address"), form="json"),
    "requests.unique": Broken(REQUESTS, said=twice),
    "requests.no_token": Broken(REQUESTS, said=first_different("token", "t-1")),
    "requests.address_out": Broken(REQUESTS, said=first_different("address_string", "732 Pine St")),
    "requests.point": Broken(REQUESTS, said=first_different("long", None)),
    "requests.closed_when": Broken(REQUESTS, said=put("updated_datetime", None)),
    "requests.known_service": Broken(REQUESTS, said=first_different("service_code", "another")),
    "requests.thousand": Broken(REQUESTS, said=thousand),
    "request.served": Broken(REQUEST, sent=status(404)),
    "request.alone": Broken(REQUEST, said=lambda document: [*document, document[0]]),
    "request.as_listed": Broken(REQUEST, said=put("service_name", "Another")),
    "request.same": Broken(REQUEST, said=unlike("service_name"), form="json"),
    "filters.empty": Broken(REQUESTS, asked=blanks_matter),
    "filters.ids": Broken(REQUESTS, asked=first_of("service_request_id")),
    "filters.override": Broken(REQUESTS, asked=override_too_little),
    "filters.codes": Broken(REQUESTS, asked=first_of("service_code")),
    "filters.open": Broken(REQUESTS, asked=drop("status")),
    "filters.closed": Broken(REQUESTS, asked=drop("status")),
    "filters.statuses": Broken(REQUESTS, asked=first_of("status")),
    "filters.dates": Broken(REQUESTS, asked=drop("start_date", "end_date")),
    "filters.last_days": Broken(REQUESTS, said=put("requested_datetime", "2001-01-01T00:00:00Z")),
    "filters.span": Broken(REQUESTS, asked=a_year),
    "filters.bad_date": Broken(REQUESTS, asked=drop("start_date")),
    "filters.bad_status": Broken(REQUESTS, asked=drop("status")),
    "filters.bad_code": Broken(REQUESTS, asked=drop("service_code")),
    "errors.no_request": Broken(r"^/requests/99999999", sent=status(200)),
    "errors.no_definition": Broken(r"^/services/no-", sent=status(500)),
    "errors.no_token": Broken(r"^/tokens/", sent=status(200)),
    "errors.no_resource": Broken(r"^/no-such", sent=status(200)),
    "errors.body": Broken(r"^/tokens/", sent=body(lambda _: b"<h1>Not Found</h1>")),
    "errors.code": Broken(r"^/tokens/", said=without("code")),
    "errors.description": Broken(r"^/tokens/", said=put("description", None)),
    "errors.type": Broken(r"^/tokens/", sent=mime("text/html; charset=utf-8")),
    "jurisdiction.known": Broken(r"^/services\.xml", sent=status(404)),
    "jurisdiction.unknown": Broken(r"^/services\.", asked=drop("jurisdiction_id")),
    "paging.size": Broken(REQUESTS, asked=drop("page_size")),
    "paging.next": Broken(REQUESTS, asked=drop("page")),
    "paging.end": Broken(REQUESTS, asked=repeat_last),
    "updated_after.kept": Broken(REQUESTS, asked=drop("updated_after")),
    "extensions.offered": Broken(REQUESTS, asked=drop("extensions")),
    "extensions.asked": Broken(REQUESTS, asked=lambda values: values | {"extensions": "true"}),
    "extensions.shape": Broken(REQUESTS, said=put("status", "odd"), queried="extensions=true"),
    "updates.served": Broken(r"^/servicerequestupdates\.json", sent=status(500)),
    "updates.shape": Broken(r"^/servicerequestupdates", said=lambda document: [*document, "x"], form="json"),
    "updates.unique": Broken(r"^/servicerequestupdates", said=twice),
    "updates.dates": Broken(r"^/servicerequestupdates", said=put("updated_datetime", "2001-01-01T00:00:00Z")),
    "updates.same": Broken(r"^/servicerequestupdates", said=unlike("description"), form="json"),
    "post.no_key": Broken(REQUESTS, asked=grant_key, **POST),
    "post.bad_key": Broken(REQUESTS, asked=grant_key, **POST),
    "post.no_service": Broken(REQUESTS, asked=fill("service_code", "graffiti"), **POST),
    "post.bad_service": Broken(REQUESTS, asked=good_service, **POST),
    "post.no_place": Broken(REQUESTS, asked=fill("address_string", "732 Pine St"), **POST),
    "post.half_place": Broken(REQUESTS, asked=fill("long", HERE["long"]), **POST),
    "post.required": Broken(REQUESTS, asked=anything_goes, **POST),
    "post.taken": Broken(REQUESTS, asked=drop("service_code"), **POST),
    "post.type": Broken(REQUESTS, sent=mime("text/html"), **POST),
    "post.unwrapped": Broken(REQUESTS, sent=wrapped_in("service_requests"), form="json", **POST),
    "post.attributes": Broken(REQUESTS, asked=no_answers, **POST),
    "post.bad_choice": Broken(REQUESTS, asked=anything_goes, **POST),
    "post.address": Broken(REQUESTS, asked=drop("address_string"), **POST),
    "post.description": Broken(REQUESTS, asked=longer, **POST),
    "updates.unwrapped": Broken(
        r"^/servicerequestupdates", sent=wrapped_in("service_request_updates"), form="json"
    ),
    "post.id_or_token": Broken(REQUESTS, said=put("token", "t-1"), **POST),
    "post.as_typed": Broken(REQUESTS, said=put("service_request_id", None), **POST),
    "post.read_back": Broken(REQUEST, said=put("service_code", "another")),
    "token.served": TOKEN,
    "token.service_request_id": (TOKEN, token_answer({"token": "t-1"})),
    "token.token": (TOKEN, token_answer({"service_request_id": "SR-10001"})),
    "token.shape": (TOKEN, token_answer(*[{"token": "t-1", "service_request_id": "SR-1"}] * 2)),
} | {
    rule.id: field_broken(rule.group, rule.id.partition(".")[2])
    for rule in RULES
    if rule.group in PATHS and f"Send {rule.id.partition('.')[2]} as said." == rule.do
}
"""For each rule a server that breaks it."""


def test_every_rule_has_a_name_of_its_own_and_a_server_that_breaks_it() -> None:
    ids = [each.id for each in RULES]
    assert len(set(ids)) == len(ids)
    assert set(BROKEN) == set(ids)


@pytest.mark.parametrize("id", BROKEN)
def test_a_broken_server_is_found_out(id: str, city: City) -> None:
    broken = BROKEN[id]
    city.proxy.broken = broken if isinstance(broken, tuple) else (broken,)
    [verdict] = city.judged(id, key=KEY, post=True)
    assert verdict.outcome == "fails", verdict
    assert all(verdict.seen)
    assert KEY not in "".join(verdict.seen)


SLIPS = [
    ("requests.status", Broken(REQUESTS, said=first_different("status", "pending"))),
    ("requests.requested_datetime", Broken(REQUESTS, said=put("requested_datetime", "2026-06-01T09:30:00"))),
    ("requests.updated_datetime", Broken(REQUESTS, said=put("updated_datetime", "2026-06-01"))),
    ("requests.expected_datetime", Broken(REQUESTS, said=put("expected_datetime", "06/01/2026 09:30 AM"))),
    ("requests.service_code", Broken(REQUESTS, said=without("service_code"))),
    ("requests.lat", Broken(REQUESTS, said=first_different("lat", 416083))),
    ("requests.media_url", Broken(REQUESTS, said=first_different("media_url", "1.jpg"))),
    ("services.metadata", Broken(r"^/services\.", said=put("metadata", "yes"))),
    ("services.type", Broken(r"^/services\.", said=put("type", "instant"))),
    ("definition.attributes.datatype", Broken(r"^/services/", said=put("attributes.datatype", "choice"))),
    ("definition.attributes.order", Broken(r"^/services/", said=put("attributes.order", 0))),
    ("discovery.changeset", Broken(r"^/discovery", said=without("changeset"))),
    ("discovery.endpoints.type", Broken(r"^/discovery", said=put("endpoints.type", "live"))),
    ("updates.status", Broken(r"^/servicerequestupdates", said=put("status", "in progress"))),
    ("errors.no_request", Broken(r"^/requests/99999999", sent=status(400))),
    ("post.no_key", Broken(REQUESTS, sent=status(401), **POST)),
]
"""Slips that servers in use make."""


@pytest.mark.parametrize("form", ["xml", "json"])
@pytest.mark.parametrize(("id", "slip"), SLIPS)
def test_a_common_slip_is_found_out_in_each_format(id: str, slip: Broken, form: str, city: City) -> None:
    city.proxy.broken = (replace(slip, form=form),)
    [verdict] = city.judged(id, key=KEY, post=True)
    assert verdict.outcome == "fails", verdict


def test_one_breach_is_not_laid_at_the_door_of_all(city: City) -> None:
    city.proxy.broken = (Broken(r"^/tokens/", sent=mime("text/html")),)
    assert {each.rule.id for each in city.judged() if each.outcome == "fails"} == {"errors.type"}


def test_a_token_that_becomes_a_request_is_waited_for(city: City) -> None:
    number = city.endpoint().first["service_request_id"]
    city.proxy.broken = (TOKEN, token_answer({"service_request_id": number, "token": "t-1"}))
    verdicts = city.judged(*[each.id for each in RULES if each.group == "token"], key=KEY, post=True)
    assert {each.outcome for each in verdicts} == {"holds"}


def test_a_test_report_answers_what_is_required() -> None:
    choices = [{"key": "a", "disable": True}, {"key": "b"}, {"key": "c"}, {"key": "d"}]
    questions: list[Mapping[str, Any]] = [
        {"code": "one", "datatype": "singlevaluelist", "required": True, "values": choices},
        {"code": "many", "datatype": "multivaluelist", "required": True, "values": choices},
        {"code": "count", "datatype": "number", "required": True, "values": None},
        {"code": "words", "datatype": "text", "required": True},
        {"code": "spare", "datatype": "string", "required": False},
    ]
    assert answers(questions) == {
        "attribute[one]": "b",
        "attribute[many][]": ("b", "c"),
        "attribute[count]": "1",
        "attribute[words]": "test",
    }


def test_a_server_may_do_without_json(city: City) -> None:
    city.proxy.broken = (
        Broken(r"^/(services|requests|tokens|no-such).*\.json$", sent=status(404)),
        Broken(r"^/servicerequestupdates\.json", sent=status(404)),
        Broken(r"^/discovery", said=declares("text/xml")),
    )
    verdicts = city.judged(key=KEY, post=True)
    assert not [(each.rule.id, each.seen) for each in verdicts if each.outcome == "fails"]


def test_nonsense_does_not_end_the_check(city: City) -> None:
    for nonsense in (
        b"",
        b"[]",
        b"[1, null]",
        b"{}",
        b"<services/>",
        b"<a><b/>text</a>",
        b"\xff\xfe\x00",
        b"null",
    ):
        city.proxy.broken = (Broken(sent=body(lambda _, text=nonsense: text)),)
        verdicts = city.judged()
        assert len(verdicts) == len(RULES)
        assert [each for each in verdicts if each.outcome == "fails"]


def test_a_server_cannot_write_on_the_terminal_or_have_a_key_shown(city: City) -> None:
    echoed = f"\x1b[2J{KEY}".encode()
    city.proxy.broken = (
        Broken(REQUESTS, sent=body(lambda _: echoed), **POST),
        Broken(REQUESTS, sent=status(500), **POST),
    )
    [verdict] = city.judged("post.taken", key=KEY, post=True)
    assert "(key)" in verdict.seen[0]
    assert KEY not in verdict.seen[0]
    assert verdict.seen[0].isprintable()


# The way there ------------------------------------------------------------------------------------------


def leading(to: str) -> Callable[[Any], None]:
    def redirected(response: Any) -> None:
        response.status_code = 302
        response.headers["Location"] = to

    return redirected


def test_no_server_sends_us_to_another_hosts_private_address(city: City) -> None:
    for address in (
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]:9/",
        "file:///etc",
    ):
        city.proxy.broken = (Broken(r"^/services\.xml", sent=leading(address)),)
        with pytest.raises(Unreachable, match=r"private address|no http"):
            city.endpoint()


def test_a_discovery_document_names_no_private_address_unasked(city: City) -> None:
    port = city.url.split(":")[2].split("/")[0]
    other = f"http://localhost:{port}/open311/v2"
    city.proxy.broken = (Broken(r"^/discovery", said=put("endpoints.url", other)),)
    url = f"{city.url}/discovery.xml"
    with pytest.raises(Unreachable, match="--private"):
        open_endpoint(url, Asker(url))
    assert open_endpoint(url, Asker(url, private=True)).base == other


def test_redirects_end(city: City) -> None:
    city.proxy.broken = (Broken(r"^/services\.xml", sent=leading("/open311/v2/services.xml")),)
    with pytest.raises(Unreachable, match="redirects more than"):
        city.endpoint()


def test_an_endless_answer_is_cut_off(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.open311.check.asking.MOST_BYTES", 1_000)
    with pytest.raises(Unreachable, match="MB"):
        city.endpoint()


def test_a_declaration_of_entities_is_not_read(city: City) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><services>&b;</services>'
    city.proxy.broken = (Broken(r"^/services\.xml", sent=body(lambda _: bomb)),)
    [verdict] = city.judged("formats.xml")
    assert "document type" in verdict.seen[0]


# The command --------------------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str]:
    ran = CliRunner().invoke(townline, ["open311", "check", *arguments])
    return ran.exit_code, ran.output


def test_the_command_says_that_all_holds(city: City) -> None:
    code, out = run(city.url, "--jurisdiction", JURISDICTION)
    assert code == 0
    assert "All that GeoReport v2 demands holds" in out


def test_the_command_says_what_was_seen_and_what_to_do(city: City) -> None:
    city.proxy.broken = (Broken(REQUESTS, said=first_different("status", "pending")),)
    code, out = run(city.url, "--only", "requests")
    told = " ".join(out.split())
    assert code == 1
    assert "requests.status" in told
    assert "'pending'" in told
    assert "do: Send status" in told


def test_what_is_not_demanded_does_not_fail(city: City) -> None:
    city.proxy.broken = (Broken(r"^/discovery", sent=status(404)),)
    code, out = run(city.url, "--only", "discovery.near")
    assert (code, "discovery.near" in out) == (0, True)


def test_the_command_in_json(city: City) -> None:
    code, out = run(f"{city.url}/discovery.json", "--json")
    verdicts = json.loads(out)
    assert code == 0
    assert [each["rule"] for each in verdicts] == [each.id for each in RULES]
    assert set(verdicts[0]) == {"rule", "severity", "section", "says", "outcome", "seen", "do"}


def test_the_command_posts_only_when_told(city: City) -> None:
    code, _ = run(city.url, "--key", KEY, "--post", "--at", "41.608297,-91.011005", "--only", "post")
    assert code == 0
    assert any(asked.startswith("POST") for asked in city.proxy.paths)


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (("http://127.0.0.1:9/open311/v2",), 2, "no answer"),
        (("riverton.example",), 2, "no http(s) URL"),
        (("http://127.0.0.1:9/", "--post"), 1, "--key"),
        (("http://127.0.0.1:9/", "--at", "here"), 1, "41.6083"),
        (("http://127.0.0.1:9/", "--only", "nothing"), 1, "Groups: discovery"),
    ],
)
def test_what_cannot_be_done_says_why(arguments: tuple[str, ...], code: int, named: str) -> None:
    left, out = run(*arguments)
    assert (left, named in " ".join(out.split())) == (code, True), out


# The schemas --------------------------------------------------------------------------------------------


def test_the_schemas_are_valid() -> None:
    assert len(schemas.names()) == 10
    for name in schemas.names():
        Draft202012Validator.check_schema(schemas.schema(name))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("discovery", "/discovery.json"),
        ("services", "/services.json"),
        ("service_definition", "/services/illegal_dumping.json"),
        ("service_requests", "/requests.json"),
        ("service_requests_extended", "/requests.json?extensions=true"),
        ("errors", "/requests/SR-1.json"),
        ("errors", "/requests.json?status=odd&page=0"),
        ("errors", "/nothing.json"),
    ],
)
def test_what_we_send_is_what_the_schema_says(name: str, path: str, city: City) -> None:
    document = requests.get(city.url + path, timeout=20).json()
    assert document
    assert list(schemas.mistakes(name, document)) == []


def test_what_we_reply_to_a_post_is_what_the_schema_says(city: City) -> None:
    fields = {"api_key": KEY, "service_code": "graffiti"} | HERE
    [filed] = document = requests.post(f"{city.url}/requests.json", data=fields, timeout=20).json()
    assert filed["service_request_id"]
    assert list(schemas.mistakes("filed", document)) == []
    refused = requests.post(f"{city.url}/requests.json", data=fields | {"lat": "odd"}, timeout=20).json()
    assert list(schemas.mistakes("errors", refused)) == []
