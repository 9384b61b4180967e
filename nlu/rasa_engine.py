"""The other engine: asks a Rasa server, and goes on with the default engine where it does not answer."""

from __future__ import annotations

import json
import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
import urllib3

from nlu.interpreter import Understanding
from nlu.reading import Ear

if TYPE_CHECKING:
    from nlu.spacy_engine import SpacyInterpreter

log = logging.getLogger(__name__)

TIMEOUT = 1.0  # seconds; Rasa takes about 10 ms
REST = 30.0  # seconds for which a server that failed is left alone
LARGEST_ANSWER = 1_000_000  # bytes
FAMILIAR = 0.5  # the least share of what it finds that must go to intents of ours
CHUNK = 65_536
PROBE = "a street light is out on Main St"


class RasaDown(Exception):
    """Rasa gave no answer that can be used; the message says why, and holds nobody's words."""


class RasaServer:
    """A Rasa server: asked for the likelihood of intents, and left alone for half a minute once it failed.

    Thread-safe. `url` may hold what Rasa wants beside the path, as in "http://nlu:5005/?token=...".
    """

    def __init__(
        self,
        url: str,
        labels: tuple[str, ...],
        *,
        timeout: float = TIMEOUT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        parts = urlsplit(url)
        self._url = parts._replace(path=parts.path.rstrip("/") + "/model/parse").geturl()
        self._labels = frozenset(labels)
        self._timeout = timeout
        self._clock = clock
        self._lock = threading.Lock()
        self._of_thread = threading.local()
        self._asks_at = -math.inf  # while it rests: when it is asked again
        self._trouble = ""
        self.failures = 0
        self.failed_at: datetime | None = None

    def ask(self, text: str) -> dict[str, float]:
        """Return how likely each of our intents is; raises `RasaDown`."""
        self._take_turn()
        try:
            shares = self._parse(text)
        except RasaDown as down:
            self._note_failure(str(down))
            raise
        self._note_success()
        return shares

    @property
    def trouble(self) -> str:
        """What is wrong since it failed last; empty while it answers."""
        with self._lock:
            return self._trouble

    def health(self) -> str:
        """Ask it something now; return what is wrong, or nothing."""
        try:
            self._parse(PROBE)
        except RasaDown as down:
            return str(down)
        return ""

    def _take_turn(self) -> None:
        """Raise `RasaDown` while the server rests; after that, let one message try it before all others."""
        with self._lock:
            if not self._trouble:
                return
            if self._clock() < self._asks_at:
                raise RasaDown(self._trouble)
            self._asks_at = self._clock() + REST

    def _note_failure(self, reason: str) -> None:
        with self._lock:
            first, self._trouble = not self._trouble, reason
            self._asks_at = self._clock() + REST
            self.failures += 1
            self.failed_at = datetime.now(UTC)
        if first:
            log.warning("Rasa %s: the default engine hears until it answers again", reason)

    def _note_success(self) -> None:
        with self._lock:
            again, self._trouble = bool(self._trouble), ""
        if again:
            log.warning("Rasa answers again, after %d failures in all", self.failures)

    def _parse(self, text: str) -> dict[str, float]:
        asked = {"text": text.encode("utf-8", "replace").decode()}  # half a surrogate pair is no letter
        try:
            with self._session().post(
                self._url, json=asked, timeout=self._timeout, stream=True, allow_redirects=False
            ) as response:
                body = self._body(response, self._clock() + self._timeout)
        except (requests.Timeout, urllib3.exceptions.TimeoutError):
            raise RasaDown("does not answer in time") from None
        except (requests.RequestException, urllib3.exceptions.HTTPError):
            raise RasaDown("can't be reached") from None
        return self._shares(body)

    def _session(self) -> requests.Session:
        if not hasattr(self._of_thread, "session"):
            self._of_thread.session = requests.Session()
        session: requests.Session = self._of_thread.session
        return session

    def _body(self, response: requests.Response, deadline: float) -> bytes:
        if response.status_code != 200:
            loading = " (no model is loaded)" if response.status_code == 409 else ""
            raise RasaDown(f"answers with status {response.status_code}{loading}")
        body = bytearray()
        while chunk := response.raw.read1(CHUNK):  # what is there: a server that drips gains no time by it
            body += chunk
            if len(body) > LARGEST_ANSWER or self._clock() > deadline:
                raise RasaDown("does not answer in time")
        return bytes(body)

    def _shares(self, body: bytes) -> dict[str, float]:
        try:
            ranked = dict(_ranking(json.loads(body)))
        except (ValueError, TypeError, KeyError, RecursionError):
            raise RasaDown("answers something that is no parse") from None
        ours = {name: share for name, share in ranked.items() if name in self._labels}
        if sum(ours.values()) <= FAMILIAR * sum(ranked.values()):
            raise RasaDown("was trained for other intents: run `townline nlu train --engine rasa`")
        return dict.fromkeys(self._labels, 0.0) | ours  # Rasa's own classifiers name the ten likeliest only


def _ranking(answer: Any) -> Iterator[tuple[str, float]]:
    for each in answer["intent_ranking"]:
        share = float(each["confidence"])
        if not 0 <= share <= 1.0001:  # nor NaN
            raise ValueError("no likelihood")
        yield str(each["name"]), min(1.0, share)


class RasaInterpreter:
    """Hears with a Rasa server's model, by the same rules; keeps `nlu.interpreter.Interpreter`.

    Whether there is an emergency is never left to the server: the default engine says so in process. A model
    of Rasa's is of one language, the city's own; the others are the default engine's.
    """

    def __init__(self, server: RasaServer, fallback: SpacyInterpreter) -> None:
        self.server = server
        self._fallback = fallback
        self._language, ear = next(iter(fallback.ears.items()))
        self._ears = {self._language: Ear(server.ask, ear.thresholds)}

    def understand(self, text: str, language: str | None = None) -> Understanding:
        """Return what `text` means, whatever it holds; a server that fails costs no message."""
        heard = self._fallback.understand(text, language)
        if heard.language != self._language:
            return heard
        try:
            asked = self._fallback.reader.understand(text, self._ears, language)
        except RasaDown:
            return heard
        return replace(asked, emergency=heard.emergency)
