"""A conversation played through the real doors: simulated providers, real webhooks, a database of its own.

The lines of a script are those of `script`.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import TracebackType

from sqlalchemy import select

from bot import jobs, ownership, schema, service_requests
from bot.app import create_app, open_town
from bot.config import Config
from bot.database import open_database
from bot.models import Conversation, ServiceRequest, StatusUpdate
from bot.places.geocoder import Places
from bot.script import (
    CHAT,
    REASON,
    RESIDENT,
    SPAN,
    STAGE,
    ScriptError,
    as_lines,
    count,
    phone_of,
    read,
)
from bot.stage import (
    SECRET,
    Clock,
    FailingPlaces,
    Ledger,
    at_simulator,
    by_mail_only,
    direct_notice,
    direct_storm,
    picture,
)
from bot.tracking.clearing import clear_photos
from dialogues.watching import WATCHED
from nlu.interpreter import Interpreter
from webhooks.simulator.faults import Fault
from webhooks.simulator.loopback import LoopbackServer
from webhooks.simulator.server import Simulator
from webhooks.simulator.threads import Entry

PATIENCE = 5.0
"""Seconds of fake time the player lets pass by itself; longer waits need a `clock>` line."""

PUBLIC = "https://311.riverton.example"


class Rehearsal:
    """One conversation on one channel, from an empty house. Use it as a context manager."""

    def __init__(
        self,
        config: Config,
        channel: str,
        *,
        database: Path | None = None,
        interpreter: Interpreter | None = None,
    ) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="townline-rehearsal-"))
        self.channel = channel
        self.clock = Clock()
        self.bell = Ledger(self.clock)
        self.simulator = Simulator(webhook_secret=SECRET, public_base_url=PUBLIC).start()
        self.config = self._config(config)
        if database is not None:
            shutil.copy(database, self._folder / "townline.db")
        else:
            schema.migrate(
                self.config,
                open_database(self.config.database_url),
            )
        opened = open_town(self.config, bell=self.bell, interpreter=interpreter)
        self.places = FailingPlaces.around(opened.places, self.clock)
        self.town = replace(opened, places=self.places, now=self.clock)
        self._server = LoopbackServer(create_app(self.town))
        self._server.start()
        self.simulator.webhook_base_url = self._server.url
        self._seen: set[str] = set()
        self._suggestions: set[str] = set()
        self._cases = 0
        self._updates = 0
        self._status = ""
        self._waiting: dict[int, str] = {}
        self._who = 1
        self._people = {1}

    def _config(self, config: Config) -> Config:
        settings = replace(
            at_simulator(config.settings, self.simulator, public_base_url=PUBLIC),
            database_url=f"sqlite:///{self._folder / 'townline.db'}",
            photos_url=str(self._folder / "photos"),
            smtp_url=(self._folder / "mail").as_uri(),
        )
        return replace(config, settings=settings, departments=by_mail_only(config.departments))

    def __enter__(self) -> Rehearsal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        self.simulator.stop()
        self.town.database.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def mail(self) -> Path:
        """The folder of mails that departments got."""
        return self._folder / "mail"

    # Playing

    def play(self, script: Sequence[str]) -> Iterator[str]:
        """Play a script's own lines and yield them with what followed; what it expected is left out."""
        burst: list[str] = []
        for number, line in enumerate(script, start=1):
            speaker, who, words = read(line, number)
            if burst and (speaker != RESIDENT or who != self._who):
                yield from self._burst(burst)
                burst = []
            if speaker == RESIDENT:
                yield line
                self._who = who
                self._people.add(who)
                burst.append(words)
            elif speaker in STAGE:
                yield line
                yield from self._direct(speaker, words)
            elif speaker == "":
                yield line
        if burst:
            yield from self._burst(burst)

    def _burst(self, messages: Sequence[str]) -> Iterator[str]:
        for words in messages:
            self._resident(words)
        yield from self._react()
        self.clock.pass_by(20)

    def _react(self, patience: float = PATIENCE) -> Iterator[str]:
        self.simulator.settle()
        self.bell.answer(self.town, patience)
        self.simulator.settle()
        yield from self._noticed()

    def _direct(self, speaker: str, words: str) -> Iterator[str]:
        directions: dict[str, Callable[[str], None]] = {
            "clock": self._pass_time,
            "city": self._update,
            "agent": self._agent,
            "outage": self._outage,
            "notice": lambda said: direct_notice(self.town, said),
            "storm": lambda said: direct_storm(self.town, said),
        }
        directions[speaker](words)
        yield from self._react()

    # The resident

    @property
    def _phone(self) -> str:
        return phone_of(self._who)

    @property
    def _chat(self) -> int:
        return CHAT + self._who - 1

    def _resident(self, words: str) -> None:
        order, _, rest = words.partition("]")
        name, _, argument = order.removeprefix("[").partition(" ")
        if not words.startswith("["):
            self._write(words)
        elif name == "pin":
            self._pin(argument)
        elif name in ("photo", "photos", "file"):
            names, _, where = argument.partition(" taken at ")
            point = self._point(where) if where else None
            pictures = [picture(each, point) for each in names.split()]
            self._write(rest.strip(), pictures, as_file=name == "file")
        elif name == "form":
            self.simulator.sms(
                self._phone, rest.strip(), extra=dict(each.split("=", 1) for each in argument.split())
            )
        elif name == "quote":
            self._quote(argument, rest.strip())
        elif self.channel == "telegram":
            self._tap(name, argument, rest.strip())
        else:
            raise ScriptError(f"[{name}] is nothing one can do by {self.channel}")

    def _write(self, text: str, photos: Sequence[bytes] = (), *, as_file: bool = False) -> None:
        text = text.replace("\\n", "\n")
        if self.channel == "telegram" and as_file:
            self.simulator.telegram(self._chat, text, document=photos[0])
        elif self.channel == "telegram":
            self.simulator.telegram(self._chat, text, photos)
        else:
            self.simulator.sms(self._phone, text, photos, channel=self.channel)

    def _quote(self, said: str, text: str) -> None:
        """Answer the last message of ours that says `said`, by the phone's own reply."""
        quoted = [
            entry for entry in self._thread(self._who) if entry.author != RESIDENT and said in entry.text
        ][-1]
        if self.channel == "telegram":
            self.simulator.telegram(self._chat, text, reply_to=int(quoted.id.rpartition(":")[2]))
        else:
            extra = {"OriginalRepliedMessageSid": quoted.id}
            self.simulator.sms(self._phone, text, channel=self.channel, extra=extra)

    def _point(self, where: str) -> tuple[float, float]:
        point = re.fullmatch(r"(-?[\d.]+), ?(-?[\d.]+)", where)
        if point:
            return float(point.group(1)), float(point.group(2))
        place = Places.find_places(self.places, where)[0]
        assert place.lat is not None
        assert place.long is not None
        return place.lat, place.long

    def _pin(self, where: str) -> None:
        if self.channel == "telegram":
            self.simulator.telegram(self._chat, location=self._point(where))
        else:
            self.simulator.sms(self._phone, location=self._point(where), channel=self.channel)

    def _tap(self, name: str, argument: str, rest: str) -> None:
        if name == "press":
            self.simulator.telegram(self._chat, press=argument)
        elif name == "edit":
            mine = [entry for entry in self._thread(self._who) if entry.author == "resident" and entry.text]
            self.simulator.telegram(self._chat, edit=(int(mine[-1].id.rpartition(":")[2]), rest))
        elif name == "block":
            self.simulator.block(self._chat)
        elif name == "unblock":
            self.simulator.unblock(self._chat)
        else:
            raise ScriptError(f"[{name}] is nothing a resident does")

    # The stage

    def _pass_time(self, words: str) -> None:
        span = SPAN.match(words)
        if not span:
            raise ScriptError(f"clock> {words}: write it as '2 days' or '10 minutes'")
        seconds = int(span.group(1)) * {"second": 1, "minute": 60, "hour": 3600, "day": 86400}[span.group(2)]
        self.bell.answer(self.town, seconds)
        self.clock.now = max(self.clock.now, self.clock.now + timedelta(seconds=seconds))
        jobs.sweep(self.town)

    def _update(self, words: str) -> None:
        change, _, note = words.partition(":")
        if words == "clears the photos":
            with self.town.database.read() as session:
                newest = session.scalars(select(ServiceRequest).order_by(ServiceRequest.id.desc())).first()
            assert newest is not None
            clear_photos(self.town, newest.service_request_id)
            return
        change, reason = REASON.match(change.strip()).groups("")  # type: ignore[union-attr]
        number, _, status = change.rpartition(" ")
        if not number:
            with self.town.database.read() as session:
                latest = select(ServiceRequest.service_request_id).order_by(ServiceRequest.id.desc())
                number = session.scalars(latest).first() or ""
        service_requests.update_status(self.town, number, status, note.strip(), reason=reason)

    def _agent(self, words: str) -> None:
        with self.town.database.read() as session:
            conversation = session.scalars(select(Conversation.id).order_by(Conversation.id)).first()
        assert conversation is not None
        if words == "[hand back]":
            ownership.hand_back(self.town, conversation)
        else:
            ownership.reply(self.town, conversation, words)

    def _outage(self, words: str) -> None:
        self.places.down, self.places.slow = words == "geocoder", words == "slow geocoder"
        self.simulator.twilio_faults.clear()
        if words == "provider":
            self.simulator.twilio_faults.put(Fault(refuse=20500))

    # What the audience sees

    def _noticed(self) -> Iterator[str]:
        yield from self._filed()
        yield from self._added()
        yield from self._suggested()
        yield from self._wanted()
        yield from self._shown()

    def _filed(self) -> Iterator[str]:
        with self.town.database.read() as session:
            query = select(ServiceRequest).where(ServiceRequest.id > self._cases).order_by(ServiceRequest.id)
            for case in session.scalars(query):
                self._cases = case.id
                answers = [f"{code}={value}" for code, value in case.attributes.items()]
                photos = [count(len(case.photos), "photo")] if case.photos else []
                urgent = ["URGENT"] if case.priority == "urgent" else []
                unsure = "" if case.location_confirmed else " (to be confirmed)"
                place = f"{case.address_string}{unsure}"
                what = ", ".join([case.service_code, place, *answers, *photos, *urgent])
                yield f"files> {what} -> {case.department}, {case.service_request_id}"

    def _added(self) -> Iterator[str]:
        with self.town.database.read() as session:
            query = select(StatusUpdate).where(StatusUpdate.id > self._updates).order_by(StatusUpdate.id)
            for update in session.scalars(query):
                before, self._updates, self._status = self._status, update.id, update.status
                if update.author == "resident":
                    case = update.service_request
                    words = [f'"{update.status_notes}"'] if update.status_notes else []
                    photos = [count(len(case.photos), "photo")] if case.photos else []
                    reopened = ["reopened"] if before != "reopened" and update.status == "reopened" else []
                    yield f"adds> {', '.join([case.service_request_id, *reopened, *words, *photos])}"

    def _suggested(self) -> Iterator[str]:
        with self.town.database.read() as session:
            for case in session.scalars(select(ServiceRequest).order_by(ServiceRequest.id)):
                number, found = case.service_request_id, case.suggested_location
                if found and number not in self._suggestions:
                    self._suggestions.add(number)
                    yield f"suggests> {number}, {found['address_string']}"

    def _wanted(self) -> Iterator[str]:
        with self.town.database.read() as session:
            for conversation in session.scalars(select(Conversation)):
                waits = conversation.waiting_since and conversation.waiting_reason not in WATCHED
                wanted = conversation.waiting_reason if waits else ""
                if wanted and wanted != self._waiting.get(conversation.id):
                    yield f"staff> {wanted}"
                self._waiting[conversation.id] = wanted

    def _shown(self) -> Iterator[str]:
        for who in sorted(self._people):
            for entry in self._thread(who):
                seen = f"{who} {entry.id}"
                if entry.author != RESIDENT and seen not in self._seen:
                    self._seen.add(seen)
                    yield from as_lines(entry, who)

    def _thread(self, who: int) -> list[Entry]:
        phone = phone_of(who)
        threads = {"sms": phone, "whatsapp": f"whatsapp:{phone}", "telegram": str(CHAT + who - 1)}
        return self.simulator.thread(threads[self.channel])
