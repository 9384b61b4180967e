"""POST requests: only where the user gave a key and said --post. Every report says that it is a test."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from bot.open311.check.asking import Answer
from bot.open311.check.endpoint import Endpoint, Nothing, Report, Source
from bot.open311.check.reading import Unreadable, read
from bot.open311.check.reports import MARK, answers, asking, field, report
from bot.open311.check.rule import Rule, rule
from bot.open311.check.rules.common import JSON_MAPPING, fields
from bot.open311.check.rules.errors import MIMES
from bot.open311.check.rules.formats import wrapped
from bot.open311.check.rules.services import LIST
from bot.open311.schemas import mistakes

SECTION = "GeoReport v2, POST Service Request"
TOKENS = "GeoReport v2, GET service_request_id from a token"
REPLIES = {"realtime": ["service_request_id"], "batch": ["token"], "blackbox": []}
"""What a reply has, by the type of the service."""
PATIENCE = (0.0, 1.0, 3.0)
"""Seconds between the questions whether a token has become a request."""
LONGEST = 4000
"""Characters of a description."""
TAKEN = (200, 201)
CLOSE = 0.01
"""Degrees by which a server may move a point to its map."""


def _refusal(id: str, status: int, says: str, change: Report) -> Rule:
    """Return the rule that a report is refused once `change` was made to it; "" takes a field away."""

    def look(endpoint: Endpoint) -> Iterator[str]:
        good = report(endpoint)
        for form in endpoint.forms:
            given = {name: value for name, value in (good | change).items() if value}
            answer = endpoint.posted(form, given)
            if answer.status != status:
                yield f"{answer.asked}: answers {answer.status}"
                continue
            yield from _no_errors(answer, form)

    do = f"Answer {status}, with errors in the body; file nothing."
    return Rule(id, "must", SECTION, f"{says} is refused: {status}", do, look)


def _no_errors(answer: Answer, form: str) -> Iterator[str]:
    """Yield what is wrong with a body that should have errors."""
    try:
        for mistake in mistakes("errors", read(answer, form, "errors")):
            yield f"{answer.asked}: {mistake.where or 'the body'}: {mistake.text}"
    except Unreadable as error:
        yield str(error)


REFUSALS = [
    _refusal("post.no_key", 403, "a report without api_key", {"api_key": ""}),
    _refusal("post.bad_key", 403, "a report with an unknown api_key", {"api_key": "not-a-key-of-this-server"}),
    _refusal("post.no_service", 400, "a report without service_code", {"service_code": ""}),
    _refusal("post.bad_service", 404, "an unknown service_code", {"service_code": "no-such-service"}),
    _refusal("post.no_place", 400, "a report without a place", {"lat": "", "long": ""}),
    _refusal("post.half_place", 400, "lat without long", {"long": ""}),
]


@rule(
    "post.required",
    "must",
    SECTION,
    "a report that lacks a required attribute is refused: 400",
    "Answer 400, and name what is missing.",
)
def REQUIRED(endpoint: Endpoint) -> Iterator[str]:
    plain, _ = asking(endpoint, lambda each: bool(each.get("required")))
    answer = endpoint.posted("xml", plain)
    if answer.status != 400:
        yield f"{answer.asked} of {plain['service_code']} with no attributes: answers {answer.status}"


@rule(
    "post.attributes",
    "must",
    SECTION,
    "answers are taken as attribute[CODE], several as attribute[CODE][]",
    "Read the answers from the form's fields by these names.",
)
def ATTRIBUTES(endpoint: Endpoint) -> Iterator[str]:
    plain, questions = asking(endpoint, lambda each: bool(each.get("required")))
    yield from _not_taken(endpoint, plain | answers(questions))


@rule(
    "post.bad_choice",
    "must",
    SECTION,
    "an answer that is not in the list is refused: 400",
    "Answer 400, and name the choices.",
)
def BAD_CHOICE(endpoint: Endpoint) -> Iterator[str]:
    plain, questions = asking(endpoint, lambda each: bool(each.get("values")))
    listed = field(next(each for each in questions if each.get("values")))
    answer = endpoint.posted("xml", plain | answers(questions) | {listed: "no-such-choice"})
    if answer.status != 400:
        yield f"{answer.asked} of {plain['service_code']} with {listed}: answers {answer.status}"


@rule(
    "post.address",
    "must",
    SECTION,
    "a place may be given as address_string alone",
    "Take it without lat and long.",
)
def ADDRESS(endpoint: Endpoint) -> Iterator[str]:
    good = report(endpoint)
    known = [each["address"] for each in endpoint.listed(endpoint.requests) if each.get("address")]
    if not known:
        raise Nothing("no request listed has an address")
    where = {name: value for name, value in good.items() if name not in ("lat", "long")}
    yield from _not_taken(endpoint, where | {"address_string": str(known[0])})


@rule(
    "post.description",
    "must",
    SECTION,
    "a description may have 4,000 characters, and line breaks",
    "Take as many.",
)
def DESCRIPTION(endpoint: Endpoint) -> Iterator[str]:
    yield from _not_taken(endpoint, report(endpoint) | {"description": f"{MARK}\n".ljust(LONGEST, ".")})


def _not_taken(endpoint: Endpoint, given: Report) -> Iterator[str]:
    answer = endpoint.posted("xml", given)
    if answer.status not in TAKEN:
        yield f"{answer.asked} of {given['service_code']}: answers {answer.status}: {answer.text[:80]!r}"


def filed(endpoint: Endpoint, form: str = "xml") -> tuple[str, Any]:
    """Return the answer to the good report; raises `Nothing` where it was not taken."""
    answer = endpoint.posted(form, report(endpoint))
    if answer.status not in TAKEN:
        raise Nothing("the test report was not taken")
    try:
        return answer.asked, read(answer, form, "filed")
    except Unreadable as error:
        raise Nothing(str(error)) from None


@rule(
    "post.taken",
    "must",
    SECTION,
    "a good report is taken: 200, with a list of one request",
    "Answer 200 with service_requests; the errors say why it was refused.",
)
def GOOD(endpoint: Endpoint) -> Iterator[str]:
    for answer, form in _replies(endpoint):
        if answer.status not in TAKEN:
            yield f"{answer.asked}: answers {answer.status}: {answer.text[:80]!r}"
            continue
        try:
            for mistake in mistakes("filed", read(answer, form, "filed")):
                yield f"{answer.asked}: {mistake.where or 'the reply'}: {mistake.text}"
        except Unreadable as error:
            yield str(error)


def _replies(endpoint: Endpoint) -> Iterator[tuple[Answer, str]]:
    """Yield the answers to the good report, with their format."""
    for form in endpoint.forms:
        yield endpoint.posted(form, report(endpoint)), form


@rule(
    "post.type",
    "must",
    SECTION,
    "the reply's content type is that of the format asked for",
    "Send text/xml, or application/json.",
)
def TYPE(endpoint: Endpoint) -> Iterator[str]:
    for answer, form in _replies(endpoint):
        if answer.mime != MIMES[form]:
            yield f"{answer.asked}: Content-Type is {answer.content_type or 'not sent'}"


@rule(
    "post.unwrapped",
    "must",
    JSON_MAPPING,
    "the reply in JSON is an array of one",
    "Send [{...}], with nothing around it.",
)
def UNWRAPPED(endpoint: Endpoint) -> Iterator[str]:
    for answer, form in _replies(endpoint):
        if form == "json":
            yield from wrapped(answer, "filed")


def _reply(endpoint: Endpoint) -> dict[str, Any]:
    """Return what is said of the one report; raises `Nothing`."""
    _, found = filed(endpoint)
    if not (isinstance(found, list) and found and isinstance(found[0], dict)):
        raise Nothing("the reply can't be read")
    return found[0]


@rule(
    "post.id_or_token",
    "must",
    SECTION,
    "the reply has no token beside a service_request_id",
    "Send a token only while there is no number.",
)
def ID_OR_TOKEN(endpoint: Endpoint) -> Iterator[str]:
    reply = _reply(endpoint)
    if reply.get("service_request_id") and reply.get("token"):
        yield "the reply has both"


@rule(
    "post.as_typed",
    "must",
    LIST,
    "the reply of a realtime service has a service_request_id, of batch a token, of blackbox neither",
    "Send what the service's type promises, or list it as another type.",
)
def AS_TYPED(endpoint: Endpoint) -> Iterator[str]:
    reply, code = _reply(endpoint), report(endpoint)["service_code"]
    listed = {each.get("service_code"): each.get("type") for each in endpoint.listed(endpoint.services)}
    promised = REPLIES.get(str(listed.get(code)))
    found = [name for name in ("service_request_id", "token") if reply.get(name)]
    if promised is not None and found != promised:
        yield f"{code} is {listed.get(code)}, and the reply has {' and '.join(found) or 'neither'}"


def _token(endpoint: Endpoint) -> Source:
    token = _reply(endpoint).get("token")
    if not token:
        raise Nothing("the server replies with a number at once")
    return Source("tokens", f"/tokens/{token}")


def number_of(endpoint: Endpoint) -> str:
    """Return the number of the report that was filed, waiting a little for a token; raises `Nothing`."""
    if number := _reply(endpoint).get("service_request_id"):
        return str(number)
    source = _token(endpoint)
    for pause in PATIENCE:
        time.sleep(pause)
        answer = endpoint.get_again(source.path)
        try:
            [found] = read(answer, "xml", "tokens")
            if number := found.get("service_request_id"):
                return str(number)
        except (Unreadable, ValueError, AttributeError, TypeError):
            continue
    raise Nothing("the token has not become a request yet")


@rule(
    "post.read_back",
    "should",
    SECTION,
    "a report that was filed can be read, as it was sent",
    "Publish it, with its service and its place.",
)
def READ_BACK(endpoint: Endpoint) -> Iterator[str]:
    sent, number = report(endpoint), number_of(endpoint)
    answer = endpoint.get(f"/requests/{number}")
    if answer.status != 200:
        yield f"{answer.asked}: answers {answer.status}"
        return
    try:
        [found] = read(answer, "xml", "service_requests")
    except (Unreadable, ValueError, TypeError) as error:
        yield f"{answer.asked}: {error}"
        return
    if found.get("service_code") != sent["service_code"]:
        yield f"{answer.asked}: service_code is {found.get('service_code')}"
    for name in ("lat", "long"):
        if not isinstance(found.get(name), float) or abs(found[name] - float(str(sent[name]))) > CLOSE:
            yield f"{answer.asked}: {name} is {found.get(name)}, sent was {sent[name]}"


@rule("token.served", "must", TOKENS, "a token can be looked up", "Serve tokens/TOKEN.xml.")
def TOKEN_SERVED(endpoint: Endpoint) -> Iterator[str]:
    source = _token(endpoint)
    for form in endpoint.forms:
        answer = endpoint.answer(source, form)
        if answer.status != 200:
            yield f"{answer.asked.rpartition('/')[0]}/TOKEN.{form}: answers {answer.status}"


TOKEN_FIELDS = fields(
    "token",
    "tokens",
    TOKENS,
    lambda endpoint: [_token(endpoint)],
    {
        "service_request_id": ("must", "is the request's number, and there even while empty"),
        "token": ("must", "is the token asked for"),
    },
)
