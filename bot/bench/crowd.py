"""Residents by the hundred: each reports something at a door of the city, answers what is asked, and thanks."""

from __future__ import annotations

import heapq
import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from webhooks.simulator.calling import WebhookFailed
from webhooks.simulator.server import Simulator
from webhooks.simulator.threads import Entry

OPENINGS = (
    "theres a huge pothole at {door}, almost wrecked my tire",
    "street light is out in front of {door}",
    "you missed my trash again, {door}",
    "graffiti all over the wall at {door}",
    "somebody dumped a mattress at {door}",
    "a big branch came down at {door}",
    "the storm drain at {door} is clogged",
    "sidewalk is all broken up at {door}",
)
THINKING = (2.0, 6.0)
"""Seconds a resident takes to read and to answer."""

WITH_PHOTO, SILENT = 0.05, 0.1
"""So many send a photo with their report; so many never answer what is read back to them."""

ALREADY = ("is it the same", "is it one of these")
"""What the bot says where others have reported something near."""

HELD = "many reports like this already"
"""What the bot says where a report is one too many at its place, and a person is to decide."""

PHONES = 64
"""Residents whose texts may be on their way at a time."""

PATIENCE = 60.0
"""Seconds for which the last replies are waited for."""


def names_others(reply: str) -> bool:
    """Tell whether the bot asks after what others have reported: it names their places then."""
    return any(each in reply.lower() for each in ALREADY)


@dataclass
class Line:
    """One text of a resident's, and what became of it; moments are monotonic seconds, 0: not yet."""

    text: str
    sent: float = 0.0
    acked: float = 0.0
    replied: float = 0.0
    refused: bool = False


@dataclass
class Resident:
    """One resident's thread: what they sent, what they heard, and what they say next."""

    address: str
    door: str
    opening: str
    photo: bytes | None = None
    silent: bool = False
    lines: list[Line] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    filed: bool = False
    held: bool = False

    def next_words(self, reply: str) -> str | None:
        """Return the answer to the bot's words; None when there is nothing left to say."""
        reported = names_others(reply)
        if "SR-" in reply and not self.filed and not reported:
            self.filed = True
            return "thanks"
        self.held = self.held or HELD in reply
        if self.filed or self.held or self.silent:
            return None
        if reported:
            return "no"
        if len(self.lines) > 5:
            self.mistakes.append("went round in circles")
            return None
        return "yes"


@dataclass(frozen=True)
class Night:
    """What was measured of a crowd; latencies in seconds, each in the order of its text."""

    seconds: float
    texts: int
    acks: Sequence[float]
    replies: Sequence[float]
    refused: int
    lost: int
    twice: int
    filed: int
    held: int
    mistakes: Sequence[str]


class Beat:
    """Moments at a steady rate, each for one of the threads that wait: whoever comes first waits for the next.

    One thread that kept the time and handed the texts to the others would be woken for each, too, and it is
    the measured deployment's processor that all this takes.
    """

    def __init__(self, rate: float, count: int) -> None:
        self._begin = time.monotonic()
        self._rate, self._count = rate, count
        self._lock = threading.Lock()
        self.gone = 0
        """Moments that have gone by."""

    def next(self) -> bool:
        """Wait for the next moment; False when there is none left."""
        with self._lock:
            if self.gone >= self._count:
                return False
            left = self._begin + self.gone / self._rate - time.monotonic()
            if left > 0:
                time.sleep(left)
            self.gone += 1
            return True

    def end(self) -> None:
        """Let no other moment come."""
        self._count = 0


class Crowd:
    """Texts the city at a steady rate: whoever has something to answer goes first, then newcomers."""

    def __init__(self, simulator: Simulator, doors: Sequence[str], photo: bytes, *, seed: int = 1) -> None:
        self._simulator = simulator
        self._random = random.Random(seed)
        self._doors, self._photo = doors, photo
        self._due: list[tuple[float, int, Resident, str]] = []
        self._order = itertools.count()
        self._lock = threading.Lock()
        self._residents: dict[str, Resident] = {}
        self._newcomers = self._come()
        simulator.listen(self._hear)

    def _come(self) -> Iterator[Resident]:
        for number in itertools.count(1_000_000):
            chance = self._random.random()
            yield Resident(
                address=f"+1555{number:07d}",
                door=self._random.choice(self._doors),
                opening=self._random.choice(OPENINGS),
                photo=self._photo if chance < WITH_PHOTO else None,
                silent=chance > 1 - SILENT,
            )

    def play(self, rate: float, seconds: float, tick: Callable[[int], None]) -> Night:
        """Send `rate` texts a second for so many seconds, wait for the last replies, and say how it went.

        `tick` is told twice a second how many texts have been sent.
        """
        begin = time.monotonic()
        beat = Beat(rate, int(rate * seconds))
        with ThreadPoolExecutor(PHONES) as threads:
            phones = [threads.submit(self._keep_texting, beat) for _ in range(PHONES)]
            try:
                while wait(phones, timeout=0.5).not_done:
                    tick(beat.gone)
            finally:
                beat.end()
        for phone in phones:
            phone.result()  # raises what it raised
        tick(beat.gone)
        took = time.monotonic() - begin
        self._await_replies()
        return self._night(took)

    def _keep_texting(self, beat: Beat) -> None:
        while beat.next():
            self._text(*self._next())

    def _next(self) -> tuple[Resident, Line]:
        with self._lock:
            if self._due and self._due[0][0] <= time.monotonic():
                _, _, resident, words = heapq.heappop(self._due)
            else:
                resident = next(self._newcomers)
                words = resident.opening.format(door=resident.door)
                self._residents[resident.address] = resident
            line = Line(words)
            resident.lines.append(line)
            return resident, line

    def _text(self, resident: Resident, line: Line) -> None:
        photos = [resident.photo] if resident.photo and len(resident.lines) == 1 else []
        line.sent = time.monotonic()
        try:
            self._simulator.sms(resident.address, line.text, photos)
        except WebhookFailed:
            line.refused = True
        line.acked = time.monotonic()

    def _hear(self, entry: Entry) -> None:
        """Called by the simulator for every message that reaches a phone."""
        resident = self._residents.get(entry.thread)
        if entry.author != "bot" or resident is None:
            return
        now = time.monotonic()
        with self._lock:
            resident.heard.append(entry.text)
            if len(resident.heard) > len(resident.lines):
                return  # counted as said twice
            resident.lines[len(resident.heard) - 1].replied = now
            read_back = not names_others(entry.text)
            if len(resident.heard) == 1 and read_back and resident.door.lower() not in entry.text.lower():
                resident.mistakes.append(f"{resident.lines[0].text}: {entry.text}")
            words = resident.next_words(entry.text)
            if words is not None:
                due = now + self._random.uniform(*THINKING)
                heapq.heappush(self._due, (due, next(self._order), resident, words))

    def _await_replies(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and any(self._unanswered()):
            time.sleep(0.2)

    def _unanswered(self) -> Iterator[Line]:
        with self._lock:
            everyone = list(self._residents.values())
        return (line for each in everyone for line in each.lines if not line.replied and not line.refused)

    def _night(self, took: float) -> Night:
        everyone = list(self._residents.values())
        lines = [line for each in everyone for line in each.lines]
        return Night(
            seconds=took,
            texts=len(lines),
            acks=[line.acked - line.sent for line in lines if not line.refused],
            replies=[line.replied - line.sent for line in lines if line.replied],
            refused=sum(line.refused for line in lines),
            lost=sum(1 for _ in self._unanswered()),
            twice=sum(max(0, len(each.heard) - len(each.lines)) for each in everyone),
            filed=sum(each.filed for each in everyone),
            held=sum(each.held for each in everyone),
            mistakes=[mistake for each in everyone for mistake in each.mistakes],
        )
