"""What an Open311 server is told of a case: its parameters, in GeoReport v2's and mySociety's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.backends import Notice

LONGEST_DESCRIPTION = 4000  # characters, by GeoReport v2


@dataclass(frozen=True, kw_only=True)
class Question:
    """How an answer is given there: their attribute's code, and their keys for our values."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    several: bool = False  # a multivaluelist here: ours are joined by commas


@dataclass(frozen=True, kw_only=True)
class Server:
    """A department's Open311 server. `service_codes` and `questions` have our codes, `constants` theirs."""

    url: str
    api_key: str = field(repr=False)
    service_codes: Mapping[str, str]
    jurisdiction_id: str = ""
    questions: Mapping[str, Question] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    updates: bool = False  # it has mySociety's extension
    email: str = ""  # for servers that demand one
    form: str = "xml"
    with_photos: bool = False

    def address(self, resource: str) -> str:
        return f"{self.url.rstrip('/')}/{resource}.{self.form}"


def case_fields(server: Server, notice: Notice) -> Iterator[tuple[str, str]]:
    """Yield the fields of a case, our own number among them so that it can be found again."""
    yield "api_key", server.api_key
    yield "jurisdiction_id", server.jurisdiction_id
    yield "service_code", server.service_codes[notice.service_code]
    if notice.lat is not None and notice.long is not None:
        yield "lat", f"{notice.lat:.6f}"
        yield "long", f"{notice.long:.6f}"
    yield "address_string", notice.address_string
    yield "account_id", notice.service_request_id
    yield "email", server.email
    yield "description", _described(server, notice)
    yield "media_url", _picture(server, notice)
    for code, said in notice.attributes.items():
        if question := server.questions.get(code):
            yield from _answered(question, said)
    for code, value in server.constants.items():
        yield f"attribute[{code}]", value


def _answered(question: Question, said: str) -> Iterator[tuple[str, str]]:
    if question.several:
        for value in said.split(","):
            yield f"attribute[{question.code}][]", question.values.get(value, value)
    else:
        yield f"attribute[{question.code}]", question.values.get(said, said)


def _described(server: Server, notice: Notice) -> str:
    """Return what the resident wrote, answers that have no place of their own, and our number last."""
    codes = (
        [*notice.attributes] if len(notice.attributes) == len(notice.answers) else [""] * len(notice.answers)
    )
    answers = [
        f"{question} {answer}"
        for code, (question, answer) in zip(codes, notice.answers, strict=True)
        if code not in server.questions
    ]
    unsure = [] if notice.location_confirmed and notice.lat is not None else ["Location to be confirmed."]
    urgent = ["URGENT"] if notice.priority == "urgent" else []
    tail = f"\nReference: {notice.service_request_id}"
    text = "\n".join([*urgent, notice.description or notice.service_name, *answers, *unsure])
    return text[: LONGEST_DESCRIPTION - len(tail)] + tail


def _picture(server: Server, notice: Notice) -> str:
    pictures = [*notice.photo_urls, notice.media_url]
    return pictures[0] if server.with_photos else ""


def update_fields(server: Server, notice: Notice) -> list[tuple[str, str]]:
    """Return the fields of an update. One that changes nothing says OPEN, FixMyStreet's word for a comment."""
    status = {"reopened": "REOPEN", "closed": "NO_FURTHER_ACTION"}.get(notice.event, "OPEN")
    return [
        ("api_key", server.api_key),
        ("jurisdiction_id", server.jurisdiction_id),
        ("service_request_id", notice.elsewhere.external_id),
        ("update_id", f"{notice.service_request_id}-{notice.outbox_id}"),
        ("status", status),
        ("updated_datetime", iso(notice.created_at or notice.requested_datetime)),
        ("description", notice.note or "The resident says that it is not done."),
        ("media_url", _picture(server, notice)),
    ]


def iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
