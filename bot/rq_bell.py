"""The bell on Redis or Valkey, by RQ: one ring in flight per subject; workers keep the model loaded.

A ring lies in a sorted set until a worker takes it, the oldest first; RQ's job says only that some lie there.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import redis
import rq
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer

from bot.embedded import EmbeddedLoop, Timers
from bot.entries import Hand
from bot.fault_points import hurried
from bot.jobs import TOGETHER, sweep, take_turns
from bot.outbox import TOLD_WITHIN
from bot.town import Job, Town

log = logging.getLogger(__name__)

QUEUE = "townline"
SWEEP_EVERY = hurried(30.0)  # seconds; with a claim before it (60 s) a crash is made up for in two minutes

RINGS = "townline:rings"
"""What is rung for and not yet taken, by the moment of its ring."""

GATHERED = 0.05  # seconds within which what falls due is rung for at once
STAYING = 1.0  # seconds that a worker stays where there is more to take: RQ keeps books of every job
AGAIN = 2.0  # seconds after which a worker looks again for a Redis that went away
SENDERS = 8  # threads of a worker that wait for providers, departments and photos

Ring = tuple[Job, str]
"""What is to be done, for whom."""

_at_work: tuple[Town, RQBell] | None = None  # the worker's own: jobs carry nothing


def connect(url: str) -> redis.Redis:
    """Return a client that says at once when Redis does not answer; raises `ValueError` on a URL that is none.

    The library's own would try again for seconds, with a provider waiting for its 200.
    """
    patience = {"socket_timeout": 2, "socket_connect_timeout": 2}
    return redis.Redis.from_url(url, retry=Retry(NoBackoff(), 1), **patience)


class RQBell:
    """Rings through Redis. A delayed ring waits in this process: if it dies, the sweeper rings."""

    def __init__(self, url: str) -> None:
        self.redis = connect(url)
        self.queue = rq.Queue(QUEUE, connection=self.redis, serializer=JSONSerializer)
        self._timers = Timers()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def ring(self, job: Job, subject: str, after: float = 0.0) -> None:
        if after <= 0:
            self._enqueue((job, subject))
            return
        self._timers.add(job, subject, after)
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._pass_on, daemon=True)
                self._thread.start()

    def _pass_on(self) -> None:
        while True:
            if first := self._timers.next(60.0):
                self._enqueue(first, *iter(partial(self._timers.next, 0.0), None))
                time.sleep(GATHERED)

    def _enqueue(self, *rings: Ring) -> None:
        now = time.time()
        try:
            with self.redis.pipeline(transaction=False) as asking:
                asking.zadd(RINGS, {":".join(ring): now for ring in rings}, nx=True)
                asking.llen(self.queue.key)
                _, waiting = asking.execute()
            self._call(waiting)
        except redis.RedisError as error:
            log.warning("no ring for %s: Redis does not answer (%s)", rings[0][0], type(error).__name__)

    def take(self, most: int) -> Sequence[Ring]:
        """Take so many rings at most, the oldest first; where more lie there, another worker is called.

        From here on a new ring counts again: what it is about may come after we looked.
        Raises `redis.RedisError`.
        """
        with self.redis.pipeline(transaction=False) as asking:
            asking.zpopmin(RINGS, most)
            asking.zcard(RINGS)
            asking.llen(self.queue.key)
            taken, left, waiting = asking.execute()
        if left:
            self._call(waiting)
        rings = (ring.decode().partition(":") for ring, _ in taken)
        return [(job, subject) for job, _, subject in rings]

    def _call(self, waiting: int) -> None:
        """Have a worker come, unless a job waits for one: that job's worker finds all that lies there."""
        if not waiting:
            self.queue.enqueue(answer, result_ttl=0, failure_ttl=3600)


def answer() -> None:
    """Run by the worker: do what was rung for with the worker's own deployment."""
    if _at_work is None:
        raise RuntimeError("this job runs in `townline worker`, which opens the deployment first")
    town, bell = _at_work
    until = time.monotonic() + STAYING
    while time.monotonic() < until and (rings := bell.take(TOGETHER)):
        for job, subject in rings:
            if job != "take_turns":
                town.bell.ring(job, subject)  # sending waits for others: many at a time
        # Understanding takes the processor: no two at a time.
        take_turns(town, [subject for job, subject in rings if job == "take_turns"])


class Worker(rq.SimpleWorker):
    """RQ's worker, that notes in `told` that it was told to stop, and ends in order without Redis, too."""

    def __init__(self, url: str, told: threading.Event) -> None:
        connection = redis.Redis.from_url(url)
        queue = rq.Queue(QUEUE, connection=connection, serializer=JSONSerializer)
        super().__init__([queue], connection=connection, serializer=JSONSerializer)
        self._told = told

    def handle_warm_shutdown_request(self) -> None:
        self._told.set()
        super().handle_warm_shutdown_request()  # type: ignore[no-untyped-call]

    def teardown(self) -> None:
        with suppress(redis.RedisError):  # its books forget in time who does not take leave
            super().teardown()  # type: ignore[no-untyped-call]
        if self.pubsub_thread:
            self.pubsub_thread.stop()


def work(town: Town, url: str, *, burst: bool = False) -> None:
    """Answer rings until told to stop (SIGTERM finishes the jobs in hand first); a `burst` ends with them.

    What the worker itself rings for it does itself: a reply goes out without another trip to Redis.
    """
    global _at_work
    loop = EmbeddedLoop(SENDERS)
    town = replace(town, bell=loop, hand=Hand())
    _at_work = town, RQBell(url)
    loop.start(town, sweeping=False)
    try:
        if burst:
            while Worker(url, threading.Event()).work(burst=True, logging_level="WARNING"):
                loop.settle(TOLD_WITHIN)  # which may have rung
        else:
            _stay(url)
    finally:
        loop.settle(TOLD_WITHIN)
        loop.stop()


def _stay(url: str) -> None:
    """Answer rings until told to stop, with the model loaded while Redis is away.

    RQ waits for a Redis that goes away as it looks for a job; amid a job, and at the start, it gives up.
    """
    told = threading.Event()
    while not told.is_set():
        why = "Redis broke off amid a job"
        try:
            Worker(url, told).work(logging_level="WARNING")
        except StopRequested:
            return
        except redis.RedisError as error:
            why = f"Redis does not answer ({type(error).__name__})"
        if not told.is_set():
            log.warning("%s: looking for work again in %g s", why, AGAIN)
            with suppress(StopRequested, redis.RedisError):  # a signal's, which RQ's worker still hears
                told.wait(AGAIN)


def tick(town: Town, stopping: Any = None, every: float = SWEEP_EVERY) -> None:
    """The clock: sweep now and then, for as long as the process runs."""
    while stopping is None or not stopping.is_set():
        try:
            sweep(town)
        except Exception as error:  # noqa: BLE001  (the clock goes on, whatever one sweep met)
            log.error("sweep failed: %s", type(error).__name__)
        if stopping is None:
            time.sleep(every)
        else:
            stopping.wait(every)
