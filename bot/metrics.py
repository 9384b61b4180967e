"""Numbers for Prometheus: each web, worker and clock process has a port of its own for them.

Steps, turns, jobs, webhooks, providers' errors and the engine's are of the process, the queues' of the whole
deployment. No number names a person: labels are kinds and codes, never addresses or texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, ProcessCollector, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot import meters, queues, watching
from bot.database import AWAY
from bot.town import Town
from nlu.rasa_engine import RasaInterpreter


class Ear(Collector):
    """Whether the engine of NLU_ENGINE hears, or the default engine stands in for it."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def collect(self) -> Iterator[Metric]:
        """Yield the engine's numbers as they stand now."""
        engine = self._town.config.settings.nlu_engine
        server = self._town.interpreter.server if isinstance(self._town.interpreter, RasaInterpreter) else None
        up = GaugeMetricFamily(
            "townline_nlu_engine_up", "1 while the engine of NLU_ENGINE hears.", labels=["engine"]
        )
        up.add_metric([engine], 0 if server and server.trouble else 1)
        yield up
        failures = CounterMetricFamily(
            "townline_nlu_engine_failures",
            "How often it was asked in vain; it then rests, and the default engine hears.",
            labels=["engine"],
        )
        failures.add_metric([engine], server.failures if server else 0)
        yield failures


class Queues(Collector):
    """What waits and what was given up, read from the database when asked; nothing where it does not answer."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def collect(self) -> Iterator[Metric]:
        """Yield the numbers as they stand now."""
        now = self._town.now()
        try:
            with self._town.database.read() as session:
                found = queues.queues(session, now)
                failed = sum(each.count for each in queues.given_up(session))
                aside = queues.quarantined(session)
        except AWAY:
            return
        waiting = GaugeMetricFamily("townline_queue_waiting", "How many wait.", labels=["queue"])
        oldest = GaugeMetricFamily(
            "townline_queue_oldest_seconds", "How long the oldest waits.", labels=["queue"]
        )
        for queue in found:
            waiting.add_metric([queue.name], queue.waiting)
            oldest.add_metric([queue.name], (now - queue.oldest).total_seconds() if queue.oldest else 0)
        yield waiting
        yield oldest
        yield GaugeMetricFamily("townline_outbox_failed", "How many were given up and not tried again.", failed)
        yield GaugeMetricFamily("townline_quarantined", "Payloads that nobody could read.", aside)


class Ready(Collector):
    """Whether this process finds all that it needs, as /readyz says it."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def collect(self) -> Iterator[Metric]:
        """Yield what is ready now; asks the database and Redis."""
        ready = GaugeMetricFamily("townline_ready", "1 while it is in order; see /readyz.", labels=["check"])
        for check in watching.checks(self._town):
            ready.add_metric([check.name], check.ready)
        yield ready


@contextmanager
def published(town: Town, port: int | None) -> Iterator[None]:
    """Answer GET /metrics on this port of 127.0.0.1 meanwhile; None publishes nothing.

    Raises `OSError` where the port is taken.
    """
    if port is None:
        yield
        return
    registry = CollectorRegistry()
    registry.register(Ear(town))
    registry.register(Queues(town))
    registry.register(Ready(town))
    meters.register(registry)
    ProcessCollector(registry=registry)
    server, thread = start_http_server(port, "127.0.0.1", registry)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
