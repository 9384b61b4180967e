"""Departments whose system speaks Open311: our cases are filed and followed there."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.backends import BackendError, Notice, Taken
from bot.backends.open311_case import Question as Question
from bot.backends.open311_case import Server as Server
from bot.backends.open311_case import case_fields, iso, update_fields
from bot.backends.open311_wire import Entry, Refusal, get, moment, post

WINDOW = timedelta(minutes=30)
"""How far the other system's clock may be off from ours when something is looked for by its time."""

LONGEST_SPAN = timedelta(days=89)
"""A list spans 90 days at most (GeoReport v2); a little less is safe on both ends."""

MOST_PAGES, PATIENCE = 3, 15.0
"""Pages of a list that are looked through, and seconds after which no further one is begun."""

NEAR = 2e-5
"""Degrees by which a point may differ from the one that was sent: rounding, about two metres."""

UNSUPPORTED = frozenset({404, 405, 501})
"""How a server says that it has no such resource."""

COMPLAINTS: Sequence[tuple[str, str]] = (
    ("duplicate", "it takes the case for one it has, and does not list that one"),
    ("location|address|lat|long", "it wants a place that it can find: confirm the case's location"),
    ("photo or description", "it wants words or a photo"),
    ("e-?mail", "it wants an e-mail address: always_send_email"),
    ("jurisdiction", "it wants another jurisdiction_id"),
    ("service.?code", "it does not know the service code: service_codes"),
    ("attribute", "it wants an answer that it did not get: attributes, constants"),
    ("api.?key", "it refuses our api_key"),
)
"""What servers complain of, and what it means for the operator: their own words may quote the resident's."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a case stands there. `at` is None where the server does not say it in any known way."""

    closed: bool
    notes: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """An update as the server lists it."""

    update_id: str
    external_id: str
    status: str
    words: str
    at: datetime


def _utcnow() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Open311:
    """Open311 servers, by the codes of the departments."""

    servers: Mapping[str, Server]
    timezone: str
    now: Callable[[], datetime] = _utcnow

    # Telling ---------------------------------------------------------------------------------------

    def deliver(self, notice: Notice) -> Taken:
        """File a case, or post what came later; what may have been taken is looked for first."""
        server = self.servers[notice.recipient]
        if notice.event != "filed":
            return self._post_update(server, notice)
        if notice.service_code not in server.service_codes:
            reason = f"Open311: no code of theirs for {notice.service_code}: service_codes in config.yml"
            raise BackendError(reason, retryable=False, operator=True)
        if notice.in_doubt_since and (found := self._find_again(server, notice, notice.in_doubt_since)):
            return Taken(external_id=found)
        return self._file(server, notice)

    def _file(self, server: Server, notice: Notice) -> Taken:
        try:
            answer = post(server.address("requests"), "request", list(case_fields(server, notice)))
        except Refusal as error:
            if re.search("duplicate", error.said, re.IGNORECASE):
                since = self.now() - LONGEST_SPAN
                if found := self._find(server, notice, since):
                    return Taken(external_id=found)
            raise _explained(error) from None
        for entry in answer:
            if entry.get("service_request_id"):
                return Taken(external_id=entry["service_request_id"])
            if entry.get("token"):
                return Taken(token=entry["token"])
        raise BackendError("Open311: taken, but neither number nor token came", retryable=True, unknown=True)

    def _post_update(self, server: Server, notice: Notice) -> Taken:
        there = notice.elsewhere
        if there.state == "refused" or not there.state:
            raise BackendError("Open311: the case itself was not filed there", retryable=False)
        if not there.external_id:
            raise BackendError("Open311: the case has no number there yet", retryable=True)
        try:
            answer = post(
                server.address("servicerequestupdates"), "request_update", update_fields(server, notice)
            )
        except Refusal as error:
            if "already exist" in error.said.casefold():
                return Taken()
            if error.status in UNSUPPORTED:
                reason = "Open311: it takes no updates there: write updates: false"
                raise BackendError(reason, retryable=False, operator=True) from None
            raise _explained(error) from None
        return Taken(update_id=next((each["update_id"] for each in answer if each.get("update_id")), ""))

    def _find_again(self, server: Server, notice: Notice, since: datetime) -> str:
        """Return the number of a case that may have been taken; raises `BackendError` where none can tell now.

        A server that shows no list can't be asked: then the case is filed again.
        """
        try:
            return self._find(server, notice, since - WINDOW)
        except Refusal as error:
            if error.retryable:
                raise BackendError(error.reason, retryable=True, unknown=True) from None
            return ""

    def _find(self, server: Server, notice: Notice, since: datetime) -> str:
        """Return the number of our case in their list: by our own number, else by type, point and time."""
        ours = re.compile(rf"(?<![\w-]){re.escape(notice.service_request_id)}(?!\w)")
        likely = ""
        for entry in self._listed(server, server.service_codes[notice.service_code], since):
            number = entry.get("service_request_id", "")
            if not number or number in notice.taken_ids:
                continue
            if any(ours.search(entry.get(name, "")) for name in ("description", "account_id")):
                return number
            if not likely and not _told_apart(entry) and _is_at(entry, notice):
                likely = number
        return likely

    def _listed(self, server: Server, code: str, since: datetime) -> Iterator[Entry]:
        """Yield what their list has, page by page, until a page brings nothing new."""
        seen, until = set[str](), time.monotonic() + PATIENCE
        parameters = {
            "jurisdiction_id": server.jurisdiction_id,
            "service_code": code,
            "start_date": iso(since),
            "end_date": iso(self.now() + WINDOW),
        }
        for page in range(1, MOST_PAGES + 1):
            if time.monotonic() > until:
                raise Refusal("Open311: their list takes too long")
            more = {"page": str(page)} if page > 1 else {}
            found = get(server.address("requests"), "request", parameters | more)
            new = [each for each in found if each.get("service_request_id", "") not in seen]
            seen.update(each.get("service_request_id", "") for each in new)
            yield from new
            if not new:
                return

    # Asking ----------------------------------------------------------------------------------------

    def number_of(self, code: str, token: str) -> str:
        """Return the number that a token stands for by now, "" while there is none; raises `Refusal`."""
        server = self.servers[code]
        found = get(server.address(f"tokens/{token}"), "request", {"jurisdiction_id": server.jurisdiction_id})
        return next((each["service_request_id"] for each in found if each.get("service_request_id")), "")

    def has_updates(self, code: str) -> bool:
        """Tell whether a department's server is said to list updates."""
        return self.servers[code].updates

    def changes(self, code: str, start: datetime, end: datetime) -> list[Change] | None:
        """Return the updates in a window, the oldest first; None where the server has none to give.

        Raises `Refusal`.
        """
        server = self.servers[code]
        parameters = {
            "jurisdiction_id": server.jurisdiction_id,
            "start_date": iso(max(start, end - LONGEST_SPAN)),
            "end_date": iso(end),
        }
        try:
            found = get(server.address("servicerequestupdates"), "request_update", parameters)
        except Refusal as error:
            if error.status in UNSUPPORTED:
                return None
            raise
        return sorted(self._changes(found), key=lambda change: change.at)

    def _changes(self, found: Iterable[Entry]) -> Iterator[Change]:
        for entry in found:
            at = moment(entry.get("updated_datetime", ""), ZoneInfo(self.timezone))
            if at and entry.get("update_id") and entry.get("service_request_id"):
                yield Change(
                    update_id=entry["update_id"],
                    external_id=entry["service_request_id"],
                    status=entry.get("status", ""),
                    words=" ".join(entry.get("description", "").split()),
                    at=at,
                )

    def standings(self, code: str, numbers: Sequence[str]) -> dict[str, Standing]:
        """Return how cases stand, by their numbers there, in one request; raises `Refusal`.

        Servers that know no lists of numbers, or only some of these, leave the others out.
        """
        server = self.servers[code]
        asked = {"jurisdiction_id": server.jurisdiction_id, "service_request_id": ",".join(numbers)}
        if len(numbers) == 1:
            del asked["service_request_id"]
            found = get(server.address(f"requests/{numbers[0]}"), "request", asked)
        else:
            found = get(server.address("requests"), "request", asked)
        known = {each.get("service_request_id", ""): each for each in found}
        return {number: self._standing(known[number]) for number in numbers if number in known}

    def _standing(self, entry: Entry) -> Standing:
        return Standing(
            closed=entry.get("status", "").casefold() in ("closed", "archived"),  # SeeClickFix archives
            notes=" ".join(entry.get("status_notes", "").split()),
            at=moment(entry.get("updated_datetime", ""), ZoneInfo(self.timezone)),
        )

    def health(self, recipient: str) -> str:
        """Ask for their services, and for what they want to know of each; nothing is filed."""
        server = self.servers[recipient]
        asked = {"jurisdiction_id": server.jurisdiction_id}
        try:
            there = {
                each.get("service_code", ""): each for each in get(server.address("services"), "service", asked)
            }
            for ours, theirs in server.service_codes.items():
                if theirs not in there:
                    return f"service_codes: {ours}: they have no service {theirs}"
                if there[theirs].get("metadata") == "true":
                    wanted = get(server.address(f"services/{theirs}"), "attribute", asked)
                    if missing := _unanswered(server, wanted):
                        return (
                            f"attributes: for {ours} they want {', '.join(missing)}: map them, or set constants"
                        )
        except Refusal as error:
            return f"{error.reason}: check url and format"
        return ""


def _unanswered(server: Server, wanted: Iterable[Entry]) -> list[str]:
    """Return the codes of required answers that nothing is mapped to.

    Those without a code (Chicago's) or that the server fills itself (FixMyStreet's) can't be, or need not.
    """
    given = {*server.constants, *(question.code for question in server.questions.values())}
    return [
        each["code"]
        for each in wanted
        if each.get("required") == "true"
        and each.get("variable", "true") != "false"
        and each.get("automated", "") not in ("server_set", "hidden_field")
        and each.get("code")
        and each["code"] not in given
    ]


def _explained(error: Refusal) -> BackendError:
    """Return a refusal with what it means, told by its words but without them."""
    meant = next((means for words, means in COMPLAINTS if re.search(words, error.said, re.IGNORECASE)), "")
    return BackendError(
        f"{error.reason}: {meant}" if meant else error.reason,
        retryable=error.retryable or error.status in (401, 403),  # once the key is mended, all of it goes
        operator=error.operator,
        unknown=error.unknown,
        retry_after=error.retry_after,
    )


def _told_apart(entry: Entry) -> bool:
    """Tell whether an entry names another case of ours, and so is not the one that is looked for."""
    return bool(re.search(r"Reference: [\w-]+\s*$", entry.get("description", "")))


def _is_at(entry: Entry, notice: Notice) -> bool:
    try:
        lat, long = float(entry.get("lat", "")), float(entry.get("long", ""))
    except ValueError:
        return False
    if notice.lat is None or notice.long is None:
        return False
    return abs(lat - notice.lat) <= NEAR and abs(long - notice.long) <= NEAR
