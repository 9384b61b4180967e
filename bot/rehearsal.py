"""A conversation played through the real doors: simulated providers, real webhooks, a database of its own.

`townline chat` plays what is typed, the tests play transcripts; both print the same lines:

    channel: sms
    resident> there's a huge pothole on my street      one or several at once
    resident 2> same here                               another one; what their phone shows is "bot 2> ..."
    resident> [photo pothole.jpg] with words           also [photos a.jpg b.jpg], [file notes.txt],
                                                        [photo pothole.jpg taken at 500 Main St] (Telegram
                                                        keeps a position only in a [file ...]),
                                                        [pin 500 Main St], [pin 41.6,-91.5], [press Yes]
                                                        [edit] new words, [block], [unblock], [form K=V ...],
                                                        [quote SR-10001] words: an answer to that message
    bot> Where is it? ...                               what the phone shows; buttons as [label]
    files> pothole_road_damage, 500 Main St, 1 photo -> streets, SR-10001
    adds> SR-10001, 1 photo
    staff> asked                                        a person is wanted, and why
    clock> 2 days                                       time passes
    city> completed: Filled by crew 7.                  of the latest case, or "SR-10002 completed: ...";
                                                        "completed [repaired]" is a reason by its code;
                                                        "clears the photos" for anybody to see
    agent> Hello, this is ...                           also [hand back]
    outage> geocoder | slow geocoder | provider         it fails from here on; "outage> over" ends it
    suggests> SR-10001, 500 Main St                     what was found later for a place to be confirmed
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

from bot import conversations, jobs, schema, service_requests
from bot.app import create_app, open_town
from bot.config import Config
from bot.database import open_database
from bot.models import Conversation, ServiceRequest, StatusUpdate
from bot.places.geocoder import Places
from bot.stage import SECRET, Clock, FailingPlaces, Ledger, at_simulator, by_mail_only
from bot.tracking.clearing import clear_photos
from nlu.interpreter import Interpreter
from webhooks.simulator.faults import Fault
from webhooks.simulator.loopback import LoopbackServer
from webhooks.simulator.pictures import PICTURES, draw
from webhooks.simulator.server import Simulator
from webhooks.simulator.threads import Entry

PATIENCE = 5.0
"""Seconds of fake time the player lets pass by itself; longer waits need a `clock>` line."""

PUBLIC = "https://311.riverton.example"
PHONE = 5550142
CHAT = 142

RESIDENT, STAGE = "resident", ("clock", "city", "agent", "outage")
LINE = re.compile(
    r"^(resident|bot|carrier|files|adds|staff|suggests|clock|city|agent|outage)(?: ([2-9]))?> ?(.*)$"
)
REASON = re.compile(r"^(.*?) ?(?:\[(\w+)\])?$")
PAGE = re.compile(r"/r/[\w-]{22}")  # a case's page has another address every time it is played
SPAN = re.compile(r"^(\d+) (second|minute|hour|day)s?$")


class ScriptError(Exception):
    """A line of a transcript that can't be played; the message names it."""


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
            schema.migrate(self.config, open_database(self.config.database_url))
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
        self.town.database.engine.dispose()
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
            speaker, who, words = self._read(line, number)
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

    def _read(self, line: str, number: int) -> tuple[str, int, str]:
        """Return who speaks, which of them, and what; ("", ...) for comments, headings and blank lines."""
        found = LINE.match(line)
        if found:
            return found.group(1), int(found.group(2) or 1), found.group(3)
        if line.startswith("    "):
            return "bot", 1, line  # goes on with the message above
        if line.strip() and not line.startswith(("#", "channel:")):
            raise ScriptError(f"line {number}: nobody speaks here: {line!r}")
        return "", 1, line

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
        }
        directions[speaker](words)
        yield from self._react()

    # The resident

    @property
    def _phone(self) -> str:
        return _phone(self._who)

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
            pictures = [_picture(each, point) for each in names.split()]
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
            conversations.hand_back(self.town, conversation)
        else:
            conversations.reply(self.town, conversation, words)

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
                photos = [_count(len(case.photos), "photo")] if case.photos else []
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
                    photos = [_count(len(case.photos), "photo")] if case.photos else []
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
                wanted = conversation.waiting_reason if conversation.waiting_since else ""
                if wanted and wanted != self._waiting.get(conversation.id):
                    yield f"staff> {wanted}"
                self._waiting[conversation.id] = wanted

    def _shown(self) -> Iterator[str]:
        for who in sorted(self._people):
            for entry in self._thread(who):
                seen = f"{who} {entry.id}"
                if entry.author != RESIDENT and seen not in self._seen:
                    self._seen.add(seen)
                    yield from _as_lines(entry, who)

    def _thread(self, who: int) -> list[Entry]:
        phone = _phone(who)
        threads = {"sms": phone, "whatsapp": f"whatsapp:{phone}", "telegram": str(CHAT + who - 1)}
        return self.simulator.thread(threads[self.channel])


def _phone(who: int) -> str:
    return f"+1{PHONE + who - 1}"


def _as_lines(entry: Entry, who: int) -> Iterator[str]:
    first, *rest = PAGE.sub("/r/TOKEN", entry.text).split("\n")
    yield f"{entry.author}{f' {who}' if who > 1 else ''}> {first}"
    yield from (f"    {line}" for line in rest)
    yield from ("    [photo]" for _ in entry.photos)
    for row in (*entry.buttons, *entry.keyboard):
        yield "    " + " ".join(f"[{button.label}]" for button in row)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _picture(name: str, taken_at: tuple[float, float] | None = None) -> bytes:
    """Return a picture drawn for the occasion, or the bytes of something that is none."""
    stem, _, ending = name.partition(".")
    if ending not in ("jpg", "jpeg"):
        return b"These are the minutes of the last meeting.\n"
    known = stem.rstrip("0123456789").replace("-", "_")
    return draw(known if known in PICTURES else next(iter(PICTURES)), taken_at)
