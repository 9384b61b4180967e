"""The deployment seen from outside: does it live, is all there that it needs, what came of webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import redis
from flask import Blueprint, Flask, Response, jsonify, request
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot import meters, schema
from bot.journal import CONVERSATION, fault
from bot.models import Message, OutboxEntry
from bot.outbox import UNTRIED_PUSH
from bot.town import Town
from nlu.rasa_engine import RasaInterpreter

LONGEST_WAIT = timedelta(minutes=10)
"""What is to be done takes seconds: whatever waits for longer, nobody is at work on."""

PROBE = "there is a pothole in the road"

PROVIDERS = ("twilio", "telegram", "work_orders")
"""Whose webhooks are counted: the blueprints' names."""


@dataclass(frozen=True)
class Check:
    """One thing that has to be in order, and in words how it is; no address, no password."""

    name: str
    ready: bool
    words: str


# Readiness ------------------------------------------------------------------------------------------


def checks(town: Town) -> Iterator[Check]:
    """Yield how everything is that answering takes: database, its tables, the backlog, the ear, Redis."""
    try:
        yield from _database(town)
    except SQLAlchemyError as error:
        yield Check("database", False, f"does not answer ({type(error).__name__})")
    yield _model(town)
    if town.config.settings.redis_url:
        yield _redis(town.config.settings.redis_url)


def _database(town: Town) -> Iterator[Check]:
    with town.database.read() as session:
        session.execute(text("SELECT 1"))
    current = schema.is_current(town.database)
    with town.database.read() as session:
        backlog = _backlog(session, town.now()) if current else []
    yield Check("database", True, "answers")
    words = "are up to date" if current else "are older than this release: run `townline migrate`"
    yield Check("tables", current, words)
    yield from backlog


def _backlog(session: Session, now: datetime) -> list[Check]:
    """Return whether messages and the outbox are kept up with.

    An entry that was tried in vain waits for its next try, and those behind it for the entry: that is the
    provider's fault and no backlog of ours.
    """
    unread = session.scalar(select(func.min(Message.created_at)).where(Message.read_at.is_(None)))
    open_ones = OutboxEntry.done_at.is_(None) & ~(UNTRIED_PUSH & (OutboxEntry.due_at > now))
    firsts = select(func.min(OutboxEntry.id)).where(open_ones).group_by(OutboxEntry.destination)
    due = session.scalar(select(func.min(OutboxEntry.due_at)).where(OutboxEntry.id.in_(firsts)))
    return [_kept_up("messages", unread, now), _kept_up("outbox", due, now)]


def _kept_up(name: str, since: datetime | None, now: datetime) -> Check:
    waited = now - since if since else timedelta(0)
    if waited <= LONGEST_WAIT:
        return Check(name, True, "are kept up with")
    minutes = int(waited.total_seconds() // 60)
    return Check(name, False, f"the oldest has waited for {minutes} minutes: does a worker run?")


def _model(town: Town) -> Check:
    try:
        heard = town.interpreter.understand(PROBE)
    except Exception as error:  # noqa: BLE001  (whatever it is, it does not hear)
        return Check("model", False, f"does not hear ({type(error).__name__}): run `townline nlu train`")
    if not heard.services:
        return Check("model", False, "hears no report in a plain one: run `townline nlu train`")
    server = town.interpreter.server if isinstance(town.interpreter, RasaInterpreter) else None
    stand_in = f"; Rasa {server.trouble}, and the default engine stands in" if server and server.trouble else ""
    return Check("model", True, f"hears{stand_in}")


def _redis(url: str) -> Check:
    try:
        with redis.Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3) as found:
            found.ping()
    except (redis.RedisError, ValueError) as error:
        return Check("redis", False, f"does not answer ({type(error).__name__})")
    return Check("redis", True, "answers")


# The web process ------------------------------------------------------------------------------------


class Web(Flask):
    """Flask, but for what it logs of a request that failed: its path may hold a token."""

    def log_exception(self, exc_info: Any) -> None:
        """Log the error with the route's pattern instead of the path."""
        fault(self.logger, exc_info[1], "%s %s failed", request.method, request.url_rule)


def blueprint(town: Town) -> Blueprint:
    """Return /healthz and /readyz; with it, webhooks are counted, and the log names a console's thread."""
    routes = Blueprint("watching", __name__)

    @routes.get("/healthz")
    def healthz() -> tuple[str, int]:
        """200 while this process serves, whatever became of all others."""
        return "ok\n", 200

    @routes.get("/readyz")
    def readyz() -> tuple[Response, int]:
        """200 while all is there that answering residents takes, else 503; in words which."""
        found = list(checks(town))
        ready = all(check.ready for check in found)
        answer = jsonify(ready=ready, checks=[asdict(check) for check in found])
        answer.headers["Cache-Control"] = "no-store"
        return answer, 200 if ready else 503

    @routes.before_app_request
    def name_thread() -> None:
        CONVERSATION.set((request.view_args or {}).get("conversation_id"))

    @routes.teardown_app_request
    def forget_thread(_: BaseException | None) -> None:
        CONVERSATION.set(None)

    @routes.after_app_request
    def count(response: Response) -> Response:
        if request.blueprint in PROVIDERS:
            meters.webhook(request.blueprint, _outcome(response.status_code))
        return response

    return routes


def _outcome(status: int) -> meters.WebhookOutcome:
    if status < 400:
        return "taken"
    if status < 500:
        return "refused"
    return "put_off" if status == 503 else "failed"
