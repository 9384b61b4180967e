"""The matrix: what is killed, flushed, filled, restarted or stormed, and what came of it."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import redis as redis_client
from sqlalchemy import select

from bot.bench.deployment import free_port
from bot.config import Config
from bot.fault_points import POINTS
from bot.models import Photo
from torture import talks
from torture.deployment import Deployment, Failed, deployed, wait_for
from torture.nursery import Nursery
from torture.servers import Cities, Postgres, TinyDisk
from torture.talks import Line, Threads, Verdict, judge
from webhooks.simulator import WebhookFailed
from webhooks.simulator.calling import AppAddress
from webhooks.simulator.faults import Fault
from webhooks.simulator.pictures import PICTURES, draw
from webhooks.simulator.twilio_webhooks import TwilioWebhooks

SETUPS = {"SQLite": "sqlite", "PostgreSQL, Redis": "postgresql"}


@dataclass
class Stage:
    """What all scenarios share: the servers, the nursery, the undisturbed run."""

    config: Config
    cities: Cities
    nursery: Nursery
    redis_down: float  # seconds
    undisturbed: Threads = field(default_factory=dict)

    @contextmanager
    def deployment(self, setup: str, server: Postgres | None = None, **settings: str) -> Iterator[Deployment]:
        kind = SETUPS[setup]
        with (
            self.cities.opened(kind, server) as (folder, url),
            deployed(
                folder, self.nursery, url, redis=kind == "postgresql", port=free_port(), **settings
            ) as deployment,
        ):
            try:
                yield deployment
            except Failed as failed:
                raise Failed(f"{failed} (the last lines of {deployment.last_words()})") from failed

    def rehearse(self) -> None:
        """Play the talks undisturbed once: what every other run is compared with."""
        with self.deployment("SQLite") as deployment, deployment.running():
            talks.talk_all(deployment)
            deployment.settle()
            self.undisturbed = talks.threads(deployment)


@dataclass
class Outcome:
    """One line of the table; seconds, as measured."""

    verdict: Verdict
    killed: str = ""
    caught_up: float | None = None
    longest_wait: float | None = None
    note: str = ""


Run = Callable[[Stage, str], Outcome]


@dataclass(frozen=True)
class Scenario:
    name: str
    setup: str
    run: Run


def outcome(deployment: Deployment, verdict: Verdict, waited: float | None, note: str = "") -> Outcome:
    """Sum up a run; a process that died unasked and a catch-up that was not seen to end are faults."""
    if any(death.is_unasked for death in deployment.deaths):
        verdict.wrong.append("a process ended unasked")
    if any(death.caught_up is None for death in deployment.deaths):
        verdict.wrong.append("what lay there at a death was not seen to be made up for")
    # Where the next one died meanwhile, the time counts from there: what is measured is one crash.
    following = [*(death.began for death in deployment.deaths[1:]), float("inf")]
    known = [
        death.caught_up
        for death, after in zip(deployment.deaths, following, strict=False)
        if death.caught_up is not None and death.began + death.caught_up < after
    ]
    return Outcome(verdict, ", ".join(map(str, deployment.deaths)), max(known, default=None), waited, note)


def at_points(points: tuple[str, ...], stage: Stage, setup: str) -> Outcome:
    """Have a process die at named points, one after the other, while residents talk."""
    with stage.deployment(setup) as deployment, deployment.running(points):
        waited = talks.talk_all(deployment)
        deployment.settle()
        measured(deployment)
        verdict = judge(deployment, stage.undisturbed, repeats=len(points))
        if len(deployment.deaths) != len(points):
            verdict.wrong.append(f"{len(deployment.deaths)} deaths instead of {len(points)}")
        return outcome(deployment, verdict, waited)


def measured(deployment: Deployment) -> None:
    wait_for(lambda: all(d.caught_up is not None for d in deployment.deaths), "the measuring ends", 30)


@contextmanager
def meanwhile(act: Callable[[threading.Event], None]) -> Iterator[None]:
    """Do something in a thread of its own as long as the block lasts."""
    over = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(act, over)
        try:
            yield
        finally:
            over.set()
            done.result()


def killed_while_waiting(stage: Stage, setup: str) -> Outcome:
    """Kill who sends while the provider has taken the message and is silent."""
    name = "serve" if setup == "SQLite" else "worker"
    with stage.deployment(setup) as deployment, deployment.running():
        who = next(iter(talks.SCRIPTS))
        deployment.simulator.twilio_faults.put(Fault(hang=5.0, times=1), who)

        def strike(over: threading.Event) -> None:
            wait_for(lambda: talks.heard(deployment, who) or over.is_set(), "the provider took it")
            deployment.kill(name)

        with meanwhile(strike):
            waited = talks.talk_all(deployment)
            deployment.settle()
        measured(deployment)
        return outcome(deployment, judge(deployment, stage.undisturbed, repeats=1), waited)


def clock_killed(stage: Stage, setup: str) -> Outcome:
    """Kill the sweeper again and again."""
    with stage.deployment(setup) as deployment, deployment.running():

        def strike(over: threading.Event) -> None:
            for _ in range(3):
                deployment.kill("clock 1")
                over.wait(2)

        with meanwhile(strike):
            waited = talks.talk_all(deployment)
            deployment.settle()
        wait_for(lambda: len(deployment.deaths) == 3, "the last one killed is seen to have ended", 30)
        measured(deployment)
        return outcome(deployment, judge(deployment, stage.undisturbed), waited)


def two_clocks(stage: Stage, setup: str) -> Outcome:
    """Two sweepers at once, and a worker that dies so that they have something to sweep."""
    with stage.deployment(setup) as deployment, deployment.running(("commit.after:2",), clocks=2):
        waited = talks.talk_all(deployment)
        deployment.settle()
        measured(deployment)
        return outcome(deployment, judge(deployment, stage.undisturbed, repeats=1), waited)


def redis_flushed(stage: Stage, setup: str) -> Outcome:
    """FLUSHALL twice a second while residents talk."""
    with stage.deployment(setup) as deployment, deployment.running():
        assert deployment.redis is not None
        client = redis_client.Redis.from_url(deployment.redis.url)
        count = 0

        def strike(over: threading.Event) -> None:
            nonlocal count
            while not over.wait(0.5) and count < 40:
                client.flushall()
                count += 1

        with meanwhile(strike):
            waited = talks.talk_all(deployment)
            deployment.settle()
        client.close()
        return outcome(deployment, judge(deployment, stage.undisturbed), waited, f"flushed {count} times")


def redis_down(stage: Stage, setup: str) -> Outcome:
    """Stop Redis, have residents write, start it again."""
    with stage.deployment(setup) as deployment, deployment.running():
        assert deployment.redis is not None
        longest = 0.0
        deployment.redis.stop()
        for who, script in talks.SCRIPTS.items():
            began = time.monotonic()
            talks.say(deployment, who, script[0].text)
            longest = max(longest, time.monotonic() - began)
        time.sleep(stage.redis_down)
        deployment.redis.start()
        back = time.monotonic()
        rest = {who: (Line("yes", "SR-"), script[-1]) for who, script in talks.SCRIPTS.items()}
        deployment.settle()
        caught_up = time.monotonic() - back
        talks.talk_all(deployment, rest)
        deployment.settle()
        summed = outcome(deployment, judge(deployment, stage.undisturbed), None)
        summed.caught_up = caught_up
        summed.note = f"down {stage.redis_down:g} s; webhooks answered within {longest:.1f} s meanwhile"
        return summed


def postgres_restarted(stage: Stage, setup: str) -> Outcome:
    """Crash PostgreSQL while residents talk and 20 more write as fast as they can."""
    server = Postgres(stage.config)
    try:
        with stage.deployment(setup, server) as deployment, deployment.running():
            storm = Storm(deployment, residents=20, each=10, deliveries=3)

            def strike(over: threading.Event) -> None:
                for share in (100, 300):
                    wait_for(lambda share=share: len(storm.waits) >= share or over.is_set(), "the storm blows")
                    server.restart()

            with meanwhile(strike), ThreadPoolExecutor(1) as pool:
                stormed = pool.submit(storm.blow)
                waited = talks.talk_all(deployment)
                stormed.result()
            back = time.monotonic()
            deployment.settle()
            summed = outcome(deployment, judge(deployment, stage.undisturbed, repeats=2), waited)
            summed.caught_up = time.monotonic() - back
            slowest = max(storm.waits)
            summed.note = (
                f"twice amid 600 webhooks: {storm.refused} refused, the slowest taken in {slowest:.0f} s"
            )
            storm.judge(summed.verdict)
            return summed
    finally:
        server.close()


def disk_full(stage: Stage, setup: str) -> Outcome:
    """Residents send pictures and there is no room; then there is."""
    if not TinyDisk.possible():
        return Outcome(Verdict(), note="left out: only root can make a file system of 16 kB")
    with stage.cities.opened("sqlite") as (folder, _):
        disk = TinyDisk(folder / "disk")
    try:
        with stage.deployment(setup, PHOTOS_URL=str(disk.folder)) as deployment, deployment.running():
            picture = draw(next(iter(PICTURES)))
            scripts: dict[talks.Address, tuple[Line, ...]] = {
                who: (Line(script[0].text, script[0].hoping, picture), *script[1:])
                for who, script in talks.SCRIPTS.items()
            }
            waited = talks.talk_all(deployment, scripts)
            full = _photos(deployment)
            disk.give_room()
            began = time.monotonic()
            wait_for(lambda: _photos(deployment) == ["kept"] * 3, "all pictures are kept")
            deployment.settle()
            summed = outcome(deployment, judge(deployment, None), waited)
            summed.caught_up = time.monotonic() - began
            summed.note = f"{full.count('pending')} of 3 pictures had no room; all 3 kept once there was"
            if "pending" not in full:
                summed.verdict.wrong.append("the disk was not full")
            return summed
    finally:
        disk.close()


def _photos(deployment: Deployment) -> list[str]:
    with deployment.database.read() as session:
        return list(session.scalars(select(Photo.state)))


# The storm ------------------------------------------------------------------------------------------

SMALL_TALK = ("help", "hello", "are you a robot?", "thanks", "status")


class Storm:
    """Messages of many residents, each delivered several times, in no order, 16 at once."""

    def __init__(self, deployment: Deployment, *, residents: int, each: int, deliveries: int) -> None:
        url = f"http://127.0.0.1:{deployment.port}"
        self._deployment = deployment
        self._app = AppAddress(url)
        self._twilio = TwilioWebhooks(self._app, "AC" + "0" * 32, "simulated-auth-token")
        self._url = f"{url}/webhooks/twilio#rc=1&rp=5xx,ct,rt"
        self.count = residents * each
        self._lock = threading.Lock()
        self.refused = 0
        self.waits: list[float] = []
        sent = [self._form(resident, number) for resident in range(residents) for number in range(each)]
        self._forms = sent * deliveries
        random.Random(311).shuffle(self._forms)

    def _form(self, resident: int, number: int) -> dict[str, str]:
        sid = f"SM{resident:016x}{number:016x}"
        phone, text = f"+155501{50 + resident:02d}", SMALL_TALK[number % len(SMALL_TALK)]
        form = {"MessageSid": sid, "From": phone, "To": "+15550100", "Body": text, "NumMedia": "0"}
        return form | {"AccountSid": "AC" + "0" * 32}

    def blow(self) -> None:
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(self._deliver, self._forms))
        self._app.close()

    def _deliver(self, form: dict[str, str]) -> None:
        began = time.monotonic()
        wait_for(partial(self._taken, form), "the webhook is taken")
        with self._lock:
            self.waits.append(time.monotonic() - began)

    def _taken(self, form: dict[str, str]) -> bool:
        try:
            self._twilio.post(self._url, form)
        except WebhookFailed:
            with self._lock:
                self.refused += 1
            return False
        return True

    def judge(self, verdict: Verdict) -> None:
        """Note which of these messages were lost, and who got no answer at all."""
        ids = {form["MessageSid"] for form in self._forms}
        stored = {message.external_id for message in self._deployment.messages()}
        if lost := ids - stored:
            verdict.wrong.append(f"{len(lost)} of the storm's messages were lost")
        silent = [
            who for who in {form["From"] for form in self._forms} if not talks.heard(self._deployment, who)
        ]
        if silent:
            verdict.wrong.append(f"{len(silent)} of the storm's residents got no answer")


def webhook_storm(stage: Stage, setup: str) -> Outcome:
    """200 messages of 20 residents, shuffled, each delivered three times."""
    with stage.deployment(setup) as deployment, deployment.running():
        storm = Storm(deployment, residents=20, each=10, deliveries=3)
        storm.blow()
        began = time.monotonic()
        deployment.settle()
        verdict = judge(deployment, None)
        storm.judge(verdict)
        if verdict.inbound != storm.count:
            verdict.wrong.append(f"{verdict.inbound} messages stored instead of {storm.count}")
        summed = outcome(deployment, verdict, None)
        summed.caught_up = time.monotonic() - began
        summed.note = f"600 webhooks, the slowest answered in {max(storm.waits):.1f} s"
        return summed


# All of it ------------------------------------------------------------------------------------------

EMBEDDED, GROWN_UP = SETUPS


def _times(point: str) -> tuple[int, int]:
    """Return at which time that each of two processes is at a point it dies: notices and marks go together."""
    return (1, 1) if point.startswith(("notice", "mark")) else (2, 3)


def matrix() -> list[Scenario]:
    """Return all scenarios. At each point a process dies twice: once early in the talks and once later."""
    found = [
        Scenario(point, setup, partial(at_points, tuple(f"{point}:{time}" for time in _times(point))))
        for setup in SETUPS
        for point in POINTS
    ]
    both: tuple[tuple[str, Run], ...] = (
        ("killed while the provider is silent", killed_while_waiting),
        ("webhook storm", webhook_storm),
    )
    found += [Scenario(name, setup, run) for name, run in both for setup in SETUPS]
    found.append(Scenario("disk full for photos", EMBEDDED, disk_full))
    grown_up: tuple[tuple[str, Run], ...] = (
        ("sweeper killed", clock_killed),
        ("two sweepers at once", two_clocks),
        ("Redis flushed", redis_flushed),
        ("Redis down", redis_down),
        ("PostgreSQL crashed under load", postgres_restarted),
    )
    return found + [Scenario(name, GROWN_UP, run) for name, run in grown_up]


def play(stage: Stage, scenario: Scenario) -> Outcome:
    """Play one scenario; what did not come about is in the verdict."""
    try:
        return scenario.run(stage, scenario.setup)
    except Failed as failed:
        return Outcome(Verdict(wrong=[str(failed)]))
    except Exception as error:  # noqa: BLE001  (the others are to be played all the same)
        return Outcome(Verdict(wrong=[f"{type(error).__name__}: {error}"]))
