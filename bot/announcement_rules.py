"""The `storm` and `notices` of config.yml: their shape, and what makes them unusable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import BaseModel, ConfigDict, Field

from bot.routing_rules import OneOrMore, Priority, Text
from bot.service_mistakes import DUE, Mistake, unsayable
from dialogues.types import Service


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PerSecond(_Strict):
    """How many updates of notices a channel is given a second, so that answers find room between them.

    A long code takes 1 segment a second, a short code up to 100; Telegram about 30 messages.
    """

    sms: float = Field(1, gt=0, le=100)
    whatsapp: float = Field(10, gt=0, le=100)
    telegram: float = Field(20, gt=0, le=30)


class Notices(_Strict):
    per_second: PerSecond = PerSecond()


class Later(_Strict):
    """How urgent a report is that is kept for after the storm, and by when it is due."""

    priority: Priority = "low"
    due: str = "20 working days"


class Storm(_Strict):
    """While storm mode is on: the services that are taken at once, and what becomes of the others.

    A routing rule's own `due` and higher priority stay. `say` is what a report of another service is told
    before it is offered to be kept for `later`.
    """

    services: OneOrMore = []
    groups: OneOrMore = []
    priority: Priority = "high"
    due: str = ""
    say: Text
    later: Later = Later()

    def taken(self, services: Mapping[str, Service]) -> frozenset[str]:
        """Return the codes of the services that are taken at once."""
        return frozenset(
            code for code, each in services.items() if code in self.services or each.group in self.groups
        )


MOST_SAID = 90
"""Characters of a storm's `say`: what to do follows it, in the same text."""


def storm_mistakes(
    storm: Storm | None, services: Mapping[str, Service], city: Mapping[str, str]
) -> Iterable[Mistake]:
    """Yield where and why what holds in a storm can't be used. `city` is what a sentence may say of it."""
    if storm is None:
        return
    yield from _lists(storm, services)
    for where, due in ((("due",), storm.due), (("later", "due"), storm.later.due)):
        if due and not DUE.match(due):
            yield where, "write due as in '5 working days', '3 days' or '4 hours'"
    for reason in unsayable("say", storm.say, city):
        yield ("say",), reason
    if len(storm.say) > MOST_SAID:
        yield ("say",), f"say has {len(storm.say)} characters; {MOST_SAID} at most, for what to do follows it"


def _lists(storm: Storm, services: Mapping[str, Service]) -> Iterable[Mistake]:
    if not storm.services and not storm.groups:
        yield (), "takes nothing: add services or groups"
    for number, code in enumerate(storm.services):
        if code not in services:
            yield ("services", number), f"there is no service {code!r} in data/services"
    groups = {service.group for service in services.values()}
    for number, group in enumerate(storm.groups):
        if group not in groups:
            known = ", ".join(sorted(groups))
            yield ("groups", number), f"no service is of the group {group!r}; there are: {known}"
