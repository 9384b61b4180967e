"""A server under judgement: its documents, each fetched once, when a rule first asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from bot.open311.check.asking import Answer, Asker, Unreachable
from bot.open311.check.reading import Unreadable, parsed, read, unwrapped
from bot.open311.schemas import Mistake, mistakes, short

DISCOVERY = re.compile(r"/discovery\.(xml|json)$")
MOST_DEFINITIONS = 5
"""Definitions that are looked at: enough to judge by, few enough to be polite."""

Report = dict[str, str | tuple[str, ...]]
"""The fields of a report, as `asking.Form`."""

Found = tuple[str, Any]
"""Where a document was found, for people, and the document."""


class Nothing(Exception):
    """There is nothing to judge a rule by; the message says why."""


@dataclass(frozen=True)
class Source:
    """A document the server should have: its name among the schemas, and its path without the format."""

    name: str
    path: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass
class Endpoint:
    """One server. `base` is what every path begins with, `at` the point to post a test report at."""

    base: str
    asker: Asker
    jurisdiction: str = ""
    key: str = ""
    post: bool = False
    at: tuple[str, str] | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    discovery_url: str = ""  # without its ending; "": look for it near the base
    _mistakes: dict[tuple[str, str], list[Mistake]] = field(default_factory=dict)
    _posted: dict[tuple[str, str], Answer] = field(default_factory=dict)

    def get(self, path: str, form: str = "xml", **parameters: str) -> Answer:
        """Ask for a resource, in the jurisdiction that the user named; raises `Unreachable`."""
        known = {"jurisdiction_id": self.jurisdiction} if self.jurisdiction else {}
        url = path if path.startswith("http") else self.base + path
        return self.asker.get(f"{url}.{form}", known | parameters)

    def get_again(self, path: str) -> Answer:
        """Ask anew for what may have changed, in XML; raises `Unreachable`."""
        self.asker.forget()
        return self.get(path)

    def document(self, source: Source, form: str = "xml", **parameters: str) -> Found:
        """Return a document; raises `Unreadable` where it is not there, or can't be read."""
        answer = self.answer(source, form, **parameters)
        if answer.status != 200:
            raise Unreadable(f"{answer.asked}: answers {answer.status}")
        return answer.asked, read(answer, form, source.name)

    def answer(self, source: Source, form: str, **parameters: str) -> Answer:
        """Return a document's answer, whatever it is; raises `Unreachable`."""
        return self.get(source.path, form, **(dict(source.parameters) | parameters))

    def each(self, *sources: Source) -> list[Found]:
        """Return documents in every format the server has, but for those that can't be read: other rules
        say so. Raises `Nothing` where none is left."""
        found: list[Found] = []
        for source in sources:
            for form in self.forms:
                try:
                    found.append(self.document(source, form))
                except (Unreadable, Unreachable):
                    continue
        if not found:
            raise Nothing("there is no document to look at")
        return found

    def raw(self, *sources: Source) -> Iterator[tuple[str, str, Any]]:
        """Yield where and what each JSON document is, with its name, as it was written."""
        for source in sources:
            try:
                answer = self.answer(source, "json")
                if answer.status == 200:
                    yield answer.asked, source.name, unwrapped(parsed(answer), source.name)
            except (Unreadable, Unreachable):
                continue

    def mistakes(self, name: str, found: Found) -> list[Mistake]:
        """Return what a document has wrong by its schema."""
        key = (name, found[0])
        if key not in self._mistakes:
            self._mistakes[key] = list(mistakes(name, found[1]))
        return self._mistakes[key]

    def posted(self, form: str, given: Report) -> Answer:
        """Post a report, in one format; one that was posted before is not posted again."""
        once = (form, repr(sorted(given.items())))
        if once not in self._posted:
            self._posted[once] = self.asker.post(f"{self.base}/requests.{form}", given)
        return self._posted[once]

    # What there is ------------------------------------------------------------------------------------

    @property
    def forms(self) -> tuple[str, ...]:
        """The formats to judge: JSON only where the server has it, as it may do without."""
        return ("xml", "json") if self.has_json else ("xml",)

    @cached_property
    def has_json(self) -> bool:
        """Whether the server offers JSON: discovery says so, or services.json is there."""
        return "application/json" in self.declared or self._answers("/services", "json")

    def _answers(self, path: str, form: str) -> bool:
        try:
            return self.get(path, form).status == 200
        except Unreachable:
            return False

    @property
    def declared(self) -> list[str]:
        """The media types that discovery declares for this endpoint."""
        try:
            _, found = self.document(self.discovery)
            return [str(each) for each in _endpoint_of(found, self.base)["formats"]]
        except (Unreadable, Unreachable, LookupError, TypeError, AttributeError):
            return []

    @cached_property
    def discovery(self) -> Source:
        """Where discovery is: beside the endpoint or, as some have it, one step up."""
        beside = self.discovery_url or f"{self.base}/discovery"
        above = f"{self.base.rpartition('/')[0]}/discovery"
        up = not self.discovery_url and not self._answers(beside, "xml") and self._answers(above, "xml")
        return Source("discovery", above if up else beside)

    @property
    def services(self) -> Source:
        return Source("services", "/services")

    @property
    def requests(self) -> Source:
        return Source("service_requests", "/requests")

    @property
    def definitions(self) -> list[Source]:
        """The definitions that are looked at; raises `Nothing` where no service has one."""
        codes = [each["service_code"] for each in self.listed(self.services) if each.get("metadata") is True]
        if not codes:
            raise Nothing("no service says that it has a definition")
        return [self.definition(code) for code in codes[:MOST_DEFINITIONS]]

    def definition(self, code: str) -> Source:
        """Return where the definition of a service is."""
        return Source("service_definition", f"/services/{code}")

    @property
    def request(self) -> Source:
        """The first request of the list, on its own; raises `Nothing` where none is listed."""
        return Source("service_requests", f"/requests/{self.first['service_request_id']}")

    @property
    def first(self) -> dict[str, Any]:
        """The first request of the list; raises `Nothing`."""
        return self.some_requests()[0]

    def some_requests(self, **parameters: str) -> list[dict[str, Any]]:
        """Return the requests that a list has, those with a number; raises `Nothing` where there are none."""
        found = [each for each in self.listed(self.requests, **parameters) if each.get("service_request_id")]
        if not found:
            raise Nothing("no request is listed")
        return found

    def listed(self, source: Source, **parameters: str) -> list[dict[str, Any]]:
        """Return the entries of a list; raises `Nothing` where it can't be read."""
        try:
            _, found = self.document(source, **parameters)
        except Unreadable as error:
            raise Nothing(str(error)) from None
        return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []

    @property
    def sources(self) -> list[Source]:
        """All that can be read without posting."""
        found = [self.discovery, self.services, self.requests]
        for more in (lambda: self.definitions, lambda: [self.request]):
            found += _or_nothing(more)
        return found


def _or_nothing(look: Callable[[], list[Source]]) -> list[Source]:
    try:
        return look()
    except (Nothing, KeyError):
        return []


def _endpoint_of(discovery: Any, base: str = "") -> dict[str, Any]:
    """Return discovery's entry for GeoReport v2, that at `base` if there are several.

    Raises `LookupError`, `TypeError` or `AttributeError` where there is none.
    """
    entries = [each for each in discovery["endpoints"] if is_georeport(each.get("specification"))]
    here = (each for each in entries if str(each.get("url")).rstrip("/") == base)
    found: dict[str, Any] = next(here, entries[0])
    return found


def is_georeport(specification: Any) -> bool:
    """Tell whether this is the URL of GeoReport v2, which is written in several ways."""
    return bool(re.search(r"georeport[_/ -]?v?2", str(specification), re.IGNORECASE))


def open_endpoint(url: str, asker: Asker, **options: Any) -> Endpoint:
    """Return the endpoint at a URL: its base, or its discovery document. Raises `Unreachable`."""
    url = url.rstrip("/")
    asker.allow(url)
    endpoint = Endpoint(url, asker, **options)
    if match := DISCOVERY.search(url):
        endpoint.discovery_url = url.rpartition(".")[0]
        try:
            named = _endpoint_of(read(asker.get(url), match[1], "discovery"))["url"]
        except (Unreadable, LookupError, TypeError, AttributeError):
            raise Unreachable(f"{url} names no endpoint of GeoReport v2; give the base URL instead.") from None
        endpoint.base = str(named).rstrip("/")
    endpoint.get("/services")  # where nobody answers there is nothing to judge
    return endpoint


def moment(text: Any) -> datetime | None:
    """Return a moment with a time zone; None where the text is none."""
    try:
        read = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return read if read.tzinfo else None


def differences(left: Any, right: Any, where: str = "") -> Iterator[str]:
    """Yield where two documents say something else."""
    if isinstance(left, dict) and isinstance(right, dict):
        for key in left.keys() | right.keys():
            yield from differences(left.get(key), right.get(key), f"{where}/{key}")
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for number, (one, other) in enumerate(zip(left, right, strict=True)):
            yield from differences(one, other, f"{where}/{number}")
    elif left != right:
        yield f"{where or 'the document'}: {short(left)} in XML, {short(right)} in JSON"
