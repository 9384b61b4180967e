"""A provider on a free port of this machine that answers as a test tells it to, over real HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from webhooks.channel import Inbound

PAYLOADS = Path(__file__).parent / "payloads"


@dataclass(frozen=True)
class Seen:
    """A request the stub was sent."""

    method: str
    target: str
    headers: Message
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.target).query)

    @property
    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode())

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Answer:
    """What the stub answers; `length=False` leaves out Content-Length.

    `hang` says no more after the body, and `drip` says a byte now and then, for ever.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    length: bool = True
    hang: bool = False
    drip: bool = False


DROP = Answer(status=0)  # no answer: the connection is closed


def answer_json(value: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value).encode(), {"Content-Type": "application/json"})


class Provider:
    """The stub: `url`, what it was sent in `seen`, and `answer`, which a test may replace."""

    def __init__(self, answer: Callable[[Seen], Answer]) -> None:
        self.answer = answer
        self.seen: list[Seen] = []
        self.released = threading.Event()
        self.url = ""


@contextmanager
def provider(answer: Callable[[Seen], Answer]) -> Iterator[Provider]:
    stub = Provider(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            seen = Seen(self.command, self.path, self.headers, body)
            stub.seen.append(seen)
            answer = stub.answer(seen)
            self.close_connection = True  # or else the thread would wait for the client's next request
            if answer is DROP:
                return
            self.send_response(answer.status)
            self.send_header("Connection", "close")
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.length:
                self.send_header("Content-Length", str(len(answer.body) + answer.hang))
            self.end_headers()
            self.wfile.write(answer.body)
            self.wfile.flush()
            if answer.hang:
                stub.released.wait()
            with suppress(OSError):
                while answer.drip and not stub.released.wait(0.02):
                    self.wfile.write(b".")

        do_POST = do_GET

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    stub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stub
    finally:
        stub.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def described(inbound: Inbound | None) -> dict[str, Any] | None:
    """Return an event as the payload files write it: what differs from the defaults, without `raw`."""
    if inbound is None:
        return None
    plain = Inbound(channel="", external_id="", sender="", recipient="")
    always = {"channel", "external_id", "sender", "recipient"}
    members = {
        name: value
        for name, value in asdict(inbound).items()
        if name != "raw" and (name in always or value != getattr(plain, name))
    }
    if inbound.sent_at:
        members["sent_at"] = inbound.sent_at.isoformat()
    if inbound.media:
        members["media"] = [
            {name: value for name, value in file.items() if value is not None} for file in members["media"]
        ]
    return members


def payloads(folder: str) -> dict[str, dict[str, Any]]:
    """Return the payload files of a provider by name."""
    return {path.stem: json.loads(path.read_text()) for path in sorted((PAYLOADS / folder).glob("*.json"))}
