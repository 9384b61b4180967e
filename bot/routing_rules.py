"""The `routing` and `holidays` of config.yml: their shape, and what makes them unusable."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, InstanceOf, StringConstraints

from bot.service_mistakes import DUE, Mistake, unsayable
from dialogues.types import Service

Priority = Literal["low", "normal", "high", "urgent"]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAY = rf"(?:{'|'.join(DAYS)})"
_SPAN = rf"{_DAY}(?:-{_DAY})?"
_HOURS = re.compile(rf"({_SPAN}(?:, ?{_SPAN})*)(?: ([0-2]\d:[0-5]\d)-([0-2]\d:[0-5]\d))?")
MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class Hours:
    """Some hours of a week, in minutes of the day. Those that end before they begin end on the next day."""

    written: str
    days: frozenset[int]  # 0 is Monday
    begin: int
    end: int

    @classmethod
    def parse(cls, written: str) -> Hours:
        """Return what "Mon-Fri 17:00-08:00" means; raises `ValueError`."""
        match = _HOURS.fullmatch(written.strip()) if isinstance(written, str) else None
        if match is None:
            raise ValueError("write hours as in 'Mon-Fri 17:00-08:00' or 'Sat, Sun'")
        begin, end = (_minutes(match[2]), _minutes(match[3])) if match[2] else (0, MIDNIGHT)
        if begin == end or max(begin, end) > MIDNIGHT:
            raise ValueError(f"{match[2]}-{match[3]} is no span of time")
        days = frozenset(day for span in match[1].split(",") for day in _days(span.strip()))
        return cls(written.strip(), days, begin, end)

    def hold(self, moment: datetime) -> bool:
        """Tell whether `moment`, in the city's zone, is within."""
        today, minute = moment.weekday(), moment.hour * 60 + moment.minute
        if self.begin < self.end:
            return today in self.days and self.begin <= minute < self.end
        yesterday = (today - 1) % 7
        return (today in self.days and minute >= self.begin) or (yesterday in self.days and minute < self.end)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _days(span: str) -> Iterable[int]:
    first, _, last = span.partition("-")
    begin = DAYS.index(first)
    count = (DAYS.index(last or first) - begin) % 7 + 1
    return ((begin + day) % 7 for day in range(count))


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _hours(value: Any) -> Any:
    return [Hours.parse(each) for each in _listed(value)]


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
OneOrMore = Annotated[list[Text], BeforeValidator(_listed)]
"""One of several, written as a list; one alone may stand without brackets."""


SomeHours = Annotated[list[InstanceOf[Hours]], BeforeValidator(_hours)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Strict):
    """One rule: what a report must be for it to apply (all of it), and then what it gives."""

    name: str = ""
    service: OneOrMore = []
    group: OneOrMore = []
    attributes: dict[Text, OneOrMore] = {}
    area: OneOrMore = []
    hours: SomeHours = []
    keywords: OneOrMore = []
    department: str = ""
    priority: Priority | None = None
    due: str = ""
    unserved: bool = False
    say: str = ""

    @property
    def is_catch_all(self) -> bool:
        """Tell whether it applies to every report."""
        asked = (self.service, self.group, self.attributes, self.area, self.hours, self.keywords)
        return not any(asked)


class Holidays(_Strict):
    """Whose holidays are no working days, and the city's own."""

    country: Text
    subdivision: Text | None = None
    days: dict[date, Text] = {}


def holiday_mistakes(written: Holidays | None) -> Iterable[Mistake]:
    """Yield where and why the holidays can't be used."""
    if written is None:
        return
    import holidays

    known = holidays.list_supported_countries()
    if written.country not in known:
        yield ("country",), f"the library holidays has no country {written.country!r}; write it as in US"
    elif written.subdivision is not None and written.subdivision not in known[written.country]:
        names = ", ".join(known[written.country]) or "none"
        yield ("subdivision",), f"{written.country} has no subdivision {written.subdivision!r}; it has: {names}"


def rule_mistakes(
    rules: Sequence[Rule],
    services: Mapping[str, Service],
    departments: Collection[str],
    city: Mapping[str, str],
) -> Iterable[Mistake]:
    """Yield where and why the rules can't be used. `city` is what a sentence may say of the city."""
    catch_all = None
    for number, rule in enumerate(rules):
        if catch_all is not None:
            yield (number,), f"is never reached: rule {catch_all + 1} applies to every report"
        if rule.is_catch_all:
            catch_all = number if catch_all is None else catch_all
        reasons = (*_conditions(rule, services), *_gifts(rule, departments), *_pilot(rule, city))
        for where, reason in reasons:
            yield (number, *where), reason


def _conditions(rule: Rule, services: Mapping[str, Service]) -> Iterable[Mistake]:
    if rule.service and rule.group:
        yield ("group",), "give a rule services or groups, not both"
    for code in rule.service:
        if code not in services:
            yield ("service",), f"there is no service {code!r} in data/services"
    groups = {service.group for service in services.values()}
    for group in rule.group:
        if group not in groups:
            yield ("group",), f"no service is of the group {group!r}; there are: {', '.join(sorted(groups))}"
    meant = [each for each in services.values() if is_of(each, rule)]
    for code, keys in rule.attributes.items() if meant else ():
        for reason in _answers(code, keys, meant):
            yield ("attributes", code), reason


def is_of(service: Service, rule: Rule) -> bool:
    """Tell whether the rule is about this service."""
    if rule.service:
        return service.service_code in rule.service
    return not rule.group or service.group in rule.group


def _answers(code: str, keys: Sequence[str], services: Sequence[Service]) -> Iterable[str]:
    questions = [question for each in services if (question := each.answer(code))]
    if not questions:
        yield f"none of these asks an attribute {code!r}: {', '.join(each.service_code for each in services)}"
        return
    if any(not question.values for question in questions):
        return  # answered in the resident's words
    known = {value.key for question in questions for value in question.values}
    for key in keys:
        if key not in known:
            yield f"{code} has no value {key!r}; it has: {', '.join(sorted(known))}"


def _gifts(rule: Rule, departments: Collection[str]) -> Iterable[Mistake]:
    if rule.department and rule.department not in departments:
        yield ("department",), f"there is no department {rule.department!r} in config.yml"
    if rule.due and not DUE.match(rule.due):
        yield ("due",), "write due as in '5 working days', '3 days' or '4 hours'"
    gives = [key for key in ("department", "priority", "due") if getattr(rule, key)]
    if not gives and not rule.unserved:
        yield (), "gives nothing: add department, priority, due or unserved"
    if gives and rule.unserved:
        yield (gives[0],), "where nothing is filed there is no department, priority or due"


def _pilot(rule: Rule, city: Mapping[str, str]) -> Iterable[Mistake]:
    if rule.unserved and not rule.say:
        yield ("unserved",), "add say: where the resident can turn instead"
    if rule.say and not rule.unserved:
        yield ("say",), "is said only where unserved is true"
    for reason in unsayable("say", rule.say, city):
        yield ("say",), reason
