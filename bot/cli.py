"""The `townline` command."""

from __future__ import annotations

import json
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any

import click
from redis import RedisError
from rich.markup import escape
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound, SQLAlchemyError

from bot import conversations, jobs, outbox, schema, service_requests
from bot.app import listening, telegram_settings
from bot.config import Config, ConfigError, load
from bot.database import open_database
from bot.embedded import EmbeddedLoop
from bot.first_run import with_database, with_town
from bot.import_command import import_city
from bot.models import Conversation, ServiceRequest
from bot.nlu_commands import nlu
from bot.place_commands import places
from bot.terminal import console, example, fail
from bot.town import Town
from nlu.interpreter import ModelMissing
from webhooks.channel import SendError


def main() -> None:
    """Run the command; an error that the user can mend is one sentence, not a traceback."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as Ctrl-C: what is under way is finished
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in ("alembic", "waitress", "twilio", "werkzeug", "rq.worker"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        townline()
    except (ConfigError, service_requests.NotAllowed, schema.OutOfDate, ModelMissing) as error:
        fail(str(error) or (error.__doc__ or "").strip())
    except NoResultFound:
        fail("there is no such conversation. `townline conversation list` shows them.")
    except (SQLAlchemyError, RedisError) as error:
        server = "Redis" if isinstance(error, RedisError) else "The database"
        fail(f"{server} does not answer as expected ({type(error).__name__}). `townline check` says more.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="townline")
def townline() -> None:
    """A city's front door in a text thread.

    \b
    Try it:      townline demo
    Run it:      townline migrate && townline serve --port 8000
    Grown up:    DATABASE_URL=... REDIS_URL=... townline serve|worker|clock
    """


# Setting up ---------------------------------------------------------------------------------------


@townline.command()
@example("DATABASE_URL=postgresql://townline@db/townline townline migrate")
def migrate() -> None:
    """Bring the database up to date: tables, and the city's streets when their files changed."""
    config = load()
    with console.status("Bringing the database up to date"):
        loaded = schema.migrate(config, open_database(config.database_url))
    console.print(f"The database is up to date{'; the city was loaded' if loaded else ''}.")


@townline.command()
@example("townline check")
def check() -> None:
    """Say, setting by setting, what is missing or wrong and what to do. Leaves with 1 on anything wrong."""
    from bot.checkup import findings

    config = load()
    table = Table("", "setting", "finding", box=None, pad_edge=False)
    wrong = False
    marks = {"ok": "[green]ok[/]", "note": "[yellow]--[/]", "wrong": "[red]!![/]"}
    for finding in findings(config):
        table.add_row(marks[finding.level], escape(finding.setting), escape(finding.text))
        wrong = wrong or finding.level == "wrong"
    console.print(table)
    if wrong:
        raise SystemExit(1)


townline.add_command(nlu)


places.add_command(import_city, "import")
townline.add_command(places)


@townline.group()
def telegram() -> None:
    """The Telegram bot."""


@telegram.command("set-webhook")
@example("townline telegram set-webhook")
def set_webhook() -> None:
    """Tell Telegram to send the bot's updates to PUBLIC_BASE_URL, with our secret."""
    from webhooks.telegram import TelegramChannel

    settings = telegram_settings(load())
    if settings is None:
        fail("set TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET first; `townline check` says more.")
    try:
        TelegramChannel(settings).set_webhook()
    except SendError as error:
        fail(f"{error.reason}. `townline check` says more.")
    console.print(f"Telegram now sends updates to {settings.webhook_url}")


# Running ------------------------------------------------------------------------------------------


@contextmanager
def embedded(town: Town) -> Iterator[None]:
    """Answer rings in this process, where there is no Redis."""
    loop = town.bell
    if not isinstance(loop, EmbeddedLoop):
        yield
        return
    loop.start(town)
    try:
        yield
    finally:
        loop.stop()


@townline.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--threads", default=16, show_default=True, help="Requests served at once.")
@example("townline serve --port 8000")
def serve(port: int, host: str, threads: int) -> None:
    """Serve the web, and answer messages too where no REDIS_URL is set."""
    town = with_town(load())
    with embedded(town), listening(town, host=host, port=port, threads=threads) as server:
        console.print(f"Serving {town.city.program} at http://{host}:{port}")
        server.run()


@townline.command()
@click.option("--burst", is_flag=True, help="Leave when there is nothing left to do.")
@example("REDIS_URL=redis://localhost:6379 townline worker")
def worker(burst: bool) -> None:
    """Answer messages and send, from Redis. Run as many as you need."""
    from bot.rq_bell import work

    config = load()
    if not config.settings.redis_url:
        fail("REDIS_URL is not set. Without Redis `townline serve` does the worker's job.")
    work(with_town(config), config.settings.redis_url, burst=burst)


@townline.command()
@example("REDIS_URL=redis://localhost:6379 townline clock")
def clock() -> None:
    """Sweep once a minute: ring for whatever was left lying. Run exactly one."""
    from bot.rq_bell import tick

    config = load()
    if not config.settings.redis_url:
        fail("REDIS_URL is not set. Without Redis `townline serve` does the clock's job.")
    tick(with_town(config))


@townline.command()
@click.option("--port", default=8000, show_default=True, help="Port of Townline; the phones take the next one.")
@example("townline demo")
def demo(port: int) -> None:
    """Run everything on this machine with two simulated phones and a small city desk."""
    from bot.demo import run

    run(load(), port, console)


@townline.command()
@click.option("--channel", type=click.Choice(["sms", "telegram"]), default="sms", show_default=True)
@click.argument("script", required=False, type=click.File())
@example("townline chat --channel telegram")
def chat(channel: str, script: Any) -> None:
    """Talk to the bot here; what is printed can be pasted as a test (tests/transcripts)."""
    from bot.chat import run

    run(load(), channel, script)


# Cases --------------------------------------------------------------------------------------------


@townline.group()
def case() -> None:
    """The cases: list, show, update."""


def as_dict(request: ServiceRequest, config: Config) -> dict[str, Any]:
    """Return a case in Open311's words, ready for JSON."""
    service = config.city.services.get(request.service_code)
    base = config.settings.public_base_url.rstrip("/")
    return {
        "service_request_id": request.service_request_id,
        "status": request.status,
        "open311_status": service_requests.open311_status(request.status),
        "status_notes": request.status_notes,
        "service_code": request.service_code,
        "service_name": service.service_name if service else request.service_code,
        "description": request.description,
        "attributes": request.attributes,
        "address_string": request.address_string,
        "lat": request.lat,
        "long": request.long,
        "precision": request.precision,
        "department": request.department,
        "agency_responsible": config.city.departments.get(request.department, request.department),
        "priority": request.priority,
        "requested_datetime": _iso(request.requested_datetime),
        "updated_datetime": _iso(request.updated_datetime),
        "expected_datetime": _iso(request.expected_datetime),
        "media_url": [f"{base}/photos/{photo.token}.jpg" for photo in request.photos if photo.state == "kept"],
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


@case.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--status", help="Only these, e.g. received or open.")
@click.option("--limit", default=1000, show_default=True)
@example("townline case list --json --status open")
def list_cases(as_json: bool, status: str | None, limit: int) -> None:
    """List cases, the latest first."""
    config = load()
    with with_database(config).read() as session:
        latest = session.scalars(select(ServiceRequest).order_by(ServiceRequest.id.desc()))
        cases = (as_dict(each, config) for each in latest)
        wanted = (each for each in cases if status in (None, each["status"], each["open311_status"]))
        found = list(islice(wanted, limit))
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    table = Table("number", "what", "where", "department", "status", "due", box=None)
    for each in found:
        due = (each["expected_datetime"] or "")[:10]
        columns = ("service_request_id", "service_name", "address_string", "agency_responsible", "status")
        table.add_row(*(escape(each[column]) for column in columns), due)
    console.print(table)


@case.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@example("townline case show SR-10001")
def show(number: str, as_json: bool) -> None:
    """Show one case and its history."""
    config = load()
    with with_database(config).read() as session:
        request = service_requests.by_number(session, number)
        found = as_dict(request, config)
        found["history"] = [
            {
                "status": each.status,
                "notes": each.status_notes,
                "by": each.author,
                "at": _iso(each.updated_datetime),
            }
            for each in request.updates
        ]
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    for name, value in found.items():
        if name != "history":
            console.print(f"[bold]{name:20}[/] {escape(str(value))}", highlight=False)
    for each in found["history"]:
        line = f"  {each['at']}  {each['status']:12} {each['by']:10} {each['notes']}"
        console.print(line, highlight=False, markup=False)


@case.command()
@click.argument("number")
@click.argument("status")
@click.option("--note", default="", help="What to tell the resident: why, or what was done.")
@example('townline case update SR-10001 completed --note "Filled by crew 7."')
def update(number: str, status: str, note: str) -> None:
    """Move a case's status; the resident hears of it in the same thread.

    STATUS is one of: under_review, scheduled, assigned, on_site, need_info, completed, no_action,
    referred, duplicate, reopened.
    """
    town = with_town(load())
    request = service_requests.update_status(town, number, status, note)
    if isinstance(town.bell, EmbeddedLoop) and request.conversation_id is not None:
        # No worker to ring for: a server that runs will sweep it up, but the resident needn't wait.
        jobs.run(town, "deliver", outbox.destination_of(request.conversation_id))
    console.print(f"{request.service_request_id} is now {request.status}.")


# Conversations ------------------------------------------------------------------------------------


@townline.group()
def conversation() -> None:
    """Threads that wait for a person."""


@conversation.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@example("townline conversation list")
def list_conversations(as_json: bool) -> None:
    """List the threads that wait for a person, longest first. Residents appear by number only."""
    config = load()
    with with_database(config).read() as session:
        query = select(Conversation).where(
            (Conversation.waiting_since.is_not(None)) | (Conversation.owner != "bot")
        )
        found = [
            {
                "id": str(each.id),
                "channel": each.channel,
                "owner": each.owner,
                "reason": each.waiting_reason,
                "waiting_since": _iso(each.waiting_since),
            }
            for each in session.scalars(query.order_by(Conversation.waiting_since))
        ]
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    table = Table("id", "channel", "owner", "why", "since", box=None)
    for each in found:
        table.add_row(*(str(each[key] or "") for key in ("id", "channel", "owner", "reason", "waiting_since")))
    console.print(table)


@conversation.command("reply")
@click.argument("conversation_id", type=int)
@click.argument("text")
@example('townline conversation reply 12 "A colleague will call you back."')
def reply(conversation_id: int, text: str) -> None:
    """Answer as a person; the bot is mute in this thread until it is handed back."""
    town = with_town(load())
    conversations.reply(town, conversation_id, text)
    jobs.run(town, "deliver", outbox.destination_of(conversation_id))


@conversation.command("hand-back")
@click.argument("conversation_id", type=int)
@example("townline conversation hand-back 12")
def hand_back(conversation_id: int) -> None:
    """Give a thread back to the bot; the resident is told."""
    town = with_town(load())
    conversations.hand_back(town, conversation_id)
    jobs.run(town, "deliver", outbox.destination_of(conversation_id))
