"""Numbers for Prometheus, of this process: each web and worker process has a port of its own for them.

No number names a person: labels are engines, never addresses or texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

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
    server, thread = start_http_server(port, "127.0.0.1", registry)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
