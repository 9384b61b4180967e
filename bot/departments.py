"""The departments of config.yml: their shape, how each hears of cases, and what makes that unusable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from bot.service_mistakes import Mistake
from dialogues.types import Service

Way = Literal["email", "webhook", "telegram", "open311"]
"""How a department may hear of cases. Each has an outbox destination of its own for each department."""

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
"""What config.yml takes from the environment."""


def _url(text: str) -> str:
    try:
        url = urlsplit(text)
        usable = url.scheme in ("http", "https") and url.hostname and not (url.username or url.password)
        _ = url.port  # raises ValueError on a port that is none
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("is no address: write it as https://work-orders.riverton.example/hooks/townline")
    return text


def _chat(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^@\s]+@[^@\s]+$")]
Group = Annotated[str, BeforeValidator(_chat), StringConstraints(strip_whitespace=True, pattern=r"^-\d{1,20}$")]
"""The id of a Telegram group: negative, in its own words."""
Share = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\d{1,2}%$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Webhook(_Strict):
    """A city system that is told by signed POST requests; `secret` names a variable of the environment."""

    url: Annotated[Text, AfterValidator(_url)]
    secret: Text


class Answer(_Strict):
    """How an answer of ours is given there: the code of their attribute, their keys for our values."""

    code: Text
    values: dict[str, Text] = {}


class Open311(_Strict):
    """A city system that is told in Open311. `api_key` names a variable; `service_codes` are ours: theirs.

    `constants` are answers that they want and nobody is asked. `updates`: it has mySociety's extension.
    """

    url: Annotated[Text, AfterValidator(_url)]
    api_key: Text
    service_codes: Annotated[dict[Text, Text], Field(min_length=1)]
    jurisdiction_id: str = ""
    attributes: dict[Text, Answer] = {}
    constants: dict[Text, Text] = {}
    updates: bool = False
    always_send_email: Address | None = None
    format: Literal["xml", "json"] = "xml"


class Department(_Strict):
    """Who does the work. At least one way to hear of it is needed."""

    name: Text
    email: Address | None = None
    webhook: Webhook | None = None
    telegram: Group | None = None  # the chat id of a staff group
    open311: Open311 | None = None

    @model_validator(mode="after")
    def _hears(self) -> Department:
        if not self.ways:
            raise ValueError(f"say how it hears of cases: {', '.join(get_args(Way))} (docs/departments.md)")
        return self

    @property
    def ways(self) -> tuple[Way, ...]:
        """How it hears of cases: by all of these."""
        return tuple(way for way in get_args(Way) if getattr(self, way) is not None)

    def recipient(self, way: str, code: str) -> str:
        """Return how a backend reaches it: a mail address, a chat id, or its code in config.yml."""
        return {"email": self.email, "telegram": self.telegram}.get(way) or code

    def ways_for(self, event: str) -> tuple[Way, ...]:
        """How it hears of an event: changes of status, mostly its own, are for machines only."""
        return tuple(way for way in self.ways if self._hears_of(event, way))

    def _hears_of(self, event: str, way: Way) -> bool:
        if way == "open311":
            wide = self.open311 is not None and self.open311.updates
            return event == "filed" or (wide and event in ("added", "reopened", "closed"))
        return event != "status" or way == "webhook"


class Alerts(_Strict):
    """When a department is told that a deadline nears: with so much of the case's time left. 0%: it is not."""

    before: Share = "25%"

    @property
    def share(self) -> float:
        """The share of its time that is left, from 0 to 1."""
        return int(self.before.removesuffix("%")) / 100


def department_mistakes(departments: Mapping[str, Department]) -> Iterable[Mistake]:
    """Yield where and why a way to hear can't be used."""
    for code, department in departments.items():
        for way, key, written in _secrets(department):
            if not VARIABLE.fullmatch(written):
                reason = f"it is a secret: keep it in the environment and write {key}: ${{NAME}} here"
                yield ("departments", code, way, key), reason


def code_mistakes(departments: Mapping[str, Department], services: Mapping[str, Service]) -> Iterable[Mistake]:
    """Yield where an Open311 server's codes and our services don't fit."""
    asked = {question.code for service in services.values() for question in service.attributes}
    for code, department in departments.items():
        if department.open311 is None:
            continue
        here, codes = ("departments", code, "open311"), department.open311.service_codes
        for ours in codes.keys() - services.keys():
            yield (*here, "service_codes", ours), f"there is no issue type {ours!r} in data/services"
        for ours in department.open311.attributes.keys() - asked:
            yield (*here, "attributes", ours), f"no issue type in data/services asks {ours!r}"
        theirs = {service.service_code for service in services.values() if service.department == code}
        for ours in theirs - codes.keys():
            yield (*here, "service_codes"), f"{ours} is this department's: write {ours}: THEIR_CODE"


def _secrets(department: Department) -> Iterator[tuple[Way, str, str]]:
    """Yield the way, the key and what is written of every secret."""
    if department.webhook:
        yield "webhook", "secret", department.webhook.secret
    if department.open311:
        yield "open311", "api_key", department.open311.api_key


def secret_variables(departments: Mapping[str, Department]) -> Iterator[str]:
    """Yield the names of the environment's variables that hold departments' secrets."""
    for department in departments.values():
        for _, _, written in _secrets(department):
            yield from VARIABLE.findall(written)
