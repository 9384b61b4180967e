"""Rules that come by the dozen: a document is there, each of its fields, both formats say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bot.open311.check.asking import Unreachable
from bot.open311.check.endpoint import Endpoint, Nothing, Source, differences
from bot.open311.check.reading import Unreadable
from bot.open311.check.rule import Rule, Severity
from bot.open311.schemas import schema

Sources = Callable[[Endpoint], Iterable[Source]]

JSON_MAPPING = "JSON and XML Conversion"


def served(group: str, severity: Severity, section: str, sources: Sources, do: str) -> Rule:
    """Return the rule that a document can be had."""

    def look(endpoint: Endpoint) -> Iterator[str]:
        for source in sources(endpoint):
            for form in endpoint.forms:
                answer = endpoint.answer(source, form)
                if answer.status != 200:
                    yield f"{answer.asked}: answers {answer.status}"

    return Rule(f"{group}.served", severity, section, "it can be had, in each format the server has", do, look)


def same(group: str, sources: Sources) -> Rule:
    """Return the rule that XML and JSON say the same."""

    def look(endpoint: Endpoint) -> Iterator[str]:
        if not endpoint.has_json:
            raise Nothing("the server has no JSON")
        for source in sources(endpoint):
            try:
                (where, left), (_, right) = (endpoint.document(source, form) for form in ("xml", "json"))
            except (Unreadable, Unreachable):
                continue
            for difference in differences(*steady(left, right)):
                yield f"{where}: {difference}"

    says, do = "XML and JSON say the same", "Write both from one document."
    return Rule(f"{group}.same", "must", JSON_MAPPING, says, do, look)


def steady(left: Any, right: Any) -> tuple[Any, Any]:
    """Return two lists of requests without what may have come or changed between two questions."""
    name = "service_request_id"
    if not all(isinstance(side, list) and all(isinstance(one, dict) for one in side) for side in (left, right)):
        return left, right
    if not any(name in each for each in [*left, *right]):
        return left, right
    mine, theirs = ({each.get(name): each for each in side} for side in (left, right))
    kept = [
        number
        for number in mine
        if number in theirs and mine[number].get("updated_datetime") == theirs[number].get("updated_datetime")
    ]
    if not kept:
        return left, right
    return [mine[number] for number in kept], [theirs[number] for number in kept]


def fields(
    group: str, name: str, section: str, sources: Sources, said: Mapping[str, tuple[Severity, str]]
) -> list[Rule]:
    """Return a rule for each field of a document, as its schema has it, and one for what else is wrong.

    `said` names the fields as `Mistake.field` does: how grave, and what the specification says.
    """
    rules = [_field(group, name, section, sources, each, *said[each]) for each in said]
    return [*rules, _shape(group, name, section, sources, said)]


def _field(
    group: str, name: str, section: str, sources: Sources, field: str, severity: Severity, says: str
) -> Rule:
    def look(endpoint: Endpoint) -> Iterator[str]:
        for where, document in _some(endpoint, sources):
            for mistake in endpoint.mistakes(name, (where, document)):
                if mistake.field == field:
                    yield f"{where}: {mistake.where}: {mistake.text}"

    return Rule(f"{group}.{field}", severity, section, f"{field} {says}", f"Send {field} as said.", look)


def _shape(group: str, name: str, section: str, sources: Sources, known: Iterable[str]) -> Rule:
    def look(endpoint: Endpoint) -> Iterator[str]:
        for where, document in _some(endpoint, sources):
            for mistake in endpoint.mistakes(name, (where, document)):
                if mistake.field not in known:
                    yield f"{where}: {mistake.where or 'the document'}: {mistake.text}"

    do = f"See the schema {name}.json in bot/open311/schemas."
    return Rule(f"{group}.shape", "must", section, f"{schema(name)['xml']['name']} is built as said", do, look)


def complete(group: str, name: str, section: str, sources: Sources) -> Rule:
    """Return the rule that fields are there even when empty."""
    wanted = set(schema(name)["items"]["properties"])

    def look(endpoint: Endpoint) -> Iterator[str]:
        for where, document in _some(endpoint, sources):
            missing = sorted(wanted - set().union(*(each for each in document if isinstance(each, dict))))
            if missing:
                yield f"{where}: no entry has {', '.join(missing)}"

    says, do = "a field that has no value is there, empty", "Send an empty element, and null in JSON."
    return Rule(f"{group}.complete", "should", section, says, do, look)


def _some(endpoint: Endpoint, sources: Sources) -> list[tuple[str, Any]]:
    """Return the documents that hold something; raises `Nothing`."""
    found = [each for each in endpoint.each(*sources(endpoint)) if each[1] != []]
    if not found:
        raise Nothing("the list is empty")
    return found
