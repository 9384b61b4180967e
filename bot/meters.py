"""This process's counters and clocks: what Prometheus may ask for without asking the database.

Labels are steps, channels, outcomes and providers' codes: never an address, a name or a text.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import Literal, get_args

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.registry import Collector

Step = Literal["receive", "hear", "turn", "commit", "deliver"]
TurnOutcome = Literal["answered", "overtaken", "failed", "set_aside"]
JobOutcome = Literal["done", "put_off", "failed"]
WebhookOutcome = Literal["taken", "refused", "put_off", "failed"]

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds

_STEPS = Histogram(
    "townline_step_seconds",
    "How long a step of a message's path took.",
    ["step"],
    buckets=BUCKETS,
    registry=None,
)
_TURNS = Counter("townline_turns", "Turns of a conversation.", ["outcome"], registry=None)
_JOBS = Counter("townline_jobs", "Rings that were answered.", ["kind", "outcome"], registry=None)
_WEBHOOKS = Counter("townline_webhooks", "Webhooks that came in.", ["provider", "outcome"], registry=None)
_REFUSALS = Counter(
    "townline_provider_errors",
    "Sends that a provider or a department's system did not take, by its code.",
    ["channel", "code"],
    registry=None,
)
_UNDELIVERED = Counter(
    "townline_undelivered",
    "Receipts that say of a message that was taken: not delivered.",
    ["channel", "code"],
    registry=None,
)

_STEP = {step: _STEPS.labels(step) for step in get_args(Step)}
_TURN = {outcome: _TURNS.labels(outcome) for outcome in get_args(TurnOutcome)}

NO_CODE, STRANGE_CODE = "none", "other"


def register(registry: CollectorRegistry) -> None:
    """Have a registry publish all of them."""
    meters: tuple[Collector, ...] = (_STEPS, _TURNS, _JOBS, _WEBHOOKS, _REFUSALS, _UNDELIVERED)
    for meter in meters:
        registry.register(meter)


def step(name: Step) -> AbstractContextManager[object]:
    """Take the time of a step."""
    return _STEP[name].time()


def turn(outcome: TurnOutcome) -> None:
    """Count a turn."""
    _TURN[outcome].inc()


def job(name: str, outcome: JobOutcome) -> None:
    """Count a job."""
    _JOBS.labels(name, outcome).inc()


def webhook(provider: str, outcome: WebhookOutcome) -> None:
    """Count a webhook."""
    _WEBHOOKS.labels(provider, outcome).inc()


def refused(channel: str, code: str = "") -> None:
    """Count a send that was not taken; `code` is the provider's."""
    _REFUSALS.labels(channel, _code(code)).inc()


def undelivered(channel: str, code: str = "") -> None:
    """Count a message that was taken and did not arrive; `code` is the provider's."""
    _UNDELIVERED.labels(channel, _code(code)).inc()


def _code(code: str) -> str:
    """Return a code that may be a label: what isn't like a code is not ours to publish."""
    if not code:
        return NO_CODE
    return code if re.fullmatch(r"[A-Za-z0-9_.-]{1,16}", code) else STRANGE_CODE
