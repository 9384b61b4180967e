"""The bell on Redis or Valkey, by RQ: one ring in flight per subject; workers keep the model loaded."""

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
from rq.serializers import JSONSerializer

from bot.embedded import EmbeddedLoop, Timers
from bot.entries import Hand
from bot.fault_points import hurried
from bot.jobs import sweep, take_turns
from bot.town import Job, Town

log = logging.getLogger(__name__)

QUEUE = "townline"
SWEEP_EVERY = hurried(30.0)  # seconds; with a claim before it (60 s) a crash is made up for in two minutes
RINGING_FOR = hurried(60.0)  # seconds after which a ring that nobody answered may be rung again

GATHERED = 0.1  # seconds within which what falls due goes to the workers as one job
GATHERED_AT_MOST = 1.0  # seconds, where the workers are busy
TOGETHER = 16  # turns that share a transaction, at most
SENDERS = 8  # threads of a worker that wait for providers, departments and photos

Ring = tuple[Job, str]
"""What is to be done, for whom."""

_town: Town | None = None  # the worker's own: jobs carry an id and nothing else


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
                self._gather()
                self._enqueue(first, *iter(partial(self._timers.next, 0.0), None))
                # RQ keeps books of every job, some fifteen trips to Redis: on a busy night several share one.
                time.sleep(GATHERED)

    def _gather(self) -> None:
        """Let rings come together while no worker is free: the more share a job, the less each takes."""
        until = time.monotonic() + GATHERED_AT_MOST
        with suppress(redis.RedisError):
            while self.queue.count and time.monotonic() < until:
                time.sleep(GATHERED / 2)

    def _enqueue(self, *rings: Ring) -> None:
        try:
            with self.redis.pipeline(transaction=False) as asking:
                for ring in rings:
                    asking.set(_ringing(*ring), "1", nx=True, px=int(RINGING_FOR * 1000))
                new = [ring for ring, is_new in zip(rings, asking.execute(), strict=True) if is_new]
            if new:
                self.queue.enqueue(answer, new, result_ttl=0, failure_ttl=3600)
        except redis.RedisError as error:
            log.warning("no ring for %s: Redis does not answer (%s)", rings[0][0], type(error).__name__)


def _ringing(job: Job, subject: str) -> str:
    return f"townline:ringing:{job}:{subject}"


def answer(rings: Sequence[Ring]) -> None:
    """Run by the worker: do what was rung for with the worker's own deployment."""
    if _town is None:
        raise RuntimeError("this job runs in `townline worker`, which opens the deployment first")
    current = rq.get_current_job()
    if current is not None:
        # From here on a new ring counts again: what it is about may come after we looked.
        current.connection.delete(*(_ringing(*ring) for ring in rings))
    for job, subject in rings:
        if job != "take_turns":
            _town.bell.ring(job, subject)  # sending waits for others: many at a time
    turns = [subject for job, subject in rings if job == "take_turns"]
    for first in range(0, len(turns), TOGETHER):  # understanding takes the processor: no two at a time
        take_turns(_town, turns[first : first + TOGETHER])


def work(town: Town, url: str, *, burst: bool = False) -> None:
    """Answer rings until told to stop (SIGTERM finishes the jobs in hand first).

    What the worker itself rings for it does itself: a reply goes out without another trip to Redis.
    """
    global _town
    loop = EmbeddedLoop(SENDERS)
    _town = replace(town, bell=loop, hand=Hand())
    loop.start(_town, sweeping=False)
    connection = redis.Redis.from_url(url)
    queue = rq.Queue(QUEUE, connection=connection, serializer=JSONSerializer)
    worker = rq.SimpleWorker([queue], connection=connection, serializer=JSONSerializer)
    try:
        while worker.work(burst=burst, logging_level="WARNING") and burst:
            loop.settle()  # which may have rung
    finally:
        loop.settle()
        loop.stop()


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
