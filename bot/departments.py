"""The departments of config.yml: their shape, how each hears of cases, and what makes that unusable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

from bot.service_mistakes import Mistake

Way = Literal["email", "webhook", "telegram"]
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


class Department(_Strict):
    """Who does the work. At least one way to hear of it is needed."""

    name: Text
    email: Address | None = None
    webhook: Webhook | None = None
    telegram: Group | None = None  # the chat id of a staff group

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
        return tuple(way for way in self.ways if event != "status" or way == "webhook")


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
        if department.webhook and not VARIABLE.fullmatch(department.webhook.secret):
            reason = "it is a secret: keep it in the environment and write secret: ${NAME} here"
            yield ("departments", code, "webhook", "secret"), reason


def secret_variables(departments: Mapping[str, Department]) -> Iterator[str]:
    """Yield the names of the environment's variables that hold webhooks' secrets."""
    for department in departments.values():
        yield from VARIABLE.findall(department.webhook.secret) if department.webhook else ()
