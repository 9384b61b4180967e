"""The endpoint in OpenAPI 3.1, for whoever writes a client: built from the catalogue and our JSON Schemas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from bot.config import Config
from bot.extended import KNOWN
from bot.open311.documents import MIME_TYPES
from bot.open311.queries import LAST_PAGE, MOST
from bot.open311.schemas import names, schema
from bot.open311.updates import REQUIRED
from dialogues.types import City

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2/"
ERRORS = {400: "It can't be done as asked", 403: "api_key is missing or not known", 404: "It is not there"}
AWAY = {413: "More than 2 MB", 503: "The database is away"}
WHEN = {"type": "string", "examples": ["2026-06-01T09:30:00Z"]}

Described = dict[str, Any]


def openapi(config: Config, path: str) -> Described:
    """Return the description. `path` is where the endpoint is mounted."""
    city = config.city
    paths: Described = {}
    for form in MIME_TYPES:
        paths |= {f"{route}.{form}": methods for route, methods in _routes(city, form).items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{city.program}: Open311 GeoReport v2",
            "version": "2",
            "description": f"Cases of the city, read and filed. The specification: {SPECIFICATION}",
        },
        "servers": [{"url": config.settings.public_base_url.rstrip("/") + path}],
        "paths": paths,
        "components": {"schemas": {name: _component(name) for name in names()}},
    }


def _component(name: str) -> Described:
    return {key: value for key, value in schema(name).items() if key != "$schema"}


def _routes(city: City, form: str) -> Described:
    """Return the paths, without their ending, each with its methods in one format."""
    asked = [code for code, service in city.services.items() if service.attributes]
    return {
        "/discovery": {"get": _read("discovery", "discovery", "How the endpoint is reached", form)},
        "/services": {"get": _read("services", "services", "What can be reported", form)},
        "/services/{service_code}": {
            "get": _read(
                "definition", "service_definition", "A service's questions", form, _named("service_code", asked)
            )
        },
        "/requests": {
            "get": _read("requests", "service_requests", "Requests, the latest first", form, *_filters()),
            "post": _file(city, form),
        },
        "/requests/{service_request_id}": {
            "get": _read(
                "request", "service_requests", "One request", form, _named("service_request_id"), _extensions()
            )
        },
        "/servicerequestupdates": {
            "get": _read(
                "updates",
                "service_request_updates",
                "What became of requests, the oldest first",
                form,
                _query("start_date", "Of updated_datetime; with end_date 90 days at most", **WHEN),
                _query("end_date", "Of updated_datetime", **WHEN),
                _query("page", "From 1", type="integer", minimum=1, maximum=LAST_PAGE),
                _query("page_size", "Updates on a page", type="integer", minimum=1, maximum=MOST),
            ),
            "post": _update(form),
        },
        "/tokens/{token}": {"get": _read("token", "tokens", "The request of a token", form, _named("token"))},
    }


def _read(name: str, document: str, summary: str, form: str, *parameters: Described) -> Described:
    jurisdiction = _query("jurisdiction_id", "The city's; may be left out")
    return {
        "summary": summary,
        "operationId": f"{name}_{form}",
        "parameters": [*parameters, jurisdiction],
        "responses": _responses(document, form, (400, 404)),
    }


def _responses(document: str, form: str, refusals: tuple[int, ...]) -> Described:
    """Return the answers. XML says the same as JSON; its schemas are the JSON's, with the elements' names."""
    good = {"200": {"description": "As asked", "content": _content(document, form)}}
    told = {number: ERRORS[number] for number in refusals} | AWAY
    bad = {
        str(number): {"description": text, "content": _content("errors", form)} for number, text in told.items()
    }
    return good | bad


def _content(document: str, form: str) -> Described:
    reference = {"$ref": f"#/components/schemas/{document}"}
    return {MIME_TYPES[form]: {"schema": reference if form == "json" else {"type": "string"}}}


def _named(name: str, values: list[str] | None = None) -> Described:
    kind: Described = {"type": "string", "minLength": 1} | ({"enum": values} if values else {})
    return {"name": name, "in": "path", "required": True, "schema": kind}


def _query(name: str, description: str, **kind: Any) -> Described:
    return {"name": name, "in": "query", "description": description, "schema": {"type": "string"} | kind}


def _extensions() -> Described:
    return _query("extensions", "true adds attributes, extended_attributes and notes", examples=["true"])


def _filters() -> list[Described]:
    return [
        _query("service_request_id", "A comma list; overrides all others"),
        _query("service_code", "A comma list"),
        _query("status", "open, closed or both", enum=["open", "closed", "open,closed"]),
        _query("start_date", "Of requested_datetime; with end_date 90 days at most", **WHEN),
        _query("end_date", "Of requested_datetime", **WHEN),
        _query("updated_after", "Of updated_datetime", **WHEN),
        _query("updated_before", "Of updated_datetime", **WHEN),
        _query("page", "From 1", type="integer", minimum=1, maximum=LAST_PAGE),
        _query("page_size", "Requests on a page", type="integer", minimum=1, maximum=MOST),
        _extensions(),
    ]


def _file(city: City, form: str) -> Described:
    return {
        "summary": "File a request",
        "operationId": f"file_{form}",
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": _form(city)}},
        },
        "responses": _responses("filed", form, (400, 403, 404)),
    }


def _update(form: str) -> Described:
    """Return how another system tells what became of a request: mySociety's extension."""
    fields: Described = {
        "type": "object",
        "required": ["api_key", *REQUIRED],
        "properties": {
            "api_key": {"type": "string"},
            "jurisdiction_id": {"type": "string"},
            "service_request_id": {"type": "string", "minLength": 1, "maxLength": 200},
            "update_id": {"type": "string", "minLength": 1, "maxLength": 200},
            "status": {"type": "string", "enum": sorted(KNOWN)},
            "updated_datetime": dict(WHEN),
            "description": {"type": "string", "maxLength": 4000},
        },
    }
    return {
        "summary": "Tell what became of a request",
        "operationId": f"update_{form}",
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": fields}},
        },
        "responses": _responses("updated", form, (400, 403, 404)),
    }


def _form(city: City) -> Described:
    """Return the fields of a post: a place by lat and long, by address_string, or by both."""
    words = {
        name: {"type": "string", "maxLength": 200} for name in ("email", "first_name", "last_name", "phone")
    }
    ids = {name: {"type": "string", "maxLength": 200} for name in ("device_id", "account_id")}
    return {
        "type": "object",
        "required": ["api_key", "service_code"],
        "properties": {
            "api_key": {"type": "string"},
            "jurisdiction_id": {"type": "string"},
            "service_code": {"type": "string", "enum": list(city.services)},
            "lat": {"type": "number", "minimum": -90, "maximum": 90},
            "long": {"type": "number", "minimum": -180, "maximum": 180},
            "address_string": {"type": "string", "maxLength": 300},
            "description": {"type": "string", "maxLength": 4000},
            "media_url": {"type": "string", "format": "uri", "maxLength": 2000},
            **words,
            **ids,
            **_questions(city),
        },
    }


def _questions(city: City) -> Mapping[str, Described]:
    """Return a field for each code that services ask for; which service wants which is in its definition."""
    asked: dict[str, list[str]] = defaultdict(list)
    for code, service in city.services.items():
        for question in service.attributes:
            several = "[]" if question.datatype == "multivaluelist" else ""
            asked[f"attribute[{question.code}]{several}"].append(code)
    return {
        name: {"type": "string", "description": f"For {', '.join(codes)}: see the definition"}
        for name, codes in asked.items()
    }
