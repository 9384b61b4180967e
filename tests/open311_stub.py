"""Another city's Open311 server on a free port: it keeps what it takes, and fails as a test says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from provider_stub import Answer, Provider, Seen, provider

Entry = dict[str, object]


@dataclass
class OtherCity:
    """A server that is right by the book. `before` may answer in its place; `after` may change its answer."""

    url: str = ""
    requests: list[Entry] = field(default_factory=list)
    updates: list[Entry] = field(default_factory=list)
    posted: list[dict[str, str]] = field(default_factory=list)  # the forms that were taken
    tokens: bool = False
    numbered: bool = True  # whether tokens have become numbers
    lists_updates: bool = True
    stub: Provider | None = None
    before: Callable[[Seen], Answer | None] = lambda seen: None
    after: Callable[[Seen, Answer], Answer] = lambda seen, answer: answer

    @property
    def seen(self) -> list[Seen]:
        assert self.stub is not None
        return self.stub.seen

    def asked(self, resource: str, method: str = "GET") -> list[Seen]:
        """Return the requests for a resource, "requests" for one."""
        return [each for each in self.seen if each.method == method and resource_of(each) == resource]

    @property
    def numbers(self) -> list[str]:
        """Our own numbers of the cases that were taken, in order."""
        return [form["account_id"] for form in self.posted if "service_code" in form]

    def answer(self, seen: Seen) -> Answer:
        answer = self.before(seen)
        if answer is None:
            answer = self.after(seen, self._answer(seen))
        return answer

    def _answer(self, seen: Seen) -> Answer:
        resource, _, name = resource_of(seen).partition("/")
        form = {key: values[0] for key, values in seen.form.items()} if seen.method == "POST" else {}
        if resource == "tokens":
            known = self.requests if self.numbered else []
            return document(
                [pick(each, "service_request_id", "token") for each in known if each["token"] == name]
            )
        if resource == "requests" and form:
            return self._file(form)
        if resource == "servicerequestupdates" and self.lists_updates:
            return self._update(form) if form else document(self.updates)
        if resource == "requests":
            return self._list(seen, name)
        return document([{"code": 404, "description": "There is no such thing."}], 404)

    def _file(self, form: dict[str, str]) -> Answer:
        self.posted.append(form)
        number = str(len(self.requests) + 1)
        self.requests.append(
            {
                "service_request_id": number,
                "token": f"t-{number}",
                "status": "open",
                "status_notes": None,
                "service_code": form["service_code"],
                "description": form["description"],
                "lat": form.get("lat"),
                "long": form.get("long"),
            }
        )
        return document([pick(self.requests[-1], "token" if self.tokens else "service_request_id")])

    def _update(self, form: dict[str, str]) -> Answer:
        if form["update_id"] in [each.get("update_id") for each in self.posted]:
            return document([{"code": 400, "description": "already exists"}], 400)
        self.posted.append(form)
        return document([{"update_id": f"theirs-{len(self.posted)}"}])

    def _list(self, seen: Seen, name: str) -> Answer:
        asked = name or ",".join(seen.query.get("service_request_id", []))
        wanted = asked.split(",") if asked else [str(each["service_request_id"]) for each in self.requests]
        return document([each for each in self.requests if each["service_request_id"] in wanted])

    def change(self, number: str, **values: object) -> None:
        """Change a case as its crew would, for servers that list no updates."""
        next(each for each in self.requests if each["service_request_id"] == number).update(values)


def resource_of(seen: Seen) -> str:
    return urlsplit(seen.target).path.removeprefix("/v2/").rpartition(".")[0]


def pick(entry: Entry, *names: str) -> Entry:
    return {name: entry[name] for name in names}


def document(value: object, status: int = 200, **headers: str) -> Answer:
    return Answer(status, json.dumps(value).encode(), {"Content-Type": "application/json"} | headers)


@contextmanager
def other_city() -> Iterator[OtherCity]:
    city = OtherCity()
    with provider(lambda seen: city.answer(seen)) as stub:
        city.stub, city.url = stub, f"{stub.url}/v2"
        yield city
