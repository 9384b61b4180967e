"""XML and JSON as they are written: GeoReport v2's "Format Support" and "Encoding", and its JSON conversion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.open311.check.asking import Answer, Unreachable
from bot.open311.check.endpoint import Endpoint, Nothing
from bot.open311.check.reading import Unreadable, element, parsed, tag, wrapper
from bot.open311.check.rule import rule
from bot.open311.check.rules.common import JSON_MAPPING
from bot.open311.schemas import Mistake, Schema, mistakes, schema, typed

SECTION = "GeoReport v2, Format Support"
ENCODING = "GeoReport v2, Encoding"
DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']utf-8[\"'][^>]*\?>", re.IGNORECASE)
CODES = frozenset({"service_request_id", "service_code", "code", "key", "token", "update_id"})


def answers(endpoint: Endpoint, form: str) -> Iterator[tuple[str, Answer]]:
    """Yield the documents that are there in a format, with their names among the schemas; raises `Nothing`."""
    if form not in endpoint.forms:
        raise Nothing("the server has no JSON")
    for source in endpoint.sources:
        try:
            answer = endpoint.answer(source, form)
        except Unreachable:
            continue
        if answer.status == 200:
            yield source.name, answer


@rule("formats.xml", "must", SECTION, "XML is there and well-formed", "Mend what the parser says.")
def XML(endpoint: Endpoint) -> Iterator[str]:
    if endpoint.get("/services").status != 200:
        yield f"{endpoint.get('/services').asked}: answers {endpoint.get('/services').status}"
    for _, answer in answers(endpoint, "xml"):
        try:
            element(answer)
        except Unreadable as error:
            yield str(error)


@rule("formats.xml_type", "must", SECTION, "XML is text/xml", "Send Content-Type: text/xml; charset=utf-8.")
def XML_TYPE(endpoint: Endpoint) -> Iterator[str]:
    yield from _mime(endpoint, "xml", "text/xml")


@rule(
    "formats.json_type",
    "must",
    SECTION,
    "JSON is application/json",
    "Send Content-Type: application/json; charset=utf-8.",
)
def JSON_TYPE(endpoint: Endpoint) -> Iterator[str]:
    yield from _mime(endpoint, "json", "application/json")


def _mime(endpoint: Endpoint, form: str, expected: str) -> Iterator[str]:
    for _, answer in answers(endpoint, form):
        if answer.mime != expected:
            yield f"{answer.asked}: Content-Type is {answer.content_type or 'not sent'}"


@rule(
    "formats.charset", "should", ENCODING, "the content type names UTF-8", "Add charset=utf-8 to Content-Type."
)
def CHARSET(endpoint: Endpoint) -> Iterator[str]:
    for form in endpoint.forms:
        for _, answer in answers(endpoint, form):
            if "charset=utf-8" not in answer.content_type.lower().replace(" ", "").replace('"', ""):
                yield f"{answer.asked}: Content-Type is {answer.content_type or 'not sent'}"


@rule("formats.utf8", "must", ENCODING, "everything is in UTF-8", "Encode every body in UTF-8.")
def UTF8(endpoint: Endpoint) -> Iterator[str]:
    for form in endpoint.forms:
        for _, answer in answers(endpoint, form):
            try:
                answer.body.decode()
            except UnicodeDecodeError as error:
                yield f"{answer.asked}: byte {error.start} is no UTF-8"


@rule(
    "formats.xml_declaration",
    "must",
    ENCODING,
    "XML begins with a declaration that names UTF-8",
    'Begin with <?xml version="1.0" encoding="utf-8"?>.',
)
def XML_DECLARATION(endpoint: Endpoint) -> Iterator[str]:
    for _, answer in answers(endpoint, "xml"):
        if not DECLARATION.match(answer.body):
            yield f"{answer.asked}: begins with {answer.text[:40]!r}"


@rule("formats.xml_namespace", "should", SECTION, "XML has no namespace", "Leave xmlns out.")
def XML_NAMESPACE(endpoint: Endpoint) -> Iterator[str]:
    for _, answer in answers(endpoint, "xml"):
        try:
            names = [str(each.tag) for each in element(answer).iter()]
        except Unreadable:
            continue
        if spaced := next((name for name in names if name.startswith("{")), ""):
            yield f"{answer.asked}: {spaced}"


@rule(
    "formats.xml_names",
    "must",
    SECTION,
    "elements have the names that the specification gives them",
    "Name the elements as the specification's examples do.",
)
def XML_NAMES(endpoint: Endpoint) -> Iterator[str]:
    for name, answer in answers(endpoint, "xml"):
        try:
            found = element(answer)
        except Unreadable:
            continue
        wrong = sorted(set(_misnamed(found, schema(name))))
        if wrong:
            yield f"{answer.asked}: {'; '.join(wrong)}"


def _misnamed(found: Any, described: Schema) -> Iterator[str]:
    wanted = described.get("xml", {}).get("name")
    if wanted and tag(found) != wanted:
        yield f"<{tag(found)}> should be <{wanted}>"
    for child in found:
        inner = described.get("items") or described.get("properties", {}).get(tag(child), {})
        yield from _misnamed(child, inner)


@rule("formats.json", "must", JSON_MAPPING, "JSON is valid", "Write JSON with a library; 001 is no number.")
def JSON(endpoint: Endpoint) -> Iterator[str]:
    for _, answer in answers(endpoint, "json"):
        try:
            parsed(answer)
        except Unreadable as error:
            yield str(error)


@rule(
    "formats.json_unwrapped",
    "must",
    JSON_MAPPING,
    "JSON drops the outermost element",
    'Send the array itself: [...], not {"services": [...]}.',
)
def JSON_UNWRAPPED(endpoint: Endpoint) -> Iterator[str]:
    for name, answer in answers(endpoint, "json"):
        yield from wrapped(answer, name)


def wrapped(answer: Answer, name: str) -> Iterator[str]:
    """Yield that a JSON answer has an outer element; nothing where it is no JSON at all."""
    try:
        if outer := wrapper(answer, name):
            yield f"{answer.asked}: is wrapped in {outer!r}"
    except Unreadable:
        return


@rule(
    "formats.json_arrays",
    "must",
    JSON_MAPPING,
    "what repeats is an array in JSON, even of one item",
    "Send [item], not item: services, requests, one request, attributes, values, endpoints, formats.",
)
def JSON_ARRAYS(endpoint: Endpoint) -> Iterator[str]:
    for where, _, each in _written(endpoint):
        if "array" in each.wants:
            yield f"{where}: {each.where or 'the document'}: {each.text}"


@rule(
    "formats.json_null",
    "should",
    JSON_MAPPING,
    "an empty element is null in JSON",
    'Send null, not "".',
)
def JSON_NULL(endpoint: Endpoint) -> Iterator[str]:
    for where, _, document in _raw(endpoint):
        empty = sorted(set(_empty(document, "")))
        if empty:
            yield f'{where}: "" in {", ".join(empty[:5])}'


def _empty(value: Any, name: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _empty(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from _empty(each, name)
    elif value == "":
        yield name


@rule(
    "formats.json_ids",
    "should",
    JSON_MAPPING,
    "numbers of requests and codes are texts in JSON",
    'Send "638344", not 638344: 001 is no JSON, and ids need not be numbers.',
)
def JSON_IDS(endpoint: Endpoint) -> Iterator[str]:
    for where, _, each in _mistyped(endpoint):
        if each.field.rpartition(".")[2] in CODES:
            yield f"{where}: {each.where}: {each.text}"


@rule(
    "formats.json_types",
    "should",
    JSON_MAPPING,
    "true, false and numbers are not texts in JSON",
    'Send true and 41.6, not "true" and "41.6".',
)
def JSON_TYPES(endpoint: Endpoint) -> Iterator[str]:
    for where, _, each in _mistyped(endpoint):
        if each.field.rpartition(".")[2] not in CODES:
            yield f"{where}: {each.where}: {each.text}"


def _raw(endpoint: Endpoint) -> list[tuple[str, str, Any]]:
    if not endpoint.has_json:
        raise Nothing("the server has no JSON")
    return list(endpoint.raw(*endpoint.sources))


def _written(endpoint: Endpoint) -> Iterator[tuple[str, str, Mistake]]:
    for where, name, document in _raw(endpoint):
        for each in mistakes(name, document):
            yield where, name, each


def _mistyped(endpoint: Endpoint) -> Iterator[tuple[str, str, Mistake]]:
    """Yield the mistakes that are gone once every value has its type."""
    for where, name, document in _raw(endpoint):
        left = {each.where for each in mistakes(name, typed(schema(name), document))}
        for each in mistakes(name, document):
            if each.where not in left and "array" not in each.wants:
                yield where, name, each
