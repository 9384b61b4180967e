"""Operations: is every part well, what waits, what failed and why, and trying it again."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import redis
from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from bot import queues, schema
from bot.console.access import Console, View, me, opaque_name, problem
from bot.console.audit import record
from bot.console.charts import lasted
from bot.models import Conversation, OutboxEntry
from bot.town import Town
from nlu.rasa_engine import RasaInterpreter
from webhooks.twilio import explain

MOST_SHOWN = 100
LONG = 600.0
"""Seconds after which something that still waits is marked: answers go out within seconds."""

NAMES = {
    "messages": "Messages unread",
    "photos": "Photos to fetch",
    "reply": "Answers to residents",
    "push": "News to residents",
    "email": "Mails to departments",
    "webhook": "Webhooks to departments",
    "telegram": "Posts to staff groups",
    "open311": "Cases to Open311 systems",
}


@dataclass(frozen=True)
class Part:
    """How a part is: `level` is ok, note or wrong; `words` say what to do where it is not well."""

    name: str
    level: str
    words: str


@dataclass(frozen=True)
class Waiting:
    """A queue's line."""

    name: str
    count: int
    age: str
    long: bool


@dataclass(frozen=True)
class Failed:
    """An entry that was given up. A resident is shown by their opaque name."""

    id: int
    to: str
    kind: str
    at: str
    tries: int
    error: str


def add(console: Console) -> None:
    """Add the pages."""
    town = console.town
    console.page("/operations", "operations", _operations(town), allow="operations")
    console.page(
        "/operations/retry/<int:entry_id>", "retry", _retry(town), allow="operations", methods=("POST",)
    )


def _operations(town: Town) -> View:
    def operations() -> str:
        """Show how the deployment is."""
        asked = "providers" in request.args
        with town.database.read() as session:
            failed = list(_failed(town, session))
            bounced = queues.bounced(session)
            waiting = [_waiting(each, town.now()) for each in queues.queues(session, town.now())]
            aside = queues.quarantined(session)
        return render_template(
            "console/operations.html",
            parts=[*_parts(town), *(_providers(town) if asked else ())],
            asked=asked,
            waiting=waiting,
            failed=failed,
            most=MOST_SHOWN,
            names=NAMES,
            bounced=[(each, explain(each.code)) for each in bounced],
            aside=aside,
            version=importlib.metadata.version("townline"),
        )

    return operations


def _retry(town: Town) -> View:
    def retry(entry_id: int) -> Response:
        """Try a failed delivery again."""
        try:
            with town.database.write.begin() as session:
                entry = queues.retry(town, session, entry_id)
                record(town, session, me(), "delivery_retried", f"outbox:{entry_id}", kind=entry.kind)
        except queues.NotFailed as error:
            return problem(409, str(error))
        town.bell.ring("deliver", entry.destination)
        return redirect(url_for("console.operations"), 303)

    return retry


# Health ---------------------------------------------------------------------------------------------


def _parts(town: Town) -> Iterator[Part]:
    """Yield what can be told at once, without asking a provider."""
    kind = "PostgreSQL" if town.database.engine.dialect.name == "postgresql" else "SQLite, in a file"
    current = schema.is_current(town.database)
    if current:
        yield Part("Database", "ok", kind)
    else:
        yield Part("Database", "wrong", f"{kind}: tables out of date. Run `townline migrate`.")
    yield _queue(town)
    yield _ear(town)
    writable = town.config.photos.is_dir() or town.config.photos.parent.is_dir()
    yield Part(
        "Photos",
        "ok" if writable else "wrong",
        "kept in a folder" if writable else "the folder of PHOTOS_URL is missing: make it, or mount it",
    )
    for name in ("sms", "telegram"):
        there = name in town.channels
        yield Part(CHANNELS[name], "ok" if there else "note", "set up" if there else "not set up")


CHANNELS = {"sms": "SMS and WhatsApp", "telegram": "Telegram"}


def _queue(town: Town) -> Part:
    url = town.config.settings.redis_url
    if not url:
        return Part("Queue", "ok", "none: this process answers messages itself")
    try:
        with redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2) as found:
            found.ping()
    except (redis.RedisError, ValueError):
        return Part(
            "Queue", "wrong", "Redis does not answer: check REDIS_URL. Nothing is lost; it is taken up after."
        )
    return Part("Queue", "ok", "Redis answers")


def _ear(town: Town) -> Part:
    engine = town.config.settings.nlu_engine
    server = town.interpreter.server if isinstance(town.interpreter, RasaInterpreter) else None
    if server is not None and server.trouble:
        return Part("Understanding", "wrong", f"{engine} {server.trouble}; the default engine hears meanwhile")
    return Part("Understanding", "ok", f"{engine} hears")


def _providers(town: Town) -> Iterator[Part]:
    """Ask the providers whether they accept us; it takes some seconds."""
    for name, words in CHANNELS.items():
        if name in town.channels:
            yield _asked(f"{words}: the provider", town.channels[name].health)
    for code, department in town.config.departments.items():
        for way in department.ways:
            if way != "email":  # a mail server is one for all
                recipient, backend = department.recipient(way, code), town.backends[way]
                yield _asked(f"{department.name}: {way}", partial(backend.health, recipient))
    if "email" in town.backends:
        yield _asked("Mail server", partial(town.backends["email"].health, ""))


def _asked(name: str, health: Callable[[], str]) -> Part:
    trouble = health()
    return Part(name, "wrong" if trouble else "ok", trouble or "accepts us")


# Queues ---------------------------------------------------------------------------------------------


def _waiting(queue: queues.Queue, now: datetime) -> Waiting:
    seconds = (now - queue.oldest).total_seconds() if queue.oldest else None
    name = NAMES.get(queue.name, queue.name)
    return Waiting(name, queue.waiting, lasted(seconds) if seconds else "–", (seconds or 0) > LONG)


def _failed(town: Town, session: Session) -> Iterator[Failed]:
    for entry in queues.failed(session, MOST_SHOWN):
        assert entry.done_at is not None
        yield Failed(
            id=entry.id,
            to=_recipient(town, session, entry),
            kind=NAMES.get(entry.kind, entry.kind),
            at=lasted((town.now() - entry.done_at).total_seconds()),
            tries=entry.attempts,
            error=entry.error or "no reason was noted",
        )


def _recipient(town: Town, session: Session, entry: OutboxEntry) -> str:
    whose, _, rest = entry.destination.partition(":")
    if whose == "department":
        code = rest.partition(":")[0]
        return town.city.departments.get(code, code)
    thread = session.get(Conversation, int(rest)) if rest.isdecimal() else None
    return f"{opaque_name(thread.contact_id, town.config)}, {thread.channel}" if thread else "a resident"
