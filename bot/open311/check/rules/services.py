"""GET services, and a service's definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.open311.check.endpoint import Endpoint, Nothing
from bot.open311.check.rule import rule
from bot.open311.check.rules.common import complete, fields, same, served

LIST = "GeoReport v2, GET Service List"
DEFINITION = "GeoReport v2, GET Service Definition"

SERVED = served(
    "services",
    "must",
    LIST,
    lambda endpoint: [endpoint.services],
    "Serve services.xml. Is the URL the base, version and all? Several cities: name one by --jurisdiction.",
)

FIELDS = fields(
    "services",
    "services",
    LIST,
    lambda endpoint: [endpoint.services],
    {
        "service_code": ("must", "is the service's id"),
        "service_name": ("must", "is its name for people"),
        "description": ("must", "is a text, or empty"),
        "metadata": ("must", "says whether it has a definition: true or false"),
        "type": ("must", "is realtime, batch or blackbox"),
        "keywords": ("must", "is a comma list, or empty"),
        "group": ("must", "is a text, or empty"),
    },
)

COMPLETE = complete("services", "services", LIST, lambda endpoint: [endpoint.services])


@rule("services.some", "must", LIST, "there are services", "List what the city takes reports of.")
def SOME(endpoint: Endpoint) -> Iterator[str]:
    for where, found in endpoint.each(endpoint.services):
        if not found:
            yield f"{where}: the list is empty"


@rule("services.unique", "must", LIST, "a service_code names one service", "List each service once.")
def UNIQUE(endpoint: Endpoint) -> Iterator[str]:
    counted = Counter(each.get("service_code") for each in endpoint.listed(endpoint.services))
    for code, count in counted.items():
        if count > 1:
            yield f"{code} is listed {count} times"


SAME = same("services", lambda endpoint: [endpoint.services])

DEFINITION_SERVED = served(
    "definition",
    "must",
    DEFINITION,
    lambda endpoint: endpoint.definitions,
    "Serve services/CODE.xml where metadata is true, or say metadata false.",
)

DEFINITION_FIELDS = fields(
    "definition",
    "service_definition",
    DEFINITION,
    lambda endpoint: endpoint.definitions,
    {
        "service_code": ("must", "is that of the service"),
        "attributes": ("must", "lists the questions"),
        "attributes.variable": ("must", "is true for a question, false for a text to show"),
        "attributes.code": ("must", "is the question's id"),
        "attributes.datatype": (
            "must",
            "is string, number, datetime, text, singlevaluelist or multivaluelist",
        ),
        "attributes.required": ("must", "is true or false"),
        "attributes.datatype_description": ("must", "is a text, or empty"),
        "attributes.order": ("must", "is a whole number, 1 first"),
        "attributes.description": ("must", "is the question itself"),
        "attributes.values": ("must", "lists the choices, or is empty"),
        "attributes.values.key": ("must", "is the choice's id"),
        "attributes.values.name": ("must", "is the choice for people"),
    },
)


def _definitions(endpoint: Endpoint) -> Iterator[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """Yield where each definition was found, the definition, and its questions."""
    for where, found in endpoint.each(*endpoint.definitions):
        if isinstance(found, dict) and isinstance(questions := found.get("attributes"), list):
            yield where, found, [each for each in questions if isinstance(each, dict)]


@rule(
    "definition.asked_code",
    "must",
    DEFINITION,
    "a definition is that of the service asked for",
    "Answer with the service_code of the path.",
)
def ASKED_CODE(endpoint: Endpoint) -> Iterator[str]:
    for source in endpoint.definitions:
        for where, found in endpoint.each(source):
            code = found.get("service_code") if isinstance(found, dict) else None
            if source.path.rpartition("/")[2] != code:
                yield f"{where}: its service_code is {code}"


@rule("definition.codes", "must", DEFINITION, "a code names one question", "Give each question its own code.")
def CODES(endpoint: Endpoint) -> Iterator[str]:
    for where, _, questions in _definitions(endpoint):
        codes = [each.get("code") for each in questions]
        if len(set(codes)) < len(codes):
            yield f"{where}: codes are {codes}"


@rule(
    "definition.orders",
    "must",
    DEFINITION,
    "order is a number of its own for each question",
    "Number the questions 1, 2, 3.",
)
def ORDERS(endpoint: Endpoint) -> Iterator[str]:
    for where, _, questions in _definitions(endpoint):
        orders = [each.get("order") for each in questions]
        if len(set(orders)) < len(orders):
            yield f"{where}: orders are {orders}"


@rule("definition.first", "should", DEFINITION, "the first question has order 1", "Number from 1.")
def FIRST(endpoint: Endpoint) -> Iterator[str]:
    for where, _, questions in _definitions(endpoint):
        orders = [each.get("order") for each in questions]
        if orders and 1 not in orders:
            yield f"{where}: orders are {orders}"


@rule(
    "definition.choices",
    "must",
    DEFINITION,
    "a singlevaluelist or multivaluelist has values, with a key each of its own",
    "List the choices, or use another datatype.",
)
def CHOICES(endpoint: Endpoint) -> Iterator[str]:
    for where, _, questions in _definitions(endpoint):
        for each in questions:
            if not str(each.get("datatype")).endswith("valuelist"):
                continue
            values = each.get("values")
            keys = [value.get("key") for value in values or () if isinstance(value, dict)]
            if not keys or len(set(keys)) < len(keys):
                yield f"{where}: {each.get('code')} has the keys {keys}"


@rule(
    "definition.none",
    "should",
    DEFINITION,
    "a service with metadata false has no definition",
    "Answer 404, or say metadata true.",
)
def NONE(endpoint: Endpoint) -> Iterator[str]:
    plain = [each for each in endpoint.listed(endpoint.services) if each.get("metadata") is False]
    if not plain:
        raise Nothing("every service has a definition")
    answer = endpoint.answer(endpoint.definition(str(plain[0].get("service_code"))), "xml")
    if answer.status == 200:
        yield f"{answer.asked}: answers 200, though metadata is false"


DEFINITION_SAME = same("definition", lambda endpoint: endpoint.definitions)
