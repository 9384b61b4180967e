"""A deployment of real processes that die and are started anew, as systemd does it, and what it left behind."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from servers import KEYS, RedisServer
from sqlalchemy import func, select

from bot.database import AWAY, Database, open_database
from bot.models import Message, OutboxEntry, ServiceRequest
from torture.nursery import Child, Nursery
from webhooks.simulator import Simulator

ROOT = Path(__file__).parent.parent.parent
SECRET = "simulated-webhook-secret"
PATIENCE = 240.0
"""Seconds after which a resident goes home."""


class Failed(Exception):
    """Something that had to come about did not."""


def wait_for(holds: Callable[[], object], what: str, timeout: float = PATIENCE) -> None:
    """Wait for what other processes bring about; raises `Failed` when it does not come."""
    until = time.monotonic() + timeout
    while not holds():
        if time.monotonic() > until:
            raise Failed(f"did not come about: {what}")
        time.sleep(0.05)


@dataclass
class Death:
    """One process that ended, by whose hand, and when it was all made up for."""

    name: str
    code: int
    at: datetime
    began: float  # monotonic
    point: str
    last_line: str  # of its log
    caught_up: float | None = None  # seconds

    @property
    def is_unasked(self) -> bool:
        """Whether it ended by itself: who is to die is killed."""
        return self.code != -signal.SIGKILL

    def __str__(self) -> str:
        return f"{self.name} (left: {self.code}, {self.last_line})" if self.is_unasked else self.name


@dataclass
class _Process:
    name: str
    arguments: tuple[str, ...]
    faults: list[str]
    popen: Child | None = None
    point: str = ""


@dataclass
class Deployment:
    """`townline serve`, and with a Redis `worker` and `clock`, at a simulator's providers.

    `faults` are the points at which the process that comes there dies: one for each of its lives.
    """

    folder: Path
    simulator: Simulator
    nursery: Nursery
    database_url: str
    redis: RedisServer | None = None
    settings: dict[str, str] = field(default_factory=dict)
    deaths: list[Death] = field(default_factory=list)
    _processes: dict[str, _Process] = field(default_factory=dict)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.database: Database = open_database(self.database_url, KEYS)
        self.port = int(self.simulator.webhook_base_url.rpartition(":")[2])

    # -- processes

    @contextmanager
    def running(self, faults: Sequence[str] = (), *, clocks: int = 1) -> Iterator[Deployment]:
        """Run all processes until the block ends; whichever dies is started anew at once."""
        at_web = [fault for fault in faults if fault.startswith("receive") or self.redis is None]
        elsewhere = [fault for fault in faults if fault not in at_web]
        self._add("serve", ("serve", "--port", str(self.port)), at_web)
        if self.redis is not None:
            self._add("worker", ("worker",), elsewhere)
            for number in range(clocks):
                self._add(f"clock {number + 1}", ("clock",), [])
        keeper = threading.Thread(target=self._keep_running, daemon=True)
        try:
            for process in self._processes.values():
                self._start(process)
            keeper.start()
            wait_for(self.serves, "the web process serves")
            yield self
        finally:
            self._stopping.set()
            if keeper.is_alive():  # it is not where a start failed
                keeper.join()
            self._end()

    def _add(self, name: str, arguments: tuple[str, ...], faults: list[str]) -> None:
        self._processes[name] = _Process(name, arguments, faults)

    def _start(self, process: _Process) -> None:
        process.point = process.faults.pop(0) if process.faults else ""
        environment = self._environment(process.point)
        process.popen = self.nursery.start(process.arguments, environment, self._log(process.name))

    def _environment(self, point: str) -> dict[str, str]:
        described = {
            "TOWNLINE_CONFIG": str(ROOT / "config.yml"),
            "DATABASE_URL": self.database_url,
            "TOWNLINE_ENCRYPTION_KEYS": KEYS,
            "REDIS_URL": self.redis.url if self.redis else "",
            "PUBLIC_BASE_URL": f"http://127.0.0.1:{self.port}",
            "PHOTOS_URL": str(self.folder / "photos"),
            "SMTP_URL": (self.folder / "mail").as_uri(),
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": "simulated-auth-token",
            "TWILIO_FROM": "+15550100",
            "TWILIO_API_BASE_URL": self.simulator.twilio_base_url,
            "TELEGRAM_BOT_TOKEN": "4242:simulated-bot-token",
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
            "TELEGRAM_API_BASE_URL": self.simulator.telegram_base_url,
            "TOWNLINE_FAULT": point,
        }
        return described | self.settings

    def _keep_running(self) -> None:
        while not self._stopping.wait(0.02):
            for process in self._processes.values():
                with self._lock:
                    self._look_after(process)

    def _look_after(self, process: _Process) -> None:
        code = process.popen.poll() if process.popen else None
        if code is None:
            return
        said = self._last_line(process.name)
        death = Death(process.name, code, datetime.now(UTC), time.monotonic(), process.point, said)
        self.deaths.append(death)
        self._start(process)
        threading.Thread(target=self._measure, args=(death,), daemon=True).start()

    def _measure(self, death: Death) -> None:
        """Note how long it takes until all that lay there at a death is done."""
        with suppress(Failed):
            wait_for(lambda: not self.unread(death.at), "what lay there is read")
            read_at = datetime.now(UTC)
            wait_for(lambda: not self.unsent(read_at), "what was to be sent is sent")
            death.caught_up = time.monotonic() - death.began

    def kill(self, name: str) -> None:
        """Kill a process, SIGKILL; whoever keeps them running starts it anew."""
        popen = self._processes[name].popen
        assert popen is not None
        popen.kill()

    def _end(self) -> None:
        for process in self._processes.values():
            if process.popen and process.popen.poll() is None:
                process.popen.terminate()
        for process in self._processes.values():
            if process.popen:
                with suppress(subprocess.TimeoutExpired):
                    process.popen.wait(timeout=20)
                process.popen.kill()
                process.popen.wait()
        self.database.close()

    def serves(self) -> bool:
        with suppress(requests.RequestException):
            return requests.get(f"http://127.0.0.1:{self.port}/healthz", timeout=5).status_code == 200
        return False

    # -- what lies there

    def unread(self, since: datetime | None = None) -> int:
        """Return how many messages wait for an answer: all, or those that came before a moment."""
        query = select(func.count(Message.id)).where(Message.read_at.is_(None))
        return self._count(query if since is None else query.where(Message.created_at <= since))

    def unsent(self, since: datetime | None = None) -> int:
        """Return how many replies and notices are not done; news held back for the quiet hours is none."""
        query = select(func.count(OutboxEntry.id)).where(
            OutboxEntry.done_at.is_(None), OutboxEntry.kind != "push"
        )
        return self._count(query if since is None else query.where(OutboxEntry.created_at <= since))

    def _count(self, query: Any) -> int:
        try:
            with self.database.read() as session:
                return int(session.scalars(query).one())
        except AWAY:
            return 1  # nobody knows: something is left

    def settle(self, timeout: float = PATIENCE) -> None:
        """Wait until nothing is left to do; raises `Failed`."""
        wait_for(lambda: not self.unread() and not self.unsent(), "everything is done", timeout)
        self.simulator.settle(30)

    def messages(self) -> list[Message]:
        with self.database.read() as session:
            return list(session.scalars(select(Message).order_by(Message.id)))

    def entries(self) -> list[OutboxEntry]:
        with self.database.read() as session:
            return list(session.scalars(select(OutboxEntry).order_by(OutboxEntry.id)))

    def cases(self) -> int:
        return self._count(select(func.count(ServiceRequest.id)))

    def last_words(self) -> str:
        """Return the last line of every process, for whoever looks for the reason of a fault."""
        return ", ".join(f"{name}: {self._last_line(name)}" for name in self._processes)

    def _log(self, name: str) -> Path:
        return self.folder / f"{name.replace(' ', '')}.log"

    def _last_line(self, name: str) -> str:
        with suppress(FileNotFoundError, IndexError):
            return self._log(name).read_text(errors="replace").splitlines()[-1]
        return "nothing"


@contextmanager
def deployed(
    folder: Path,
    nursery: Nursery,
    database_url: str,
    *,
    redis: bool,
    port: int,
    **settings: str,
) -> Iterator[Deployment]:
    """A deployment that does not run yet, its Redis and its simulator, in a folder of its own."""
    with ExitStack() as stack:
        simulator = stack.enter_context(
            Simulator(f"http://127.0.0.1:{port}", webhook_secret=SECRET, telegram_speed=4, telegram_patience=60)
        )
        server = None
        if redis:
            server = RedisServer(folder)
            server.start()
            stack.callback(server.stop)
        yield Deployment(folder, simulator, nursery, database_url, server, settings)
