"""Test reports to post: complete, of a service and at a place that the server has, marked as a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.open311.check.endpoint import Endpoint, Nothing, Report
from bot.open311.check.reading import Unreadable

MARK = "TEST by townline open311 check: nothing is wrong here, please close this."
SAMPLES = {"number": "1", "datetime": "2026-06-01T09:30:00Z"}

Question = Mapping[str, Any]


def report(endpoint: Endpoint) -> Report:
    """Return a report with all that its service requires; raises `Nothing` where none may be posted."""
    if not (endpoint.post and endpoint.key):
        raise Nothing("only with --key and --post")
    lat, long = endpoint.at or _somewhere(endpoint)
    given: Report = {"api_key": endpoint.key, "lat": lat, "long": long, "description": MARK}
    if endpoint.jurisdiction:
        given["jurisdiction_id"] = endpoint.jurisdiction
    services = endpoint.listed(endpoint.services)
    plain = [each for each in services if not each.get("metadata")]
    if plain:
        return given | {"service_code": str(plain[0].get("service_code"))}
    if services:
        code = str(services[0].get("service_code"))
        return given | {"service_code": code} | answers(_questions(endpoint, code))
    raise Nothing("there is no service to report")


def asking(endpoint: Endpoint, fits: Callable[[Question], bool]) -> tuple[Report, list[Question]]:
    """Return a report of a service that has a fitting question, with no answers yet, and its questions.

    Raises `Nothing` where no definition that was read has one.
    """
    good = {name: value for name, value in report(endpoint).items() if not name.startswith("attribute")}
    for source in endpoint.definitions:
        code = source.path.rpartition("/")[2]
        questions = _questions(endpoint, code)
        if any(fits(each) for each in questions):
            return good | {"service_code": code}, questions
    raise Nothing("no definition that was read has such a question")


def answers(questions: list[Question]) -> Report:
    """Return an answer to each required question."""
    return {field(each): _answer(each) for each in questions if each.get("required")}


def field(question: Question) -> str:
    """Return the form's field that answers a question."""
    several = "[]" if question.get("datatype") == "multivaluelist" else ""
    return f"attribute[{question.get('code')}]{several}"


def _answer(question: Question) -> str | tuple[str, ...]:
    """Return what can be answered; two choices, where several may be made."""
    usable = [str(value.get("key")) for value in question.get("values") or () if not value.get("disable")]
    if usable:
        return tuple(usable[:2]) if question.get("datatype") == "multivaluelist" else usable[0]
    return SAMPLES.get(str(question.get("datatype")), "test")


def _questions(endpoint: Endpoint, code: str) -> list[Question]:
    """Return what a service asks, without the texts that are only shown; raises `Nothing`."""
    try:
        _, found = endpoint.document(endpoint.definition(code))
    except Unreadable as error:
        raise Nothing(str(error)) from None
    return [each for each in found.get("attributes") or () if each.get("variable") is not False]


def _somewhere(endpoint: Endpoint) -> tuple[str, str]:
    """Return the point of a request that the server lists."""
    for each in endpoint.listed(endpoint.requests):
        if each.get("lat") is not None and each.get("long") is not None:
            return str(each["lat"]), str(each["long"])
    raise Nothing("no request listed has a point; say where with --at LAT,LONG")
