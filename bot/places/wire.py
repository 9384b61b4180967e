"""How geopy asks over HTTP for us: once, in time, and without repeating what an answer said."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import requests
from geopy.adapters import AdapterHTTPError, RequestsAdapter
from geopy.exc import GeocoderParseError, GeocoderTimedOut, GeocoderUnavailable
from urllib3.exceptions import HTTPError, ReadTimeoutError

LARGEST = 2_000_000
"""Bytes of an answer; four places need some thousand."""

Result = TypeVar("Result")


class OneTry(RequestsAdapter):  # type: ignore[misc]  # geopy has no types
    """One attempt, its whole answer within the timeout; errors carry nothing of what was answered.

    geopy's own adapter tries three times, starts its clock anew with every byte, and quotes error pages
    (which may quote a resident) in its exceptions and its log.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(max_retries=0, **settings)

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        return self._body(url, timeout, headers).decode("utf-8", errors="replace")

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        try:
            return json.loads(self._body(url, timeout, headers))
        except ValueError:
            raise GeocoderParseError("the answer is no JSON") from None

    def _body(self, url: str, timeout: float, headers: dict[str, str]) -> bytes:
        deadline = time.monotonic() + timeout
        try:
            with self.session.get(url, timeout=timeout, headers=headers, stream=True) as answer:
                if answer.status_code >= 400:
                    status = answer.status_code
                    raise AdapterHTTPError(
                        f"status {status}", status_code=status, headers=answer.headers, text=""
                    )
                return _read(answer, deadline)
        except (requests.Timeout, ReadTimeoutError):
            raise GeocoderTimedOut("no answer in time") from None
        except (requests.RequestException, HTTPError) as error:
            raise GeocoderUnavailable(type(error).__name__) from None


def _read(answer: requests.Response, deadline: float) -> bytes:
    body = bytearray()
    # read1 returns with what has come; read would go on for as long as a byte comes now and then.
    while chunk := answer.raw.read1(16 * 1024, decode_content=True):
        body += chunk
        if len(body) > LARGEST:
            raise GeocoderParseError("the answer has no end")
        if time.monotonic() > deadline:
            raise GeocoderTimedOut("no whole answer in time")
    return bytes(body)


def within(seconds: float, call: Callable[[], Result]) -> Result:
    """Return what `call` returns, or raise what it raises; `GeocoderTimedOut` after `seconds`.

    No timeout of a socket covers the look-up of a name, which is what takes long where the network is down.
    What is late goes on in a thread of its own until its socket gives up; nobody waits for it.
    """
    answers: queue.SimpleQueue[tuple[Result | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put((call(), None))
        except Exception as error:  # noqa: BLE001  (raised again where it is waited for)
            answers.put((None, error))

    threading.Thread(target=run, name="geocoder", daemon=True).start()
    try:
        result, error = answers.get(timeout=max(seconds, 0.0))
    except queue.Empty:
        raise GeocoderTimedOut("no answer in time") from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]  # without an error there is a result
