"""What residents see: every thread's messages in order, with what became of each."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from webhooks.simulator.files import StoredFile

Author = Literal["resident", "bot", "carrier"]
ButtonKind = Literal["callback", "url", "text", "location", "contact"]


@dataclass(frozen=True)
class Button:
    """A button under a message (`callback`, `url`) or on the chat's keyboard (the other kinds)."""

    label: str
    kind: ButtonKind = "callback"
    data: str = ""


ButtonRows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One message as it stands in a resident's phone.

    `status` of a resident's message: sending, delivered (the app took it) or failed; of the bot's:
    the provider's word for it. `pressed` is the message whose inline button this is a press of,
    `answer` what the bot answered it with, None while the button's clock turns. `revision` grows with
    every change of any entry, `order` is the revision it came with.
    """

    thread: str
    id: str
    author: Author
    text: str = ""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    status: str = ""
    error: str = ""
    photos: tuple[StoredFile, ...] = ()
    buttons: ButtonRows = ()
    keyboard: ButtonRows = ()
    pin: tuple[float, float] | None = None
    place: str = ""
    edited: bool = False
    pressed: str = ""
    answer: str | None = None
    segments: int = 0
    order: int = 0
    revision: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the entry as the phone page reads it; photos become the keys of their files."""
        rows = ("buttons", "keyboard")
        values = {name: value for name, value in vars(self).items() if name not in (*rows, "photos", "at")}
        for name in rows:
            values[name] = [[vars(button) for button in row] for row in getattr(self, name)]
        return values | {"photos": [photo.key for photo in self.photos], "at": self.at.isoformat()}


class Threads:
    """All threads, by the resident's address: `+15550101`, `whatsapp:+15550101` or a chat id."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._threads: dict[str, dict[str, Entry]] = {}
        self._spoken: dict[str, int] = {}
        self.files: dict[str, StoredFile] = {}
        self._revision = 0
        self._closed = False
        self.listener: Callable[[Entry], None] | None = None
        """Called with every new entry, by whoever brought it; it must not wait."""

    def add(self, entry: Entry) -> Entry:
        """Append an entry to its thread."""
        with self._changed:
            self._revision += 1
            entry = replace(entry, order=self._revision, revision=self._revision)
            self._put(entry)
            if entry.author == "resident":
                self._spoken[entry.thread] = entry.order
            self._changed.notify_all()
        if self.listener:
            self.listener(entry)
        return entry

    def change(self, thread: str, entry_id: str, *, said: bool = False, **values: Any) -> None:
        """Change an entry; `said` when the resident did so, which makes what follows a reply to it."""
        with self._changed:
            entry = self._threads.get(thread, {}).get(entry_id)
            if entry is None:
                return
            self._revision += 1
            self._put(replace(entry, revision=self._revision, **values))
            if said:
                self._spoken[thread] = self._revision
            self._changed.notify_all()

    def _put(self, entry: Entry) -> None:
        self._threads.setdefault(entry.thread, {})[entry.id] = entry
        self.files |= {photo.key: photo for photo in entry.photos}

    def of(self, thread: str) -> list[Entry]:
        """Return a thread's entries, oldest first."""
        with self._changed:
            return list(self._threads.get(thread, {}).values())

    def changed_since(self, revision: int, threads: Iterable[str], timeout: float) -> list[Entry]:
        """Wait for entries of these threads newer than a revision; empty after `timeout` seconds."""
        names = list(threads)
        found: list[Entry] = []

        def look() -> bool:
            found[:] = [e for name in names for e in self._threads.get(name, {}).values()]
            found[:] = sorted((e for e in found if e.revision > revision), key=lambda e: e.revision)
            return bool(found) or self._closed

        with self._changed:
            self._changed.wait_for(look, timeout)
        return found

    def wait_for_reply(self, thread: str, *, containing: str, after: Entry | None, timeout: float) -> Entry:
        """Return the bot's first message since `after`, or since the resident last did something.

        Raises `TimeoutError`, showing the thread, when there is none within `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                since = after.order if after else self._spoken.get(thread, 0)
                entries = self._threads.get(thread, {}).values()
                for entry in sorted(entries, key=lambda e: e.order):
                    if entry.author == "bot" and entry.order > since and containing in entry.text:
                        return entry
                if not self._changed.wait(deadline - time.monotonic()) or self._closed:
                    break
        said = "\n".join(f"{e.author}> {e.text}" for e in self.of(thread))
        raise TimeoutError(f"No reply with {containing!r} in {timeout:g} s. The thread:\n{said}")

    def open(self) -> None:
        """Let waiting begin, or begin again."""
        with self._changed:
            self._closed = False

    def close(self) -> None:
        """Wake everybody who waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def closed(self) -> bool:
        """Whether nothing more will change."""
        return self._closed
