"""Errors: the status, and a body that a user can be shown."""

from __future__ import annotations

from collections.abc import Iterator

from bot.open311.check.asking import Answer
from bot.open311.check.endpoint import Endpoint, Nothing
from bot.open311.check.reading import Unreadable, element, parsed, read
from bot.open311.check.rule import Rule, rule
from bot.open311.schemas import mistakes, schema

SECTION = "GeoReport v2, Errors"
MIMES = {"xml": "text/xml", "json": "application/json"}

WRONG = {
    "request": ("/requests/99999999", "a request"),
    "definition": ("/services/no-such-service", "a service"),
    "token": ("/tokens/no-such-token", "a token"),
    "resource": ("/no-such-resource", "a resource"),
}
"""What no server has."""


def _unknown(name: str) -> Rule:
    path, what = WRONG[name]

    def look(endpoint: Endpoint) -> Iterator[str]:
        for form in endpoint.forms:
            answer = endpoint.get(path, form)
            if answer.status != 404:
                yield f"{answer.asked}: answers {answer.status}"

    says = f"{what} that is not there is answered 404"
    return Rule(f"errors.no_{name}", "must", SECTION, says, "Answer 404, with errors in the body.", look)


UNKNOWN = [_unknown(name) for name in WRONG]


def refusals(endpoint: Endpoint) -> Iterator[tuple[str, Answer]]:
    """Yield the errors that we have provoked, with their format; raises `Nothing`."""
    seen = False
    for path, _ in WRONG.values():
        for form in endpoint.forms:
            answer = endpoint.get(path, form)
            if 400 <= answer.status < 500:
                seen = True
                yield form, answer
    if not seen:
        raise Nothing("nothing was refused")


@rule(
    "errors.body",
    "must",
    SECTION,
    "the body is a list of errors, in the format asked for",
    "Send errors, each with code and description; an array in JSON.",
)
def BODY(endpoint: Endpoint) -> Iterator[str]:
    for form, answer in refusals(endpoint):
        try:
            root = schema("errors")["xml"]["name"]
            plain = parsed(answer) if form == "json" else None if element(answer).tag == root else answer
        except Unreadable as error:
            yield str(error)
            continue
        if (form == "xml" and plain is not None) or (form == "json" and not isinstance(plain, list)):
            yield f"{answer.asked}: is no list of errors: {answer.text[:40]!r}"


@rule("errors.code", "must", SECTION, "each error has a code", "Send the HTTP status, or a finer code.")
def CODE(endpoint: Endpoint) -> Iterator[str]:
    yield from _lacking(endpoint, "code")


@rule(
    "errors.description",
    "must",
    SECTION,
    "each error has a description, for the user",
    "Say in plain words what to do.",
)
def DESCRIPTION(endpoint: Endpoint) -> Iterator[str]:
    yield from _lacking(endpoint, "description")


def _lacking(endpoint: Endpoint, field: str) -> Iterator[str]:
    for form, answer in refusals(endpoint):
        try:
            found = read(answer, form, "errors")
        except Unreadable:
            continue
        for mistake in mistakes("errors", found):
            if mistake.field == field:
                yield f"{answer.asked}: {mistake.where}: {mistake.text}"


@rule(
    "errors.type",
    "must",
    SECTION,
    "an error's content type is that of the format asked for",
    "Send text/xml, or application/json.",
)
def TYPE(endpoint: Endpoint) -> Iterator[str]:
    for form, answer in refusals(endpoint):
        if answer.mime != MIMES[form]:
            yield f"{answer.asked}: Content-Type is {answer.content_type or 'not sent'}"
