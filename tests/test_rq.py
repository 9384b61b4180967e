"""Redis and RQ for real: rings reach workers, a lost Redis loses nothing, and three processes hold a talk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from servers import KEYS, PHONE, Office, OpenOffice, RedisServer, postgres_copy, simulated, wait_until

from bot import jobs, service_requests
from bot.app import open_town
from bot.bench.deployment import free_port
from bot.config import Config
from bot.database import Database, open_database
from bot.jobs import TOGETHER
from bot.rq_bell import AGAIN, RINGS, RQBell, work
from bot.stage import at_any_hour
from nlu.interpreter import Interpreter, Understanding
from webhooks.simulator import Simulator

ROOT = Path(__file__).parent.parent


@pytest.fixture
def bell(redis_url: str) -> Iterator[RQBell]:
    bell = RQBell(redis_url)
    yield bell
    bell.redis.flushdb()
    bell.redis.close()


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database, bell: RQBell) -> Office:
    """An office whose bell is Redis; nobody works there until `labour` is called."""
    return open_office(sqlite, bell=bell)


def labour(office: Office, url: str, *, burst: bool = True) -> None:
    """Do the work of a worker in this process until there is none left; without `burst` until told to stop."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        work(office.town, url, burst=burst)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    office.simulator.settle()


# Rings ----------------------------------------------------------------------------------------------


def test_a_message_is_answered_by_way_of_redis(desk: Office, redis_url: str) -> None:
    desk.says("help")
    assert desk.heard() == []
    labour(desk, redis_url)
    assert len(desk.heard()) == 1


def rung(bell: RQBell) -> list[str]:
    """Return what is rung for, the oldest first."""
    return [ring.decode() for ring in bell.redis.zrange(RINGS, 0, -1)]


def test_one_ring_is_in_flight_per_subject(desk: Office, bell: RQBell, redis_url: str) -> None:
    with ThreadPoolExecutor(10) as ringers:
        list(ringers.map(lambda _: bell.ring("deliver", "conversation:1"), range(50)))
    assert rung(bell) == ["deliver:conversation:1"]
    bell.ring("deliver", "conversation:2")
    bell.ring("take_turns", "1")
    assert rung(bell) == ["deliver:conversation:1", "deliver:conversation:2", "take_turns:1"]
    labour(desk, redis_url)
    assert rung(bell) == []
    bell.ring("deliver", "conversation:1")  # once it was answered, one may ring again
    assert rung(bell) == ["deliver:conversation:1"]


def test_a_delayed_ring_comes_when_it_is_due(bell: RQBell) -> None:
    bell.ring("deliver", "conversation:1", after=0.05)
    bell.ring("deliver", "conversation:1", after=3600)
    assert rung(bell) == []
    wait_until(lambda: bell.queue.count == 1, "the ring comes")
    assert rung(bell) == ["deliver:conversation:1"]


def test_a_worker_takes_the_oldest_rings_and_calls_another_for_the_rest(bell: RQBell) -> None:
    for number in range(TOGETHER + 1):
        bell.ring("take_turns", str(number))
    bell.ring("take_turns", "0")  # keeps its place
    assert bell.queue.count == 1  # the worker that it calls finds all of them
    bell.queue.empty()
    assert bell.take(TOGETHER) == [("take_turns", str(number)) for number in range(TOGETHER)]
    assert bell.queue.count == 1
    bell.queue.empty()
    assert bell.take(TOGETHER) == [("take_turns", str(TOGETHER))]
    assert bell.queue.count == 0


def test_rings_that_lie_there_with_nobody_called_are_found_at_the_next(bell: RQBell) -> None:
    bell.ring("take_turns", "1")
    bell.queue.empty()  # whoever took the job died before it took a ring
    bell.ring("take_turns", "1")
    assert bell.queue.count == 1
    assert bell.take(TOGETHER) == [("take_turns", "1")]


def test_a_ring_during_a_turn_is_not_lost(desk: Office, bell: RQBell, redis_url: str) -> None:
    class Ear:
        """Hears a second message arrive while it listens to the first."""

        def __init__(self, interpreter: Interpreter) -> None:
            self.interpreter = interpreter
            self.rings: list[str] = []

        def understand(self, text: str, language: str | None = None) -> Understanding:
            if not self.rings:
                desk.says("are you a robot?")
                self.rings += rung(bell)
            return self.interpreter.understand(text, language)

    ear = Ear(desk.town.interpreter)
    desk.says("help")
    labour(replace(desk, town=replace(desk.town, interpreter=ear)), redis_url)
    assert ear.rings == ["take_turns:1"]  # the turn was under way, and yet it was rung for again
    assert len(desk.heard()) == 2


def test_the_worker_keeps_the_model_it_has_loaded(desk: Office, redis_url: str) -> None:
    class Ear:
        """Remembers in which process it heard: what another process notes would be lost here."""

        def __init__(self, interpreter: Interpreter) -> None:
            self.interpreter = interpreter
            self.processes: list[int] = []

        def understand(self, text: str, language: str | None = None) -> Understanding:
            self.processes.append(os.getpid())
            return self.interpreter.understand(text, language)

    ear = Ear(desk.town.interpreter)
    desk.says("help", by=PHONE)
    desk.says("are you a robot?", by="+15550143")
    labour(replace(desk, town=replace(desk.town, interpreter=ear)), redis_url)
    assert len(ear.processes) >= 2
    assert set(ear.processes) == {os.getpid()}


def test_a_job_that_fails_does_not_end_the_worker(desk: Office, bell: RQBell, redis_url: str) -> None:
    bell.ring("take_turns", "404")  # there is no such conversation
    desk.says("help")
    labour(desk, redis_url)
    assert len(desk.heard()) == 1


def test_nothing_of_a_resident_is_in_redis(desk: Office, bell: RQBell) -> None:
    desk.says("pothole at 500 main st")
    assert rung(bell) == ["take_turns:1"]
    names = list(bell.redis.scan_iter())
    held = b" ".join([*names, *(bell.redis.dump(name) or b"" for name in names)])
    for personal in (PHONE.lstrip("+"), "pothole", "main st"):
        assert personal.encode() not in held


def test_a_redis_that_is_down_costs_no_message(
    open_office: OpenOffice, sqlite: Database, redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    bell = RQBell(redis_server.url)
    office = open_office(sqlite, bell=bell)
    office.says("help")  # Twilio gets its 200: the letterbox is the database
    assert "Redis does not answer" in caplog.text
    redis_server.start()
    jobs.sweep(office.town)
    labour(office, redis_server.url)
    assert len(office.heard()) == 1
    bell.redis.close()


class RedisGoes:
    """An ear that hears how Redis goes away while it listens to the first message."""

    def __init__(self, server: RedisServer, interpreter: Interpreter) -> None:
        self.server, self.interpreter, self.heard = server, interpreter, 0

    def understand(self, text: str, language: str | None = None) -> Understanding:
        self.heard += 1
        if self.heard == 1:
            self.server.stop()
        return self.interpreter.understand(text, language)


@contextmanager
def told_to_stop_after(act: Callable[[], None]) -> Iterator[None]:
    """Do something in a thread, and then tell this process to stop; where nobody listens, that does nothing."""

    def then_tell() -> None:
        try:
            act()
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(then_tell)
            yield
            done.result()
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize("comes_back", [True, False])
def test_a_worker_stays_when_redis_goes_away_amid_a_job(
    comes_back: bool, open_office: OpenOffice, sqlite: Database, redis_server: RedisServer
) -> None:
    redis_server.start()
    bell = RQBell(redis_server.url)
    office = open_office(sqlite, bell=bell)
    ear = RedisGoes(redis_server, office.town.interpreter)

    def happens() -> None:
        wait_until(lambda: len(office.heard()) == 1, "what was in hand is answered without Redis")
        time.sleep(1.5 * AGAIN)  # it looks for Redis in vain
        if comes_back:
            redis_server.start()
            office.says("are you a robot?")
            wait_until(lambda: len(office.heard()) == 2, "the same worker answers what came later")

    office.says("help")
    with told_to_stop_after(happens):
        labour(replace(office, town=replace(office.town, interpreter=ear)), redis_server.url, burst=False)
    assert len(office.heard()) == (2 if comes_back else 1)
    bell.redis.close()


def test_a_redis_that_forgot_everything_costs_no_message(desk: Office, bell: RQBell, redis_url: str) -> None:
    desk.says("help")
    bell.redis.flushdb()
    labour(desk, redis_url)
    assert desk.heard() == []
    jobs.sweep(desk.town)
    labour(desk, redis_url)
    assert len(desk.heard()) == 1


# Processes ------------------------------------------------------------------------------------------


@contextmanager
def townline(environment: dict[str, str], *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the command as a process of its own; asks it to end afterwards, and sees that it does so well."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield process
        process.terminate()
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        process.wait()


def answers(url: str) -> Callable[[], bool]:
    def asked() -> bool:
        with suppress(requests.ConnectionError):
            return requests.get(f"{url}/healthz", timeout=5).status_code == 200
        return False

    return asked


def test_web_worker_and_clock_hold_a_conversation(
    config: Config,
    interpreter: Interpreter,
    simulator: Simulator,
    postgres_url: str,
    postgres_city: str,
    bell: RQBell,
    redis_url: str,
    tmp_path: Path,
) -> None:
    """Web, worker and clock as three processes on PostgreSQL and Redis; the city is a fourth: this one."""
    port = free_port()
    with postgres_copy(postgres_url, postgres_city) as url, ExitStack() as processes:
        here = at_any_hour(simulated(config, simulator, tmp_path, database_url=url, redis_url=redis_url))
        settings = {name.upper(): value for name, value in vars(here.settings).items() if value}
        environment = os.environ | settings | {"TOWNLINE_CONFIG": str(ROOT / "config.yml")}
        simulator.webhook_base_url = f"http://127.0.0.1:{port}"
        for command in (("serve", "--port", str(port)), ("worker",), ("clock",)):
            processes.enter_context(townline(environment, *command))
        wait_until(answers(simulator.webhook_base_url), "the web process serves", timeout=180)

        simulator.sms(PHONE, "pothole at 500 main st")
        simulator.wait_for_reply(PHONE, containing="500 Main St", timeout=180)
        simulator.sms(PHONE, "yes")
        simulator.wait_for_reply(PHONE, containing="SR-10001", timeout=60)
        wait_until(lambda: list((tmp_path / "mail").glob("*.eml")), "the department is told")

        city = open_town(here, bell=bell, database=open_database(url, KEYS), interpreter=interpreter)
        service_requests.update_status(city, "SR-10001", "completed", "Filled by crew 7.")
        simulator.wait_for_reply(PHONE, containing="Filled by crew 7.", timeout=60)

        simulator.settle()
        said = [entry.author for entry in simulator.thread(PHONE)]
        assert said == ["resident", "bot", "resident", "bot", "bot"]
        city.database.close()
